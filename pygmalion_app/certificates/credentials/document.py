"""What a credential says: the certificate's content in the words of Open Badges 3.0.

No more of its holder than the document shows: a name, and no identifier that would lead from one credential to another.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from pygmalion_app.certificates.content import Content
from pygmalion_app.certificates.credentials.linked_data import CREDENTIALS_V2, OPEN_BADGES_3, Place
from pygmalion_app.certificates.credentials.signing import moment
from pygmalion_app.core.i18n import format_duration, translate


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a credential says; the same facts give the same document."""

    content: Content
    course_id: UUID
    issued_at: datetime
    valid_until: datetime | None
    """First moment at which it no longer holds."""
    issuer: str
    """The organisation's DID."""
    issuer_page: str
    verification_url: str
    status_list: str
    """The list's address, at which it is published in both forms."""
    status_position: int


OWN: tuple[Place, ...] = (
    ("id",),
    ("validFrom",),
    ("credentialSubject", "identifier", 0, "identityHash"),
    ("credentialSubject", "licenseNumber"),
    ("evidence", 0, "id"),
    ("credentialStatus", "id"),
    ("credentialStatus", "statusListIndex"),
)
"""Where one person's credential says other than those of the same session (`linked_data.canonical_statements`)."""


def unsigned(facts: Facts) -> dict[str, Any]:
    """Return the credential without a proof."""
    content = facts.content
    return {
        "@context": [CREDENTIALS_V2, OPEN_BADGES_3],
        "id": content.id.urn,
        # The name that wallets look for; `AchievementCredential` is an alias of it in the context.
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": _course(content),
        "issuer": _issuer(facts),
        "validFrom": moment(facts.issued_at),
        **({"validUntil": moment(facts.valid_until)} if facts.valid_until else {}),
        "awardedDate": _day(content.completed_on),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                # In the clear: who checks a certificate compares this name with the one on an identity document.
                {"type": "IdentityObject", "hashed": False, "identityHash": content.holder, "identityType": "name"}
            ],
            "licenseNumber": content.number,
            "activityStartDate": _day(content.starts_on),
            "activityEndDate": _day(content.ends_on),
            "achievement": _achievement(facts),
        },
        "evidence": [
            {
                "id": facts.verification_url,
                "type": ["Evidence"],
                "name": translate(content.locale, "credential-evidence"),
            }
        ],
        "credentialStatus": status(facts.status_list, facts.status_position),
    }


def status(status_list: str, position: int) -> dict[str, str]:
    """Return where a credential's status is found."""
    return {
        "id": f"{status_list}#{position}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(position),
        "statusListCredential": status_list,
    }


def _issuer(facts: Facts) -> dict[str, Any]:
    content = facts.content
    known = [("ext:SIRET", content.siret), ("ext:NDA", content.nda)]
    numbers = [
        {"type": "IdentifierEntry", "identifier": number, "identifierType": kind} for kind, number in known if number
    ]
    return {
        "id": facts.issuer,
        "type": ["Profile"],
        "name": content.organization,
        "url": facts.issuer_page,
        **({"otherIdentifier": numbers} if numbers else {}),
    }


def _achievement(facts: Facts) -> dict[str, Any]:
    content, locale = facts.content, facts.content.locale
    duration = format_duration(locale, content.duration_minutes)
    modality = translate(locale, f"certificate-modality-{content.modality.lower()}")
    rule = [
        {
            "type": ["Alignment"],
            "targetType": "ext:LegalBasis",
            "targetName": content.legal_basis,
            "targetUrl": facts.issuer_page,
        }
    ]
    return {
        "id": facts.course_id.urn,
        "type": ["Achievement"],
        "achievementType": "CertificateOfCompletion",
        "name": _course(content),
        "description": " · ".join(part for part in (duration, modality, content.location) if part),
        "criteria": {"narrative": _criteria(content)},
        "fieldOfStudy": content.category,
        "inLanguage": content.language,
        **({"alignment": rule} if content.legal_basis else {}),
    }


def _criteria(content: Content) -> str:
    said = [translate(content.locale, "credential-criteria")]
    if content.legal_basis:
        said.append(translate(content.locale, "credential-legal-basis", basis=content.legal_basis))
    return " ".join(said)


def _course(content: Content) -> str:
    return content.course_en if content.locale == "en" and content.course_en else content.course


def _day(day: date) -> str:
    return moment(datetime.combine(day, time.min, UTC))
