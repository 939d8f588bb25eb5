"""Messages to people."""

from datetime import datetime

from sqlmodel import Field

from pygmalion_app.core.models import TEXT, TIMESTAMP, Row


class OutgoingEmail(Row, table=True):
    """The outbox: a mail written in the transaction that caused it; a job sends it."""

    __tablename__ = "outgoing_emails"

    to_address: str
    subject: str
    text: str = Field(sa_type=TEXT)
    html: str = Field(sa_type=TEXT)
    sent_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
