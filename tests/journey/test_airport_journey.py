"""An airport's day: who loses access, seats elsewhere; a company stops sharing; a report taken away on a phone."""

import asyncio
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, expect

from pygmalion_app.accounts.authentication import SESSION_COOKIE
from tests.journey.test_every_page import _cookie, _faults, chromium  # noqa: F401 - a fixture
from tests.servers import AppServer

SECONDS = 20_000
DESK: Any = {"width": 1440, "height": 900}
PHONE: Any = {"width": 390, "height": 844}


async def _as(browser: Browser, app: AppServer, name: str, size: Any, scheme: Any) -> BrowserContext:
    cookie = await asyncio.to_thread(_cookie, app, name)
    context = await browser.new_context(viewport=size, color_scheme=scheme)
    context.set_default_timeout(SECONDS)
    await context.add_cookies([{"name": SESSION_COOKIE, "value": cookie, "url": app.base_url}])
    return context


@pytest.mark.browser
async def test_an_airport_sees_what_companies_share(app_server: AppServer, chromium: Browser) -> None:  # noqa: F811
    expect.set_options(timeout=SECONDS)
    await _on_a_desk(await _as(chromium, app_server, "airport", DESK, "light"), app_server)
    await _a_company_decides(await _as(chromium, app_server, "manager", DESK, "light"), app_server)
    await _on_a_phone(await _as(chromium, app_server, "airport", PHONE, "dark"), app_server)


async def _on_a_desk(context: BrowserContext, app: AppServer) -> None:
    page = await context.new_page()
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    await page.goto(f"{app.base_url}/fr/dashboard?view=airport")
    await expect(page.get_by_role("cell", name="Escale Services Paris").first).to_be_visible()
    assert await _faults(page) == []
    chart = page.get_by_role("img", name="Places libres")
    before = await chart.get_attribute("aria-label")
    places = page.get_by_label("Sessions à")
    await places.select_option(index=1)
    await expect(chart).not_to_have_attribute("aria-label", before or "")
    await page.get_by_label("SIRET de l'entreprise").fill("123")
    await page.get_by_role("button", name="Envoyer la demande").click()
    await expect(page.get_by_role("alert")).to_contain_text("SIRET")
    assert trouble == []
    await context.close()


async def _a_company_decides(context: BrowserContext, app: AppServer) -> None:
    page = await context.new_page()
    await page.goto(f"{app.base_url}/fr/team/sharing")
    await page.get_by_role("button", name="Ne plus partager : Aéroport").click()
    share = page.get_by_role("button", name="Partager les statuts : Aéroport")
    await expect(page.get_by_text("Rien n'est partagé")).to_be_visible()
    await share.click()
    await expect(page.get_by_text("Statuts partagés", exact=True)).to_be_visible()
    await page.get_by_role("button", name="Ajouter les noms : Aéroport").click()
    await expect(page.get_by_text("Statuts et noms partagés")).to_be_visible()
    await context.close()


async def _on_a_phone(context: BrowserContext, app: AppServer) -> None:
    page = await context.new_page()
    await page.goto(f"{app.base_url}/en/dashboard?view=airport")
    await expect(page.get_by_role("heading", name="Losing airside access within 30 days")).to_be_visible()
    assert await _faults(page) == []
    await page.get_by_role("link", name="Reports").first.click()
    await page.get_by_role("tab", name="Financial report").click()
    await page.get_by_role("button", name="Export this report as CSV").click()
    link = page.get_by_role("link", name=".csv").first
    async with page.expect_download() as waiting:
        await link.click()
    assert (await waiting.value).suggested_filename.startswith("finance-")
    await context.close()
