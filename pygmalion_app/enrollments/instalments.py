"""The instalments of an individual's order: begun when the card is saved, charged when due, told to who must know."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.gateway import CheckoutMode, CheckoutRequest
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.schemas import View
from pygmalion_app.core.unit_of_work import UnitOfWork, container, unit_of_work
from pygmalion_app.enrollments import billing, contract_mails, contracts, policy
from pygmalion_app.enrollments.models import Order, OrderStatus
from pygmalion_app.payments import instalments
from pygmalion_app.payments.errors import InstalmentClosedError
from pygmalion_app.payments.instalment_models import Instalment, InstalmentStatus
from pygmalion_app.payments.merchants import ready_account
from pygmalion_app.payments.models import Payment
from pygmalion_app.payments.schemas import Change, PaymentOutcome
from pygmalion_app.payments.service import CLOSE_TASK

CHARGE_TASK = "enrollments.charge_instalment"


class InstalmentView(View):
    """One part of an individual's payment. Amounts in cents; `payable` tells whether the buyer can pay it now."""

    id: UUID
    number: int
    due_at: datetime
    amount_cents: int
    status: str
    next_attempt_at: datetime | None
    paid_at: datetime | None
    payable: bool


async def saved(uow: UnitOfWork, order: Order) -> None:
    """Begin an individual's payment, whose card was just saved, or let the card go if there is no seat for them."""
    if order.status != OrderStatus.CONFIRMED:
        await instalments.cancel(uow, order.id)
        return
    plan = await contracts.plan_of(uow, order)
    await instalments.schedule(uow, order.id, [(stage.due_at, stage.amount_cents) for stage in plan.stages])
    await contract_mails.contract_concluded(uow, order)


async def settle_instalment(uow: UnitOfWork, order: Order, outcome: PaymentOutcome) -> None:
    """Tell people what became of an instalment.

    A refused one takes nobody's seat: the money may still come, and whether somebody who has not paid may sit in the
    room is the organisation's decision, who hears of it after the last attempt. The convocation is out by then, and a
    certificate says what somebody learnt, not whether they paid.
    """
    found = await uow.session.get_one(Instalment, outcome.instalment_id)
    if outcome.change is Change.INSTALMENT_PAID:
        await contract_mails.instalment_paid(uow, order, found)
        await billing.bill_instalment(uow, found.id)
    else:
        await contract_mails.instalment_failed(uow, order, found)


async def queue_due(most: int = 500) -> None:
    """Queue a job for each part that is to be charged now; one that waits already is not queued twice."""
    async with unit_of_work(SYSTEM) as uow:
        for found in await instalments.due(uow, most):
            await uow.defer(CHARGE_TASK, queueing_lock=f"instalment:{found}", instalment_id=str(found))


async def charge(instalment_id: UUID) -> PaymentOutcome:
    """Charge a part that is due; repeated or killed anywhere, it is taken once. Raises UnavailableError."""
    async with unit_of_work(SYSTEM) as uow:
        claimed = await instalments.claim(uow, instalment_id)
    if claimed is None:
        return instalments.NOTHING
    gateway = container().ports.payments
    if claimed.checkout_id is not None:
        closed = await gateway.expire_checkout(claimed.checkout_id)
        async with unit_of_work(SYSTEM) as uow:
            await instalments.page_closed(uow, claimed, closed=closed)
        return instalments.NOTHING
    answer = await gateway.charge_saved_card(claimed.request, idempotency_key=claimed.key)
    async with unit_of_work(SYSTEM) as uow:
        outcome = await instalments.answered(uow, claimed, answer)
        await tell(uow, outcome)
    return outcome


async def tell(uow: UnitOfWork, outcome: PaymentOutcome) -> None:
    """Follow an instalment's change with what it means for its order."""
    if outcome.instalment_id is not None and outcome.reference is not None:
        order = await uow.session.get_one(Order, outcome.reference, with_for_update=True)
        await settle_instalment(uow, order, outcome)


async def of_order(uow: UnitOfWork, order_id: UUID) -> tuple[InstalmentView, ...]:
    """Return the parts of an order's payment, to its buyer and to who runs the training organisation.

    Empty for an order that is not paid so. NotFoundError to anybody else.
    """
    actor = uow.actor
    actor.require_user()
    order = await uow.session.get(Order, order_id)
    if order is None or not (
        policy.is_buyer(actor, order) or actor.can(Permission.SESSION_UPDATE, order.seller_organization_id)
    ):
        raise NotFoundError(order=str(order_id))
    query = (
        select(Instalment)
        .join(Payment, col(Payment.id) == col(Instalment.payment_id))
        .where(col(Payment.reference) == order_id)
        .order_by(col(Instalment.number))
    )
    return tuple(_view(row) for row in (await uow.session.execute(query)).scalars())


async def pay_now(actor: Actor, order_id: UUID, instalment_id: UUID) -> str:
    """Open a page on which the buyer pays a refused part with any card, and return its address.

    Raises NotFoundError, InstalmentClosedError, UnavailableError.
    """
    async with unit_of_work(actor) as uow:
        request, key, known = await _page(uow, order_id, instalment_id)
    if known is not None:
        return known
    opened = await container().ports.payments.open_checkout(request, idempotency_key=key)
    async with unit_of_work(actor, elevated=True) as uow:
        _, found = await instalments.locked(uow, instalment_id)
        if found.status != InstalmentStatus.FAILED:
            # The card was charged meanwhile, or the order given up: nobody is to pay on this page.
            await uow.defer(CLOSE_TASK, checkout_id=opened.id)
            closed = True
        else:
            found.checkout_id, found.checkout_url = opened.id, opened.url
            found.checkout_expires_at, closed = opened.expires_at, False
    if closed:
        raise InstalmentClosedError(instalment=str(instalment_id))
    return opened.url


async def _page(uow: UnitOfWork, order_id: UUID, instalment_id: UUID) -> tuple[CheckoutRequest, str, str | None]:
    user_id, now = uow.actor.require_user(), uow.clock.now()
    found = await uow.session.get(Instalment, instalment_id)
    payment = await uow.session.get(Payment, found.payment_id) if found else None
    if found is None or payment is None or payment.reference != order_id or payment.payer_user_id != user_id:
        raise NotFoundError(instalment=str(instalment_id))
    if found.status != InstalmentStatus.FAILED:
        raise InstalmentClosedError(instalment=str(instalment_id))
    alive = found.checkout_expires_at is not None and found.checkout_expires_at > now
    # A page that is over may have been paid in its last second: its event is waited for before another is opened.
    if found.checkout_id is not None and not alive:
        raise InstalmentClosedError(instalment=str(instalment_id))
    email = await contract_mails.address_of(uow, user_id)
    back = f"{uow.settings.base_url}/{uow.actor.locale}/orders/{order_id}"
    request = CheckoutRequest(
        reference=str(payment.id),
        mode=CheckoutMode.PAYMENT,
        amount_cents=found.amount_cents,
        currency=payment.currency,
        commission_cents=found.commission_cents,
        description=payment.description,
        quantity=1,
        customer_email=email,
        success_url=f"{back}?paid=1",
        cancel_url=back,
        expires_at=now + timedelta(minutes=uow.settings.hold_minutes),
        locale=uow.actor.locale,
        seller_account=await ready_account(uow, payment.payee_organization_id),
        metadata={"payment_id": str(payment.id), "instalment_id": str(found.id)},
    )
    return request, f"instalment-page:{found.id}:{int(now.timestamp())}", found.checkout_url if alive else None


def _view(row: Instalment) -> InstalmentView:
    return InstalmentView(
        **{name: getattr(row, name) for name in InstalmentView.model_fields if name != "payable"},
        payable=row.status == InstalmentStatus.FAILED,
    )
