"""A person's calendar feed, and what it last said of each seat."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import LargeBinary
from sqlmodel import Field

from pygmalion_app.core.models import TIMESTAMP, Row


class CalendarFeed(Row, table=True):
    """The private address of one person's calendar; a renewed one takes the old one's place."""

    __tablename__ = "calendar_feeds"

    user_id: UUID = Field(foreign_key="users.id", unique=True)
    generation: int = 1
    token_hash: bytes = Field(sa_type=LargeBinary, unique=True)
    renewed_at: datetime = Field(sa_type=TIMESTAMP)


class CalendarEntry(Row, table=True):
    """What the feed last said of one seat: calendars take a change only under a higher sequence number."""

    __tablename__ = "calendar_entries"

    user_id: UUID = Field(foreign_key="users.id", index=True)
    enrollment_id: UUID = Field(foreign_key="enrollments.id", unique=True, ondelete="CASCADE")
    digest: bytes = Field(sa_type=LargeBinary)
    """SHA-256 of what was said."""
    sequence: int = 0
    changed_at: datetime = Field(sa_type=TIMESTAMP)
