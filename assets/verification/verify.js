// Theme before the first paint; then: hash a chosen or dropped PDF here and send only its digest. Nothing else.
(() => {
  "use strict";
  const root = document.documentElement;
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "dark" || theme === "light") root.classList.add(theme);
  } catch { /* storage may be blocked: the system's theme stands */ }

  const ready = () => {
    const lang = document.querySelector("a[data-locale]");
    lang?.addEventListener("click", () => {
      document.cookie = `locale=${lang.dataset.locale};path=/;max-age=31536000;samesite=lax`;
    });

    const form = document.querySelector("form[data-drop]");
    // SubtleCrypto exists on secure pages only (https, localhost): elsewhere the digest can be typed.
    if (!form || !crypto.subtle) return;
    const zone = form.querySelector(".drop");
    const picker = zone.querySelector("input");
    const state = form.querySelector(".drop__state");
    const digest = form.querySelector("[name=sha256]");
    zone.hidden = false;

    const check = async (file) => {
      if (!file) return;
      state.textContent = form.dataset.busy;
      try {
        const hash = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
        digest.value = Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
        form.submit();
      } catch {
        state.textContent = form.dataset.failed;
      }
    };
    picker.addEventListener("change", () => check(picker.files[0]));
    const over = (on) => (event) => { event.preventDefault(); zone.classList.toggle("drop--over", on); };
    addEventListener("dragover", over(true));
    addEventListener("dragleave", over(false));
    addEventListener("drop", (event) => { over(false)(event); check(event.dataTransfer.files[0]); });
  };
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", ready); else ready();
})();
