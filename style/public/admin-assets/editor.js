// The product editor, quicker: pictures are uploaded beside the form and moved by dragging, and the
// result of a search is shown as it is typed.
import { bar, filled, send } from "./upload.js";

const form = document.getElementById("product");

// --- the result of a search ----------------------------------------------------------------------

const result = document.querySelector(".seo-result");
const field = (name) => form?.elements.namedItem(name)?.value.trim() ?? "";
const shorten = (text, most) => (text.length > most ? `${text.slice(0, most)}…` : text);

/** Elements that start a line; what is around any other stays one word. As in server/src/catalog/html. */
const LINES = new Set(
  ("address article aside blockquote br caption center dd details dialog dir div dl dt fieldset figcaption " +
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing main menu nav ol optgroup option " +
    "p pre search section summary table tbody td tfoot th thead tr ul").split(" "),
);
const UNREAD = /<!--.*?(-->|$)|<(audio|canvas|iframe|math|noscript|script|style|svg|template|title|video)\b.*?(<\/\2[^>]*>|$)/gis;
const TAG = /<\/?([a-z][a-z0-9]*)[^>]*>|<[/!?][^>]*>/gi;

/** What is read of a description. Without its tags, as parsing styles and handlers breaks our policy. */
function words(html) {
  const text = html
    .replace(UNREAD, "")
    .replace(TAG, (_, name) => (LINES.has(name?.toLowerCase()) ? " " : ""))
    .replaceAll("<", "&lt;");
  return new DOMParser().parseFromString(text, "text/html").body.textContent.replace(/\s+/g, " ").trim();
}

if (result) {
  form.addEventListener("input", () => {
    const title = field("seo_title") || field("title") || result.dataset.untitled;
    const text = field("seo_description") || words(field("description_html"));
    result.querySelector(".seo-title").textContent = shorten(`${title} – ${result.dataset.shop}`, 60);
    result.querySelector(".seo-address").textContent = `${result.dataset.base}/products/${field("slug") || "…"}`;
    result.querySelector(".seo-text").textContent = shorten(text, 160);
  });
}

// --- the description -------------------------------------------------------------------------------

const rich = document.querySelector("[data-rich]");
if (rich) {
  const source = form.elements.namedItem(rich.dataset.rich);
  const box = rich.querySelector(".rich-text");
  const toggle = rich.querySelector("[data-source]");
  const parts = [...rich.children].filter((part) => part !== toggle && !part.matches(".rich-link"));
  const show = (isSource) => {
    source.hidden = !isSource;
    for (const part of parts) part.hidden = isSource;
    rich.querySelector(".rich-link").hidden = true;
    toggle.ariaPressed = String(isSource);
  };
  let loading = null;
  let editor = null;
  const load = () => {
    loading ??= import(rich.dataset.script)
      .then((module) => module.start(rich, source))
      .then((started) => (editor = started))
      // Without it there is the HTML.
      .catch(() => {
        loading = null;
        show(true);
      });
  };
  source.after(rich);
  rich.hidden = false;
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (source.hasAttribute(name)) box.setAttribute(name, source.getAttribute(name));
  }
  document.querySelector(`label[for="${source.id}"]`)?.addEventListener("click", () => {
    if (source.hidden) box.focus();
  });
  for (const touched of ["pointerover", "pointerdown", "focusin"]) {
    rich.addEventListener(touched, (event) => {
      if (!toggle.contains(event.target)) load();
    });
  }
  toggle.addEventListener("click", () => {
    const isSource = source.hidden;
    show(isSource);
    if (isSource) return source.focus();
    // What was typed is read by the editor; until it is there, by nobody.
    if (editor) editor.show();
    else {
      box.replaceChildren();
      load();
      loading.then(() => editor?.show());
    }
  });
  show(false);
}

// --- one price and stock for all variants ----------------------------------------------------------

// As the server does it without script: rows that are a variant, and stay one.
const MEANING = ["id", "option1", "option2", "option3", "sku", "price", "compare_at", "barcode", "cost"];

form?.addEventListener("click", (event) => {
  const button = event.target.closest?.('button[name="do"][value="fill"]');
  if (!button) return;
  const wanted = ["price", "stock"].filter((name) => field(`all_${name}`));
  // What is missing is said by the server.
  if (wanted.length === 0) return;
  event.preventDefault();
  for (const cell of form.querySelectorAll('input[name^="variants["][name$="[price]"]')) {
    const row = cell.name.slice(0, -"[price]".length);
    const isVariant = MEANING.some((name) => field(`${row}[${name}]`));
    if (!isVariant || form.elements.namedItem(`${row}[remove]`)?.checked) continue;
    for (const name of wanted) form.elements.namedItem(`${row}[${name}]`).value = field(`all_${name}`);
  }
  for (const name of wanted) form.elements.namedItem(`all_${name}`).value = "";
  form.dispatchEvent(new Event("input", { bubbles: true }));
  form.dataset.unsaved = "1";
});

// --- pictures ------------------------------------------------------------------------------------

const list = document.getElementById("picture-list");
const state = document.getElementById("upload-state");
const items = () => [...list.querySelectorAll("[data-picture]")];

/** Writes places, labels and names again after the order has changed. */
function number() {
  const all = items();
  all.forEach((item, at) => {
    for (const input of item.querySelectorAll("input")) {
      const name = input.name.replace(/^pictures\[\d+\]/, `pictures[${at}]`);
      input.name = name;
      if (input.id) input.id = name;
      if (name.endsWith("[position]")) input.value = String(at + 1);
    }
    const label = item.querySelector("label");
    label.htmlFor = `pictures[${at}][alt]`;
    label.textContent = filled(list.dataset.altText, String(at + 1));
    for (const button of item.querySelectorAll("button")) {
      const words = button.querySelector(".visually-hidden");
      words.textContent = words.textContent.replace(/\d+/, String(at + 1));
      if (button.dataset.move === "up") button.disabled = at === 0;
      if (button.dataset.move === "down") button.disabled = at === all.length - 1;
    }
  });
}

/** The order is saved with the product: until then the page is not left without asking. */
function moved() {
  number();
  form.dataset.unsaved = "1";
}

list?.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-move]");
  if (!button) return;
  event.preventDefault();
  const item = button.closest("[data-picture]");
  const all = items();
  const to = all.indexOf(item) + (button.dataset.move === "up" ? -1 : 1);
  if (to < 0 || to >= all.length) return;
  if (button.dataset.move === "up") all[to].before(item);
  else all[to].after(item);
  moved();
  const again = button.disabled ? item.querySelector("button[data-move]:not(:disabled)") : button;
  again?.focus();
  state.textContent = filled(state.dataset.moved, String(to + 1));
});

let dragged = null;
function draggable(item) {
  item.draggable = true;
  item.addEventListener("dragstart", (event) => {
    if (event.target.closest("input")) return event.preventDefault();
    dragged = item;
    item.classList.add("is-dragged");
    event.dataTransfer.effectAllowed = "move";
  });
  item.addEventListener("dragend", () => {
    item.classList.remove("is-dragged");
    if (dragged) moved();
    dragged = null;
  });
  item.addEventListener("dragover", (event) => {
    if (!dragged || dragged === item) return;
    event.preventDefault();
    const all = items();
    if (all.indexOf(dragged) < all.indexOf(item)) item.after(dragged);
    else item.before(dragged);
  });
  item.addEventListener("drop", (event) => event.preventDefault());
  // Selecting text in a field is no dragging.
  for (const input of item.querySelectorAll("input")) {
    input.addEventListener("pointerdown", () => (item.draggable = false));
    input.addEventListener("blur", () => (item.draggable = true));
  }
}

/** A picture that was just uploaded, made from the markup of an empty one. */
function show(picture) {
  const item = document.createElement("li");
  item.className = "picture-item";
  item.dataset.picture = picture.id;
  const image = document.createElement("img");
  image.src = picture.src;
  image.alt = picture.alt;
  image.width = 256;
  image.height = 256;
  image.draggable = false;
  if (picture.cut_out) image.className = "cut-out";
  const frame = document.createElement("span");
  frame.className = "pic";
  frame.append(image);
  const hidden = (name, value) => {
    const input = document.createElement("input");
    input.type = "hidden";
    input.name = `pictures[0][${name}]`;
    input.value = value;
    return input;
  };
  const label = document.createElement("label");
  label.className = "field-label";
  const alt = document.createElement("input");
  alt.className = "input";
  alt.name = "pictures[0][alt]";
  alt.id = alt.name;
  alt.defaultValue = picture.alt;
  alt.maxLength = 512;
  alt.autocomplete = "off";
  const field = document.createElement("div");
  field.className = "field";
  field.append(label, alt);
  const button = (sign, words, set) => {
    const button = document.createElement("button");
    button.type = "submit";
    button.className = "btn btn-small";
    const shown = document.createElement("span");
    shown.ariaHidden = "true";
    shown.textContent = sign;
    const said = document.createElement("span");
    said.className = "visually-hidden";
    said.textContent = words;
    button.append(shown, said);
    set(button);
    return button;
  };
  const move = (to) => (button) => {
    button.dataset.move = to;
    button.name = "do";
    button.value = `${to}:${picture.id}`;
    button.setAttribute("formaction", "/api/admin/products/draft");
  };
  const act = document.createElement("div");
  act.className = "picture-act";
  act.append(
    button("←", filled(list.dataset.moveForward, "0"), move("up")),
    button("→", filled(list.dataset.moveBack, "0"), move("down")),
    button("×", filled(list.dataset.delete, "0"), (button) => {
      button.setAttribute("form", "delete-picture");
      button.name = "id";
      button.value = picture.id;
    }),
  );
  item.append(frame, hidden("id", picture.id), hidden("position", ""), field, act);
  document.getElementById("upload-item").before(item);
  draggable(item);
}

/** Has variants offer a picture that was just uploaded, in the words of the server. */
function offer(picture) {
  const at = String(items().length);
  const alt = picture.alt.trim();
  const words = alt === "" ? filled(list.dataset.number, at) : `${at}: ${[...alt].slice(0, 40).join("")}`;
  const choices = 'select[name^="variants["][name$="[picture]"], #variant-pictures';
  for (const choice of form.querySelectorAll(choices)) choice.append(new Option(words, picture.src));
  for (const part of form.querySelectorAll("[data-variant-picture][hidden]")) part.hidden = false;
}

async function upload(files) {
  const uploads = document.getElementById("upload-pictures");
  for (const file of files) {
    const { line, meter, words } = bar(filled(uploads.dataset.uploading, file.name));
    state.after(line);
    const body = new FormData();
    // Of a product, or of the form of one that is still to be made.
    const target = uploads.elements.namedItem("product_id") ?? uploads.elements.namedItem("form_key");
    body.append(target.name, target.value);
    body.append("file", file);
    try {
      const done = await send(uploads, body, (part) => {
        meter.value = part;
        if (part === 1) words.textContent = filled(uploads.dataset.processing, file.name);
      });
      for (const picture of done.added) {
        show(picture);
        offer(picture);
      }
      number();
      // The upload itself made the product one version newer; anything else is someone's edit.
      const version = form.elements.namedItem("version");
      if (version && Number(version.value) + 1 === done.version) version.value = String(done.version);
      line.remove();
      state.textContent = filled(uploads.dataset.uploaded, file.name);
    } catch (error) {
      meter.remove();
      line.className = "field-error";
      line.setAttribute("role", "alert");
      words.textContent = `${file.name}: ${error.message}`;
    }
  }
}

if (list) {
  items().forEach(draggable);
  const input = list.querySelector('input[type="file"]');
  const button = document.querySelector("#upload-item button");
  if (button) button.hidden = true;
  const begin = async () => {
    const files = [...input.files];
    input.value = "";
    await upload(files);
  };
  input?.addEventListener("change", begin);
  // Chosen before this script ran.
  if (input?.files.length > 0) begin();
  const target = document.querySelector("#upload-item .upload");
  target?.addEventListener("dragover", (event) => {
    if (event.dataTransfer.types.includes("Files")) event.preventDefault();
  });
  target?.addEventListener("drop", (event) => {
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    upload([...event.dataTransfer.files]);
  });
}
