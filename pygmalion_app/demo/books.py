"""What the demonstration's payments left behind: entries of the books, and the test-mode gateway's own records.

The same keys, accounts and roundings as `payments.accounting` and the daily reconciliation use, so that books and
gateway agree from the first night on, and a refund of a demonstration's order finds its payment.
"""

from typing import Any
from uuid import UUID

from pygmalion_app.demo.ids import demo_id
from pygmalion_app.demo.people import Rows
from pygmalion_app.payments.accounting import CHECKOUT, contained_vat

_FEE_BASIS_POINTS, _FEE_FIXED = 150, 25
_Lines = tuple[tuple[str, int, UUID | None], ...]


def enter(rows: Rows, payment: dict[str, Any]) -> None:
    """Enter a payment that was made: its sale, its charge, and what the gateway kept."""
    intent = payment["payment_intent"]
    if payment["status"] != "succeeded" or intent is None:
        return
    amount, commission = payment["amount_cents"], payment["commission_cents"]
    vat, fee = contained_vat(commission), _fee(amount)
    buyer, seller = payment["payer_organization_id"], payment["payee_organization_id"]
    sale: _Lines = (
        ("BUYER", amount, buyer),
        ("SELLER", commission - amount, seller),
        ("COMMISSION", vat - commission, seller),
        ("COMMISSION_VAT", -vat, seller),
    )
    charge: _Lines = (
        ("BUYER", -amount, buyer),
        ("GATEWAY", amount - commission, seller),
        ("GATEWAY", commission, None),
    )
    movement = f"txn_{intent}"
    _entry(rows, payment, "sale", f"sale:{payment['id']}", None, sale)
    _entry(rows, payment, "charge", f"charge:{payment['id']}:{CHECKOUT}", intent, charge)
    _entry(rows, payment, "fee", f"fee:{movement}", intent, (("GATEWAY_FEE", fee, None), ("GATEWAY", -fee, None)))
    _at_gateway(rows, payment, movement, fee)


def _fee(amount: int) -> int:
    return _FEE_FIXED + (amount * _FEE_BASIS_POINTS + 5000) // 10_000


def _entry(rows: Rows, payment: dict[str, Any], kind: str, key: str, source: str | None, lines: _Lines) -> None:
    entry_id = demo_id("ledger", key)
    rows["ledger_entries"].append(
        {
            "id": entry_id,
            "created_at": payment["paid_at"],
            "key": key,
            "kind": kind,
            "order_id": payment["reference"],
            "payment_id": payment["id"],
            "source": source,
            "currency": payment["currency"],
            "occurred_at": payment["paid_at"],
        }
    )
    for position, (account, cents, organization) in enumerate((line for line in lines if line[1]), start=1):
        rows["ledger_lines"].append(
            {
                "entry_id": entry_id,
                "position": position,
                "account": account,
                "amount_cents": cents,
                "organization_id": organization,
            }
        )


def _at_gateway(rows: Rows, payment: dict[str, Any], movement: str, fee: int) -> None:
    intent, amount, currency = payment["payment_intent"], payment["amount_cents"], payment["currency"].lower()
    body = {
        "id": intent,
        "object": "payment_intent",
        "amount": amount,
        "amount_received": amount,
        "application_fee_amount": None,
        "currency": currency,
        "created": int(payment["paid_at"].timestamp()),
        "description": payment["description"],
        "latest_charge": f"ch_{intent.removeprefix('pi_')}",
        "last_payment_error": None,
        "livemode": False,
        "metadata": {"payment_id": str(payment["id"])},
        "on_behalf_of": None,
        "status": "succeeded",
        "transfer_data": None,
    }
    rows["testmode_objects"].append(
        {
            "id": demo_id("testmode_object", intent),
            "created_at": payment["paid_at"],
            "object_id": intent,
            "kind": "payment_intent",
            "body": body,
            "own": {"method": "card", "card": "", "commission": payment["commission_cents"]},
        }
    )
    rows["testmode_movements"].append(
        {
            "id": demo_id("testmode_movement", movement),
            "created_at": payment["paid_at"],
            "movement_id": movement,
            "account": "",
            "kind": "charge",
            "amount_cents": amount,
            "fee_cents": fee,
            "currency": payment["currency"],
            "source": intent,
            "moved_at": payment["paid_at"],
        }
    )
