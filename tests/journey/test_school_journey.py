"""A school's day: attendance on the trainer's phone, without a network too, and on a participant's own; then a desk."""

import asyncio
import hashlib
import secrets
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, BrowserContext, Locator, Page, expect

from pygmalion_app.accounts.authentication import SESSION_COOKIE
from tests.journey.test_every_page import _cookie, _faults, _query, chromium  # noqa: F401 - the browser serves here too
from tests.servers import AppServer

SECONDS: Final = 20_000
DESK: Any = {"width": 1440, "height": 900}
PHONE: Any = {"width": 390, "height": 844}
# The trainer's session farthest ahead: no other test is about it.
_SESSION: Final = """
SELECT s.id::text FROM sessions s JOIN users u ON u.id = s.trainer_id
WHERE u.email = 'trainer@pygmalion.example' AND s.status = 'scheduled'
  AND (SELECT count(*) FROM enrollments e WHERE e.session_id = s.id AND e.status = 'CONFIRMED') BETWEEN 2 AND 6
ORDER BY s.starts_at DESC LIMIT 1
"""
_SCANS: Final = """
SELECT e.user_id::text FROM enrollments e JOIN users u ON u.id = e.user_id
WHERE e.session_id = %s AND e.status = 'CONFIRMED' ORDER BY u.last_name DESC, u.first_name DESC, e.id DESC LIMIT 1
"""
_SIGN_IN: Final = """
INSERT INTO browser_sessions (id, user_id, token_hash, expires_at, authenticated_at)
VALUES (gen_random_uuid(), %s, %s, now() + interval '1 day', now()) RETURNING 1
"""
_AHEAD: Final = """
SELECT count(*) FROM sessions s JOIN organization_members m ON m.organization_id = s.organization_id
JOIN users u ON u.id = m.user_id WHERE u.email = 'of@pygmalion.example' AND s.status <> 'cancelled'
  AND s.hidden_by IS NULL AND s.ends_at > now() AND s.starts_at < now() + interval '90 days'
"""


@pytest.mark.browser
async def test_a_school_signs_its_attendance_and_sees_its_day(app_server: AppServer, chromium: Browser) -> None:  # noqa: F811
    expect.set_options(timeout=SECONDS)
    session = await asyncio.to_thread(_query, app_server, _SESSION)
    trainer = await asyncio.to_thread(_cookie, app_server, "trainer")
    phone = await _context(chromium, app_server, trainer, PHONE)
    page = await phone.new_page()
    code = await _sign_on_the_trainers_phone(phone, page, f"{app_server.base_url}/fr/teach/{session}/attendance")
    await _sign_on_ones_own(chromium, app_server, session, code)
    await _close(page)
    await phone.close()
    await _at_the_desk(chromium, app_server)


async def _context(chromium: Browser, app: AppServer, cookie: str, size: Any) -> BrowserContext:  # noqa: F811
    context = await chromium.new_context(viewport=size, color_scheme="dark" if size is PHONE else "light")
    context.set_default_timeout(SECONDS)
    await context.add_cookies([{"name": SESSION_COOKIE, "value": cookie, "url": app.base_url}])
    return context


async def _draw(page: Page, within: Locator) -> None:
    box = await within.locator("canvas").bounding_box()
    assert box
    await page.mouse.move(box["x"] + 30, box["y"] + 50)
    await page.mouse.down()
    for step in range(1, 9):
        await page.mouse.move(box["x"] + 30 + 20 * step, box["y"] + (20 if step % 2 else 70))
    await page.mouse.up()


async def _sign_on_the_trainers_phone(phone: BrowserContext, page: Page, address: str) -> str:
    """Have one person sign, note the others absent without a network, and return what the last one scans."""
    await page.goto(address)
    people = page.locator(".pg-attendance li")
    await expect(people.first).to_be_visible()
    assert await _faults(page) == []
    dialog = page.get_by_role("dialog")
    await people.first.get_by_role("button", name="Signer").click()
    await _draw(page, dialog)
    await dialog.get_by_role("button", name="Signer").click()
    await expect(people.first.get_by_text("Présent", exact=True)).to_be_visible()
    await phone.set_offline(True)
    for place in range(1, await people.count() - 1):
        await _note_absent(people.nth(place), dialog)
    await expect(page.get_by_text("Gardé sur cet appareil")).to_have_count(1 if await people.count() > 2 else 0)
    await phone.set_offline(False)
    await expect(page.get_by_text("À envoyer", exact=True)).to_have_count(0)
    await page.get_by_role("button", name="Code à scanner").click()
    shown = dialog.get_by_text("/fr/attend/")
    await expect(shown).to_be_visible()
    code = urlsplit(await shown.inner_text()).path
    await page.keyboard.press("Escape")
    return code


async def _note_absent(person: Locator, dialog: Locator) -> None:
    await person.get_by_role("button", name="Absent").click()
    await dialog.get_by_label("Motif").select_option("illness")
    await dialog.get_by_role("button", name="Noter l’absence").click()
    await expect(person.get_by_text("À envoyer", exact=True)).to_be_visible()


async def _sign_on_ones_own(chromium: Browser, app: AppServer, session: str, code: str) -> None:  # noqa: F811
    user, token = await asyncio.to_thread(_query, app, _SCANS, session), secrets.token_urlsafe(32)
    await asyncio.to_thread(_query, app, _SIGN_IN, user, hashlib.sha256(token.encode()).digest())
    own = await _context(chromium, app, token, PHONE)
    page = await own.new_page()
    await page.goto(app.base_url + code)
    pad = page.locator("[data-sign]")
    await expect(pad.locator("canvas")).to_be_visible()
    assert await _faults(page) == []
    await own.set_offline(True)
    await _draw(page, pad)
    await page.get_by_role("button", name="Signer").click()
    await expect(page.get_by_text("Signature gardée sur ce téléphone")).to_be_visible()
    await own.set_offline(False)
    await expect(page.get_by_text("C’est signé")).to_be_visible()
    await own.close()


async def _close(page: Page) -> None:
    """Sign as the trainer, under what the participant sent from their own phone."""
    await page.reload()
    await expect(page.get_by_text("sur son téléphone")).to_be_visible()
    await page.get_by_role("button", name="Signer comme formateur").click()
    dialog = page.get_by_role("dialog")
    # Whoever draws with no pointer signs with a cross.
    await dialog.locator("canvas").press("Enter")
    await dialog.get_by_role("button", name="Signer comme formateur").click()
    await expect(page.get_by_role("button", name="Rouvrir")).to_be_visible()


async def _at_the_desk(chromium: Browser, app: AppServer) -> None:  # noqa: F811
    cookie = await asyncio.to_thread(_cookie, app, "of")
    desk = await _context(chromium, app, cookie, DESK)
    page = await desk.new_page()
    await page.goto(f"{app.base_url}/fr/dashboard?view=school")
    ahead = await asyncio.to_thread(_query, app, _AHEAD)
    await expect(page.locator(".pg-numbers .pg-figure").first).to_have_text(str(ahead))
    await page.get_by_role("link", name="Calendrier").click()
    await expect(page.locator(".pg-cal__day")).not_to_have_count(0)
    await page.get_by_role("button", name="Mois suivant").click()
    await expect(page.locator(".pg-cal__entry").first).to_be_visible()
    await desk.close()
