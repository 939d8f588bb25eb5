// Theme before the first paint; then three ways to present a certificate, each working without leaving the device as
// far as it can: a PDF is named by its digest, a QR code is read here, and only what was not recognised is sent.
(() => {
  "use strict";
  const root = document.documentElement;
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "dark" || theme === "light") root.classList.add(theme);
  } catch { /* storage may be blocked: the system's theme stands */ }
  root.classList.add("scripted");

  const LARGEST = 10_000_000;
  const LONGEST_SIDE = 1600;
  const LOOK_EVERY_MS = 120;

  // What reads QR codes: the browser's own where there is one, else a script of ours, fetched when first needed.
  let reader;
  const qrReader = () => {
    reader ??= (async () => {
      try {
        if ("BarcodeDetector" in window && (await BarcodeDetector.getSupportedFormats()).includes("qr_code")) {
          const detector = new BarcodeDetector({ formats: ["qr_code"] });
          return async (canvas) => (await detector.detect(canvas))[0]?.rawValue;
        }
      } catch { /* announced, but not there on this system */ }
      const { decodeQR } = await import("/vendor/qr/decode.js");
      return async (canvas) => {
        const { width, height } = canvas;
        const { data } = canvas.getContext("2d", { willReadFrequently: true }).getImageData(0, 0, width, height);
        try { return decodeQR({ width, height, data }); } catch { return undefined; }
      };
    })();
    return reader;
  };

  const canvas = document.createElement("canvas");
  const drawn = (source, width, height) => {
    const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(source, 0, 0, canvas.width, canvas.height);
    return canvas;
  };

  const post = (action, name, value) => {
    const form = document.createElement("form");
    form.method = "post";
    form.action = action;
    form.hidden = true;
    const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
    form.append(field);
    document.body.append(form);
    form.submit();
  };

  const dropping = (form, scan) => {
    const zone = form.querySelector(".drop");
    const picker = zone.querySelector("input");
    const state = form.querySelector(".drop__state");
    const known = "known" in form.dataset;
    const tell = (text, bad = false) => {
      state.textContent = text;
      state.classList.toggle("drop__state--bad", bad);
    };

    const digestOf = async (file) => {
      const hash = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
      return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
    };
    const send = (file) => {
      if (picker.files[0] !== file) {
        const dropped = new DataTransfer();
        dropped.items.add(file);
        picker.files = dropped.files;
      }
      tell(form.dataset.sending);
      form.submit();
    };
    const isKnown = async (sha256) => {
      const answer = await fetch("/api/v1/certificates/verify", {
        method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ sha256 }),
      });
      return answer.ok && (await answer.json()).data.status !== "unknown";
    };
    const codeIn = async (file) => {
      const picture = await createImageBitmap(file);
      return (await qrReader())(drawn(picture, picture.width, picture.height));
    };

    const check = async (file) => {
      if (!file) return;
      if (file.size > LARGEST) return tell(form.dataset.large, true);
      const start = new TextDecoder("latin1").decode(await file.slice(0, 5).arrayBuffer());
      tell(form.dataset.busy);
      if (start === "%PDF-") {
        // SubtleCrypto exists on secure pages only (https, localhost): elsewhere the file itself is sent.
        if (!crypto.subtle) return send(file);
        const sha256 = await digestOf(file);
        if (known || (await isKnown(sha256))) return post(form.getAttribute("action"), "sha256", sha256);
        return send(file);
      }
      if (file.type.startsWith("image/")) {
        const code = await codeIn(file).catch(() => undefined);
        if (code) return post(scan.dataset.here, "code", code);
      }
      return send(file);
    };
    const checked = (file) => check(file).catch(() => tell(form.dataset.failed, true));
    picker.addEventListener("change", () => checked(picker.files[0]));
    const over = (on) => (event) => { event.preventDefault(); zone.classList.toggle("drop--over", on); };
    addEventListener("dragover", over(true));
    addEventListener("dragleave", over(false));
    addEventListener("drop", (event) => { over(false)(event); checked(event.dataTransfer.files[0]); });
  };

  const scanning = (scan) => {
    const [start, stop] = [scan.querySelector("[data-scan-start]"), scan.querySelector("[data-scan-stop]")];
    const [view, video] = [scan.querySelector(".scan__view"), scan.querySelector("video")];
    const state = scan.querySelector(".drop__state");
    let stream;
    const tell = (text, bad = false) => {
      state.textContent = text;
      state.classList.toggle("drop__state--bad", bad);
    };
    const close = () => {
      stream?.getTracks().forEach((track) => track.stop());
      stream = undefined;
      view.hidden = stop.hidden = true;
      start.hidden = false;
    };
    const whyNot = (error) => ({
      NotAllowedError: scan.dataset.refused, SecurityError: scan.dataset.refused,
      NotFoundError: scan.dataset.none, OverconstrainedError: scan.dataset.none,
      NotReadableError: scan.dataset.taken, AbortError: scan.dataset.taken,
    })[error.name] ?? scan.dataset.failed;

    const found = (code) => {
      close();
      post(scan.dataset.here, "code", code);
    };
    const names = (code) => /^https?:\/\/[^/]+\/(?:(?:fr|en)\/)?verify\/[\w-]{16,64}\/?$/.test(code);
    const look = async () => {
      const read = await qrReader();
      while (stream) {
        if (video.videoWidth) {
          const code = await read(drawn(video, video.videoWidth, video.videoHeight)).catch(() => undefined);
          if (code && names(code)) return found(code);
          if (code && stream) tell(scan.dataset.other, true);
        }
        await new Promise((resume) => setTimeout(resume, LOOK_EVERY_MS));
      }
    };
    const open = async () => {
      tell("");
      if (!navigator.mediaDevices?.getUserMedia) return tell(scan.dataset.insecure, true);
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: { ideal: "environment" } } });
        video.srcObject = stream;
        view.hidden = stop.hidden = false;
        start.hidden = true;
        await video.play();
        tell(scan.dataset.looking);
        stop.focus();
        await look();
      } catch (error) {
        close();
        tell(whyNot(error), true);
      }
    };
    start.addEventListener("click", open);
    stop.addEventListener("click", () => { close(); tell(""); start.focus(); });
    addEventListener("pagehide", close);
    scan.hidden = false;
  };

  const ready = () => {
    const lang = document.querySelector("a[data-locale]");
    lang?.addEventListener("click", () => {
      document.cookie = `locale=${lang.dataset.locale};path=/;max-age=31536000;samesite=lax`;
    });
    const scan = document.querySelector("[data-scan]");
    dropping(document.querySelector("form[data-drop]"), scan);
    scanning(scan);
  };
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", ready); else ready();
})();
