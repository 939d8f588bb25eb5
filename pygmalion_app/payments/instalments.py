"""An individual's payment in parts: scheduled when the card is saved, each charged once when it is due.

How a part is never taken twice: it is claimed under the payment's lock and committed before the gateway is called, and
the gateway's idempotency key is the part and its attempt. Whoever is killed in between is followed by another who asks
under the same key. The gateway's answer and its event lead to the same state, in any order. While the buyer has a page
open on which to pay the part by themself, the card is left alone.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.core.gateway import Charge, ChargeState, CheckoutMode, SavedCardCharge
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.payments import accounting
from pygmalion_app.payments.instalment_models import Instalment, InstalmentStatus
from pygmalion_app.payments.merchants import ready_account
from pygmalion_app.payments.models import Payment, PaymentStatus
from pygmalion_app.payments.refunds import request_refund
from pygmalion_app.payments.schemas import Change, PaymentOutcome

log = logging.getLogger(__name__)

ASK_AGAIN_AFTER = timedelta(minutes=15)
"""When a charge of which nobody told the end is asked for again, under its own key."""
FORGET_CHECKOUT_AFTER = timedelta(days=3)
"""How long the gateway may still tell of a page that is over: so long it delivers its events."""
FORGET_CARD_TASK = "payments.forget_card"
NOTHING = PaymentOutcome(Change.NONE)


@dataclass(frozen=True, slots=True)
class Claim:
    """A part that is to be charged now, and under which key."""

    instalment_id: UUID
    attempt: int
    request: SavedCardCharge
    checkout_id: str | None
    """A page on which it may still be paid, to be closed first."""

    @property
    def key(self) -> str:
        """The gateway's idempotency key."""
        return f"instalment:{self.instalment_id}:{self.attempt}"


async def schedule(uow: UnitOfWork, reference: UUID, parts: Sequence[tuple[datetime, int]]) -> None:
    """Write down when how much of a payment, whose card was just saved, will be taken; once.

    The amounts add up to the payment's; so do the parts of its commission.
    """
    payment = await _payment(uow, reference)
    if payment.mode != CheckoutMode.SETUP or await _of(uow, payment.id):
        return
    before = 0
    for number, (due_at, amount) in enumerate(parts, start=1):
        commission = accounting.share(payment.commission_cents, amount, payment.amount_cents, before)
        before += amount
        uow.session.add(
            Instalment(
                payment_id=payment.id,
                number=number,
                due_at=due_at,
                amount_cents=amount,
                commission_cents=commission,
                next_attempt_at=due_at,
            )
        )
    await uow.session.flush()


async def due(uow: UnitOfWork, most: int) -> Sequence[UUID]:
    """Return the parts to charge now, the longest due first."""
    query = (
        select(col(Instalment.id))
        .where(col(Instalment.next_attempt_at) <= uow.clock.now())
        .order_by(col(Instalment.next_attempt_at))
        .limit(most)
    )
    return (await uow.session.execute(query)).scalars().all()


async def claim(uow: UnitOfWork, instalment_id: UUID) -> Claim | None:
    """Take a part that is due to charge it, after the commit; None when there is nothing to charge (any more)."""
    payment, found = await locked(uow, instalment_id)
    now = uow.clock.now()
    if found.next_attempt_at is None or found.next_attempt_at > now or payment.payment_intent is None:
        return None
    if found.status != InstalmentStatus.CHARGING and found.checkout_id is None:
        # Else it was claimed before and its end is not known: the same attempt again, under the same key.
        found.status = InstalmentStatus.CHARGING
        found.attempts += 1
    found.next_attempt_at = now + ASK_AGAIN_AFTER
    await uow.session.flush()
    request = SavedCardCharge(
        setup_intent=payment.payment_intent,
        amount_cents=found.amount_cents,
        currency=payment.currency,
        commission_cents=found.commission_cents,
        description=payment.description,
        seller_account=await ready_account(uow, payment.payee_organization_id),
        metadata={
            "payment_id": str(payment.id),
            "instalment_id": str(found.id),
            "attempt": str(found.attempts),
        },
    )
    return Claim(found.id, found.attempts, request, found.checkout_id)


async def page_closed(uow: UnitOfWork, claimed: Claim, *, closed: bool) -> None:
    """Take note of whether the page on which a part could be paid is closed; if so, the card's turn has come.

    Not closed means paid or over already: its event is on its way, and is waited for.
    """
    _, found = await locked(uow, claimed.instalment_id)
    over = found.checkout_expires_at is None or uow.clock.now() >= found.checkout_expires_at + FORGET_CHECKOUT_AFTER
    if found.checkout_id == claimed.checkout_id and found.status == InstalmentStatus.FAILED and (closed or over):
        found.next_attempt_at = uow.clock.now()
        await forget_page(uow, found)


async def forget_page(uow: UnitOfWork, found: Instalment) -> None:
    """Take note that nobody can pay a part on its page any more."""
    found.checkout_id = found.checkout_url = found.checkout_expires_at = None
    await uow.session.flush()


async def answered(uow: UnitOfWork, claimed: Claim, answer: Charge) -> PaymentOutcome:
    """Give a part the effect of the gateway's answer; its event may have come first."""
    payment, found = await locked(uow, claimed.instalment_id)
    if answer.state is ChargeState.SUCCEEDED:
        return await took(uow, payment, found, answer.payment_intent)
    if answer.state is ChargeState.PROCESSING:
        return await pending(uow, found, answer.payment_intent)
    return await refused(uow, payment, found, claimed.attempt)


async def took(uow: UnitOfWork, payment: Payment, found: Instalment, intent: str) -> PaymentOutcome:
    """Take note that a part was paid; of what was given up meanwhile, the money goes back."""
    if found.status == InstalmentStatus.PAID:
        if found.payment_intent != intent:
            await _return_surplus(uow, payment, found, intent)
        return NOTHING
    given_up = found.status == InstalmentStatus.CANCELLED
    now = uow.clock.now()
    found.status, found.payment_intent, found.paid_at = InstalmentStatus.PAID, intent, now
    found.next_attempt_at = found.checkout_id = found.checkout_url = found.checkout_expires_at = None
    payment.paid_at = payment.paid_at or now
    await uow.session.flush()
    if not given_up:
        # Only now: an order that is withdrawn from before anything was due never enters the books.
        await accounting.sold(uow, payment)
    await accounting.charged(uow, payment, found.amount_cents, found.commission_cents, intent, f"instalment:{found.id}")
    if given_up:
        await request_refund(uow, payment.reference, found.amount_cents, f"given-up:{found.id}", credit=False)
        return NOTHING
    if not await _open(uow, payment.id):
        payment.status = PaymentStatus.SUCCEEDED
        await _let_go_of_card(uow, payment)
    return PaymentOutcome(Change.INSTALMENT_PAID, payment.reference, payment.id, found.id)


async def _return_surplus(uow: UnitOfWork, payment: Payment, found: Instalment, intent: str) -> None:
    """Give back what somebody paid for a part that was paid already: on a page, a moment after the card was charged."""
    key = f"twice:{intent}"
    if await accounting.charged(uow, payment, found.amount_cents, found.commission_cents, intent, key):
        log.warning("instalment %s was paid twice: %s goes back", found.id, intent)
        await request_refund(uow, payment.reference, found.amount_cents, key, reason="duplicate", credit=False)


async def pending(uow: UnitOfWork, found: Instalment, intent: str) -> PaymentOutcome:
    """Take note that a part is with the buyer's bank, which may take days: only its event ends this."""
    if found.status in {InstalmentStatus.CHARGING, InstalmentStatus.FAILED}:
        found.status, found.payment_intent, found.next_attempt_at = InstalmentStatus.CHARGING, intent, None
        await uow.session.flush()
    return NOTHING


async def refused(uow: UnitOfWork, payment: Payment, found: Instalment, attempt: int) -> PaymentOutcome:
    """Take note that a part was refused, and say when it is tried again; an earlier attempt's end changes nothing."""
    if found.status != InstalmentStatus.CHARGING or attempt != found.attempts:
        return NOTHING
    found.status, found.payment_intent = InstalmentStatus.FAILED, None
    found.next_attempt_at = _retry(found, uow.settings.instalment_retry_days, uow.clock.now())
    await uow.session.flush()
    return PaymentOutcome(Change.INSTALMENT_FAILED, payment.reference, payment.id, found.id)


def _retry(found: Instalment, days: Sequence[int], now: datetime) -> datetime | None:
    """Return when the next attempt is, counted from the day it was due; None after the last one."""
    return next((moment for day in days[found.attempts - 1 :] if (moment := found.due_at + timedelta(day)) > now), None)


async def cancel(uow: UnitOfWork, reference: UUID) -> None:
    """Let go of what was not taken and of the card; the payment is locked by the caller.

    What is being charged at this moment is given back when its end is known.
    """
    payment = await _payment(uow, reference)
    if payment.status != PaymentStatus.SAVED:
        return
    parts = await _of(uow, payment.id)
    for part in parts:
        if part.status != InstalmentStatus.PAID:
            part.status, part.next_attempt_at = InstalmentStatus.CANCELLED, None
    taken = [part for part in parts if part.status == InstalmentStatus.PAID]
    payment.status = PaymentStatus.SUCCEEDED if taken else PaymentStatus.CANCELLED
    await _let_go_of_card(uow, payment)
    rest = payment.amount_cents - sum(part.amount_cents for part in taken)
    if taken and rest:
        commission = payment.commission_cents - sum(part.commission_cents for part in taken)
        await accounting.credited(uow, payment, rest, commission, "not-taken")


async def _let_go_of_card(uow: UnitOfWork, payment: Payment) -> None:
    """Forget the card, and have the gateway forget it: nobody can charge it any more."""
    saved, payment.payment_intent = payment.payment_intent, None
    await uow.session.flush()
    if saved is not None:
        await uow.defer(FORGET_CARD_TASK, setup_intent=saved)


async def taken_cents(uow: UnitOfWork, reference: UUID) -> int:
    """Return what was taken of a payment and is neither given back nor on its way, in cents."""
    payment = await _payment(uow, reference)
    parts = await _of(uow, payment.id)
    return sum(part.amount_cents for part in parts if part.status == InstalmentStatus.PAID) - payment.refunded_cents


async def locked(uow: UnitOfWork, instalment_id: UUID) -> tuple[Payment, Instalment]:
    """Lock a part's payment, then the part; the payment's lock is the one that all who change parts wait for."""
    found = await uow.session.get_one(Instalment, instalment_id)
    payment = await uow.session.get_one(Payment, found.payment_id, with_for_update=True, populate_existing=True)
    found = await uow.session.get_one(Instalment, instalment_id, with_for_update=True, populate_existing=True)
    return payment, found


async def _payment(uow: UnitOfWork, reference: UUID) -> Payment:
    query = select(Payment).where(col(Payment.reference) == reference).with_for_update()
    return (await uow.session.execute(query)).scalar_one()


async def _of(uow: UnitOfWork, payment_id: UUID) -> Sequence[Instalment]:
    query = select(Instalment).where(col(Instalment.payment_id) == payment_id).order_by(col(Instalment.number))
    return (await uow.session.execute(query)).scalars().all()


async def _open(uow: UnitOfWork, payment_id: UUID) -> bool:
    over = (InstalmentStatus.PAID, InstalmentStatus.CANCELLED)
    return any(part.status not in over for part in await _of(uow, payment_id))
