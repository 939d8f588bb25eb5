"""What the payments feature takes and gives."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pygmalion_app.core.gateway import CheckoutMode
from pygmalion_app.core.schemas import View
from pygmalion_app.payments.models import PaymentMode


@dataclass(frozen=True, slots=True)
class PaymentDue:
    """What a buyer owes for a reference. Amounts in cents."""

    reference: UUID
    payer_user_id: UUID
    payer_organization_id: UUID | None
    payee_organization_id: UUID
    mode: CheckoutMode | PaymentMode
    amount_cents: int
    commission_cents: int
    currency: str
    description: str
    quantity: int
    expires_at: datetime
    third_party_cents: int = 0
    third_party_commission_cents: int = 0


class PaymentView(View):
    """A payment as buyer, seller and platform see it. Amounts in cents including VAT."""

    id: UUID
    reference: UUID
    status: str
    mode: str
    amount_cents: int
    refunded_cents: int
    currency: str
    description: str
    quantity: int
    checkout_url: str | None
    expires_at: datetime
    paid_at: datetime | None
    created_at: datetime


class Change(StrEnum):
    """What an event did to a payment."""

    PAID = "paid"
    SAVED = "saved"
    PROCESSING = "processing"
    FAILED = "failed"
    EXPIRED = "expired"
    REFUNDED = "refunded"
    REFUND_FAILED = "refund_failed"
    INSTALMENT_PAID = "instalment_paid"
    INSTALMENT_FAILED = "instalment_failed"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class PaymentOutcome:
    """What an event means for the thing that was to be paid."""

    change: Change
    reference: UUID | None = None
    payment_id: UUID | None = None
    instalment_id: UUID | None = None
    amount_cents: int = 0
    """How much was given back, or came back, in cents."""
