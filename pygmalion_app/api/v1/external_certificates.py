"""`/certificates/external`: certificates obtained elsewhere, sent by their holders and checked by a person."""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request, Response

from pygmalion_app.api.deps import Paging, PathId, SignedInActor
from pygmalion_app.api.responses import Listed, Success, listed, ok
from pygmalion_app.api.uploads import read_form
from pygmalion_app.certificates import external, external_queries, external_review
from pygmalion_app.certificates.external_schemas import DecideExternal, ExternalView, UploadExternal
from pygmalion_app.certificates.life_models import ExternalState
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.paging import Page, PageRequest
from pygmalion_app.core.unit_of_work import unit_of_work

router = APIRouter(prefix="/certificates/external", tags=["certificates"])

_PRIVATE = {
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}
_FILE: dict[int | str, dict[str, Any]] = {200: {"content": {"application/pdf": {}, "image/jpeg": {}}}}
_FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["title", "issuer", "obtainedOn", "file"],
                    "properties": {
                        "title": {"type": "string"},
                        "issuer": {"type": "string"},
                        "typeCode": {"type": "string", "description": "The course as the profession knows it"},
                        "obtainedOn": {"type": "string", "format": "date"},
                        "validUntil": {"type": "string", "format": "date", "description": "Last day of validity"},
                        "file": {"type": "string", "format": "binary", "description": "PDF, JPEG or PNG, 10 MB"},
                    },
                }
            }
        },
    }
}


@router.get("")
async def mine(actor: SignedInActor) -> Listed[ExternalView]:
    """Return one's own certificates obtained elsewhere, newest first."""
    async with unit_of_work(actor) as uow:
        found = await external_queries.mine(uow)
    return listed(Page(found, len(found), PageRequest(1, 100)), lambda row: row)


@router.post("", status_code=201, openapi_extra=_FORM)
async def upload(request: Request, actor: SignedInActor) -> Success[ExternalView]:
    """Send a certificate obtained elsewhere: PDF, JPEG or PNG, at most 10 MB. A person checks it."""
    return await take_in(request, actor)


@router.get("/queue")
async def queue(
    actor: SignedInActor, paging: Paging, state: Annotated[ExternalState, Query()] = ExternalState.WAITING
) -> Listed[ExternalView]:
    """List what the caller is to check, longest waiting first: of their company, or of everybody for the platform."""
    async with unit_of_work(actor) as uow:
        return listed(await external_queries.to_check(uow, paging, states=(state,)), lambda row: row)


@router.get("/{id}")
async def one(actor: SignedInActor, certificate_id: PathId) -> Success[ExternalView]:
    """Return one to its holder and to those who check it."""
    async with unit_of_work(actor) as uow:
        return ok(await external_queries.one(uow, certificate_id))


@router.get("/{id}/file", response_class=Response, responses=_FILE)
async def file(actor: SignedInActor, certificate_id: PathId) -> Response:
    """Return the file to its holder and to those who check it; each of their readings is audited."""
    found = await external.read_file(actor, certificate_id)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name)}"}
    return Response(found.content, media_type=found.media_type, headers=_PRIVATE | headers)


@router.get("/{id}/pages/{page}", response_class=Response, responses=_FILE)
async def page_picture(
    actor: SignedInActor, certificate_id: PathId, page: Annotated[int, Path(ge=1, le=1000)]
) -> Response:
    """Return one page as a picture, to be looked at: nothing of the file itself runs in the browser."""
    found = await external.read_file(actor, certificate_id, page)
    return Response(found.content, media_type=found.media_type, headers=_PRIVATE)


@router.post("/{id}/decision")
async def decide(actor: SignedInActor, certificate_id: PathId, command: DecideExternal) -> Success[ExternalView]:
    """Accept or refuse; the holder is told by mail."""
    async with unit_of_work(actor) as uow:
        return ok(await external_review.decide(uow, certificate_id, command))


@router.delete("/{id}", status_code=204)
async def take_back(actor: SignedInActor, certificate_id: PathId) -> Response:
    """Delete one's own certificate obtained elsewhere, with its file."""
    async with unit_of_work(actor) as uow:
        await external.take_back(uow, certificate_id)
    return Response(status_code=204)


async def take_in(request: Request, actor: Actor) -> Success[ExternalView]:
    """Let the upload begin, read it, keep it."""
    await external.begin_upload(actor)
    command, content = await read_form(request, UploadExternal)
    return ok(await external.upload(actor, command, content))
