"""Takes the README's screenshots from a running installation: `.venv/bin/python scripts/screenshots.py [address]`."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from tests.browser import ARGUMENTS, executable  # noqa: E402 - the tests are no installed package

FOLDER = PROJECT / "docs" / "images"
SIZE = {"width": 1280, "height": 800}


def main(address: str) -> None:
    """Write the catalogue and one course's page as a visitor sees them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=list(ARGUMENTS))
        page = browser.new_page(viewport=SIZE, locale="en", color_scheme="light")
        page.goto(f"{address}/en/courses")
        page.wait_for_timeout(4000)
        page.screenshot(path=FOLDER / "catalogue.png")
        course = page.locator("a[href^='/en/courses/']").first.get_attribute("href")
        page.goto(f"{address}{course}")
        page.wait_for_timeout(4000)
        page.screenshot(path=FOLDER / "course.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:3000")
