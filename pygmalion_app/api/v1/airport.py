"""`/dashboard/airport`: what an airport sees of the companies on its ground."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from pygmalion_app.api.deps import SignedInActor
from pygmalion_app.api.responses import Success, ok_encoded
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.reports import airport
from pygmalion_app.reports.airport_schemas import AirportDashboard

router = APIRouter(prefix="/dashboard", tags=["dashboards"])


@router.get("/airport", responses={200: {"model": Success[AirportDashboard]}})
async def airport_dashboard(
    actor: SignedInActor,
    organization_id: Annotated[UUID | None, Query(alias="organizationId")] = None,
    place: Annotated[str | None, Query(max_length=100)] = None,
    within_days: Annotated[int, Query(alias="withinDays", ge=1, le=365)] = airport.WITHIN_DAYS,
) -> Response:
    """Return tenants' compliance, who loses airside access, seats against need by month, contractors compared.

    Of the companies that consented only; names of people only where a company shares them.
    """
    async with unit_of_work(actor) as uow:
        found = await airport.dashboard(uow, organization_id, place=place, within_days=within_days)
    return ok_encoded(found.as_json)
