"""Plays what happens to connected accounts and payouts on Stripe's side."""

from enum import StrEnum
from typing import Any

from pygmalion_app.adapters.payments.testmode import objects
from pygmalion_app.adapters.payments.testmode.accounts import end_payout
from pygmalion_app.adapters.payments.testmode.cashier import CheckoutClosedError, keep_events, shelves_now
from pygmalion_app.adapters.payments.testmode.delivery import Delivery, deliver_all
from pygmalion_app.core.errors import NotFoundError


class Onboarding(StrEnum):
    """How an organisation leaves the onboarding page."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"


class PayoutOutcome(StrEnum):
    """What the organisation's bank does."""

    PAID = "paid"
    FAILED = "failed"


_STILL_DUE = ["individual.verification.document"]


async def onboard(account_id: str, outcome: Onboarding, *, delivery: Delivery = Delivery.AT_ONCE) -> bool:
    """Let an account be completed, or only half; return whether it may be paid now."""
    async with shelves_now() as shelves:
        found = await shelves.find(account_id[:200], lock=True)
        if found is None or found.kind != "account":
            raise NotFoundError(account=account_id[:200])
        done = outcome is Onboarding.COMPLETE
        due = [] if done else _STILL_DUE
        requirements = {"currently_due": due, "past_due": [], "disabled_reason": None if done else "requirements.due"}
        body = await shelves.change(
            found, details_submitted=True, charges_enabled=done, payouts_enabled=done, requirements=requirements
        )
        event_ids = await keep_events(shelves, [("account.updated", body)], delivery, account=account_id)
    await deliver_all(event_ids, delivery)
    return done


async def link(link_id: str) -> dict[str, Any]:
    """Return an onboarding link and its account's id; NotFoundError when there is none."""
    async with shelves_now() as shelves:
        found = await shelves.find(link_id[:200])
        if found is None or found.kind != "account_link":
            raise NotFoundError(link=link_id[:200])
        lapsed = found.body["expires_at"] <= objects.stamp(shelves.now)
        account = await shelves.find(str(found.parent))
        email = account.body["email"] if account else ""
        return {**found.body, "account": found.parent, "lapsed": lapsed, "email": email}


async def settle_payout(payout_id: str, outcome: PayoutOutcome, *, delivery: Delivery = Delivery.AT_ONCE) -> str:
    """Let a payout arrive or fail; a paid one may still come back, as banks do it. Return its status."""
    async with shelves_now() as shelves:
        found = await shelves.find(payout_id[:200], lock=True)
        if found is None or found.kind != "payout":
            raise NotFoundError(payout=payout_id[:200])
        paid = outcome is PayoutOutcome.PAID
        if found.body["status"] == "failed" or (paid and found.body["status"] == "paid"):
            raise CheckoutClosedError(payout=payout_id[:200], status=found.body["status"])
        event = await end_payout(shelves, found, paid=paid)
        event_ids = await keep_events(shelves, [event], delivery, account=found.parent)
    await deliver_all(event_ids, delivery)
    return outcome.value
