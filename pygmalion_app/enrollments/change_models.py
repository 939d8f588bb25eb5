"""What became of a seat between its booking and its session."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from pygmalion_app.core.models import Row, one_of


class ChangeKind(StrEnum):
    """Another person on the same seat, or the same person in another session."""

    PARTICIPANT = "participant"
    SESSION = "session"


class EnrollmentChange(Row, table=True):
    """Who replaced whom, or which session followed which; kept as long as the enrolment."""

    __tablename__ = "enrollment_changes"
    __table_args__ = (
        one_of("kind", ChangeKind),
        CheckConstraint("kind <> 'participant' OR num_nonnulls(from_user_id, to_user_id) = 2", name="participant"),
        CheckConstraint("kind <> 'session' OR num_nonnulls(from_session_id, to_session_id) = 2", name="session"),
    )

    enrollment_id: UUID = Field(foreign_key="enrollments.id", index=True, ondelete="CASCADE")
    kind: str
    from_user_id: UUID | None = Field(default=None, foreign_key="users.id", index=True)
    to_user_id: UUID | None = Field(default=None, foreign_key="users.id", index=True)
    from_session_id: UUID | None = Field(default=None, foreign_key="sessions.id")
    to_session_id: UUID | None = Field(default=None, foreign_key="sessions.id")
    changed_by: UUID = Field(foreign_key="users.id", index=True)
