// The few things that must work in the browser without a round trip, also before the app has started.
(() => {
  "use strict";
  const doc = document;

  // The language of the page is in its address; screen readers and hyphenation need it on <html>.
  let shown = location.pathname;
  // A link inside the app loads no document: readers with a keyboard or a screen reader start at the new content.
  const toContent = () => {
    if (location.pathname === shown) return;
    shown = location.pathname;
    setTimeout(() => doc.getElementById("main")?.focus({ preventScroll: true }), 150);
  };
  const setLang = () => { doc.documentElement.lang = /^\/en(\/|$)/.test(location.pathname) ? "en" : "fr"; };
  setLang();
  for (const name of ["pushState", "replaceState"]) {
    const original = history[name];
    history[name] = function (...args) { const out = original.apply(this, args); setLang(); toContent(); return out; };
  }
  addEventListener("popstate", setLang);

  // The language switch keeps the page and its filters, and is remembered.
  const sameIn = (link) => {
    const here = location.pathname.replace(/\/$/, "").split("/");
    const from = (link.dataset.from || "").split("/");
    const to = (link.dataset.to || link.getAttribute("href")).split("/");
    const found = {};
    from.forEach((part, i) => { if (part.startsWith("[")) found[part] = here[i]; });
    return to.map((part) => found[part] ?? part).join("/") + location.search;
  };

  const closeMenus = (except) => doc.querySelectorAll("details[data-menu][open]").forEach((m) => { if (m !== except) m.open = false; });

  doc.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (!target) return;
    const lang = target.closest("a[data-locale]");
    if (lang) {
      doc.cookie = `locale=${lang.dataset.locale};path=/;max-age=31536000;samesite=lax`;
      if (!event.ctrlKey && !event.metaKey && !event.shiftKey) { event.preventDefault(); location.assign(sameIn(lang)); }
      return;
    }
    const theme = target.closest("[data-theme-switch]");
    if (theme && theme.closest("#server-body")) {
      const dark = !doc.documentElement.classList.contains("dark");
      doc.documentElement.classList.toggle("dark", dark);
      doc.documentElement.classList.toggle("light", !dark);
      doc.documentElement.style.colorScheme = dark ? "dark" : "light";
      localStorage.setItem("theme", dark ? "dark" : "light");
      return;
    }
    const menu = target.closest("details[data-menu]");
    if (menu && target.closest(".pg-menu a, .pg-menu button")) menu.open = false;
    closeMenus(menu);
    // A click on the backdrop closes a dialog; so does following a link inside it, unless to a file.
    if (target instanceof HTMLDialogElement && target.open) {
      const box = target.getBoundingClientRect();
      if (event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom) target.close();
    }
    const inside = target.closest("dialog a[href]:not([download])");
    if (inside) inside.closest("dialog").close();
    const button = target.closest("button[commandfor]");
    if (button && !("commandForElement" in HTMLButtonElement.prototype)) {
      const dialog = doc.getElementById(button.getAttribute("commandfor"));
      if (dialog && button.getAttribute("command") === "show-modal") dialog.showModal();
      else if (dialog) dialog.close();
    }
  });
  doc.addEventListener("keydown", (event) => { if (event.key === "Escape") closeMenus(null); });

  // Whoever sits here next is not to read what rings for the one who leaves; never waited for long.
  const unring = () => Promise.race([
    Promise.resolve(navigator.serviceWorker && navigator.serviceWorker.getRegistration("/"))
      .then((worker) => worker && worker.pushManager.getSubscription())
      .then((ringing) => ringing && ringing.unsubscribe())
      .catch(() => null),
    new Promise((done) => setTimeout(done, 1000)),
  ]);

  // Signing out drops the cookie, so the page must be loaded anew.
  doc.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.dataset.signOut) return;
    event.preventDefault();
    // Who came in through an organisation's provider is led there to end its session too.
    unring()
      .then(() => fetch(form.action, { method: "POST" }))
      .then((answer) => (answer.status === 200 ? answer.json() : {}))
      .catch(() => ({}))
      .then((said) => location.assign(said.next || form.dataset.signOut));
  });

  // Countdowns.
  setInterval(() => {
    doc.querySelectorAll("[data-countdown]").forEach((el) => {
      // React compares texts while it takes the page over: leave them alone until then.
      if (!Object.keys(el).some((key) => key.startsWith("__react"))) return;
      const left = Math.max(0, Math.round((Date.parse(el.dataset.countdown) - Date.now()) / 1000));
      if (Number.isNaN(left)) return;
      const hours = Math.floor(left / 3600), minutes = Math.floor((left % 3600) / 60), seconds = left % 60;
      const two = (n) => String(n).padStart(2, "0");
      el.textContent = (hours ? `${hours}:` : "") + `${two(minutes)}:${two(seconds)}`;
      el.parentElement.dataset.low = left < 120;
      el.parentElement.dataset.soon = left < 300;
      if (left === 0 && !el.dataset.over) { el.dataset.over = "1"; el.parentElement.querySelector("[data-countdown-done]")?.click(); }
    });
  }, 500);

  // On a phone the tabs scroll sideways: the one that is open must be in view.
  setInterval(() => {
    doc.querySelectorAll(".pg-tabs > :is([aria-current='page'], [aria-selected='true'])").forEach((tab) => {
      const tabs = tab.parentElement;
      if (tabs.dataset.shown === tab.textContent) return;
      tabs.dataset.shown = tab.textContent;
      tabs.scrollLeft = tab.offsetLeft - (tabs.clientWidth - tab.clientWidth) / 2;
    });
  }, 250);

  // What waits for something to happen elsewhere (a payment, a certificate) asks again every few seconds, in view only.
  setInterval(() => {
    if (doc.hidden) return;
    doc.querySelectorAll("[data-poll]").forEach((el) => {
      const due = Number(el.dataset.due || 0), now = Date.now();
      if (now < due) return;
      if (due) el.click();
      el.dataset.due = String(now + Number(el.dataset.poll) * 1000);
    });
  }, 500);

  // The server's readable page stands until the app shows the same content.
  const handOver = () => {
    const server = doc.getElementById("server-body");
    if (!server || !doc.querySelector("[data-ready='true']")) return;
    server.remove();
    doc.querySelectorAll("head > title[data-server]").forEach((title) => title.remove());
    observer.disconnect();
  };
  const observer = new MutationObserver(handOver);
  observer.observe(doc.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-ready"] });
})();
