// Small forms of a table, sent in place: the row shows what was set, and the page stays where it is.
// What is said is on the form, in the language of the page. As soon as something is typed, one button
// saves all of it.
const forms = [...document.querySelectorAll("form[data-in-place]")];
const bar = document.querySelector("[data-save-all]");

const fieldOf = (form) => form.querySelector("input:not([type])");
const isDirty = (form) => fieldOf(form).value !== fieldOf(form).defaultValue;

for (const form of forms) {
  const said = document.createElement("output");
  said.className = "inline-said";
  form.append(said);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
}

/** Whether it was saved. */
async function send(form) {
  const [field, button, said] = [fieldOf(form), form.querySelector("button"), form.querySelector("output")];
  button.disabled = true;
  said.textContent = "…";
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { accept: "application/json" },
      body: new URLSearchParams(new FormData(form)),
    });
    const set = await answer.json();
    if (!answer.ok) {
      const { fields, message } = set.error ?? {};
      throw new Error(fields?.[0]?.message ?? message ?? form.dataset.rejected);
    }
    show(form, field, set);
    field.removeAttribute("aria-invalid");
    said.textContent = form.dataset.saved;
    return true;
  } catch (error) {
    field.setAttribute("aria-invalid", "true");
    said.textContent = error instanceof TypeError ? form.dataset.unreachable : error.message;
    field.focus();
    return false;
  } finally {
    button.disabled = false;
    tell();
  }
}

function show(form, field, set) {
  if ("price" in set) {
    form.elements.price_was.value = set.price;
    field.value = set.price;
  } else {
    form.closest("tr").querySelector('[data-shows="stock"]').textContent = set.stock;
    field.value = "";
  }
  // What is saved is not asked about when the page is left.
  field.defaultValue = field.value;
}

// --- all of them ---------------------------------------------------------------------------------

/** Says how much is typed and not saved. */
function tell() {
  if (!bar) return;
  const dirty = forms.filter(isDirty).length;
  bar.hidden = dirty === 0;
  bar.querySelector("[data-count]").textContent = dirty ? bar.dataset.words.replace("#", dirty) : "";
}

if (bar) {
  document.querySelector("table[data-one-save]")?.classList.add("has-one-save");
  document.addEventListener("input", tell);
  bar.querySelector("button").addEventListener("click", async ({ target }) => {
    target.disabled = true;
    // One after the other, as somebody would: each is checked and noted by itself. The first that is
    // refused has the focus, the others stay as they were typed.
    for (const form of forms.filter(isDirty)) if (!(await send(form))) break;
    target.disabled = false;
  });
  tell();
}
