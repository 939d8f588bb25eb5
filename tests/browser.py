"""The browser of the browser tests: `executable()` finds it, `python -m tests.browser` brings it onto the machine."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests import system_packages

SHELL = "chromium-headless-shell"
"""Chromium without a window: half of the whole one's CPU for each page looked at."""
NAMES = (
    SHELL,
    "chrome-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_DOWNLOAD_SECONDS = 240


def executable() -> str | None:
    """Return a browser to drive: PYGMALION_BROWSER, the system's Chromium, or Playwright's own; None without one."""
    if given := os.environ.get("PYGMALION_BROWSER"):
        return given
    return next(filter(None, map(shutil.which, NAMES)), None) or _playwrights_own()


def _playwrights_own() -> str | None:
    # In a process of its own: Playwright's synchronous side refuses to run beside an event loop.
    code = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    asked = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    path = asked.stdout.strip()
    return path if path and Path(path).exists() else None


def install() -> str | None:
    """Return a browser, bringing one if there is none, or the light one if there is but a whole one and it can be had.

    None when that cannot be done here.
    """
    if "PYGMALION_BROWSER" in os.environ or shutil.which(SHELL):
        return executable()
    found = executable()
    if found is None:
        print("  … downloading a browser for the tests", flush=True)
        system_packages.run([sys.executable, "-m", "playwright", "install", "chromium"], _DOWNLOAD_SECONDS)
        found = executable()
    if found is None or Path(found).name in NAMES:
        system_packages.install(SHELL)
        found = executable()
    if found is None:
        system_packages.install("chromium")
    return executable()


def main() -> int:
    """Bring a browser and say which, or say what to do."""
    found = install()
    if found is None:
        print("  No browser for the tests: install Chromium, or set PYGMALION_BROWSER to one, then `make test` again.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
