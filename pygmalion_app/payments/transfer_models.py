"""Money that comes back from an organisation's account at the gateway to the platform's balance."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from pygmalion_app.core.models import TIMESTAMP, Row, one_of


class TransferBackStatus(StrEnum):
    """`requested`: a job asks the gateway; `failed`: the account holds too little; it is asked again every day."""

    REQUESTED = "requested"
    DONE = "done"
    FAILED = "failed"


class TransferBack(Row, table=True):
    """An organisation's part of what the platform paid for it: a lost dispute, or a refund by hand. Amount in cents."""

    __tablename__ = "transfers_back"
    __table_args__ = (
        one_of("status", TransferBackStatus),
        CheckConstraint("amount_cents > 0", name="amount"),
        CheckConstraint("num_nonnulls(dispute_id, refund_id) <= 1", name="one_reason"),
        Index("ix_transfers_back_open", "id", postgresql_where=text("status <> 'done'")),
    )

    payment_id: UUID = Field(foreign_key="payments.id", index=True, ondelete="CASCADE")
    organization_id: UUID = Field(foreign_key="organizations.id", index=True)
    dispute_id: UUID | None = Field(default=None, foreign_key="disputes.id", unique=True, ondelete="SET NULL")
    refund_id: UUID | None = Field(default=None, foreign_key="refunds.id", unique=True, ondelete="SET NULL")
    amount_cents: int
    currency: str
    status: str = TransferBackStatus.REQUESTED
    attempt: int = 1
    """Counts up with each try: the gateway is asked under another key then."""
    gateway_id: str | None = None
    failure: str | None = None
    """Why it failed, in the gateway's own word."""
    settled_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    """When it came, or failed."""
