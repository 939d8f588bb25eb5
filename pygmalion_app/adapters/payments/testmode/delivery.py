"""Delivery of the test-mode gateway's events: real HTTP POSTs, signed as Stripe signs them."""

import hashlib
import hmac
import json
import logging
from datetime import datetime
from enum import StrEnum

import httpx
from procrastinate import RetryStrategy
from sqlalchemy import select, update

from pygmalion_app.adapters.payments.testmode.models import TestmodeEvent
from pygmalion_app.adapters.payments.testmode.store import DELIVER_TASK
from pygmalion_app.adapters.tls import trusted
from pygmalion_app.core.errors import UnavailableError
from pygmalion_app.core.jobs import tasks
from pygmalion_app.core.row_security import REACH_ALL
from pygmalion_app.core.unit_of_work import container

log = logging.getLogger(__name__)

WEBHOOK_PATH = "/api/v1/payments/webhook"
_TABLE = TestmodeEvent.__table__  # pyright: ignore[reportAttributeAccessIssue]


class Delivery(StrEnum):
    """How the events of one action reach the application, as they may from the real gateway."""

    AT_ONCE = "at_once"
    """Before the answer, so that the page which follows finds the order confirmed."""
    DUPLICATE = "duplicate"
    """Each twice, at once."""
    REORDERED = "reordered"
    """The last of the action first."""
    DELAYED = "delayed"
    """After some seconds: the buyer is back before the news."""
    HELD = "held"
    """When somebody asks for it (`POST /dev/events/deliver`)."""


def signature(secret: str, payload: str, now: datetime) -> str:
    """Return the `Stripe-Signature` header of a payload."""
    stamp = int(now.timestamp())
    signed = hmac.new(secret.encode(), f"{stamp}.{payload}".encode(), hashlib.sha256).hexdigest()
    return f"t={stamp},v1={signed}"


async def deliver(event_id: str, *, again: bool = False) -> None:
    """Deliver one event unless it was; UnavailableError when the webhook does not answer with success.

    `again` delivers it even so, as Stripe does when an answer got lost.
    """
    parts = container()
    async with parts.engine.begin() as connection:
        await connection.execute(REACH_ALL)
        query = select(_TABLE.c.payload).where(_TABLE.c.event_id == event_id)
        if not again:
            query = query.where(_TABLE.c.delivered_at.is_(None))
        payload = (await connection.execute(query)).scalar_one_or_none()
    if payload is None:
        return
    await _post(payload)
    async with parts.engine.begin() as connection:
        await connection.execute(REACH_ALL)
        await connection.execute(
            update(_TABLE).where(_TABLE.c.event_id == event_id).values(delivered_at=parts.clock.now())
        )


async def _post(payload: str) -> None:
    parts = container()
    settings = parts.settings
    of_account = "account" in json.loads(payload)
    secret = (settings.stripe_connect_webhook_secret if of_account else None) or settings.stripe_webhook_secret
    header = signature(secret.get_secret_value(), payload, parts.clock.now())
    try:
        async with httpx.AsyncClient(
            verify=trusted(), base_url=settings.own_url, timeout=20, trust_env=False
        ) as client:
            answer = await client.post(
                WEBHOOK_PATH,
                content=payload,
                headers={"Stripe-Signature": header, "Content-Type": "application/json"},
            )
            answer.raise_for_status()
    except httpx.HTTPError as error:
        raise UnavailableError(part="webhook") from error


async def deliver_all(event_ids: list[str], how: Delivery) -> None:
    """Deliver the events of one action; what cannot be delivered now is left to the jobs."""
    if how in {Delivery.DELAYED, Delivery.HELD}:
        return
    ordered = event_ids[::-1] if how is Delivery.REORDERED else event_ids
    try:
        for event_id in ordered:
            await deliver(event_id)
            if how is Delivery.DUPLICATE:
                await deliver(event_id, again=True)
    except UnavailableError:
        log.info("the webhook did not answer; a job delivers the rest")


async def deliver_held() -> int:
    """Deliver whatever was not delivered yet, newest first, and return how many events that were."""
    async with container().engine.begin() as connection:
        await connection.execute(REACH_ALL)
        query = select(_TABLE.c.event_id).where(_TABLE.c.delivered_at.is_(None)).order_by(_TABLE.c.id.desc())
        waiting = list((await connection.execute(query)).scalars())
    for event_id in waiting:
        await deliver(event_id)
    return len(waiting)


@tasks.task(name=DELIVER_TASK, queue="payments", retry=RetryStrategy(max_attempts=12, exponential_wait=2))
async def deliver_later(event_id: str) -> None:
    """Deliver again what was not delivered at once, as Stripe does for three days."""
    await deliver(event_id)
