"""What people report of what is published, and what became of it."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field

from pygmalion_app.core.models import TEXT, TIMESTAMP, Row, one_of


class ReportReason(StrEnum):
    """Why something is reported."""

    MISLEADING = "misleading"
    """It promises what it does not hold: a title, an approval, a price."""
    UNLAWFUL = "unlawful"
    UNSAFE = "unsafe"
    """It teaches what endangers people or aircraft, or tells what must stay secret."""
    OFFENSIVE = "offensive"
    PRIVATE = "private"
    """It says of a person what is nobody's business."""
    FAKE = "fake"
    """A review by somebody who was not there; a course that is not held."""
    OTHER = "other"


class ReportState(StrEnum):
    """An open report waits for the platform's administrators."""

    OPEN = "open"
    KEPT = "kept"
    HIDDEN = "hidden"


class ContentReport(Row, table=True):
    """One person's report of a course, or of a review of it; one open at a time for each."""

    __tablename__ = "content_reports"
    __table_args__ = (
        one_of("reason", ReportReason),
        one_of("state", ReportState),
        Index(
            "uq_content_reports_open",
            "reporter_id",
            "course_id",
            text("coalesce(review_id, course_id)"),
            unique=True,
            postgresql_where=text("state = 'open'"),
        ),
    )

    course_id: UUID = Field(foreign_key="courses.id", index=True, ondelete="CASCADE")
    review_id: UUID | None = Field(default=None, foreign_key="reviews.id", index=True, ondelete="CASCADE")
    reporter_id: UUID = Field(foreign_key="users.id")
    reason: str
    note: str = Field(default="", sa_type=TEXT)
    state: str = ReportState.OPEN
    decided_by: UUID | None = Field(default=None, foreign_key="users.id", index=True)
    decided_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    answer: str = Field(default="", sa_type=TEXT)
    """What the school was told with the decision."""
