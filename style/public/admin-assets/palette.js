// Every place of the admin area from the keyboard: Ctrl+K (or the button this adds) opens a list of
// places, which what is typed narrows or takes along as a search. The places are the page's, which names
// those alone that the person may see. Its words are the page's, too. Orders, products, customers and what
// the owner made are found by a script that is loaded when the list is first opened.
const nav = document.querySelector(".admin-nav");
const said = JSON.parse(nav?.dataset.words ?? "{}");
const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

const places = JSON.parse(nav?.dataset.places ?? "[]").map(([href, words]) => ({ words, href }));
const offers = (path) => places.some((place) => place.href === path);
// The ways out are in the menu alone.
for (const link of nav?.querySelectorAll('a.admin-link:not([href^="/admin"])') ?? []) {
  places.push({ words: link.textContent.trim(), href: link.href });
}
const searches = (said.searches ?? [])
  .map(([path, words]) => ({ path, words }))
  .filter((search) => offers(search.path));

/** Of the shop's own, what was found for what is typed. */
let hits = [];

/**
 * What fits what was typed: places, then searches for it, then what was found. That comes a moment later,
 * so it is last: no row moves away from under the pointer or from the one that was gone to.
 */
function fitting(typed) {
  const wanted = typed.trim().toLowerCase();
  const found = places.filter((place) => place.words.toLowerCase().includes(wanted));
  if (wanted === "") return found;
  return found.concat(
    searches.map((search) => ({
      words: search.words.replace("{typed}", () => typed.trim()),
      href: `${search.path}?q=${encodeURIComponent(typed.trim())}`,
    })),
    hits,
  );
}

function made(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

const input = made("input", {
  class: "input", type: "text", role: "combobox", autocomplete: "off", spellcheck: "false",
  "aria-label": said.field, "aria-expanded": "true", "aria-controls": "palette-list",
  "aria-autocomplete": "list", placeholder: said.hint,
});
const list = made("ul", { id: "palette-list", role: "listbox", "aria-label": said.places, class: "palette-list" });
const keys = made("p", { class: "palette-keys" });
for (const [key, words] of said.keys ?? []) {
  keys.append(made("kbd", {}, key), ` ${words} `);
}
const dialog = made("dialog", { class: "palette", "aria-label": said.goTo }, input, list, keys);
document.body.append(dialog);

function words({ words, detail, kind }) {
  if (kind === undefined) return [words];
  const told = [kind, detail].filter((part) => part !== "").join(" · ");
  return [made("span", {}, words), " ", made("span", { class: "palette-detail" }, told)];
}

// --- finding -------------------------------------------------------------------------------------

const PAUSE = 150;
let finder, waiting, asking;

function look() {
  clearTimeout(waiting);
  asking?.abort();
  const typed = input.value.trim();
  if (typed.length < 2) {
    hits = [];
    return;
  }
  waiting = setTimeout(async () => {
    asking = new AbortController();
    const { signal } = asking;
    try {
      finder ??= import(nav.dataset.find);
      const { find } = await finder;
      const found = await find(typed, signal);
      if (signal.aborted || input.value.trim() !== typed) return;
      hits = found;
      show();
    } catch {
      // The searches are there all the same; the script is loaded again the next time.
      if (!signal.aborted) finder = undefined;
    }
  }, PAUSE);
}

let chosen = 0;
function show() {
  const rows = fitting(input.value);
  chosen = Math.min(chosen, Math.max(rows.length - 1, 0));
  list.replaceChildren(
    ...rows.map((row, at) =>
      made(
        "li",
        { id: `palette-${at}`, role: "option", "aria-selected": String(at === chosen), "data-href": row.href },
        ...words(row),
      ),
    ),
  );
  input.setAttribute("aria-activedescendant", rows.length > 0 ? `palette-${chosen}` : "");
  list.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
}

function open() {
  if (dialog.open) return;
  input.value = "";
  hits = [];
  chosen = 0;
  show();
  dialog.showModal();
  input.focus();
}

function go(row) {
  if (!row) return;
  dialog.close();
  location.assign(row.dataset.href);
}

input.addEventListener("input", () => {
  chosen = 0;
  hits = [];
  show();
  look();
});
input.addEventListener("keydown", (event) => {
  const last = list.children.length - 1;
  if (event.key === "ArrowDown") chosen = chosen >= last ? 0 : chosen + 1;
  else if (event.key === "ArrowUp") chosen = chosen <= 0 ? last : chosen - 1;
  else if (event.key === "Enter") return go(list.children[chosen]);
  else return;
  event.preventDefault();
  show();
});
list.addEventListener("click", (event) => go(event.target.closest("li")));
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close();
});

// --- shortcuts -----------------------------------------------------------------------------------

const isTyping = (target) => target.closest?.("input, textarea, select, [contenteditable]") !== null;
const letters = { p: "/admin/products", s: "/admin/stock", o: "/admin/orders", c: "/admin/customers", d: "/admin" };
let went = false;

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() === "k" && (isMac ? event.metaKey : event.ctrlKey)) {
    event.preventDefault();
    return open();
  }
  if (dialog.open || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (went) {
    went = false;
    const path = letters[event.key];
    if (path && offers(path)) location.assign(path);
  } else if (event.key === "g") {
    went = true;
  } else if (event.key === "/") {
    const search = document.querySelector('.admin-main form[role="search"] input:not([type="hidden"])');
    if (search) {
      event.preventDefault();
      search.focus();
    }
  } else if (event.key === "n" && document.querySelector("[data-may-edit]")) {
    location.assign("/admin/products/new");
  } else if (event.key === "?") {
    open();
  }
});

const button = made(
  "button",
  { type: "button", class: "admin-link palette-open", "aria-keyshortcuts": isMac ? "Meta+K" : "Control+K" },
  said.goToPage,
  made("kbd", {}, isMac ? "⌘ K" : "Ctrl K"),
);
button.addEventListener("click", open);
nav?.prepend(button);
