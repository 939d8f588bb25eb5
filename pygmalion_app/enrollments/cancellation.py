"""Giving seats up: one seat by its buyer, a whole session by its organisation; and what goes back."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.accounts.models import User
from pygmalion_app.core import audit
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments import mails, policy, queries
from pygmalion_app.enrollments.errors import NotCancellableError
from pygmalion_app.enrollments.models import Enrollment, EnrollmentStatus, Order, OrderStatus
from pygmalion_app.enrollments.schemas import EnrollmentView
from pygmalion_app.enrollments.seats import lock_session, recount
from pygmalion_app.payments import service as payments
from pygmalion_app.sessions.models import SessionStatus, TrainingSession

CANCEL_ORDER_TASK = "enrollments.cancel_order"
_LIVE = (EnrollmentStatus.PENDING, EnrollmentStatus.CONFIRMED, EnrollmentStatus.IN_PROGRESS)


async def cancel(uow: UnitOfWork, enrollment_id: UUID) -> EnrollmentView:
    """Give a seat up. What was paid for it goes back by the tiers frozen on the order; in full if the seller cancels.

    Raises NotCancellableError once it is over. The last seat of an order closes the order.
    """
    found, ordered = await queries.with_order(uow, enrollment_id)
    policy.require_cancel(uow.actor, found, ordered)
    # The seats of others count too, and lapsed holds of others are released.
    async with uow.elevated():
        await _cancel(uow, enrollment_id, ordered.id, found.session_id)
    return await queries.one(uow, enrollment_id)


async def _cancel(uow: UnitOfWork, enrollment_id: UUID, order_id: UUID, session_id: UUID) -> None:
    # Payment, order, session: the order in which a webhook locks them too.
    await payments.lock_payment(uow, order_id)
    ordered = await uow.session.get_one(Order, order_id, with_for_update=True, populate_existing=True)
    await lock_session(uow, session_id)
    found = await uow.session.get_one(Enrollment, enrollment_id, with_for_update=True, populate_existing=True)
    if found.status not in {EnrollmentStatus.PENDING, EnrollmentStatus.CONFIRMED}:
        raise NotCancellableError(enrollment=str(enrollment_id))
    paid = found.status == EnrollmentStatus.CONFIRMED
    found.status, found.cancelled_at = EnrollmentStatus.CANCELLED, uow.clock.now()
    await recount(uow, found.session_id)
    if paid:
        await _give_back(uow, found, ordered)
    await _close_if_empty(uow, ordered)
    await audit.record(
        uow,
        "enrollment.cancelled",
        subject_id=found.user_id,
        organization_id=ordered.seller_organization_id,
        facts={"enrollment": enrollment_id, "paid": paid},
    )


def refund_cents(order: Order, starts_at: datetime, now: datetime, *, by_seller: bool) -> int:
    """Return what goes back for one seat, in cents including VAT, by the order's frozen tiers."""
    seat = order.total_cents // order.quantity
    if by_seller:
        return seat
    days = (starts_at.astimezone(UTC) - now).days
    tiers: list[dict[str, Any]] = sorted(order.refund_tiers, key=lambda tier: -int(tier["days_before"]))
    percent = next((int(tier["percent"]) for tier in tiers if days >= int(tier["days_before"])), 0)
    return seat * percent // 100


async def _give_back(uow: UnitOfWork, found: Enrollment, ordered: Order) -> None:
    session = await uow.session.get_one(TrainingSession, found.session_id)
    by_seller = not policy.is_buyer(uow.actor, ordered)
    amount = refund_cents(ordered, session.starts_at, uow.clock.now(), by_seller=by_seller)
    if ordered.withdrawal_ends_at is not None:
        amount = 0  # nothing was taken from an individual yet
    await payments.request_refund(uow, ordered.id, amount, str(found.id))
    person = await uow.session.get_one(User, found.user_id)
    await mails.enrollment_cancelled(uow, ordered, f"{person.first_name} {person.last_name}", amount)


async def _close_if_empty(uow: UnitOfWork, ordered: Order) -> None:
    live = (
        select(col(Enrollment.id))
        .where(col(Enrollment.order_id) == ordered.id, col(Enrollment.status) != "CANCELLED")
        .limit(1)
    )
    if (await uow.session.execute(live)).first() is None:
        waiting = ordered.status == OrderStatus.PENDING
        ordered.status, ordered.closed_at = OrderStatus.CANCELLED, uow.clock.now()
        await uow.session.flush()
        await audit.record(uow, "order.cancelled", subject_id=ordered.id, organization_id=ordered.buyer_organization_id)
        if waiting:
            await payments.close_payment(uow, ordered.id)


async def cancel_session(uow: UnitOfWork, session_id: UUID) -> None:
    """Call a session off: nobody can book or be confirmed from now on, and each order is given back in full by a job.

    One job an order, so that each is done whole or again, however many there are. Repeating it changes nothing.
    """
    known = await uow.session.get(TrainingSession, session_id)
    if known is None:
        raise NotFoundError(session=str(session_id))
    uow.actor.require(Permission.SESSION_UPDATE, known.organization_id)
    async with uow.elevated():
        await _cancel_session(uow, session_id)


async def _cancel_session(uow: UnitOfWork, session_id: UUID) -> None:
    session = await lock_session(uow, session_id)
    found = await uow.session.get_one(TrainingSession, session_id, populate_existing=True)
    if found.status != SessionStatus.SCHEDULED:
        return
    found.status = SessionStatus.CANCELLED
    await uow.session.flush()
    await audit.record(uow, "session.cancelled", subject_id=session_id, organization_id=session.organization_id)
    live = select(col(Order.id)).where(
        col(Order.session_id) == session_id, col(Order.status).in_((OrderStatus.PENDING, OrderStatus.CONFIRMED))
    )
    for order_id in (await uow.session.execute(live)).scalars().all():
        await uow.defer(CANCEL_ORDER_TASK, order_id=str(order_id))


async def cancel_order(uow: UnitOfWork, order_id: UUID) -> None:
    """Give back an order whose session was called off; completed enrolments keep their certificates."""
    await payments.lock_payment(uow, order_id)
    ordered = await uow.session.get_one(Order, order_id, with_for_update=True)
    await lock_session(uow, ordered.session_id)
    query = select(Enrollment).where(col(Enrollment.order_id) == order_id, col(Enrollment.status).in_(_LIVE))
    for found in (await uow.session.execute(query)).scalars().all():
        paid = found.status != EnrollmentStatus.PENDING
        found.status, found.cancelled_at = EnrollmentStatus.CANCELLED, uow.clock.now()
        await uow.session.flush()
        if paid:
            await _give_back(uow, found, ordered)
    await recount(uow, ordered.session_id)
    await _close_if_empty(uow, ordered)
