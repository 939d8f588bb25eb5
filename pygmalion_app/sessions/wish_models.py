"""Sessions that people ask for."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from pygmalion_app.core.models import TIMESTAMP, Row


class SessionWish(Row, table=True):
    """Somebody wants a course that has no session for them; over once they were told of one, or took it back."""

    __tablename__ = "session_wishes"
    __table_args__ = (
        CheckConstraint("seats BETWEEN 1 AND 50", name="seats"),
        Index(
            "uq_session_wishes_open", "course_id", "user_id", unique=True, postgresql_where=text("closed_at IS NULL")
        ),
    )

    user_id: UUID = Field(foreign_key="users.id", index=True)
    course_id: UUID = Field(foreign_key="courses.id", index=True, ondelete="CASCADE")
    seats: int = 1
    from_month: date | None = None
    """First day of the month from which they can come; empty: as soon as possible."""
    closed_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    session_id: UUID | None = Field(default=None, foreign_key="sessions.id", index=True, ondelete="SET NULL")
    """The session they were told of."""
