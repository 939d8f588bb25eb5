"""DID documents (did:web): every key that ever signed for an issuer, so that what it signed stays verifiable."""

from typing import Any

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.certificates.credentials.addresses import organization_did, platform_did
from pygmalion_app.certificates.keys.kinds import KeyKind
from pygmalion_app.certificates.keys.plain import PublicKey
from pygmalion_app.certificates.keys.ring import public_keys
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.organizations.models import Organization

_CONTEXTS = [
    "https://www.w3.org/ns/did/v1",
    "https://w3id.org/security/multikey/v1",
    "https://w3id.org/security/jwk/v1",
]


async def platform_document(uow: UnitOfWork) -> dict[str, Any]:
    """Return the platform's DID document. Public."""
    return _document(platform_did(uow.settings), await public_keys(uow, None))


async def organization_document(uow: UnitOfWork, slug: str) -> dict[str, Any]:
    """Return an organisation's DID document. Public; NotFoundError for one that has never issued anything."""
    async with uow.elevated():
        query = select(col(Organization.id)).where(col(Organization.slug) == slug)
        organization_id = (await uow.session.execute(query)).scalar_one_or_none()
    keys = await public_keys(uow, organization_id) if organization_id is not None else []
    if not keys:
        raise NotFoundError
    return _document(organization_did(uow.settings, slug), keys)


def _document(did: str, keys: list[PublicKey]) -> dict[str, Any]:
    # Some readers take the first key for a token that names none: the one in use that signs tokens.
    ordered = sorted(keys, key=lambda key: (key.retired_at is not None, key.kind is not KeyKind.P256))
    methods = [_method(did, key) for key in ordered]
    return {
        "@context": _CONTEXTS,
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def _method(did: str, key: PublicKey) -> dict[str, Any]:
    named = {"id": f"{did}#{key.kid}", "controller": did}
    if key.kind is KeyKind.P256:
        return {**named, "type": "JsonWebKey", "publicKeyJwk": key.jwk}
    return {**named, "type": "Multikey", "publicKeyMultibase": key.multibase}
