"""Offering free seats to those who wait, and what becomes of an offer. All of it under the session's lock."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import LiteralString
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments import waiting_mails
from pygmalion_app.enrollments.errors import OfferOverError, OfferTooSmallError
from pygmalion_app.enrollments.models import Order
from pygmalion_app.enrollments.seats import OFFER_TASK, LockedSession, lock_session, recount
from pygmalion_app.enrollments.waiting_models import LIVE, WaitingEntry, WaitingStatus
from pygmalion_app.enrollments.waiting_queue import Plan, Waiting, keeps_seats, offer_ends, share_out

_TAKE: LiteralString = """
UPDATE waiting_list_entries SET status = 'accepted', held_seats = 0, order_id = %(order_id)s, closed_at = %(now)s
WHERE id = %(id)s AND session_id = %(session_id)s AND status = 'offered' AND offer_expires_at > %(now)s
  AND (organization_id = %(organization_id)s OR (organization_id IS NULL AND user_id = %(user_id)s))
RETURNING quantity
"""
_DUE: LiteralString = """
SELECT DISTINCT w.session_id FROM waiting_list_entries w JOIN sessions s ON s.id = w.session_id
WHERE w.status IN ('waiting', 'offered') AND (
  s.status <> 'scheduled' OR s.starts_at <= %(now)s OR w.offer_expires_at <= %(now)s
  OR (w.status = 'waiting' AND w.quantity <= s.capacity - s.seats_taken)
  OR (w.status = 'waiting' AND w.held_seats > 0 AND s.starts_at <= %(soon)s))
LIMIT 500
"""


async def take_offer(uow: UnitOfWork, entry_id: UUID, session: LockedSession, order: Order) -> LockedSession:
    """Give an offer's seats to its buyer's order, in that order's transaction; what it leaves goes to the next.

    Raises OfferOverError, OfferTooSmallError.
    """
    taken = await uow.sql(
        _TAKE,
        id=entry_id,
        session_id=session.id,
        order_id=order.id,
        organization_id=order.buyer_organization_id,
        user_id=order.buyer_user_id,
        now=uow.clock.now(),
    )
    if not taken:
        raise OfferOverError(session=str(session.id))
    offered: int = taken[0]["quantity"]
    if order.quantity > offered:
        raise OfferTooSmallError(field="participants", offered=offered)
    return replace(session, taken=session.taken - offered, smallest_waiting=None)


async def offer_seats(uow: UnitOfWork, session_id: UUID) -> int:
    """Let offers lapse that are over, then offer what is free by the queue's rule; return how many were made.

    For jobs. Repeating it changes nothing. Of a session that has begun or was called off, everybody is told.
    """
    try:
        session = await lock_session(uow, session_id)
    except NotFoundError:
        return 0
    now = uow.clock.now()
    entries = await _live(uow, session_id)
    if session.status != "scheduled" or session.starts_at <= now:
        await _close(uow, entries, now)
        plan = Plan()
    else:
        await _lapse(uow, [entry for entry in entries if _is_over(entry, now)], now)
        plan = await _share_out(uow, session, entries, now)
    await recount(uow, session_id, offers=False)
    return len(plan.offered)


async def sessions_due(uow: UnitOfWork) -> list[UUID]:
    """Return the sessions whose waiting list has something to be done, for the sweep."""
    now = uow.clock.now()
    rows = await uow.sql(_DUE, now=now, soon=now + timedelta(hours=48))
    return [row["session_id"] for row in rows]


async def _live(uow: UnitOfWork, session_id: UUID) -> list[WaitingEntry]:
    query = (
        select(WaitingEntry)
        .where(col(WaitingEntry.session_id) == session_id, col(WaitingEntry.status).in_(LIVE))
        .order_by(col(WaitingEntry.ticket))
    )
    return list((await uow.session.execute(query)).scalars())


def _is_over(entry: WaitingEntry, now: datetime) -> bool:
    return entry.offer_expires_at is not None and entry.offer_expires_at <= now


async def _lapse(uow: UnitOfWork, over: list[WaitingEntry], now: datetime) -> None:
    for entry in over:
        entry.status, entry.held_seats, entry.closed_at = WaitingStatus.LAPSED, 0, now
        await waiting_mails.lapsed(uow, entry)


async def _close(uow: UnitOfWork, entries: list[WaitingEntry], now: datetime) -> None:
    for entry in entries:
        entry.status, entry.held_seats, entry.closed_at = WaitingStatus.CLOSED, 0, now
        await waiting_mails.closed(uow, entry)


async def _share_out(uow: UnitOfWork, session: LockedSession, entries: list[WaitingEntry], now: datetime) -> Plan:
    waiting = [entry for entry in entries if entry.status == WaitingStatus.WAITING]
    for entry in waiting:
        entry.held_seats = 0
    await uow.session.flush()
    # Seats are shared out anew from what is taken without the lapsed offers and the seats gathered for groups.
    session = await lock_session(uow, session.id)
    on_sale = session.course_status == "published" and not session.sales_stopped
    plan = share_out(
        [Waiting(entry.id, entry.quantity, entry.skips) for entry in waiting],
        session.capacity - session.taken if on_sale else 0,
        session.capacity,
        keeps=keeps_seats(session.starts_at, now),
    )
    ends = offer_ends(now, session.starts_at, timedelta(hours=uow.settings.waiting_offer_hours))
    for entry in waiting:
        if entry.id in plan.offered:
            entry.status, entry.held_seats = WaitingStatus.OFFERED, entry.quantity
            entry.offered_at, entry.offer_expires_at = now, ends
            await waiting_mails.offered(uow, entry)
        entry.held_seats = plan.kept.get(entry.id, entry.held_seats)
        entry.skips += entry.id in plan.skipped
    if plan.offered:
        await uow.session.flush()
        await uow.defer(OFFER_TASK, at=ends, session_id=str(session.id))
    return plan
