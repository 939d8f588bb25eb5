"""What the payments feature takes and gives."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from pygmalion_app.core.gateway import CheckoutMode
from pygmalion_app.core.schemas import Command, View
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


@dataclass(frozen=True, slots=True)
class LockedPayment:
    """What an event of its checkout must know of a payment, whose row is locked. Amounts in cents."""

    id: UUID
    reference: UUID
    payer_organization_id: UUID | None
    payee_organization_id: UUID
    mode: str
    status: str
    amount_cents: int
    commission_cents: int
    third_party_cents: int
    third_party_commission_cents: int
    currency: str


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
    DISPUTED = "disputed"
    DISPUTE_WON = "dispute_won"
    DISPUTE_LOST = "dispute_lost"
    ACCOUNT = "account"
    """An organisation's account at the gateway is being read anew."""
    PAYOUT = "payout"
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
    payment: LockedPayment | None = None
    """Of a checkout's event, the payment as it was before."""


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events are wanted; empty fields ask for nothing."""

    type: str = ""
    """How the type begins: `checkout.session.`, `refund.`"""
    effect: str = ""
    """One of `Change`, or `error`."""


class EventRow(View):
    """An event of the gateway in the administrators' list."""

    id: str
    type: str
    effect: str
    received_at: datetime
    attempts: int
    last_error: str | None
    account: str | None
    replayed_at: datetime | None
    reference: UUID | None
    """The order that it is about."""


class EventView(EventRow):
    """An event with what it said: JSON, people hidden."""

    payload: str
    forgotten: bool
    """Whether what it said was erased; it cannot be replayed then."""


class EventReplayed(View):
    """What a replay changed: `none` where the event had had its effect."""

    change: Change


class DifferenceView(View):
    """Where the books and the gateway's balance disagree. Amounts in signed cents, `None` where one has nothing."""

    id: UUID
    day: date
    kind: str
    subject: str
    source: str
    here_cents: int | None
    there_cents: int | None
    currency: str
    order_id: UUID | None
    state: str
    note: str
    resolved_at: datetime | None


class Resolve(Command):
    """Why a difference is none, or what was done about it."""

    note: Annotated[str, Field(min_length=3, max_length=1000)]


class FailedRefund(View):
    """A refund that somebody waits for. Amount in cents."""

    id: UUID
    order_id: UUID
    amount_cents: int
    currency: str
    failure: str
    attempt: int
    failed_at: datetime
