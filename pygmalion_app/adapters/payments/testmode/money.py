"""How money moves on the test-mode gateway's side: destination charges, refunds, disputes, and their fees."""

from datetime import timedelta
from typing import Any

from pygmalion_app.adapters.payments.testmode import objects
from pygmalion_app.adapters.payments.testmode.models import TestmodeObject
from pygmalion_app.adapters.payments.testmode.store import PLATFORM, Shelves
from pygmalion_app.core.gateway import MovementKind, NotRefundableError, RefundRequest

CARD_FEE_BASIS_POINTS, CARD_FEE_FIXED = 150, 25
DEBIT_FEE = 35
DISPUTE_FEE = 2000
ANSWER_WITHIN = timedelta(days=9)

# Stripe's own numbers of test cards, and of a test bank account, for what happens after a checkout.
REFUNDS_FAIL = "4000000000005126"
REFUNDS_WAIT = "4000000000007726"
CHARGES_ARE_DECLINED = "4000000000000341"
CHARGES_NEED_THE_CUSTOMER = "4000002760003184"
BANK_ACCOUNT = "FR1420041010050500013M02606"


def fee_of(amount_cents: int, method: str) -> int:
    """Return what the gateway keeps of a charge, in cents."""
    if method == "sepa_debit":
        return DEBIT_FEE
    return CARD_FEE_FIXED + (amount_cents * CARD_FEE_BASIS_POINTS + 5000) // 10_000


async def keep_charge(
    shelves: Shelves,
    intent: dict[str, Any],
    *,
    parent: str,
    method: str,
    card: str,
    commission: int,
    key: str | None = None,
) -> TestmodeObject:
    """Keep a payment intent with how it is paid; the money moves when it has succeeded."""
    kept = await shelves.add(
        intent, key=key, parent=parent, method=method, card=card.replace(" ", ""), commission=commission
    )
    if intent["status"] == "succeeded":
        await _charge(shelves, kept)
    return kept


async def succeed(shelves: Shelves, kept: TestmodeObject) -> dict[str, Any]:
    """Let a slow payment arrive."""
    body = await shelves.change(kept, status="succeeded", amount_received=kept.body["amount"])
    await _charge(shelves, kept)
    return body


async def _charge(shelves: Shelves, kept: TestmodeObject) -> None:
    """Credit the platform, which hands everything to the seller's account and gets its commission back."""
    body, amount, currency = kept.body, kept.body["amount"], kept.body["currency"]
    intent, seller = body["id"], body["on_behalf_of"]
    fee = fee_of(amount, kept.own["method"])
    await shelves.move(PLATFORM, MovementKind.CHARGE, amount, currency, intent, fee)
    if seller:
        commission = body["application_fee_amount"] or 0
        await shelves.move(PLATFORM, MovementKind.TRANSFER, -amount, currency, intent)
        await shelves.move(seller, MovementKind.TRANSFER, amount, currency, intent)
        await shelves.move(seller, MovementKind.COMMISSION, -commission, currency, intent)
        await shelves.move(PLATFORM, MovementKind.COMMISSION, commission, currency, intent)


async def give_back(shelves: Shelves, kept: TestmodeObject, request: RefundRequest, key: str) -> TestmodeObject:
    """Give money of a payment back: the platform its commission's part, the seller's account the rest."""
    given = int(kept.own.get("refunded", 0))
    waived = int(kept.own.get("commission_refunded", 0))
    commission = kept.own.get("commission", 0)
    if kept.body["status"] != "succeeded" or request.amount_cents <= 0:
        raise NotRefundableError(payment_intent=request.payment_intent)
    if given + request.amount_cents > kept.body["amount"] or waived + request.commission_cents > commission:
        raise NotRefundableError(payment_intent=request.payment_intent)
    status = "pending" if kept.own["card"] == REFUNDS_WAIT or kept.own["method"] == "sepa_debit" else "succeeded"
    body = objects.refund(request, kept.body, status, shelves.now)
    made = await shelves.add(body, key=key, parent=kept.object_id, commission=request.commission_cents)
    await shelves.change(
        kept,
        {"refunded": given + request.amount_cents, "commission_refunded": waived + request.commission_cents},
    )
    currency, seller = body["currency"], kept.body["on_behalf_of"]
    await shelves.move(PLATFORM, MovementKind.REFUND, -request.amount_cents, currency, body["id"])
    if seller:
        await shelves.move(PLATFORM, MovementKind.TRANSFER_REVERSAL, request.amount_cents, currency, body["id"])
        await shelves.move(seller, MovementKind.TRANSFER_REVERSAL, -request.amount_cents, currency, body["id"])
        await shelves.move(PLATFORM, MovementKind.COMMISSION_REFUND, -request.commission_cents, currency, body["id"])
        await shelves.move(seller, MovementKind.COMMISSION_REFUND, request.commission_cents, currency, body["id"])
    return made


async def fail_refund(shelves: Shelves, found: TestmodeObject) -> dict[str, Any]:
    """Let a refund come back: the bank did not take it, the money is on the platform's balance again."""
    body = await shelves.change(found, status="failed", failure_reason="expired_or_canceled_card")
    await shelves.move(PLATFORM, MovementKind.REFUND, body["amount"], body["currency"], body["id"])
    kept = await shelves.find(body["payment_intent"], lock=True)
    if kept is not None:
        await _hand_over_again(shelves, kept, found)
    return body


async def _hand_over_again(shelves: Shelves, kept: TestmodeObject, refund: TestmodeObject) -> None:
    """Let seller and commission have what they gave for a refund that came back: it is as if it never was."""
    amount, commission = refund.body["amount"], int(refund.own.get("commission", 0))
    left = {"refunded": int(kept.own.get("refunded", 0)) - amount}
    left["commission_refunded"] = int(kept.own.get("commission_refunded", 0)) - commission
    await shelves.change(kept, left)
    seller, currency, source = kept.body["on_behalf_of"], kept.body["currency"], refund.object_id
    if seller:
        await shelves.move(PLATFORM, MovementKind.TRANSFER, -amount, currency, source)
        await shelves.move(seller, MovementKind.TRANSFER, amount, currency, source)
        await shelves.move(seller, MovementKind.COMMISSION, -commission, currency, source)
        await shelves.move(PLATFORM, MovementKind.COMMISSION, commission, currency, source)


async def open_dispute(shelves: Shelves, kept: TestmodeObject) -> dict[str, Any]:
    """Let the customer's bank take the money back, for the time being."""
    amount = kept.body["amount"] - int(kept.own.get("refunded", 0))
    if kept.body["status"] != "succeeded" or amount <= 0:
        raise NotRefundableError(payment_intent=kept.object_id)
    body = objects.dispute(kept.body, amount, shelves.now + ANSWER_WITHIN, shelves.now)
    await shelves.add(body, parent=kept.object_id)
    await shelves.move(PLATFORM, MovementKind.DISPUTE, -amount, body["currency"], body["id"], DISPUTE_FEE)
    return body


async def close_dispute(shelves: Shelves, found: TestmodeObject, *, won: bool) -> dict[str, Any]:
    """Decide a dispute; a won one brings the money back, not the fee."""
    body = await shelves.change(found, status="won" if won else "lost")
    if won:
        await shelves.move(PLATFORM, MovementKind.DISPUTE_REVERSAL, body["amount"], body["currency"], body["id"])
    return body
