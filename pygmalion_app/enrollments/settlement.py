"""What becomes of an order: paid, paid late, not paid, or expired."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import LiteralString
from uuid import UUID

from psycopg.errors import UniqueViolation

from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments import billing, confirmation, instalments, mails
from pygmalion_app.enrollments.cancellation import give_back_dropped
from pygmalion_app.enrollments.errors import SessionFullError
from pygmalion_app.enrollments.models import EnrollmentStatus, Order, OrderStatus
from pygmalion_app.enrollments.seats import LockedSession, lock_session, recount
from pygmalion_app.payments import accounting
from pygmalion_app.payments.schemas import Change, PaymentOutcome
from pygmalion_app.payments.service import close_payment, lock_payment, request_refund

SLOW_METHOD_HOLD = timedelta(days=14)
"""How long a bank debit may take to be refused; the seats stay held meanwhile."""

_LOCK: LiteralString = """
SELECT id, session_id, buyer_user_id, status, hold_expires_at, closed_at, quantity, total_cents, currency
FROM orders WHERE id = %(id)s FOR UPDATE
"""
_CLOSE: LiteralString = "UPDATE orders SET status = %(status)s, closed_at = %(now)s WHERE id = %(id)s"
_HOLD: LiteralString = "UPDATE orders SET hold_expires_at = %(until)s WHERE id = %(id)s"
_CONFIRM: LiteralString = "UPDATE orders SET status = 'CONFIRMED', confirmed_at = %(now)s WHERE id = %(id)s"
_TAKE_SEATS: LiteralString = """
UPDATE enrollments SET status = 'CONFIRMED', confirmed_at = %(now)s
WHERE order_id = %(order)s AND status = %(before)s AND (%(since)s::timestamptz IS NULL OR cancelled_at >= %(since)s)
"""
_LEAVE_SEATS: LiteralString = """
UPDATE enrollments SET status = 'CANCELLED', cancelled_at = %(now)s WHERE order_id = %(order)s AND status = 'PENDING'
"""
_IS_COUNTED: LiteralString = "SELECT 1 FROM sessions WHERE id = %(session)s AND seats_taken = %(taken)s"
_DROPPED: LiteralString = "SELECT 1 FROM enrollments WHERE order_id = %(order)s AND status = 'CANCELLED' LIMIT 1"


@dataclass(frozen=True, slots=True)
class LockedOrder:
    """What a payment must know of its order, whose row is locked. Amount in cents."""

    id: UUID
    session_id: UUID
    buyer_user_id: UUID
    status: str
    hold_expires_at: datetime
    closed_at: datetime | None
    quantity: int
    total_cents: int
    currency: str


async def settle(uow: UnitOfWork, outcome: PaymentOutcome) -> None:
    """Give an order the effect of its payment's change, in the same transaction as the event."""
    if outcome.change is Change.NONE or outcome.reference is None:
        return
    order = await _lock(uow, outcome.reference)
    if outcome.change in {Change.PAID, Change.SAVED}:
        await _confirm(uow, outcome, order)
    elif outcome.change is Change.PROCESSING and order.status == OrderStatus.PENDING:
        await _hold_longer(uow, order)
    elif outcome.change in {Change.FAILED, Change.EXPIRED} and order.status == OrderStatus.PENDING:
        await _release(uow, order)
    elif outcome.change is Change.REFUNDED:
        await mails.refund_arrived(uow, order, outcome.amount_cents)
        await billing.credit_refunds(uow, order.id)
    elif outcome.change is Change.DISPUTE_LOST:
        # It may have covered refunds that never left; they need their credit notes.
        await billing.credit_refunds(uow, order.id)
    elif outcome.change in {Change.INSTALMENT_PAID, Change.INSTALMENT_FAILED}:
        await instalments.settle_instalment(uow, await uow.session.get_one(Order, order.id), outcome)


async def expire_order(uow: UnitOfWork, order_id: UUID) -> None:
    """Release the seats of an order whose hold has lapsed; anything else stays as it is."""
    # Payment, order, session: the order in which a webhook locks them too.
    await lock_payment(uow, order_id)
    order = await _lock(uow, order_id)
    lapsed = order.status == OrderStatus.PENDING and order.hold_expires_at <= uow.clock.now()
    if lapsed:
        await _release(uow, order)
    if lapsed or order.status == OrderStatus.EXPIRED:
        await close_payment(uow, order.id)


async def _lock(uow: UnitOfWork, order_id: UUID) -> LockedOrder:
    return LockedOrder(**(await uow.sql(_LOCK, id=order_id))[0])


async def _hold_longer(uow: UnitOfWork, order: LockedOrder) -> None:
    """Keep the seats for a debit that was begun in time, unless the hold has lapsed and others have them by now.

    Those who lock the session while this order is locked pass over its lapsed hold without ending it. Such an order is
    released by its deadline, and reseated or given back when the money comes.
    """
    uow.send_along(_HOLD, id=order.id, until=uow.clock.now() + SLOW_METHOD_HOLD)
    await lock_session(uow, order.session_id)
    if not await recount(uow, order.session_id):
        await uow.sql(_HOLD, id=order.id, until=order.hold_expires_at)


async def _release(uow: UnitOfWork, order: LockedOrder) -> None:
    await lock_session(uow, order.session_id)
    uow.send_along(_CLOSE, id=order.id, status=OrderStatus.EXPIRED.value, now=uow.clock.now())
    uow.send_along(_LEAVE_SEATS, order=order.id, now=uow.clock.now())
    await recount(uow, order.session_id)
    await mails.order_expired(uow, order)


async def _confirm(uow: UnitOfWork, outcome: PaymentOutcome, order: LockedOrder) -> None:
    """Confirm a paid order, and begin an individual's instalments; what cannot be confirmed is given back."""
    if order.status in {OrderStatus.PENDING, OrderStatus.EXPIRED}:
        await _seat_or_give_back(uow, outcome, order)
    elif order.status == OrderStatus.CANCELLED:
        await request_refund(uow, order.id, order.total_cents, "cancelled")
    if outcome.change is Change.SAVED:
        # The ORM does not see what is still to be sent.
        await uow.pipeline()
        await instalments.saved(uow, await uow.session.get_one(Order, order.id))


async def _seat_or_give_back(uow: UnitOfWork, outcome: PaymentOutcome, order: LockedOrder) -> None:
    """Seat an order whose money has come; a late one is reseated if all its seats are free, else given back."""
    session = await lock_session(uow, order.session_id)
    if order.hold_expires_at <= uow.clock.now():
        # Taking the lock releases lapsed holds, this order's own among them.
        order = await _lock(uow, order.id)
    if session.status != "scheduled" or not await _seat(uow, order, session):
        await _give_back(uow, order)
        return
    uow.send_along(_CONFIRM, id=order.id, now=uow.clock.now())
    if outcome.payment and outcome.change is Change.PAID:
        await accounting.sold(uow, outcome.payment)
    if await uow.sql(_DROPPED, order=order.id):
        await give_back_dropped(uow, await uow.session.get_one(Order, order.id))
    await confirmation.follow(uow, order.id)


async def _give_back(uow: UnitOfWork, order: LockedOrder) -> None:
    uow.send_along(_CLOSE, id=order.id, status=OrderStatus.CANCELLED.value, now=uow.clock.now())
    uow.send_along(_LEAVE_SEATS, order=order.id, now=uow.clock.now())
    await recount(uow, order.session_id)
    await request_refund(uow, order.id, order.total_cents, "late")
    await mails.order_refunded(uow, order)


async def _seat(uow: UnitOfWork, order: LockedOrder, session: LockedSession) -> bool:
    """Take all the order's seats or none; False when they do not fit, or a participant was enrolled anew since."""
    before = EnrollmentStatus.CANCELLED if order.status == OrderStatus.EXPIRED else EnrollmentStatus.PENDING
    # What a buyer gave up before the hold lapsed stays given up.
    seats = {"order": order.id, "before": before.value, "since": order.closed_at, "now": uow.clock.now()}
    if order.status == OrderStatus.PENDING and session.taken <= session.capacity:
        _take_held(uow, session, seats)
        return True
    try:
        async with uow.savepoint() as seating:
            uow.send_along(_TAKE_SEATS, **seats)
            fits = await recount(uow, order.session_id)
            if not fits:
                await seating.rollback()
    except UniqueViolation:
        return False
    return fits


def _take_held(uow: UnitOfWork, session: LockedSession, seats: Mapping[str, object]) -> None:
    """Take seats that were held until now, and so were among those taken when the session was locked: all of them fit.

    How many are taken is written again only where it changed by other orders' lapsed holds, or where somebody waits.
    """

    async def count_again() -> None:
        if not await recount(uow, session.id):
            raise SessionFullError(session=str(session.id))

    uow.send_along(_TAKE_SEATS, **seats)
    written = -1 if session.smallest_waiting is not None else session.taken
    uow.send_along(_IS_COUNTED, count_again, session=session.id, taken=written)
