"""Payments and the gateway's events. A payment knows a reference and an amount, never an enrolment."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, LargeBinary
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from pygmalion_app.core.gateway import CheckoutMode
from pygmalion_app.core.models import TIMESTAMP, Row, Table, one_of


class PaymentStatus(StrEnum):
    """`processing` waits for a slow method (SEPA); `saved` holds a card for instalments, `cancelled` has let it go."""

    PENDING = "pending"
    PROCESSING = "processing"
    SUCCEEDED = "succeeded"
    SAVED = "saved"
    CANCELLED = "cancelled"
    FAILED = "failed"
    EXPIRED = "expired"
    REFUNDING = "refunding"
    REFUNDED = "refunded"


class PaymentMode(StrEnum):
    """How a payment comes: by a checkout, from a saved card, or by bank transfer for an invoice, past any gateway."""

    PAYMENT = CheckoutMode.PAYMENT
    SETUP = CheckoutMode.SETUP
    INVOICE = "invoice"


class Payment(Row, table=True):
    """What a buyer owes for one reference (an order). Amounts in cents including VAT."""

    __tablename__ = "payments"
    __table_args__ = (
        one_of("status", PaymentStatus),
        one_of("mode", PaymentMode),
        CheckConstraint("amount_cents >= 0", name="amount"),
        CheckConstraint("commission_cents BETWEEN 0 AND amount_cents", name="commission"),
        CheckConstraint("refunded_cents BETWEEN 0 AND amount_cents", name="refunded"),
        CheckConstraint("third_party_commission_cents BETWEEN 0 AND third_party_cents", name="third_party"),
    )

    reference: UUID = Field(unique=True)
    payer_user_id: UUID = Field(foreign_key="users.id", index=True)
    payer_organization_id: UUID | None = Field(default=None, foreign_key="organizations.id", index=True)
    payee_organization_id: UUID = Field(foreign_key="organizations.id", index=True)
    mode: str = CheckoutMode.PAYMENT
    amount_cents: int
    commission_cents: int
    refunded_cents: int = 0
    third_party_cents: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """What third parties owe the payee for the same reference, beside `amount_cents`."""
    third_party_commission_cents: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    currency: str = "EUR"
    description: str = ""
    quantity: int = 1
    status: str = PaymentStatus.PENDING
    checkout_id: str | None = Field(default=None, unique=True)
    checkout_url: str | None = None
    payment_intent: str | None = Field(default=None, index=True)
    card_fingerprint: str | None = Field(default=None, index=True)
    """The gateway's own name for the card, the same for each payment with it; no part of its number."""
    expires_at: datetime = Field(sa_type=TIMESTAMP)
    paid_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)


class WebhookEvent(Table, table=True):
    """An event of the gateway, kept once: its id is the key that makes a repetition harmless."""

    __tablename__ = "webhook_events"

    id: str = Field(primary_key=True)
    type: str
    payload: dict[str, Any] = Field(sa_type=JSONB)
    effect: str
    """What it changed (`payments.schemas.Change`), or `error`: its effect raised, and it waits to be applied."""
    received_at: datetime = Field(sa_type=TIMESTAMP, index=True)
    attempts: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    """How often it was tried until it had its effect."""
    last_error: str | None = None
    """The code of the last failure."""
    reference: UUID | None = None
    """The order that it was about, where one was found."""
    account: str | None = None
    """The connected account that it came from, where it is not the platform's own."""
    fingerprint: bytes | None = Field(default=None, sa_type=LargeBinary)
    """SHA-256 of what it says: another event must not come under its id."""
    replayed_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    replayed_by: UUID | None = Field(default=None, foreign_key="users.id")
