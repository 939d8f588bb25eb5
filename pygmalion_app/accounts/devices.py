"""A person's own sessions: which browsers and API clients are signed in, and ending them."""

import re
from typing import Any, NamedTuple
from uuid import UUID

import httpagentparser  # pyright: ignore[reportMissingTypeStubs]

from pygmalion_app.accounts import sessions
from pygmalion_app.accounts.security_schemas import DeviceView
from pygmalion_app.core import audit
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.unit_of_work import UnitOfWork

_NAMES = {"ChromiumEdge": "Edge", "ChromeiOS": "Chrome", "IPad": "iPad", "Macintosh": "macOS", "MacOS": "macOS"}
_PRODUCT = re.compile(r"(?!Mozilla/)([A-Za-z][A-Za-z0-9._-]{1,39})/[0-9]")
"""How a client of the API names itself: `python-httpx/0.28.1`."""
_LONGEST_NAME = 60
_ROWS = """
SELECT id, 'browser' AS kind, address, user_agent, method, created_at, last_seen_at FROM browser_sessions
WHERE user_id = %(user)s AND revoked_at IS NULL AND expires_at > %(now)s AND last_seen_at > %(seen_after)s
UNION ALL
SELECT id, 'api', address, user_agent, method, created_at, last_seen_at FROM token_families
WHERE user_id = %(user)s AND revoked_at IS NULL AND expires_at > %(now)s AND last_seen_at > %(refreshed_after)s
ORDER BY last_seen_at DESC, id
"""
_END = """
WITH browser AS (UPDATE browser_sessions SET revoked_at = %(now)s
                 WHERE id = %(id)s AND user_id = %(user)s AND revoked_at IS NULL RETURNING id),
     family AS (UPDATE token_families SET revoked_at = %(now)s
                WHERE id = %(id)s AND user_id = %(user)s AND revoked_at IS NULL RETURNING id)
SELECT id FROM browser UNION ALL SELECT id FROM family
"""


class Software(NamedTuple):
    """What a device says it runs; empty where it is not known."""

    browser: str
    system: str


async def mine(uow: UnitOfWork) -> tuple[DeviceView, ...]:
    """Return the caller's live sessions, the one in use last first."""
    user_id, now = uow.actor.require_user(), uow.clock.now()
    # Beside what is shown here, sessions hold the hashes of what opens them: the database keeps them from everybody.
    async with uow.elevated():
        rows = await uow.sql(
            _ROWS,
            user=user_id,
            now=now,
            seen_after=now - sessions.BROWSER_IDLE,
            refreshed_after=now - sessions.REFRESH_LIFE,
        )
    return tuple(_view(row, uow.actor.session_id) for row in rows)


async def sign_out(uow: UnitOfWork, device_id: UUID) -> None:
    """End one of the caller's sessions, at once; NotFoundError when it is not theirs or over already."""
    user_id = uow.actor.require_user()
    async with uow.elevated():
        ended = await uow.sql(_END, id=device_id, user=user_id, now=uow.clock.now())
    if not ended:
        raise NotFoundError(device=str(device_id))
    await audit.record(uow, "account.device_signed_out", subject_id=user_id, facts={"session": device_id})


async def sign_out_everywhere(uow: UnitOfWork, *, keep_this: bool = False) -> None:
    """End the caller's sessions, browsers and API clients alike, and trust none of their browsers any more."""
    user_id = uow.actor.require_user()
    await sessions.end_all(uow, user_id, keep=uow.actor.session_id if keep_this else None)
    await audit.record(uow, "account.signed_out_everywhere", subject_id=user_id)


def software_of(user_agent: str) -> Software:
    """Return what a user agent's own words name, such as Firefox on Windows."""
    found: dict[str, dict[str, str | None]] = httpagentparser.detect(user_agent)  # pyright: ignore[reportUnknownMemberType, reportAssignmentType]
    system = next((found[part].get("name") for part in ("dist", "flavor", "os", "platform") if part in found), None)
    product = _PRODUCT.match(user_agent)
    browser = _known(found.get("browser", {}).get("name")) or (product[1] if product else "")
    return Software(browser, _known(system))


def _known(name: str | None) -> str:
    return _NAMES.get(name, name)[:_LONGEST_NAME] if name else ""


def _view(row: dict[str, Any], current: UUID | None) -> DeviceView:
    software = software_of(row["user_agent"])
    return DeviceView(
        id=row["id"],
        kind=row["kind"],
        browser=software.browser,
        system=software.system,
        address=row["address"],
        method=row["method"],
        signed_in_at=row["created_at"],
        last_seen_at=row["last_seen_at"],
        current=row["id"] == current,
    )
