"""Seats: counted from the rows under the session's lock, never from a counter alone (domain rules, Seats)."""

from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.unit_of_work import UnitOfWork

_LOCK: LiteralString = """
SELECT s.id, s.course_id, s.organization_id, s.starts_at, s.capacity, s.price_cents, s.currency, s.status,
       c.title, c.title_en, c.status AS course_status, c.refund_tiers, o.vat_regime,
       o.sales_stopped_at IS NOT NULL AS sales_stopped
FROM sessions s JOIN courses c ON c.id = s.course_id JOIN organizations o ON o.id = s.organization_id
WHERE s.id = %(session_id)s FOR UPDATE OF s
"""

_TAKEN: LiteralString = """
SELECT count(*) AS count FROM enrollments e JOIN orders o ON o.id = e.order_id
WHERE e.session_id = %(session_id)s AND (e.status IN ('CONFIRMED', 'IN_PROGRESS', 'COMPLETED')
      OR (e.status = 'PENDING' AND o.hold_expires_at > %(now)s))
"""

_RELEASE_LAPSED: LiteralString = f"""
WITH lapsed AS (
  SELECT id FROM orders WHERE session_id = %(session_id)s AND status = 'PENDING' AND hold_expires_at <= %(now)s
  FOR UPDATE SKIP LOCKED
), closed AS (
  UPDATE orders SET status = 'EXPIRED', closed_at = %(now)s FROM lapsed WHERE orders.id = lapsed.id
), freed AS (
  UPDATE enrollments SET status = 'CANCELLED', cancelled_at = %(now)s
  FROM lapsed WHERE enrollments.order_id = lapsed.id AND enrollments.status = 'PENDING'
)
{_TAKEN}
"""  # noqa: S608 - built from constants

_RECOUNT: LiteralString = f"""
WITH recounted AS (
  UPDATE sessions SET seats_taken = taken.count
  FROM ({_TAKEN}) AS taken WHERE sessions.id = %(session_id)s AND taken.count <= capacity RETURNING sessions.id
)
SELECT pg_notify('seats', id::text) FROM recounted
"""  # noqa: S608 - built from constants


@dataclass(frozen=True, slots=True)
class LockedSession:
    """A session whose row is locked until the transaction ends. Price in cents excluding VAT."""

    id: UUID
    course_id: UUID
    organization_id: UUID
    starts_at: datetime
    capacity: int
    price_cents: int
    currency: str
    status: str
    title: str
    title_en: str
    course_status: str
    refund_tiers: list[dict[str, int]]
    vat_regime: str
    sales_stopped: bool
    """Whether a review refused or withdrew the organisation's verification."""
    taken: int
    """Seats sold or held by others when the lock was had."""


async def lock_session(uow: UnitOfWork, session_id: UUID) -> LockedSession:
    """Lock a session's row and release its lapsed holds; NotFoundError when there is none.

    Orders being settled right now are skipped: they hold their own row and wait for this one.
    """
    rows = await uow.sql(_LOCK, session_id=session_id)
    if not rows:
        raise NotFoundError(session=str(session_id))
    released = await uow.sql(_RELEASE_LAPSED, session_id=session_id, now=uow.clock.now())
    return LockedSession(**rows[0], taken=released[0]["count"])


async def recount(uow: UnitOfWork, session_id: UUID) -> bool:
    """Write how many seats are taken and tell the open pages; False when they are more than there are.

    The session must be locked. The caller of a False raises, which undoes what took the seats.
    """
    await uow.session.flush()
    return bool(await uow.sql(_RECOUNT, session_id=session_id, now=uow.clock.now()))
