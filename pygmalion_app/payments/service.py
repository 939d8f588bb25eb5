"""Payments: what is owed, its checkout, and who may see it."""

from dataclasses import replace
from typing import LiteralString, cast
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlmodel import col

from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.gateway import CheckoutMode, CheckoutRequest
from pygmalion_app.core.paging import Page, PageRequest
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork, unit_of_work
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
""",  # noqa: S608 - built from the table's own columns
)

_WITH_PAYER: LiteralString = """
SELECT p.*, u.email AS payer_email, merchant_account(p.payee_organization_id) AS seller_account
FROM payments p JOIN users u ON u.id = p.payer_user_id WHERE p.id = %(id)s
"""
_KEEP_CHECKOUT: LiteralString = """
UPDATE payments SET checkout_id = %(checkout_id)s, checkout_url = %(checkout_url)s WHERE id = %(id)s RETURNING *
"""

CLOSE_TASK = "payments.close_checkout"


async def create_payment(uow: UnitOfWork, due: PaymentDue) -> PaymentView:
    """Record what is owed, in the transaction of the order it is for; the caller has checked the actor.

    Raises SellerNotReadyError where the gateway could not charge it.
    """
    if due.mode != PaymentMode.INVOICE:
        await require_seller(uow, due.payee_organization_id)
    payment = Payment(**{name: getattr(due, name) for name in PaymentDue.__dataclass_fields__})
    payment.created_at = uow.clock.now()
    await uow.sql(_INSERT_PAYMENT, **payment.model_dump())
    return PaymentView.model_validate(payment)


async def open_checkout(actor: Actor, payment_id: UUID) -> PaymentView:
    """Open the gateway's checkout for a pending payment, or return the one that is open.

    The gateway is called between two transactions, with the payment's id as idempotency key: killed anywhere,
    calling again leads to the same checkout. Raises PaymentClosedError, SellerNotReadyError, UnavailableError.
    """
    async with unit_of_work(actor) as uow:
        payment, email, seller = await _visible(uow, payment_id)
        waits = payment.status == PaymentStatus.PENDING and payment.expires_at > uow.clock.now()
        if not waits or payment.mode == PaymentMode.INVOICE:
            raise PaymentClosedError(payment=str(payment_id))
        if payment.checkout_url:
            return PaymentView.model_validate(payment)
        if seller is None:
            await require_seller(uow, payment.payee_organization_id)
    checkout = await uow.ports.payments.open_checkout(
        replace(_checkout_request(payment, uow, email), seller_account=seller), idempotency_key=str(payment_id)
    )
    async with unit_of_work(actor, elevated=True) as uow:
        opened = PaymentView(
            **(await uow.sql(_KEEP_CHECKOUT, id=payment_id, checkout_id=checkout.id, checkout_url=checkout.url))[0]
        )
        if opened.status == PaymentStatus.EXPIRED:
            # What it was for was given up while the gateway answered: nobody is to pay on a page that nobody closes.
            await uow.defer(CLOSE_TASK, checkout_id=checkout.id)
    return opened


async def payment(uow: UnitOfWork, payment_id: UUID) -> PaymentView:
    """Return a payment to its buyer, its seller or the platform; NotFoundError to anybody else."""
    found, *_ = await _visible(uow, payment_id)
    return PaymentView.model_validate(found)


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


async def _visible(uow: UnitOfWork, payment_id: UUID) -> tuple[Payment, str, str | None]:
    """Return a payment, its payer's address and its payee's account at the gateway, if the actor may see it."""
    actor = uow.actor
    user_id = actor.require_user()
    rows = await uow.sql(_WITH_PAYER, id=payment_id)
    found = Payment(**{name: rows[0][name] for name in _COLUMNS}) if rows else None
    if found is None or not (
        found.payer_user_id == user_id
        or actor.can(Permission.PAYMENT_READ, found.payer_organization_id)
        or actor.can(Permission.PAYMENT_READ, found.payee_organization_id)
    ):
        raise NotFoundError(payment=str(payment_id))
    return found, rows[0]["payer_email"], rows[0]["seller_account"]


def _checkout_request(payment: Payment, uow: UnitOfWork, customer_email: str) -> CheckoutRequest:
    locale = uow.actor.locale
    back = f"{uow.settings.base_url}/{locale}/orders/{payment.reference}"
    return CheckoutRequest(
        reference=str(payment.id),
        mode=CheckoutMode(payment.mode),
        amount_cents=payment.amount_cents,
        currency=payment.currency,
        commission_cents=payment.commission_cents,
        description=payment.description,
        quantity=payment.quantity,
        customer_email=customer_email,
        success_url=f"{back}?paid=1",
        cancel_url=back,
        expires_at=payment.expires_at,
        locale=locale,
        metadata={"payment_id": str(payment.id)},
    )
