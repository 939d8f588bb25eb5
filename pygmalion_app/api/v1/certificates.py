"""`/certificates`: one's own, their documents, taking back, and public verification."""

import hashlib
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Path, Request, Response
from pydantic import Field, ValidationError
from starlette.datastructures import UploadFile

from pygmalion_app.api.deps import Paging, PathId, SignedInActor
from pygmalion_app.api.hot import served_by
from pygmalion_app.api.responses import Listed, Success, listed, ok
from pygmalion_app.certificates import service, verification
from pygmalion_app.certificates.models import RevocationReason
from pygmalion_app.certificates.schemas import CertificateView, RevokeCommand
from pygmalion_app.certificates.verification import Verification
from pygmalion_app.core.errors import InvalidInputError
from pygmalion_app.core.schemas import Command
from pygmalion_app.core.unit_of_work import container, unit_of_work

router = APIRouter(prefix="/certificates", tags=["certificates"])

_PUBLIC_HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}
Sha256 = Annotated[str, Field(pattern=r"^(0x)?[0-9a-fA-F]{64}$", description="SHA-256 of the document, hexadecimal")]
LONGEST_TOKEN = 200
Token = Annotated[str, Path(max_length=LONGEST_TOKEN)]


class FileDigest(Command):
    """A dropped file: only its digest is sent, the file never leaves the reader's machine."""

    sha256: Sha256


class Revocation(Command):
    """Why a certificate is taken back, and what replaces it."""

    reason: RevocationReason
    replaced_by: UUID | None = None


_DOCUMENT_FORMS = {
    "requestBody": {
        "description": "The document's SHA-256 (the file then never leaves the reader's machine), or the document.",
        "content": {
            "application/json": {"schema": FileDigest.model_json_schema()},
            "application/pdf": {"schema": {"type": "string", "format": "binary"}},
            "multipart/form-data": {
                "schema": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}
            },
        },
    }
}


async def sent_digest(request: Request) -> bytes | None:
    """Return the SHA-256 of the document that a request names or carries, None for an empty body."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        async with request.form(max_files=1, max_fields=1) as form:
            file = form.get("file")
            if not isinstance(file, UploadFile):
                raise InvalidInputError(field="file")
            return hashlib.sha256(await file.read()).digest()
    body = await request.body()
    if not body:
        return None
    if kind != "application/json":
        return hashlib.sha256(body).digest()
    try:
        return _digest(FileDigest.model_validate_json(body).sha256)
    except ValidationError as error:
        raise InvalidInputError(field="sha256") from error


SentDigest = Annotated[bytes | None, Depends(sent_digest)]


def _schema(value: Any) -> Any:
    """Put msgspec's definitions in place of the references to them: OpenAPI keeps its own elsewhere."""
    (root,), definitions = msgspec.json.schema_components((Verification,), ref_template="{name}")

    def resolved(node: Any) -> Any:
        if isinstance(node, dict):
            return resolved(definitions[node["$ref"]]) if "$ref" in node else {k: resolved(v) for k, v in node.items()}
        return [resolved(item) for item in node] if isinstance(node, list) else node

    return {"type": "object", "properties": {"success": {"const": True}, "data": resolved(root)}} | value


_VERIFICATION: dict[int | str, dict[str, Any]] = {
    200: {"description": "The status, each check with its time, and where on chain to look.", "content": {
        "application/json": {"schema": _schema({"required": ["success", "data"]})}}},
}  # fmt: skip


@router.get("")
async def my_certificates(actor: SignedInActor, paging: Paging) -> Listed[CertificateView]:
    """Return one's own certificates, newest first."""
    async with unit_of_work(actor) as uow:
        return listed(await service.list_mine(uow, paging), lambda item: item)


async def _serve_verification(request: Request) -> Response:
    token = request.path_params["token"]
    if len(token) > LONGEST_TOKEN:
        raise InvalidInputError(field="token", limit=LONGEST_TOKEN)
    return await verify(token)


async def verify(token: Token) -> Response:
    """Verify the certificate of a QR code or share link. Public."""
    return _answer(await verification.verify_token(container(), token))


router.add_api_route(
    "/verify/{token}",
    verify,
    methods=["GET"],
    responses=_VERIFICATION,
    response_class=Response,
    route_class_override=served_by(_serve_verification),
)


@router.post("/verify/{token}", responses=_VERIFICATION, response_class=Response, openapi_extra=_DOCUMENT_FORMS)
async def verify_with_file(token: Token, digest: SentDigest) -> Response:
    """Verify a certificate and that a file is its very document: `tampered` when one byte differs. Public."""
    return _answer(await verification.verify_token(container(), token, digest))


@router.post("/verify", responses=_VERIFICATION, response_class=Response, openapi_extra=_DOCUMENT_FORMS)
async def verify_file(digest: SentDigest) -> Response:
    """Verify a document without its link: `unknown` when no certificate has this digest. Public."""
    if digest is None:
        raise InvalidInputError(field="file")
    return _answer(await verification.verify_file(container(), digest))


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


@router.post("/{id}/verify", responses=_VERIFICATION, response_class=Response, openapi_extra=_DOCUMENT_FORMS)
async def verify_mine(certificate_id: PathId, actor: SignedInActor, digest: SentDigest) -> Response:
    """Verify a certificate by its id, for those who may see it; with a document, that it is its very document."""
    async with unit_of_work(actor) as uow:
        await service.get(uow, certificate_id)
    return _answer(await verification.verify_certificate(container(), certificate_id, digest))


@router.post("/{id}/revoke")
async def revoke(certificate_id: PathId, actor: SignedInActor, wanted: Revocation) -> Success[CertificateView]:
    """Take a certificate back; the training organisation's admins may."""
    command = RevokeCommand(certificate_id=certificate_id, reason=wanted.reason, replaced_by=wanted.replaced_by)
    async with unit_of_work(actor) as uow:
        return ok(await service.revoke(uow, command))


def _answer(found: Verification) -> Response:
    body = msgspec.json.encode({"success": True, "data": found})
    return Response(body, media_type="application/json", headers=_PUBLIC_HEADERS)


def _digest(sha256: str) -> bytes:
    return bytes.fromhex(sha256.removeprefix("0x"))
