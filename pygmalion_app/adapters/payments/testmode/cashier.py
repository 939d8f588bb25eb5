"""Plays an outcome on a checkout: what happens on Stripe's side when somebody pays, and afterwards."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.adapters.payments.testmode import money, objects
from pygmalion_app.adapters.payments.testmode.delivery import Delivery, deliver_all
from pygmalion_app.adapters.payments.testmode.models import TestmodeCheckout, TestmodeObject
from pygmalion_app.adapters.payments.testmode.outcomes import STEPS, Outcome, Step, checkout_object, fingerprint
from pygmalion_app.adapters.payments.testmode.store import DELIVER_TASK, Shelves
from pygmalion_app.core.errors import ConflictError, NotFoundError
from pygmalion_app.core.ids import new_token
from pygmalion_app.core.unit_of_work import container

RETRY_AFTER = timedelta(seconds=15)
DELAY = timedelta(seconds=5)
Events = list[tuple[str, dict[str, Any]]]


class CheckoutClosedError(ConflictError):
    """The checkout was paid, abandoned by time, or closed; this outcome cannot follow."""

    code = "checkout_closed"


async def checkout(checkout_id: str) -> TestmodeCheckout:
    """Return a checkout; NotFoundError when there is none."""
    async with shelves_now() as shelves:
        return await _find(shelves, checkout_id)


async def possible(checkout_id: str) -> list[Outcome]:
    """Return what can be played on a checkout now."""
    async with shelves_now() as shelves:
        found = await _find(shelves, checkout_id)
        outcomes = [outcome for outcome, step in STEPS.items() if found.status in step.before]
        paid = await shelves.find(str(found.payment_intent)) if found.status == "complete" else None
        if paid is None or paid.kind != "payment_intent":
            return outcomes
        disputed = await shelves.latest("dispute", paid.object_id)
        if disputed is None:
            outcomes.append(Outcome.DISPUTE)
        elif disputed.body["status"] not in {"won", "lost"}:
            outcomes += [Outcome.DISPUTE_WON, Outcome.DISPUTE_LOST]
        refunded = await shelves.latest("refund", paid.object_id)
        if refunded is not None and refunded.body["status"] != "failed":
            outcomes.append(Outcome.REFUND_FAILURE)
        return outcomes


async def play(checkout_id: str, outcome: Outcome, *, card: str = "", delivery: Delivery = Delivery.AT_ONCE) -> str:
    """Play an outcome and return the checkout's status.

    The new status, the events and the jobs that will deliver them commit together; then they are delivered at once, so
    that the page which follows finds the order confirmed. Killed in between, the jobs deliver them.
    """
    async with shelves_now() as shelves:
        found = await _find(shelves, checkout_id, lock=True)
        if outcome in STEPS:
            events = await _pay(shelves, found, outcome, card)
        else:
            events = await _afterwards(shelves, found, outcome)
        status = found.status
        event_ids = await keep_events(shelves, events, delivery)
    await deliver_all(event_ids, delivery)
    return status


def shelves_now() -> Shelves:
    """Open a transaction on the gateway's side."""
    return Shelves(container().engine, container().clock.now())


async def keep_events(shelves: Shelves, events: Events, delivery: Delivery, account: str | None = None) -> list[str]:
    """Keep events and, unless they are held, the jobs that deliver them if nobody does earlier."""
    event_ids = [shelves.keep(kind, about, account=account) for kind, about in events]
    await shelves.session.flush()
    if delivery is not Delivery.HELD:
        at = shelves.now + (DELAY if delivery is Delivery.DELAYED else RETRY_AFTER)
        for event_id in event_ids:
            await container().jobs.defer(
                shelves.session,
                DELIVER_TASK,
                at=at,
                queueing_lock=None,
                lock=None,
                arguments={"event_id": event_id},
            )
    return event_ids


async def _find(shelves: Shelves, checkout_id: str, *, lock: bool = False) -> TestmodeCheckout:
    query = select(TestmodeCheckout).where(col(TestmodeCheckout.checkout_id) == checkout_id[:200])
    found = (await shelves.session.execute(query.with_for_update() if lock else query)).scalar_one_or_none()
    if found is None:
        raise NotFoundError(checkout=checkout_id[:200])
    return found


async def _pay(shelves: Shelves, found: TestmodeCheckout, outcome: Outcome, card: str) -> Events:
    step = STEPS[outcome]
    if found.status not in step.before or (step.event and found.expires_at <= shelves.now):
        raise CheckoutClosedError(checkout=found.checkout_id, status=found.status)
    found.status = step.after
    setup = found.request["mode"] == "setup"
    found.payment_intent = found.payment_intent or f"{'seti' if setup else 'pi'}_test_{new_token(18)}"
    if step.event is None:
        return []
    events = await _saved(shelves, found, step, card) if setup else await _paid(shelves, found, outcome, card)
    if step.event.startswith("checkout."):
        name = fingerprint(card) if card else None
        about = checkout_object(found.checkout_id, found.payment_intent, found.request, step, name)
        events.append((step.event, about))
    return events


async def _saved(shelves: Shelves, found: TestmodeCheckout, step: Step, card: str) -> Events:
    """Save the card for later, or refuse it."""
    intent = objects.setup_intent(str(found.payment_intent), found.request, shelves.now)
    if step.after != "complete":
        refused = {"status": "requires_payment_method", "last_setup_error": objects.payment_error("card_declined")}
        return [] if step.after == "expired" else [("setup_intent.setup_failed", intent | refused)]
    await shelves.add(intent, parent=found.checkout_id, card=card.replace(" ", ""))
    return [("setup_intent.succeeded", intent)]


async def _paid(shelves: Shelves, found: TestmodeCheckout, outcome: Outcome, card: str) -> Events:
    """Let the payment intent follow the outcome."""
    intent = str(found.payment_intent)
    if outcome is Outcome.SEPA_SUCCESS:
        kept = await _payment(shelves, found)
        return [("payment_intent.succeeded", await money.succeed(shelves, kept))]
    if outcome is Outcome.SEPA_FAILURE:
        kept = await _payment(shelves, found)
        refused = objects.payment_error("payment_intent_payment_attempt_failed", "debit_not_authorized")
        body = await shelves.change(kept, status="requires_payment_method", last_payment_error=refused)
        return [("payment_intent.payment_failed", body)]
    if outcome is Outcome.DECLINE:
        body = objects.payment_intent(intent, found.request, "requires_payment_method", shelves.now)
        body["last_payment_error"] = objects.payment_error("card_declined", "generic_decline")
        return [("payment_intent.payment_failed", body)]
    if outcome is Outcome.EXPIRE:
        return []
    pending = outcome is Outcome.SEPA_PENDING
    body = objects.payment_intent(intent, found.request, "processing" if pending else "succeeded", shelves.now)
    await money.keep_charge(
        shelves,
        body,
        parent=found.checkout_id,
        method="sepa_debit" if pending else "card",
        card=card,
        commission=found.request["commission_cents"],
    )
    return [] if pending else [("payment_intent.succeeded", body)]


async def _payment(shelves: Shelves, found: TestmodeCheckout) -> TestmodeObject:
    kept = await shelves.find(str(found.payment_intent), lock=True)
    if kept is None or kept.kind != "payment_intent":
        raise CheckoutClosedError(checkout=found.checkout_id, status=found.status)
    return kept


async def _afterwards(shelves: Shelves, found: TestmodeCheckout, outcome: Outcome) -> Events:
    """Let the customer's bank have its say on what was paid."""
    kept = await _payment(shelves, found)
    if outcome is Outcome.DISPUTE:
        body = await money.open_dispute(shelves, kept)
        return [("charge.dispute.created", body), ("charge.dispute.funds_withdrawn", body)]
    if outcome is Outcome.REFUND_FAILURE:
        refund = await shelves.latest("refund", kept.object_id)
        if refund is None or refund.body["status"] == "failed":
            raise CheckoutClosedError(checkout=found.checkout_id, status=found.status)
        body = await money.fail_refund(shelves, refund)
        return [("refund.updated", body), ("refund.failed", body)]
    dispute = await shelves.latest("dispute", kept.object_id)
    if dispute is None or dispute.body["status"] in {"won", "lost"}:
        raise CheckoutClosedError(checkout=found.checkout_id, status=found.status)
    won = outcome is Outcome.DISPUTE_WON
    body = await money.close_dispute(shelves, dispute, won=won)
    reinstated = [("charge.dispute.funds_reinstated", body)] if won else []
    return [("charge.dispute.closed", body), *reinstated]
