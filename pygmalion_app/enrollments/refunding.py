"""Refunds on request, shown first and then done: by the frozen tiers for a buyer, as a seller likes for a seller."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col

from pygmalion_app.accounts.models import User
from pygmalion_app.core import audit
from pygmalion_app.core.errors import InvalidInputError, NotFoundError, PermissionDeniedError
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments import invoice_orders, policy
from pygmalion_app.enrollments.cancellation import cancel_seats, over_owed, refund_percent, seat_worth
from pygmalion_app.enrollments.errors import NotCancellableError, NotRefundableError
from pygmalion_app.enrollments.models import Enrollment, EnrollmentStatus, Order
from pygmalion_app.enrollments.schemas import RefundPreview, RefundSeats, SeatRefund
from pygmalion_app.payments import service as payments
from pygmalion_app.payments.accounting import share
from pygmalion_app.payments.instalment_models import Instalment, InstalmentStatus
from pygmalion_app.payments.models import Payment
from pygmalion_app.sessions.models import TrainingSession

_CANCELLABLE = {EnrollmentStatus.PENDING, EnrollmentStatus.CONFIRMED}


async def preview_of_payment(uow: UnitOfWork, payment_id: UUID, command: RefundSeats) -> RefundPreview:
    """Return what `refund` would do now. Raises as it does."""
    seen = await payments.payment(uow, payment_id)
    return await preview(uow, seen.reference, command)


async def preview(uow: UnitOfWork, order_id: UUID, command: RefundSeats) -> RefundPreview:
    """Return what giving up seats of an order, or a seller's gesture, would give back now.

    Raises NotFoundError, PermissionDeniedError, NotCancellableError, NotRefundableError.
    """
    ordered, by_seller = await _allowed(uow, order_id, command)
    query = select(Payment).where(col(Payment.reference) == order_id)
    payment = (await uow.session.execute(query)).scalar_one_or_none()
    left = await _refundable(uow, ordered, payment)
    if command.amount_cents is not None:
        if command.amount_cents > left:
            raise NotRefundableError(field="amount_cents", left=left)
        seats: tuple[SeatRefund, ...] = ()
        amount = command.amount_cents
    else:
        seats = await _seats(uow, ordered, command.enrollment_ids, by_seller=by_seller, taken=left > 0)
        amount = sum(seat.amount_cents for seat in seats)
        if ordered.withdrawal_ends_at is not None:
            amount = over_owed(left, ordered.total_cents, amount)
        amount = min(amount, left)
    return RefundPreview(
        payment_id=payment.id if payment else None,
        order_id=order_id,
        amount_cents=amount,
        commission_cents=_commission(payment, amount),
        refundable_cents=left,
        currency=ordered.currency,
        taken=left > 0,
        on_account=ordered.payment_method == "invoice",
        by_seller=by_seller,
        seats=seats,
    )


async def refund(uow: UnitOfWork, payment_id: UUID, command: RefundSeats) -> RefundPreview:
    """Do what the preview said, and return it as it was done.

    Raises NotFoundError, PermissionDeniedError, NotCancellableError, NotRefundableError.
    """
    seen = await payments.payment(uow, payment_id)
    return await cancel(uow, seen.reference, command)


async def cancel(uow: UnitOfWork, order_id: UUID, command: RefundSeats | None = None) -> RefundPreview:
    """Give up seats of an order, by default all that can be, and return what that gives back; `refund` by the order.

    Before payment too, where there is nothing to give back yet. Raises as `refund` does.
    """
    command = command or RefundSeats()
    await _allowed(uow, order_id, command)
    async with uow.elevated():
        # Locked before the amounts are looked at, so that what is said is what is done.
        await payments.lock_payment(uow, order_id)
        ordered = await uow.session.get_one(Order, order_id, with_for_update=True, populate_existing=True)
        shown = await preview(uow, order_id, command)
        if command.amount_cents is None:
            chosen = tuple(seat.enrollment_id for seat in shown.seats)
            await cancel_seats(uow, order_id, chosen, reason=command.reason or "cancelled")
        else:
            await invoice_orders.give_back(uow, ordered, command.amount_cents, str(new_id()), reason=command.reason)
            await audit.record(
                uow,
                "payment.refund_requested",
                subject_id=order_id,
                organization_id=ordered.seller_organization_id,
                facts={"cents": command.amount_cents},
            )
    return shown


async def _allowed(uow: UnitOfWork, order_id: UUID, command: RefundSeats) -> tuple[Order, bool]:
    """Return the order, and whether the actor acts for its seller; an amount of one's choice is the seller's alone."""
    actor = uow.actor
    actor.require_user()
    ordered = await uow.session.get(Order, order_id)
    sells = ordered is not None and actor.can(Permission.SESSION_UPDATE, ordered.seller_organization_id)
    if ordered is None or not (sells or policy.is_buyer(actor, ordered)):
        raise NotFoundError(order=str(order_id))
    if command.amount_cents is not None and not sells:
        raise PermissionDeniedError(permission="payment:refund")
    return ordered, sells and (command.amount_cents is not None or not policy.is_buyer(actor, ordered))


async def _refundable(uow: UnitOfWork, ordered: Order, payment: Payment | None) -> int:
    """Return what was collected, or billed on account, and is neither given back nor on its way back, in cents."""
    if payment is None:
        return 0
    if ordered.payment_method == "invoice":
        return payment.amount_cents + payment.third_party_cents - payment.refunded_cents
    if ordered.withdrawal_ends_at is not None:
        query = select(func.coalesce(func.sum(col(Instalment.amount_cents)), 0)).where(
            col(Instalment.payment_id) == payment.id, col(Instalment.status) == InstalmentStatus.PAID
        )
        return int((await uow.session.execute(query)).scalar_one()) - payment.refunded_cents
    return payment.amount_cents - payment.refunded_cents if payment.paid_at is not None else 0


def _commission(payment: Payment | None, amount_cents: int) -> int:
    if payment is None:
        return 0
    return share(payment.commission_cents, amount_cents, payment.amount_cents, payment.refunded_cents)


async def _seats(
    uow: UnitOfWork, ordered: Order, wanted: Sequence[UUID], *, by_seller: bool, taken: bool
) -> tuple[SeatRefund, ...]:
    query = (
        select(Enrollment, User, col(TrainingSession.starts_at))
        .join(User, col(User.id) == col(Enrollment.user_id))
        .join(TrainingSession, col(TrainingSession.id) == col(Enrollment.session_id))
        .where(col(Enrollment.order_id) == ordered.id)
        .order_by(col(Enrollment.id))
    )
    rows = (await uow.session.execute(query)).all()
    if set(wanted) - {seat.id for seat, _, _ in rows}:
        raise InvalidInputError(field="enrollment_ids")
    chosen = [row for row in rows if row[0].id in wanted or (not wanted and row[0].status in _CANCELLABLE)]
    if not chosen or any(seat.status not in _CANCELLABLE for seat, _, _ in chosen):
        raise NotCancellableError(order=str(ordered.id))
    worth = await seat_worth(uow, ordered)
    found: list[SeatRefund] = []
    for seat, person, starts_at in chosen:
        percent = refund_percent(ordered, starts_at, uow.clock.now(), by_seller=by_seller)
        if not taken or seat.status != EnrollmentStatus.CONFIRMED:
            percent = 0
        found.append(
            SeatRefund(
                enrollment_id=seat.id,
                participant=f"{person.first_name} {person.last_name}",
                starts_at=starts_at,
                worth_cents=worth[seat.id],
                percent=percent,
                amount_cents=worth[seat.id] * percent // 100,
            )
        )
    return tuple(found)
