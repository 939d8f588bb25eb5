"""An order in full, as its page shows it: the price and how it came about, each seat, and what has happened so far."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.accounts.models import User
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.schemas import View
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments import policy, queries, transfers
from pygmalion_app.enrollments.cancellation import seat_worth
from pygmalion_app.enrollments.change_models import ChangeKind, EnrollmentChange
from pygmalion_app.enrollments.discount_models import DiscountCode
from pygmalion_app.enrollments.models import Enrollment, EnrollmentStatus, Order, OrderStatus
from pygmalion_app.enrollments.pricing import VAT_BASIS_POINTS
from pygmalion_app.enrollments.schemas import EnrollmentView, OrderView
from pygmalion_app.payments.dispute_models import Dispute
from pygmalion_app.payments.models import Payment, PaymentMode
from pygmalion_app.payments.refund_models import Refund, RefundStatus
from pygmalion_app.payments.refunds import DISPUTED
from pygmalion_app.sessions.models import TrainingSession


class OrderEventKind(StrEnum):
    """What can happen to an order."""

    PLACED = "placed"
    PAID = "paid"
    CONFIRMED = "confirmed"
    REPLACED = "replaced"
    MOVED = "moved"
    SEAT_CANCELLED = "seat_cancelled"
    REFUND_REQUESTED = "refund_requested"
    REFUNDED = "refunded"
    REFUND_FAILED = "refund_failed"
    REFUNDED_BY_HAND = "refunded_by_hand"
    REFUND_COVERED = "refund_covered"
    DISPUTED = "disputed"
    DISPUTE_CLOSED = "dispute_closed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class OrderEvent(View):
    """One thing that happened. Amounts in cents; `before` and `after` are people, or the starts of sessions."""

    kind: OrderEventKind
    at: datetime
    amount_cents: int | None = None
    participant: str = ""
    before: str = ""
    after: str = ""
    starts_before: datetime | None = None
    starts_after: datetime | None = None


class OrderSeat(View):
    """A seat with what it was bought for, in cents including VAT, and what its reader may do with it now."""

    enrollment: EnrollmentView
    worth_cents: int
    can_cancel: bool
    can_change: bool
    changes_until: datetime


class OrderDetail(OrderView):
    """An order in full. Amounts in cents; `list_cents` is the price excluding VAT before the discount."""

    buyer_organization_id: UUID | None
    payment_method: str
    list_cents: int
    discount_code: str | None
    discount_percent: int | None
    vat_basis_points: int
    refunded_cents: int
    mine: bool
    """Whether the reader bought it; else they see it as the platform's administrator."""
    created_at: datetime
    seats: tuple[OrderSeat, ...]
    events: tuple[OrderEvent, ...]


async def detail(uow: UnitOfWork, order_id: UUID) -> OrderDetail:
    """Return an order in full to its buyer, or the platform's administrator; NotFoundError to anybody else."""
    uow.actor.require_user()
    order = await uow.session.get(Order, order_id, populate_existing=True)
    mine = order is not None and policy.is_buyer(uow.actor, order)
    if order is None or not (mine or uow.actor.is_platform_admin):
        raise NotFoundError(order=str(order_id))
    shown = await queries.order_view(uow, order_id)
    query = select(Payment).where(col(Payment.reference) == order_id)
    payment = (await uow.session.execute(query)).scalar_one_or_none()
    code = await _code(uow, order)
    return OrderDetail(
        **shown.model_dump(),
        buyer_organization_id=order.buyer_organization_id,
        payment_method=order.payment_method,
        list_cents=order.unit_price_cents * order.quantity,
        discount_code=code.code if code else None,
        discount_percent=code.percent if code else None,
        vat_basis_points=VAT_BASIS_POINTS[order.vat_regime],
        refunded_cents=payment.refunded_cents if payment else 0,
        mine=mine,
        created_at=order.created_at,
        seats=await _seats(uow, order, mine=mine),
        events=await _events(uow, order, payment),
    )


async def _code(uow: UnitOfWork, order: Order) -> DiscountCode | None:
    if order.discount_code_id is None:
        return None
    # Its own code a buyer may read, though not the school's others.
    async with uow.elevated():
        return await uow.session.get(DiscountCode, order.discount_code_id)


async def _seats(uow: UnitOfWork, order: Order, *, mine: bool) -> tuple[OrderSeat, ...]:
    worth = await seat_worth(uow, order)
    found: list[OrderSeat] = []
    for seat in await queries.of_order(uow, order.id):
        until = transfers.changes_until(order, seat.start_date)
        waits = seat.status in {EnrollmentStatus.PENDING, EnrollmentStatus.CONFIRMED} and seat.present is None
        changes = waits and order.payer != "individual" and uow.clock.now() < until
        found.append(
            OrderSeat(
                enrollment=seat,
                worth_cents=worth[seat.id],
                can_cancel=mine and waits,
                can_change=mine and changes,
                changes_until=until,
            )
        )
    return tuple(found)


async def _events(uow: UnitOfWork, order: Order, payment: Payment | None) -> tuple[OrderEvent, ...]:
    placed = OrderEvent(kind=OrderEventKind.PLACED, at=order.created_at, amount_cents=order.total_cents)
    found: list[OrderEvent] = []
    if payment is not None and payment.paid_at is not None and payment.mode == PaymentMode.PAYMENT:
        found.append(OrderEvent(kind=OrderEventKind.PAID, at=payment.paid_at, amount_cents=payment.amount_cents))
    if order.confirmed_at is not None:
        found.append(OrderEvent(kind=OrderEventKind.CONFIRMED, at=order.confirmed_at))
    found += await _changes(uow, order)
    found += await _cancelled(uow, order)
    if payment is not None:
        found += await _refunds(uow, payment.id)
        found += await _disputes(uow, payment.id)
    if order.closed_at is not None and order.status in {OrderStatus.EXPIRED, OrderStatus.CANCELLED}:
        kind = OrderEventKind.EXPIRED if order.status == OrderStatus.EXPIRED else OrderEventKind.CANCELLED
        found.append(OrderEvent(kind=kind, at=order.closed_at))
    return (placed, *sorted(found, key=lambda event: event.at))


async def _changes(uow: UnitOfWork, order: Order) -> list[OrderEvent]:
    changes = await transfers.changes_of(uow, order.id)
    # Who was replaced is known to the buyer no more by the database's own rules, and yet stands in their history.
    async with uow.elevated():
        names = await _names(uow, changes)
        starts = await _starts(uow, changes)
    return [
        OrderEvent(
            kind=OrderEventKind.REPLACED if change.kind == ChangeKind.PARTICIPANT else OrderEventKind.MOVED,
            at=change.created_at,
            before=names.get(change.from_user_id, ""),
            after=names.get(change.to_user_id, ""),
            participant=names.get(change.enrollment_id, ""),
            starts_before=starts.get(change.from_session_id),
            starts_after=starts.get(change.to_session_id),
        )
        for change in changes
    ]


async def _names(uow: UnitOfWork, changes: Sequence[EnrollmentChange]) -> dict[UUID | None, str]:
    people = {one for change in changes for one in (change.from_user_id, change.to_user_id) if one}
    seats = {change.enrollment_id for change in changes if change.kind == ChangeKind.SESSION}
    name = col(User.first_name) + " " + col(User.last_name)
    found: dict[UUID | None, str] = {}
    if people:
        found |= {
            row[0]: row[1]
            for row in await uow.session.execute(select(col(User.id), name).where(col(User.id).in_(people)))
        }
    if seats:
        query = select(col(Enrollment.id), name).join(User, col(User.id) == col(Enrollment.user_id))
        found |= {row[0]: row[1] for row in await uow.session.execute(query.where(col(Enrollment.id).in_(seats)))}
    return found


async def _starts(uow: UnitOfWork, changes: Sequence[EnrollmentChange]) -> dict[UUID | None, datetime]:
    ids = {one for change in changes for one in (change.from_session_id, change.to_session_id) if one}
    if not ids:
        return {}
    query = select(col(TrainingSession.id), col(TrainingSession.starts_at)).where(col(TrainingSession.id).in_(ids))
    return {row[0]: row[1] for row in await uow.session.execute(query)}


async def _cancelled(uow: UnitOfWork, order: Order) -> list[OrderEvent]:
    """Return the seats that were given up one by one; those that fell with their whole order are its own event."""
    query = (
        select(col(Enrollment.cancelled_at), User)
        .join(User, col(User.id) == col(Enrollment.user_id))
        .where(col(Enrollment.order_id) == order.id, col(Enrollment.status) == EnrollmentStatus.CANCELLED)
        .order_by(col(Enrollment.cancelled_at), col(Enrollment.id))
    )
    return [
        OrderEvent(kind=OrderEventKind.SEAT_CANCELLED, at=at, participant=f"{person.first_name} {person.last_name}")
        for at, person in await uow.session.execute(query)
        if at is not None and (order.status != OrderStatus.EXPIRED or order.closed_at is None or at < order.closed_at)
    ]


async def _refunds(uow: UnitOfWork, payment_id: UUID) -> list[OrderEvent]:
    ends = {
        RefundStatus.SUCCEEDED: OrderEventKind.REFUNDED,
        RefundStatus.BY_HAND: OrderEventKind.REFUNDED_BY_HAND,
        RefundStatus.COVERED: OrderEventKind.REFUND_COVERED,
        RefundStatus.FAILED: OrderEventKind.REFUND_FAILED,
    }
    found: list[OrderEvent] = []
    query = select(Refund).where(col(Refund.payment_id) == payment_id).order_by(col(Refund.id))
    for refund in (await uow.session.execute(query)).scalars():
        cents = refund.amount_cents
        found.append(OrderEvent(kind=OrderEventKind.REFUND_REQUESTED, at=refund.created_at, amount_cents=cents))
        end = ends.get(RefundStatus(refund.status))
        # One that waits for a bank's decision was never refused.
        if end is not None and refund.settled_at is not None and refund.failure != DISPUTED:
            found.append(OrderEvent(kind=end, at=refund.settled_at, amount_cents=cents))
    return found


async def _disputes(uow: UnitOfWork, payment_id: UUID) -> list[OrderEvent]:
    found: list[OrderEvent] = []
    # The buyer's own bank speaks here: that it did is no secret to them.
    async with uow.elevated():
        disputes = (await uow.session.execute(select(Dispute).where(col(Dispute.payment_id) == payment_id))).scalars()
        for one in disputes:
            found.append(OrderEvent(kind=OrderEventKind.DISPUTED, at=one.opened_at, amount_cents=one.amount_cents))
            if one.closed_at is not None:
                found.append(OrderEvent(kind=OrderEventKind.DISPUTE_CLOSED, at=one.closed_at))
    return found
