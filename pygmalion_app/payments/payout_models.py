"""What training organisations are paid: to which account, for which payments, and from when on."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, String, text
from sqlmodel import Field

from pygmalion_app.core.models import TIMESTAMP, Row, Table, one_of


class MerchantRow(Table, table=True):
    """A training organisation's account at the gateway, as it stood when the gateway was last asked."""

    __tablename__ = "merchant_accounts"

    organization_id: UUID = Field(primary_key=True, foreign_key="organizations.id")
    account_id: str = Field(unique=True)
    details_submitted: bool = False
    charges_enabled: bool = False
    payouts_enabled: bool = False
    requirements: list[str] = Field(default_factory=list, sa_type=ARRAY(String))  # pyright: ignore[reportArgumentType]
    """What the gateway still asks for, in its own names."""
    opened_at: datetime = Field(sa_type=TIMESTAMP)
    read_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)


class Payable(Table, table=True):
    """From when on a payment's organisation may be paid: after the session has taken place."""

    __tablename__ = "payables"
    __table_args__ = (Index("ix_payables_organization_id_payable_at", "organization_id", "payable_at"),)

    payment_id: UUID = Field(primary_key=True, foreign_key="payments.id", ondelete="CASCADE")
    organization_id: UUID = Field(foreign_key="organizations.id")
    currency: str
    payable_at: datetime = Field(sa_type=TIMESTAMP)


class PayoutStatus(StrEnum):
    """`requested`: a job asks the gateway; `sent`: it is on its way; `failed`: refused, or come back."""

    REQUESTED = "requested"
    SENT = "sent"
    PAID = "paid"
    FAILED = "failed"


class Payout(Row, table=True):
    """Money on its way to an organisation's bank. What a failed one was for is due again."""

    __tablename__ = "payouts"
    __table_args__ = (
        one_of("status", PayoutStatus),
        CheckConstraint("amount_cents > 0", name="amount"),
        Index("ix_payouts_organization_id_id", "organization_id", "id"),
        Index("ix_payouts_requested", "id", postgresql_where=text("status = 'requested'")),
    )

    organization_id: UUID = Field(foreign_key="organizations.id")
    account_id: str
    amount_cents: int
    currency: str
    status: str = PayoutStatus.REQUESTED
    gateway_id: str | None = Field(default=None, unique=True)
    arrives_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    failure: str | None = None
    """Why it failed, in the gateway's own word."""
    settled_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    """When it arrived, or failed."""


class PayoutItem(Table, table=True):
    """What a payout pays of a payment, in signed cents: less than nothing is what went back after it was paid."""

    __tablename__ = "payout_items"
    __table_args__ = (CheckConstraint("amount_cents <> 0", name="amount"),)

    payout_id: UUID = Field(primary_key=True, foreign_key="payouts.id", ondelete="CASCADE")
    payment_id: UUID = Field(primary_key=True, foreign_key="payments.id", index=True, ondelete="CASCADE")
    organization_id: UUID = Field(foreign_key="organizations.id")
    amount_cents: int
