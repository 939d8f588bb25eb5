"""Cost centres, which orders are charged to them, and requests for training.

What is committed, spent and given back is no column anywhere: it is read from orders and the books (`figures`).
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from pygmalion_app.core.models import TEXT, TIMESTAMP, Row, one_of


class CostCenter(Row, table=True):
    """A company's budget for one purpose and one year, in cents including VAT.

    Its row is locked before anything is charged to it, and before all other locks.
    """

    __tablename__ = "cost_centers"
    __table_args__ = (
        CheckConstraint("allocated_cents >= 0", name="allocated"),
        CheckConstraint("approval_limit_cents > 0", name="approval_limit"),
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year"),
        Index("uq_cost_centers_code", "organization_id", "year", text("lower(code)"), unique=True),
    )

    organization_id: UUID = Field(foreign_key="organizations.id")
    code: str
    name: str
    year: int
    allocated_cents: int = Field(sa_type=BigInteger)
    approval_limit_cents: int | None = Field(default=None, sa_type=BigInteger)
    """An order above this needs a second manager; empty: none does."""


class BudgetCharge(Row, table=True):
    """Which cost centre an order is charged to; an order without a row is not allotted."""

    __tablename__ = "budget_charges"

    order_id: UUID = Field(foreign_key="orders.id", unique=True, ondelete="CASCADE")
    cost_center_id: UUID = Field(foreign_key="cost_centers.id", index=True)
    organization_id: UUID = Field(foreign_key="organizations.id", index=True)
    charged_by: UUID = Field(foreign_key="users.id", index=True)
    charged_at: datetime = Field(sa_type=TIMESTAMP)


class RequestState(StrEnum):
    """`seconded` has one manager's word and needs another's; the last four are over."""

    REQUESTED = "requested"
    SECONDED = "seconded"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


OPEN = (RequestState.REQUESTED, RequestState.SECONDED)


class TrainingRequest(Row, table=True):
    """Seats in a session that somebody asks their company for; an approved one has its order."""

    __tablename__ = "training_requests"
    __table_args__ = (
        one_of("state", RequestState),
        CheckConstraint("cardinality(user_ids) BETWEEN 1 AND 50", name="people"),
        CheckConstraint("(state = 'approved') = (order_id IS NOT NULL)", name="order"),
        Index(
            "uq_training_requests_open",
            "organization_id",
            "session_id",
            "requested_by",
            unique=True,
            postgresql_where=text("state IN ('requested', 'seconded')"),
        ),
        Index("ix_training_requests_organization_id_created_at", "organization_id", "created_at"),
    )

    organization_id: UUID = Field(foreign_key="organizations.id")
    session_id: UUID = Field(foreign_key="sessions.id", index=True)
    requested_by: UUID = Field(foreign_key="users.id", index=True)
    user_ids: list[UUID] = Field(sa_type=ARRAY(Uuid))  # pyright: ignore[reportArgumentType]
    """Who is to go; a learner asks for themself."""
    reason: str = Field(default="", sa_type=TEXT)
    cost_center_id: UUID | None = Field(default=None, foreign_key="cost_centers.id", index=True)
    payment_method: str = "card"
    state: str = RequestState.REQUESTED
    first_approved_by: UUID | None = Field(default=None, foreign_key="users.id", index=True)
    decided_by: UUID | None = Field(default=None, foreign_key="users.id", index=True)
    note: str = Field(default="", sa_type=TEXT)
    """The deciding manager's word to whoever asked."""
    order_id: UUID | None = Field(default=None, foreign_key="orders.id", index=True, ondelete="CASCADE")
    closed_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
