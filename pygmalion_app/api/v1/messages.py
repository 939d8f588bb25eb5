"""`/messages`: threads on enrolments and sessions. A thread goes by its own id, its enrolment's or its session's."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from pygmalion_app.api.deps import PathId, SignedInActor
from pygmalion_app.api.responses import Success, ok
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.messages import posting, threads
from pygmalion_app.messages.schemas import Conversation, PostMessage, ThreadView

router = APIRouter(prefix="/messages", tags=["messages"])


@router.get("")
async def mine(actor: SignedInActor) -> Success[tuple[ThreadView, ...]]:
    """List one's threads in which something was said, the latest first, with how much of each is unread."""
    async with unit_of_work(actor) as uow:
        return ok(await threads.my_threads(uow))


@router.get("/{id}")
async def conversation(
    wanted: PathId,
    actor: SignedInActor,
    before: Annotated[UUID | None, Query(description="Only messages older than this one")] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = threads.MOST_MESSAGES,
) -> Success[Conversation]:
    """Return a thread with its newest messages, the oldest of them first; it begins when first asked for."""
    async with unit_of_work(actor) as uow:
        return ok(await threads.conversation(uow, wanted, before=before, limit=limit))


@router.post("/{id}", status_code=201)
async def post(wanted: PathId, command: PostMessage, actor: SignedInActor) -> Success[Conversation]:
    """Say something; the others are told as each of them chose."""
    async with unit_of_work(actor) as uow:
        return ok(await posting.post(uow, wanted, command))


@router.post("/{id}/read", status_code=204)
async def read(wanted: PathId, actor: SignedInActor) -> Response:
    """Note that one has read a thread until now."""
    async with unit_of_work(actor) as uow:
        await threads.mark_read(uow, wanted)
    return Response(status_code=204)
