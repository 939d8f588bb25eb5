"""`/dashboard/of`: what a training organisation sees first, and its calendar."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from pygmalion_app.api.deps import SignedInActor
from pygmalion_app.api.responses import Success, ok
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.reports import school, school_calendar
from pygmalion_app.reports.school_schemas import SchoolDashboard, SchoolMonth

router = APIRouter(prefix="/dashboard/of", tags=["dashboards"])
OrganizationId = Annotated[UUID | None, Query(alias="organizationId", description="One's first school without it")]


@router.get("")
async def dashboard(actor: SignedInActor, organization_id: OrganizationId = None) -> Success[SchoolDashboard]:
    """Return the sessions ahead with their fill against the minimum, what needs doing, revenue by month and ratings.

    A trainer sees their own sessions, and neither revenue nor ratings.
    """
    async with unit_of_work(actor) as uow:
        return ok(await school.dashboard(uow, organization_id))


@router.get("/calendar")
async def calendar(
    actor: SignedInActor,
    organization_id: OrganizationId = None,
    day: Annotated[date | None, Query(description="Any day of the month; this month without it")] = None,
) -> Success[SchoolMonth]:
    """Return a month of sessions with their local days; `conflict` where a trainer is in two places at once."""
    async with unit_of_work(actor) as uow:
        return ok(await school_calendar.month(uow, day or uow.clock.now().date(), organization_id))
