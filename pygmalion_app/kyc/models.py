"""Verification cases, their documents and everything that happened to them."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, text
from sqlmodel import Field

from pygmalion_app.core.models import TEXT, TIMESTAMP, Row, one_of


class CaseState(StrEnum):
    """Where a case stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    MORE_INFORMATION = "more_information"
    APPROVED = "approved"
    REJECTED = "rejected"
    EXPIRED = "expired"


class DocumentKind(StrEnum):
    """What a document is."""

    IDENTITY_CARD = "identity_card"
    PASSPORT = "passport"
    REGISTRATION = "registration"
    """Kbis extract, or what stands for it elsewhere."""
    NDA_DECLARATION = "nda_declaration"
    QUALIOPI_CERTIFICATE = "qualiopi_certificate"
    BANK_DETAILS = "bank_details"


class Reason(StrEnum):
    """Why a reviewer decided so; the words people read are in the catalogues."""

    UNREADABLE = "unreadable"
    OUT_OF_DATE = "out_of_date"
    WRONG_DOCUMENT = "wrong_document"
    INCOMPLETE = "incomplete"
    DOES_NOT_MATCH = "does_not_match"
    NOT_REGISTERED = "not_registered"
    DOUBTFUL = "doubtful"
    OTHER = "other"
    """Said in the note."""
    REPLACED = "replaced"
    """A newer verification took its place; never a reviewer's own word."""


def _one_subject() -> CheckConstraint:
    return CheckConstraint("(user_id IS NULL) <> (organization_id IS NULL)", name="one_subject")


_OPEN = "state IN ('draft', 'submitted', 'in_review', 'more_information', 'rejected')"
_APPROVED = "state = 'approved'"


class KycCase(Row, table=True):
    """One verification of a person or of an organisation. At most one is under way, and at most one approved."""

    __tablename__ = "kyc_cases"
    __table_args__ = (
        _one_subject(),
        one_of("state", CaseState),
        one_of("reason", Reason),
        Index("uq_kyc_cases_open_user", "user_id", unique=True, postgresql_where=text(_OPEN)),
        Index("uq_kyc_cases_open_organization", "organization_id", unique=True, postgresql_where=text(_OPEN)),
        Index("uq_kyc_cases_approved_user", "user_id", unique=True, postgresql_where=text(_APPROVED)),
        Index("uq_kyc_cases_approved_organization", "organization_id", unique=True, postgresql_where=text(_APPROVED)),
        Index("ix_kyc_cases_queue", "state", "submitted_at"),
    )

    user_id: UUID | None = Field(default=None, foreign_key="users.id", index=True)
    """The person verified, for a KYC case."""
    organization_id: UUID | None = Field(default=None, foreign_key="organizations.id", index=True)
    """The organisation verified, for a KYB case."""
    state: str = CaseState.DRAFT
    state_at: datetime = Field(sa_type=TIMESTAMP)
    submitted_by: UUID | None = Field(default=None, foreign_key="users.id")
    submitted_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    reviewer_id: UUID | None = Field(default=None, foreign_key="users.id")
    reason: str | None = None
    note: str = Field(default="", sa_type=TEXT)
    """The reviewer's words to whoever submitted."""
    valid_until: date | None = None
    """The last day on which an approval holds."""
    reminded_days: int | None = None
    """The lead time, in days, of the last reminder that was sent."""


class KycDocument(Row, table=True):
    """One document of a case; its file is encrypted in the file store under `kyc/<id>`."""

    __tablename__ = "kyc_documents"
    __table_args__ = (_one_subject(), one_of("kind", DocumentKind), Index("ix_kyc_documents_key_id", "key_id"))

    case_id: UUID = Field(foreign_key="kyc_cases.id", index=True)
    user_id: UUID | None = Field(default=None, foreign_key="users.id", index=True)
    organization_id: UUID | None = Field(default=None, foreign_key="organizations.id", index=True)
    kind: str
    file_name: str
    media_type: str
    size_bytes: int
    pages: int
    valid_until: date | None = None
    """As whoever submitted says; the reviewer checks it."""
    uploaded_by: UUID | None = Field(default=None, foreign_key="users.id")
    key_id: str
    wrapped_key: bytes = Field(sa_type=LargeBinary)
    stored_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    """Empty while the file is on its way; a row left so by a crash is removed with whatever file it has."""


class KycTransition(Row, table=True):
    """One step of a case: who, when, from what to what, and why. Rows are only ever added."""

    __tablename__ = "kyc_transitions"
    __table_args__ = (one_of("from_state", CaseState), one_of("to_state", CaseState), one_of("reason", Reason))

    case_id: UUID = Field(foreign_key="kyc_cases.id", index=True)
    user_id: UUID | None = Field(default=None, foreign_key="users.id", index=True)
    organization_id: UUID | None = Field(default=None, foreign_key="organizations.id", index=True)
    actor_id: UUID | None = Field(default=None, foreign_key="users.id")
    """Empty for what happened by itself: a lapse."""
    at: datetime = Field(sa_type=TIMESTAMP)
    from_state: str
    to_state: str
    reason: str | None = None
    note: str = Field(default="", sa_type=TEXT)
