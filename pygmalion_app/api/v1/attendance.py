"""`/sessions/{id}/attendance` and `/attendance`: who was there, signed by half-day."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from pygmalion_app.accounts.authentication import SESSION_COOKIE
from pygmalion_app.api.deps import PathId, SignedInActor, authenticate
from pygmalion_app.api.responses import Success, ok
from pygmalion_app.api.uploads import page_actor
from pygmalion_app.attendance import papers, queries, scanning, service
from pygmalion_app.attendance.schemas import (
    CodeView,
    Countersign,
    HalfDayKey,
    Mark,
    MarkView,
    SheetView,
    SignByTicket,
    TicketView,
)
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import NotAuthenticatedError
from pygmalion_app.core.unit_of_work import unit_of_work

router = APIRouter(tags=["attendance"])

_PRIVATE = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}
_PDF: dict[int | str, dict[str, Any]] = {200: {"content": {"application/pdf": {}}}}


async def writer(request: Request) -> Actor:
    """Return who writes: by a bearer token, or by the session cookie of one of our own pages.

    A signature drawn without a network is sent by the page's script once there is one, and not through its events.
    """
    if request.headers.get("authorization") is None and SESSION_COOKIE in request.cookies:
        return await page_actor(request)
    actor = await authenticate(request)
    if not actor.signed_in:
        raise NotAuthenticatedError
    return actor


Writer = Annotated[Actor, Depends(writer)]
_WRITER: dict[str, Any] = {"security": [{"accessToken": []}, {"browserSession": []}]}
"""How a writer's calls are described."""
Locale = Annotated[str, Query(pattern="^(fr|en)$", description="`fr` or `en`")]


@router.get("/sessions/{id}/attendance")
async def attendance(actor: SignedInActor, session_id: PathId, response: Response) -> Success[SheetView]:
    """Return a session's half-days, who is expected, who signed, and the trainer's signatures."""
    response.headers.update(_PRIVATE)
    async with unit_of_work(actor) as uow:
        return ok(await queries.sheet(uow, session_id))


@router.post("/sessions/{id}/attendance/marks", openapi_extra=_WRITER)
async def mark(actor: Writer, session_id: PathId, command: Mark) -> Success[MarkView]:
    """Note a participant's half-day: a signature, or an absence with its reason.

    `clientId` is the sender's own: the same again changes nothing, so a lost answer may be asked for anew.
    """
    async with unit_of_work(actor) as uow:
        return ok(await service.mark(uow, session_id, command))


@router.post("/sessions/{id}/attendance/countersignature", status_code=204, openapi_extra=_WRITER)
async def countersign(actor: Writer, session_id: PathId, command: Countersign) -> Response:
    """Sign a half-day as its trainer; nothing changes there any more."""
    async with unit_of_work(actor) as uow:
        await service.countersign(uow, session_id, command)
    return Response(status_code=204)


@router.post("/sessions/{id}/attendance/reopening", status_code=204, openapi_extra=_WRITER)
async def reopen(actor: Writer, session_id: PathId, command: HalfDayKey) -> Response:
    """Take the trainer's signature back, to put a mistake right; the audit trail keeps that it was done."""
    async with unit_of_work(actor) as uow:
        await service.reopen(uow, session_id, command)
    return Response(status_code=204)


@router.get("/sessions/{id}/attendance/code/{day}/{part}")
async def code(
    actor: SignedInActor,
    session_id: PathId,
    response: Response,
    day: Annotated[date, Path()],
    part: Annotated[int, Path(ge=1, le=2)],
    locale: Locale = "fr",
) -> Success[CodeView]:
    """Return the QR code that participants scan now for a half-day; ask again when it has turned."""
    response.headers.update(_PRIVATE)
    async with unit_of_work(actor) as uow:
        return ok(await scanning.show_code(uow, session_id, HalfDayKey(day=day, part=part), locale))


@router.get("/sessions/{id}/attendance/sheet.pdf", response_class=Response, responses=_PDF)
async def paper(actor: SignedInActor, session_id: PathId, locale: Locale = "fr") -> Response:
    """Return the attendance sheet as PDF, signatures and their times in it."""
    async with unit_of_work(actor) as uow:
        made = await papers.sheet_pdf(uow, session_id, locale)
    headers = {"Content-Disposition": f'inline; filename="emargement-{session_id}.pdf"'}
    return Response(made, media_type="application/pdf", headers=_PRIVATE | headers)


@router.get("/attendance/codes/{code}")
async def scan(actor: SignedInActor, text: Annotated[str, Path(alias="code", max_length=200)]) -> Success[TicketView]:
    """Trade a scanned code for a ticket: what the caller signs, and what they sign it by."""
    async with unit_of_work(actor) as uow:
        return ok(await scanning.scan(uow, text))


@router.post("/attendance/signatures", openapi_extra=_WRITER)
async def sign(actor: Writer, command: SignByTicket) -> Success[MarkView]:
    """Send one's own signature, by the ticket that scanning gave; `clientId` as for marks."""
    async with unit_of_work(actor) as uow:
        return ok(await scanning.sign(uow, command))
