"""`/organizations/{id}/certificates`, `/certificates/campaigns`, `/certificates/{id}/correct` and `/history`."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from pygmalion_app.api.deps import Paging, PathId, SignedInActor
from pygmalion_app.api.responses import Listed, Success, listed, ok
from pygmalion_app.certificates import bulk, bulk_queries, corrections, issued, passport
from pygmalion_app.certificates.bulk_schemas import CampaignView, StartCampaign
from pygmalion_app.certificates.issued import IssuedFilter, IssuedRow
from pygmalion_app.certificates.passport import Lineage
from pygmalion_app.certificates.schemas import CertificateView, CorrectCommand
from pygmalion_app.core.schemas import Command
from pygmalion_app.core.unit_of_work import unit_of_work

router = APIRouter(tags=["certificates"])


class Correction(Command):
    """What a certificate is to say; what is left out stays. The note is for the issuing organisation alone."""

    holder: str | None = Field(default=None, min_length=1, max_length=200)
    completed_on: date | None = None
    location: str | None = Field(default=None, max_length=200)
    note: str = Field(default="", max_length=2000)


@router.get("/organizations/{id}/certificates")
async def issued_certificates(
    actor: SignedInActor,
    paging: Paging,
    organization_id: PathId,
    search: Annotated[str, Query(max_length=100)] = "",
    state: Annotated[IssuedFilter | None, Query()] = None,
) -> Listed[IssuedRow]:
    """List the certificates that a training organisation has issued, newest first; its admins may."""
    async with unit_of_work(actor) as uow:
        found = await issued.issued(uow, organization_id, paging, search=search, state=state)
    return listed(found, lambda row: row)


@router.post("/certificates/campaigns", status_code=201)
async def start_campaign(actor: SignedInActor, command: StartCampaign) -> Success[CampaignView]:
    """Issue the certificates of everybody in some sessions of a training organisation, in the background."""
    async with unit_of_work(actor) as uow:
        return ok(await bulk.start(uow, command))


@router.get("/certificates/campaigns/{id}")
async def campaign(actor: SignedInActor, campaign_id: PathId) -> Success[CampaignView]:
    """Return how far a campaign is, and who could not be given a certificate, and why."""
    async with unit_of_work(actor) as uow:
        return ok(await bulk_queries.campaign(uow, campaign_id))


@router.post("/certificates/campaigns/{id}/retry")
async def retry_campaign(actor: SignedInActor, campaign_id: PathId) -> Success[CampaignView]:
    """Try those again that failed."""
    async with unit_of_work(actor) as uow:
        return ok(await bulk.retry(uow, campaign_id))


@router.get("/certificates/{id}/history")
async def history(actor: SignedInActor, certificate_id: PathId) -> Success[Lineage]:
    """Return a certificate's versions, renewals and events, to those who may see it."""
    async with unit_of_work(actor) as uow:
        return ok(await passport.history(uow, certificate_id))


@router.post("/certificates/{id}/correct", status_code=201)
async def correct(actor: SignedInActor, certificate_id: PathId, wanted: Correction) -> Success[CertificateView]:
    """Issue a certificate anew with other words and take the old one back; returns the new one."""
    command = CorrectCommand(certificate_id=certificate_id, **wanted.model_dump())
    async with unit_of_work(actor) as uow:
        return ok(await corrections.correct(uow, command))
