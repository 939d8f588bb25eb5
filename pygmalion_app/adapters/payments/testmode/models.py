"""What the embedded test-mode gateway keeps, as Stripe would on its side."""

from datetime import datetime
from typing import Any

from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from pygmalion_app.core.models import TEXT, TIMESTAMP, Row


class TestmodeCheckout(Row, table=True):
    """A checkout, the payment made with it and the refunds of that payment. Amounts in cents."""

    __tablename__ = "testmode_checkouts"

    checkout_id: str = Field(unique=True)
    idempotency_key: str = Field(unique=True)
    request: dict[str, Any] = Field(sa_type=JSONB)
    status: str = "open"
    payment_intent: str | None = Field(default=None, unique=True)
    refunds: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
    """Refund id and amount by idempotency key."""
    expires_at: datetime = Field(sa_type=TIMESTAMP)


class TestmodeEvent(Row, table=True):
    """An event to be delivered to the application, kept until its webhook has answered."""

    __tablename__ = "testmode_events"

    event_id: str = Field(unique=True)
    payload: str = Field(sa_type=TEXT)
    delivered_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
