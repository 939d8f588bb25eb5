"""Entries of the books and their lines. Rows refuse every change; an entry that does not balance cannot be committed.

Both rules are the database's (see the migration `ledger`). No foreign keys to orders and payments: the books outlive
what they tell of.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field

from pygmalion_app.core.models import TIMESTAMP, Row, Table, one_of


class Account(StrEnum):
    """Where money stands. Debits are positive, credits negative."""

    BUYER = "BUYER"
    """What buyers still owe; negative: what they are to get back."""
    SELLER = "SELLER"
    """Payable to the training organisation; positive: what it owes the platform."""
    COMMISSION = "COMMISSION"
    """The platform's revenue, excluding VAT."""
    COMMISSION_VAT = "COMMISSION_VAT"
    """VAT that the platform owes on its commission."""
    GATEWAY = "GATEWAY"
    """Money at the gateway: with an organisation, on its connected account; without, on the platform's balance."""
    GATEWAY_FEE = "GATEWAY_FEE"
    """What the gateway keeps for its service."""
    DISPUTE = "DISPUTE"
    """Money that a bank has taken back while a dispute is open."""
    THIRD_PARTY = "THIRD_PARTY"
    """What a third-party payer (OPCO, CPF) still owes for the buyer."""
    BANK = "BANK"
    """Money on the platform's own bank account, as far as orders move it: what was given back by hand."""


class Kind(StrEnum):
    """What an entry tells of."""

    SALE = "sale"
    CREDIT = "credit"
    CHARGE = "charge"
    REFUND = "refund"
    REFUND_FAILED = "refund_failed"
    REFUND_BY_HAND = "refund_by_hand"
    DISPUTE = "dispute"
    DISPUTE_WON = "dispute_won"
    DISPUTE_LOST = "dispute_lost"
    OUTSIDE = "outside"
    THIRD_PARTY = "third_party"
    TRANSFER_BACK = "transfer_back"
    FEE = "fee"
    PAYOUT = "payout"
    PAYOUT_FAILED = "payout_failed"


class LedgerEntry(Row, table=True):
    """One event in the books, once: `key` names it."""

    __tablename__ = "ledger_entries"
    __table_args__ = (
        one_of("kind", Kind),
        Index("ix_ledger_entries_occurred_at", "occurred_at", "id"),
    )

    key: str = Field(unique=True)
    kind: str
    order_id: UUID | None = Field(default=None, index=True)
    payment_id: UUID | None = Field(default=None, index=True)
    source: str | None = Field(default=None, index=True)
    """What it is at the gateway, by the gateway's id: payment intent, refund, dispute, payout."""
    currency: str
    occurred_at: datetime = Field(sa_type=TIMESTAMP)


class LedgerLine(Table, table=True):
    """What an entry does to one account, in signed cents."""

    __tablename__ = "ledger_lines"
    __table_args__ = (
        one_of("account", Account),
        CheckConstraint("amount_cents <> 0", name="amount"),
        Index("ix_ledger_lines_organization_id_account", "organization_id", "account"),
    )

    entry_id: UUID = Field(primary_key=True, foreign_key="ledger_entries.id")
    position: int = Field(primary_key=True)
    account: str
    amount_cents: int = Field(sa_type=BigInteger)
    organization_id: UUID | None = Field(default=None, foreign_key="organizations.id")
    """Whose line it is: that organisation's managers may read it."""
