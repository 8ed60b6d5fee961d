// Nothing typed into a guarded form is lost by a stray click.

const form = document.querySelector("form[data-guard]");

let dirty = Boolean(document.querySelector(".banner-bad"));
let leaving = false;
form?.addEventListener("input", () => (dirty = true));
form?.addEventListener("submit", () => (leaving = true));
addEventListener("beforeunload", (event) => {
  if (dirty && !leaving) event.preventDefault();
});
// A page that comes back from the browser's memory guards again.
addEventListener("pageshow", () => (leaving = false));
