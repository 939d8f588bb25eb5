"""`/admin/risk`: sign-ins and orders that a person should look at, and what was decided."""

from typing import Annotated

from fastapi import APIRouter, Query

from pygmalion_app.api.deps import Paging, PathId, SignedInActor
from pygmalion_app.api.responses import Listed, Success, listed, ok
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.risk import service
from pygmalion_app.risk.models import ReviewState, Subject
from pygmalion_app.risk.schemas import AssessmentRow, AssessmentView, Decide

router = APIRouter(prefix="/admin/risk", tags=["risk"])


@router.get("")
async def queue(
    actor: SignedInActor,
    paging: Paging,
    state: Annotated[ReviewState, Query()] = ReviewState.OPEN,
    kind: Annotated[Subject | None, Query()] = None,
) -> Listed[AssessmentRow]:
    """Return assessments of one state, the highest scores first."""
    async with unit_of_work(actor) as uow:
        return listed(await service.queue(uow, paging, state=state, kind=kind), lambda row: row)


@router.get("/{id}")
async def assessment(assessment_id: PathId, actor: SignedInActor) -> Success[AssessmentView]:
    """Return one assessment with everything that was done about it."""
    async with unit_of_work(actor) as uow:
        return ok(await service.assessment(uow, assessment_id))


@router.post("/{id}/decisions", status_code=201)
async def decide(assessment_id: PathId, command: Decide, actor: SignedInActor) -> Success[AssessmentView]:
    """Approve, note, or write to the person. Nothing is refused to anybody by it."""
    async with unit_of_work(actor) as uow:
        return ok(await service.decide(uow, assessment_id, command))
