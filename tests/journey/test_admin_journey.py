"""An administrator looks at the platform's figures on a desk, and at its jobs on a phone."""

import pytest
from playwright.async_api import Browser, expect

from tests.journey.test_airport_journey import DESK, PHONE, SECONDS, _as
from tests.journey.test_every_page import chromium  # noqa: F401 - a fixture
from tests.servers import AppServer


@pytest.mark.browser
async def test_an_administrator_sees_how_the_platform_does(app_server: AppServer, chromium: Browser) -> None:  # noqa: F811
    expect.set_options(timeout=SECONDS)
    context = await _as(chromium, app_server, "admin", DESK, "light")
    page = await context.new_page()
    await page.goto(f"{app_server.base_url}/fr/admin/figures")
    chart = page.get_by_role("figure").filter(has=page.get_by_text("Commandes et places"))
    await chart.get_by_text("Voir les chiffres en tableau").click()
    rows = chart.locator("tbody tr")
    await expect(rows).to_have_count(26)
    await page.get_by_label("Période").select_option("13")
    await expect(rows).to_have_count(13)
    await page.get_by_role("link", name="Tâches", exact=True).click()
    await expect(page.get_by_role("heading", name="Tâches abandonnées")).to_be_visible()
    await context.close()

    context = await _as(chromium, app_server, "admin", PHONE, "dark")
    page = await context.new_page()
    await page.goto(f"{app_server.base_url}/en/admin/jobs")
    await page.get_by_role("button", name="Refresh").click()
    await expect(page.get_by_role("heading", name="Jobs given up")).to_be_visible()
    assert not await page.evaluate("document.documentElement.scrollWidth > innerWidth")
    await context.close()
