"""Single sign-on: where people of a domain sign in, and an organisation's own settings of it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from pygmalion_app.api.deps import PathId, SignedInActor
from pygmalion_app.api.responses import Success, ok
from pygmalion_app.core.actor import ANONYMOUS
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.sso import domains, flow, offers, service
from pygmalion_app.sso.schemas import (
    AskDomainCode,
    CheckView,
    ClaimDomain,
    ConnectionView,
    ProveDomain,
    SaveConnection,
    SsoOffer,
    WaitingDomain,
)

router = APIRouter(tags=["single sign-on"])


async def domain_in_path(domain: Annotated[str, Path(min_length=1, max_length=253)]) -> str:
    """Return the domain of the path; InvalidDomainError for what is none."""
    return domains.normal_domain(domain)


Domain = Annotated[str, Depends(domain_in_path)]


@router.get("/auth/sso")
async def offer(email: Annotated[str, Query(min_length=3, max_length=320)]) -> Success[SsoOffer | None]:
    """Tell whether people of an address's domain sign in through their organisation. It tells nothing of people."""
    async with unit_of_work(ANONYMOUS) as uow:
        return ok(await offers.offer_for_email(uow, email))


@router.get("/organizations/{id}/sso")
async def read(organization_id: PathId, actor: SignedInActor) -> Success[ConnectionView]:
    """Return the organisation's single sign-on; the secret is never shown."""
    async with unit_of_work(actor) as uow:
        return ok(await service.connection_of(uow, organization_id))


@router.put("/organizations/{id}/sso")
async def save(organization_id: PathId, command: SaveConnection, actor: SignedInActor) -> Success[ConnectionView]:
    """Connect the organisation's identity provider, or change how it is used. Asks for a recent sign-in."""
    async with unit_of_work(actor) as uow:
        return ok(await service.save(uow, organization_id, command))


@router.delete("/organizations/{id}/sso", status_code=204)
async def remove(organization_id: PathId, actor: SignedInActor) -> Response:
    """Disconnect the identity provider. Asks for a recent sign-in."""
    async with unit_of_work(actor) as uow:
        await service.remove(uow, organization_id)
    return Response(status_code=204)


@router.post("/organizations/{id}/sso/test")
async def test(organization_id: PathId, actor: SignedInActor) -> Success[CheckView]:
    """Ask the provider for its description and keys, show it the client's secret, and say what is wrong."""
    return ok(await flow.check(actor, organization_id))


@router.post("/organizations/{id}/sso/domains", status_code=201)
async def claim(organization_id: PathId, command: ClaimDomain, actor: SignedInActor) -> Success[ConnectionView]:
    """Claim an e-mail domain; it counts once it is proven. Asks for a recent sign-in."""
    async with unit_of_work(actor) as uow:
        await domains.claim(uow, organization_id, command)
        return ok(await service.connection_of(uow, organization_id))


@router.post("/organizations/{id}/sso/domains/{domain}/code", status_code=202)
async def send_code(
    organization_id: PathId, domain: Domain, command: AskDomainCode, actor: SignedInActor
) -> Success[ConnectionView]:
    """Mail a code to postmaster@, admin@, administrator@, hostmaster@ or webmaster@ of the domain."""
    async with unit_of_work(actor) as uow:
        await domains.send_code(uow, organization_id, domain, command)
        return ok(await service.connection_of(uow, organization_id))


@router.post("/organizations/{id}/sso/domains/{domain}/proof")
async def prove(
    organization_id: PathId, domain: Domain, command: ProveDomain, actor: SignedInActor
) -> Success[ConnectionView]:
    """Prove a domain with the mailed code."""
    async with unit_of_work(actor) as uow:
        await domains.prove(uow, organization_id, domain, command)
        return ok(await service.connection_of(uow, organization_id))


@router.post("/organizations/{id}/sso/domains/{domain}/approval")
async def approve(organization_id: PathId, domain: Domain, actor: SignedInActor) -> Success[ConnectionView]:
    """Take the platform's word for a domain; for the platform's administrators."""
    async with unit_of_work(actor) as uow:
        await domains.approve(uow, organization_id, domain)
        return ok(await service.connection_of(uow, organization_id))


@router.delete("/organizations/{id}/sso/domains/{domain}", status_code=204)
async def release(organization_id: PathId, domain: Domain, actor: SignedInActor) -> Response:
    """Give a domain up. Asks for a recent sign-in."""
    async with unit_of_work(actor) as uow:
        await domains.release(uow, organization_id, domain)
    return Response(status_code=204)


@router.get("/admin/sso/domains")
async def waiting(actor: SignedInActor) -> Success[tuple[WaitingDomain, ...]]:
    """Return the claimed domains that nothing proves yet; for the platform's administrators."""
    async with unit_of_work(actor) as uow:
        return ok(await domains.waiting(uow))
