"""A learner's own pages, on a desk and on a phone: what is due, a message that comes while they look, the calendar."""

import asyncio
from typing import Any, Final, LiteralString

import httpx
import psycopg
import pytest
from playwright.async_api import Browser, Page, expect

from pygmalion_app.accounts.authentication import SESSION_COOKIE
from tests.journey.test_every_page import _cookie
from tests.journey.test_individual_journey import _accessible, chromium  # noqa: F401 - the browser
from tests.servers import AppServer

DESK: Final[Any] = {"width": 1440, "height": 900}
PHONE: Final[Any] = {"width": 390, "height": 844}
SECONDS: Final = 20_000
LEARNER: Final = "learner@pygmalion.example"

_SEAT: LiteralString = """
SELECT e.id::text, u.id::text FROM enrollments e JOIN users u ON u.id = e.user_id
WHERE u.email = %s AND e.status = 'CONFIRMED' ORDER BY e.id LIMIT 1
"""
_STANDING: LiteralString = """
SELECT count(*), count(*) FILTER (WHERE c.status NOT IN ('compliant', 'exempt')) FROM compliance_statuses c
JOIN users u ON u.id = c.user_id WHERE u.email = %s
"""
_TELL: LiteralString = """
INSERT INTO notifications (id, created_at, user_id, topic, kind, facts, page, parameters, in_digest)
SELECT gen_random_uuid(), now(), id, 'certificates', 'certificate', '{"course": "Le parcours"}', 'certificates', '{}',
  false
FROM users WHERE email = %s RETURNING id::text
"""
_SAY: LiteralString = """
WITH said AS (UPDATE message_threads SET last_at = now() WHERE enrollment_id = %s RETURNING id)
INSERT INTO messages (id, created_at, thread_id, author_id, body)
SELECT gen_random_uuid(), now(), said.id, u.id, 'Le parking P4 est ouvert.' FROM said, users u
WHERE u.email = 'of@pygmalion.example' RETURNING id::text
"""


def _row(app: AppServer, query: LiteralString, *values: object) -> tuple[Any, ...]:
    with psycopg.connect(app.database_url, options="-c app.scope=system") as connection:
        row = connection.execute(query, values).fetchone()
    assert row is not None, query
    return row


async def _open(chromium: Browser, app: AppServer, size: Any) -> tuple[Page, list[str]]:  # noqa: F811
    context = await chromium.new_context(viewport=size, locale="fr-FR")
    context.set_default_timeout(SECONDS)
    cookie = await asyncio.to_thread(_cookie, app, "learner")
    await context.add_cookies([{"name": SESSION_COOKIE, "value": cookie, "url": app.base_url}])
    page = await context.new_page()
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    return page, trouble


@pytest.mark.browser
async def test_what_is_due_what_is_said_and_the_calendar(app_server: AppServer, chromium: Browser) -> None:  # noqa: F811
    expect.set_options(timeout=SECONDS)
    seat, _ = await asyncio.to_thread(_row, app_server, _SEAT, LEARNER)
    desk, trouble = await _open(chromium, app_server, DESK)

    # The numbers are those of the database.
    await desk.goto(f"{app_server.base_url}/fr/dashboard?view=learner")
    _, due = await asyncio.to_thread(_row, app_server, _STANDING, LEARNER)
    await expect(desk.get_by_role("heading", level=1)).to_contain_text("Bonjour")
    listed = desk.locator("section", has=desk.get_by_role("heading", name="À faire")).get_by_role("listitem")
    await expect(listed).to_have_count(due)
    await _accessible(desk)

    # The calendar answers under its address, without a session.
    await desk.get_by_role("button", name="Afficher l’adresse").click()
    address = await desk.get_by_label("Adresse de votre calendrier").input_value()
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"{app_server.base_url}/calendar/{address.rsplit('/', maxsplit=1)[-1]}")
    assert f"UID:{seat}@pygmalion" in answer.text.replace("\r\n ", "")

    # The bell counts what comes while one looks, and the list shows it.
    await desk.goto(f"{app_server.base_url}/fr/notifications")
    await expect(desk.get_by_role("tab", name="Non lues")).to_be_visible()
    await asyncio.to_thread(_row, app_server, _TELL, LEARNER)
    fresh = desk.get_by_role("listitem").filter(has_text="Le parcours")
    await expect(fresh).to_contain_text("Nouvelle")
    await expect(desk.locator(".pg-side .pg-bell__count")).to_be_visible()
    await desk.get_by_role("button", name="Tout marquer comme lu").click()
    await expect(desk.locator(".pg-side .pg-bell__count")).to_be_hidden()

    # On a phone: to the school from one's own training, and its answer comes by itself.
    phone, more = await _open(chromium, app_server, PHONE)
    await phone.goto(f"{app_server.base_url}/fr/messages/{seat}")
    await phone.get_by_label("Votre message").fill("Où se garer ?")
    await phone.get_by_role("button", name="Envoyer").click()
    await expect(phone.get_by_role("log")).to_contain_text("Où se garer ?")
    await expect(phone.get_by_label("Votre message")).to_have_value("")
    await asyncio.to_thread(_row, app_server, _SAY, seat)
    await expect(phone.get_by_role("log")).to_contain_text("Le parking P4 est ouvert.")
    await _accessible(phone)
    assert not trouble + more
