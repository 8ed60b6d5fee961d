// Nothing typed is lost by a stray click: a page with a form that was typed into, or that came back
// with what was typed, asks before it is left.
//
// A script that saves a field in place sets its `defaultValue` to what was saved.
const main = document.getElementById("main");
const cameBack = main?.dataset.unsaved;
const TYPED = 'input:not([type]), input[type="text"], input[type="email"], input[type="number"], input[type="tel"], input[type="url"], input[type="password"], textarea';

const typed = (form) => [...form.elements].filter((field) => field.matches(TYPED));
const chosen = (form) => [...form.elements].filter((field) => field.matches('input[type="checkbox"], input[type="radio"]'));

function isDirty(form) {
  const fields = typed(form);
  if (form.method !== "post" || fields.length === 0) return false;
  if (form.dataset.unsaved || form.getAttribute("action") === cameBack) return true;
  if (fields.some((field) => field.value !== field.defaultValue)) return true;
  // Ticks are quickly set again, choices of a long form are not.
  return "guard" in form.dataset && chosen(form).some((box) => box.checked !== box.defaultChecked);
}

let sent = null;
document.addEventListener("submit", (event) => {
  // What opens beside this page leaves it as it is.
  if (!event.defaultPrevented && event.submitter?.formTarget !== "_blank") sent = event.target;
});
// A page that comes back from the browser's memory guards again.
addEventListener("pageshow", () => (sent = null));
addEventListener("beforeunload", (event) => {
  if ([...document.forms].some((form) => form !== sent && isDirty(form))) event.preventDefault();
});
