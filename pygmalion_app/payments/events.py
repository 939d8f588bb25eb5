"""The gateway's events: each applied once, in any order, after any delay (design/integrations.md, Stripe)."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, cast

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.payments import checkout_events
from pygmalion_app.payments.models import WebhookEvent
from pygmalion_app.payments.schemas import Change, PaymentOutcome

Handler = Callable[[UnitOfWork, str, Mapping[str, Any]], Awaitable[PaymentOutcome]]
"""Takes the event's type and what it is about; derives the state from that, never from the order of arrival."""

HANDLERS: dict[str, Handler] = {"checkout.session.": checkout_events.apply}
"""By how the event's type begins. Types without a handler are kept and have no effect."""


async def apply_event(uow: UnitOfWork, event: Mapping[str, Any]) -> PaymentOutcome:
    """Apply an event whose signature was checked, and say what it means for the order.

    A repetition changes nothing. The event's row, its effect and the jobs that follow commit together.
    """
    row = {
        "id": event["id"],
        "type": event["type"],
        "payload": dict(event),
        "effect": Change.NONE,
        "received_at": uow.clock.now(),
    }
    inserted = await uow.session.execute(
        insert(WebhookEvent).values(row).on_conflict_do_nothing().returning(col(WebhookEvent.id))
    )
    if inserted.scalar_one_or_none() is None:
        return PaymentOutcome(Change.NONE)
    outcome = await _handler(str(event["type"]))(uow, str(event["type"]), _object(event))
    if outcome.change is not Change.NONE:
        await uow.session.execute(
            update(WebhookEvent).where(col(WebhookEvent.id) == event["id"]).values(effect=outcome.change)
        )
    return outcome


def _object(event: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what the event is about; a payload of another shape is about nothing."""
    data: Any = event.get("data")
    found: Any = cast("dict[str, Any]", data).get("object") if isinstance(data, dict) else None
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}


def _handler(kind: str) -> Handler:
    return next((handler for prefix, handler in HANDLERS.items() if kind.startswith(prefix)), _no_effect)


async def _no_effect(_uow: UnitOfWork, _kind: str, _about: Mapping[str, Any]) -> PaymentOutcome:
    return PaymentOutcome(Change.NONE)
