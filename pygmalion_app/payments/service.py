"""Payments: what is owed, its checkout, and who may see it."""

from dataclasses import dataclass
from typing import Any, LiteralString, cast
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlmodel import col

from pygmalion_app.core.actor import Actor
from pygmalion_app.core.batches import Statement
from pygmalion_app.core.config import Settings
from pygmalion_app.core.db import at_once
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.gateway import CheckoutMode, CheckoutRequest
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.paging import Page, PageRequest
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.row_security import EVERYTHING
from pygmalion_app.core.unit_of_work import UnitOfWork, container, unit_of_work
from pygmalion_app.payments.errors import PaymentClosedError
from pygmalion_app.payments.merchants import require_seller
from pygmalion_app.payments.models import Payment, PaymentMode, PaymentStatus
from pygmalion_app.payments.refunds import request_refund as request_refund  # noqa: PLC0414 - offered here too
from pygmalion_app.payments.schemas import PaymentDue, PaymentView

_COLUMNS = tuple(Payment.model_fields)
_INSERT_PAYMENT = cast(
    "LiteralString",
    f"""
INSERT INTO payments ({", ".join(_COLUMNS)}) VALUES ({", ".join(f"%({name})s" for name in _COLUMNS)})
RETURNING (SELECT u.email FROM users u WHERE u.id = payments.payer_user_id) AS payer_email,
  merchant_account(payments.payee_organization_id) AS seller_account
""",  # noqa: S608 - built from the table's own columns
)

_WITH_PAYER: LiteralString = """
SELECT p.*, u.email AS payer_email, merchant_account(p.payee_organization_id) AS seller_account
FROM payments p JOIN users u ON u.id = p.payer_user_id WHERE p.id = %(id)s
"""
_KEEP_CHECKOUT: LiteralString = """
UPDATE payments SET checkout_id = %(checkout_id)s, checkout_url = %(checkout_url)s WHERE id = %(id)s
"""
_KEEP_OPEN_CHECKOUT: LiteralString = f"{_KEEP_CHECKOUT} AND status <> 'expired' RETURNING *"

_AT_FIRST: dict[str, Any] = {
    name: None if field.is_required() else field.get_default() for name, field in Payment.model_fields.items()
}
"""A new payment's columns as far as nothing else is said."""

CLOSE_TASK = "payments.close_checkout"


@dataclass(frozen=True, slots=True)
class Owed:
    """A payment, and what its checkout is opened with: our share, the payer's address, the payee's account there."""

    payment: PaymentView
    commission_cents: int
    payer_email: str
    seller_account: str | None


async def create_payment(uow: UnitOfWork, due: PaymentDue, before: Statement) -> tuple[list[dict[str, Any]], Owed]:
    """Record what is owed, in the transaction of the order it is for; the caller has checked the actor.

    `before` goes out with it, ahead of it; its rows are returned too. Raises SellerNotReadyError where the gateway
    could not charge it.
    """
    if due.mode != PaymentMode.INVOICE:
        await require_seller(uow, due.payee_organization_id)
    said = {name: getattr(due, name) for name in PaymentDue.__dataclass_fields__}
    # No row of the ORM: making one takes longer than sending it.
    values: dict[str, Any] = _AT_FIRST | said | {"id": new_id(), "created_at": uow.clock.now()}
    rows, (created,) = await uow.pipeline(before, (_INSERT_PAYMENT, values))
    return rows, Owed(PaymentView(**values), due.commission_cents, created["payer_email"], created["seller_account"])


async def resume_checkout(actor: Actor, payment_id: UUID) -> PaymentView:
    """Open the gateway's checkout for a pending payment, or return the one that is open.

    Raises NotFoundError, PaymentClosedError, SellerNotReadyError, UnavailableError.
    """
    async with unit_of_work(actor) as uow:
        owed, payee_id = await _visible(uow, payment_id)
        payment = owed.payment
        waits = payment.status == PaymentStatus.PENDING and payment.expires_at > uow.clock.now()
        if not waits or payment.mode == PaymentMode.INVOICE:
            raise PaymentClosedError(payment=str(payment_id))
        if payment.checkout_url:
            return payment
        if owed.seller_account is None:
            await require_seller(uow, payee_id)
    return await open_checkout(actor, owed)


async def open_checkout(actor: Actor, owed: Owed) -> PaymentView:
    """Open the gateway's checkout for what the actor has just come to owe, that transaction committed.

    No lock is held meanwhile, and the payment's id is the idempotency key: killed anywhere, calling again leads to the
    same checkout. Raises UnavailableError.
    """
    parts = container()
    checkout = await parts.ports.payments.open_checkout(
        _checkout_request(owed, actor.locale, parts.settings), idempotency_key=str(owed.payment.id)
    )
    found = {"id": owed.payment.id, "checkout_id": checkout.id, "checkout_url": checkout.url}
    kept = await at_once(parts.engine, EVERYTHING, _KEEP_OPEN_CHECKOUT, found)
    if kept:
        return PaymentView(**kept[0])
    async with unit_of_work(actor, elevated=True) as uow:
        # What it was for was given up while the gateway answered: nobody is to pay on a page that nobody closes.
        given_up = await uow.sql(f"{_KEEP_CHECKOUT} RETURNING *", **found)
        await uow.defer(CLOSE_TASK, checkout_id=checkout.id)
    return PaymentView(**given_up[0])


async def payment(uow: UnitOfWork, payment_id: UUID) -> PaymentView:
    """Return a payment to its buyer, its seller or the platform; NotFoundError to anybody else."""
    return (await _visible(uow, payment_id))[0].payment


async def payment_of(uow: UnitOfWork, reference: UUID) -> PaymentView | None:
    """Return the payment of an order that the caller may see already."""
    found = (await uow.session.execute(select(Payment).where(col(Payment.reference) == reference))).scalar_one_or_none()
    return PaymentView.model_validate(found) if found else None


async def history(uow: UnitOfWork, paging: PageRequest) -> Page[PaymentView]:
    """Return the caller's payments and those of the organisations whose payments they may read, newest first."""
    user_id = uow.actor.require_user()
    organizations = uow.actor.organizations_with(Permission.PAYMENT_READ)
    mine = or_(
        col(Payment.payer_user_id) == user_id,
        col(Payment.payer_organization_id).in_(organizations),
        col(Payment.payee_organization_id).in_(organizations),
    )
    total = (await uow.session.execute(select(func.count()).select_from(Payment).where(mine))).scalar_one()
    rows = await uow.session.execute(
        select(Payment).where(mine).order_by(col(Payment.id).desc()).limit(paging.limit).offset(paging.offset)
    )
    return Page(tuple(PaymentView.model_validate(row) for row in rows.scalars()), total, paging)


async def lock_payment(uow: UnitOfWork, reference: UUID) -> None:
    """Lock the payment of a reference until the transaction ends, before whatever it pays for is locked."""
    await uow.session.execute(select(col(Payment.id)).where(col(Payment.reference) == reference).with_for_update())


async def close_payment(uow: UnitOfWork, reference: UUID) -> None:
    """Stop waiting for a payment; the gateway's page is closed by a job."""
    query = select(Payment).where(col(Payment.reference) == reference).with_for_update()
    payment = (await uow.session.execute(query)).scalar_one_or_none()
    if payment is None or payment.status not in {PaymentStatus.PENDING, PaymentStatus.PROCESSING}:
        return
    payment.status = PaymentStatus.EXPIRED
    await uow.session.flush()
    if payment.checkout_id:
        await uow.defer(CLOSE_TASK, checkout_id=payment.checkout_id)


async def _visible(uow: UnitOfWork, payment_id: UUID) -> tuple[Owed, UUID]:
    """Return a payment that the actor may see, and whom it is owed to; NotFoundError."""
    actor = uow.actor
    user_id = actor.require_user()
    found = next(iter(await uow.sql(_WITH_PAYER, id=payment_id)), None)
    if found is None or not (
        found["payer_user_id"] == user_id
        or actor.can(Permission.PAYMENT_READ, found["payer_organization_id"])
        or actor.can(Permission.PAYMENT_READ, found["payee_organization_id"])
    ):
        raise NotFoundError(payment=str(payment_id))
    owed = Owed(PaymentView(**found), found["commission_cents"], found["payer_email"], found["seller_account"])
    return owed, found["payee_organization_id"]


def _checkout_request(owed: Owed, locale: str, settings: Settings) -> CheckoutRequest:
    payment = owed.payment
    back = f"{settings.base_url}/{locale}/orders/{payment.reference}"
    return CheckoutRequest(
        reference=str(payment.id),
        mode=CheckoutMode(payment.mode),
        amount_cents=payment.amount_cents,
        currency=payment.currency,
        commission_cents=owed.commission_cents,
        description=payment.description,
        quantity=payment.quantity,
        customer_email=owed.payer_email,
        seller_account=owed.seller_account,
        success_url=f"{back}?paid=1",
        cancel_url=back,
        expires_at=payment.expires_at,
        locale=locale,
        metadata={"payment_id": str(payment.id)},
    )
