"""Every page that exists, as somebody who may see it: on a desk and a phone, light and dark, French and English.

Nothing breaks the accessibility rules of WCAG 2.1 A and AA (axe), nothing overflows, nothing complains in the console,
no page lacks a text. A page that is added is tested without a line here, unless its address needs a parameter.
"""

import asyncio
import hashlib
import secrets
from collections.abc import AsyncGenerator
from typing import Any, Final, LiteralString
from urllib.parse import urlsplit

import psycopg
import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, async_playwright

from pygmalion_app.accounts.authentication import SESSION_COOKIE
from pygmalion_app.core.addresses import ADDRESSES, address
from tests import browser as browsers
from tests.servers import AppServer

LOOKS: Final = (
    ("fr", {"width": 1440, "height": 900}, "light"),
    ("en", {"width": 390, "height": 844}, "dark"),
)
STRANGERS: Final = {
    "home", "catalog", "course", "organization", "verify", "verify-certificate", "sign-in", "sign-up", "reset-password",
    "sign-in-organization", "undo-email-change", "survey",
}  # fmt: skip
# The first beginning that fits says whose eyes a page is for; a learner's else.
EYES: Final = {
    "admin": "admin",
    "teach": "of",
    "team": "manager",
    "dashboard": "manager",
    "enrol": "manager",
    "organization-": "manager",
}
PARAMETERS: Final[dict[str, tuple[str, LiteralString]]] = {
    "course": ("slug", "SELECT slug FROM courses WHERE status = 'published' ORDER BY id LIMIT 1"),
    "organization": ("slug", "SELECT slug FROM organizations WHERE kind = 'training' ORDER BY id LIMIT 1"),
    "verify-certificate": ("token", "SELECT 'unknown-token-of-a-certificate'"),
    "invitation": ("token", "SELECT 'unknown-token-of-an-invitation'"),
    "enrol": (
        "session_id",
        """SELECT id::text FROM sessions WHERE status = 'scheduled' AND starts_at > now() + interval '9 days'
        AND capacity - seats_taken > 3 ORDER BY starts_at LIMIT 1""",
    ),
    "order": (
        "order_id",
        """SELECT o.id::text FROM orders o JOIN users u ON u.id = o.buyer_user_id
        WHERE u.email = 'manager@pygmalion.example' ORDER BY o.created_at LIMIT 1""",
    ),
    # Somebody else's: what a contract of one's own looks like is seen in `test_individual_journey`.
    "withdrawal": (
        "order_id",
        "SELECT id::text FROM orders WHERE payer = 'individual' ORDER BY created_at LIMIT 1",
    ),
    "messages-thread": (
        "thread_id",
        """SELECT e.id::text FROM enrollments e JOIN users u ON u.id = e.user_id
        WHERE u.email = 'learner@pygmalion.example' AND e.status = 'CONFIRMED' ORDER BY e.id LIMIT 1""",
    ),
    "teach-session": (
        "session_id",
        """SELECT s.id::text FROM sessions s JOIN users u ON u.id = s.trainer_id
        WHERE u.email = 'trainer@pygmalion.example' AND s.seats_taken > 0 ORDER BY s.starts_at LIMIT 1""",
    ),
    "teach-attendance": (
        "session_id",
        """SELECT s.id::text FROM sessions s JOIN users u ON u.id = s.trainer_id
        WHERE u.email = 'trainer@pygmalion.example' AND s.seats_taken > 0 ORDER BY s.starts_at LIMIT 1""",
    ),
    "survey": ("token", "SELECT 'unknown-survey'"),
    "attend": ("token", "SELECT 'unknown-code'"),
}
WHOSE: Final = {
    "order": "manager",
    "orders": "manager",
    "reports": "manager",
    "organization-discounts": "of",
    "organization-certificates": "of",
}


@pytest.fixture
async def chromium() -> AsyncGenerator[Browser]:
    """Return a browser."""
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(
            executable_path=await asyncio.to_thread(browsers.executable), args=[*browsers.ARGUMENTS]
        )
        yield started
        await started.close()


def _query(app: AppServer, query: LiteralString, *values: object) -> Any:
    with psycopg.connect(app.database_url) as connection:
        connection.execute("SELECT set_config('app.scope', 'system', true)")
        row = connection.execute(query, values).fetchone()
    assert row is not None, query
    return row[0]


def _cookie(app: AppServer, name: str) -> str:
    """Return the cookie of a new session of a demonstration account."""
    token = secrets.token_urlsafe(32)
    _query(
        app,
        """INSERT INTO browser_sessions (id, user_id, token_hash, expires_at, authenticated_at)
        SELECT gen_random_uuid(), id, %s, now() + interval '1 day', now() FROM users WHERE email = %s RETURNING 1""",
        hashlib.sha256(token.encode()).digest(),
        f"{name}@pygmalion.example",
    )
    return token


def _viewer(name: str) -> str:
    if name in STRANGERS:
        return ""
    return WHOSE.get(name) or next((who for start, who in EYES.items() if name.startswith(start)), "learner")


def _address(app: AppServer, name: str, locale: str) -> str:
    if name not in PARAMETERS:
        return app.base_url + address(name, locale)
    parameter, query = PARAMETERS[name]
    return app.base_url + address(name, locale, **{parameter: _query(app, query)})


async def _context(chromium: Browser, app: AppServer, size: Any, scheme: Any, viewer: str) -> BrowserContext:
    context = await chromium.new_context(viewport=size, color_scheme=scheme)
    if viewer:
        cookie = await asyncio.to_thread(_cookie, app, viewer)
        await context.add_cookies([{"name": SESSION_COOKIE, "value": cookie, "url": app.base_url}])
    return context


async def _settled(page: Page) -> None:
    """Wait until the page has loaded what it shows."""
    await page.wait_for_load_state("load")
    await page.wait_for_function(
        "document.querySelector('main') && !document.querySelector('.pg-skeleton, [data-ready=\"false\"]')",
        timeout=20_000,
    )
    await page.wait_for_timeout(150)


# Only what is wrong is described: describing all that is right takes as long as finding it.
# A long list's further rows are made as its first ones are: looking through them all takes most of the time.
_LOOKED_AT: Final = {"exclude": [["tbody tr:nth-of-type(n+9)"], ["li:nth-of-type(n+9)"]]}
# Nothing is fetched again for rules about sound and films, which no page has.
_RULES: Final = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"], "preload": False,
}  # fmt: skip


async def _faults(page: Page) -> list[str]:
    results = await Axe().run(page, context=_LOOKED_AT, options=_RULES)
    faults = [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in results.response["violations"]]
    if await page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        faults.append("wider than the window")
    return faults


def _listen(page: Page, faults: list[str]) -> None:
    """Keep what the browser complains about."""
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))

    def heard(said: ConsoleMessage) -> None:
        # A page about something unknown answers 404 itself, as it should.
        if said.type == "error" and said.location["url"] != page.url:
            faults.append(f"{page.url}: {said.text}")

    page.on("console", heard)


@pytest.mark.browser
@pytest.mark.parametrize(("locale", "size", "scheme"), LOOKS, ids=["desk", "phone"])
@pytest.mark.parametrize("viewer", ["", "learner", "manager", "of", "admin"], ids=lambda name: name or "stranger")
async def test_pages_are_accessible_fit_and_do_not_complain(
    app_server: AppServer, chromium: Browser, viewer: str, locale: str, size: dict[str, int], scheme: str
) -> None:
    context = await _context(chromium, app_server, size, scheme, viewer)
    faults: list[str] = []
    # One tab for all, as people have: opening one takes a quarter of a look.
    page = await context.new_page()
    _listen(page, faults)
    for name in [name for name in ADDRESSES if _viewer(name) == viewer]:
        wanted = await asyncio.to_thread(_address, app_server, name, locale)
        await page.goto(wanted)
        await _settled(page)
        if urlsplit(page.url).path.rstrip("/") != urlsplit(wanted).path.rstrip("/"):
            faults.append(f"{name}: led away to {page.url}")
        faults += [f"{name}: {fault}" for fault in await _faults(page)]
    await context.close()
    assert faults == []
