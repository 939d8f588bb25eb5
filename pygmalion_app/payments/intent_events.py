"""Events of charges on saved cards: taken or refused, before or after the charge's own answer."""

import logging
from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.payments import instalments
from pygmalion_app.payments.instalment_models import Instalment
from pygmalion_app.payments.models import Payment
from pygmalion_app.payments.schemas import PaymentOutcome

log = logging.getLogger(__name__)


async def apply(uow: UnitOfWork, kind: str, intent: Mapping[str, Any]) -> PaymentOutcome:
    """Give an instalment the effect of its charge's event; other payments are told by their checkout."""
    instalment_id = instalment_of(intent)
    if instalment_id is None or await uow.session.get(Instalment, instalment_id) is None:
        return instalments.NOTHING
    payment, found = await instalments.locked(uow, instalment_id)
    if kind == "payment_intent.succeeded":
        paid = (intent.get("amount_received"), str(intent.get("currency")).upper())
        return await _took(uow, payment, found, str(intent.get("id")), paid)
    if kind == "payment_intent.payment_failed":
        attempt = str(_metadata(intent).get("attempt", ""))
        # Without an attempt it is of a page, on which the buyer may try another card at once.
        return await instalments.refused(uow, payment, found, int(attempt) if attempt.isdecimal() else 0)
    return instalments.NOTHING


async def apply_checkout(uow: UnitOfWork, kind: str, checkout: Mapping[str, Any]) -> PaymentOutcome:
    """Give an instalment the effect of the page on which its buyer paid it."""
    instalment_id = instalment_of(checkout)
    if instalment_id is None or await uow.session.get(Instalment, instalment_id) is None:
        return instalments.NOTHING
    payment, found = await instalments.locked(uow, instalment_id)
    if kind in {"checkout.session.completed", "checkout.session.async_payment_succeeded"}:
        intent = str(checkout.get("payment_intent"))
        if checkout.get("payment_status") != "paid":
            return await instalments.pending(uow, found, intent)
        paid = (checkout.get("amount_total"), str(checkout.get("currency")).upper())
        return await _took(uow, payment, found, intent, paid)
    if found.checkout_id != checkout.get("id"):
        return instalments.NOTHING
    await instalments.forget_page(uow, found)
    if kind == "checkout.session.async_payment_failed":
        return await instalments.refused(uow, payment, found, found.attempts)
    return instalments.NOTHING


async def _took(
    uow: UnitOfWork, payment: Payment, found: Instalment, intent: str, paid: tuple[Any, str]
) -> PaymentOutcome:
    if paid != (found.amount_cents, payment.currency):
        log.error("instalment %s: the gateway reports another amount than what is owed", found.id)
        return instalments.NOTHING
    return await instalments.took(uow, payment, found, intent)


def instalment_of(about: Mapping[str, Any]) -> UUID | None:
    """Return the instalment that an object of the gateway is about, by our own name for it."""
    return parse_id(str(_metadata(about).get("instalment_id", "")))


def _metadata(about: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Any = about.get("metadata")
    return cast("Mapping[str, Any]", found) if isinstance(found, Mapping) else {}
