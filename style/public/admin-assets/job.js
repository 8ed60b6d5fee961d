// Keeps the page of a job that moves up to date.
const PAUSE = 1000;

async function look() {
  const here = document.getElementById("job");
  if (!here?.dataset.moving) return;
  try {
    const response = await fetch(location.href, { headers: { accept: "text/html" } });
    if (response.ok) {
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const there = page.getElementById("job");
      if (there) {
        here.replaceChildren(...there.childNodes);
        if (there.dataset.moving) here.dataset.moving = "1";
        else delete here.dataset.moving;
      }
    }
  } catch {
    // The next look may find the shop again.
  }
  setTimeout(look, PAUSE);
}
setTimeout(look, PAUSE);
