"""The main job in real browsers, on a desk and on a phone: from a search with a typo to a verified certificate."""

import asyncio
import re
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import psycopg
import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from pygmalion_app.demo.accounts import PASSWORD as DEMO_PASSWORD
from tests import browser as browsers
from tests import scanner
from tests.servers import PLAIN, AppServer

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
SECONDS = 20_000
"""How long an expected thing may take, in milliseconds: both cores are busy while tests run."""


@dataclass(frozen=True)
class Target:
    """A session of the demonstration's trainer with free seats."""

    session_id: str
    slug: str
    title: str
    free: int


@pytest.fixture
async def chromium() -> AsyncGenerator[Browser]:
    """Return a browser."""
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(
            executable_path=await asyncio.to_thread(browsers.executable), args=[*browsers.ARGUMENTS]
        )
        yield started
        await started.close()


def _target(app: AppServer, place: int) -> Target:
    """Choose a session; each run of the job takes another, so that they do not disturb each other."""
    query = """
        SELECT s.id::text, c.slug, c.title, s.capacity - s.seats_taken FROM sessions s
        JOIN courses c ON c.id = s.course_id JOIN users u ON u.id = s.trainer_id
        WHERE u.email = 'trainer@pygmalion.example' AND s.status = 'scheduled' AND s.location <> ''
          AND s.starts_at > now() + interval '5 days' AND s.capacity - s.seats_taken >= 4
        ORDER BY s.starts_at OFFSET %s LIMIT 1"""
    with psycopg.connect(app.database_url, options="-c app.scope=system") as connection:
        row = connection.execute(query, (place,)).fetchone()
    assert row is not None
    return Target(*row)


def _mistyped(title: str) -> str:
    """Return a title without accents, its longest word without its middle letter."""
    words = re.findall(r"[^\W\d_]{3,}", title.replace("é", "e").replace("û", "u"))
    longest = max(words, key=len)
    middle = len(longest) // 2
    return " ".join(longest[:middle] + longest[middle + 1 :] if word == longest else word for word in words)


async def _new_page(chromium: Browser, size: dict[str, int], trouble: list[str]) -> Page:
    """Return a page of a fresh visitor; whatever the browser complains about is kept."""
    context = await chromium.new_context(viewport=size, locale="fr-FR", has_touch=size is PHONE)  # pyright: ignore[reportArgumentType]
    context.set_default_timeout(SECONDS)
    page = await context.new_page()
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("console", lambda message: trouble.append(message.text) if message.type == "error" else None)
    return page


async def _mails(app: AppServer, to: str) -> list[dict[str, Any]]:
    async with httpx.AsyncClient(verify=PLAIN, trust_env=False) as client:
        answer = await client.get(f"{app.base_url}/api/v1/dev/mailbox", params={"to": to})
    return answer.json()["data"]


async def _sign_in(page: Page, app: AppServer, name: str) -> None:
    """Sign in on the page where one is asked to, with the code that is mailed."""
    email = f"{name}@pygmalion.example"
    before = len(await _mails(app, email))
    await page.wait_for_url("**/sign-in**")
    await page.locator("main form button[type=submit]:enabled").wait_for()
    await page.fill("#email", email)
    await page.fill("#password", DEMO_PASSWORD)
    await page.locator("main form button[type=submit]").click()
    await page.locator("#code").wait_for()
    for _ in range(100):
        mails = await _mails(app, email)
        found = re.search(r"\b\d{6}\b", mails[0]["text"]) if len(mails) > before else None
        if found:
            await page.fill("#code", found[0])
            break
        await asyncio.sleep(0.2)
    await page.wait_for_url(lambda url: "sign-in" not in url)


async def _find(page: Page, app: AppServer, target: Target) -> None:
    """Find the course in spite of a typo and open it."""
    await page.goto(f"{app.base_url}/fr/formations")
    await page.locator("#q:enabled").wait_for()
    await page.fill("#q", _mistyped(target.title))
    card = page.locator(f'a.pg-course__link[href="/fr/formations/{target.slug}"]')
    await card.click()
    await page.wait_for_url(f"**/{target.slug}")
    session = page.locator(f'input[name="session"][value="{target.session_id}"]')
    await session.click()
    await expect(session).to_be_checked()


def _seats(page: Page, target: Target) -> Any:
    """Return the lamp of the session's free seats on the course page."""
    return page.locator(f'.pg-session:has(input[value="{target.session_id}"]) .pg-lamp')


async def _enrol_two(page: Page, newcomer: str) -> None:
    """Enrol a colleague from the team list and a person by e-mail, and hold their seats."""
    await page.locator(".pg-team-row:not(:has(:disabled))").first.click()
    await expect(page.locator(".pg-chosen")).to_have_count(1)
    await page.get_by_role("tab", name="Par e-mail").click()
    await page.fill("#email", newcomer)
    await page.fill("#first_name", "Ana")
    await page.fill("#last_name", "Nouvelle")
    await page.get_by_role("button", name="Ajouter").click()
    await expect(page.locator(".pg-chosen")).to_have_count(2)
    await page.get_by_role("button", name="Retenir les places et payer").click()
    await page.wait_for_url("**/fr/orders/**")
    await expect(page.locator("[data-countdown]").first).to_have_text(re.compile(r"^(30:00|29:\d\d)$"), timeout=SECONDS)


async def _pay(page: Page) -> None:
    """Pay on the gateway's page and come back to a confirmation that needs no reload."""
    await page.get_by_role("link", name=re.compile("Payer")).click()
    await page.wait_for_url("**/testmode/checkout/**")
    await page.locator("button.primary").click()
    await page.wait_for_url("**/fr/orders/**")
    await page.get_by_text("C’est confirmé").wait_for()


async def _validate(page: Page, app: AppServer, target: Target, emails: list[str]) -> list[str]:
    """Say as the trainer that these people came and passed; return the links of their valid certificates."""
    await page.goto(f"{app.base_url}/fr/teach/{target.session_id}")
    await _sign_in(page, app, "trainer")
    links: list[str] = []
    for email in emails:
        row = page.locator("li", has_text=email)
        passed = row.get_by_role("button", name="Réussi")
        await passed.click()
        await expect(passed).to_have_attribute("aria-pressed", "true", timeout=SECONDS)
    await page.locator(".pg-dock button").click()
    await page.locator("dialog[open] .pg-dialog__foot button").last.click()
    for email in emails:
        row = page.locator("li", has_text=email)
        await expect(row.get_by_text("Certificat : Valide")).to_be_visible(timeout=90_000)
        links.append(str(await row.get_by_role("link", name="Vérifier").get_attribute("href")))
    return links


async def _document(context: BrowserContext, app: AppServer, target: Target, email: str) -> bytes:
    """Return a participant's PDF as the trainer's browser downloads it."""
    listed = await (await context.request.get(f"{app.base_url}/api/v1/sessions/{target.session_id}/enrollments")).json()
    seat = next(item for item in listed["data"] if item["participant"]["email"] == email)
    found = await (await context.request.get(f"{app.base_url}/api/v1/enrollments/{seat['id']}")).json()
    certificate = found["data"]["certificate"]["id"]
    answer = await context.request.get(f"{app.base_url}/api/v1/certificates/{certificate}/download")
    assert answer.ok
    return await answer.body()


async def _verify(page: Page, link: str, document: bytes, folder: Path) -> None:
    """Scan the document's QR code as a stranger, then drop the document, altered and genuine."""
    scanned = await asyncio.to_thread(lambda: scanner.scan(scanner.picture(document)))
    assert [urlsplit(address).path for address in scanned] == [urlsplit(link).path]
    await page.goto(scanned[0])
    word = page.locator("#word")
    await expect(word).to_have_text("Valide")
    altered, genuine = folder / "altered.pdf", folder / "genuine.pdf"
    middle = len(document) // 2
    altered.write_bytes(document[:middle] + bytes([document[middle] ^ 1]) + document[middle + 1 :])
    genuine.write_bytes(document)
    for file, expected in ((altered, "Altéré"), (genuine, "Valide")):
        async with page.expect_navigation():
            await page.locator("input[type=file]").set_input_files(file)
        await expect(word).to_have_text(expected)


async def _fits(page: Page) -> None:
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


@pytest.mark.browser
@pytest.mark.parametrize(("size", "place"), [(DESK, 0), (PHONE, 1)], ids=["desk", "phone"])
async def test_from_a_typo_to_a_verified_certificate(
    app_server: AppServer, chromium: Browser, size: dict[str, int], place: int, tmp_path: Path
) -> None:
    target, trouble = _target(app_server, place), []
    newcomer = f"ana.{uuid4().hex[:8]}@crew.example"

    bystander = await _new_page(chromium, DESK, trouble)
    await bystander.goto(f"{app_server.base_url}/fr/formations/{target.slug}")
    await expect(_seats(bystander, target)).to_contain_text(str(target.free), timeout=SECONDS)

    buyer = await _new_page(chromium, size, trouble)
    await _find(buyer, app_server, target)
    await _fits(buyer)
    await buyer.locator('a[href*="/enrol/"]:visible').first.click()
    await _sign_in(buyer, app_server, "manager")
    await buyer.wait_for_url(f"**/fr/enrol/{target.session_id}")
    await buyer.locator(".pg-team-row").first.wait_for()
    await _fits(buyer)
    await _enrol_two(buyer, newcomer)
    await expect(_seats(bystander, target)).to_contain_text(str(target.free - 2), timeout=SECONDS)
    await _fits(buyer)
    await _pay(buyer)
    await _fits(buyer)
    emails = re.findall(r"[\w.-]+@[\w.-]+", await buyer.locator("main table").inner_text())
    assert len(emails) == 2
    assert newcomer in emails

    trainer = await _new_page(chromium, size, trouble)
    links = await _validate(trainer, app_server, target, emails)
    await _fits(trainer)
    document = await _document(trainer.context, app_server, target, newcomer)

    stranger = await _new_page(chromium, size, trouble)
    await _verify(stranger, links[emails.index(newcomer)], document, tmp_path)
    await _fits(stranger)
    convocation = next(mail for mail in await _mails(app_server, newcomer) if "convocation" in mail["subject"].lower())
    assert target.title in convocation["text"]
    assert trouble == []
