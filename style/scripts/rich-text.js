// A description written as it will look, above its HTML, which is what is sent. It is loaded when the field is
// first touched. Squire does the editing; what comes into it has only what the server keeps of a description.

/** As server/src/text/html keeps them, with the attributes they may have. */
const KEPT = new Set(
  ("a abbr b blockquote br caption del em h2 h3 h4 h5 h6 i ins li mark ol p s small strike strong sub sup table tbody " +
    "td tfoot th thead tr u ul").split(" "),
);
/** What is pasted in blocks that are not kept: each begins a paragraph, and the largest heading is the page's own. */
const OTHERWISE = {
  h1: "h2",
  ...Object.fromEntries("address article dd div dt figcaption figure footer header main pre section".split(" ").map((name) => [name, "p"])),
};
const ATTRIBUTES = { a: ["href"], abbr: ["title"], td: ["colspan", "rowspan"], th: ["colspan", "rowspan"] };
const ADDRESS = /^(https?:\/\/|mailto:|tel:)/i;
const UNREAD = /<!--.*?(-->|$)|<(audio|canvas|iframe|math|noscript|script|style|svg|template|title|video)\b.*?(<\/\2[^>]*>|$)/gis;
const TAG = /<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|'[^']*'|[^'">])*)>|<[/!?][^>]*>/gi;

const plain = (text) => text.replaceAll("<", "&lt;");

function attribute(text, name) {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, "i").exec(text);
  return found && (found[1] ?? found[2] ?? found[3]);
}

function tag(close, name, attributes) {
  if (close) return `</${name}>`;
  const kept = (ATTRIBUTES[name] ?? []).map((one) => {
    const value = attribute(attributes, one);
    if (value === null || (one === "href" && !ADDRESS.test(value))) return "";
    return ` ${one}="${value.replaceAll('"', "&quot;")}"`;
  });
  return `<${name}${kept.join("")}>`;
}

/** HTML as nodes, with nothing that our policy refuses: styles and handlers are gone before it is parsed. */
function nodes(html) {
  const read = html.replace(UNREAD, "");
  let clean = "";
  let at = 0;
  for (const found of read.matchAll(TAG)) {
    clean += plain(read.slice(at, found.index));
    const own = found[2]?.toLowerCase();
    const name = OTHERWISE[own] ?? own;
    if (KEPT.has(name)) clean += tag(found[1], name, found[3]);
    at = found.index + found[0].length;
  }
  clean += plain(read.slice(at));
  const fragment = document.createDocumentFragment();
  fragment.append(...new DOMParser().parseFromString(clean, "text/html").body.childNodes);
  for (const empty of fragment.querySelectorAll("p:empty")) empty.remove();
  return fragment;
}

/** Squire writes `b` and `i`; descriptions have had the other two. */
const written = (html) =>
  html.replace(/<(\/?)b>/g, "<$1strong>").replace(/<(\/?)i>/g, "<$1em>").replace(/(<br>)+(?=<\/(p|h2|li)>)/g, "");

/** Blocks of one kind made into another. */
const remade = (from, to) => (fragment) => {
  for (const block of fragment.querySelectorAll(from)) {
    const next = document.createElement(to);
    next.append(...block.childNodes);
    block.replaceWith(next);
  }
  return fragment;
};

/** What the buttons do, and whether they are pressed. */
const ACTS = {
  bold: [(text) => text.hasFormat("B"), (text, is) => (is ? text.removeBold() : text.bold())],
  italic: [(text) => text.hasFormat("I"), (text, is) => (is ? text.removeItalic() : text.italic())],
  heading: [
    (text) => text.hasFormat("H2"),
    (text, is) => text.modifyBlocks(is ? remade("h2", "p") : remade("p, h3, h4, h5, h6", "h2")),
  ],
  list: [(text) => text.hasFormat("UL"), (text, is) => (is ? text.removeList() : text.makeUnorderedList())],
  numbers: [(text) => text.hasFormat("OL"), (text, is) => (is ? text.removeList() : text.makeOrderedList())],
  link: [(text) => text.hasFormat("A"), null],
};

/** Makes the frame an editor of the HTML in `source`. */
export async function start(frame, source) {
  const { default: Squire } = await import(frame.dataset.squire);
  const box = frame.querySelector(".rich-text");
  const toolbar = frame.querySelector("[role=toolbar]");
  const link = frame.querySelector(".rich-link");
  const address = link.querySelector("input");
  const html = box.innerHTML;
  const hadFocus = document.activeElement === box;
  const text = new Squire(box, { blockTag: "P", addLinks: false, sanitizeToDOMFragment: nodes });
  text.setHTML(html);

  text.addEventListener("input", () => {
    const typed = written(text.getHTML());
    source.value = box.textContent.trim() === "" ? "" : typed;
    source.dispatchEvent(new Event("input", { bubbles: true }));
  });

  const buttons = [...toolbar.querySelectorAll("button")];
  const act = (name) => buttons.find((button) => button.dataset.act === name);
  function follow() {
    for (const [name, [isSo]] of Object.entries(ACTS)) act(name).ariaPressed = String(isSo(text));
  }
  text.addEventListener("pathChange", follow);
  text.addEventListener("select", follow);
  text.addEventListener("undoStateChange", ({ detail }) => {
    act("undo").ariaDisabled = String(!detail.canUndo);
    act("redo").ariaDisabled = String(!detail.canRedo);
  });

  function closeLink() {
    link.hidden = true;
    // What is typed there is no part of the form.
    address.value = "";
    text.focus();
  }

  function openLink() {
    const { startContainer } = text.getSelection();
    const within = startContainer instanceof Element ? startContainer : startContainer.parentElement;
    address.value = within.closest("a")?.getAttribute("href") ?? "";
    link.hidden = false;
    address.focus();
  }

  function apply() {
    const typed = address.value.trim();
    closeLink();
    if (typed === "") text.removeLink();
    else text.makeLink(ADDRESS.test(typed) ? typed : `https://${typed}`);
  }

  // The selection stays where it is while a button is pressed.
  toolbar.addEventListener("mousedown", (event) => event.preventDefault());
  toolbar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button || button.ariaDisabled === "true") return;
    const name = button.dataset.act;
    if (name === "link") return openLink();
    if (name === "undo" || name === "redo") text[name]();
    else {
      const [isSo, change] = ACTS[name];
      change(text, isSo(text));
    }
    follow();
    // By keyboard one goes on among the buttons.
    if (document.activeElement !== button) text.focus();
  });
  toolbar.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(event.target);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const next = buttons.at(to % buttons.length);
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
    next.focus();
  });
  link.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeLink();
    else if (event.key === "Enter" && event.target === address) apply();
    else return;
    // Neither closes or sends anything else.
    event.preventDefault();
    event.stopPropagation();
  });
  link.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.act === "unlink") address.value = "";
    apply();
  });

  follow();
  if (hadFocus) {
    box.blur();
    text.focus();
  }
  return { show: () => text.setHTML(source.value) };
}
