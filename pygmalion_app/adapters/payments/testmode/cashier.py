"""Plays an outcome on a checkout: what happens on Stripe's side when somebody pays."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from pygmalion_app.adapters.payments.testmode.delivery import DELIVER_TASK, deliver
from pygmalion_app.adapters.payments.testmode.models import TestmodeCheckout, TestmodeEvent
from pygmalion_app.adapters.payments.testmode.outcomes import STEPS, Outcome, event_payload, fingerprint
from pygmalion_app.core.errors import ConflictError, NotFoundError, UnavailableError
from pygmalion_app.core.ids import new_token
from pygmalion_app.core.row_security import REACH_ALL
from pygmalion_app.core.unit_of_work import container

RETRY_AFTER = timedelta(seconds=15)


class CheckoutClosedError(ConflictError):
    """The checkout was paid, abandoned by time, or closed; this outcome cannot follow."""

    code = "checkout_closed"


async def checkout(checkout_id: str) -> TestmodeCheckout:
    """Return a checkout; NotFoundError when there is none."""
    async with AsyncSession(container().engine, expire_on_commit=False) as session:
        await session.execute(REACH_ALL)
        return await _find(session, checkout_id)


async def play(checkout_id: str, outcome: Outcome, *, card: str = "") -> str:
    """Play an outcome and return the checkout's new status.

    The new status, the event and a job that will deliver it commit together; then the event is delivered at once, so
    that the page which follows finds the order confirmed. Killed in between, the job delivers it.
    """
    parts = container()
    step = STEPS[outcome]
    event_id = None
    async with AsyncSession(parts.engine, expire_on_commit=False) as session, session.begin():
        await session.execute(REACH_ALL)
        found = await _find(session, checkout_id, lock=True)
        if found.status not in step.before or (step.event and found.expires_at <= parts.clock.now()):
            raise CheckoutClosedError(checkout=checkout_id, status=found.status)
        found.status = step.after
        found.payment_intent = found.payment_intent or f"{_intent_prefix(found.request)}_{new_token(18)}"
        if step.event is not None:
            event_id = await _queue_event(session, found, step.event, outcome, parts.clock.now(), card)
    if event_id is not None:
        try:
            await deliver(event_id)
        except UnavailableError:
            return found.status
    return found.status


async def _find(session: AsyncSession, checkout_id: str, *, lock: bool = False) -> TestmodeCheckout:
    query = select(TestmodeCheckout).where(col(TestmodeCheckout.checkout_id) == checkout_id[:200])
    found = (await session.execute(query.with_for_update() if lock else query)).scalar_one_or_none()
    if found is None:
        raise NotFoundError(checkout=checkout_id[:200])
    return found


def _intent_prefix(request: dict[str, Any]) -> str:
    return "seti_test" if request["mode"] == "setup" else "pi_test"


async def _queue_event(
    session: AsyncSession, found: TestmodeCheckout, event: str, outcome: Outcome, now: datetime, card: str
) -> str:
    step = STEPS[outcome]
    name = fingerprint(card) if card else None
    event_id, payload = event_payload(event, found.checkout_id, found.payment_intent, found.request, step, now, name)
    session.add(TestmodeEvent(event_id=event_id, payload=payload))
    await session.flush()
    await container().jobs.defer(
        session,
        DELIVER_TASK,
        at=now + RETRY_AFTER,
        queueing_lock=None,
        lock=None,
        arguments={"event_id": event_id},
    )
    return event_id
