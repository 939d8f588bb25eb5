"""What participants are asked, right after a session and three months later."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field

from pygmalion_app.core.models import TEXT, TIMESTAMP, Row, one_of

_MARKS = ("overall", "content", "trainer", "practice")


class SurveyKind(StrEnum):
    """Hot: as the session ends. Cold: three months later, when one knows what remained of it."""

    HOT = "hot"
    COLD = "cold"


class Survey(Row, table=True):
    """One question to one participant, and the answer. Marks are from 1 to 5, `recommend` from 0 to 10."""

    __tablename__ = "surveys"
    __table_args__ = (
        one_of("kind", SurveyKind),
        *(CheckConstraint(f"{mark} BETWEEN 1 AND 5", name=mark) for mark in _MARKS),
        CheckConstraint("recommend BETWEEN 0 AND 10", name="recommend"),
        CheckConstraint("(answered_at IS NULL) = (overall IS NULL)", name="answer"),
        UniqueConstraint("enrollment_id", "kind"),
        Index("ix_surveys_organization_id_session_id", "organization_id", "session_id"),
    )

    enrollment_id: UUID = Field(foreign_key="enrollments.id", ondelete="CASCADE")
    session_id: UUID = Field(foreign_key="sessions.id", index=True)
    organization_id: UUID = Field(foreign_key="organizations.id")
    """The training organisation."""
    user_id: UUID = Field(foreign_key="users.id", index=True)
    kind: str
    token_hash: bytes = Field(unique=True, sa_type=LargeBinary)
    sent_at: datetime = Field(sa_type=TIMESTAMP)
    answered_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    overall: int | None = None
    content: int | None = None
    trainer: int | None = None
    """How it was taught; asked right after."""
    practice: int | None = None
    """How much of it is used at work; asked later."""
    recommend: int | None = None
    comment: str = Field(default="", sa_type=TEXT)
