"""The shapes of Stripe's objects, as its API and its events show them (API 2026-10-28.endive)."""

from datetime import datetime
from typing import Any

from pygmalion_app.core.gateway import RefundRequest, SavedCardCharge
from pygmalion_app.core.ids import new_token

MISSING_AT_FIRST = ("business_type", "external_account", "representative.id_number", "tos_acceptance.date")
"""What a new account still has to tell, in Stripe's own names."""


def new_object_id(prefix: str) -> str:
    """Return an id such as `pi_test_...`."""
    return f"{prefix}_test_{new_token(18)}"


def stamp(now: datetime) -> int:
    """Return a time as Stripe writes it."""
    return int(now.timestamp())


def payment_intent(intent: str, request: dict[str, Any], status: str, now: datetime) -> dict[str, Any]:
    """Return a payment intent; `request` as a checkout keeps it, or as `of_charge` makes it."""
    taken = request["amount_cents"] if status == "succeeded" else 0
    seller = request.get("seller_account")
    return {
        "id": intent,
        "object": "payment_intent",
        "amount": request["amount_cents"],
        "amount_received": taken,
        "application_fee_amount": request["commission_cents"] if seller else None,
        "currency": request["currency"],
        "created": stamp(now),
        "description": request["description"],
        "latest_charge": f"ch_{intent.removeprefix('pi_')}" if status != "requires_payment_method" else None,
        "last_payment_error": None,
        "livemode": False,
        "metadata": dict(request["metadata"]),
        "on_behalf_of": seller,
        "status": status,
        "transfer_data": {"destination": seller} if seller else None,
    }


def of_charge(charge: SavedCardCharge) -> dict[str, Any]:
    """Return a charge's request in the form that `payment_intent` takes."""
    return {
        "amount_cents": charge.amount_cents,
        "currency": charge.currency.lower(),
        "commission_cents": charge.commission_cents,
        "description": charge.description,
        "seller_account": charge.seller_account,
        "metadata": dict(charge.metadata),
    }


def payment_error(code: str, decline_code: str | None = None) -> dict[str, Any]:
    """Return what Stripe tells of a refused payment."""
    return {"type": "card_error", "code": code, "decline_code": decline_code, "message": "test mode"}


def setup_intent(intent: str, request: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Return a setup intent that has saved a card for a customer."""
    return {
        "id": intent,
        "object": "setup_intent",
        "created": stamp(now),
        "customer": f"cus_{intent.removeprefix('seti_')}",
        "livemode": False,
        "metadata": dict(request["metadata"]),
        "payment_method": f"pm_{intent.removeprefix('seti_')}",
        "status": "succeeded",
        "usage": "off_session",
    }


def refund(request: RefundRequest, intent: dict[str, Any], status: str, now: datetime) -> dict[str, Any]:
    """Return a refund of a payment intent."""
    return {
        "id": new_object_id("re"),
        "object": "refund",
        "amount": request.amount_cents,
        "charge": intent["latest_charge"],
        "created": stamp(now),
        "currency": intent["currency"],
        "failure_reason": None,
        "metadata": dict(request.metadata),
        "payment_intent": intent["id"],
        "reason": "requested_by_customer",
        "status": status,
    }


def dispute(intent: dict[str, Any], amount_cents: int, due_by: datetime, now: datetime) -> dict[str, Any]:
    """Return a dispute of a payment intent, waiting for an answer."""
    return {
        "id": new_object_id("dp"),
        "object": "dispute",
        "amount": amount_cents,
        "balance_transactions": [],
        "charge": intent["latest_charge"],
        "created": stamp(now),
        "currency": intent["currency"],
        "evidence": {},
        "evidence_details": {
            "due_by": stamp(due_by),
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
        },
        "is_charge_refundable": False,
        "livemode": False,
        "metadata": {},
        "payment_intent": intent["id"],
        "reason": "product_not_received",
        "status": "needs_response",
    }


def account(organization_id: str, email: str, country: str, now: datetime) -> dict[str, Any]:
    """Return a new connected account, which has told nothing yet; its payouts wait for the platform's word."""
    return {
        "id": new_object_id("acct"),
        "object": "account",
        "charges_enabled": False,
        "controller": {
            "fees": {"payer": "application"},
            "losses": {"payments": "application"},
            "requirement_collection": "stripe",
            "stripe_dashboard": {"type": "express"},
        },
        "country": country,
        "created": stamp(now),
        "default_currency": "eur",
        "details_submitted": False,
        "email": email,
        "metadata": {"organization_id": organization_id},
        "payouts_enabled": False,
        "requirements": {
            "currently_due": list(MISSING_AT_FIRST),
            "disabled_reason": "requirements.past_due",
            "past_due": [],
        },
        "settings": {"payouts": {"schedule": {"interval": "manual"}}},
    }


def payout(
    amount_cents: int, currency: str, arrives_at: datetime, metadata: dict[str, str], now: datetime
) -> dict[str, Any]:
    """Return a payout on its way."""
    return {
        "id": new_object_id("po"),
        "object": "payout",
        "amount": amount_cents,
        "arrival_date": stamp(arrives_at),
        "automatic": False,
        "created": stamp(now),
        "currency": currency.lower(),
        "failure_code": None,
        "failure_message": None,
        "livemode": False,
        "metadata": metadata,
        "method": "standard",
        "status": "in_transit",
    }


def transfer_reversal(intent: str, amount_cents: int, currency: str, now: datetime) -> dict[str, Any]:
    """Return money that came back from an account of what it got of a payment intent."""
    return {
        "id": new_object_id("trr"),
        "object": "transfer_reversal",
        "amount": amount_cents,
        "created": stamp(now),
        "currency": currency,
        "metadata": {"payment_intent": intent},
        "source_refund": None,
    }
