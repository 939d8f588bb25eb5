"""A person who pays for themself, on a phone: the contract read and accepted, the card saved, and the way out taken."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any, LiteralString

import httpx
import psycopg
import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, async_playwright, expect

from pygmalion_app.accounts.authentication import SESSION_COOKIE
from tests import browser as browsers
from tests.journey.test_every_page import _cookie
from tests.servers import PLAIN, AppServer

PHONE: Any = {"width": 390, "height": 844}
SECONDS = 20_000
SESSION: LiteralString = """
SELECT s.id::text FROM sessions s JOIN courses c ON c.id = s.course_id WHERE s.status = 'scheduled'
  AND c.status = 'published' AND s.starts_at > now() + interval '25 days' AND s.capacity - s.seats_taken > 5
  AND NOT EXISTS (SELECT FROM enrollments e JOIN users u ON u.id = e.user_id WHERE e.session_id = s.id
                  AND u.email = 'learner@pygmalion.example') ORDER BY s.starts_at DESC LIMIT 1
"""


@pytest.fixture
async def chromium() -> AsyncGenerator[Browser]:
    """Return a browser."""
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(
            executable_path=await asyncio.to_thread(browsers.executable), args=[*browsers.ARGUMENTS]
        )
        yield started
        await started.close()


def _session(app: AppServer) -> str:
    with psycopg.connect(app.database_url, options="-c app.scope=system") as connection:
        row = connection.execute(SESSION).fetchone()
    assert row is not None
    return row[0]


async def _accessible(page: Page) -> None:
    found = await Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
    assert not found.response["violations"], [
        (one["id"], [node["html"] for node in one["nodes"]]) for one in found.response["violations"]
    ]
    overflow = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0


@pytest.mark.browser
async def test_contract_card_and_withdrawal_on_a_phone(app_server: AppServer, chromium: Browser) -> None:
    trouble: list[str] = []
    context = await chromium.new_context(viewport=PHONE, locale="fr-FR", has_touch=True)
    context.set_default_timeout(SECONDS)
    cookie = await asyncio.to_thread(_cookie, app_server, "learner")
    await context.add_cookies([{"name": SESSION_COOKIE, "value": cookie, "url": app_server.base_url}])
    page = await context.new_page()
    page.on("pageerror", lambda error: trouble.append(str(error)))
    expect.set_options(timeout=SECONDS)

    await page.goto(f"{app_server.base_url}/fr/enrol/{await asyncio.to_thread(_session, app_server)}")
    box = page.locator('input[name="contract"]')
    await box.wait_for()
    assert not await box.is_checked(), "nobody agrees by default"
    await expect(page.get_by_role("region", name="Contrat de formation professionnelle")).to_contain_text("L6353-7")
    await _accessible(page)
    await page.get_by_role("button", name="Retenir ma place").click()
    await expect(page.locator("#contract-error")).to_be_visible()
    await box.click()
    await expect(box).to_be_checked()
    await page.get_by_role("button", name="Retenir ma place").click()
    await page.wait_for_url("**/fr/orders/**")

    await page.get_by_role("link", name="Enregistrer ma carte").click()
    await page.wait_for_url("**/testmode/checkout/**")
    await page.locator("form button").first.click()
    await page.wait_for_url("**/fr/orders/**")
    await expect(page.get_by_role("heading", name="C’est confirmé")).to_be_visible()
    await expect(page.get_by_role("list", name="Quand vous payez")).to_contain_text("Acompte")
    await _accessible(page)

    await page.get_by_role("link", name="Se rétracter du contrat").first.click()
    await page.wait_for_url("**/fr/withdrawal/**")
    await expect(page.locator("blockquote")).to_contain_text("notifie à")
    await _accessible(page)
    await page.get_by_role("button", name="Continuer").click()
    await page.get_by_role("button", name="Confirmer la rétractation").click()
    await expect(page.get_by_role("heading", name="Votre rétractation est enregistrée")).to_be_visible()
    await _accessible(page)
    async with httpx.AsyncClient(verify=PLAIN, trust_env=False, cookies={SESSION_COOKIE: cookie}) as client:
        path = await page.get_by_role("link", name="Télécharger l’accusé").get_attribute("href")
        receipt = await client.get(f"{app_server.base_url}{path}")
    assert receipt.content.startswith(b"%PDF-")
    assert await _receipts(app_server), "the receipt is in the mailbox"
    assert trouble == []


async def _receipts(app: AppServer) -> list[str]:
    """Return the subjects of the receipts in the learner's mailbox; the mail may take a moment."""
    for _ in range(50):
        async with httpx.AsyncClient(verify=PLAIN, trust_env=False) as client:
            answer = await client.get(f"{app.base_url}/api/v1/dev/mailbox", params={"to": "learner@pygmalion.example"})
        found = [mail["subject"] for mail in answer.json()["data"] if mail["subject"].startswith("Accusé de réception")]
        if found:
            return found
        await asyncio.sleep(0.2)
    return []
