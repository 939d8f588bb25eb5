"""What certificates obtained elsewhere take and give."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field, model_validator

from pygmalion_app.certificates.life_models import ExternalReason
from pygmalion_app.core.schemas import Command, View


class UploadExternal(Command):
    """What a holder says of a certificate obtained elsewhere."""

    title: str = Field(min_length=2, max_length=200)
    issuer: str = Field(min_length=2, max_length=200)
    type_code: str | None = Field(default=None, max_length=40)
    """The course as the profession knows it, where it is one."""
    obtained_on: date
    valid_until: date | None = None
    file_name: str = Field(default="", max_length=200)

    @model_validator(mode="after")
    def _dates_in_order(self) -> "UploadExternal":
        if self.valid_until is not None and self.valid_until < self.obtained_on:
            message = "validUntil comes before obtainedOn"
            raise ValueError(message)
        return self


class DecideExternal(Command):
    """Accept, or refuse for a reason; the note goes to the holder."""

    accepted: bool
    reason: ExternalReason | None = None
    note: str = Field(default="", max_length=1000)

    @model_validator(mode="after")
    def _reason_of_refusal(self) -> "DecideExternal":
        if self.accepted == (self.reason is not None):
            message = "a refusal has a reason, an acceptance has none"
            raise ValueError(message)
        return self


class ExternalView(View):
    """A certificate obtained elsewhere, as its holder and its reviewers see it. Never anchored."""

    id: UUID
    user_id: UUID
    holder: str
    organization: str | None
    """The company that checks it; empty: the platform."""
    title: str
    issuer: str
    type_code: str | None
    obtained_on: date
    valid_until: date | None
    state: str
    reason: str | None
    note: str
    file_name: str
    media_type: str
    size_bytes: int
    pages: int
    sent_at: datetime
    decided_at: datetime | None
    decided_by: str | None
    expired: bool


class TypeView(View):
    """A course as the profession knows it."""

    code: str
    title: str
    title_en: str
