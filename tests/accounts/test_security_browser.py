"""A forgotten password, one's devices and a change of address in real browsers, against the running product."""

import asyncio
import re
from collections.abc import AsyncGenerator
from uuid import uuid4

import httpx
import psycopg
import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from tests import browser as browsers
from tests.servers import PLAIN, AppServer

pytestmark = pytest.mark.browser
SECONDS = 60_000
PASSWORD, NEW = "A-Long-Horse-Stapled-77", "quatre mots pas ensemble"


@pytest.fixture
async def chromium() -> AsyncGenerator[Browser]:
    """Return a browser."""
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(
            executable_path=await asyncio.to_thread(browsers.executable), args=[*browsers.ARGUMENTS]
        )
        yield started
        await started.close()


@pytest.fixture
async def email(app_server: AppServer) -> str:
    """Return the address of a new account."""
    address = f"{uuid4().hex}@test.example"
    body = {"email": address, "password": PASSWORD, "firstName": "Paul", "lastName": "Essai"}
    async with httpx.AsyncClient(
        base_url=f"{app_server.base_url}/api/v1", verify=PLAIN, trust_env=False, timeout=60
    ) as client:
        challenge = (await client.post("/auth/register", json=body)).json()["data"]["challengeId"]
        code = (await _found(app_server, address, r"\b\d{6}\b"))[0]
        answer = await client.post("/auth/verify-otp", json={"challengeId": challenge, "code": code})
        assert answer.status_code == 200, answer.text
        await client.post("/auth/logout", json={"refreshToken": answer.json()["data"]["refreshToken"]})
    return address


async def _found(app: AppServer, address: str, pattern: str, mails: int = 1) -> re.Match[str]:
    """Wait until so many mails have come, and return what stands in the newest."""
    async with httpx.AsyncClient(verify=PLAIN, trust_env=False) as client:
        for _ in range(300):  # the first mail of a run waits for a worker that has just started
            answer = await client.get(f"{app.base_url}/api/v1/dev/mailbox", params={"to": address})
            received = answer.json()["data"]
            found = re.search(pattern, received[0]["text"]) if len(received) >= mails else None
            if found:
                return found
            await asyncio.sleep(0.2)
    raise AssertionError(f"no such mail: {pattern}")


async def _visitor(chromium: Browser) -> Page:
    context = await chromium.new_context(viewport={"width": 1440, "height": 900}, locale="fr-FR")
    context.set_default_timeout(SECONDS)
    return await context.new_page()


async def _sign_in(page: Page, app: AppServer, email: str, password: str, mails: int) -> None:
    await page.goto(f"{app.base_url}/fr/sign-in?next=/fr/security")
    await page.locator("main form button[type=submit]:enabled").first.wait_for()
    await page.fill("#email", email)
    await page.fill("#password", password)
    await page.locator("main form button[type=submit]").first.click()
    await page.locator("#code").wait_for()
    await page.fill("#code", (await _found(app, email, r"\b\d{6}\b", mails))[0])
    await page.wait_for_url("**/fr/security")
    await page.locator("#devices-title").wait_for()


async def test_a_password_is_reset_by_mail_and_then_signs_in(
    app_server: AppServer, chromium: Browser, email: str
) -> None:
    page = await _visitor(chromium)
    await page.goto(f"{app_server.base_url}/fr/sign-in")
    await page.get_by_role("link", name="Mot de passe oublié").click()
    await page.wait_for_url("**/fr/reset-password")
    await page.locator("main form button[type=submit]:enabled").wait_for()
    await page.fill("#email", email)
    await page.locator("main form button[type=submit]").click()
    await expect(page.get_by_role("heading", name="Regardez vos e-mails")).to_be_visible()
    link = (await _found(app_server, email, r"http\S+#\S+", 2))[0]
    await page.goto("about:blank")
    await page.goto(link)
    await page.locator("#new_password").wait_for()
    assert "#" not in page.url
    await page.fill("#new_password", "qwertyuiop123")
    await page.locator("main form button[type=submit]:enabled").click()
    await expect(page.locator("#new_password-error")).to_contain_text("pirates")
    await page.fill("#new_password", NEW)
    await page.locator("main form button[type=submit]:enabled").click()
    await expect(page.get_by_role("heading", name="C’est fait")).to_be_visible()
    await _sign_in(page, app_server, email, NEW, 4)


async def test_two_browsers_are_listed_and_one_signs_the_other_out(
    app_server: AppServer, chromium: Browser, email: str
) -> None:
    desk, lost = await _visitor(chromium), await _visitor(chromium)
    await _sign_in(lost, app_server, email, PASSWORD, 2)
    await _sign_in(desk, app_server, email, PASSWORD, 3)
    devices = desk.locator("section:has(#devices-title) li")
    await expect(devices).to_have_count(2)
    await expect(devices.filter(has_text="Cet appareil")).to_have_count(1)
    await expect(devices.first).to_contain_text("Chrome sur Linux")
    await devices.get_by_role("button").click()
    await expect(devices).to_have_count(1)
    # The page that is still open there can do nothing any more.
    await lost.get_by_role("link", name="Profil", exact=True).first.click()
    await lost.wait_for_url("**/fr/sign-in**")
    await desk.get_by_role("button", name="Tout déconnecter").first.click()
    await desk.locator("dialog[open] .pg-btn--danger").click()
    await desk.wait_for_url(f"{app_server.base_url}/fr")
    await desk.goto(f"{app_server.base_url}/fr/security")
    await desk.wait_for_url("**/fr/sign-in**")


async def test_a_change_of_address_asks_who_it_is_and_goes_on_by_itself(
    app_server: AppServer, chromium: Browser, email: str
) -> None:
    page, new = await _visitor(chromium), f"{uuid4().hex}@test.example"
    await _sign_in(page, app_server, email, PASSWORD, 2)
    with psycopg.connect(app_server.database_url) as connection:
        connection.execute("SELECT set_config('app.scope', 'system', true)")
        connection.execute(
            """UPDATE browser_sessions s SET authenticated_at = now() - interval '1 hour'
            FROM users u WHERE u.id = s.user_id AND u.email = %s""",
            (email,),
        )
    await page.fill("#new_email", new)
    await page.get_by_role("button", name="Changer d’adresse").click()
    await page.locator("#reauth_password").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await page.locator("#reauth_code").fill((await _found(app_server, email, r"\b\d{6}\b", 3))[0])
    await page.keyboard.press("Enter")
    await page.locator("#email_code").fill((await _found(app_server, new, r"\b\d{6}\b"))[0])
    await page.get_by_role("button", name="Confirmer la nouvelle adresse").click()
    await expect(page.get_by_text("Adresse changée.")).to_be_visible()
    await expect(page.locator("main dl")).to_contain_text(new)
    undo = (await _found(app_server, email, r"http\S+#\S+", 4))[0]
    await page.goto(undo)
    await page.get_by_role("button", name="Remettre mon ancienne adresse").click()
    await expect(page.get_by_role("heading", name="Votre adresse est de retour")).to_be_visible()
    await page.goto(f"{app_server.base_url}/fr/security")
    await page.wait_for_url("**/fr/sign-in**")
