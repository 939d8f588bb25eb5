"""`/waiting-list`: waiting for seats in a full session, and taking those that are offered."""

from typing import Annotated

from fastapi import APIRouter, Body, Header

from pygmalion_app.api.deps import PathId, SignedInActor
from pygmalion_app.api.responses import Success, ok
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.enrollments import waiting_list
from pygmalion_app.enrollments.schemas import IdempotencyKey, OrderView
from pygmalion_app.enrollments.waiting_schemas import AcceptOffer, JoinWaitingList, QueueEntry, WaitingView

router = APIRouter(tags=["waiting list"])


@router.post("/sessions/{id}/waiting-list", status_code=201)
async def join(
    session_id: PathId, actor: SignedInActor, command: Annotated[JoinWaitingList | None, Body()] = None
) -> Success[WaitingView]:
    """Wait for seats, together, in a session that has not enough of them; the answer says which place one has."""
    async with unit_of_work(actor) as uow:
        return ok(await waiting_list.join(uow, session_id, command or JoinWaitingList()))


@router.get("/sessions/{id}/waiting-list")
async def of_session(session_id: PathId, actor: SignedInActor) -> Success[tuple[QueueEntry, ...]]:
    """Return who waits, in order, to the session's trainer and its organisation's admin."""
    async with unit_of_work(actor) as uow:
        return ok(await waiting_list.of_session(uow, session_id))


@router.get("/waiting-list")
async def mine(actor: SignedInActor) -> Success[tuple[WaitingView, ...]]:
    """Return where one and one's companies wait, offers first; what lapsed or closed within a week too."""
    async with unit_of_work(actor) as uow:
        return ok(await waiting_list.mine(uow))


@router.delete("/waiting-list/{id}")
async def leave(entry_id: PathId, actor: SignedInActor) -> Success[WaitingView]:
    """Give a place in a waiting list up, or the seats that are offered; they go to the next."""
    async with unit_of_work(actor) as uow:
        return ok(await waiting_list.leave(uow, entry_id))


@router.post("/waiting-list/{id}/restore")
async def take_back(entry_id: PathId, actor: SignedInActor) -> Success[WaitingView]:
    """Take back, within ten minutes, the place that one gave up; not an offer, which is the next one's then."""
    async with unit_of_work(actor) as uow:
        return ok(await waiting_list.take_back(uow, entry_id))


@router.post("/waiting-list/{id}/accept", status_code=201)
async def accept(
    entry_id: PathId,
    command: AcceptOffer,
    actor: SignedInActor,
    idempotency_key: Annotated[IdempotencyKey | None, Header()] = None,
) -> Success[OrderView]:
    """Order the seats that are offered, for all participants or none, and open the checkout."""
    return ok(await waiting_list.accept(actor, entry_id, command, idempotency_key))
