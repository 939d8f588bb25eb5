"""What the embedded test-mode gateway keeps, as Stripe would on its side."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from pygmalion_app.core.gateway import MovementKind
from pygmalion_app.core.models import TEXT, TIMESTAMP, Row, one_of


class TestmodeCheckout(Row, table=True):
    """A checkout and what it was opened with. Amounts in cents."""

    __tablename__ = "testmode_checkouts"

    checkout_id: str = Field(unique=True)
    idempotency_key: str = Field(unique=True)
    request: dict[str, Any] = Field(sa_type=JSONB)
    status: str = "open"
    payment_intent: str | None = Field(default=None, unique=True)
    refunds: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
    """What versions before 2026-11-22 kept of refunds, by idempotency key."""
    expires_at: datetime = Field(sa_type=TIMESTAMP)


class TestmodeObject(Row, table=True):
    """Anything else that Stripe keeps, in the shape that its API and its events show.

    Payment intents, setup intents, refunds, disputes, accounts, their onboarding links, and payouts; `body` is what an
    event carries, `own` what only the gateway knows (which card, which fee).
    """

    __tablename__ = "testmode_objects"

    object_id: str = Field(unique=True)
    kind: str
    idempotency_key: str | None = Field(default=None, unique=True)
    parent: str | None = Field(default=None, index=True)
    body: dict[str, Any] = Field(sa_type=JSONB)
    own: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)


class TestmodeMovement(Row, table=True):
    """A line of a balance: the platform's (`account` empty) or a connected account's. Signed cents."""

    __tablename__ = "testmode_movements"
    __table_args__ = (one_of("kind", MovementKind), Index("ix_testmode_movements_account", "account", "moved_at"))

    movement_id: str = Field(unique=True)
    account: str = ""
    kind: str
    amount_cents: int
    fee_cents: int = 0
    currency: str
    source: str
    moved_at: datetime = Field(sa_type=TIMESTAMP)


class TestmodeEvent(Row, table=True):
    """An event to be delivered to the application, kept until its webhook has answered."""

    __tablename__ = "testmode_events"

    event_id: str = Field(unique=True)
    payload: str = Field(sa_type=TEXT)
    delivered_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
