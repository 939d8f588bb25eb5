"""What happens to certificates after they are issued, issuing in bulk, and certificates obtained elsewhere."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field

from pygmalion_app.core.models import TEXT, TIMESTAMP, Row, one_of


class EventKind(StrEnum):
    """What happened to a certificate."""

    ISSUED = "issued"
    CORRECTED = "corrected"
    """Taken back in favour of a successor that says the right thing."""
    REVOKED = "revoked"
    EXPIRING = "expiring"
    """Its last 90 days began."""
    EXPIRED = "expired"
    RENEWED = "renewed"
    """Its holder completed the same course, or one of the same type, again."""
    REMINDED = "reminded"


class CertificateEvent(Row, table=True):
    """One event of a certificate's life. Rows are only ever added; ids and enumerations only."""

    __tablename__ = "certificate_events"
    __table_args__ = (
        one_of("kind", EventKind),
        CheckConstraint("(kind = 'reminded') = (lead_days IS NOT NULL)", name="lead_days"),
        # A renewal may itself be taken back and followed by another; everything else happens once.
        Index(
            "uq_certificate_events_once",
            "certificate_id",
            "kind",
            "lead_days",
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where=text("kind <> 'renewed'"),
        ),
    )

    certificate_id: UUID = Field(foreign_key="certificates.id", index=True)
    kind: str
    at: datetime = Field(sa_type=TIMESTAMP)
    actor_id: UUID | None = None
    """Empty for what happened by itself. No foreign key: an event outlives what it names."""
    reason: str | None = None
    related_id: UUID | None = None
    """The successor of a corrected or renewed one, and what the successor took the place of."""
    lead_days: int | None = None
    """Of a reminder: how many days before the end, negative after it."""


class Campaign(Row, table=True):
    """Certificates that somebody asked to be issued together; done when no item waits."""

    __tablename__ = "certificate_campaigns"

    organization_id: UUID = Field(foreign_key="organizations.id", index=True)
    requested_by: UUID = Field(foreign_key="users.id", index=True)
    requested_at: datetime = Field(sa_type=TIMESTAMP)
    finished_at: datetime | None = Field(default=None, sa_type=TIMESTAMP, index=True)


class ItemState(StrEnum):
    """What became of one person's certificate in a campaign."""

    WAITING = "waiting"
    ISSUED = "issued"
    FAILED = "failed"


class CampaignItem(Row, table=True):
    """One enrolment of a campaign; it counts what it was, while the certificate itself tells what it is."""

    __tablename__ = "certificate_campaign_items"
    __table_args__ = (
        one_of("state", ItemState),
        UniqueConstraint("campaign_id", "enrollment_id"),
        CheckConstraint("(state = 'failed') = (failure IS NOT NULL)", name="failure"),
        Index("ix_certificate_campaign_items_waiting", "campaign_id", "id", postgresql_where=text("state = 'waiting'")),
    )

    campaign_id: UUID = Field(foreign_key="certificate_campaigns.id", ondelete="CASCADE")
    organization_id: UUID = Field(foreign_key="organizations.id")
    enrollment_id: UUID = Field(foreign_key="enrollments.id", ondelete="CASCADE", index=True)
    state: str = ItemState.WAITING
    failure: str | None = None
    """Why not: `campaign-failure-<failure>` says it in words."""
    attempts: int = 0


class ExternalState(StrEnum):
    """Where the check of a certificate obtained elsewhere stands."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class ExternalReason(StrEnum):
    """Why a certificate obtained elsewhere is refused."""

    UNREADABLE = "unreadable"
    OTHER_PERSON = "other_person"
    OUT_OF_DATE = "out_of_date"
    WRONG_COURSE = "wrong_course"
    DATES_DIFFER = "dates_differ"
    DOUBTFUL = "doubtful"


class ExternalCertificate(Row, table=True):
    """A certificate obtained elsewhere, with what its holder says of it; its file is encrypted in the store.

    Never anchored: a person has looked at it, and that is all that can be said.
    """

    __tablename__ = "external_certificates"
    __table_args__ = (
        one_of("state", ExternalState),
        one_of("reason", ExternalReason),
        CheckConstraint("(state = 'refused') = (reason IS NOT NULL)", name="refusal"),
        CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="decision"),
        CheckConstraint("valid_until IS NULL OR valid_until >= obtained_on", name="dates"),
        Index("ix_external_certificates_queue", "organization_id", "id", postgresql_where=text("state = 'waiting'")),
        Index("ix_external_certificates_key_id", "key_id"),
    )

    user_id: UUID = Field(foreign_key="users.id", index=True)
    organization_id: UUID | None = Field(default=None, foreign_key="organizations.id")
    """The holder's company, which checks it; empty: the platform does."""
    type_code: str | None = Field(default=None, foreign_key="course_types.code", index=True)
    """The requirement that it meets, as the profession knows it; empty for anything else."""
    title: str
    issuer: str
    obtained_on: date
    valid_until: date | None = None
    """Its last day, as its holder says; the reviewer compares."""
    file_name: str
    media_type: str
    size_bytes: int
    pages: int
    key_id: str
    wrapped_key: bytes = Field(sa_type=LargeBinary)
    stored_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    """Empty while the file is on its way; a row left so by a crash is removed with whatever file it has."""
    state: str = ExternalState.WAITING
    reason: str | None = None
    note: str = Field(default="", sa_type=TEXT)
    """The reviewer's words to the holder."""
    decided_by: UUID | None = Field(default=None, foreign_key="users.id")
    decided_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
