"""Orders that are not paid by card at once: by invoice and bank transfer, and with a third party's share.

Selling on account is lending: a buyer must be a company that can be found (a SIRET), and the seller must want it and
have said where transfers go (an IBAN). The platform holds none of this money; its commission is invoiced monthly.
"""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments import billing, confirmation, funding
from pygmalion_app.enrollments.errors import FundingTooLargeError, InvoicePaymentRefusedError
from pygmalion_app.enrollments.funding_models import OrderFunding
from pygmalion_app.enrollments.models import Order, OrderStatus
from pygmalion_app.enrollments.schemas import PlaceOrder
from pygmalion_app.organizations.models import Organization
from pygmalion_app.payments import accounting
from pygmalion_app.payments import service as payments
from pygmalion_app.payments.models import Payment, PaymentMode, PaymentStatus
from pygmalion_app.payments.schemas import PaymentDue
from pygmalion_app.sessions.models import TrainingSession


async def agree(uow: UnitOfWork, command: PlaceOrder, order: Order) -> None:
    """Let an order be paid later, or in part by others, where buyer and seller allow it; by card, nothing is looked at.

    What waits for no checkout is confirmed at once. Raises InvoicePaymentRefusedError, FundingTooLargeError.
    """
    if command.payment_method == "card" and not command.funding:
        return
    reason = await refusal(uow, order.seller_organization_id, order.buyer_organization_id)
    if reason:
        raise InvoicePaymentRefusedError(reason=reason)
    others = funding.subrogated(command.funding)
    if others > order.total_cents or any(one.amount_cents > order.total_cents for one in command.funding):
        raise FundingTooLargeError(field="funding", total=order.total_cents)
    order.purchase_order = command.purchase_order
    if order.status == OrderStatus.PENDING and (command.payment_method == "invoice" or others == order.total_cents):
        order.payment_method = "invoice"
        order.status, order.confirmed_at = OrderStatus.CONFIRMED, uow.clock.now()


async def refusal(uow: UnitOfWork, seller_id: UUID, buyer_id: UUID | None) -> str:
    """Return why a buyer cannot pay this seller by invoice (`buyer`, `siret`, `seller`); empty where they can."""
    if buyer_id is None:
        return "buyer"
    query = select(Organization).where(col(Organization.id).in_((seller_id, buyer_id)))
    found = {one.id: one for one in (await uow.session.execute(query)).scalars()}
    seller, buyer = found.get(seller_id), found.get(buyer_id)
    if seller is None or not seller.accepts_invoice_payment or not seller.iban:
        return "seller"
    return "" if buyer is not None and buyer.siret else "siret"


async def is_offered(uow: UnitOfWork, session_id: UUID, company_id: UUID) -> bool:
    """Tell somebody who buys for a company whether a session's seller lets it pay by invoice."""
    uow.actor.require(Permission.ENROLLMENT_CREATE, company_id)
    async with uow.elevated():
        session = await uow.session.get(TrainingSession, session_id)
        return session is not None and not await refusal(uow, session.organization_id, company_id)


def owed(due: PaymentDue, order: Order, command: PlaceOrder) -> PaymentDue:
    """Return what the buyer owes of an order, and how; the commission is shared as the price is."""
    others = funding.subrogated(command.funding)
    if order.payment_method != "invoice" and not others:
        return due
    rest = order.total_cents - others
    own_commission = accounting.share(due.commission_cents, rest, order.total_cents)
    return replace(
        due,
        mode=PaymentMode.INVOICE if order.payment_method == "invoice" else due.mode,
        amount_cents=rest,
        commission_cents=own_commission,
        third_party_cents=others,
        third_party_commission_cents=due.commission_cents - own_commission,
    )


async def confirm(uow: UnitOfWork, order: Order, payment_id: UUID) -> None:
    """Enter a sale on account in the books, have it invoiced and everybody told; its seats are taken already."""
    payment = await uow.session.get_one(Payment, payment_id)
    if payment.amount_cents == 0:
        payment.status, payment.paid_at = PaymentStatus.SUCCEEDED, uow.clock.now()
    await uow.session.flush()
    await accounting.sold(uow, payment)
    await confirmation.follow(uow, order.id)


async def give_back(uow: UnitOfWork, order: Order, cents: int, key: str, *, reason: str = "cancelled") -> int:
    """Give back what seats were sold for, and return how much of it goes back through the gateway, in cents.

    What was not paid by card gets a credit note; of what a third party pays, so does its own share. The payment and
    the order are locked, and the caller has checked the actor.
    """
    if order.payment_method == "card":
        query = select(col(Payment.third_party_cents)).where(col(Payment.reference) == order.id)
        if not (await uow.session.execute(query)).scalar_one_or_none():
            return await payments.request_refund(uow, order.id, cents, key, reason=reason)
    query = select(Payment).where(col(Payment.reference) == order.id).with_for_update()
    payment = (await uow.session.execute(query.execution_options(populate_existing=True))).scalar_one()
    theirs = await _give_back_shares(uow, order, payment, cents, key)
    own = min(cents - theirs, payment.amount_cents - payment.refunded_cents)
    if payment.mode != PaymentMode.INVOICE:
        return await payments.request_refund(uow, order.id, own, key, reason=reason)
    if own > 0:
        commission = accounting.share(payment.commission_cents, own, payment.amount_cents, payment.refunded_cents)
        await accounting.credited(uow, payment, own, commission, key)
        payment.refunded_cents += own
        if payment.refunded_cents == payment.amount_cents and payment.status == PaymentStatus.PENDING:
            payment.status = PaymentStatus.CANCELLED
        await uow.session.flush()
        await _credit_note(uow, order, own, key)
    return 0


async def _give_back_shares(uow: UnitOfWork, order: Order, payment: Payment, cents: int, key: str) -> int:
    """Take the third parties' parts of what is given back off their shares, and return them together."""
    if not payment.third_party_cents:
        return 0
    query = select(OrderFunding).where(col(OrderFunding.order_id) == order.id, col(OrderFunding.subrogation).is_(True))
    shares = (await uow.session.execute(query.order_by(col(OrderFunding.id)).with_for_update())).scalars().all()
    before = payment.refunded_cents + sum(share.credited_cents for share in shares)
    total = 0
    for share in shares:
        part = accounting.share(share.amount_cents, cents, order.total_cents, before)
        part = min(part, share.amount_cents - share.credited_cents)
        if part <= 0:
            continue
        commission = accounting.share(share.commission_cents, part, share.amount_cents, share.credited_cents)
        await accounting.credited(uow, payment, part, commission, f"{key}:{share.id}")
        if share.status != "refused":
            # What is given up was theirs to owe, not the buyer's.
            await accounting.third_party_owes(uow, payment, -part, f"{key}:{share.id}")
        share.credited_cents += part
        total += part
        await uow.session.flush()
        await _credit_note(uow, order, part, f"{key}:{share.id}", share.id)
    return total


async def _credit_note(uow: UnitOfWork, order: Order, cents: int, key: str, funding_id: UUID | None = None) -> None:
    await uow.defer(
        billing.CREDIT_TASK,
        order_id=str(order.id),
        key=f"{order.id}:{key}",
        amount_cents=cents,
        funding_id=str(funding_id) if funding_id else None,
    )
