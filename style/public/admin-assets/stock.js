// Plus and minus beside the fields that change stock, for thumbs: they type a change, such as +3. What they
// are called is on the form, in the language of the page.
const form = document.getElementById("stock-form");

function step(field, by) {
  const typed = field.value.trim().replace("−", "-");
  // A number without a sign is what there is to be.
  const sets = /^\d+$/.test(typed);
  const now = Number.parseInt(typed, 10) || 0;
  const next = sets ? Math.max(0, now + by) : now + by;
  field.value = sets ? String(next) : next === 0 ? "" : next > 0 ? `+${next}` : String(next);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function button(sign, label, field, by) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn stock-step";
  made.textContent = sign;
  made.setAttribute("aria-label", label);
  made.addEventListener("click", () => step(field, by));
  return made;
}

for (const cell of form?.querySelectorAll(".stock-units") ?? []) {
  const field = cell.querySelector("input:not([type])");
  const named = (words) => words.replace("{title}", cell.dataset.title);
  cell.classList.add("has-steps");
  field.before(button("−", named(form.dataset.fewer), field, -1));
  field.after(button("+", named(form.dataset.more), field, 1));
}
