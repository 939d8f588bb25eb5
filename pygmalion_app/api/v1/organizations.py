"""`/organizations`: registering, settings, members, invitations."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from pygmalion_app.api.deps import CurrentActor, Paging, PathId, SignedInActor
from pygmalion_app.api.import_files import import_problem, read_body
from pygmalion_app.api.responses import Listed, Success, listed, ok
from pygmalion_app.core.actor import ANONYMOUS
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.organizations import imports, invitations, members, queries, registration
from pygmalion_app.organizations.models import OrganizationKind
from pygmalion_app.organizations.schemas import (
    CreateOrganization,
    EstablishmentView,
    InvitationOffer,
    InvitationView,
    Invite,
    JoinRequestView,
    MemberView,
    OrganizationDetail,
    OrganizationSummary,
    PublicOrganization,
    SetRoles,
    UpdateOrganization,
)

router = APIRouter(tags=["organizations"])
_CSV: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"text/csv": {"schema": {"type": "string"}}},
        "description": "Heading `email;firstName;lastName;role;jobRole`, at most 2,000 lines and 1 MB.",
    }
}


class JoinRequestBody(BaseModel):
    """The establishment that one wants to belong to."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid")

    siret: str = Field(min_length=1, max_length=30)


async def _id(value: str) -> UUID:
    found = parse_id(value)
    if found is None:
        raise NotFoundError
    return found


async def member_id(value: Annotated[str, Path(alias="userId")]) -> UUID:
    """Return the member of the path; what is no id names nobody."""
    return await _id(value)


async def part_id(value: Annotated[str, Path(alias="partId")]) -> UUID:
    """Return the second id of a path."""
    return await _id(value)


MemberId = Annotated[UUID, Depends(member_id)]
PartId = Annotated[UUID, Depends(part_id)]
Search = Annotated[str, Query(max_length=80)]
Token = Annotated[str, Path(max_length=100)]


@router.post("/organizations", status_code=201)
async def create(command: CreateOrganization, actor: SignedInActor) -> Success[OrganizationDetail]:
    """Register an organisation and run it."""
    async with unit_of_work(actor) as uow:
        return ok(await registration.create(uow, command))


@router.get("/organizations")
async def own(
    actor: SignedInActor, paging: Paging, q: Search = "", kind: Annotated[OrganizationKind | None, Query()] = None
) -> Listed[OrganizationSummary]:
    """List one's own organisations; the platform's administrator sees all."""
    async with unit_of_work(actor) as uow:
        return listed(await queries.list_organizations(uow, paging, q=q, kind=kind), lambda item: item)


@router.post("/organizations/join-requests", status_code=202)
async def join_request(body: JoinRequestBody, actor: SignedInActor) -> Response:
    """Ask those who run a registered establishment for an invitation."""
    async with unit_of_work(actor) as uow:
        await registration.request_to_join(uow, body.siret)
    return Response(status_code=202)


@router.get("/organizations/lookup")
async def look_up(
    actor: SignedInActor, siret: Annotated[str, Query(min_length=1, max_length=30)]
) -> Success[EstablishmentView]:
    """Return what the public register says of an establishment."""
    async with unit_of_work(actor) as uow:
        return ok(await registration.look_up(uow, siret))


@router.get("/organizations/{id}")
async def one(organization_id: PathId, actor: CurrentActor) -> Success[OrganizationDetail | PublicOrganization]:
    """Return an organisation: whole to its members, a training organisation's public facts to everybody."""
    async with unit_of_work(actor) as uow:
        return ok(await queries.find(uow, organization_id))


@router.put("/organizations/{id}")
async def update(
    organization_id: PathId, command: UpdateOrganization, actor: SignedInActor
) -> Success[OrganizationDetail]:
    """Change an organisation; what is left out stays."""
    async with unit_of_work(actor) as uow:
        return ok(await registration.update(uow, organization_id, command))


@router.post("/organizations/{id}/users", status_code=201)
async def add_user(organization_id: PathId, command: Invite, actor: SignedInActor) -> Success[InvitationView]:
    """Invite somebody by e-mail; they join by accepting."""
    async with unit_of_work(actor) as uow:
        return ok(await invitations.invite(uow, organization_id, command))


@router.get("/organizations/{id}/members")
async def list_members(
    organization_id: PathId,
    actor: SignedInActor,
    paging: Paging,
    q: Search = "",
    role: Annotated[Role | None, Query()] = None,
) -> Listed[MemberView]:
    """List the members by name."""
    async with unit_of_work(actor) as uow:
        return listed(await members.members(uow, organization_id, paging, q=q, role=role), lambda item: item)


@router.put("/organizations/{id}/members/{userId}")
async def set_roles(
    organization_id: PathId, user_id: MemberId, command: SetRoles, actor: SignedInActor
) -> Success[MemberView]:
    """Give a member exactly these roles."""
    async with unit_of_work(actor) as uow:
        return ok(await members.set_roles(uow, organization_id, user_id, command))


@router.delete("/organizations/{id}/members/{userId}", status_code=204)
async def remove_member(organization_id: PathId, user_id: MemberId, actor: SignedInActor) -> Response:
    """End a membership (one's own, too)."""
    async with unit_of_work(actor) as uow:
        await members.remove(uow, organization_id, user_id)
    return Response(status_code=204)


@router.post("/organizations/{id}/members/{userId}/restore")
async def restore_member(organization_id: PathId, user_id: MemberId, actor: SignedInActor) -> Success[MemberView]:
    """Undo a removal of the last minutes."""
    async with unit_of_work(actor) as uow:
        return ok(await members.restore(uow, organization_id, user_id))


@router.get("/organizations/{id}/invitations")
async def list_invitations(
    organization_id: PathId,
    actor: SignedInActor,
    paging: Paging,
    state: Annotated[str, Query(pattern="^(|open|pending|expired|accepted|declined|withdrawn)$")] = "",
) -> Listed[InvitationView]:
    """List the invitations, latest first; `open` are those that can still be accepted or sent again."""
    async with unit_of_work(actor) as uow:
        return listed(await invitations.list_invitations(uow, organization_id, paging, state=state), lambda item: item)


@router.post("/organizations/{id}/invitations", status_code=201)
async def invite(organization_id: PathId, command: Invite, actor: SignedInActor) -> Success[InvitationView]:
    """Invite somebody by e-mail."""
    async with unit_of_work(actor) as uow:
        return ok(await invitations.invite(uow, organization_id, command))


@router.post(
    "/organizations/{id}/invitations/import",
    openapi_extra=_CSV,
    response_model=Success[imports.ImportResult] | Success[imports.ImportPreview],
)
async def import_people(
    request: Request,
    organization_id: PathId,
    actor: SignedInActor,
    dry_run: Annotated[bool, Query(alias="dryRun")] = False,
) -> Success[imports.ImportPreview] | Success[imports.ImportResult] | JSONResponse:
    """Invite everybody in a CSV file, or nobody; `dryRun=true` tells what it would do. Repeating it changes nothing.

    A file with errors answers 422 with all of them (the first 200) by line and column.
    """
    content = await read_body(request)
    async with unit_of_work(actor) as uow:
        seen = await imports.preview(uow, organization_id, content)
        if dry_run:
            return ok(seen)
        if seen.fault_count:
            return import_problem(request, seen)
        return ok(await imports.run(uow, organization_id, content))


@router.delete("/organizations/{id}/invitations/{partId}")
async def withdraw(organization_id: PathId, invitation_id: PartId, actor: SignedInActor) -> Success[InvitationView]:
    """Take an invitation back."""
    async with unit_of_work(actor) as uow:
        return ok(await invitations.withdraw(uow, organization_id, invitation_id))


@router.post("/organizations/{id}/invitations/{partId}/resend")
async def resend(organization_id: PathId, invitation_id: PartId, actor: SignedInActor) -> Success[InvitationView]:
    """Send an invitation again under a new link."""
    async with unit_of_work(actor) as uow:
        return ok(await invitations.resend(uow, organization_id, invitation_id))


@router.get("/organizations/{id}/join-requests")
async def list_join_requests(organization_id: PathId, actor: SignedInActor) -> Success[tuple[JoinRequestView, ...]]:
    """List who asks for an invitation."""
    async with unit_of_work(actor) as uow:
        return ok(await registration.join_requests(uow, organization_id))


@router.delete("/organizations/{id}/join-requests/{partId}", status_code=204)
async def dismiss_request(organization_id: PathId, request_id: PartId, actor: SignedInActor) -> Response:
    """Set a request aside."""
    async with unit_of_work(actor) as uow:
        await registration.dismiss_request(uow, organization_id, request_id)
    return Response(status_code=204)


@router.get("/invitations/{token}")
async def offer(token: Token) -> Success[InvitationOffer]:
    """Return what an invitation's link offers, to whoever holds it."""
    async with unit_of_work(ANONYMOUS) as uow:
        return ok(await invitations.offer(uow, token))


@router.post("/invitations/{token}/accept")
async def accept(token: Token, actor: SignedInActor) -> Success[InvitationOffer]:
    """Join, as the account that has proven the invited address."""
    async with unit_of_work(actor) as uow:
        return ok(await invitations.accept(uow, token))


@router.post("/invitations/{token}/decline")
async def decline(token: Token) -> Success[InvitationOffer]:
    """Say no to an invitation."""
    async with unit_of_work(ANONYMOUS) as uow:
        return ok(await invitations.decline(uow, token))
