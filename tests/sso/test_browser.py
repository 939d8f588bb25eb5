"""Single sign-on in a real browser: a manager connects the provider, a colleague comes in through it and leaves."""

import asyncio
import re
from collections.abc import AsyncGenerator, Iterator
from typing import Any

import httpx
import psycopg
import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from pygmalion_app.demo.accounts import PASSWORD
from tests import browser as browsers
from tests.servers import PLAIN, AppServer
from tests.sso import peer

SECONDS = 30_000
"""How long an expected thing may take, in milliseconds: both cores are busy while tests run."""
MANAGER = "manager@pygmalion.example"
COLLEAGUE = "ines@escale.example"
pytestmark = pytest.mark.browser


@pytest.fixture
def provider(app_server: AppServer) -> Iterator[peer.Provider]:
    """Return the provider of the manager's company, which knows its redirect address."""
    with psycopg.connect(app_server.database_url, options="-c app.scope=system") as connection:
        row = connection.execute("SELECT id FROM organizations WHERE slug = 'escale-services-paris'").fetchone()
    assert row is not None
    callback = f"{app_server.base_url}/auth/sso/callback/{row[0]}"
    with peer.running(callback, signed_out_uris=(f"{app_server.base_url}/",)) as running:
        yield running


@pytest.fixture
async def chromium() -> AsyncGenerator[Browser]:
    """Return a browser."""
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(
            executable_path=await asyncio.to_thread(browsers.executable), args=[*browsers.ARGUMENTS]
        )
        yield started
        await started.close()


async def _mails(app: AppServer, to: str) -> list[dict[str, Any]]:
    async with httpx.AsyncClient(verify=PLAIN, trust_env=False) as client:
        return (await client.get(f"{app.base_url}/api/v1/dev/mailbox", params={"to": to})).json()["data"]


async def _code(app: AppServer, to: str, before: int) -> str:
    """Return the code of the next mail to an address."""
    for _ in range(200):
        mails = await _mails(app, to)
        if len(mails) > before and (found := re.search(r"\b\d{6}\b", mails[0]["text"])):
            return found[0]
        await asyncio.sleep(0.2)
    raise AssertionError(f"no mail to {to}")


async def _fresh(chromium: Browser, trouble: list[str]) -> tuple[BrowserContext, Page]:
    context = await chromium.new_context(viewport={"width": 1440, "height": 900}, locale="fr-FR")
    context.set_default_timeout(SECONDS)
    page = await context.new_page()
    page.on("pageerror", lambda error: trouble.append(str(error)))
    return context, page


async def _sign_in_by_password(page: Page, app: AppServer, email: str) -> None:
    before = len(await _mails(app, email))
    await page.goto(f"{app.base_url}/fr/sign-in?next=/fr/organisation/sso")
    await page.locator("main form button[type=submit]:enabled").first.wait_for()
    await page.fill("#email", email)
    await page.fill("#password", PASSWORD)
    await page.locator("main form button[type=submit]").first.click()
    await page.locator("#code").wait_for()
    await page.fill("#code", await _code(app, email, before))
    await page.wait_for_url("**/fr/organisation/sso")


async def _connect(page: Page, app: AppServer, provider: peer.Provider) -> None:
    """Fill the settings as a manager does, prove the domain, test the connection."""
    await page.locator("#issuer").wait_for()
    await page.fill("#issuer", provider.issuer)
    await page.fill("#client_id", peer.CLIENT_ID)
    await page.fill("#client_secret", peer.CLIENT_SECRET)
    await page.locator("input[name=joins_members]").check()
    await page.get_by_role("button", name="Enregistrer").click()
    await expect(page.get_by_text("Connexion unique enregistrée")).to_be_visible()
    assert peer.CLIENT_SECRET not in await page.content()
    await page.get_by_role("button", name="Tester la connexion").click()
    await expect(page.locator(".pg-lamp", has_text="Tout répond comme il faut")).to_be_visible()
    await page.fill("#domain", "escale.example")
    await page.get_by_role("button", name="Ajouter").click()
    before = len(await _mails(app, "postmaster@escale.example"))
    await page.get_by_role("button", name="Prouver", exact=True).click()
    await page.get_by_role("button", name="Envoyer le code").click()
    await page.locator("#domain_code").wait_for()
    await page.fill("#domain_code", await _code(app, "postmaster@escale.example", before))
    await page.get_by_role("button", name="Vérifier", exact=True).click()
    await expect(page.locator(".pg-lamp", has_text="Prouvé")).to_be_visible()


async def _at_the_provider(page: Page, person: str) -> None:
    await page.wait_for_url("**/interaction/**")
    await page.fill("input[name=login]", person)
    await page.fill("input[name=password]", "any")
    await page.locator("button[type=submit]").click()
    await page.locator("button[type=submit]").click()


async def test_a_company_connects_its_provider_and_its_people_come_in(
    app_server: AppServer, provider: peer.Provider, chromium: Browser
) -> None:
    trouble: list[str] = []
    managers, page = await _fresh(chromium, trouble)
    await _sign_in_by_password(page, app_server, MANAGER)
    await _connect(page, app_server, provider)
    await managers.close()

    colleagues, page = await _fresh(chromium, trouble)
    await page.goto(f"{app_server.base_url}/fr/sign-in?next=/fr/certificates")
    await page.locator("main form button[type=submit]:enabled").first.wait_for()
    await page.fill("#email", COLLEAGUE)
    await page.locator("#password").focus()
    on = page.get_by_role("link", name="Continuer avec Escale")
    await expect(on).to_be_visible()
    await on.click()
    await _at_the_provider(page, "ines")
    # The provider is not known to ask for a second factor: ours follows, by mail.
    await page.wait_for_url("**/fr/sign-in?sso=**")
    await page.locator("#code").wait_for()
    await page.fill("#code", await _code(app_server, COLLEAGUE, 0))
    await page.wait_for_url("**/fr/certificates")
    await expect(page.get_by_text("Inès Roux").first).to_be_visible()

    await page.locator("form[data-sign-out] button").first.click()
    await page.wait_for_url(f"{provider.issuer}/session/end**")
    await page.locator("button[name=logout], button[value=yes]").first.click()
    await page.wait_for_url(f"{app_server.base_url}/**")
    await page.goto(f"{app_server.base_url}/fr/training")
    await page.wait_for_url("**/fr/sign-in**")

    # A deep link, and the provider gone: told in words, with a way to go on.
    provider.stop()
    await page.goto(f"{app_server.base_url}/fr/sign-in?organisation=escale-services-paris")
    await page.wait_for_url("**/fr/sign-in/organisation**")
    await expect(page.get_by_role("link", name="Continuer avec Escale")).to_be_visible()
    await page.goto(f"{app_server.base_url}/fr/sign-in/organisation?problem=sso_unreachable")
    await expect(page.get_by_role("alert").filter(has_text="ne répond pas")).to_be_visible()
    await colleagues.close()
    assert trouble == []
