// On a phone: the bar that puts what is chosen into the cart while the form's own button is out of sight. It is
// for the thumb: keyboards and readers have the form.
const bar = document.querySelector(".buy-bar");
const button = document.querySelector("#buy [type=submit]");
const price = document.querySelector(".product-price .price-now");
const [ownPrice, ownButton] = [bar.querySelector(".buy-bar-price"), bar.querySelector("button")];

/** As the form is now. */
function follow() {
  const copy = price.cloneNode(true);
  copy.querySelector(".visually-hidden")?.remove();
  ownPrice.textContent = copy.textContent.trim();
  ownButton.disabled = button.disabled;
  bar.classList.toggle("is-out", button.disabled);
}

new MutationObserver(follow).observe(document.querySelector(".product-info"), {
  attributes: true,
  characterData: true,
  childList: true,
  subtree: true,
});
follow();

new IntersectionObserver(([{ isIntersecting }]) => bar.classList.toggle("is-shown", !isIntersecting)).observe(button);

// What readers are not told of must not have the focus.
ownButton.addEventListener("mousedown", (event) => event.preventDefault());
