"""What becomes of an order: paid, paid late, not paid, or expired."""

from datetime import timedelta
from typing import LiteralString
from uuid import UUID

from psycopg.errors import UniqueViolation

from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments import billing, confirmation, instalments, mails
from pygmalion_app.enrollments.cancellation import give_back_dropped
from pygmalion_app.enrollments.models import EnrollmentStatus, Order, OrderStatus
from pygmalion_app.enrollments.seats import lock_session, recount
from pygmalion_app.payments import accounting
from pygmalion_app.payments.models import Payment
from pygmalion_app.payments.schemas import Change, PaymentOutcome
from pygmalion_app.payments.service import close_payment, lock_payment, request_refund

SLOW_METHOD_HOLD = timedelta(days=14)
"""How long a bank debit may take to be refused; the seats stay held meanwhile."""

_TAKE_SEATS: LiteralString = """
UPDATE enrollments SET status = 'CONFIRMED', confirmed_at = %(now)s
WHERE order_id = %(order)s AND status = %(before)s AND (%(since)s::timestamptz IS NULL OR cancelled_at >= %(since)s)
"""
_LEAVE_SEATS: LiteralString = """
UPDATE enrollments SET status = 'CANCELLED', cancelled_at = %(now)s WHERE order_id = %(order)s AND status = 'PENDING'
"""


async def settle(uow: UnitOfWork, outcome: PaymentOutcome) -> None:
    """Give an order the effect of its payment's change, in the same transaction as the event."""
    if outcome.change is Change.NONE or outcome.reference is None:
        return
    order = await _locked_order(uow, outcome.reference)
    if outcome.change is Change.REFUNDED:
        await mails.refund_arrived(uow, order, outcome.amount_cents)
        await billing.credit_refunds(uow, order.id)
    if outcome.change is Change.DISPUTE_LOST:
        # It may have covered refunds that never left; they need their credit notes.
        await billing.credit_refunds(uow, order.id)
    if outcome.change in {Change.INSTALMENT_PAID, Change.INSTALMENT_FAILED}:
        await instalments.settle_instalment(uow, order, outcome)
    elif outcome.change in {Change.PAID, Change.SAVED}:
        await _confirm(uow, order, outcome)
        if outcome.change is Change.SAVED:
            await instalments.saved(uow, order)
    elif outcome.change is Change.PROCESSING and order.status == OrderStatus.PENDING:
        await _hold_longer(uow, order)
    elif outcome.change in {Change.FAILED, Change.EXPIRED} and order.status == OrderStatus.PENDING:
        await _release(uow, order)


async def expire_order(uow: UnitOfWork, order_id: UUID) -> None:
    """Release the seats of an order whose hold has lapsed; anything else stays as it is."""
    # Payment, order, session: the order in which a webhook locks them too.
    await lock_payment(uow, order_id)
    order = await _locked_order(uow, order_id)
    if order.status == OrderStatus.PENDING and order.hold_expires_at <= uow.clock.now():
        await _release(uow, order)
    if order.status == OrderStatus.EXPIRED:
        await close_payment(uow, order.id)


async def _locked_order(uow: UnitOfWork, order_id: UUID) -> Order:
    return await uow.session.get_one(Order, order_id, with_for_update=True)


async def _hold_longer(uow: UnitOfWork, order: Order) -> None:
    """Keep the seats for a debit that was begun in time, unless the hold has lapsed and others have them by now.

    Those who lock the session while this order is locked pass over its lapsed hold without ending it. Such an order is
    released by its deadline, and reseated or given back when the money comes.
    """
    before, order.hold_expires_at = order.hold_expires_at, uow.clock.now() + SLOW_METHOD_HOLD
    await uow.session.flush()
    await lock_session(uow, order.session_id)
    if not await recount(uow, order.session_id):
        order.hold_expires_at = before
        await uow.session.flush()


async def _release(uow: UnitOfWork, order: Order) -> None:
    await lock_session(uow, order.session_id)
    order.status, order.closed_at = OrderStatus.EXPIRED, uow.clock.now()
    uow.send_along(_LEAVE_SEATS, order=order.id, now=uow.clock.now())
    await recount(uow, order.session_id)
    await mails.order_expired(uow, order)


async def _confirm(uow: UnitOfWork, order: Order, outcome: PaymentOutcome) -> None:
    """Confirm a paid order; a late payment is reseated if all its seats are free, else given back."""
    if order.status not in {OrderStatus.PENDING, OrderStatus.EXPIRED}:
        if order.status == OrderStatus.CANCELLED:
            await request_refund(uow, order.id, order.total_cents, "cancelled")
        return
    session = await lock_session(uow, order.session_id)
    if order.hold_expires_at <= uow.clock.now():
        # Taking the lock releases lapsed holds, this order's own among them.
        await uow.session.refresh(order)
    before = EnrollmentStatus.CANCELLED if order.status == OrderStatus.EXPIRED else EnrollmentStatus.PENDING
    if session.status == "scheduled" and await _seat(uow, order, before):
        if outcome.change is Change.PAID:
            await accounting.sold(uow, await uow.session.get_one(Payment, outcome.payment_id))
        await give_back_dropped(uow, order)
        await confirmation.follow(uow, order)
        return
    order.status, order.closed_at = OrderStatus.CANCELLED, uow.clock.now()
    uow.send_along(_LEAVE_SEATS, order=order.id, now=uow.clock.now())
    await recount(uow, order.session_id)
    await request_refund(uow, order.id, order.total_cents, "late")
    await mails.order_refunded(uow, order)


async def _seat(uow: UnitOfWork, order: Order, before: EnrollmentStatus) -> bool:
    """Take all the order's seats or none; False when they do not fit, or a participant was enrolled anew since."""
    try:
        async with uow.savepoint() as seating:
            # What a buyer gave up before the hold lapsed stays given up.
            seats = {"order": order.id, "before": before.value, "since": order.closed_at}
            uow.send_along(_TAKE_SEATS, **seats, now=uow.clock.now())
            fits = await recount(uow, order.session_id)
            if not fits:
                await seating.rollback()
    except UniqueViolation:
        return False
    if not fits:
        return False
    order.status, order.confirmed_at = OrderStatus.CONFIRMED, uow.clock.now()
    await uow.session.flush()
    return True
