"""Delivery of the test-mode gateway's events: real HTTP POSTs, signed as Stripe signs them."""

import hashlib
import hmac
import logging
from datetime import datetime

import httpx
from procrastinate import RetryStrategy
from sqlalchemy import select, update

from pygmalion_app.adapters.payments.testmode.models import TestmodeEvent
from pygmalion_app.core.errors import UnavailableError
from pygmalion_app.core.jobs import tasks
from pygmalion_app.core.row_security import REACH_ALL
from pygmalion_app.core.unit_of_work import container

log = logging.getLogger(__name__)

DELIVER_TASK = "testmode.deliver_event"
WEBHOOK_PATH = "/api/v1/payments/webhook"
_TABLE = TestmodeEvent.__table__  # pyright: ignore[reportAttributeAccessIssue]


def signature(secret: str, payload: str, now: datetime) -> str:
    """Return the `Stripe-Signature` header of a payload."""
    stamp = int(now.timestamp())
    signed = hmac.new(secret.encode(), f"{stamp}.{payload}".encode(), hashlib.sha256).hexdigest()
    return f"t={stamp},v1={signed}"


async def deliver(event_id: str) -> None:
    """Deliver one event unless it was; UnavailableError when the webhook does not answer with success."""
    parts = container()
    async with parts.engine.begin() as connection:
        await connection.execute(REACH_ALL)
        query = select(_TABLE.c.payload).where(_TABLE.c.event_id == event_id, _TABLE.c.delivered_at.is_(None))
        payload = (await connection.execute(query)).scalar_one_or_none()
    if payload is None:
        return
    header = signature(parts.settings.stripe_webhook_secret.get_secret_value(), payload, parts.clock.now())
    try:
        async with httpx.AsyncClient(base_url=parts.settings.own_url, timeout=20, trust_env=False) as client:
            answer = await client.post(
                WEBHOOK_PATH,
                content=payload,
                headers={"Stripe-Signature": header, "Content-Type": "application/json"},
            )
            answer.raise_for_status()
    except httpx.HTTPError as error:
        raise UnavailableError(part="webhook") from error
    async with parts.engine.begin() as connection:
        await connection.execute(REACH_ALL)
        await connection.execute(
            update(_TABLE).where(_TABLE.c.event_id == event_id).values(delivered_at=parts.clock.now())
        )


@tasks.task(name=DELIVER_TASK, queue="payments", retry=RetryStrategy(max_attempts=12, exponential_wait=2))
async def deliver_later(event_id: str) -> None:
    """Deliver again what was not delivered at once, as Stripe does for three days."""
    await deliver(event_id)
