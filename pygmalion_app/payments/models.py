"""Payments and the gateway's events. A payment knows a reference and an amount, never an enrolment."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from pygmalion_app.core.gateway import CheckoutMode
from pygmalion_app.core.models import TIMESTAMP, Row, Table, one_of


class PaymentStatus(StrEnum):
    """`processing` waits for a slow method (SEPA); `saved` holds a card and no money yet."""

    PENDING = "pending"
    PROCESSING = "processing"
    SUCCEEDED = "succeeded"
    SAVED = "saved"
    FAILED = "failed"
    EXPIRED = "expired"
    REFUNDING = "refunding"
    REFUNDED = "refunded"


class Payment(Row, table=True):
    """What a buyer owes for one reference (an order). Amounts in cents including VAT."""

    __tablename__ = "payments"
    __table_args__ = (
        one_of("status", PaymentStatus),
        one_of("mode", CheckoutMode),
        CheckConstraint("amount_cents >= 0", name="amount"),
        CheckConstraint("commission_cents BETWEEN 0 AND amount_cents", name="commission"),
        CheckConstraint("refunded_cents BETWEEN 0 AND amount_cents", name="refunded"),
    )

    reference: UUID = Field(unique=True)
    payer_user_id: UUID = Field(foreign_key="users.id", index=True)
    payer_organization_id: UUID | None = Field(default=None, foreign_key="organizations.id", index=True)
    payee_organization_id: UUID = Field(foreign_key="organizations.id", index=True)
    mode: str = CheckoutMode.PAYMENT
    amount_cents: int
    commission_cents: int
    refunded_cents: int = 0
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
    received_at: datetime = Field(sa_type=TIMESTAMP)
