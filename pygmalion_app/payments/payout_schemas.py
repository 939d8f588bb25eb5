"""What is told of an organisation's account at the gateway, of what it is paid, and of what it has sold."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from pygmalion_app.core.schemas import Command, View


class AccountState(StrEnum):
    """How far an organisation's account is."""

    NONE = "none"
    INCOMPLETE = "incomplete"
    REVIEW = "review"
    """Everything is told, and the gateway looks at it."""
    READY = "ready"


class StartOnboarding(Command):
    """In which language the gateway leads back to the page of payments."""

    locale: Annotated[Literal["fr", "en"], Field()] = "fr"


class OnboardingLink(View):
    """Where the organisation answers the gateway's questions; good for some minutes."""

    url: str


class MerchantView(View):
    """An organisation's account at the gateway."""

    state: AccountState
    requirements: tuple[str, ...] = ()
    """What the gateway still asks for, in its own names."""
    verified: bool
    """Whether the platform has verified the organisation: nobody else is paid."""


class PayoutView(View):
    """A payout. Amount in cents."""

    id: UUID
    amount_cents: int
    currency: str
    status: str
    created_at: datetime
    arrives_at: datetime | None
    settled_at: datetime | None
    failure: str | None


class PayoutSchedule(View):
    """An organisation's money with the platform, and when it is paid. Amounts in cents."""

    currency: str
    to_come_cents: int
    """Collected, for sessions that are still to take place (or held back by a dispute)."""
    due_cents: int
    """To be paid with the next run."""
    on_the_way_cents: int
    paid_cents: int
    next_payout_at: datetime | None
    """When there will next be something to pay; None where nothing is planned."""
    delay_days: int


class SaleView(View):
    """What an organisation has sold, and what became of the money. Amounts in cents."""

    id: UUID
    order_id: UUID
    description: str
    description_en: str
    quantity: int
    mode: str
    status: str
    amount_cents: int
    commission_cents: int
    refunded_cents: int
    paid_out_cents: int
    currency: str
    created_at: datetime
    paid_at: datetime | None
    payable_at: datetime | None
