"""Placing an order: seats held for a buyer who is about to pay."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import LiteralString, cast
from uuid import UUID

from psycopg.errors import UniqueViolation
from psycopg.types.json import Jsonb
from sqlalchemy import func, select
from sqlmodel import col

from pygmalion_app.accounts.models import User
from pygmalion_app.accounts.service import ensuring, ids_by_address
from pygmalion_app.core import audit
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.gateway import CheckoutMode
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.limits import Limit, hit
from pygmalion_app.core.money import Money
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments import confirmation, contracts, discounts, funding, invoice_orders, queries
from pygmalion_app.enrollments.discount_models import DiscountCode
from pygmalion_app.enrollments.errors import (
    AlreadyEnrolledError,
    DuplicateParticipantError,
    IdempotencyConflictError,
    OnlyOneselfError,
    SalesStoppedError,
    SessionFullError,
    SessionPastError,
)
from pygmalion_app.enrollments.models import Order, OrderStatus, Payer
from pygmalion_app.enrollments.pricing import VAT_BASIS_POINTS, price_of
from pygmalion_app.enrollments.rush import refuse_late, remember_full
from pygmalion_app.enrollments.schemas import EnrollmentBrief, OrderView, PlaceOrder
from pygmalion_app.enrollments.seats import LockedSession, counted, counting, locked, locking
from pygmalion_app.enrollments.waiting_offers import take_offer
from pygmalion_app.payments.schemas import PaymentDue
from pygmalion_app.payments.service import Owed, create_payment

_ORDER_COLUMNS = tuple(name for name in Order.model_fields if name != "created_at")
_INSERT_ORDER = cast(
    "LiteralString",
    f"""
WITH placed AS (
  INSERT INTO orders ({", ".join(_ORDER_COLUMNS)})
  VALUES ({", ".join(f"%({name})s" for name in _ORDER_COLUMNS)})
  ON CONFLICT (buyer_user_id, idempotency_key) DO NOTHING RETURNING id, session_id, status, confirmed_at
)
INSERT INTO enrollments (id, user_id, order_id, session_id, course_id, status, confirmed_at)
SELECT seat.id, seat.user_id, placed.id, placed.session_id, %(course_id)s, placed.status, placed.confirmed_at
FROM placed, unnest(%(seats)s::uuid[], %(people)s::uuid[]) AS seat (id, user_id) RETURNING id
""",  # noqa: S608 - built from the table's own columns
)

EXPIRE_TASK = "enrollments.expire_order"


@dataclass(frozen=True, slots=True)
class Placed:
    """An order, and what its checkout is to be opened with: nothing of one that was placed before or costs nothing."""

    order: OrderView
    owed: Owed | None = None


async def place_order(uow: UnitOfWork, command: PlaceOrder, idempotency_key: str | None = None) -> OrderView:
    """Do what `place` does where its checkout is opened later, or not at all."""
    return (await place(uow, command, idempotency_key)).order


async def place(
    uow: UnitOfWork, command: PlaceOrder, idempotency_key: str | None = None, *, counted: bool = False
) -> Placed:
    """Hold the seats and return the order, its checkout still to be opened; all participants or none.

    `counted`: the caller places several at once, and has counted them as one. The same idempotency key and request
    lead to the same order. An order that costs nothing is confirmed at once.
    Raises SessionFullError, SessionPastError, AlreadyEnrolledError, DuplicateParticipantError, OnlyOneselfError,
    PermissionDeniedError, NotFoundError, IdempotencyConflictError, DiscountRefusedError, and of an individual
    ContractRequiredError, ContractChangedError.
    """
    buyer_id = uow.actor.require_user()
    company_id = await _payer(uow, command, buyer_id)
    _refuse_repeated(command)
    if not counted:
        await hit(Limit.ORDER, buyer_id)
    if command.discount_code:
        await hit(Limit.DISCOUNT, buyer_id)
    accepted = await contracts.require_accepted(uow, command, buyer_id)
    await refuse_late(uow, command, buyer_id, idempotency_key)
    # All seats count, whoever has them, and participants get accounts.
    async with uow.elevated():
        return await _place(uow, command, buyer_id, company_id, idempotency_key, accepted)


async def _place(
    uow: UnitOfWork,
    command: PlaceOrder,
    buyer_id: UUID,
    company_id: UUID | None,
    idempotency_key: str | None,
    accepted: contracts.Accepted | None,
) -> Placed:
    # People first, the session last: its lock is the one that others wait for.
    found, *session_rows = await uow.pipeline(ensuring(uow, command.participants), *locking(uow, command.session_id))
    people, session = ids_by_address(found), locked(command.session_id, *session_rows)
    code = await discounts.find(uow, session.organization_id, command.discount_code)
    order = _order(uow, command, session, buyer_id, company_id, code)
    order.withdrawal_ends_at = accepted.plan.withdrawal_ends_at if accepted else None
    if idempotency_key is not None:
        order.idempotency_key = idempotency_key
        order.request_hash = hashlib.sha256(command.model_dump_json().encode()).digest()
    await invoice_orders.agree(uow, command, order)
    seats = [EnrollmentBrief(id=new_id(), user_id=person, status=order.status) for person in people.values()]
    if not await _insert_order(uow, order, session.course_id, seats):
        return Placed(await queries.order_view(uow, await _earlier_order(uow, order)))
    if command.waiting_list_entry_id is not None:
        session = await take_offer(uow, command.waiting_list_entry_id, session, order)
    _require_open(uow, session, order.quantity)
    if command.discount_code:
        await discounts.claim(uow, code, session.course_id, order.id)
    owed = await _count_and_charge(uow, command, order, session)
    if accepted:
        await contracts.keep(uow, order, accepted)
    if owed:
        await funding.keep(uow, order, owed.payment.id, command.funding)
    if order.status == OrderStatus.PENDING:
        await uow.defer(EXPIRE_TASK, at=order.hold_expires_at, order_id=str(order.id))
    elif owed:
        await invoice_orders.confirm(uow, order, owed.payment.id)
    else:
        await confirmation.follow(uow, order.id)
    await audit.record(
        uow, "order.placed", subject_id=order.id, organization_id=company_id, facts={"seats": order.quantity}
    )
    return Placed(queries.view_of_order(order, seats, owed.payment if owed else None), owed)


async def _count_and_charge(uow: UnitOfWork, command: PlaceOrder, order: Order, session: LockedSession) -> Owed | None:
    """Count the seats and record what is owed for them, both in one round trip; SessionFullError."""
    # What the ORM holds back may free seats, those of an offer that is taken.
    await uow.session.flush()
    if order.total_cents:
        due = invoice_orders.owed(_payment_due(uow, order, session), order, command)
        rows, owed = await create_payment(uow, due, counting(uow, session.id))
    else:
        (rows,), owed = await uow.pipeline(counting(uow, session.id)), None
    if not await counted(uow, session.id, rows):
        raise SessionFullError(session=str(session.id), left=0, wanted=order.quantity)
    return owed


def _refuse_repeated(command: PlaceOrder) -> None:
    emails = [str(person.email).lower() for person in command.participants]
    repeated = sorted({email for email in emails if emails.count(email) > 1})
    if repeated:
        raise DuplicateParticipantError(field="participants", email=repeated[0])


async def _payer(uow: UnitOfWork, command: PlaceOrder, buyer_id: UUID) -> UUID | None:
    """Return the company that pays (None for an individual); check that the buyer may buy so."""
    if command.payer is Payer.INDIVIDUAL:
        own = (
            await uow.session.execute(select(func.lower(col(User.email))).where(col(User.id) == buyer_id))
        ).scalar_one()
        if [str(person.email).lower() for person in command.participants] != [own]:
            raise OnlyOneselfError(field="participants")
        return None
    allowed = uow.actor.organizations_with(Permission.ENROLLMENT_CREATE)
    if command.organization_id is None and allowed:
        return allowed[0]
    if command.organization_id is None or command.organization_id not in allowed:
        raise uow.actor.denied(Permission.ENROLLMENT_CREATE, command.organization_id)
    return command.organization_id


async def _insert_order(uow: UnitOfWork, order: Order, course_id: UUID, seats: Sequence[EnrollmentBrief]) -> bool:
    """Insert the order with its seats; False when its idempotency key was used (a simultaneous use is waited for)."""
    values = order.model_dump(exclude={"created_at", "refund_tiers"}) | {
        "refund_tiers": Jsonb(order.refund_tiers),
        "course_id": course_id,
        "seats": [seat.id for seat in seats],
        "people": [seat.user_id for seat in seats],
    }
    try:
        return bool(await uow.sql(_INSERT_ORDER, **values))
    except UniqueViolation as error:
        raise AlreadyEnrolledError(field="participants", session=str(order.session_id)) from error


async def _earlier_order(uow: UnitOfWork, order: Order) -> UUID:
    query = select(col(Order.id), col(Order.request_hash)).where(
        col(Order.buyer_user_id) == order.buyer_user_id, col(Order.idempotency_key) == order.idempotency_key
    )
    found = (await uow.session.execute(query)).one()
    if found.request_hash != order.request_hash:
        raise IdempotencyConflictError(field="Idempotency-Key")
    return found.id


def _require_open(uow: UnitOfWork, session: LockedSession, wanted: int) -> None:
    if session.course_status != "published":
        raise NotFoundError(session=str(session.id))
    if session.status != "scheduled" or session.starts_at <= uow.clock.now():
        raise SessionPastError(session=str(session.id))
    if session.sales_stopped:
        raise SalesStoppedError(session=str(session.id))
    if session.left < wanted:
        remember_full(session.id)
        raise SessionFullError(session=str(session.id), left=session.left, wanted=wanted)


def _order(
    uow: UnitOfWork,
    command: PlaceOrder,
    session: LockedSession,
    buyer_id: UUID,
    company_id: UUID | None,
    code: DiscountCode | None,
) -> Order:
    now = uow.clock.now()
    quantity = len(command.participants)
    price = price_of(session.price_cents, quantity, VAT_BASIS_POINTS[session.vat_regime], discounts.discount_of(code))
    # Where nothing is to be paid, nobody is waited for.
    free = price.total_cents == 0
    return Order(
        id=new_id(),
        buyer_user_id=buyer_id,
        buyer_organization_id=company_id,
        seller_organization_id=session.organization_id,
        session_id=session.id,
        payer=command.payer,
        payment_method=command.payment_method,
        quantity=quantity,
        unit_price_cents=session.price_cents,
        discount_cents=price.discount_cents,
        discount_code_id=code.id if code else None,
        net_cents=price.net_cents,
        vat_cents=price.vat_cents,
        total_cents=price.total_cents,
        currency=session.currency,
        vat_regime=session.vat_regime,
        refund_tiers=session.refund_tiers,
        changes_until_days=session.changes_until_days,
        status=OrderStatus.CONFIRMED if free else OrderStatus.PENDING,
        confirmed_at=now if free else None,
        hold_expires_at=now + timedelta(minutes=uow.settings.hold_minutes),
    )


def _payment_due(uow: UnitOfWork, order: Order, session: LockedSession) -> PaymentDue:
    """An individual's card is saved and nothing is taken: the law forbids it before the withdrawal period ends."""
    individual = order.payer == Payer.INDIVIDUAL
    title = session.title_en if uow.actor.locale == "en" and session.title_en else session.title
    return PaymentDue(
        reference=order.id,
        payer_user_id=order.buyer_user_id,
        payer_organization_id=order.buyer_organization_id,
        payee_organization_id=order.seller_organization_id,
        mode=CheckoutMode.SETUP if individual else CheckoutMode.PAYMENT,
        amount_cents=order.total_cents,
        commission_cents=Money(order.net_cents, order.currency).share(uow.settings.commission_basis_points).cents,
        currency=order.currency,
        description=title,
        quantity=order.quantity,
        expires_at=order.hold_expires_at,
    )
