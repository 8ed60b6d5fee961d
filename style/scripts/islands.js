// Brings the islands of a page to life. What is read and seen comes first: on a slow line the pictures would wait
// behind the wasm. So it is asked for when the page is loaded, or when a key or a finger does not wait for that.
const { module, wasm } = document.querySelector("script[data-wasm]").dataset;

/** Calls once the page is loaded or touched. */
function when(ready) {
  const touches = ["pointerdown", "keydown", "focusin"];
  const act = () => {
    removeEventListener("load", act);
    for (const touch of touches) removeEventListener(touch, act, true);
    ready();
  };
  if (document.readyState === "complete") return ready();
  addEventListener("load", act);
  for (const touch of touches) addEventListener(touch, act, true);
}

/** What islands do when what is between their tags comes to life, the innermost last. */
const outer = [];

async function wake(node, islands) {
  const name = node.localName;
  if (name === "leptos-island") {
    const island = islands[node.dataset.component];
    if (island) {
      outer.at(-1)?.();
      await island(node);
    } else {
      console.warn(`the wasm has no island ${node.dataset.component}`);
    }
  }
  if (name === "leptos-children") outer.push(node.$$on_hydrate);
  for (const child of node.children) await wake(child, islands);
  if (name === "leptos-children") outer.pop();
}

when(async () => {
  // Both at once; the module compiles what comes while it comes.
  const [islands, code] = [import(module), fetch(wasm)];
  const { default: start, hydrate, ...named } = await islands;
  await start({ module_or_path: code });
  hydrate();
  await wake(document.body, named);
});
