"""Passkeys and an authenticator in a real browser, whose virtual device holds the keys, against the running product."""

import asyncio
import re
from collections.abc import AsyncGenerator
from typing import Any

import httpx
import psycopg
import pytest
from playwright.async_api import CDPSession, Page, async_playwright, expect
from pyotp.totp import TOTP

from tests import browser as browsers
from tests.servers import PLAIN, AppServer

pytestmark = pytest.mark.browser
SECONDS = 60_000
PASSWORD = "A-Long-Horse-Stapled-77"


@pytest.fixture
async def page() -> AsyncGenerator[Page]:
    """Return a page of a fresh visitor."""
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(
            executable_path=await asyncio.to_thread(browsers.executable), args=[*browsers.ARGUMENTS]
        )
        context = await chromium.new_context(viewport={"width": 1440, "height": 900}, locale="fr-FR")
        context.set_default_timeout(SECONDS)
        yield await context.new_page()
        await chromium.close()


async def _device(page: Page) -> CDPSession:
    """Give the browser a device that keeps passkeys and checks its user."""
    session = await page.context.new_cdp_session(page)
    await session.send("WebAuthn.enable")
    options: Any = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    await session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


async def _code(app: AppServer, email: str, number: int) -> str:
    """Return the code that was mailed for the first, second... time."""
    async with httpx.AsyncClient(verify=PLAIN, trust_env=False) as client:
        for _ in range(300):
            answer = await client.get(f"{app.base_url}/api/v1/dev/mailbox", params={"to": email})
            subjects = [re.search(r"\b\d{6}\b", mail["subject"]) for mail in answer.json()["data"]]
            codes = [found[0] for found in subjects if found]
            if len(codes) >= number:
                return codes[0]
            await asyncio.sleep(0.2)
    raise AssertionError("no code was mailed")


async def _register(page: Page, app: AppServer, root: str, email: str) -> None:
    """Open an account on the page, with the mailed code."""
    await page.goto(f"{root}/fr/sign-up")
    await page.locator("main form button[type=submit]:enabled").wait_for()
    for name, value in {"first_name": "Paul", "last_name": "Essai", "email": email, "password": PASSWORD}.items():
        await page.fill(f"#{name}", value)
    await page.locator("main form button[type=submit]").click()
    await page.locator("#code").wait_for()
    await page.fill("#code", await _code(app, email, 1))
    await page.wait_for_url(lambda url: "sign-up" not in url)


async def _sign_out(page: Page, root: str) -> None:
    """Forget the session as a new browser would; the device keeps its keys."""
    await page.context.clear_cookies()
    await page.goto(f"{root}/fr/sign-in")
    await page.locator("main form button[type=submit]:enabled").wait_for()


async def _give_password(page: Page, email: str) -> None:
    await page.fill("#email", email)
    await page.fill("#password", PASSWORD)
    await page.locator("main form button[type=submit]").click()


async def test_a_passkey_is_made_then_signs_in_alone_and_as_second_factor(page: Page, app_server: AppServer) -> None:
    root = app_server.base_url.replace("127.0.0.1", "localhost")
    email = "passkey-journey@test.example"
    await _device(page)
    await _register(page, app_server, root, email)

    await page.goto(f"{root}/fr/security")
    await page.get_by_role("button", name="Ajouter une clé d’accès").click()
    await page.fill("#passkey_name", "Ordinateur")
    await page.locator("#factors-passkey-dialog form button[type=submit]").click()
    codes = page.locator("#factors-codes-dialog ol li")
    await expect(codes).to_have_count(10)
    await page.get_by_role("button", name="Je les ai gardés").click()
    await expect(page.get_by_text("Ordinateur")).to_be_visible()

    await _sign_out(page, root)
    await page.get_by_role("button", name="Utiliser une clé d’accès").click()
    await page.wait_for_url(lambda url: "sign-in" not in url)
    assert _methods(app_server, email)[-1] == "passkey"

    await _sign_out(page, root)
    await _give_password(page, email)
    await page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    await page.wait_for_url(lambda url: "sign-in" not in url)
    assert _methods(app_server, email) == ["email", "passkey", "passkey"]


async def test_an_authenticator_is_set_up_and_its_code_filled_in_by_itself(page: Page, app_server: AppServer) -> None:
    root, email = app_server.base_url, "totp-journey@test.example"
    await _register(page, app_server, root, email)
    await page.goto(f"{root}/fr/security")
    await page.get_by_role("button", name="Mettre en place").click()
    key = page.locator("#factors-totp-dialog code")
    await expect(key).to_have_text(re.compile(r"(\w{4} ){7}\w{4}"))
    totp = TOTP(((await key.text_content()) or "").replace(" ", ""))
    await page.fill("#totp_code", totp.now())
    used = totp.now()
    await page.locator("#factors-totp-dialog form button[type=submit]").click()
    first = page.locator("#factors-codes-dialog ol li code").first
    await first.wait_for()
    recovery = (await first.text_content()) or ""
    await page.get_by_role("button", name="Je les ai gardés").click()

    await _sign_out(page, root)
    # At an address without a name there are no passkeys: the page says where there are.
    await expect(page.get_by_role("link", name=root.replace("127.0.0.1", "localhost"))).to_be_visible()
    await _give_password(page, email)
    await expect(page.get_by_role("heading", name="Code de votre application")).to_be_visible()
    await page.fill("#code", used)
    await expect(page.locator("#code-error")).to_be_visible()  # one code, one use
    await page.get_by_role("button", name="Un code de secours").click()
    await expect(page.get_by_role("heading", name="Code de secours")).to_be_visible()
    await page.fill("#code", recovery)
    await page.locator("main form button[type=submit]").click()
    await page.wait_for_url(lambda url: "sign-in" not in url)
    assert _methods(app_server, email) == ["email", "recovery_code"]


async def test_a_browser_is_trusted_after_the_mailed_code(page: Page, app_server: AppServer) -> None:
    root, email = app_server.base_url, "trust-journey@test.example"
    await _register(page, app_server, root, email)
    await _sign_out(page, root)
    await _give_password(page, email)
    await page.locator("input[name=trust]").check()
    await page.fill("#code", await _code(app_server, email, 2))
    await page.wait_for_url(lambda url: "sign-in" not in url)
    kept = [one for one in await page.context.cookies() if one.get("name") == "pygmalion_device"]
    assert [one.get("httpOnly") for one in kept] == [True]
    await page.context.clear_cookies(name="pygmalion_session")
    await page.goto(f"{root}/fr/sign-in")
    await page.locator("main form button[type=submit]:enabled").wait_for()
    await _give_password(page, email)
    await page.wait_for_url(lambda url: "sign-in" not in url)
    assert _methods(app_server, email) == ["email", "email", "trusted_device"]


def _methods(app: AppServer, email: str) -> list[str]:
    """Return how a person's browsers were let in, in order."""
    query = """SELECT s.method FROM browser_sessions s JOIN users u ON u.id = s.user_id
        WHERE u.email = %s ORDER BY s.created_at"""
    with psycopg.connect(app.database_url) as connection:
        connection.execute("SELECT set_config('app.scope', 'system', false)")
        return [row[0] for row in connection.execute(query, (email,))]
