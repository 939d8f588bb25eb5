"""What was thought of a sign-in or an order, and what a person decided about it.

No network address, browser or card stands here: a signal keeps how many of them were counted, not which.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from pygmalion_app.core.models import TEXT, TIMESTAMP, Row, one_of


class Subject(StrEnum):
    """What is assessed."""

    SIGN_IN = "sign_in"
    ORDER = "order"


class ReviewState(StrEnum):
    """`clear` never reached the threshold. Nothing is refused by any of these: they sort a queue."""

    CLEAR = "clear"
    OPEN = "open"
    CONTACTED = "contacted"
    APPROVED = "approved"


class Decision(StrEnum):
    """What an administrator does; a note leaves the state as it is."""

    APPROVE = "approve"
    NOTE = "note"
    CONTACT = "contact"


class RiskAssessment(Row, table=True):
    """The score of one session or order, and the signals it is made of (`[{"signal", "weight", "facts"}]`)."""

    __tablename__ = "risk_assessments"
    __table_args__ = (
        one_of("kind", Subject),
        one_of("state", ReviewState),
        UniqueConstraint("subject_id"),
        CheckConstraint("score BETWEEN 0 AND 100", name="score"),
        Index("ix_risk_assessments_queue", "state", "score", "id"),
        Index("ix_risk_assessments_user_id_kind", "user_id", "kind", "happened_at"),
    )

    kind: str
    subject_id: UUID
    user_id: UUID = Field(foreign_key="users.id")
    happened_at: datetime = Field(sa_type=TIMESTAMP)
    stage: str
    """How far the subject was when it was looked at (an order's status): it is looked at again when that changes."""
    score: int
    signals: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSONB)
    state: str
    assessed_at: datetime = Field(sa_type=TIMESTAMP)


class RiskDecision(Row, table=True):
    """One act of an administrator on an assessment."""

    __tablename__ = "risk_decisions"
    __table_args__ = (one_of("decision", Decision),)

    assessment_id: UUID = Field(foreign_key="risk_assessments.id", ondelete="CASCADE", index=True)
    decided_by: UUID = Field(foreign_key="users.id")
    decided_at: datetime = Field(sa_type=TIMESTAMP)
    decision: str
    note: str = Field(default="", sa_type=TEXT)
