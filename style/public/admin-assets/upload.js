// A form with a file, sent with a bar that shows how much has arrived. What is said is on the form,
// in the language of the page; `#` is where a name goes.
export const filled = (words, name) => words.replace("#", () => name);

export function send(form, body, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("accept", "application/json");
    request.responseType = "json";
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    };
    request.onload = () => {
      if (request.status < 300) resolve(request.response);
      else reject(new Error(request.response?.error?.message ?? form.dataset.rejected));
    };
    request.onerror = () => reject(new Error(form.dataset.interrupted));
    request.send(body);
  });
}

export function bar(label) {
  const line = document.createElement("p");
  const words = document.createElement("span");
  words.textContent = label;
  const meter = document.createElement("progress");
  meter.className = "meter";
  meter.max = 1;
  meter.value = 0;
  meter.setAttribute("aria-label", label);
  line.append(words, meter);
  return { line, meter, words };
}

const form = document.querySelector('form[data-upload="file"]');
form?.addEventListener("submit", async (event) => {
  const file = form.querySelector('input[type="file"]').files[0];
  if (!file) return;
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  const { line, meter, words } = bar(filled(form.dataset.uploading, file.name));
  form.append(line);
  try {
    const job = await send(form, new FormData(form), (part) => (meter.value = part));
    location.assign(`/admin/jobs/${job.id}`);
  } catch (error) {
    meter.remove();
    line.className = "field-error";
    line.setAttribute("role", "alert");
    words.textContent = error.message;
    button.disabled = false;
  }
});
