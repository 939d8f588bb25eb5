"""`/moderation`: courses and reviews that people report, and what the platform's administrators decide."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from pygmalion_app.api.deps import Paging, PathId, SignedInActor
from pygmalion_app.api.responses import Listed, Success, listed, ok
from pygmalion_app.catalog import moderation
from pygmalion_app.catalog.moderation import DecideReports, ReportContent, ReportedContent
from pygmalion_app.catalog.moderation_models import ReportState
from pygmalion_app.core.unit_of_work import unit_of_work

router = APIRouter(tags=["moderation"])


@router.post("/formations/{id}/reports", status_code=201)
async def report(course_id: PathId, command: ReportContent, actor: SignedInActor) -> Success[dict[str, UUID]]:
    """Report a published course, or with `reviewId` a review of it; one open report a person and object."""
    async with unit_of_work(actor) as uow:
        return ok({"id": await moderation.report(uow, course_id, command)})


@router.get("/admin/moderation")
async def queue(
    actor: SignedInActor, paging: Paging, state: Annotated[ReportState, Query()] = ReportState.OPEN
) -> Listed[ReportedContent]:
    """Return what was reported, the most often first."""
    async with unit_of_work(actor) as uow:
        return listed(await moderation.queue(uow, state, paging), lambda row: row)


@router.post("/admin/moderation/decisions", status_code=201)
async def decide(command: DecideReports, actor: SignedInActor) -> Success[dict[str, bool]]:
    """Hide a course or a review, keep it or put it back, or write to its school; both sides are told."""
    async with unit_of_work(actor) as uow:
        await moderation.decide(uow, command)
    return ok({"decided": True})
