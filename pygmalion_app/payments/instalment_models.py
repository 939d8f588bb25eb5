"""The parts in which an individual's payment is taken, each from the card that was saved."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from pygmalion_app.core.models import TIMESTAMP, Row, one_of


class InstalmentStatus(StrEnum):
    """`charging` is with the gateway; `failed` was refused, and is tried again while `next_attempt_at` says so."""

    SCHEDULED = "scheduled"
    CHARGING = "charging"
    PAID = "paid"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Instalment(Row, table=True):
    """One part of a payment. Amounts in cents including VAT; the commission is the platform's part of it."""

    __tablename__ = "instalments"
    __table_args__ = (
        one_of("status", InstalmentStatus),
        UniqueConstraint("payment_id", "number"),
        CheckConstraint("amount_cents > 0", name="amount"),
        CheckConstraint("commission_cents BETWEEN 0 AND amount_cents", name="commission"),
        CheckConstraint("status <> 'paid' OR paid_at IS NOT NULL", name="paid"),
        Index(
            "ix_instalments_next_attempt_at", "next_attempt_at", postgresql_where=text("next_attempt_at IS NOT NULL")
        ),
    )

    payment_id: UUID = Field(foreign_key="payments.id", ondelete="CASCADE")
    number: int
    due_at: datetime = Field(sa_type=TIMESTAMP)
    amount_cents: int
    commission_cents: int
    status: str = InstalmentStatus.SCHEDULED
    attempts: int = 0
    next_attempt_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    """When the card is charged next; while it is being charged, when to ask again if nobody has answered."""
    payment_intent: str | None = Field(default=None, unique=True)
    checkout_id: str | None = Field(default=None, unique=True)
    """The page on which the buyer pays this part by themself; while it may be paid, the card is left alone."""
    checkout_url: str | None = None
    checkout_expires_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    paid_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
