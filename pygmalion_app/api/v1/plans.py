"""`/plans`: bookings proposed for a whole team, and the limits that they keep to."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from pygmalion_app.api.deps import PathId, SignedInActor
from pygmalion_app.api.responses import Success, ok
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.planning import constraints, queries, service
from pygmalion_app.planning.schemas import (
    BookPlan,
    EditPlan,
    LimitsView,
    NewUnavailability,
    PlanDetail,
    PlanView,
    SetShiftMinimum,
    StartPlan,
)

router = APIRouter(tags=["plans"])
Organization = Annotated[UUID | None, Query(alias="organizationId")]


@router.post("/plans", status_code=202)
async def start(command: StartPlan, actor: SignedInActor) -> Success[PlanDetail]:
    """Begin a plan that keeps a team compliant until a day; `GET /plans/{id}` tells how far the search is."""
    async with unit_of_work(actor) as uow:
        return ok(await service.start(uow, command))


@router.get("/plans")
async def listed(actor: SignedInActor, organization_id: Organization = None) -> Success[tuple[PlanView, ...]]:
    """Return the last twenty plans of one's team, the newest first."""
    async with unit_of_work(actor) as uow:
        return ok(await queries.latest(uow, service.company_of(uow, organization_id)))


@router.get("/plans/limits")
async def limits(actor: SignedInActor, organization_id: Organization = None) -> Success[LimitsView]:
    """Return who cannot be trained when, and how many have to be at work where."""
    async with unit_of_work(actor) as uow:
        return ok(await constraints.limits(uow, service.company_of(uow, organization_id)))


@router.post("/plans/unavailabilities", status_code=201)
async def add_unavailability(command: NewUnavailability, actor: SignedInActor) -> Success[LimitsView]:
    """Note days on which somebody cannot be trained."""
    async with unit_of_work(actor) as uow:
        await constraints.add_unavailability(uow, command)
        return ok(await constraints.limits(uow, service.company_of(uow, command.organization_id)))


@router.delete("/plans/unavailabilities/{id}", status_code=204)
async def remove_unavailability(row_id: PathId, actor: SignedInActor) -> None:
    """Take such days away again."""
    async with unit_of_work(actor) as uow:
        await constraints.remove_unavailability(uow, row_id)


@router.put("/plans/shift-minimums")
async def set_shift_minimum(command: SetShiftMinimum, actor: SignedInActor) -> Success[LimitsView]:
    """Say how many of a site or a job role are to be at work, in place of what was said before."""
    async with unit_of_work(actor) as uow:
        await constraints.set_shift_minimum(uow, command)
        return ok(await constraints.limits(uow, service.company_of(uow, command.organization_id)))


@router.delete("/plans/shift-minimums/{id}", status_code=204)
async def remove_shift_minimum(row_id: PathId, actor: SignedInActor) -> None:
    """Take a minimum away again."""
    async with unit_of_work(actor) as uow:
        await constraints.remove_shift_minimum(uow, row_id)


@router.get("/plans/{id}")
async def one(plan_id: PathId, actor: SignedInActor) -> Success[PlanDetail]:
    """Return a plan: how good it is, what it proposes, and what could not be planned and why."""
    async with unit_of_work(actor) as uow:
        return ok(await queries.detail(uow, plan_id))


@router.patch("/plans/{id}", status_code=202)
async def edit(plan_id: PathId, command: EditPlan, actor: SignedInActor) -> Success[PlanDetail]:
    """Pin or forbid bookings, change the date or the budget; the plan is solved again from where it is."""
    async with unit_of_work(actor) as uow:
        return ok(await service.edit(uow, plan_id, command))


@router.post("/plans/{id}/cancel")
async def cancel(plan_id: PathId, actor: SignedInActor) -> Success[PlanDetail]:
    """Stop a search; the best plan so far is kept."""
    async with unit_of_work(actor) as uow:
        return ok(await service.stop(uow, plan_id))


@router.post("/plans/{id}/book", status_code=201)
async def book(plan_id: PathId, command: BookPlan, actor: SignedInActor) -> Success[PlanDetail]:
    """Order all that a plan proposes, or nothing; orders by card are then to be paid, each with its checkout."""
    async with unit_of_work(actor) as uow:
        return ok(await service.book(uow, plan_id, command))
