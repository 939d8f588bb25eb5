"""Invoices as they were issued, the numbers they take, and the transfers that pay them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, LargeBinary, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from pygmalion_app.core.models import TIMESTAMP, Row, one_of


class InvoiceKind(StrEnum):
    """A commission invoice is the platform's own; the others are a training organisation's."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    COMMISSION = "commission"


class PayerKind(StrEnum):
    """Who owes an invoice."""

    ORGANIZATION = "organization"
    USER = "user"
    THIRD_PARTY = "third_party"


class Invoice(Row, table=True):
    """A document of accounts. A trigger refuses every change but the file's, once. Amounts in cents, never negative.

    The number's uniqueness counts an empty issuer, the platform, as one issuer.
    """

    __tablename__ = "invoices"
    __table_args__ = (
        one_of("kind", InvoiceKind),
        one_of("payer", PayerKind),
        UniqueConstraint("issuer_organization_id", "year", "sequence", postgresql_nulls_not_distinct=True),
        CheckConstraint("total_cents = net_cents + vat_cents", name="total"),
        CheckConstraint("net_cents >= 0 AND vat_cents >= 0", name="amounts"),
        CheckConstraint("prepaid_cents BETWEEN 0 AND total_cents", name="prepaid"),
        CheckConstraint("(kind = 'credit_note') = (original_id IS NOT NULL)", name="original"),
        CheckConstraint("(kind <> 'commission') = (issuer_organization_id IS NOT NULL)", name="issuer"),
    )

    key: str = Field(unique=True)
    """What it is for: `order:<id>`, `funding:<id>`, `refund:<id>`... Issuing under the same key issues once."""
    kind: str
    issuer_organization_id: UUID | None = Field(default=None, foreign_key="organizations.id")
    payer: str
    buyer_organization_id: UUID | None = Field(default=None, foreign_key="organizations.id", index=True)
    buyer_user_id: UUID | None = Field(default=None, foreign_key="users.id", index=True)
    """Who ordered, for an organisation or for themself."""
    year: int
    sequence: int
    number: str
    issued_on: date = Field(index=True)
    due_on: date | None = None
    seller: dict[str, Any] = Field(sa_type=JSONB)
    buyer: dict[str, Any] = Field(sa_type=JSONB)
    lines: list[dict[str, Any]] = Field(sa_type=JSONB)
    details: dict[str, Any] = Field(sa_type=JSONB)
    """Legal mentions, references and the days of the training, as printed."""
    net_cents: int
    vat_cents: int
    total_cents: int
    prepaid_cents: int = 0
    """What was paid (of a credit note: given back) through the gateway when it was issued."""
    currency: str = "EUR"
    vat_regime: str
    vat_basis_points: int
    locale: str = "fr"
    order_id: UUID | None = Field(default=None, index=True)
    payment_id: UUID | None = Field(default=None, index=True)
    """Payments and orders are let go by their own age, so these are no foreign keys."""
    funding_id: UUID | None = Field(default=None, unique=True)
    refund_id: UUID | None = Field(default=None, unique=True)
    original_id: UUID | None = Field(default=None, foreign_key="invoices.id", index=True)
    file_key: str | None = None
    sha256: bytes | None = Field(default=None, sa_type=LargeBinary)


class InvoiceCounter(Row, table=True):
    """The last number that an issuer gave in a year."""

    __tablename__ = "invoice_counters"
    __table_args__ = (UniqueConstraint("issuer_organization_id", "year", postgresql_nulls_not_distinct=True),)

    issuer_organization_id: UUID | None = Field(default=None, foreign_key="organizations.id")
    year: int
    last: int = 0


class InvoiceTransfer(Row, table=True):
    """Money that reached the issuer's bank for an invoice; negative: went back. Cents."""

    __tablename__ = "invoice_transfers"
    __table_args__ = (CheckConstraint("amount_cents <> 0", name="amount"),)

    invoice_id: UUID = Field(foreign_key="invoices.id", ondelete="CASCADE", index=True)
    amount_cents: int
    received_on: date
    reference: str = ""
    recorded_by: UUID = Field(foreign_key="users.id", index=True)


class InvoiceReminder(Row, table=True):
    """A reminder that was sent, so that each is sent once; `step` counts the days after the due date."""

    __tablename__ = "invoice_reminders"
    __table_args__ = (UniqueConstraint("invoice_id", "step"),)

    invoice_id: UUID = Field(foreign_key="invoices.id", ondelete="CASCADE")
    step: int
    sent_at: datetime = Field(sa_type=TIMESTAMP)
