"""Makes a certificate's credential in its two signed forms."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from pygmalion_app.certificates.content import Content
from pygmalion_app.certificates.credentials.addresses import (
    JWT_FORM,
    Place,
    organization_did,
    organization_page,
    status_list,
)
from pygmalion_app.certificates.credentials.document import OWN, Facts, status, unsigned
from pygmalion_app.certificates.credentials.signing import as_jwt, with_proof
from pygmalion_app.certificates.keys.plain import SigningKey
from pygmalion_app.certificates.sealing import canonical

if TYPE_CHECKING:
    from pygmalion_app.core.config import Settings


@dataclass(frozen=True, slots=True)
class Credential:
    """One credential in its two forms."""

    json: bytes
    """With a Data Integrity proof; these very bytes are attached to the document and anchored."""
    jwt: str


def facts_of(
    settings: "Settings",
    content: Content,
    *,
    course_id: UUID,
    issued_at: datetime,
    valid_until: datetime | None,
    verification_url: str,
    place: Place,
) -> Facts:
    """Gather what a certificate's credential says; its place is `status_lists.allocate`d in the issuing transaction."""
    return Facts(
        content=content,
        course_id=course_id,
        issued_at=issued_at,
        valid_until=valid_until,
        issuer=organization_did(settings, content.organization_slug),
        issuer_page=organization_page(settings, content.locale, content.organization_slug),
        verification_url=verification_url,
        status_list=status_list(settings, place.list_id),
        status_position=place.position,
    )


def build(facts: Facts, p256: SigningKey, ed25519: SigningKey) -> Credential:
    """Sign the credential with the keys of its organisation. Blocking and CPU-bound: call it in a thread.

    The same facts and keys give the same bytes.
    """
    document = unsigned(facts)
    signed = with_proof(document, facts.issuer, ed25519, facts.issued_at, OWN)
    return Credential(canonical(signed), as_jwt(_claims(document, facts), facts.issuer, p256, "JWT"))


def _claims(document: dict[str, Any], facts: Facts) -> dict[str, Any]:
    """Return the credential as the payload of a JWT (Open Badges 3.0, 8.2): itself, and the registered claims."""
    # Who reads this form can read a status list in this form; some can read no other.
    claims = {**document, "credentialStatus": status(facts.status_list + JWT_FORM, facts.status_position)}
    claims |= {"iss": facts.issuer, "jti": document["id"], "nbf": int(facts.issued_at.timestamp())}
    if facts.valid_until is not None:
        claims["exp"] = int(facts.valid_until.timestamp())
    return claims
