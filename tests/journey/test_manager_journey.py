"""A manager's day: the dashboard, an alert followed into the matrix, a cell opened by keyboard; then on a phone."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from pygmalion_app.accounts.authentication import SESSION_COOKIE
from tests import browser as browsers
from tests.journey.test_every_page import _cookie
from tests.servers import AppServer

SECONDS = 20_000
DESK: Any = {"width": 1440, "height": 900}
PHONE: Any = {"width": 390, "height": 844}


@pytest.fixture
async def chromium() -> AsyncGenerator[Browser]:
    """Return a browser."""
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(
            executable_path=await asyncio.to_thread(browsers.executable), args=[*browsers.ARGUMENTS]
        )
        yield started
        await started.close()


async def _context(chromium: Browser, app: AppServer, cookie: str, size: Any, scheme: Any) -> BrowserContext:
    context = await chromium.new_context(viewport=size, color_scheme=scheme)
    context.set_default_timeout(SECONDS)
    await context.add_cookies([{"name": SESSION_COOKIE, "value": cookie, "url": app.base_url}])
    return context


async def _accessible(page: Page) -> None:
    found = await Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
    assert not found.response["violations"], [
        (one["id"], one["nodes"][0]["html"][:200]) for one in found.response["violations"]
    ]


@pytest.mark.browser
async def test_a_manager_finds_who_lacks_what_and_acts(app_server: AppServer, chromium: Browser) -> None:
    expect.set_options(timeout=SECONDS)
    cookie = await asyncio.to_thread(_cookie, app_server, "manager")
    await _on_a_desk(await _context(chromium, app_server, cookie, DESK, "light"), app_server)
    await _on_a_phone(await _context(chromium, app_server, cookie, PHONE, "dark"), app_server)


async def _on_a_desk(context: BrowserContext, app: AppServer) -> None:
    trouble: list[str] = []
    page = await context.new_page()
    page.on("pageerror", lambda error: trouble.append(str(error)))
    await page.goto(f"{app.base_url}/fr/dashboard")
    await expect(page.get_by_role("img", name="des exigences sont tenues")).to_be_visible()
    await page.locator(".pg-alert[href*='status=missing']").click()
    await page.wait_for_url("**/fr/team/matrix?status=missing")
    await expect(page.locator(".pg-chip", has_text="Manquant")).to_have_attribute("aria-pressed", "true")

    cell = page.locator("td.pg-s-m").first
    row, column = await cell.evaluate("td => [td.parentElement.dataset.row, td.dataset.column]")
    await page.locator(f"tr[data-row='{row}'] > th").focus()
    for _ in range(int(column)):
        await page.keyboard.press("ArrowRight")
    same = page.locator(f"tr[data-row='{row}'] > [data-column='{column}']")
    await expect(same).to_be_focused()
    await page.keyboard.press("Enter")
    panel = page.get_by_role("dialog")
    await expect(panel.get_by_role("link", name="Voir les sessions")).to_be_visible()
    await _accessible(page)
    # What is decided in the panel reaches the open matrix by itself.
    await panel.get_by_text("Dispenser cette personne").click()
    await panel.get_by_label("Motif").fill("Ne travaille plus en zone réservée.")
    await panel.get_by_role("button", name="Accorder la dispense").click()
    await expect(panel.get_by_role("button", name="Mettre fin à la dispense")).to_be_visible()
    await expect(page.locator(".pg-chip", has_text="Dispensé")).to_be_visible()
    await page.keyboard.press("Escape")
    await context.close()
    assert trouble == []


async def _on_a_phone(context: BrowserContext, app: AppServer) -> None:
    page = await context.new_page()
    await page.goto(f"{app.base_url}/en/team/matrix")
    person = page.locator(".pg-crew > li > button").first
    name = await person.locator("span").first.inner_text()
    await person.click()
    panel = page.get_by_role("dialog", name=name)
    await panel.locator(".pg-crew button").first.click()
    await expect(panel.get_by_role("heading", level=3)).to_be_visible()
    await _accessible(page)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await context.close()
