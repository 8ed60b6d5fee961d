// Opens the cart beside the page once something was put into it, and lets the cart change without loading
// its page again. What does both is loaded at the first touch of a form; if it does not come, forms and
// links do what they do without script.
const drawer = document.querySelector(".cart-drawer");
const cart = "[data-cart] form, .cart-drawer-lines form";
let loaded = null;
/** Whether the forms do what they do without script: their own scripts have not come. */
let isPlain = false;

function load() {
  loaded ??= import(drawer.dataset.script);
  return loaded;
}

/** What the module does, or what is done without it. */
async function using(act, otherwise) {
  let module;
  try {
    module = await load();
  } catch {
    loaded = null;
    isPlain = true;
    otherwise();
    isPlain = false;
    return;
  }
  act(module);
}

const within = (event, selector) => event.target instanceof Element && event.target.closest(selector);

for (const touched of ["pointerover", "pointerdown", "focusin"]) {
  document.addEventListener(touched, (event) => {
    if (within(event, `.buy, .quick-add, ${cart}`)) load().catch(() => (loaded = null));
  });
}

addEventListener("holdfast:added", (event) => {
  event.preventDefault();
  const { page } = drawer.dataset;
  // The cart's own page shows what is in it.
  if (location.pathname === page) location.reload();
  else using((module) => module.open(), () => location.assign(page));
});

document.addEventListener("click", (event) => {
  const button = within(event, ".stepper-btn[data-step]");
  if (!button || isPlain) return;
  event.preventDefault();
  using((module) => module.step(button), () => button.click());
});

document.addEventListener("change", (event) => {
  const field = within(event, ".stepper-input");
  if (field && within(event, cart)) using((module) => module.type(field), () => field.form.submit());
});

document.addEventListener("submit", (event) => {
  const form = within(event, cart);
  if (!form || isPlain || !form.action.includes("/api/cart/")) return;
  event.preventDefault();
  const { submitter } = event;
  using((module) => module.send(form), () => form.requestSubmit(submitter));
});
