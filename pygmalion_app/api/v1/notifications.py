"""`/notifications`: what the caller was told of in the application, and what else tells of it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from pygmalion_app.api.deps import PathId, SignedInActor
from pygmalion_app.api.responses import Success, ok
from pygmalion_app.core.i18n import supported
from pygmalion_app.core.schemas import View
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.notifications import inbox, push
from pygmalion_app.notifications.schemas import ChoosePreferences, Inbox, PreferenceView

router = APIRouter(prefix="/notifications", tags=["notifications"])

Language = Annotated[str | None, Query(description="Language of the titles, `fr` or `en`; the caller's own if missing")]


class Marked(View):
    """How many notifications are unread now."""

    unread: int


class PushKey(View):
    """What browsers subscribe for; empty where this installation rings no devices."""

    public_key: str


@router.get("")
async def mine(
    actor: SignedInActor,
    *,
    locale: Language = None,
    unread: bool = False,
    before: Annotated[UUID | None, Query(description="Only those older than this one")] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = inbox.PAGE,
) -> Success[Inbox]:
    """List one's own, newest first; `older` says whether more follow the last one (`before` it)."""
    async with unit_of_work(actor) as uow:
        language = supported(locale or actor.locale)
        return ok(await inbox.inbox(uow, language, only_unread=unread, before=before, limit=limit))


@router.post("/read")
async def read_all(actor: SignedInActor) -> Success[Marked]:
    """Mark all of one's own read."""
    async with unit_of_work(actor) as uow:
        await inbox.mark_all_read(uow)
        return ok(Marked(unread=await inbox.unread(uow)))


@router.get("/push")
async def push_key(actor: SignedInActor) -> Success[PushKey]:
    """Return the key with which a browser subscribes to be rung; `PushManager.subscribe` takes it as it is."""
    async with unit_of_work(actor) as uow:
        return ok(PushKey(public_key=push.public_key(uow)))


@router.get("/preferences")
async def preferences(actor: SignedInActor) -> Success[tuple[PreferenceView, ...]]:
    """Return how the mails of each topic come, and whether it rings one's devices."""
    async with unit_of_work(actor) as uow:
        return ok(await inbox.preferences(uow))


@router.put("/preferences")
async def choose(command: ChoosePreferences, actor: SignedInActor) -> Success[tuple[PreferenceView, ...]]:
    """Choose how mails come (at once, once a day in one mail, not at all) and whether devices ring."""
    async with unit_of_work(actor) as uow:
        return ok(await inbox.choose(uow, command))


@router.post("/{id}/read")
async def read_one(notification_id: PathId, actor: SignedInActor) -> Success[Marked]:
    """Mark one of one's own read."""
    async with unit_of_work(actor) as uow:
        await inbox.mark_read(uow, notification_id)
        return ok(Marked(unread=await inbox.unread(uow)))
