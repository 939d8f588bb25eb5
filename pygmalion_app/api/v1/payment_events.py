"""`/payments/events`: what the gateway told, for administrators, and telling it again."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from pygmalion_app.api.deps import Paging, SignedInActor
from pygmalion_app.api.responses import Listed, Success, listed, ok
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.enrollments import gateway_events
from pygmalion_app.payments import webhook_admin
from pygmalion_app.payments.schemas import EventFilter, EventReplayed, EventRow, EventView

router = APIRouter(prefix="/payments/events", tags=["payments"])
EventId = Annotated[str, Path(alias="id", max_length=255, pattern=r"^[A-Za-z0-9_.:-]+$")]


@router.get("")
async def events(
    actor: SignedInActor,
    paging: Paging,
    kind: Annotated[str, Query(alias="type", max_length=100, pattern=r"^[a-z_.]*$")] = "",
    effect: Annotated[str, Query(max_length=50, pattern=r"^[a-z_]*$")] = "",
) -> Listed[EventRow]:
    """Return the gateway's events, newest first: `type` is how it begins, `effect=error` what waits to be applied."""
    async with unit_of_work(actor) as uow:
        return listed(await webhook_admin.events(uow, EventFilter(kind, effect), paging), lambda row: row)


@router.get("/{id}")
async def event(event_id: EventId, actor: SignedInActor) -> Success[EventView]:
    """Return an event with what it said, names and addresses of people hidden."""
    async with unit_of_work(actor) as uow:
        return ok(await webhook_admin.event(uow, event_id))


@router.post("/{id}/replay")
async def replay(event_id: EventId, actor: SignedInActor) -> Success[EventReplayed]:
    """Apply a stored event again; `change` is `none` where it had its effect before."""
    return ok(EventReplayed(change=await gateway_events.replay(actor, event_id)))
