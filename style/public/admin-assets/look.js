// The look's page: the preview follows every choice. The server makes its style sheet from the address, so no colour is
// calculated here.

const WAIT = 120;

const form = document.getElementById("look");
if (form) follow(form);

function follow(form) {
  const range = document.getElementById("hue-range");
  const number = form.elements.namedItem("hue");
  const own = form.querySelector('input[name="accent"][value="hue"]');
  let waiting;
  form.addEventListener("input", ({ target }) => {
    if (target === range) number.value = range.value;
    if (target === number && number.value !== "") range.value = number.value;
    // One who chooses a hue wants it.
    if (target === range || target === number) own.checked = true;
    carry(form);
    clearTimeout(waiting);
    waiting = setTimeout(() => show(address(form)), WAIT);
  });
  for (const upload of uploads()) upload.addEventListener("submit", () => settle(form));
}

function uploads() {
  return document.querySelectorAll("form[data-upload]");
}

/** What is chosen goes along with an uploaded picture, so that the page comes back with it. */
function carry(form) {
  const chosen = new FormData(form);
  for (const upload of uploads()) {
    for (const name of ["accent", "hue", "corners", "font"]) {
      let field = upload.elements.namedItem(name);
      if (!field) {
        field = document.createElement("input");
        field.type = "hidden";
        field.name = name;
        upload.append(field);
      }
      field.value = chosen.get(name) ?? "";
    }
  }
}

/** Nothing is lost by an upload, so the page need not ask before it is left. */
function settle(form) {
  for (const field of form.elements) {
    if ("defaultValue" in field) field.defaultValue = field.value;
    if ("defaultChecked" in field) field.defaultChecked = field.checked;
  }
}

/** The address of the sheet, or nothing while the hue is not one. */
function address(form) {
  const chosen = new FormData(form);
  const hue = chosen.get("accent") === "hue" ? chosen.get("hue") : "standard";
  const isHue = hue === "standard" || (/^(0|[1-9]\d{0,2})$/.test(hue) && Number(hue) < 360);
  return isHue && `/look/preview.${hue}.${chosen.get("corners")}.${chosen.get("font")}.css`;
}

/** Puts the sheet in place of the one before, once it is there: nothing is shown without colours. */
function show(href) {
  const before = document.getElementById("look-sheet");
  if (!href || before.getAttribute("href") === href) return;
  const sheet = before.cloneNode();
  sheet.href = href;
  before.removeAttribute("id");
  sheet.addEventListener("load", () => before.remove());
  sheet.addEventListener("error", () => sheet.remove());
  before.after(sheet);
}
