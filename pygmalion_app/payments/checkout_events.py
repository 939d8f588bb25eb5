"""Events of checkouts: paid, saved, pending, refused, expired; in any order, after any delay."""

import logging
from collections.abc import Mapping
from typing import Any, LiteralString, cast

from pygmalion_app.core.gateway import CheckoutMode
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.payments import accounting, intent_events
from pygmalion_app.payments.models import PaymentStatus
from pygmalion_app.payments.schemas import Change, LockedPayment, PaymentOutcome

log = logging.getLogger(__name__)

OPEN = {PaymentStatus.PENDING, PaymentStatus.PROCESSING, PaymentStatus.FAILED, PaymentStatus.EXPIRED}
"""States that money may still reach: a late payment is taken note of, then reseated or given back."""

_STATUS = {
    Change.PAID: PaymentStatus.SUCCEEDED,
    Change.SAVED: PaymentStatus.SAVED,
    Change.PROCESSING: PaymentStatus.PROCESSING,
    Change.FAILED: PaymentStatus.FAILED,
    Change.EXPIRED: PaymentStatus.EXPIRED,
}
_LOCK: LiteralString = """
SELECT id, reference, payer_organization_id, payee_organization_id, mode, status, amount_cents, commission_cents,
  third_party_cents, third_party_commission_cents, currency
FROM payments WHERE id = %(id)s FOR UPDATE
"""
_KEEP_STATUS: LiteralString = "UPDATE payments SET status = %(status)s WHERE id = %(id)s"
_KEEP_PAID: LiteralString = """
UPDATE payments SET status = %(status)s, paid_at = %(paid_at)s, payment_intent = %(intent)s,
  card_fingerprint = coalesce(%(card)s, card_fingerprint)
WHERE id = %(id)s
"""


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
    if change in {Change.PAID, Change.SAVED}:
        intent = checkout.get("payment_intent") or checkout.get("setup_intent")
        paid_at = uow.clock.now() if change is Change.PAID else None
        known = {"id": payment.id, "status": _STATUS[change].value, "card": _fingerprint(checkout)}
        uow.send_along(_KEEP_PAID, **known, intent=intent, paid_at=paid_at)
        if change is Change.PAID:
            await accounting.checkout_paid(uow, payment, intent or "")
    else:
        uow.send_along(_KEEP_STATUS, id=payment.id, status=_STATUS[change].value)
    return PaymentOutcome(change, payment.reference, payment.id, payment=payment)


def _fingerprint(checkout: Mapping[str, Any]) -> str | None:
    """Return the gateway's name for the card, where the event tells it."""
    found: Any = checkout
    for name in ("payment_method_details", "card", "fingerprint"):
        found = cast("dict[str, Any]", found).get(name) if isinstance(found, Mapping) else None
    return found[:100] if isinstance(found, str) and found else None


async def _locked_payment(uow: UnitOfWork, checkout: Mapping[str, Any]) -> LockedPayment | None:
    """Find the payment by our own reference: the event may overtake the answer that carries the checkout's id."""
    payment_id = parse_id(str(checkout.get("client_reference_id")))
    if payment_id is None:
        return None
    rows = await uow.sql(_LOCK, id=payment_id)
    return LockedPayment(**rows[0]) if rows else None


def _change(kind: str, checkout: Mapping[str, Any], payment: LockedPayment) -> Change:
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


def _completed(checkout: Mapping[str, Any], payment: LockedPayment) -> Change:
    if payment.mode == CheckoutMode.SETUP:
        return Change.SAVED
    if checkout.get("payment_status") != "paid":
        return Change.PROCESSING if payment.status == PaymentStatus.PENDING else Change.NONE
    paid = (checkout.get("amount_total"), str(checkout.get("currency")).upper())
    if paid != (payment.amount_cents, payment.currency):
        log.error("payment %s: the gateway reports another amount than what is owed", payment.id)
        return Change.NONE
    return Change.PAID
