"""`/compliance`: job roles, sites, positions, exemptions, and what companies share with airports."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import Field

from pygmalion_app.api.deps import PathId, SignedInActor
from pygmalion_app.api.responses import Success, ok
from pygmalion_app.compliance import equivalences, exemptions, policy, sites, tenants, workplace
from pygmalion_app.compliance.exception_schemas import (
    EquivalenceInput,
    EquivalencePreview,
    EquivalenceView,
    ExemptionLine,
)
from pygmalion_app.compliance.schemas import ExemptionView
from pygmalion_app.compliance.tenant_schemas import (
    AskTenant,
    ConsentInput,
    Need,
    SharingView,
    TenantLosing,
    TenantView,
)
from pygmalion_app.compliance.workplace_schemas import (
    ChangePositions,
    ExemptInput,
    JobRoleView,
    SiteClosed,
    SiteInput,
    SiteView,
    Workplace,
)
from pygmalion_app.core.schemas import Command, View
from pygmalion_app.core.unit_of_work import unit_of_work

router = APIRouter(prefix="/compliance", tags=["compliance"])
OrganizationId = Annotated[UUID | None, Query(alias="organizationId")]
WithinDays = Annotated[int, Query(alias="withinDays", ge=0, le=730)]


class RoleBody(Command):
    """A job role's name."""

    name: Annotated[str, Field(min_length=1, max_length=120)]


class Changed(View):
    """How many people a change was about."""

    people: int


@router.get("/workplace")
async def read_workplace(actor: SignedInActor, organization_id: OrganizationId = None) -> Success[Workplace]:
    """Return an organisation's job roles, sites, kinds of contractors and cost centres."""
    async with unit_of_work(actor) as uow:
        return ok(await workplace.workplace(uow, policy.chosen(actor, organization_id)))


@router.post("/job-roles", status_code=201)
async def add_role(
    body: RoleBody, actor: SignedInActor, organization_id: OrganizationId = None
) -> Success[JobRoleView]:
    """Add a job role, or bring an archived one back."""
    async with unit_of_work(actor) as uow:
        return ok(await workplace.add_role(uow, policy.chosen(actor, organization_id), body.name))


@router.put("/job-roles/{id}")
async def rename_role(role_id: PathId, body: RoleBody, actor: SignedInActor) -> Success[JobRoleView]:
    """Rename a job role; its people stay in it."""
    async with unit_of_work(actor) as uow:
        return ok(await workplace.rename_role(uow, role_id, body.name))


@router.delete("/job-roles/{id}")
async def archive_role(
    role_id: PathId, actor: SignedInActor, move_to: Annotated[UUID | None, Query(alias="moveTo")] = None
) -> Success[JobRoleView]:
    """Retire a job role; its people are given the role `moveTo`, or stay without one."""
    async with unit_of_work(actor) as uow:
        return ok(await workplace.archive_role(uow, role_id, move_to))


@router.post("/sites", status_code=201)
async def add_site(
    command: SiteInput, actor: SignedInActor, organization_id: OrganizationId = None
) -> Success[SiteView]:
    """Add a place of work."""
    async with unit_of_work(actor) as uow:
        return ok(await workplace.add_site(uow, policy.chosen(actor, organization_id), command))


@router.put("/sites/{id}")
async def change_site(site_id: PathId, command: SiteInput, actor: SignedInActor) -> Success[SiteView]:
    """Change a place of work."""
    async with unit_of_work(actor) as uow:
        return ok(await workplace.change_site(uow, site_id, command))


@router.delete("/sites/{id}")
async def close_site(
    site_id: PathId,
    actor: SignedInActor,
    move_to: Annotated[UUID | None, Query(alias="moveTo")] = None,
    leave: Annotated[bool, Query()] = False,
) -> Success[SiteClosed]:
    """Close a place of work. Its people and requirements go to the site `moveTo`.

    With `leave=true` its people stay without a site and its requirements end. Without either, a site in use stays
    (`site_in_use`).
    """
    async with unit_of_work(actor) as uow:
        return ok(await sites.close(uow, site_id, move_to, leave=leave))


@router.patch("/positions")
async def change_positions(
    command: ChangePositions, actor: SignedInActor, organization_id: OrganizationId = None
) -> Success[Changed]:
    """Change the job role, site, contractor or cost centre of some people at once: all or none."""
    async with unit_of_work(actor) as uow:
        of = policy.chosen(actor, organization_id)
        return ok(Changed(people=await workplace.change_positions(uow, of, command)))


@router.get("/exemptions")
async def list_exemptions(actor: SignedInActor, organization_id: OrganizationId = None) -> Success[list[ExemptionLine]]:
    """Return an organisation's exemptions, those that count today first."""
    async with unit_of_work(actor) as uow:
        return ok(await exemptions.listing(uow, policy.chosen(actor, organization_id)))


@router.post("/exemptions", status_code=201)
async def exempt(
    command: ExemptInput, actor: SignedInActor, organization_id: OrganizationId = None
) -> Success[ExemptionView]:
    """Exempt somebody from a requirement, with the reason."""
    async with unit_of_work(actor) as uow:
        return ok(await exemptions.exempt(uow, policy.chosen(actor, organization_id), command))


@router.delete("/exemptions/{id}", status_code=204)
async def withdraw_exemption(exemption_id: PathId, actor: SignedInActor) -> Response:
    """Take an exemption back."""
    async with unit_of_work(actor) as uow:
        await exemptions.withdraw(uow, exemption_id)
    return Response(status_code=204)


@router.get("/equivalences")
async def list_equivalences(
    actor: SignedInActor, organization_id: OrganizationId = None
) -> Success[list[EquivalenceView]]:
    """Return the courses that stand for others: the organisation's own, then the profession's."""
    async with unit_of_work(actor) as uow:
        return ok(await equivalences.listing(uow, policy.chosen(actor, organization_id)))


@router.post("/equivalences", status_code=201)
async def add_equivalence(
    command: EquivalenceInput, actor: SignedInActor, organization_id: OrganizationId = None
) -> Success[EquivalenceView]:
    """Let one course stand for another, for the organisation's people."""
    async with unit_of_work(actor) as uow:
        return ok(await equivalences.add(uow, policy.chosen(actor, organization_id), command))


@router.post("/equivalences/preview")
async def preview_equivalence(
    command: EquivalenceInput, actor: SignedInActor, organization_id: OrganizationId = None
) -> Success[EquivalencePreview]:
    """Return whom an equivalence would change today; nothing is written."""
    async with unit_of_work(actor) as uow:
        return ok(await equivalences.preview(uow, policy.chosen(actor, organization_id), command))


@router.delete("/equivalences/{id}", status_code=204)
async def remove_equivalence(equivalence_id: PathId, actor: SignedInActor) -> Response:
    """Let one course stand for another no more."""
    async with unit_of_work(actor) as uow:
        await equivalences.remove(uow, equivalence_id)
    return Response(status_code=204)


@router.get("/sharings")
async def list_sharings(actor: SignedInActor, organization_id: OrganizationId = None) -> Success[list[SharingView]]:
    """Return the airports that there are, and what the company shows each."""
    async with unit_of_work(actor) as uow:
        return ok(await tenants.sharings(uow, policy.chosen(actor, organization_id)))


@router.put("/sharings/{id}")
async def consent(
    airport_id: PathId, command: ConsentInput, actor: SignedInActor, organization_id: OrganizationId = None
) -> Success[list[SharingView]]:
    """Show the company's figures to an airport, with or without names."""
    async with unit_of_work(actor) as uow:
        of = policy.chosen(actor, organization_id)
        return ok(await tenants.consent(uow, of, airport_id, with_names=command.with_names))


@router.delete("/sharings/{id}")
async def withdraw_consent(
    airport_id: PathId, actor: SignedInActor, organization_id: OrganizationId = None
) -> Success[list[SharingView]]:
    """Show the company's figures to an airport no more."""
    async with unit_of_work(actor) as uow:
        return ok(await tenants.withdraw(uow, policy.chosen(actor, organization_id), airport_id))


@router.get("/tenants")
async def list_tenants(actor: SignedInActor, organization_id: OrganizationId = None) -> Success[list[TenantView]]:
    """Return the companies that share with an airport, and their figures."""
    async with unit_of_work(actor) as uow:
        return ok(await tenants.tenants(uow, policy.chosen(actor, organization_id)))


@router.post("/tenants", status_code=202)
async def ask_tenant(
    command: AskTenant, actor: SignedInActor, organization_id: OrganizationId = None
) -> Success[AskTenant]:
    """Ask a company to share; the answer is the same whether it is here or not."""
    async with unit_of_work(actor) as uow:
        await tenants.ask(uow, policy.chosen(actor, organization_id), command)
    return ok(command)


@router.get("/tenants/losing")
async def list_losing(
    actor: SignedInActor, organization_id: OrganizationId = None, within_days: WithinDays = 30
) -> Success[list[TenantLosing]]:
    """Return who of the tenants' people loses what soon; names where they are shared."""
    async with unit_of_work(actor) as uow:
        return ok(await tenants.losing(uow, policy.chosen(actor, organization_id), within_days))


@router.get("/tenants/need")
async def list_need(
    actor: SignedInActor, organization_id: OrganizationId = None, within_days: WithinDays = 180
) -> Success[list[Need]]:
    """Return what the tenants' people need to be trained in, by month and requirement."""
    async with unit_of_work(actor) as uow:
        return ok(await tenants.need(uow, policy.chosen(actor, organization_id), within_days))
