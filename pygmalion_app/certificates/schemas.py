"""What the certificates feature takes and gives."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from pygmalion_app.certificates.models import RevocationReason
from pygmalion_app.core.schemas import Command, View


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
    life: str
    """What it is called in its life: `expiring`, `renewed` and `corrected` beside the verification's words."""
    replaced_by: UUID | None
    """The version that corrects it, or whatever else took its place."""
    corrects: UUID | None
    renewed_by: UUID | None
    name_masked: bool
    """Whether public verification shows dots for the holder's name, as the holder wishes."""


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
    """Take a certificate back. The note stays with the issuing organisation."""

    certificate_id: UUID
    reason: RevocationReason
    note: str = Field(default="", max_length=2000)
    replaced_by: UUID | None = None


class CorrectCommand(Command):
    """Issue a certificate anew with other words; what is left out stays as it is."""

    certificate_id: UUID
    holder: str | None = Field(default=None, min_length=1, max_length=200)
    completed_on: date | None = None
    location: str | None = Field(default=None, max_length=200)
    note: str = Field(default="", max_length=2000)
