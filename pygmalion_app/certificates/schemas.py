"""What the certificates feature takes and gives."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from pygmalion_app.certificates.models import RevocationReason
from pygmalion_app.core.schemas import Command, View


class Content(View):
    """What a certificate says, frozen when it was issued. Its canonical JSON is hashed and attached to the document.

    Days are local to the session; `valid_until` is the last day on which it holds. Only text, whole numbers and
    booleans, so that its canonical spelling is beyond doubt.
    """

    version: int = 1
    id: UUID
    number: str
    holder: str
    course: str
    course_en: str
    category: str
    modality: str
    duration_minutes: int
    legal_basis: str
    organization: str
    organization_slug: str
    siret: str
    nda: str
    location: str
    language: str
    starts_on: date
    ends_on: date
    completed_on: date
    issued_on: date
    valid_until: date | None
    locale: str


class CertificateView(View):
    """A certificate as its holder and those entitled see it. `status` is one of the verification's six words."""

    id: UUID
    number: str
    enrollment_id: UUID
    holder: str
    course: str
    course_en: str
    organization: str
    completed_on: date
    issued_at: datetime
    valid_until: datetime | None
    status: str
    verification_token: str
    verification_url: str
    downloadable: bool
    """False for the seconds in which the document is being made."""
    file_sha256: str | None
    token_id: str | None
    revoked_at: datetime | None
    revocation_reason: str | None


class CertificateLink(View):
    """What an enrolment shows of its certificate."""

    id: UUID
    number: str
    status: str
    verification_token: str
    verification_url: str
    downloadable: bool

    @classmethod
    def of(cls, view: CertificateView) -> "CertificateLink":
        """Return the short form of a certificate."""
        return cls.model_validate(view, from_attributes=True)


class CertificateFile(View):
    """A document ready to be sent to a browser."""

    name: str
    content: bytes = Field(repr=False)


class RevokeCommand(Command):
    """Take a certificate back."""

    certificate_id: UUID
    reason: RevocationReason
    replaced_by: UUID | None = None
