// On the page of an order whose payment the provider may not have told of yet: looks a few times, less and less
// often, and shows the order once it is paid or has failed.
const PAUSES = [2, 3, 5, 5, 10, 15, 20];
const WAITS = "script[data-paying]";

async function waits() {
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!answer.ok) return true;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector(WAITS) !== null;
}

for (const seconds of PAUSES) {
  await new Promise((done) => setTimeout(done, seconds * 1000));
  // Without a connection the next look may have one.
  if (!(await waits().catch(() => true))) {
    location.reload();
    break;
  }
}
