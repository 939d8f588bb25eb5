"""Who was there for each half-day, and the trainer's signature under it."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, LargeBinary, UniqueConstraint
from sqlmodel import Field

from pygmalion_app.core.models import TIMESTAMP, Row, one_of


class Presence(StrEnum):
    """What is said of one person and half-day."""

    PRESENT = "present"
    LATE = "late"
    ABSENT = "absent"


class Reason(StrEnum):
    """Why somebody was late or absent; empty where nobody asked."""

    NONE = ""
    TRANSPORT = "transport"
    ILLNESS = "illness"
    WORK = "work"
    FAMILY = "family"
    UNKNOWN = "unknown"
    OTHER = "other"


class Method(StrEnum):
    """How it came: drawn on the trainer's screen, drawn on one's own after the QR code, or said by the trainer."""

    HANDED = "handed"
    CODE = "code"
    STATED = "stated"


class _Signed(Row):
    """A signature: drawn at one time (by the device's clock), received at another (by ours)."""

    session_id: UUID = Field(foreign_key="sessions.id")
    organization_id: UUID = Field(foreign_key="organizations.id", index=True)
    """The training organisation."""
    day: date
    """Local day of the half-day; `part` is its half, 1 or 2."""
    part: int
    client_id: UUID = Field(unique=True)
    """Given by the device that took it: sending it again changes nothing."""
    signed_at: datetime = Field(sa_type=TIMESTAMP)
    received_at: datetime = Field(sa_type=TIMESTAMP)
    sealed: bytes | None = Field(default=None, sa_type=LargeBinary)
    """The drawing, encrypted under a key of its own; empty when there is none, or the person is erased."""
    key_id: str | None = Field(default=None, index=True)
    """Which of the installation's keys `wrapped_key` is encrypted under."""
    wrapped_key: bytes | None = Field(default=None, sa_type=LargeBinary)


class AttendanceMark(_Signed, table=True):
    """One participant's half-day."""

    __tablename__ = "attendance_marks"
    __table_args__ = (
        one_of("state", Presence),
        one_of("reason", Reason),
        one_of("method", Method),
        CheckConstraint("part IN (1, 2)", name="part"),
        CheckConstraint("minutes_late BETWEEN 1 AND 720", name="minutes_late"),
        CheckConstraint("(sealed IS NULL) = (wrapped_key IS NULL)", name="wrapped"),
        # A person, and not a seat, was there: the seat may have changed hands since.
        UniqueConstraint("session_id", "user_id", "day", "part"),
    )

    enrollment_id: UUID = Field(foreign_key="enrollments.id", index=True, ondelete="CASCADE")
    user_id: UUID = Field(foreign_key="users.id", index=True)
    state: str = Presence.PRESENT
    reason: str = ""
    note: str = ""
    minutes_late: int | None = None
    method: str = Method.HANDED
    recorded_by: UUID | None = Field(default=None, foreign_key="users.id")
    """Whose account sent it: the participant's own, or the trainer's."""


class AttendanceCountersignature(_Signed, table=True):
    """The trainer's signature under a half-day: nothing is changed there any more."""

    __tablename__ = "attendance_countersignatures"
    __table_args__ = (
        CheckConstraint("part IN (1, 2)", name="part"),
        CheckConstraint("(sealed IS NULL) = (wrapped_key IS NULL)", name="wrapped"),
        UniqueConstraint("session_id", "day", "part"),
    )

    user_id: UUID = Field(foreign_key="users.id", index=True)
    """The trainer, or who signed in their place."""
