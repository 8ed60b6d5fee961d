// The cart beside the page, and the cart's own page without loading it again: every form is sent as it
// would be without script, and what the answer shows of the cart takes the place of what was shown.
const drawer = document.querySelector(".cart-drawer");
const lines = drawer.querySelector(".cart-drawer-lines");
const heading = drawer.querySelector("h2");
const sums = drawer.querySelector(".cart-drawer-sums");
const said = drawer.querySelector(".cart-drawer-said");
const CART = "main [data-cart]";

/** How long further steps are waited for, in milliseconds. */
const STEPS = 300;

/** How long is said that something went wrong, in milliseconds. */
const SAID = 8000;

/** The line whose steps are waited for, and until when. */
let stepped = null;
let timer = 0;
/** Forms that are to be sent once the one that is on its way has been answered. */
let waiting = [];
let isSending = false;

/** Shows what is in the cart, to which something was just added. */
export async function open() {
  try {
    fill(await read(await fetch(drawer.dataset.page, { headers: { accept: "text/html" } })));
  } catch {
    // That something was added is said anyway, and the links lead on.
    lines.replaceChildren();
    sums.replaceChildren();
  }
  if (!drawer.open) drawer.showModal();
  heading.focus();
  said.textContent = said.dataset.added;
}

/** One more or one fewer; several in a row are one change. */
export function step(button) {
  const field = button.parentElement.querySelector(".stepper-input");
  const units = Number(field.value) + Number(button.dataset.step);
  field.value = Math.min(Math.max(units, Number(field.min)), Number(field.max));
  if (stepped !== field.form) flush();
  stepped = field.form;
  clearTimeout(timer);
  timer = setTimeout(flush, STEPS);
}

/** A quantity was typed. */
export function type(field) {
  if (field.value.trim() !== "") send(field.form);
}

function flush() {
  clearTimeout(timer);
  const form = stepped;
  stepped = null;
  if (form) send(form);
}

/** Sends a form after those before it; of one line only what was asked for last. */
export async function send(form) {
  if (stepped === form) {
    clearTimeout(timer);
    stepped = null;
  }
  const body = new URLSearchParams(new FormData(form));
  const about = `${form.action} ${body.get("variant_id")}`;
  waiting = waiting.filter((other) => other.about !== about);
  waiting.push({ action: form.action, about, body });
  if (isSending) return;
  isSending = true;
  try {
    while (waiting.length > 0) {
      const { action, body } = waiting.shift();
      const answer = await fetch(action, { method: "POST", headers: { accept: "text/html" }, body });
      const page = await read(answer);
      // What is shown is what was asked for last.
      if (waiting.length === 0 && !stepped) show(page);
    }
  } catch (error) {
    waiting = [];
    // The page itself tells what is wrong, if it can be reached.
    if (error instanceof TypeError) complain();
    else location.assign(drawer.dataset.page);
  }
  isSending = false;
}

/** Says that nothing was changed: the shop cannot be reached. */
function complain() {
  for (const field of document.querySelectorAll(".line .stepper-input")) field.value = field.defaultValue;
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.setAttribute("role", "alert");
  toast.textContent = document.body.dataset.unavailable;
  (drawer.open ? drawer : document.body).append(toast);
  setTimeout(() => toast.remove(), SAID);
}

async function read(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  // A refused form is the cart's page, too; anything else is not.
  if (!page.querySelector(`${CART}, main .empty`)) throw new Error(answer.statusText);
  return page;
}

function show(page) {
  const fresh = page.querySelector(CART);
  if (drawer.open) {
    const back = focusIn(lines);
    said.textContent = fresh?.dataset.said ?? page.querySelector("h1").textContent;
    fill(page);
    back();
  } else if (fresh) {
    swap(document.querySelector(CART), fresh);
    document.querySelector("[data-cart-said]").textContent = fresh.dataset.said;
  } else {
    // An empty cart's page has other things on it.
    location.assign(drawer.dataset.page);
  }
  dispatchEvent(new CustomEvent("holdfast:cart", { detail: Number(fresh?.dataset.cart ?? 0) }));
}

/** Lines that stay keep what follows their stock. */
function swap(shown, fresh) {
  const back = focusIn(shown);
  const islands = new Map();
  for (const island of shown.querySelectorAll(".line leptos-island")) {
    islands.set(island.closest(".line").id, island);
  }
  shown.replaceChildren(...fresh.childNodes);
  for (const island of shown.querySelectorAll(".line leptos-island")) {
    const kept = islands.get(island.closest(".line").id);
    if (kept) island.replaceWith(kept);
  }
  back();
}

/** Shows in the drawer what a cart's page has. */
function fill(page) {
  const fresh = page.querySelector(CART);
  drawer.querySelector(".cart-drawer-foot").hidden = !fresh;
  // Nothing here follows the stock: the server looks at it at every step.
  for (const island of page.querySelectorAll(".line leptos-island")) island.remove();
  const refusal = ".stack > .banner:not(#problems)";
  lines.replaceChildren(...(fresh?.querySelectorAll(`${refusal}, .lines`) ?? []));
  sums.replaceChildren(...(fresh?.querySelectorAll(".nudge, .totals") ?? []));
}

/** What gives the focus back to where it was, or to what comes closest. */
function focusIn(within) {
  const at = document.activeElement;
  if (!within.contains(at)) return () => {};
  const line = at.closest(".line")?.id;
  const typed = at.matches(".stepper-input") && at.value !== at.defaultValue ? at.value : null;
  const button = at.dataset.step && `[data-step="${at.dataset.step}"]`;
  return () => {
    const same = line && within.querySelector(`#${CSS.escape(line)}`);
    const field = same?.querySelector(".stepper-input");
    const pressed = button && same?.querySelector(`${button}:not(:disabled)`);
    if (field && typed !== null) field.value = typed;
    const rest = within.querySelector("#problems, h1") ?? heading;
    const target = pressed || field || rest;
    if (target === rest) rest.tabIndex = -1;
    target.focus({ preventScroll: true });
  };
}

drawer.addEventListener("click", (event) => {
  // What is clicked beside the drawer is the drawer itself: what it holds fills it.
  if (event.target === drawer || event.target.closest("[data-close]")) drawer.close();
});
// Back from another page, what is shown here may be in the cart no more.
addEventListener("pagehide", () => drawer.close());
