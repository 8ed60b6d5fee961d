// Ticks of a table: all at once from its head, and a row of them with shift. With the first one comes the
// form that changes what is ticked.
for (const table of document.querySelectorAll("table[data-ticks]")) {
  const boxes = [...table.querySelectorAll('tbody input[type="checkbox"]')];
  const head = table.querySelector("thead .cell-tick");
  if (!head || boxes.length === 0) continue;

  const label = document.createElement("label");
  label.className = "check";
  const all = document.createElement("input");
  all.type = "checkbox";
  const words = document.createElement("span");
  words.className = "visually-hidden";
  words.textContent = table.dataset.selectAll;
  label.append(all, words);
  head.replaceChildren(label);

  const title = document.getElementById("bulk-title");
  const heading = title?.textContent;
  const form = title?.closest("form");
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
    if (!form) return;
    title.textContent = ticked ? heading + title.dataset.ticked.replace("#", ticked) : heading;
    form.classList.toggle("bulk-ticked", ticked > 0);
    // One that came back refused stays.
    form.hidden = ticked === 0 && !form.querySelector("[aria-invalid]");
  };

  let last = null;
  table.addEventListener("click", (event) => {
    const at = boxes.indexOf(event.target);
    if (at < 0) return;
    if (event.shiftKey && last !== null) {
      const [from, to] = [Math.min(at, last), Math.max(at, last)];
      for (const box of boxes.slice(from, to + 1)) box.checked = boxes[at].checked;
    }
    last = at;
  });
  table.addEventListener("change", (event) => {
    if (event.target === all) for (const box of boxes) box.checked = all.checked;
    show();
  });
  show();
}
