"""What the embedded mailbox received."""

from sqlmodel import Field

from pygmalion_app.core.models import TEXT, Row


class MailboxMessage(Row, table=True):
    """A delivered message; `key` is the sender's, so a repetition changes nothing."""

    __tablename__ = "mailbox_messages"

    key: str = Field(unique=True)
    to_address: str = Field(index=True)
    subject: str
    text: str = Field(sa_type=TEXT)
    html: str = Field(sa_type=TEXT)
