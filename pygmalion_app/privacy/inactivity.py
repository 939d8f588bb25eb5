"""Accounts that nobody uses any more: found out each day, warned by mail, erased 30 days later."""

import logging
from datetime import timedelta
from typing import Final
from uuid import UUID

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.addresses import address
from pygmalion_app.core.i18n import format_day
from pygmalion_app.core.privacy import Ground, Period
from pygmalion_app.core.unit_of_work import Container, UnitOfWork, unit_of_work
from pygmalion_app.notifications.service import queue_email
from pygmalion_app.privacy.erasure import blockers_of, erase_account
from pygmalion_app.privacy.people import person_of

INACTIVE: Final = Period(years=3)
WARNING: Final = timedelta(days=30)
_BATCH = 500

log = logging.getLogger(__name__)

# Sessions are forgotten soon after they end: what they say of the last visit is kept here, as a day's date and no more.
_NOTE_ACTIVITY = """
INSERT INTO account_lifecycles (user_id, last_active_at)
SELECT u.id, date_trunc('day', greatest(
    u.created_at,
    (SELECT max(b.last_seen_at) FROM browser_sessions b WHERE b.user_id = u.id),
    (SELECT max(f.last_seen_at) FROM token_families f WHERE f.user_id = u.id),
    (SELECT max(e.created_at) FROM enrollments e WHERE e.user_id = u.id),
    (SELECT max(o.created_at) FROM orders o WHERE o.buyer_user_id = u.id)))
FROM users u
ON CONFLICT (user_id) DO UPDATE SET
    last_active_at = excluded.last_active_at,
    warned_at = CASE WHEN excluded.last_active_at > account_lifecycles.warned_at THEN NULL
                     ELSE account_lifecycles.warned_at END
WHERE account_lifecycles.erased_at IS NULL AND account_lifecycles.last_active_at < excluded.last_active_at
"""
# A valid certificate is in use although its holder does not come by: somebody else verifies it.
_IDLE = """
SELECT l.user_id FROM account_lifecycles l JOIN users u ON u.id = l.user_id
WHERE l.erased_at IS NULL AND l.last_active_at < %(idle)s AND NOT u.is_platform_admin
  AND (CASE WHEN %(warned)s::timestamptz IS NULL THEN l.warned_at IS NULL ELSE l.warned_at <= %(warned)s END)
  AND NOT EXISTS (SELECT FROM certificates c WHERE c.user_id = l.user_id AND c.revoked_at IS NULL
                  AND c.valid_until > %(now)s)
ORDER BY l.user_id LIMIT %(limit)s::bigint
"""


async def note_activity(uow: UnitOfWork) -> None:
    """Write down when each account was last used, before the traces of that are forgotten."""
    await uow.sql(_NOTE_ACTIVITY)


async def warn_idle(parts: Container | None = None) -> int:
    """Mail those whose account is to be erased in 30 days because nobody used it for three years; returns how many."""
    async with unit_of_work(SYSTEM, parts) as uow:
        now = uow.clock.now()
        idle = await uow.sql(_IDLE, idle=INACTIVE.before(now) + WARNING, warned=None, now=now, limit=_BATCH)
        for row in idle:
            await _warn(uow, row["user_id"])
    return len(idle)


async def _warn(uow: UnitOfWork, user_id: UUID) -> None:
    person = await person_of(uow, user_id)
    now = uow.clock.now()
    await uow.sql("UPDATE account_lifecycles SET warned_at = %(now)s WHERE user_id = %(id)s", now=now, id=user_id)
    day = format_day(person.locale, now + WARNING)
    path = address("sign-in", person.locale)
    await queue_email(uow, person.email, "account-inactive", person.locale, path=path, day=day)


async def erase_idle(parts: Container | None = None) -> int:
    """Erase those who were warned 30 days ago and did not come; who cannot be erased yet is left for another day."""
    async with unit_of_work(SYSTEM, parts) as uow:
        now = uow.clock.now()
        idle = await uow.sql(_IDLE, idle=INACTIVE.before(now), warned=now - WARNING, now=now, limit=None)
    erased = 0
    for row in idle:
        try:
            async with unit_of_work(SYSTEM, parts) as uow:
                person = await person_of(uow, row["user_id"])
                if not await blockers_of(uow, person):
                    await erase_account(uow, person, Ground.INACTIVE)
                    erased += 1
        except Exception:
            log.exception("an inactive account could not be erased")
    return erased
