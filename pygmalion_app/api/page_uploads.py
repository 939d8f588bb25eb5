"""Documents sent from our own pages, where the session cookie says who calls (see `uploads.page_actor`)."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from pygmalion_app.api.deps import PathId
from pygmalion_app.api.responses import Success
from pygmalion_app.api.uploads import page_actor
from pygmalion_app.api.v1 import certificate_documents, external_certificates
from pygmalion_app.api.v1.kyc import take_in
from pygmalion_app.certificates.document.templates import TemplateView
from pygmalion_app.certificates.external_schemas import ExternalView
from pygmalion_app.core.actor import Actor
from pygmalion_app.kyc import policy
from pygmalion_app.kyc.policy import Subject
from pygmalion_app.kyc.schemas import DocumentView

router = APIRouter(include_in_schema=False)

PageActor = Annotated[Actor, Depends(page_actor)]


@router.post("/uploads/identity", status_code=201)
async def upload_mine(request: Request, actor: PageActor) -> Success[DocumentView]:
    """Take a document of the person whose page sends it."""
    return await take_in(request, actor, policy.oneself(actor))


@router.post("/uploads/certificate", status_code=201)
async def upload_certificate(request: Request, actor: PageActor) -> Success[ExternalView]:
    """Take a certificate obtained elsewhere from its holder's page."""
    return await external_certificates.take_in(request, actor)


@router.post("/uploads/logo/{id}", status_code=201)
async def upload_logo(request: Request, actor: PageActor, organization_id: PathId) -> Success[TemplateView]:
    """Take an organisation's logo from a page of those who keep its certificates' template."""
    return await certificate_documents.take_in(request, organization_id, actor)


@router.post("/uploads/organisation/{id}", status_code=201)
async def upload_ours(request: Request, actor: PageActor, organization_id: PathId) -> Success[DocumentView]:
    """Take a document of an organisation from a page of those who may submit it."""
    return await take_in(request, actor, Subject(organization_id=organization_id))
