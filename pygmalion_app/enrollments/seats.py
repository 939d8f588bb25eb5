"""Seats: counted from the rows under the session's lock, never from a counter alone (domain rules, Seats)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from pygmalion_app.core.batches import Statement
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.unit_of_work import UnitOfWork

_LOCK: LiteralString = """
SELECT s.id, s.course_id, s.organization_id, s.starts_at, s.capacity, s.price_cents, s.currency, s.status,
       c.title, c.title_en, c.status AS course_status, c.refund_tiers, o.vat_regime,
       coalesce(s.changes_until_days, o.changes_until_days) AS changes_until_days,
       o.sales_stopped_at IS NOT NULL AS sales_stopped
FROM sessions s JOIN courses c ON c.id = s.course_id JOIN organizations o ON o.id = s.organization_id
WHERE s.id = %(session_id)s FOR UPDATE OF s
"""

TAKEN: LiteralString = """
SELECT (
  SELECT count(*) FROM enrollments e JOIN orders o ON o.id = e.order_id
  WHERE e.session_id = %(session_id)s AND (e.status IN ('CONFIRMED', 'IN_PROGRESS', 'COMPLETED')
        OR (e.status = 'PENDING' AND o.hold_expires_at > %(now)s))
) + (
  SELECT coalesce(sum(w.held_seats), 0) FROM waiting_list_entries w
  WHERE w.session_id = %(session_id)s AND w.status IN ('waiting', 'offered')
) AS count
"""
"""Seats sold, held for a payment, and held for those who waited; an offer's seats until the next is asked."""

SMALLEST_WAITING: LiteralString = """(
  SELECT min(w.quantity) FROM waiting_list_entries w WHERE w.session_id = %(session_id)s AND w.status = 'waiting'
)"""

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
SELECT taken.count AS taken, {SMALLEST_WAITING} AS smallest_waiting FROM ({TAKEN}) AS taken
"""  # noqa: S608 - built from constants

_RECOUNT: LiteralString = f"""
WITH recounted AS (
  UPDATE sessions SET seats_taken = taken.count
  FROM ({TAKEN}) AS taken, (SELECT seats_taken FROM sessions WHERE id = %(session_id)s) AS before
  WHERE sessions.id = %(session_id)s AND taken.count <= capacity
  RETURNING sessions.id, taken.count < before.seats_taken AS freed, capacity - taken.count AS spare
)
SELECT pg_notify('seats', id::text),
       waiting.smallest IS NOT NULL AND (freed OR waiting.smallest <= spare) AS awaited
FROM recounted, (SELECT {SMALLEST_WAITING} AS smallest) AS waiting
"""  # noqa: S608 - built from constants

OFFER_TASK = "enrollments.offer_seats"


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
    changes_until_days: int
    sales_stopped: bool
    """Whether a review refused or withdrew the organisation's verification."""
    taken: int
    """Seats sold or held by others when the lock was had."""
    smallest_waiting: int | None
    """The fewest seats that somebody on the waiting list would take; empty when nobody waits."""

    @property
    def left(self) -> int:
        """Seats that a passer-by may buy."""
        return free_seats(self.capacity - self.taken, self.smallest_waiting)


def free_seats(free: int, smallest_waiting: int | None) -> int:
    """Return how many seats a passer-by may buy: none while those that are free are to be offered to who waits."""
    left = max(0, free)
    return 0 if smallest_waiting is not None and smallest_waiting <= left else left


async def lock_session(uow: UnitOfWork, session_id: UUID) -> LockedSession:
    """Lock a session's row and release its lapsed holds; NotFoundError when there is none.

    Orders being settled right now are skipped: they hold their own row and wait for this one.
    """
    return locked(session_id, *await uow.pipeline(*locking(uow, session_id)))


def locking(uow: UnitOfWork, session_id: UUID) -> tuple[Statement, Statement]:
    """Return what `lock_session` sends, for callers that send more before it; `locked` reads its rows."""
    # Two statements: what is counted is what stands once the lock is had.
    return (_LOCK, {"session_id": session_id}), (_RELEASE_LAPSED, {"session_id": session_id, "now": uow.clock.now()})


def locked(session_id: UUID, rows: list[dict[str, Any]], released: list[dict[str, Any]]) -> LockedSession:
    """Return the session that `locking` locked; NotFoundError when there is none."""
    if not rows:
        raise NotFoundError(session=str(session_id))
    return LockedSession(**rows[0], **released[0])


async def recount(uow: UnitOfWork, session_id: UUID, *, offers: bool = True) -> bool:
    """Write how many seats are taken and tell the open pages; False when they are more than there are.

    The session must be locked. The caller of a False raises, which undoes what took the seats. Where seats came free
    and somebody waits, a job that offers them follows (unless not `offers`).
    """
    await uow.session.flush()
    (rows,) = await uow.pipeline(counting(uow, session_id))
    return await counted(uow, session_id, rows, offers=offers)


def counting(uow: UnitOfWork, session_id: UUID) -> Statement:
    """Return what `recount` sends once the ORM has written, for callers that send more with it; see `counted`."""
    return _RECOUNT, {"session_id": session_id, "now": uow.clock.now()}


async def counted(uow: UnitOfWork, session_id: UUID, rows: list[dict[str, Any]], *, offers: bool = True) -> bool:
    """Return what `recount` does, from the rows of `counting`, and have free seats offered as it does."""
    if offers and rows and rows[0]["awaited"]:
        await defer_offers(uow, session_id)
    return bool(rows)


async def defer_offers(uow: UnitOfWork, session_id: UUID) -> None:
    """Have free seats offered to those who wait, once this transaction has committed."""
    # One waiting job is enough: it takes the session's lock, which whoever frees seats holds until their commit.
    await uow.defer(OFFER_TASK, queueing_lock=f"{OFFER_TASK}:{session_id}", session_id=str(session_id))
