"""Third-party payers of an order (OPCO, CPF): their shares, what they decide, and what they paid."""

from collections.abc import Sequence
from typing import LiteralString
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.core import audit
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments import billing, policy
from pygmalion_app.enrollments.errors import FundingDecidedError
from pygmalion_app.enrollments.funding_models import FundingStatus, OrderFunding
from pygmalion_app.enrollments.models import Order
from pygmalion_app.enrollments.schemas import FundingDecision, FundingShare, FundingView
from pygmalion_app.invoicing import transfers
from pygmalion_app.invoicing.schemas import InvoiceState, InvoiceView, RecordTransfer
from pygmalion_app.payments import accounting
from pygmalion_app.payments import service as payments
from pygmalion_app.payments.models import Payment

_OPEN_OF_SELLER: LiteralString = """
SELECT f.*, coalesce(o.name, '') AS buyer_name FROM order_funding f LEFT JOIN organizations o
  ON o.id = f.buyer_organization_id
WHERE f.seller_organization_id = %(seller)s AND f.status IN ('requested', 'agreed')
ORDER BY f.created_at, f.id LIMIT 200
"""


def subrogated(shares: Sequence[FundingShare]) -> int:
    """Return what third parties pay the organisation themselves, in cents."""
    return sum(share.amount_cents for share in shares if share.subrogation)


async def keep(uow: UnitOfWork, order: Order, payment_id: UUID, shares: Sequence[FundingShare]) -> None:
    """Record the shares that an order was placed with."""
    if not shares:
        return
    payment = await uow.session.get_one(Payment, payment_id)
    before = 0
    for share in shares:
        commission = 0
        if share.subrogation:
            commission = accounting.share(
                payment.third_party_commission_cents, share.amount_cents, payment.third_party_cents, before
            )
            before += share.amount_cents
        uow.session.add(
            OrderFunding(
                order_id=order.id,
                kind=share.kind,
                name=share.name,
                dossier=share.dossier,
                amount_cents=share.amount_cents,
                commission_cents=commission,
                subrogation=share.subrogation,
                created_at=uow.clock.now(),
            )
        )
    await uow.session.flush()


async def of_order(uow: UnitOfWork, order_id: UUID) -> tuple[FundingView, ...]:
    """Return the shares of an order to its buyer and its seller; NotFoundError to others."""
    uow.actor.require_user()
    ordered = await uow.session.get(Order, order_id)
    if ordered is None or not (
        policy.is_buyer(uow.actor, ordered) or uow.actor.can(Permission.PAYMENT_READ, ordered.seller_organization_id)
    ):
        raise NotFoundError(order=str(order_id))
    query = select(OrderFunding).where(col(OrderFunding.order_id) == order_id).order_by(col(OrderFunding.id))
    async with uow.elevated():
        return tuple(FundingView.model_validate(row) for row in (await uow.session.execute(query)).scalars())


async def open_for(uow: UnitOfWork, organization_id: UUID) -> list[tuple[FundingView, str]]:
    """Return the shares that an organisation waits for, oldest first, each with its buyer's name."""
    uow.actor.require(Permission.PAYMENT_READ, organization_id)
    async with uow.elevated():
        rows = await uow.sql(_OPEN_OF_SELLER, seller=organization_id)
    return [(FundingView(**{name: row[name] for name in FundingView.model_fields}), row["buyer_name"]) for row in rows]


async def decide(uow: UnitOfWork, funding_id: UUID, decision: FundingDecision) -> FundingView:
    """Record what a third party said: agreed, it is invoiced; refused, the buyer is invoiced in its place.

    For those who run the selling organisation. Raises NotFoundError, PermissionDeniedError, FundingDecidedError.
    """
    uow.actor.require_user()
    async with uow.elevated():
        known = await uow.session.get(OrderFunding, funding_id)
        if known is None or not _may_know(uow, known):
            raise NotFoundError(funding=str(funding_id))
        uow.actor.require(Permission.ORGANIZATION_UPDATE, known.seller_organization_id)
        # Payment, order, then the share: the order in which a cancellation locks them too.
        await payments.lock_payment(uow, known.order_id)
        await uow.session.get_one(Order, known.order_id, with_for_update=True, populate_existing=True)
        share = await uow.session.get_one(OrderFunding, funding_id, with_for_update=True, populate_existing=True)
        if share.status != FundingStatus.REQUESTED:
            raise FundingDecidedError(status=share.status)
        share.status = FundingStatus.AGREED if decision.agreed else FundingStatus.REFUSED
        share.decided_at = uow.clock.now()
        await uow.session.flush()
        left = share.amount_cents - share.credited_cents
        if not decision.agreed and share.subrogation:
            query = select(Payment).where(col(Payment.reference) == share.order_id)
            payment = (await uow.session.execute(query)).scalar_one()
            await accounting.third_party_owes(uow, payment, -left, f"refused:{share.id}")
        await uow.defer(billing.FUNDING_TASK, funding_id=str(share.id))
        await audit.record(
            uow,
            "funding.agreed" if decision.agreed else "funding.refused",
            subject_id=share.id,
            organization_id=share.seller_organization_id,
            facts={"order": share.order_id, "cents": left},
        )
        return FundingView.model_validate(share)


def _may_know(uow: UnitOfWork, share: OrderFunding) -> bool:
    return (
        share.buyer_user_id == uow.actor.user_id
        or uow.actor.can(Permission.PAYMENT_READ, share.buyer_organization_id)
        or uow.actor.can(Permission.PAYMENT_READ, share.seller_organization_id)
    )


async def record_transfer(uow: UnitOfWork, invoice_id: UUID, command: RecordTransfer) -> InvoiceView:
    """Record a bank transfer for an invoice; a third party's share is paid with its last one.

    Raises what `invoicing.transfers.record` raises.
    """
    seen = await transfers.record(uow, invoice_id, command)
    if seen.funding_id is not None and seen.payer == "third_party" and seen.state is InvoiceState.PAID:
        async with uow.elevated():
            share = await uow.session.get_one(OrderFunding, seen.funding_id, with_for_update=True)
            share.status = FundingStatus.PAID
            await uow.session.flush()
    return seen


async def record_transfer_of_payment(uow: UnitOfWork, payment_id: UUID, command: RecordTransfer) -> InvoiceView:
    """Record a bank transfer for the buyer's invoice of a payment. Raises as `record_transfer`, NotFoundError."""
    seen = await payments.payment(uow, payment_id)
    payee = await uow.sql("SELECT payee_organization_id AS id FROM payments WHERE id = %(id)s", id=payment_id)
    uow.actor.require(Permission.ORGANIZATION_UPDATE, payee[0]["id"])
    rows = await uow.sql(
        "SELECT id FROM invoices WHERE key = %(key)s AND payer = 'organization'", key=f"order:{seen.reference}"
    )
    if not rows:
        raise NotFoundError(payment=str(payment_id))
    return await record_transfer(uow, rows[0]["id"], command)
