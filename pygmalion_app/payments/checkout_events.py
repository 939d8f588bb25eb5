"""Events of checkouts: paid, saved, pending, refused, expired; in any order, after any delay."""

import logging
from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.core.gateway import CheckoutMode
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.payments import accounting, intent_events
from pygmalion_app.payments.models import Payment, PaymentStatus
from pygmalion_app.payments.schemas import Change, PaymentOutcome

log = logging.getLogger(__name__)

OPEN = {PaymentStatus.PENDING, PaymentStatus.PROCESSING, PaymentStatus.FAILED, PaymentStatus.EXPIRED}
"""States that money may still reach: a late payment is taken note of, then reseated or given back."""


async def apply(uow: UnitOfWork, kind: str, checkout: Mapping[str, Any]) -> PaymentOutcome:
    """Give a payment the effect of its checkout's event."""
    if intent_events.instalment_of(checkout) is not None:
        return await intent_events.apply_checkout(uow, kind, checkout)
    payment = await _locked_payment(uow, checkout)
    if payment is None:
        log.warning("event %s is about a checkout that is not ours", kind)
        return PaymentOutcome(Change.NONE)
    change = _change(kind, checkout, payment)
    if change is Change.NONE:
        return PaymentOutcome(Change.NONE)
    payment.status = {
        Change.PAID: PaymentStatus.SUCCEEDED,
        Change.SAVED: PaymentStatus.SAVED,
        Change.PROCESSING: PaymentStatus.PROCESSING,
        Change.FAILED: PaymentStatus.FAILED,
        Change.EXPIRED: PaymentStatus.EXPIRED,
    }[change]
    if change in {Change.PAID, Change.SAVED}:
        payment.paid_at = uow.clock.now() if change is Change.PAID else None
        payment.payment_intent = checkout.get("payment_intent") or checkout.get("setup_intent")
        payment.card_fingerprint = _fingerprint(checkout) or payment.card_fingerprint
    await uow.session.flush()
    if change is Change.PAID:
        intent = payment.payment_intent or ""
        await accounting.charged(
            uow, payment, payment.amount_cents, payment.commission_cents, intent, accounting.CHECKOUT
        )
    return PaymentOutcome(change, payment.reference, payment.id)


def _fingerprint(checkout: Mapping[str, Any]) -> str | None:
    """Return the gateway's name for the card, where the event tells it."""
    found: Any = checkout
    for name in ("payment_method_details", "card", "fingerprint"):
        found = cast("dict[str, Any]", found).get(name) if isinstance(found, Mapping) else None
    return found[:100] if isinstance(found, str) and found else None


async def _locked_payment(uow: UnitOfWork, checkout: Mapping[str, Any]) -> Payment | None:
    """Find the payment by our own reference: the event may overtake the answer that carries the checkout's id."""
    payment_id = parse_id(str(checkout.get("client_reference_id")))
    if payment_id is None:
        return None
    return (
        await uow.session.execute(select(Payment).where(col(Payment.id) == payment_id).with_for_update())
    ).scalar_one_or_none()


def _change(kind: str, checkout: Mapping[str, Any], payment: Payment) -> Change:
    """Derive the change from the object and the state, never from the order of arrival."""
    if payment.status not in OPEN:
        return Change.NONE
    if kind in {"checkout.session.completed", "checkout.session.async_payment_succeeded"}:
        return _completed(checkout, payment)
    if payment.status not in {PaymentStatus.PENDING, PaymentStatus.PROCESSING}:
        return Change.NONE
    if kind == "checkout.session.async_payment_failed":
        return Change.FAILED
    if kind == "checkout.session.expired" and payment.status == PaymentStatus.PENDING:
        return Change.EXPIRED
    return Change.NONE


def _completed(checkout: Mapping[str, Any], payment: Payment) -> Change:
    if payment.mode == CheckoutMode.SETUP:
        return Change.SAVED
    if checkout.get("payment_status") != "paid":
        return Change.PROCESSING if payment.status == PaymentStatus.PENDING else Change.NONE
    paid = (checkout.get("amount_total"), str(checkout.get("currency")).upper())
    if paid != (payment.amount_cents, payment.currency):
        log.error("payment %s: the gateway reports another amount than what is owed", payment.id)
        return Change.NONE
    return Change.PAID
