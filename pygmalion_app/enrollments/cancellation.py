"""Giving seats up: some or all of an order by its buyer or its seller, a whole session; and what goes back."""

from collections.abc import Sequence
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
from pygmalion_app.enrollments import invoice_orders, mails, policy, queries
from pygmalion_app.enrollments.errors import NotCancellableError
from pygmalion_app.enrollments.models import Enrollment, EnrollmentStatus, Order, OrderStatus
from pygmalion_app.enrollments.pricing import seat_cents
from pygmalion_app.enrollments.schemas import EnrollmentView
from pygmalion_app.enrollments.seats import LockedSession, defer_offers, lock_session, recount
from pygmalion_app.payments import instalments
from pygmalion_app.payments import service as payments
from pygmalion_app.sessions.models import SessionStatus, TrainingSession

CANCEL_ORDER_TASK = "enrollments.cancel_order"
_LIVE = (EnrollmentStatus.PENDING, EnrollmentStatus.CONFIRMED, EnrollmentStatus.IN_PROGRESS)
_CANCELLABLE = (EnrollmentStatus.PENDING, EnrollmentStatus.CONFIRMED)


async def cancel(uow: UnitOfWork, enrollment_id: UUID) -> EnrollmentView:
    """Give a seat up. What was paid for it goes back by the tiers frozen on the order; in full if the seller cancels.

    Raises NotCancellableError once it is over. The last seat of an order closes the order.
    """
    found, ordered = await queries.with_order(uow, enrollment_id)
    policy.require_cancel(uow.actor, found, ordered)
    # The seats of others count too, and lapsed holds of others are released.
    async with uow.elevated():
        await cancel_seats(uow, ordered.id, (enrollment_id,))
    return await queries.one(uow, enrollment_id)


async def cancel_seats(
    uow: UnitOfWork, order_id: UUID, seats: Sequence[UUID] = (), *, reason: str = "cancelled"
) -> int:
    """Give up some seats of an order, or all that can be, and return how many cents go back for them.

    The caller has checked the actor and is elevated. Raises NotCancellableError when one of them, or none, can be.
    """
    # Payment, order, sessions: the order in which a webhook locks them too.
    await payments.lock_payment(uow, order_id)
    ordered = await uow.session.get_one(Order, order_id, with_for_update=True, populate_existing=True)
    chosen, sessions = await _lock_seats(uow, ordered.id, seats)
    by_seller = not policy.is_buyer(uow.actor, ordered)
    return await _give_up(uow, ordered, chosen, sessions, by_seller=by_seller, reason=reason)


async def _lock_seats(
    uow: UnitOfWork, order_id: UUID, wanted: Sequence[UUID]
) -> tuple[list[Enrollment], dict[UUID, LockedSession]]:
    """Lock the sessions, then the seats; the order is locked, so none of them moves meanwhile."""
    query = select(Enrollment).where(col(Enrollment.order_id) == order_id).order_by(col(Enrollment.id))
    if wanted:
        query = query.where(col(Enrollment.id).in_(wanted))
    else:
        query = query.where(col(Enrollment.status).in_(_CANCELLABLE))
    found = (await uow.session.execute(query.execution_options(populate_existing=True))).scalars().all()
    sessions = {one: await lock_session(uow, one) for one in sorted({seat.session_id for seat in found})}
    locked = query.with_for_update().execution_options(populate_existing=True)
    chosen = list((await uow.session.execute(locked)).scalars())
    if not chosen or len(chosen) < len(set(wanted)):
        raise NotCancellableError(order=str(order_id))
    for seat in chosen:
        if seat.status not in _CANCELLABLE:
            raise NotCancellableError(enrollment=str(seat.id))
    return chosen, sessions


async def _give_up(
    uow: UnitOfWork,
    ordered: Order,
    chosen: Sequence[Enrollment],
    sessions: dict[UUID, LockedSession],
    *,
    by_seller: bool,
    reason: str = "cancelled",
) -> int:
    now = uow.clock.now()
    worth = await seat_worth(uow, ordered)
    paid = [seat for seat in chosen if seat.status != EnrollmentStatus.PENDING]
    back = sum(
        refund_cents(ordered, worth[seat.id], sessions[seat.session_id].starts_at, now, by_seller=by_seller)
        for seat in paid
    )
    if ordered.withdrawal_ends_at is not None and paid:
        back = await _let_go(uow, ordered, back)
    for seat in chosen:
        seat.status, seat.cancelled_at = EnrollmentStatus.CANCELLED, now
    for session_id in sessions:
        await recount(uow, session_id)
    if paid:
        await _give_back(uow, ordered, paid, back, reason)
    await _close_if_empty(uow, ordered)
    for seat in chosen:
        await audit.record(
            uow,
            "enrollment.cancelled",
            subject_id=seat.user_id,
            organization_id=ordered.seller_organization_id,
            facts={"enrollment": seat.id, "paid": seat in paid},
        )
    return back


async def _let_go(uow: UnitOfWork, ordered: Order, credit_cents: int) -> int:
    """Charge an individual no more, and return what goes back of what was taken: all that is above what they owe.

    What they would owe and was not taken yet is let go with the card.
    """
    taken = await instalments.taken_cents(uow, ordered.id)
    await instalments.cancel(uow, ordered.id)
    return over_owed(taken, ordered.total_cents, credit_cents)


def over_owed(taken_cents: int, total_cents: int, credit_cents: int) -> int:
    """Return what was taken beyond what is owed of a price after so much of it was let off."""
    return max(0, taken_cents - (total_cents - credit_cents))


async def seat_worth(uow: UnitOfWork, ordered: Order) -> dict[UUID, int]:
    """Return what each seat of an order was bought for, in cents including VAT; together they are its total."""
    query = select(col(Enrollment.id)).where(col(Enrollment.order_id) == ordered.id).order_by(col(Enrollment.id))
    ids = (await uow.session.execute(query)).scalars().all()
    return {one: seat_cents(ordered.total_cents, ordered.quantity, place) for place, one in enumerate(ids)}


def refund_percent(order: Order, starts_at: datetime, now: datetime, *, by_seller: bool) -> int:
    """Return which part of a seat's price goes back, by the order's frozen tiers.

    All of it if the seller cancels, and while an individual may withdraw from their contract.
    """
    if by_seller or (order.withdrawal_ends_at is not None and now < order.withdrawal_ends_at):
        return 100
    days = (starts_at.astimezone(UTC) - now).days
    tiers: list[dict[str, Any]] = sorted(order.refund_tiers, key=lambda tier: -int(tier["days_before"]))
    return next((int(tier["percent"]) for tier in tiers if days >= int(tier["days_before"])), 0)


def refund_cents(order: Order, worth_cents: int, starts_at: datetime, now: datetime, *, by_seller: bool) -> int:
    """Return what goes back for a seat that was bought for `worth_cents`, in cents including VAT."""
    return worth_cents * refund_percent(order, starts_at, now, by_seller=by_seller) // 100


async def _give_back(uow: UnitOfWork, ordered: Order, seats: Sequence[Enrollment], cents: int, reason: str) -> None:
    if cents:
        # A seat is given up once, so the first of them names the refund once.
        await invoice_orders.give_back(uow, ordered, cents, str(seats[0].id), reason=reason)
    query = (
        select(User)
        .where(col(User.id).in_([seat.user_id for seat in seats]))
        .order_by(col(User.last_name), col(User.id))
    )
    names = [f"{person.first_name} {person.last_name}" for person in (await uow.session.execute(query)).scalars()]
    await mails.enrollment_cancelled(uow, ordered, ", ".join(names), cents)


async def give_back_dropped(uow: UnitOfWork, ordered: Order) -> None:
    """Give back what was paid for seats that were given up between ordering and the money's arrival.

    The payment, the order and its session are locked, and the order has just been confirmed with its other seats.
    """
    rows = await uow.sql(
        "SELECT id FROM enrollments WHERE order_id = %(order)s AND status = 'CANCELLED'", order=ordered.id
    )
    dropped = [row["id"] for row in rows]
    if dropped and ordered.withdrawal_ends_at is None:
        worth = await seat_worth(uow, ordered)
        await invoice_orders.give_back(uow, ordered, sum(worth[one] for one in dropped), "dropped")


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
    # By seats: a seat may have been moved here from the session that its order was for.
    seated = select(col(Enrollment.order_id)).where(
        col(Enrollment.session_id) == session_id, col(Enrollment.status).in_(_LIVE)
    )
    for order_id in (await uow.session.execute(seated.distinct())).scalars().all():
        await uow.defer(CANCEL_ORDER_TASK, order_id=str(order_id), session_id=str(session_id))
    # The same job tells those who wait that there is nothing to wait for any more.
    await defer_offers(uow, session_id)


async def cancel_order(uow: UnitOfWork, order_id: UUID, session_id: UUID | None = None) -> None:
    """Give back an order's seats in a session that was called off, by default in the one that it was placed for.

    Completed enrolments keep their certificates.
    """
    await payments.lock_payment(uow, order_id)
    ordered = await uow.session.get_one(Order, order_id, with_for_update=True, populate_existing=True)
    session_id = session_id or ordered.session_id
    session = await lock_session(uow, session_id)
    query = (
        select(Enrollment)
        .where(
            col(Enrollment.order_id) == order_id,
            col(Enrollment.session_id) == session_id,
            col(Enrollment.status).in_(_LIVE),
        )
        .order_by(col(Enrollment.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if seats := (await uow.session.execute(query)).scalars().all():
        await _give_up(uow, ordered, seats, {session_id: session}, by_seller=True)
