// Small forms of a table, sent in place: the row shows what was set, and the page stays where it is.
// What is said is on the form, in the language of the page.
for (const form of document.querySelectorAll("form[data-in-place]")) {
  const said = document.createElement("output");
  said.className = "inline-said";
  form.append(said);

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const [field, button] = [form.querySelector("input:not([type])"), form.querySelector("button")];
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
    } catch (error) {
      field.setAttribute("aria-invalid", "true");
      said.textContent = error instanceof TypeError ? form.dataset.unreachable : error.message;
      field.focus();
    } finally {
      button.disabled = false;
    }
  });
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
