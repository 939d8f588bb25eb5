"""`/privacy`: everything held on the caller, consents, and the erasure of the account."""

from fastapi import APIRouter, Response

from pygmalion_app.api.deps import PathId, SignedInActor
from pygmalion_app.api.responses import Success, ok
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.privacy import consents, erasure, exports
from pygmalion_app.privacy.schemas import ConsentView, DecideConsent, ErasurePreview, ErasureView, ExportView

router = APIRouter(prefix="/privacy", tags=["privacy"])


@router.get("/export")
async def my_export(actor: SignedInActor) -> Success[ExportView | None]:
    """Return one's export that is being made or can be downloaded, null when there is none."""
    async with unit_of_work(actor) as uow:
        return ok(await exports.my_export(uow))


@router.post("/export", status_code=202)
async def request_export(actor: SignedInActor) -> Success[ExportView]:
    """Have an archive made of everything held on oneself; a mail tells when it is ready. It lasts 7 days."""
    async with unit_of_work(actor) as uow:
        return ok(await exports.request_export(uow))


@router.get("/export/{id}/download", response_class=Response, responses={200: {"content": {"application/zip": {}}}})
async def download_export(export_id: PathId, actor: SignedInActor) -> Response:
    """Return one's archive."""
    async with unit_of_work(actor) as uow:
        archive = await exports.download(uow, export_id)
    headers = {
        "Content-Disposition": 'attachment; filename="pygmalion-data.zip"',
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(archive, media_type="application/zip", headers=headers)


@router.get("/erasure")
async def preview_erasure(actor: SignedInActor) -> Success[ErasurePreview]:
    """Return what an erasure would erase and keep, until when, and what stands in its way; nothing happens."""
    async with unit_of_work(actor) as uow:
        return ok(await erasure.preview(uow))


@router.post("/erasure", status_code=202)
async def request_erasure(actor: SignedInActor) -> Success[ErasureView]:
    """Ask for the erasure of one's account in 30 days; needs a proof of who asks within the last 10 minutes."""
    async with unit_of_work(actor) as uow:
        return ok(await erasure.request_erasure(uow))


@router.delete("/erasure", status_code=204)
async def withdraw_erasure(actor: SignedInActor) -> None:
    """Keep one's account after all."""
    async with unit_of_work(actor) as uow:
        await erasure.withdraw_erasure(uow)


@router.get("/consents")
async def my_consents(actor: SignedInActor) -> Success[tuple[ConsentView, ...]]:
    """Return where one stands on each purpose, with every decision of the past."""
    async with unit_of_work(actor) as uow:
        return ok(await consents.my_consents(uow))


@router.put("/consents")
async def decide(command: DecideConsent, actor: SignedInActor) -> Success[tuple[ConsentView, ...]]:
    """Give or withdraw consent to one purpose."""
    async with unit_of_work(actor) as uow:
        return ok(await consents.decide(uow, command))
