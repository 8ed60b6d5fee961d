// The checkout as one page. Every step has a page of its own, which works without script; here its form is sent
// from where it is, and what the answer shows takes the place of what was shown. Once a part is complete, those
// after it are shown below it, so that nobody has to press "Continue"; the last button sends the payment and then
// the order's own form, as the review would. Whatever is not a step's page is left to the browser.
const main = document.querySelector("main");
const STEPS = ["contact", "shipping", "payment", "review"];

/** How long after the last key a part counts as typed, in milliseconds. */
const TYPED = 700;

/** The address whose page is shown. */
let shown = location.pathname + location.search;
/** Grows with each page that is shown: what was asked for before is not shown any more. */
let page = 0;
/** Whether something was pressed whose answer has not come. */
let isSending = false;
/** Whether the order's form was sent. */
let isPlaced = false;

/** Whether something has changed that was not followed, and what waits for it. */
let isDue = false;
let timer = 0;
let following = Promise.resolve();
/** The part from which no other follows as it is now. */
let broken = null;
/** What the parts were when they were last sent, and as they came. */
let sent = new Map();
let came = new Map();
/** The fields of later parts that were taken off the page before they were sent. */
const untold = new Map();

const parts = () => main.querySelector("[data-checkout]");
const stepOf = (within) => within.querySelector("[data-checkout]")?.dataset.checkout;
const part = (name, within = main) => within.querySelector(`[data-part="${name}"]`);
const formOf = (name, within = main) => part(name, within)?.querySelector("form");
const typed = (form) => new URLSearchParams(new FormData(form));

/** The page of a step that an answer is; null if it is anything else. */
async function read(answer) {
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  return stepOf(fresh) ? { fresh, url: new URL(answer.url) } : null;
}

/** Sends a form as it is, and reads the answer; fails if there is none. */
async function post(form) {
  const answer = await fetch(form.action, {
    method: "POST",
    headers: { accept: "text/html" },
    body: typed(form),
    // Whatever was begun is finished, also if the page is left meanwhile.
    keepalive: true,
  });
  return { answer, next: await read(answer) };
}

const fieldsOf = (within) => [...within.querySelectorAll("input:not([type=hidden])")];

/** Takes note of what was chosen in the later parts that are shown, but of the one that was sent: the answer
    says what became of that. */
function remember(sentPart) {
  for (const name of ["shipping", "payment"]) {
    const shownPart = part(name);
    if (name === sentPart) untold.delete(name);
    else if (shownPart) untold.set(name, fieldsOf(shownPart));
  }
}

/** Chooses and types again, as far as the same is offered. */
function fill(within, fields) {
  for (const field of fields) {
    const same = fieldsOf(within).find(
      (other) => other.name === field.name && (field.type !== "radio" || other.value === field.value),
    );
    if (!same || same.disabled) continue;
    if (field.type === "radio") same.checked ||= field.checked;
    else same.value = field.value;
  }
}

/** The words for what the order comes to. */
const said = () => main.querySelector(".checkout-aside")?.dataset.said;

/** Says what the order comes to now, if it was something else. */
function tell(before) {
  const now = said();
  const region = document.querySelector("[data-total-said]");
  if (region && before && now && now !== before) region.textContent = now;
}

/** Shows a step's page; `keep` is what becomes of the address shown until now, and `sentPart` the part that
    it is the answer to. */
function show({ fresh, url }, keep, sentPart) {
  remember(sentPart);
  const before = said();
  page += 1;
  clearTimeout(timer);
  isDue = false;
  broken = null;
  sent = new Map();
  came = new Map();
  document.title = fresh.title;
  main.replaceChildren(...fresh.querySelector("main").childNodes);
  const open = stepOf(main);
  if (untold.has(open)) fill(part(open), untold.get(open));
  tell(before);
  const languages = document.querySelector(".footer-languages");
  languages?.replaceWith(fresh.querySelector(".footer-languages") ?? languages);
  shown = url.pathname + url.search;
  history[keep](null, "", shown);
  release();
  const heading = main.querySelector("[autofocus]") ?? part(stepOf(main))?.querySelector("h2");
  heading?.focus();
  begin();
}

function hold() {
  isSending = true;
  parts().inert = true;
}

function release() {
  isSending = false;
  parts().inert = false;
}

/** What is no step's page is the browser's: the cart with what is wrong in it, say. */
function leave(answer, form) {
  if (answer.redirected) location.assign(answer.url);
  else form.submit();
}

/** Sends a step's form and shows what comes of it. */
async function send(form) {
  if (isSending) return;
  const from = stepOf(main);
  const name = form.closest("[data-part]")?.dataset.part;
  const mine = page;
  hold();
  clearTimeout(timer);
  isDue = false;
  await following;
  // The shopper went back meanwhile, and is shown another page.
  if (mine !== page) return;
  // What was under way may have put a fresh part in place of this one.
  const current = form.isConnected ? form : formOf(name);
  if (!current) {
    release();
    return;
  }
  let told;
  try {
    told = await post(current);
  } catch {
    if (mine === page) current.submit();
    return;
  }
  if (mine !== page) return;
  const { answer, next } = told;
  if (!next) leave(answer, current);
  else show(next, stepOf(next.fresh) === from ? "replaceState" : "pushState", name);
}

/** Shows the step at an address. */
async function visit(address, keep) {
  const mine = ++page;
  clearTimeout(timer);
  isDue = false;
  let next = null;
  try {
    next = await read(await fetch(address, { headers: { accept: "text/html" } }));
  } catch {
    // The browser says why.
  }
  if (mine !== page) return;
  if (next) show(next, keep);
  else location.assign(address);
}

/** Whether all is there that a form cannot do without. */
function isComplete(form) {
  const country = form.elements.country;
  return form.checkValidity() && (!country || country.value !== "");
}

/** The page that a part leads to, if it is the one after it. Nothing is said of what is refused: the part's own
    button does that. */
async function nextOf(name) {
  const form = formOf(name);
  if (!form || !isComplete(form)) return null;
  const body = typed(form).toString();
  const before = sent.get(name);
  if (before?.body === body) return before.next;
  // Until its answer is there, nobody knows what the server has taken.
  sent.delete(name);
  let next = null;
  try {
    ({ next } = await post(form));
  } catch {
    return null;
  }
  const after = STEPS[STEPS.indexOf(name) + 1];
  if (!next || stepOf(next.fresh) !== after) return null;
  // What the later parts led to was of what this one said before.
  for (const later of STEPS.slice(STEPS.indexOf(after))) sent.delete(later);
  sent.set(name, { body, next });
  return next;
}

/** Puts the part of a page below those that are shown, with what was chosen and typed in it before. */
function put({ fresh }, name) {
  const next = part(name, fresh).cloneNode(true);
  const source = next.outerHTML;
  const old = part(name);
  if (old && came.get(name) === source) return;
  came.set(name, source);
  if (!old) {
    fill(next, untold.get(name) ?? []);
    parts().append(next);
    return;
  }
  fill(next, fieldsOf(old));
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  old.replaceWith(next);
  if (focused) {
    const again = [...next.querySelectorAll("input, button, a")].find(
      (other) => other.name === focused.name && other.value === focused.value,
    );
    (again ?? next.querySelector("h2")).focus({ preventScroll: true });
  }
}

/** The sums, and the button that buys. */
function conclude(fresh) {
  const aside = main.querySelector(".checkout-aside");
  const before = said();
  const next = fresh === document ? null : fresh.querySelector(".checkout-aside");
  if (aside && next) {
    const isOpen = aside.querySelector("details")?.open;
    const copy = next.cloneNode(true);
    const details = copy.querySelector("details");
    if (details) details.open = isOpen;
    aside.replaceWith(copy);
    tell(before);
  }
  const template = fresh.querySelector("template[data-place]");
  const old = main.querySelector(".placing");
  if (!template) {
    old?.remove();
    delete parts().dataset.whole;
    return;
  }
  const placing = template.content.firstElementChild.cloneNode(true);
  Object.assign(placing.dataset, template.dataset);
  if (old?.outerHTML === placing.outerHTML) return;
  const hadFocus = old?.contains(document.activeElement);
  if (old) old.replaceWith(placing);
  else parts().append(placing);
  if (hadFocus) placing.querySelector("button").focus({ preventScroll: true });
  parts().dataset.whole = "";
}

/** Sends what has changed and shows what follows from it. What was shown below stays where something is wrong:
    whoever presses the last button is told. */
async function follow() {
  const mine = page;
  let last = document;
  broken = null;
  for (const name of STEPS.slice(STEPS.indexOf(stepOf(main)), 2)) {
    const next = await nextOf(name);
    if (mine !== page) return;
    if (!next) {
      broken = name;
      return;
    }
    put(next, STEPS[STEPS.indexOf(name) + 1]);
    last = next.fresh;
  }
  conclude(last);
}

/** Follows what has changed, after what is under way. */
function catchUp() {
  clearTimeout(timer);
  if (isDue) following = following.then(follow).catch(() => (broken = stepOf(main)));
  isDue = false;
  return following;
}

function changed(wait) {
  isDue = true;
  clearTimeout(timer);
  timer = setTimeout(catchUp, wait);
}

/** What follows from a page as it is shown first. */
function begin() {
  const step = stepOf(main);
  if (step && step !== "review") changed(0);
}

/** Sends the payment, and then the order as the review would, if it is what was shown. */
async function place(placing) {
  if (isSending || isPlaced) return;
  if (!formOf("payment").reportValidity()) return;
  const mine = page;
  // Also what no event has told of.
  isDue = true;
  await catchUp();
  if (isSending || mine !== page) return;
  if (broken) {
    send(formOf(broken));
    return;
  }
  // The sums have just changed: they are to be seen first.
  if (!placing.isConnected) {
    main.querySelector("[data-place-order]")?.focus();
    return;
  }
  const payment = formOf("payment");
  hold();
  let told;
  try {
    told = await post(payment);
  } catch {
    if (mine === page) payment.submit();
    return;
  }
  if (mine !== page) return;
  const { answer, next } = told;
  if (!next) {
    leave(answer, payment);
    return;
  }
  const order = formOf("review", next.fresh);
  const isSame =
    order?.querySelector("[type=submit]") &&
    order.elements.expected_total_minor.value === placing.dataset.total &&
    order.elements.terms.value === placing.dataset.terms &&
    order.dataset.told === placing.dataset.told;
  if (!isSame) {
    show(next, stepOf(next.fresh) === stepOf(main) ? "replaceState" : "pushState", "payment");
    return;
  }
  isPlaced = true;
  const own = document.importNode(order, true);
  own.hidden = true;
  document.body.append(own);
  own.submit();
}

main.addEventListener("submit", (event) => {
  const name = event.target.closest("[data-part]")?.dataset.part;
  if (!name) return;
  if (name !== "review") {
    event.preventDefault();
    send(event.target);
  } else if (isPlaced) event.preventDefault();
  else isPlaced = true;
});

main.addEventListener("click", (event) => {
  const placing = event.target.closest("[data-place-order]")?.closest(".placing");
  if (placing) place(placing);
  const link = event.target.closest("a[href]");
  const isPlain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!link || !isPlain || event.defaultPrevented) return;
  const url = new URL(link.href);
  if (url.origin !== location.origin || url.pathname !== location.pathname || !url.searchParams.has("step")) return;
  // To a field of what is shown.
  if (url.hash && url.search === location.search) return;
  event.preventDefault();
  if (!isSending) visit(url.href, "pushState");
});

main.addEventListener("input", (event) => {
  if (event.target.closest('[data-part="contact"]')) changed(TYPED);
});

main.addEventListener("change", (event) => {
  const name = event.target.closest("[data-part]")?.dataset.part;
  if (name === "contact" || name === "shipping") changed(TYPED / 4);
});

addEventListener("popstate", () => {
  // A link within the page is not another page.
  if (location.pathname + location.search !== shown) visit(location.href, "replaceState");
});

// Back from the order: what is shown may be bought.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

begin();
