"""Messages to people."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
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
    """How a person wants a topic's mails, where they chose."""

    __tablename__ = "notification_preferences"
    __table_args__ = (UniqueConstraint("user_id", "topic"), one_of("topic", Topic), one_of("delivery", Delivery))

    user_id: UUID = Field(foreign_key="users.id")
    topic: str
    delivery: str
