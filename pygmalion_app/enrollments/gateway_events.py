"""The gateway's events from the payment to the order: what the webhook receives, and what an administrator replays."""

import logging
from collections.abc import Mapping
from typing import Any

from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.errors import BusyError, PygmalionError, UnavailableError
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.enrollments.rush import event_in_turn
from pygmalion_app.enrollments.settlement import settle
from pygmalion_app.payments import events
from pygmalion_app.payments.errors import EventChangedError, EventFailedError
from pygmalion_app.payments.schemas import Change

log = logging.getLogger(__name__)


async def receive(event: Mapping[str, Any]) -> None:
    """Take an event: its row, its effect on payment and order, and the jobs that follow commit together.

    Where its effect fails, the event alone is kept, and the error makes the gateway deliver it again. Raises
    EventFailedError, EventChangedError, BusyError, UnavailableError.
    """
    try:
        async with event_in_turn(), unit_of_work(SYSTEM, planned_once=True) as uow:
            await settle(uow, await events.apply_event(uow, event))
    except EventChangedError:
        raise
    except Exception as error:
        await _keep_failure(event, error)
        if isinstance(error, PygmalionError) and not isinstance(error, BusyError | UnavailableError):
            raise EventFailedError(event=event["id"]) from error
        raise


async def replay(actor: Actor, event_id: str) -> Change:
    """Apply a stored event again, through the same path, and return what it changed now. For administrators.

    Raises NotFoundError, EventForgottenError, and what the effect raises.
    """
    async with unit_of_work(actor) as uow:
        outcome = await events.replay(uow, event_id)
        async with uow.elevated():
            await settle(uow, outcome)
    return outcome.change


async def _keep_failure(event: Mapping[str, Any], error: Exception) -> None:
    log.error("event %s (%s) failed: %s", event["id"], event["type"], error)
    try:
        async with unit_of_work(SYSTEM) as uow:
            await events.keep_failure(
                uow, event, error.code if isinstance(error, PygmalionError) else type(error).__name__
            )
    except Exception:
        # The database may be gone: the gateway's next delivery tells the event anew.
        log.exception("the failure of event %s could not be kept", event["id"])
