"""What a visitor's browser fetches before the catalogue can be used, and how long that takes."""

import json
import statistics
import time
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from tests.benchmarks.stack import Stack
from tests.benchmarks.tables import Goal, Table
from tests.browser import ARGUMENTS, executable

ROUNDS = 5
KILOBYTE = 1000
MOST_KILOBYTES = 200
SLOW = {"latency": 85, "downloadThroughput": 9e6 / 8, "uploadThroughput": 9e6 / 8, "offline": False}
SLOW_CPU = 4
TYPED = "lithium"
PATIENCE_MS = 60_000

# Runs before the page's own scripts: notes when the first card shows, and when the page is live.
_WATCH = """
window.__seen = {};
const note = () => {
  const now = performance.now();
  const link = 'a[href*="/fr/formations/"]';
  const card = document.querySelector(`#server-body ${link}, [data-ready="true"] ${link}`);
  if (card && !window.__seen.card && card.getBoundingClientRect().height > 0) window.__seen.card = now;
  const live = document.querySelector(`[data-ready="true"] ${link}`);
  if (live && !window.__seen.live && live.getBoundingClientRect().height > 0) window.__seen.live = now;
  if (!(window.__seen.card && window.__seen.live)) requestAnimationFrame(note);
};
requestAnimationFrame(note);
"""


@dataclass(frozen=True, slots=True)
class Visit:
    """One cold visit; milliseconds since the navigation began, bytes as they came over the wire."""

    card: float
    live: float
    answered: float
    """From the typed text's last letter to its results."""
    bytes_by_kind: dict[str, int]
    requests: int
    encodings: set[str]


def bundle(stack: Stack, seconds: float) -> list[Table]:
    """Measure cold visits to the catalogue, on this machine and as on a phone."""
    del seconds
    path = executable()
    if path is None:
        raise RuntimeError("there is no browser: `python -m tests.browser` brings one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        try:
            near = [_visit(browser, stack.port, slow=False) for _ in range(ROUNDS)]
            far = [_visit(browser, stack.port, slow=True) for _ in range(ROUNDS)]
        finally:
            browser.close()
    return [_sizes(near), _times(near, far)]


def _sizes(visits: list[Visit]) -> Table:
    visit = visits[-1]
    encodings = ", ".join(sorted(visit.encodings))
    table = Table(
        "bundle",
        "What the catalogue needs before it can be used",
        ("kind", "kB over the wire"),
        [f"scripts came as: {encodings}"],
    )
    for kind, size in sorted(visit.bytes_by_kind.items(), key=lambda pair: -pair[1]):
        table.add(kind, size / KILOBYTE)
    needed = sum(visit.bytes_by_kind.get(kind, 0) for kind in ("Script", "Stylesheet")) / KILOBYTE
    table.add("scripts and styles", needed, goals=[Goal("kB", needed, at_most=MOST_KILOBYTES)])
    table.add(f"all, {visit.requests} requests", sum(visit.bytes_by_kind.values()) / KILOBYTE)
    return table


def _times(near: list[Visit], far: list[Visit]) -> Table:
    table = Table(
        "usable",
        "Time to a usable catalogue in Chromium, empty cache (medians)",
        ("where", "first card ms", "live, input ready ms", "results of typing ms"),
        [
            "the first card is the server's own HTML; live = the same with live seats and a search that reacts",
            "typing waits 250 ms for the next letter on purpose; that pause is in the last figure",
        ],
    )
    for name, visits in (("this machine", near), ("CPU x 4, 9 Mbit/s, 85 ms", far)):
        table.add(
            name, *(statistics.median(getattr(one, what) for one in visits) for what in ("card", "live", "answered"))
        )
    return table


def _visit(browser: Browser, port: int, *, slow: bool) -> Visit:
    context = browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.add_init_script(_WATCH)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    if slow:
        session.send("Network.emulateNetworkConditions", SLOW)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_CPU})
    traffic = _Traffic(session)
    page.goto(f"http://127.0.0.1:{port}/fr/formations", wait_until="commit")
    page.wait_for_function("window.__seen.card && window.__seen.live", timeout=PATIENCE_MS)
    seen: dict[str, float] = page.evaluate("window.__seen")
    # Read before typing: what comes later was not needed.
    sizes, requests, encodings = dict(traffic.sizes), traffic.requests, set(traffic.encodings)
    answered = _type(page)
    context.close()
    return Visit(seen["card"], seen["live"], answered, sizes, requests, encodings)


def _type(page: Page) -> float:
    before = page.locator(".pg-app [role=status]").first.inner_text()
    field = page.locator(".pg-app input[type=search]").first
    field.click()
    field.press_sequentially(TYPED)
    began = time.perf_counter()
    page.wait_for_function(
        f"document.querySelector('.pg-app [role=status]').innerText !== {json.dumps(before)}", timeout=PATIENCE_MS
    )
    return (time.perf_counter() - began) * 1000


class _Traffic:
    """Bytes over the wire by kind of resource."""

    def __init__(self, session: CDPSession) -> None:
        self.sizes: dict[str, int] = {}
        self.encodings: set[str] = set()
        self.requests = 0
        self._kinds: dict[str, str] = {}
        session.on("Network.responseReceived", self._received)
        session.on("Network.loadingFinished", self._finished)

    def _received(self, event: dict[str, Any]) -> None:
        self._kinds[event["requestId"]] = event["type"]
        if event["type"] == "Script":
            headers = {name.lower(): value for name, value in event["response"]["headers"].items()}
            self.encodings.add(headers.get("content-encoding", "uncompressed"))

    def _finished(self, event: dict[str, Any]) -> None:
        kind = self._kinds.get(event["requestId"], "Other")
        self.sizes[kind] = self.sizes.get(kind, 0) + int(event["encodedDataLength"])
        self.requests += 1
