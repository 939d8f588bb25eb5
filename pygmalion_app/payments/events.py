"""The gateway's events: each applied once, in any order, after any delay (design/integrations.md, Stripe)."""

import hashlib
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, LiteralString, cast

from psycopg.types.json import Jsonb

from pygmalion_app.core import audit
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.payments import (
    account_events,
    charge_events,
    checkout_events,
    dispute_events,
    intent_events,
    payout_events,
    refund_events,
)
from pygmalion_app.payments.errors import EventChangedError, EventForgottenError
from pygmalion_app.payments.schemas import Change, PaymentOutcome

log = logging.getLogger(__name__)

Handler = Callable[[UnitOfWork, str, Mapping[str, Any]], Awaitable[PaymentOutcome]]
"""Takes the event's type and what it is about; derives the state from that, never from the order of arrival.

What comes from a connected account carries that account's id as `account`.
"""

HANDLERS: dict[str, Handler] = {
    "checkout.session.": checkout_events.apply,
    "payment_intent.": intent_events.apply,
    "refund.": refund_events.apply,
    "account.": account_events.apply,
    "payout.": payout_events.apply,
    "charge.dispute.": dispute_events.apply,
    "charge.succeeded": charge_events.apply,
}
"""By how the event's type begins. Types without a handler are kept and have no effect."""

FAILED: Final = "error"
"""The effect of an event whose handling raised: its next delivery, or a replay, applies it."""

_ADMIT: LiteralString = """
INSERT INTO webhook_events (id, type, payload, effect, received_at, account, fingerprint)
VALUES (%(id)s, %(type)s, %(payload)s, 'none', %(now)s, %(account)s, %(fingerprint)s)
ON CONFLICT (id) DO UPDATE SET attempts = webhook_events.attempts + 1, effect = 'none', last_error = NULL
  WHERE webhook_events.effect = 'error' AND webhook_events.fingerprint = EXCLUDED.fingerprint
RETURNING id
"""
_KEEP_EFFECT: LiteralString = """
UPDATE webhook_events SET effect = %(effect)s, reference = %(reference)s WHERE id = %(id)s
"""
_KEEP_FAILURE: LiteralString = """
INSERT INTO webhook_events (id, type, payload, effect, received_at, account, fingerprint, last_error)
VALUES (%(id)s, %(type)s, %(payload)s, 'error', %(now)s, %(account)s, %(fingerprint)s, %(error)s)
ON CONFLICT (id) DO UPDATE SET attempts = webhook_events.attempts + 1, last_error = EXCLUDED.last_error
  WHERE webhook_events.effect = 'error' AND webhook_events.fingerprint = EXCLUDED.fingerprint
"""


async def apply_event(uow: UnitOfWork, event: Mapping[str, Any]) -> PaymentOutcome:
    """Apply an event whose signature was checked, and say what it means for the order.

    A repetition changes nothing; one that failed before is tried again. The event's row, its effect and the jobs that
    follow commit together. Raises EventChangedError for another event under the id of a known one.
    """
    row = _row(uow, event)
    if not await uow.sql(_ADMIT, **row):
        await _require_same(uow, row)
        return PaymentOutcome(Change.NONE)
    return await _take_effect(uow, event)


async def keep_failure(uow: UnitOfWork, event: Mapping[str, Any], error: str) -> None:
    """Write down, in a transaction of its own, that an event could not be applied."""
    await uow.sql(_KEEP_FAILURE, **_row(uow, event), error=error[:200])


async def replay(uow: UnitOfWork, event_id: str) -> PaymentOutcome:
    """Apply a stored event again as if it arrived now: what it did already, it does not do twice. For administrators.

    Raises NotFoundError, EventForgottenError.
    """
    uow.actor.require_platform_admin()
    async with uow.elevated():
        rows = await uow.sql("SELECT payload FROM webhook_events WHERE id = %(id)s FOR UPDATE", id=event_id)
        if not rows:
            raise NotFoundError(event=event_id)
        event: dict[str, Any] = rows[0]["payload"]
        if "type" not in event:
            raise EventForgottenError(event=event_id)
        outcome = await _take_effect(uow, event)
        await uow.sql(
            "UPDATE webhook_events SET replayed_at = %(now)s, replayed_by = %(by)s,"
            " effect = CASE WHEN effect = 'error' THEN 'none' ELSE effect END, last_error = NULL WHERE id = %(id)s",
            id=event_id,
            now=uow.clock.now(),
            by=uow.actor.user_id,
        )
        await audit.record(
            uow,
            "payment_event.replayed",
            subject_id=outcome.reference,
            facts={"event": event_id, "effect": outcome.change},
        )
    return outcome


async def _take_effect(uow: UnitOfWork, event: Mapping[str, Any]) -> PaymentOutcome:
    kind = str(event["type"])
    outcome = await _handler(kind)(uow, kind, _object(event))
    if outcome.change is not Change.NONE:
        uow.send_along(_KEEP_EFFECT, id=event["id"], effect=outcome.change.value, reference=outcome.reference)
    return outcome


def _row(uow: UnitOfWork, event: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": event["id"],
        "type": event["type"],
        "payload": Jsonb(dict(event)),
        "now": uow.clock.now(),
        "account": str(event["account"])[:200] if event.get("account") else None,
        "fingerprint": fingerprint(event),
    }


def fingerprint(event: Mapping[str, Any]) -> bytes:
    """Return what tells one event from another; how often it is still to be delivered changes between deliveries."""
    said = {name: event.get(name) for name in ("type", "account", "created", "data")}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).digest()


async def _require_same(uow: UnitOfWork, row: Mapping[str, Any]) -> None:
    known = await uow.sql("SELECT fingerprint FROM webhook_events WHERE id = %(id)s", id=row["id"])
    if known and known[0]["fingerprint"] not in {None, row["fingerprint"]}:
        log.error("event %s came again and says something else: refused", row["id"])
        raise EventChangedError(event=row["id"])


def _object(event: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what the event is about; a payload of another shape is about nothing."""
    data: Any = event.get("data")
    found: Any = cast("dict[str, Any]", data).get("object") if isinstance(data, dict) else None
    about = cast("dict[str, Any]", found) if isinstance(found, dict) else {}
    return {"account": event["account"]} | about if event.get("account") else about


def _handler(kind: str) -> Handler:
    return next((handler for prefix, handler in HANDLERS.items() if kind.startswith(prefix)), _no_effect)


async def _no_effect(_uow: UnitOfWork, _kind: str, _about: Mapping[str, Any]) -> PaymentOutcome:
    return PaymentOutcome(Change.NONE)
