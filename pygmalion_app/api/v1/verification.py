"""`/certificates/verify` and what belongs to it: public verification, proofs, and the holder's masked name."""

import hashlib
from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import quote

import msgspec
from fastapi import APIRouter, Path, Query, Request, Response

from pygmalion_app.api.deps import PathId, SignedInActor
from pygmalion_app.api.hot import served_by
from pygmalion_app.api.presented import FORMS, Presented, Sent
from pygmalion_app.api.responses import Success, ok
from pygmalion_app.certificates import names, service, verification, verification_bundle, verification_files
from pygmalion_app.certificates.verification import Verification
from pygmalion_app.certificates.verification_bundle import Bundle
from pygmalion_app.core.errors import InvalidInputError
from pygmalion_app.core.schemas import Command, View
from pygmalion_app.core.unit_of_work import container, unit_of_work

router = APIRouter(prefix="/certificates", tags=["certificates"])

_PUBLIC_HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}
LONGEST_TOKEN = 200
Token = Annotated[str, Path(max_length=LONGEST_TOKEN)]


class ProofFormat(StrEnum):
    """How a proof is wanted: as a ZIP of files, or as one JSON file."""

    ZIP = "zip"
    JSON = "json"


class Masking(Command):
    """Whether public verification hides the holder's name."""

    masked: bool


class MaskingView(View):
    """How it is now."""

    masked: bool


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
_PROOF: dict[int | str, dict[str, Any]] = {
    200: {"description": "What `checker/pygmalion_verify.py` verifies against any node.", "content": {
        "application/zip": {"schema": {"type": "string", "format": "binary"}}, "application/json": {}}},
}  # fmt: skip


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


@router.get("/verify", responses=_VERIFICATION, response_class=Response)
async def verify_token_id(
    token_id: Annotated[str, Query(alias="id", max_length=100, description="The certificate's id in the contract")],
    chain_id: Annotated[str | None, Query(alias="chainId", max_length=100)] = None,
    contract: Annotated[str | None, Query(max_length=100)] = None,
) -> Response:
    """Verify by the token id, of which a chain and a contract may be named. Public.

    Says nothing from which a holder could be found: these numbers can be counted up by anybody.
    """
    found = await verification.verify_token_id(container(), token_id.strip(), chain_id=chain_id, contract=contract)
    return _answer(found)


@router.post("/verify/{token}", responses=_VERIFICATION, response_class=Response, openapi_extra=FORMS)
async def verify_with_file(token: Token, sent: Presented) -> Response:
    """Verify a certificate and that a file is its very own: `tampered` when one byte differs. Public."""
    if sent.content:
        return _answer(
            await verification_files.verify_presented(container(), sent.content, token=token, name=sent.name)
        )
    return _answer(await verification.verify_token(container(), token, sent.sha256, sent.name))


@router.post("/verify", responses=_VERIFICATION, response_class=Response, openapi_extra=FORMS)
async def verify_file(sent: Presented) -> Response:
    """Verify a file without its link, or what a scanned code says: `unknown` when it is no certificate's. Public."""
    if sent.content:
        return _answer(await verification_files.verify_presented(container(), sent.content, name=sent.name))
    if sent.code:
        return _answer(await verification_files.verify_code(container(), sent.code, name=sent.name))
    if sent.sha256 is None:
        raise InvalidInputError(field="file")
    return _answer(await verification.verify_file(container(), sent.sha256, sent.name))


@router.get("/verify/{token}/proof", responses=_PROOF, response_class=Response)
async def public_proof(token: Token, form: Annotated[ProofFormat, Query(alias="format")] = ProofFormat.ZIP) -> Response:
    """Return the proof bundle of a QR code's certificate; without the credential where the name is masked. Public."""
    return _bundle(await verification_bundle.bundle_by_token(container(), token), form)


@router.get("/{id}/proof", responses=_PROOF, response_class=Response)
async def proof(
    certificate_id: PathId,
    actor: SignedInActor,
    form: Annotated[ProofFormat, Query(alias="format")] = ProofFormat.ZIP,
) -> Response:
    """Return the proof bundle to those who may see the certificate."""
    async with unit_of_work(actor) as uow:
        return _bundle(await verification_bundle.bundle_for(uow, container(), certificate_id), form)


@router.post("/{id}/verify", responses=_VERIFICATION, response_class=Response, openapi_extra=FORMS)
async def verify_mine(certificate_id: PathId, actor: SignedInActor, sent: Presented) -> Response:
    """Verify a certificate by its id, for those who may see it; with a document, that it is its very document."""
    async with unit_of_work(actor) as uow:
        await service.get(uow, certificate_id)
    return _answer(await verification.verify_certificate(container(), certificate_id, _digest(sent)))


@router.put("/{id}/masking")
async def mask_name(certificate_id: PathId, actor: SignedInActor, wanted: Masking) -> Success[MaskingView]:
    """Hide one's name in public verification, where a typed name is compared instead; or show it again."""
    async with unit_of_work(actor) as uow:
        return ok(MaskingView(masked=await names.mask_name(uow, certificate_id, masked=wanted.masked)))


def _digest(sent: Sent) -> bytes | None:
    return hashlib.sha256(sent.content).digest() if sent.content else sent.sha256


def _answer(found: Verification) -> Response:
    body = msgspec.json.encode({"success": True, "data": found})
    return Response(body, media_type="application/json", headers=_PUBLIC_HEADERS)


def _bundle(found: Bundle, form: ProofFormat) -> Response:
    name = quote(f"{found.number}-proof.{form.value}")
    headers = {**_PUBLIC_HEADERS, "Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    if form is ProofFormat.JSON:
        return Response(found.as_json(), media_type="application/json", headers=headers)
    return Response(found.as_zip(), media_type="application/zip", headers=headers)
