"""`/compliance` and `/dashboard/manager`: who must hold what, who does, and the rules that say so."""

from datetime import date
from inspect import signature
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, Field

from pygmalion_app.api.deps import PathId, SignedInActor
from pygmalion_app.api.responses import Success, ok, ok_encoded
from pygmalion_app.compliance import person as people
from pygmalion_app.compliance import policy, queries, rule_queries, rule_seeds, rules
from pygmalion_app.compliance.errors import PositionNotFoundError
from pygmalion_app.compliance.matrix import matrix
from pygmalion_app.compliance.rule_schemas import (
    CreateSet,
    Preview,
    SetDetail,
    SetView,
    VersionView,
    WriteRequirements,
)
from pygmalion_app.compliance.schemas import (
    Losing,
    MatrixFilters,
    Overview,
    PersonView,
)
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.schemas import Command, View
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.reports import manager
from pygmalion_app.reports.manager import ManagerDashboard

router = APIRouter(tags=["compliance"])
OrganizationId = Annotated[UUID | None, Query(alias="organizationId")]
"""Whose compliance; the caller's active organisation where it is left out."""


class CellBody(View):
    """One person's standing for one requirement."""

    status: str
    until: date | None
    planned_on: date | None


class ColumnBody(View):
    """A requirement, and how many stand how."""

    key: str
    title: str
    title_en: str
    codes: list[str]
    counts: dict[str, int]


class RowBody(View):
    """Somebody, and their cells by requirement key."""

    user_id: UUID
    name: str
    job_role_id: UUID | None
    job_role: str | None
    site_id: UUID | None
    site: str | None
    contractor_type: str
    cost_center: str
    cells: dict[str, CellBody]


class MatrixBody(View):
    """People and requirements; `total` people in all, this page from `offset`."""

    on: date
    total: int
    offset: int
    columns: list[ColumnBody]
    people: list[RowBody]


class StatusRow(View):
    """One person and one requirement."""

    user_id: UUID
    name: str
    key: str
    status: str
    until: date | None
    planned_on: date | None


class ChangeSet(Command):
    """What becomes different in a set; what is not given stays."""

    name: Annotated[str, Field(min_length=1, max_length=120)] | None = None
    archived: bool | None = None


class PublishBody(Command):
    """From which day a draft applies; today when left out."""

    effective_from: date | None = None


class ProfessionBody(Command):
    """A kind of company: aerodrome, handling, security, cargo, airline, maintenance, catering, shops."""

    profession: Annotated[str, Field(max_length=40)]


class _Filters(BaseModel):
    """The query's filters, in the API's spelling."""

    q: Annotated[str, Field(max_length=80)] = ""
    jobRoleId: UUID | None = None  # noqa: N815 - the API's spelling
    withoutRole: bool = False  # noqa: N815
    siteId: UUID | None = None  # noqa: N815
    contractorType: Annotated[str, Field(max_length=60)] | None = None  # noqa: N815
    costCenter: Annotated[str, Field(max_length=60)] | None = None  # noqa: N815
    status: Annotated[str, Field(pattern="^(compliant|expiring|expired|missing|planned|exempt)?$")] = ""
    key: Annotated[str, Field(max_length=200)] = ""
    on: date | None = None
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    limit: Annotated[int, Field(ge=1, le=500)] = 100


async def _filters(**asked: Any) -> MatrixFilters:
    return MatrixFilters.model_validate(asked)


# FastAPI would make the class itself on a thread, which costs more than all the rest of a request.
_filters.__signature__ = signature(_Filters)  # pyright: ignore[reportFunctionMemberAccess]
Filters = Annotated[MatrixFilters, Depends(_filters)]


@router.get("/dashboard/manager", responses={200: {"model": Success[ManagerDashboard]}})
async def manager_dashboard(actor: SignedInActor, organization_id: OrganizationId = None) -> Response:
    """Return a team's size, the share of requirements in order, the budget, what is booked and what to look at."""
    async with unit_of_work(actor) as uow:
        found = await manager.dashboard(uow, organization_id)
    return ok_encoded(found.as_json)


@router.get("/compliance/overview")
async def read_overview(
    actor: SignedInActor, organization_id: OrganizationId = None, on: Annotated[date | None, Query()] = None
) -> Success[Overview]:
    """Return how an organisation stands today, or on another day as far as is known now."""
    async with unit_of_work(actor) as uow:
        return ok(await queries.overview(uow, policy.chosen(actor, organization_id), on))


@router.get("/compliance/matrix", responses={200: {"model": Success[MatrixBody]}})
async def read_matrix(actor: SignedInActor, filters: Filters, organization_id: OrganizationId = None) -> Response:
    """Return people and requirements, a page of people by name, with the columns' counts over all of them."""
    async with unit_of_work(actor) as uow:
        found = await matrix(uow, policy.chosen(actor, organization_id), filters)
    return ok_encoded(found.as_json)


@router.get("/compliance/statuses")
async def read_statuses(
    actor: SignedInActor, filters: Filters, organization_id: OrganizationId = None
) -> Success[list[StatusRow]]:
    """Return the same people, one row for each person and requirement (those of `status` and `key`, if given)."""
    async with unit_of_work(actor) as uow:
        found = await matrix(uow, policy.chosen(actor, organization_id), filters)
    rows = [
        StatusRow(
            user_id=one.user_id,
            name=one.name,
            key=key,
            status=cell.status,
            until=cell.until,
            planned_on=cell.planned_on,
        )
        for one in found.people
        for key, cell in sorted(one.cells.items())
        if filters.key in {"", key} and filters.status in {"", cell.status}
    ]
    return ok(rows)


@router.get("/compliance/losing")
async def read_losing(
    actor: SignedInActor,
    organization_id: OrganizationId = None,
    within_days: Annotated[int, Query(alias="withinDays", ge=0, le=730)] = 30,
) -> Success[list[Losing]]:
    """Return who loses what within so many days, the nearest first, 500 at most."""
    async with unit_of_work(actor) as uow:
        return ok(await queries.losing(uow, policy.chosen(actor, organization_id), within_days))


@router.get("/compliance/people/{id}")
async def read_person(
    user_id: PathId,
    actor: SignedInActor,
    organization_id: OrganizationId = None,
    on: Annotated[date | None, Query()] = None,
) -> Success[PersonView]:
    """Return everything that is asked of somebody, with what it rests on; everybody may ask about themselves."""
    of = organization_id
    if of is None and actor.user_id == user_id and actor.memberships:
        of = actor.active_organization_id or actor.memberships[0].organization_id
    elif of is None and not actor.is_platform_admin and not actor.organizations_with(Permission.COMPLIANCE_READ):
        raise PositionNotFoundError(person=str(user_id))
    async with unit_of_work(actor) as uow:
        return ok(await people.person(uow, of or policy.chosen(actor, None), user_id, on))


@router.get("/compliance/rules")
async def list_rules(actor: SignedInActor, organization_id: OrganizationId = None) -> Success[list[SetView]]:
    """Return an organisation's requirement sets."""
    async with unit_of_work(actor) as uow:
        return ok(await rule_queries.sets(uow, policy.chosen(actor, organization_id)))


@router.post("/compliance/rules", status_code=201)
async def create_rule(
    command: CreateSet, actor: SignedInActor, organization_id: OrganizationId = None
) -> Success[SetDetail]:
    """Add a requirement set with an empty draft."""
    async with unit_of_work(actor) as uow:
        return ok(await rules.create(uow, policy.chosen(actor, organization_id), command))


@router.post("/compliance/rules/from-profession", status_code=201)
async def copy_profession(
    body: ProfessionBody, actor: SignedInActor, organization_id: OrganizationId = None
) -> Success[list[SetView]]:
    """Copy the job roles and rules that the profession knows for a kind of company, in force from today."""
    async with unit_of_work(actor) as uow:
        return ok(await rule_seeds.from_profession(uow, policy.chosen(actor, organization_id), body.profession))


@router.get("/compliance/rules/{id}")
async def read_rule(set_id: PathId, actor: SignedInActor) -> Success[SetDetail]:
    """Return a requirement set with its versions, the newest first."""
    async with unit_of_work(actor) as uow:
        return ok(await rule_queries.one(uow, set_id))


@router.patch("/compliance/rules/{id}")
async def change_rule(set_id: PathId, command: ChangeSet, actor: SignedInActor) -> Success[SetDetail]:
    """Rename a set, archive it or bring it back."""
    async with unit_of_work(actor) as uow:
        if command.name is not None:
            await rules.rename(uow, set_id, command.name)
        if command.archived is not None:
            await rules.archive(uow, set_id, archived=command.archived)
        return ok(await rule_queries.one(uow, set_id))


@router.post("/compliance/rules/{id}/draft")
async def start_draft(set_id: PathId, actor: SignedInActor) -> Success[VersionView]:
    """Return a set's draft; where there is none, one that begins as the newest version says."""
    async with unit_of_work(actor) as uow:
        return ok(await rules.start_draft(uow, set_id))


@router.put("/compliance/versions/{id}")
async def write_draft(version_id: PathId, command: WriteRequirements, actor: SignedInActor) -> Success[VersionView]:
    """Replace what a draft asks for."""
    async with unit_of_work(actor) as uow:
        return ok(await rules.write(uow, version_id, command))


@router.delete("/compliance/versions/{id}", status_code=204)
async def discard_draft(version_id: PathId, actor: SignedInActor) -> Response:
    """Throw a draft away."""
    async with unit_of_work(actor) as uow:
        await rules.discard(uow, version_id)
    return Response(status_code=204)


@router.get("/compliance/versions/{id}/preview")
async def preview_draft(
    version_id: PathId,
    actor: SignedInActor,
    effective_from: Annotated[date | None, Query(alias="effectiveFrom")] = None,
) -> Success[Preview]:
    """Return what a draft would do on its first day: who would no longer be in order, and who would be again."""
    async with unit_of_work(actor) as uow:
        return ok(await rules.preview(uow, version_id, effective_from))


@router.post("/compliance/versions/{id}/publish")
async def publish_draft(version_id: PathId, body: PublishBody, actor: SignedInActor) -> Success[VersionView]:
    """Have a draft apply from a day on."""
    async with unit_of_work(actor) as uow:
        return ok(await rules.publish(uow, version_id, body.effective_from))
