// A list that follows its filters and its order at once: it asks for the page that the form would lead to,
// and shows that page's list in place of its own. Address, title and history are those of the page.

const listing = document.querySelector(".listing");
const drawer = listing.querySelector(".filters-drawer");
const results = listing.querySelector(".listing-results");
const filters = listing.querySelector(".filters");
const side = filters.parentElement;
const wide = matchMedia("(width >= 62rem)");

/** The names in the order of a list's address, so that the server need not lead to that. */
const ORDER = ["q", "category", "tag", "min", "max", "in_stock", "opt.", "sort"];

/** The question that is waited for; every new one takes its place. */
let asked = null;
/** Whether the drawer has made its entry of the history: one for all that is done in it. */
let hasEntry = false;

/** Shows the list that the forms ask for. */
export function apply() {
  const chosen = new FormData(filters.querySelector("form"));
  const sort = listing.querySelector("#sort");
  if (sort.selectedIndex > 0) chosen.set("sort", sort.value);
  else chosen.delete("sort");
  const pairs = [...chosen].filter(([, value]) => value.trim() !== "");
  pairs.sort(([a, x], [b, y]) => rank(a) - rank(b) || compare(a, b) || compare(x, y));
  const address = new URL(filters.querySelector("form").action);
  address.search = new URLSearchParams(pairs);
  go(address.href, chosen);
}

const compare = (a, b) => (a < b ? -1 : Number(a > b));

function rank(name) {
  const at = ORDER.findIndex((known) => (known.endsWith(".") ? name.startsWith(known) : name === known));
  return at < 0 ? ORDER.length : at;
}

/** Shows the list at an address. */
export function go(address, sent) {
  const { pathname, search } = new URL(address);
  if (asked === null && pathname + search === listing.dataset.shown) return;
  if (asked?.address === address) return;
  show(address, sent, (answered) => {
    const how = drawer.open && hasEntry ? "replaceState" : "pushState";
    hasEntry = drawer.open;
    history[how](null, "", answered);
  });
}

/** Shows the list at the page's address, to which the browser has gone back or on. */
export function follow() {
  // The entry that the drawer made is behind the page, or before it.
  hasEntry = false;
  if (location.pathname + location.search === listing.dataset.shown) {
    asked?.stop.abort();
    asked = null;
    results.removeAttribute("aria-busy");
    return;
  }
  show(location.href, null, () => {});
}

async function show(address, sent, note) {
  asked?.stop.abort();
  const mine = { address, stop: new AbortController() };
  asked = mine;
  results.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, {
      headers: { accept: "text/html" },
      signal: mine.stop.signal,
    });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (asked !== mine) return;
    if (!answer.ok || !page.querySelector(".listing-results")) throw new Error(answer.statusText);
    note(answer.url);
    swap(page, sent);
    listing.classList.remove("listing-plain");
    listing.dataset.shown = location.pathname + location.search;
  } catch (error) {
    if (asked !== mine) return;
    // Not reached: the forms' own buttons are shown, and the next choice tries again.
    if (error instanceof TypeError) {
      listing.classList.add("listing-plain");
      // The browser has gone to another list: only the page itself can show it.
      if (location.pathname + location.search !== listing.dataset.shown) location.reload();
    }
    // The page itself tells what is wrong; or it is not a list to be shown in place of this one.
    else location.assign(address);
  }
  asked = null;
  results.removeAttribute("aria-busy");
}

function swap(page, sent) {
  const fresh = page.querySelector(".listing");
  document.title = page.title;
  put(document.querySelector(".page-head h1"), page.querySelector(".page-head h1"));
  const languages = document.querySelector(".footer-languages");
  if (languages) put(languages, page.querySelector(".footer-languages"));

  const freshIntro = page.querySelector(".listing-intro");
  if (freshIntro) put(document.querySelector(".listing-intro"), freshIntro);
  swapFilters(fresh, sent);
  swapResults(fresh);
  // Hearts on the new cards show what is saved.
  dispatchEvent(new Event("holdfast:cards"));
  if (results.getBoundingClientRect().bottom < 0) results.scrollIntoView();
}

const put = (old, fresh) => old.replaceChildren(...fresh.childNodes);

function swapFilters(fresh, sent) {
  const badge = ".filters-toggle .badge";
  const [shown, active] = [side.querySelector(badge), fresh.querySelector(badge)];
  shown.textContent = active.textContent;
  shown.hidden = active.hidden;

  const from = fresh.querySelector(".filters");
  const groups = [...filters.querySelectorAll("details[data-group]")];
  for (const { dataset, open } of groups) {
    const same = from.querySelector(`[data-group="${CSS.escape(dataset.group)}"]`);
    if (same) same.open = open;
  }
  const back = focusIn(filters, sent);
  const scrolled = filters.scrollTop;
  put(filters, from);
  filters.scrollTop = scrolled;
  back();
}

/** What gives the focus to the same field, box, link or group again, with what was typed since it was sent. */
function focusIn(within, sent) {
  const at = document.activeElement;
  if (!within.contains(at)) return () => {};
  if (at.matches("summary")) {
    const group = at.parentElement.dataset.group;
    return () => within.querySelector(`[data-group="${CSS.escape(group)}"] > summary`)?.focus({ preventScroll: true });
  }
  if (!at.name) {
    const same = at.matches(".show-results") ? ".show-results" : "input:not([type=hidden])";
    return () => away(within.querySelector(same));
  }
  const { name, value, type } = at;
  const typed = type === "text" && value !== (sent?.get(name) ?? "");
  return () => {
    const fields = [...within.querySelectorAll("input")].filter((field) => field.name === name);
    const same = fields.find((field) => type === "text" || field.value === value);
    if (same && typed) same.value = value;
    away(same);
  };
}

/** Focus goes to an element; if it is gone, to the results, or to the drawer that covers them. */
function away(element) {
  if (!element) results.tabIndex = -1;
  const otherwise = drawer.open ? drawer.querySelector("[data-close]") : results;
  (element ?? otherwise).focus({ preventScroll: true });
}

function swapResults(fresh) {
  const from = fresh.querySelector(".listing-results");
  const chips = [...results.querySelectorAll(".chips a")];
  const at = chips.indexOf(document.activeElement);

  const bar = results.querySelector(".listing-bar");
  const freshBar = from.querySelector(".listing-bar");
  const count = freshBar.querySelector(".listing-count").textContent;
  bar.querySelector(".listing-count").textContent = count;
  drawer.querySelector("[role=status]").textContent = count;
  const [form, freshForm] = [bar.querySelector("form"), freshBar.querySelector("form")];
  for (const hidden of form.querySelectorAll("input")) hidden.remove();
  form.prepend(...freshForm.querySelectorAll("input"));
  const [sort, freshSort] = [form.querySelector("select"), freshForm.querySelector("select")];
  // Options that leave a select one by one choose another there.
  const { value } = freshSort;
  put(sort, freshSort);
  sort.value = value;

  while (bar.nextSibling) bar.nextSibling.remove();
  while (freshBar.nextSibling) results.append(freshBar.nextSibling);
  if (at >= 0) {
    const left = [...results.querySelectorAll(".chips a")];
    away(left[Math.min(at, left.length - 1)]);
  }
}

/** Opens the filters over the page. */
export function open(summary) {
  if (drawer.open) return;
  hasEntry = false;
  drawer.append(filters);
  drawer.showModal();
  drawer.addEventListener(
    "close",
    () => {
      side.append(filters);
      summary.focus();
    },
    { once: true },
  );
}

drawer.addEventListener("click", (event) => {
  // What is clicked beside the drawer is the drawer itself: what it holds fills it.
  if (event.target === drawer || event.target.closest("[data-close]")) drawer.close();
});
wide.addEventListener("change", () => drawer.close());
