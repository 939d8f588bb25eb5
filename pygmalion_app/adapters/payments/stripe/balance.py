"""The platform's balance at Stripe, line by line, each with what it belongs to."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

from stripe import BalanceTransaction, StripeClient

from pygmalion_app.adapters.payments.stripe.calls import asking
from pygmalion_app.core.gateway import BalanceMovement, MovementKind

_KINDS = {
    "charge": MovementKind.CHARGE,
    "payment": MovementKind.CHARGE,
    "transfer": MovementKind.TRANSFER,
    "application_fee": MovementKind.COMMISSION,
    "refund": MovementKind.REFUND,
    "payment_refund": MovementKind.REFUND,
    "refund_failure": MovementKind.REFUND,
    "payment_failure_refund": MovementKind.REFUND,
    "transfer_refund": MovementKind.TRANSFER_REVERSAL,
    "application_fee_refund": MovementKind.COMMISSION_REFUND,
    "payout": MovementKind.PAYOUT,
    "payout_failure": MovementKind.PAYOUT,
}
_DISPUTES = {"dispute": MovementKind.DISPUTE, "dispute_reversal": MovementKind.DISPUTE_REVERSAL}


class StripeBalance:
    """The platform's balance transactions."""

    def __init__(self, client: StripeClient) -> None:
        """Take the client."""
        self._stripe = client.v1

    async def movements(self, since: datetime, until: datetime) -> AsyncIterator[BalanceMovement]:
        """Yield what moved from `since` on and before `until`, oldest first; Stripe lists the newest first."""
        with asking("balance"):
            listed = await self._stripe.balance_transactions.list_async(
                {
                    "created": {"gte": int(since.timestamp()), "lt": int(until.timestamp())},
                    "limit": 100,
                    "expand": ["data.source"],
                }
            )
            lines = [line async for line in listed.auto_paging_iter()]
        intents = {
            _field(line, "id"): _field(line, "payment_intent")
            for line in lines
            if _field(line, "object") == "charge" and _field(line, "payment_intent")
        }
        for line in reversed(lines):
            yield await self._movement(line, intents)

    async def _movement(self, line: BalanceTransaction, intents: dict[str, Any]) -> BalanceMovement:
        kind = _KINDS.get(line.type) or _DISPUTES.get(line.reporting_category) or MovementKind.OTHER
        return BalanceMovement(
            id=line.id,
            kind=kind,
            amount_cents=line.amount,
            fee_cents=line.fee,
            currency=line.currency.upper(),
            source=await self._source(line, intents),
            created_at=datetime.fromtimestamp(line.created, UTC),
        )

    async def _source(self, line: BalanceTransaction, intents: dict[str, Any]) -> str:
        """Return the payment intent, refund or dispute that a line belongs to; its own source where none is told."""
        match _field(line, "object"):
            case "charge":
                return str(_field(line, "payment_intent") or _field(line, "id"))
            case "transfer":
                return await self._intent(_field(line, "source_transaction"), intents)
            case "application_fee":
                charge = _field(line, "originating_transaction") or _field(line, "charge")
                return await self._intent(charge, intents)
            case "transfer_reversal":
                return str(_field(line, "source_refund") or _field(line, "id"))
            case "fee_refund":
                return str(getattr(_field(line, "metadata"), "refund", None) or _field(line, "fee"))
            case _:
                return str(_field(line, "id") or "")

    async def _intent(self, charge: str | None, intents: dict[str, Any]) -> str:
        """Return the payment intent of a charge, asked for where the charge itself is not in this list."""
        if charge is None:
            return ""
        if charge not in intents:
            with asking("balance"):
                found = await self._stripe.charges.retrieve_async(charge)
            intents[charge] = found.payment_intent or charge
        return str(intents[charge])


def _field(line: BalanceTransaction, name: str) -> Any:
    """Return a field of what a line is about, None where that is told by its id alone, or has no such field."""
    return getattr(line.source, name, None)
