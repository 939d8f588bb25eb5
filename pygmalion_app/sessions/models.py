"""Dated sessions of a course."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Computed, Date, FetchedValue, Index, text
from sqlmodel import Field

from pygmalion_app.core.models import TEXT, TIMESTAMP, Row, one_of


class SessionStatus(StrEnum):
    """A session is scheduled until it is over or called off."""

    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"
    COMPLETED = "completed"


class TrainingSession(Row, table=True):
    """A course held at a place and time. Times are UTC; `time_zone` (IANA) is where people will be.

    `seats_taken` is recounted from the enrolments under this row's lock each time they change: it serves lists, and
    its CHECK is the last wall against overselling; the sale itself counts rows.
    """

    __tablename__ = "sessions"
    __table_args__ = (
        one_of("status", SessionStatus),
        CheckConstraint("ends_at > starts_at", name="period"),
        CheckConstraint("capacity > 0", name="capacity"),
        CheckConstraint("seats_taken BETWEEN 0 AND capacity", name="seats"),
        CheckConstraint("price_cents >= 0", name="price"),
        CheckConstraint("changes_until_days BETWEEN 0 AND 60", name="changes_until_days"),
        Index(
            "ix_sessions_open_course",
            "course_id",
            "starts_at",
            postgresql_where=text("status = 'scheduled'"),
            postgresql_include=["hidden_by"],
        ),
        # No index holds `seats_taken`: a sale then rewrites none of them. All hold what row-level security asks for.
        Index(
            "ix_sessions_open_month",
            "local_month",
            "course_id",
            "starts_at",
            postgresql_where=text("status = 'scheduled'"),
            postgresql_include=["hidden_by"],
        ),
        Index(
            "ix_sessions_open_place",
            "place_key",
            "starts_at",
            postgresql_ops={"place_key": "text_pattern_ops"},
            postgresql_where=text("status = 'scheduled'"),
            postgresql_include=["course_id", "location", "hidden_by"],
        ),
    )

    course_id: UUID = Field(foreign_key="courses.id", index=True)
    organization_id: UUID = Field(foreign_key="organizations.id", index=True)
    trainer_id: UUID | None = Field(default=None, foreign_key="users.id", index=True)
    hidden_by: UUID | None = Field(
        default=None, sa_column_kwargs={"server_default": FetchedValue(), "server_onupdate": FetchedValue()}
    )
    """The organisation whose draft this is a session of, kept by triggers: nobody else sees it. Empty: everybody."""
    starts_at: datetime = Field(sa_type=TIMESTAMP, index=True)
    ends_at: datetime = Field(sa_type=TIMESTAMP)
    time_zone: str = "Europe/Paris"
    location: str = ""
    """City or airport as people call it; empty for remote sessions."""
    place_key: str | None = Field(
        default=None, sa_column=Column(TEXT, Computed("search_text(location)", persisted=True))
    )
    """The location without accents and capitals, computed by the database: what a place filter compares."""
    local_month: date | None = Field(
        default=None,
        sa_column=Column(Date, Computed("date_trunc('month', starts_at AT TIME ZONE time_zone)::date", persisted=True)),
    )
    """First day of the month in which it starts where people are, computed by the database."""
    airport_code: str | None = None
    address: str = ""
    modality: str
    language: str = "fr"
    capacity: int
    min_participants: int = 1
    seats_taken: int = 0
    price_cents: int
    currency: str = "EUR"
    changes_until_days: int | None = None
    """Until how many days before it starts buyers change their seats by themselves; empty: as its organisation says."""
    status: str = SessionStatus.SCHEDULED
