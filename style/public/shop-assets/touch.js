// Listens to what makes lists and cards act at once, and loads what does it at the first touch. What comes
// before it is there waits for it; if it does not come, forms and links do what they do without script.
const listing = document.querySelector(".listing");
const loaded = {};
const load = (name) => (loaded[name] ??= import(`./${name}.js`));
const small = matchMedia("(width < 62rem)");

/** What a module does, or what is done without it. */
async function using(name, act, otherwise) {
  let module;
  try {
    module = await load(name);
  } catch {
    delete loaded[name];
    listing?.classList.add("listing-plain");
    otherwise();
    return;
  }
  act(module);
}

const within = (event, selector) => event.target instanceof Element && event.target.closest(selector);

for (const touched of ["pointerover", "pointerdown", "focusin"]) {
  document.addEventListener(touched, (event) => {
    if (within(event, ".listing-side, .sort-form, .chips")) load("list").catch(() => {});
    if (within(event, ".quick-add")) load("quick-add").catch(() => {});
  });
}

document.addEventListener("submit", (event) => {
  const card = within(event, "form.quick-add");
  if (card) {
    event.preventDefault();
    using("quick-add", (module) => module.add(card), () => card.submit());
  }
});

if (listing) {
  listing.dataset.shown = location.pathname + location.search;
  const forms = ".filters form, .sort-form";

  document.addEventListener("submit", (event) => {
    const form = within(event, forms);
    if (form) {
      event.preventDefault();
      using("list", (module) => module.apply(), () => form.submit());
    }
  });
  document.addEventListener("change", (event) => {
    const form = within(event, forms);
    if (form) using("list", (module) => module.apply(), () => form.submit());
  });
  document.addEventListener("click", (event) => {
    const other = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    const link = within(event, ".chips a, .filter-actions a");
    if (link && !other && isHere(link)) {
      event.preventDefault();
      using("list", (module) => module.go(link.href), () => location.assign(link.href));
    }
    const summary = within(event, ".filters-toggle > summary");
    if (summary && small.matches && !summary.parentElement.open) {
      event.preventDefault();
      using("list", (module) => module.open(summary), () => (summary.parentElement.open = true));
    }
  });
  addEventListener("popstate", () => {
    const isOther = location.pathname + location.search !== listing.dataset.shown;
    // Back at the list that is shown, the module stops asking for another one.
    if (isOther || loaded.list) using("list", (module) => module.follow(), () => location.reload());
  });

  listing.classList.add("listing-live");
  // What was chosen before this script came.
  const isChanged = (field) =>
    field.type === "checkbox" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
  if ([...listing.querySelectorAll(".filters input:not([type=hidden])")].some(isChanged)) {
    using("list", (module) => module.apply(), () => {});
  }
}

/** Whether a link leads to this list with other filters: what is searched for makes it another one. */
function isHere({ href }) {
  const [there, here] = [new URL(href), new URL(location.href)];
  return there.pathname === here.pathname && there.searchParams.get("q") === here.searchParams.get("q");
}
