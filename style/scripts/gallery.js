// The pictures of a product: small ones bring up large ones without a step in the history, and each can
// be looked at over the whole page, enlarged, by pointer, by finger and by keyboard. Without this script the small
// ones are links within the page, and the large ones lead to their files.
const gallery = document.querySelector(".gallery");
const track = gallery.querySelector(".gallery-track");
const slides = [...track.querySelectorAll(".gallery-slide")];
const thumbs = [...gallery.querySelectorAll(".gallery-thumbs a")];
const thumbOf = (slide) => thumbs.find((thumb) => thumb.hash === `#${slide.id}`);

const show = (slide) => track.scrollTo({ left: slide.offsetLeft });

for (const thumb of thumbs) {
  thumb.addEventListener("click", (event) => {
    event.preventDefault();
    show(document.getElementById(thumb.hash.slice(1)));
  });
}

if (thumbs.length > 0) {
  const seen = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) thumbOf(target)?.setAttribute("aria-current", "true");
        else thumbOf(target)?.removeAttribute("aria-current");
      }
    },
    { root: track, threshold: 0.6 },
  );
  for (const slide of slides) seen.observe(slide);
}

// --- over the page -------------------------------------------------------------------------------

const dialog = gallery.querySelector(".lightbox");
const stage = dialog.querySelector(".lightbox-stage");
const count = dialog.querySelector(".lightbox-count");
const zoom = dialog.querySelector("[data-zoom]");
const isZoomed = () => zoom.getAttribute("aria-pressed") === "true";
let at = 0;

/** Enlarged or not; what was at this point of the picture, from 0 to 1, comes into the middle. */
function enlarge(wanted, x = 0.5, y = 0.5) {
  zoom.setAttribute("aria-pressed", String(wanted));
  stage.classList.toggle("is-zoomed", wanted);
  const image = stage.querySelector("img");
  image.sizes = wanted ? "90rem" : "100vw";
  stage.scrollTo({
    left: x * stage.scrollWidth - stage.clientWidth / 2,
    top: y * stage.scrollHeight - stage.clientHeight / 2,
    behavior: "instant",
  });
}

function look(number) {
  at = (number + slides.length) % slides.length;
  const small = slides[at].querySelector("img");
  const image = document.createElement("img");
  image.sizes = "100vw";
  image.srcset = small.srcset;
  image.src = slides[at].querySelector("a").href;
  image.alt = small.alt;
  image.className = small.className;
  if (!small.classList.contains("is-square")) {
    image.setAttribute("width", small.getAttribute("width"));
    image.setAttribute("height", small.getAttribute("height"));
  }
  stage.replaceChildren(image);
  count.textContent = `${at + 1} / ${slides.length}`;
  enlarge(false);
}

slides.forEach((slide, number) => {
  slide.querySelector("a")?.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    look(number);
    dialog.showModal();
    stage.focus();
  });
});

/** Where in a picture was pointed at, from 0 to 1: it fills its element in one direction only. */
function pointed(image, event) {
  const box = image.getBoundingClientRect();
  const scale = Math.min(box.width / image.naturalWidth, box.height / image.naturalHeight);
  const [width, height] = [image.naturalWidth * scale, image.naturalHeight * scale];
  return [
    (event.clientX - box.left - (box.width - width) / 2) / width,
    (event.clientY - box.top - (box.height - height) / 2) / height,
  ];
}

stage.addEventListener("click", (event) => {
  if (event.target === stage) return dialog.close();
  const [x, y] = pointed(event.target, event);
  const isBeside = x < 0 || x > 1 || y < 0 || y > 1;
  if (isBeside && !isZoomed()) return dialog.close();
  enlarge(!isZoomed(), x, y);
});

dialog.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if ("close" in button.dataset) dialog.close();
  else if ("zoom" in button.dataset) enlarge(!isZoomed());
  else look(at + Number(button.dataset.step));
});

dialog.addEventListener("keydown", (event) => {
  // Those are the browser's own.
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "+" || event.key === "=") enlarge(true);
  else if (event.key === "-") enlarge(false);
  // An enlarged picture is moved by the arrows instead.
  else if (isZoomed() || slides.length < 2) return;
  else if (event.key === "ArrowRight") look(at + 1);
  else if (event.key === "ArrowLeft") look(at - 1);
  else return;
  event.preventDefault();
});

// A finger goes to the next one. What is enlarged, by us or by two fingers, it moves instead.
let from = null;

stage.addEventListener(
  "touchstart",
  ({ touches }) => {
    const isLarge = isZoomed() || (window.visualViewport?.scale ?? 1) > 1.01;
    from = touches.length === 1 && !isLarge ? touches[0] : null;
  },
  { passive: true },
);

stage.addEventListener("touchcancel", () => (from = null), { passive: true });

stage.addEventListener(
  "touchend",
  ({ changedTouches: [finger] }) => {
    const began = from;
    from = null;
    if (!began || slides.length < 2) return;
    const [x, y] = [finger.clientX - began.clientX, finger.clientY - began.clientY];
    if (Math.abs(x) > 40 && Math.abs(x) > Math.abs(y)) look(at + (x < 0 ? 1 : -1));
  },
  { passive: true },
);

// The page goes on with the picture that was looked at last.
dialog.addEventListener("close", () => {
  show(slides[at]);
  slides[at].querySelector("a").focus({ preventScroll: true });
});
