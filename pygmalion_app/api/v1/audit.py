"""`/admin/audit`: who did what, whether the chain holds, and what retention let go; for platform administrators."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from fastapi.responses import StreamingResponse

from pygmalion_app.api.deps import Paging, SignedInActor
from pygmalion_app.api.responses import Listed, Success, listed, ok
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.audit import ChainReport
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.privacy import audit_trail, retention
from pygmalion_app.privacy.schemas import AuditEntry, AuditQuery, RuleView

router = APIRouter(prefix="/admin/audit", tags=["audit"])


async def wanted_events(
    action: Annotated[str, Query(max_length=100, pattern=r"^[a-z_.]*$")] = "",
    person_id: Annotated[UUID | None, Query(alias="personId")] = None,
    organization_id: Annotated[UUID | None, Query(alias="organizationId")] = None,
    since: Annotated[date | None, Query()] = None,
    until: Annotated[date | None, Query()] = None,
) -> AuditQuery:
    """Return what `?action=&personId=&organizationId=&since=&until=` asks for."""
    return AuditQuery(action=action, person_id=person_id, organization_id=organization_id, since=since, until=until)


Wanted = Annotated[AuditQuery, Depends(wanted_events)]


@router.get("")
async def events(actor: SignedInActor, paging: Paging, wanted: Wanted) -> Listed[AuditEntry]:
    """Return events, newest first."""
    async with unit_of_work(actor) as uow:
        return listed(await audit_trail.search(uow, wanted, paging), lambda entry: entry)


@router.get("/export.csv", response_class=StreamingResponse, responses={200: {"content": {"text/csv": {}}}})
async def export(actor: SignedInActor, wanted: Wanted) -> StreamingResponse:
    """Return all events that are asked for as CSV, oldest first."""
    async with unit_of_work(actor) as uow:
        # Refuses whoever may not, before the answer begins.
        await audit_trail.search(uow, wanted, PageRequest(1, 1))
    headers = {"Content-Disposition": 'attachment; filename="audit.csv"', "Cache-Control": "private, no-store"}
    return StreamingResponse(_lines(actor, wanted), media_type="text/csv; charset=utf-8", headers=headers)


async def _lines(actor: Actor, wanted: AuditQuery) -> AsyncIterator[str]:
    async with unit_of_work(actor) as uow:
        async for lines in audit_trail.export_csv(uow, wanted):
            yield lines


@router.get("/chain")
async def chain(actor: SignedInActor) -> Success[ChainReport]:
    """Walk the whole chain, computing every hash anew; `brokenAt` names the first event that does not hold."""
    async with unit_of_work(actor) as uow:
        return ok(await audit_trail.verify_chain(uow))


@router.get("/retention")
async def rules(actor: SignedInActor) -> Success[tuple[RuleView, ...]]:
    """Return the rules of retention and what each did last."""
    async with unit_of_work(actor) as uow:
        return ok(await retention.overview(uow))
