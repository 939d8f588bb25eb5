// Documents sent from a page: `form[data-upload="/address"]` goes as a stream with its progress, not through events.
// Imported by the pages that have such a form; listens once for all of them.
const part = (form, name) => form.querySelector(`[data-upload-${name}]`);

const say = (form, text) => {
  const place = part(form, "error");
  place.textContent = text;
  place.hidden = !text;
};

const busy = (form, on) => {
  form.querySelectorAll("button[type='submit'], input, select").forEach((one) => { one.disabled = on; });
  const bar = part(form, "progress");
  bar.hidden = !on;
  bar.value = 0;
};

const reasonOf = (request, form) => {
  if (request.status === 413) return form.dataset.tooLarge;
  try { return JSON.parse(request.responseText).detail || form.dataset.failed; } catch { return form.dataset.failed; }
};

const send = (form) => {
  const file = form.elements.file.files[0];
  if (!file) return say(form, form.dataset.noFile);
  if (file.size > Number(form.dataset.limit)) return say(form, form.dataset.tooLarge);
  say(form, "");
  // Read before the fields are disabled: disabled ones are left out.
  const body = new FormData(form);
  const request = new XMLHttpRequest();
  request.open("POST", form.dataset.upload);
  // No form of another site can add this header.
  request.setRequestHeader("X-Pygmalion-Page", "1");
  request.setRequestHeader("Accept-Language", document.documentElement.lang);
  request.upload.onprogress = (event) => { if (event.lengthComputable) part(form, "progress").value = (100 * event.loaded) / event.total; };
  request.onerror = () => { busy(form, false); say(form, form.dataset.failed); };
  request.onload = () => {
    busy(form, false);
    if (request.status !== 201) return say(form, reasonOf(request, form));
    form.reset();
    part(form, "done").click();
  };
  busy(form, true);
  request.send(body);
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.dataset.upload) return;
  event.preventDefault();
  send(form);
}, true);

// A letter presses the button that names it, where nobody is writing and no dialog is open.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const target = event.target;
  if (target instanceof Element && target.closest("input, select, textarea, [contenteditable]")) return;
  const key = event.key === "Escape" ? "escape" : event.key.toLowerCase();
  const button = /^([a-z]|escape)$/.test(key) && document.querySelector(`[data-key="${key}"]:not(:disabled)`);
  if (button) { event.preventDefault(); button.click(); }
});

export {};
