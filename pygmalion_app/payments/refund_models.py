"""Refunds: what goes back of a payment, each to the charge that it came from."""

from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from pygmalion_app.core.models import TIMESTAMP, Row, one_of


class RefundStatus(StrEnum):
    """`requested`: a job asks the gateway; `pending`: it gives it back; `failed`: it came back, or was refused.

    `covered`: the buyer's bank has given the same money back, by a dispute that was lost; `by_hand`: the platform has
    sent it past the gateway.
    """

    REQUESTED = "requested"
    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    COVERED = "covered"
    BY_HAND = "by_hand"


HOME: Final = frozenset({RefundStatus.SUCCEEDED, RefundStatus.COVERED, RefundStatus.BY_HAND})
"""Whose money the buyer has."""


class Refund(Row, table=True):
    """Money on its way back. Amounts in cents; `commission_cents` of it is the platform's own, given up.

    A failed refund stays owed: its amount remains in `payments.refunded_cents` until a retry brings it home.
    """

    __tablename__ = "refunds"
    __table_args__ = (
        one_of("status", RefundStatus),
        CheckConstraint("amount_cents > 0", name="amount"),
        CheckConstraint("commission_cents BETWEEN 0 AND amount_cents", name="commission"),
    )

    payment_id: UUID = Field(foreign_key="payments.id", index=True, ondelete="CASCADE")
    payment_intent: str
    """The charge that the money came from."""
    key: str = Field(unique=True)
    """Names the reason once: the same again is the same refund."""
    reason: str
    amount_cents: int
    commission_cents: int
    currency: str
    status: str = RefundStatus.REQUESTED
    attempt: int = 1
    """Counts up with each retry: the gateway is asked under another key then."""
    gateway_id: str | None = Field(default=None, index=True)
    failure: str | None = None
    """Why it failed, in the gateway's own word."""
    settled_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    """When it arrived, or failed."""
    dispute_id: UUID | None = Field(default=None, foreign_key="disputes.id", index=True, ondelete="SET NULL")
    """The lost dispute that covered it."""
    paid_reference: str | None = None
    """Of the transfer that paid it by hand."""
    paid_on: date | None = None
    settled_by: UUID | None = Field(default=None, foreign_key="users.id")
    """Who paid it by hand."""
