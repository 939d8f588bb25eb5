"""The daily comparison of the books with the gateway's balance."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field

from pygmalion_app.core.models import TEXT, TIMESTAMP, Row, one_of


class DifferenceKind(StrEnum):
    """Who has nothing, or that both have something else."""

    MISSING_HERE = "missing_here"
    MISSING_THERE = "missing_there"
    OTHER_AMOUNT = "other_amount"


class DifferenceState(StrEnum):
    """`cleared`: a later look found both in agreement; `resolved`: a person has said why."""

    OPEN = "open"
    CLEARED = "cleared"
    RESOLVED = "resolved"


class Reconciliation(Row, table=True):
    """What the comparison of one day (UTC) found; doing it again replaces the figures."""

    __tablename__ = "reconciliations"

    day: date = Field(unique=True)
    movements: int
    differences: int
    fees_cents: int = Field(sa_type=BigInteger)
    finished_at: datetime = Field(sa_type=TIMESTAMP)


class ReconciliationDifference(Row, table=True):
    """One thing about which books and gateway disagree: a charge, a refund, a dispute... Signed cents."""

    __tablename__ = "reconciliation_differences"
    __table_args__ = (
        one_of("kind", DifferenceKind),
        one_of("state", DifferenceState),
        UniqueConstraint("source", "subject"),
    )

    day: date = Field(index=True)
    kind: str
    subject: str
    source: str
    here_cents: int | None = Field(default=None, sa_type=BigInteger)
    there_cents: int | None = Field(default=None, sa_type=BigInteger)
    currency: str
    order_id: UUID | None = None
    state: str = DifferenceState.OPEN
    note: str = Field(default="", sa_type=TEXT)
    resolved_by: UUID | None = Field(default=None, foreign_key="users.id")
    resolved_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
