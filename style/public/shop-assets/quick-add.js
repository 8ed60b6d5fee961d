// Puts a product into the cart from its card, where the page is. The cart's link in the header follows,
// and the cart is shown beside the page.

export async function add(form) {
  const button = form.querySelector("button");
  if (button.getAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  const said = form.closest(".product-grid").nextElementSibling;
  for (const other of document.querySelectorAll(".quick-said > [role=alert]")) other.hidden = true;
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { accept: "application/json" },
      body: new URLSearchParams(new FormData(form)),
    });
    const cart = await answer.json();
    if (answer.ok) {
      dispatchEvent(new CustomEvent("holdfast:cart", { detail: cart.count }));
      const isLeft = dispatchEvent(new Event("holdfast:added", { cancelable: true }));
      if (isLeft) location.assign(said.dataset.page);
    } else {
      refuse(said, cart.error?.fields?.[0]?.message ?? cart.error?.message);
    }
  } catch {
    refuse(said, null);
  } finally {
    button.removeAttribute("aria-busy");
  }
}

function refuse(said, words) {
  const toast = said.querySelector("[role=alert]");
  toast.querySelector("span").textContent = words ?? document.body.dataset.unavailable;
  toast.hidden = false;
}
