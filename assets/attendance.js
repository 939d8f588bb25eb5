// Attendance by half-day: `[data-attendance]` is a session's sheet before its trainer, `[data-sign]` one person's own
// signature after scanning. Both live in the browser, because rooms have no network: what is drawn is kept here, sent
// when the network is back, and the server recognises what it already has. Imported by their pages; looks for them once.
const WIDTH = 600, HEIGHT = 200, STEP = 3, LEAST = 40;
const CROSS = "M260 60 L300 100 L340 140 M340 60 L300 100 L260 140";
const REASONS = ["transport", "illness", "work", "family", "other", "unknown"];

// ---- small tools ---------------------------------------------------------------------------------------------------
const el = (tag, props = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== undefined && value !== null) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return made;
};
const icon = (name) => {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "pg-icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `/icons.svg#${name}`);
  svg.append(use);
  return svg;
};
const button = (text, look, onclick, { icon: name, ...more } = {}) =>
  el("button", { type: "button", class: `pg-btn pg-btn--${look}`, onclick, ...more }, name ? icon(name) : null, text);
const lamp = (text, tone) => el("span", { class: `pg-lamp pg-tone-${tone}` }, text);
// `crypto.randomUUID` is there on secure addresses only; a demonstration may run on a plain one.
const newId = () => crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) => (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));
const fill = (text, facts) => text.replace(/\{(\w+)\}/g, (_, name) => facts[name] ?? "");
const language = () => (document.documentElement.lang === "en" ? "en-GB" : "fr-FR");
const clock = (moment, timeZone) => new Intl.DateTimeFormat(language(), { timeZone, hour: "2-digit", minute: "2-digit" }).format(new Date(moment));
const dayOf = (moment, timeZone) => new Intl.DateTimeFormat(language(), { timeZone, weekday: "short", day: "numeric", month: "short" }).format(new Date(moment));
const dayAndClock = (moment, timeZone) => `${new Intl.DateTimeFormat(language(), { timeZone, day: "numeric", month: "short" }).format(new Date(moment))} ${clock(moment, timeZone)}`;

// ---- what waits for the network --------------------------------------------------------------------------------------
// Kept under the person's own id: on a shared phone nobody's signatures are sent in another's name.
const queueOf = (viewer) => {
  const key = `attendance:${viewer}`;
  const read = () => { try { return JSON.parse(localStorage.getItem(key)) || []; } catch { return []; } };
  const write = (all) => (all.length ? localStorage.setItem(key, JSON.stringify(all)) : localStorage.removeItem(key));
  return { all: read, add: (one) => write([...read().filter((old) => old.same !== one.same), one]), drop: (id) => write(read().filter((one) => one.body.clientId !== id)) };
};

const post = (url, body) => fetch(url, {
  method: "POST",
  headers: { "Content-Type": "application/json", "X-Pygmalion-Page": "1", "Accept-Language": document.documentElement.lang },
  body: JSON.stringify(body),
});

// Sends in order. What the server refuses for good is dropped and said; anything else stays for the next time.
let sending = null;
const flush = (queue, said) => {
  sending ??= (async () => {
    for (const one of queue.all()) {
      let answer;
      try { answer = await post(one.url, one.body); } catch { return; }
      if (answer.status >= 500 || [401, 408, 429].includes(answer.status)) return;
      queue.drop(one.body.clientId);
      if (!answer.ok) said((await answer.json().catch(() => ({}))).detail || "", one);
    }
  })().finally(() => { sending = null; });
  return sending;
};

// ---- the pad -------------------------------------------------------------------------------------------------------
const pad = (words, changed) => {
  const canvas = el("canvas", { width: WIDTH, height: HEIGHT, class: "pg-pad", tabindex: "0", role: "img", "aria-label": words.pad });
  let strokes = [], drawing = null;
  const pen = canvas.getContext("2d");
  const draw = () => {
    pen.clearRect(0, 0, WIDTH, HEIGHT);
    Object.assign(pen, { lineWidth: 4, lineCap: "round", lineJoin: "round", strokeStyle: getComputedStyle(canvas).color });
    for (const points of strokes) {
      pen.beginPath();
      points.forEach(([x, y], i) => (i ? pen.lineTo(x, y) : pen.moveTo(x, y)));
      pen.stroke();
    }
  };
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    const inside = (value, most) => Math.min(Math.max(Math.round(value), 0), most - 1);
    return [inside((event.clientX - box.left) * WIDTH / box.width, WIDTH), inside((event.clientY - box.top) * HEIGHT / box.height, HEIGHT)];
  };
  const path = () => strokes.map((points) => points.map(([x, y], i) => `${i ? "L" : "M"}${x} ${y}`).join(" ")).join(" ");
  const ready = () => path().length >= LEAST;
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    drawing = [at(event)];
    strokes.push(drawing);
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    for (const one of event.getCoalescedEvents?.() || [event]) {
      const point = at(one), last = drawing[drawing.length - 1];
      if (Math.hypot(point[0] - last[0], point[1] - last[1]) >= STEP) drawing.push(point);
    }
    draw();
  });
  const lift = () => { if (drawing) { drawing = null; changed(ready()); } };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  // Whoever draws with no pointer signs with a cross, as the law has always let people do.
  canvas.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    strokes = CROSS.split("M").filter(Boolean).map((part) => part.trim().split(" L").map((point) => point.split(" ").map(Number)));
    draw();
    changed(ready());
  });
  const clear = () => { strokes = []; draw(); changed(false); };
  return { canvas, clear, path, ready };
};

const reasonField = (words, id) => {
  const select = el("select", { class: "pg-input", id }, ...REASONS.map((one) => el("option", { value: one }, words[`reason-${one}`])));
  return { select, field: el("div", { class: "pg-field" }, el("label", { class: "pg-field__label", for: id }, words.reason), select) };
};

const dialog = (title, words, body, foot) => {
  const shown = el("dialog", { class: "pg-dialog", "aria-label": title },
    el("div", { class: "pg-dialog__head" }, el("h2", { class: "text-xl" }, title),
      el("button", { type: "button", class: "pg-btn pg-btn--ghost pg-btn--icon", "aria-label": words.close, onclick: () => shown.close() }, icon("x"))),
    el("div", { class: "pg-dialog__body grid gap-4" }, ...body),
    foot.length ? el("div", { class: "pg-dialog__foot" }, ...foot) : null);
  shown.addEventListener("close", () => shown.remove());
  document.body.append(shown);
  shown.showModal();
  return shown;
};

// ---- one person's own signature ----------------------------------------------------------------------------------------
const mountOwn = (root) => {
  const words = JSON.parse(root.dataset.words), queue = queueOf(root.dataset.viewer), late = Number(root.dataset.late);
  const url = "/api/v1/attendance/signatures";
  const say = (tone, title, text) => root.replaceChildren(el("div", { class: `pg-notice pg-tone-${tone}`, role: "status" },
    icon(tone === "ok" ? "circle-check" : tone === "bad" ? "circle-alert" : "wifi-off"), el("div", {}, el("p", { class: "font-semibold" }, title), el("p", {}, text))));
  let refusal = "";
  const settle = async () => {
    await flush(queue, (detail) => { refusal = detail; });
    if (queue.all().length) return say("warn", words.kept, words.keptText);
    return refusal ? say("bad", words.refused, refusal) : say("ok", words.done, words.doneText);
  };
  const send = button(words.sign, "primary", () => {
    const body = { clientId: newId(), ticket: root.dataset.sign, signedAt: new Date().toISOString(), drawing: surface.path() };
    if (late) Object.assign(body, { reason: reason.select.value });
    queue.add({ url, body, same: root.dataset.sign });
    settle();
  }, { disabled: true, icon: "pencil" });
  const surface = pad(words, (ready) => { send.disabled = !ready; });
  const reason = reasonField(words, "own-reason");
  root.replaceChildren(el("div", { class: "grid gap-4" }, late ? reason.field : null, el("p", { class: "text-ink-2" }, words.padText), surface.canvas,
    el("div", { class: "flex flex-wrap justify-between gap-3" }, button(words.clear, "ghost", surface.clear), send)));
  const again = () => { if (!root.isConnected) { stop(); return; } if (queue.all().length) settle(); };
  const timer = setInterval(again, 10_000);
  const stop = () => { clearInterval(timer); removeEventListener("online", again); };
  addEventListener("online", again);
};

// ---- the trainer's sheet -----------------------------------------------------------------------------------------------
class Sheet {
  constructor(root) {
    this.root = root;
    this.words = JSON.parse(root.dataset.words);
    this.session = root.dataset.attendance;
    this.base = `/api/v1/sessions/${this.session}/attendance`;
    this.queue = queueOf(root.dataset.viewer);
    this.problems = [];
    this.chosen = null;
    this.tick = () => this.refresh();
    this.timer = setInterval(this.tick, 15_000);
    addEventListener("online", this.tick);
    this.refresh();
  }

  get mine() { return this.queue.all().filter((one) => one.url.includes(this.session)); }

  async refresh() {
    if (!this.root.isConnected) { clearInterval(this.timer); removeEventListener("online", this.tick); return; }
    await flush(this.queue, (detail, one) => this.problems.push({ detail, name: one.name }));
    try {
      const answer = await fetch(this.base, { headers: { Accept: "application/json" } });
      if (answer.ok) { this.sheet = (await answer.json()).data; this.away = false; }
      else this.away = true;
    } catch { this.away = true; }
    this.render();
  }

  // The sheet as it stands with what this device still keeps.
  mark(person, half) {
    const kept = this.mine.find((one) => one.url.endsWith("/marks") && one.body.enrollmentId === person.enrollmentId && one.body.day === half.day && one.body.part === half.part);
    if (kept) return { ...kept.body, waiting: true };
    return this.sheet.marks.find((one) => one.enrollmentId === person.enrollmentId && one.day === half.day && one.part === half.part);
  }

  trainer(half) {
    const kept = this.mine.find((one) => one.url.endsWith("/countersignature") && one.body.day === half.day && one.body.part === half.part);
    if (kept) return { ...kept.body, name: this.words.you, waiting: true };
    return this.sheet.countersignatures.find((one) => one.day === half.day && one.part === half.part);
  }

  say(half) { return `${dayOf(half.startsAt, this.sheet.timeZone)} · ${this.words[half.word]}`; }

  keep(kind, body, name, same) {
    const whole = { clientId: newId(), signedAt: new Date().toISOString(), ...body };
    this.queue.add({ url: `${this.base}/${kind}`, body: whole, name, same: `${this.session}:${same}` });
    this.render();
    this.refresh();
  }

  render() {
    if (!this.sheet) {
      const text = this.away ? this.words.away : this.words.loading;
      this.root.replaceChildren(el("p", { class: "pg-card pg-card--pad text-ink-2", role: "status" }, text));
      return;
    }
    const { words, sheet } = this;
    const now = Date.now();
    const halves = sheet.halfDays;
    this.chosen ??= (halves.find((half) => Date.parse(half.endsAt) > now) || halves[halves.length - 1]);
    const half = halves.find((one) => one.day === this.chosen.day && one.part === this.chosen.part) || halves[0];
    if (!half) return;
    const focus = document.activeElement?.dataset?.name;
    this.root.replaceChildren(...[this.notices(), this.tabs(halves, half), this.head(half), this.people(half), this.dock(half)].filter(Boolean));
    if (focus) this.root.querySelector(`[data-name="${CSS.escape(focus)}"]`)?.focus();
    this.root.dataset.settled = "true";
  }

  notices() {
    const waiting = this.mine.length, { words } = this;
    const said = this.problems.map((one) => el("div", { class: "pg-notice pg-tone-bad mb-4", role: "alert" }, icon("circle-alert"), el("p", {}, `${one.name} : ${one.detail}`)));
    if (waiting) said.push(el("div", { class: "pg-notice pg-tone-warn mb-4", role: "status" }, icon("wifi-off"),
      el("div", {}, el("p", { class: "font-semibold" }, fill(words.waiting, { count: waiting })), el("p", {}, words.waitingText))));
    return said.length ? el("div", {}, ...said) : null;
  }

  tabs(halves, half) {
    return el("div", { class: "pg-tabs", role: "group", "aria-label": this.words.halves }, ...halves.map((one) => {
      const done = this.trainer(one), here = one === half;
      return el("button", { type: "button", class: "pg-tab", "data-name": `tab-${one.day}-${one.part}`, "aria-current": here ? "page" : "false",
        onclick: () => { this.chosen = one; this.render(); } }, this.say(one), done ? " ✓" : "");
    }));
  }

  head(half) {
    const { words, sheet } = this;
    const noted = sheet.people.filter((one) => this.mark(one, half)).length;
    const shown = el("a", { class: "pg-btn pg-btn--secondary", href: `${this.base}/sheet.pdf?locale=${document.documentElement.lang}`, target: "_blank", rel: "noopener" }, icon("file-text"), words.paper);
    const signed = this.trainer(half);
    return el("div", { class: "flex flex-wrap items-center justify-between gap-4 my-5" },
      el("div", {}, el("h2", { class: "text-xl" }, this.say(half)),
        el("p", { class: "text-ink-2 mt-1" }, fill(words.noted, { count: noted, total: sheet.people.length }))),
      el("div", { class: "flex flex-wrap gap-3" },
        half.open && !signed ? button(words.code, "secondary", () => this.showCode(half), { icon: "qr-code", "data-name": "code" }) : null, shown));
  }

  people(half) {
    const { words, sheet } = this;
    if (!sheet.people.length) return el("p", { class: "pg-card pg-card--pad text-ink-2" }, words.nobody);
    return el("ul", { class: "pg-card pg-list" }, ...sheet.people.map((person) => {
      const mark = this.mark(person, half), name = `${person.firstName} ${person.lastName}`, closed = this.trainer(half);
      const open = half.open && !closed;
      return el("li", { class: "flex flex-col md:flex-row md:items-center gap-3 px-4 sm:px-6 py-4" },
        el("div", { class: "min-w-0 flex-1" }, el("p", { class: "font-semibold" }, name), el("p", { class: "text-sm text-ink-3" }, this.times(mark))),
        this.state(mark),
        open ? el("div", { class: "flex gap-2" },
          button(mark && mark.state !== "absent" ? words.again : words.sign, mark ? "ghost" : "secondary", () => this.askSign(person, half), { icon: "pencil", "data-name": `sign-${person.enrollmentId}`, "aria-label": `${words.sign} : ${name}` }),
          mark?.state === "absent" ? null : button(words.absent, "ghost", () => this.askAbsent(person, half), { "data-name": `absent-${person.enrollmentId}`, "aria-label": `${words.absent} : ${name}` })) : null);
    }));
  }

  state(mark) {
    const { words } = this;
    if (!mark) return lamp(words.unsigned, "idle");
    if (mark.waiting) return lamp(words.toSend, "warn");
    if (mark.state === "absent") return lamp(`${words.isAbsent} · ${words[`reason-${mark.reason || "unknown"}`]}`, "bad");
    if (mark.state === "late") return lamp(fill(words.isLate, { minutes: mark.minutesLate ?? "?" }), "warn");
    return lamp(words.isPresent, "ok");
  }

  // When it was drawn, by the device; and apart from it when it reached us, where that was later.
  times(mark) {
    if (!mark || mark.state === "absent") return mark?.note || "";
    const zone = this.sheet.timeZone, at = clock(mark.signedAt, zone);
    if (mark.waiting) return fill(this.words.signedHere, { at });
    if (mark.sentLate) return fill(this.words.receivedAt, { at, received: dayAndClock(mark.receivedAt, zone) });
    return fill(mark.method === "code" ? this.words.signedOwn : this.words.signedAt, { at });
  }

  dock(half) {
    const { words, sheet } = this, signed = this.trainer(half), zone = sheet.timeZone;
    if (signed) {
      const when = signed.sentLate ? fill(words.receivedAt, { at: clock(signed.signedAt, zone), received: dayAndClock(signed.receivedAt, zone) }) : fill(words.signedAt, { at: clock(signed.signedAt, zone) });
      return el("div", { class: "pg-dock" }, el("div", {}, el("p", { class: "font-semibold" }, fill(words.closedBy, { name: signed.name })), el("p", { class: "text-sm text-ink-2" }, signed.waiting ? words.toSend : when)),
        signed.waiting ? null : button(words.reopen, "ghost", () => this.reopen(half), { icon: "undo-2", "data-name": "reopen" }));
    }
    if (!half.open || !sheet.people.length) return el("p", { class: "text-ink-2 mt-4" }, sheet.people.length ? words.notOpen : "");
    const missing = sheet.people.filter((one) => !this.mark(one, half)).length;
    return el("div", { class: "pg-dock" }, el("p", {}, missing ? fill(words.missing, { count: missing }) : words.ready),
      button(words.countersign, "primary", () => this.askTrainer(half), { disabled: missing > 0, icon: "clipboard-check", "data-name": "countersign" }));
  }

  askSign(person, half) {
    const { words } = this, name = `${person.firstName} ${person.lastName}`;
    const reason = reasonField(words, "sign-reason"), minutes = el("input", { class: "pg-input", id: "sign-minutes", type: "number", min: "1", max: "720", inputmode: "numeric" });
    const since = Math.floor((Date.now() - Date.parse(half.startsAt)) / 60_000);
    const over = Date.now() > Date.parse(half.endsAt);
    minutes.value = since > 15 && !over ? Math.min(since, 720) : 15;
    const more = el("div", { class: "grid gap-4 sm:grid-cols-2", hidden: true },
      el("div", { class: "pg-field" }, el("label", { class: "pg-field__label", for: "sign-minutes" }, words.minutes), minutes), reason.field);
    const late = el("input", { type: "checkbox", onchange: () => { more.hidden = !late.checked; } });
    late.checked = since > 15 && !over;
    more.hidden = !late.checked;
    const done = button(words.sign, "primary", () => {
      const told = late.checked ? { state: "late", reason: reason.select.value, minutesLate: Math.min(Math.max(Number(minutes.value) || 1, 1), 720) } : { state: "present" };
      shown.close();
      this.keep("marks", { enrollmentId: person.enrollmentId, day: half.day, part: half.part, drawing: surface.path(), ...told }, name, `${person.enrollmentId}:${half.day}:${half.part}`);
    }, { disabled: true });
    const surface = pad(words, (ready) => { done.disabled = !ready; });
    const shown = dialog(name, words, [el("p", { class: "text-ink-2" }, `${this.say(half)}. ${words.padText}`), surface.canvas,
      el("label", { class: "pg-check" }, late, el("span", {}, words.cameLate)), more], [button(words.clear, "ghost", surface.clear), done]);
  }

  askAbsent(person, half) {
    const { words } = this, name = `${person.firstName} ${person.lastName}`, reason = reasonField(words, "absent-reason");
    reason.select.value = "unknown";
    const note = el("input", { class: "pg-input", id: "absent-note", maxlength: "200" });
    const done = button(words.noteAbsent, "primary", () => {
      shown.close();
      this.keep("marks", { enrollmentId: person.enrollmentId, day: half.day, part: half.part, state: "absent", reason: reason.select.value, note: note.value.trim() }, name, `${person.enrollmentId}:${half.day}:${half.part}`);
    });
    const shown = dialog(name, words, [el("p", { class: "text-ink-2" }, `${this.say(half)}. ${words.absentText}`), reason.field,
      el("div", { class: "pg-field" }, el("label", { class: "pg-field__label", for: "absent-note" }, words.note), note)], [button(words.cancel, "secondary", () => shown.close()), done]);
  }

  askTrainer(half) {
    const { words } = this;
    const done = button(words.countersign, "primary", () => {
      shown.close();
      this.keep("countersignature", { day: half.day, part: half.part, drawing: surface.path() }, words.you, `trainer:${half.day}:${half.part}`);
    }, { disabled: true });
    const surface = pad(words, (ready) => { done.disabled = !ready; });
    const shown = dialog(words.countersign, words, [el("p", { class: "text-ink-2" }, `${this.say(half)}. ${words.trainerText}`), surface.canvas], [button(words.clear, "ghost", surface.clear), done]);
  }

  async reopen(half) {
    try { await post(`${this.base}/reopening`, { day: half.day, part: half.part }); } catch { /* the sheet shows that it is still signed */ }
    this.refresh();
  }

  showCode(half) {
    const { words, sheet } = this, image = el("img", { class: "pg-code", alt: words.codeAlt, width: "320", height: "320" });
    const count = el("p", { class: "text-center font-semibold pg-figure", role: "status" }), link = el("p", { class: "text-sm text-ink-3 break-all text-center" });
    const shown = dialog(this.say(half), words, [el("p", { class: "text-ink-2 text-center" }, words.codeText), image, count, link], []);
    const turn = async () => {
      if (!shown.isConnected) { clearInterval(timer); return; }
      try {
        const answer = await fetch(`${this.base}/code/${half.day}/${half.part}?locale=${document.documentElement.lang}`);
        const { data } = await answer.json();
        if (data) { image.src = data.image; link.textContent = data.url; } else link.textContent = words.away;
      } catch { link.textContent = words.codeOffline; }
      await this.refresh();
      count.textContent = fill(words.noted, { count: this.sheet.people.filter((one) => this.mark(one, half)).length, total: sheet.people.length });
    };
    const timer = setInterval(turn, 6_000);
    turn();
  }
}

const look = () => {
  for (const root of document.querySelectorAll("[data-attendance]:not([data-mounted])")) { root.dataset.mounted = "true"; new Sheet(root); }
  for (const root of document.querySelectorAll("[data-sign]:not([data-mounted])")) { root.dataset.mounted = "true"; mountOwn(root); }
};
new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
look();

export {};
