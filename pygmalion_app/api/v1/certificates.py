"""`/certificates`: one's own, their documents, taking back."""

from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import Field

from pygmalion_app.api.deps import Paging, PathId, SignedInActor
from pygmalion_app.api.responses import Listed, Success, listed, ok
from pygmalion_app.certificates import revocation, service
from pygmalion_app.certificates.models import RevocationReason
from pygmalion_app.certificates.schemas import CertificateView, RevokeCommand
from pygmalion_app.core.schemas import Command
from pygmalion_app.core.unit_of_work import unit_of_work

router = APIRouter(prefix="/certificates", tags=["certificates"])


class Revocation(Command):
    """Why a certificate is taken back (the note is for the issuing organisation alone), and what replaces it."""

    reason_code: RevocationReason
    note: str = Field(default="", max_length=2000)
    replaced_by: UUID | None = None


@router.get("")
async def my_certificates(actor: SignedInActor, paging: Paging) -> Listed[CertificateView]:
    """Return one's own certificates, newest first."""
    async with unit_of_work(actor) as uow:
        return listed(await service.list_mine(uow, paging), lambda item: item)


@router.get("/{id}")
async def certificate(certificate_id: PathId, actor: SignedInActor) -> Success[CertificateView]:
    """Return one certificate to its holder, trainer, training organisation or paying company."""
    async with unit_of_work(actor) as uow:
        return ok(await service.get(uow, certificate_id))


@router.get("/{id}/download", response_class=Response, responses={200: {"content": {"application/pdf": {}}}})
async def download(certificate_id: PathId, actor: SignedInActor) -> Response:
    """Return the PDF to those who may see the certificate."""
    async with unit_of_work(actor) as uow:
        file = await service.download(uow, certificate_id)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name)}",
        "Cache-Control": "private, no-store",
    }
    return Response(file.content, media_type="application/pdf", headers=headers)


@router.post("/{id}/revoke")
async def revoke(certificate_id: PathId, actor: SignedInActor, wanted: Revocation) -> Success[CertificateView]:
    """Take a certificate back; the training organisation's admins may, within 10 minutes of proving who they are."""
    command = RevokeCommand(
        certificate_id=certificate_id, reason=wanted.reason_code, note=wanted.note, replaced_by=wanted.replaced_by
    )
    async with unit_of_work(actor) as uow:
        return ok(await revocation.revoke(uow, command))
