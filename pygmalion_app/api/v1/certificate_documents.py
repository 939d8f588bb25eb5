"""`/organizations/{id}/certificate-template` and what goes with a certificate: its statement of completion."""

from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from pygmalion_app.api.deps import PathId, SignedInActor
from pygmalion_app.api.responses import Success, ok
from pygmalion_app.api.uploads import read_form
from pygmalion_app.certificates.document import completion, templates
from pygmalion_app.certificates.document.templates import LogoUpload, SaveTemplate, TemplateView
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.unit_of_work import unit_of_work

router = APIRouter(tags=["certificates"])

Language = Annotated[Literal["fr", "en"], Query()]
_PDF: dict[int | str, dict[str, Any]] = {200: {"content": {"application/pdf": {}}}}
_PNG: dict[int | str, dict[str, Any]] = {200: {"content": {"image/png": {}}}}
_LOGO: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {"type": "string", "format": "binary", "description": "PNG, JPEG or SVG, 500 KB"}
                    },
                }
            }
        },
    }
}


class Draft(SaveTemplate):
    """A template as it is being written; `version` tells browsers pictures with different logos apart."""

    lang: Literal["fr", "en"] = "fr"
    version: str = Field(default="", max_length=80)


@router.get("/organizations/{id}/certificate-template")
async def template(organization_id: PathId, actor: SignedInActor) -> Success[TemplateView]:
    """Return what a training organisation puts on its certificates, to its administrators."""
    async with unit_of_work(actor) as uow:
        return ok(await templates.template_of(uow, organization_id))


@router.put("/organizations/{id}/certificate-template")
async def save(organization_id: PathId, command: SaveTemplate, actor: SignedInActor) -> Success[TemplateView]:
    """Keep a template: certificates issued from now on follow it."""
    async with unit_of_work(actor) as uow:
        return ok(await templates.save(uow, organization_id, command))


@router.post("/organizations/{id}/certificate-template/logo", status_code=201, openapi_extra=_LOGO)
async def save_logo(request: Request, organization_id: PathId, actor: SignedInActor) -> Success[TemplateView]:
    """Send the logo: PNG, JPEG or SVG of shapes alone, at most 500 KB. It is drawn anew."""
    return await take_in(request, organization_id, actor)


@router.delete("/organizations/{id}/certificate-template/logo")
async def remove_logo(organization_id: PathId, actor: SignedInActor) -> Success[TemplateView]:
    """Go back to the organisation's name in place of a logo."""
    async with unit_of_work(actor) as uow:
        return ok(await templates.remove_logo(uow, organization_id))


@router.get("/organizations/{id}/certificate-template/specimen", response_class=Response, responses=_PDF)
async def specimen(organization_id: PathId, actor: SignedInActor, lang: Language = "fr") -> Response:
    """Return a PDF of an invented certificate in the organisation's dress, marked as a specimen."""
    return _pdf("specimen.pdf", await templates.specimen(actor, organization_id, lang))


@router.get("/organizations/{id}/certificate-template/preview", response_class=Response, responses=_PNG)
async def preview(organization_id: PathId, actor: SignedInActor, draft: Annotated[Draft, Query()]) -> Response:
    """Return a picture of a template that is not kept yet; the logo is the one that is kept."""
    command = SaveTemplate.model_validate(draft.model_dump(exclude={"lang", "version"}))
    picture = await templates.preview(actor, organization_id, command, draft.lang)
    return Response(picture, media_type="image/png", headers={"Cache-Control": "private, max-age=300"})


@router.get("/certificates/{id}/completion-statement", response_class=Response, responses=_PDF)
async def completion_statement(certificate_id: PathId, actor: SignedInActor, lang: Language = "fr") -> Response:
    """Return the certificat de réalisation, signed, to those who may see the certificate."""
    async with unit_of_work(actor) as uow:
        file = await completion.statement_of(uow, certificate_id, lang)
    return _pdf(file.name, file.content)


async def take_in(request: Request, organization_id: PathId, actor: Actor) -> Success[TemplateView]:
    """Read a form with a logo and keep the logo; errors as `templates.save_logo`."""
    _, content = await read_form(request, LogoUpload)
    return ok(await templates.save_logo(actor, organization_id, content))


def _pdf(name: str, content: bytes) -> Response:
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "Cache-Control": "private, no-store",
    }
    return Response(content, media_type="application/pdf", headers=headers)
