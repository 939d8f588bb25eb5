"""Messages to people."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from pygmalion_app.core.models import TEXT, TIMESTAMP, Row, one_of
from pygmalion_app.notifications.kinds import Delivery, Topic


class OutgoingEmail(Row, table=True):
    """The outbox: a mail written in the transaction that caused it; a job sends it."""

    __tablename__ = "outgoing_emails"

    to_address: str
    subject: str
    text: str = Field(sa_type=TEXT)
    html: str = Field(sa_type=TEXT)
    sent_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    attached: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """What it brings, by kind and row (`attachments`): made as it is sent."""
    attached_id: UUID | None = None


class Notification(Row, table=True):
    """Something a person is told of in the application; the words are made from `kind` and `facts` when it is read."""

    __tablename__ = "notifications"
    __table_args__ = (
        one_of("topic", Topic),
        Index("ix_notifications_user_id_id", "user_id", "id"),
        Index("ix_notifications_unread", "user_id", postgresql_where=text("read_at IS NULL")),
        Index("ix_notifications_digest", "user_id", postgresql_where=text("in_digest")),
    )

    user_id: UUID = Field(foreign_key="users.id")
    topic: str
    kind: str
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
    """Never another person's name: nothing here needs to go with somebody else's account."""
    page: str = ""
    """Where it leads: a name of `core.addresses`, and the address's parameters."""
    parameters: dict[str, str] = Field(default_factory=dict, sa_type=JSONB)
    read_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    in_digest: bool = False
    """Whether the next daily mail is to name it."""


class NotificationPreference(Row, table=True):
    """How a person wants to be told of a topic beside the application, where they chose."""

    __tablename__ = "notification_preferences"
    __table_args__ = (UniqueConstraint("user_id", "topic"), one_of("topic", Topic), one_of("delivery", Delivery))

    user_id: UUID = Field(foreign_key="users.id")
    topic: str
    delivery: str
    """How its mails come."""
    push: bool = Field(default=True, sa_column_kwargs={"server_default": "true"})
    """Whether the person's devices are rung."""


class PushSubscription(Row, table=True):
    """A browser that asked to be rung, as long as the session in which it asked was not ended by its person."""

    __tablename__ = "push_subscriptions"

    user_id: UUID = Field(foreign_key="users.id", index=True)
    session_id: UUID = Field(foreign_key="browser_sessions.id", index=True, ondelete="CASCADE")
    endpoint: str = Field(sa_type=TEXT, unique=True)
    """Address at the browser's push service. Whoever knows it can ring, so it is nobody else's to see."""
    public_key: bytes = Field(sa_type=LargeBinary)
    secret: bytes = Field(sa_type=LargeBinary)
    expires_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    """Where the browser says so."""
