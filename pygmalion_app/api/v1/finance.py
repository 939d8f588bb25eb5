"""`/finance`: the platform's books, where they differ from the gateway, and exports; for administrators."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Response

from pygmalion_app.api.deps import Paging, PathId, SignedInActor
from pygmalion_app.api.responses import Listed, Success, listed, ok
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.enrollments import hand_refunds
from pygmalion_app.enrollments.hand_refunds import RefundByHand
from pygmalion_app.ledger import exports, finance
from pygmalion_app.ledger.exports import ExportView, RequestExport
from pygmalion_app.ledger.finance import FinanceSummary
from pygmalion_app.payments import reconciliation, refunds
from pygmalion_app.payments.schemas import DifferenceView, FailedRefund, Resolve

router = APIRouter(prefix="/finance", tags=["finance"])


@router.get("/summary")
async def summary(
    actor: SignedInActor,
    since: Annotated[date | None, Query()] = None,
    until: Annotated[date | None, Query()] = None,
) -> Success[FinanceSummary]:
    """Return the totals of a period (both days included; this month until today), and whether the books balance."""
    async with unit_of_work(actor) as uow:
        last = until or uow.clock.now().astimezone(finance.BOOKS_ZONE).date()
        return ok(await finance.summary(uow, since or last.replace(day=1), last))


@router.get("/differences")
async def differences(
    actor: SignedInActor, paging: Paging, closed: Annotated[bool, Query()] = False
) -> Listed[DifferenceView]:
    """Return where the books and the gateway's balance disagree, newest first."""
    async with unit_of_work(actor) as uow:
        return listed(await reconciliation.differences(uow, paging, only_open=not closed), lambda row: row)


@router.post("/differences/{id}/resolve")
async def resolve(difference_id: PathId, command: Resolve, actor: SignedInActor) -> Success[DifferenceView]:
    """Close a difference with a word on why."""
    async with unit_of_work(actor) as uow:
        return ok(await reconciliation.resolve(uow, difference_id, command.note))


@router.get("/refunds/failed")
async def failed_refunds(actor: SignedInActor) -> Success[list[FailedRefund]]:
    """Return the refunds that failed and wait for a retry, the longest first."""
    async with unit_of_work(actor) as uow:
        return ok(await refunds.failed_refunds(uow))


@router.post("/refunds/{id}/retry", status_code=202)
async def retry(refund_id: PathId, actor: SignedInActor) -> Success[dict[str, bool]]:
    """Ask the gateway once more for a refund that failed."""
    async with unit_of_work(actor) as uow:
        await refunds.retry(uow, refund_id)
    return ok({"requested": True})


@router.post("/refunds/{id}/paid-by-hand")
async def paid_by_hand(refund_id: PathId, command: RefundByHand, actor: SignedInActor) -> Success[dict[str, bool]]:
    """Record that a refund which failed was paid by bank transfer: it is closed, and the buyer told."""
    async with unit_of_work(actor) as uow:
        await hand_refunds.record(uow, refund_id, command)
    return ok({"recorded": True})


@router.post("/exports", status_code=202)
async def request_export(command: RequestExport, actor: SignedInActor) -> Success[ExportView]:
    """Have the books of a period written, as FEC or CSV; the file lasts 7 days."""
    async with unit_of_work(actor) as uow:
        return ok(await exports.request_export(uow, command))


@router.get("/exports/{id}")
async def export(export_id: PathId, actor: SignedInActor) -> Success[ExportView]:
    """Return how an export stands: `done` of `total` lines."""
    async with unit_of_work(actor) as uow:
        return ok(await exports.export(uow, export_id))


@router.get("/exports/{id}/download", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
async def download(export_id: PathId, actor: SignedInActor) -> Response:
    """Return an export's file."""
    async with unit_of_work(actor) as uow:
        file = await exports.download(uow, export_id)
    headers = {
        "Content-Disposition": f'attachment; filename="{file.name}"',
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(file.content, media_type=file.media_type, headers=headers)
