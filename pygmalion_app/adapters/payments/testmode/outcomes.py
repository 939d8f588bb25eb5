"""What a person does on the test-mode pay page, and the events that Stripe would send of it."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from pygmalion_app.adapters.payments.testmode.store import API_VERSION
from pygmalion_app.core.ids import new_token


class Outcome(StrEnum):
    """What can be played on the pay page: on the checkout, then on what was paid with it."""

    SUCCESS = "success"
    DECLINE = "decline"
    THREE_D_SECURE = "3ds"
    SEPA_PENDING = "sepa_pending"
    SEPA_SUCCESS = "sepa_success"
    SEPA_FAILURE = "sepa_failure"
    ABANDON = "abandon"
    EXPIRE = "expire"
    DISPUTE = "dispute"
    DISPUTE_WON = "dispute_won"
    DISPUTE_LOST = "dispute_lost"
    REFUND_FAILURE = "refund_failure"


@dataclass(frozen=True, slots=True)
class Step:
    """What an outcome needs, leaves, and tells: from these states to that one, by an event, with a payment status."""

    before: frozenset[str]
    after: str
    event: str | None
    payment_status: str


_OPEN = frozenset({"open"})
_PROCESSING = frozenset({"processing"})
STEPS: dict[Outcome, Step] = {
    Outcome.SUCCESS: Step(_OPEN, "complete", "checkout.session.completed", "paid"),
    Outcome.THREE_D_SECURE: Step(_OPEN, "complete", "checkout.session.completed", "paid"),
    Outcome.DECLINE: Step(_OPEN, "open", "payment_intent.payment_failed", "unpaid"),
    Outcome.SEPA_PENDING: Step(_OPEN, "processing", "checkout.session.completed", "unpaid"),
    Outcome.SEPA_SUCCESS: Step(_PROCESSING, "complete", "checkout.session.async_payment_succeeded", "paid"),
    Outcome.SEPA_FAILURE: Step(_PROCESSING, "failed", "checkout.session.async_payment_failed", "unpaid"),
    Outcome.ABANDON: Step(_OPEN, "open", None, "unpaid"),
    Outcome.EXPIRE: Step(_OPEN, "expired", "checkout.session.expired", "unpaid"),
}
"""The outcomes of a checkout. Those that are not here happen afterwards, to the payment."""


def fingerprint(card: str) -> str:
    """Return a test card's name, the same for the same card."""
    return hashlib.sha256(b"test card:" + card.strip().lower().encode()).hexdigest()[:16]


def checkout_object(
    checkout_id: str, intent: str | None, request: dict[str, Any], step: Step, card: str | None = None
) -> dict[str, Any]:
    """Return a checkout as its events show it."""
    setup = request["mode"] == "setup"
    return {
        "id": checkout_id,
        "object": "checkout.session",
        "mode": request["mode"],
        "livemode": False,
        "client_reference_id": request["reference"],
        "metadata": request["metadata"],
        "amount_total": None if setup else request["amount_cents"],
        "currency": request["currency"],
        "customer_email": request["customer_email"],
        "payment_intent": None if setup else intent,
        "setup_intent": intent if setup else None,
        "payment_status": "no_payment_required" if setup else step.payment_status,
        # Stripe tells it of the charge alone (`charge.succeeded`); here each address has a card of its own.
        "payment_method_details": {"card": {"fingerprint": card or fingerprint(request["customer_email"])}},
        "status": "expired" if step.after == "expired" else "complete",
    }


def event_payload(
    event: str,
    checkout_id: str,
    intent: str | None,
    request: dict[str, Any],
    step: Step,
    now: datetime,
    card: str | None = None,
) -> tuple[str, str]:
    """Return the id and JSON body of a checkout's event, shaped as Stripe's."""
    event_id = f"evt_test_{new_token(18)}"
    body = {
        "id": event_id,
        "object": "event",
        "api_version": API_VERSION,
        "created": int(now.timestamp()),
        "livemode": False,
        "type": event,
        "data": {"object": checkout_object(checkout_id, intent, request, step, card)},
    }
    return event_id, json.dumps(body)
