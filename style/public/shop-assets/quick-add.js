// Puts a product into the cart from its card, where the page is. The cart's link in the header follows.

/** How long is said that something was added, in milliseconds; the cart's link says it for good. */
const SAID = 8000;

/** Until what is said now goes away. */
let saying;

/** What is looked at, or read, stays for now. */
function hideLater(toast) {
  clearTimeout(saying);
  saying = setTimeout(() => {
    if (toast.matches(":hover, :focus-within")) hideLater(toast);
    else toast.hidden = true;
  }, SAID);
}

export async function add(form) {
  const button = form.querySelector("button");
  if (button.getAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  const said = form.closest(".product-grid").nextElementSibling;
  const toast = (kind) => said.querySelector(`[data-quick="${kind}"]`);
  for (const other of document.querySelectorAll("[data-quick]")) other.hidden = true;
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { accept: "application/json" },
      body: new URLSearchParams(new FormData(form)),
    });
    const cart = await answer.json();
    if (answer.ok) {
      const added = toast("added");
      const there = new URL(added.querySelector("a").href);
      // The cart's own page shows what is in it.
      if (there.pathname === location.pathname) location.reload();
      dispatchEvent(new CustomEvent("holdfast:cart", { detail: cart.count }));
      const words = added.querySelector("[data-words]");
      words.textContent = words.dataset.words;
      added.hidden = false;
      hideLater(added);
    } else {
      refuse(toast("refused"), cart.error?.fields?.[0]?.message ?? cart.error?.message);
    }
  } catch {
    refuse(toast("refused"), null);
  } finally {
    button.removeAttribute("aria-busy");
  }
}

function refuse(toast, words) {
  toast.querySelector("span").textContent = words ?? document.body.dataset.unavailable;
  toast.hidden = false;
}
