"""What the embedded mailbox received."""

from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import JSONB
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
    attachments: list[dict[str, str]] = Field(
        default_factory=list, sa_type=JSONB, sa_column_kwargs={"server_default": sql("'[]'::jsonb")}
    )
    """Each with its `name`, its `type`, and its `content` in base64."""
