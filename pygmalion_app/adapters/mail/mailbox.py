"""The embedded mail adapter: messages land in a table and are read in the application."""

from base64 import b64encode

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from pygmalion_app.adapters.mail.models import MailboxMessage
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.ports import Email
from pygmalion_app.core.row_security import REACH_ALL


class MailboxMailer:
    """Delivers into `mailbox_messages`."""

    name = "embedded mailbox"

    def __init__(self, engine: AsyncEngine) -> None:
        """Take the engine of the application's database."""
        self._engine = engine

    async def send(self, email: Email, *, key: str) -> None:
        """Deliver once per key."""
        row = {
            "id": new_id(),
            "key": key,
            "to_address": email.to.lower(),
            "subject": email.subject,
            "text": email.text,
            "html": email.html,
            "attachments": [
                {"name": one.name, "type": one.media_type, "content": b64encode(one.content).decode()}
                for one in email.attachments
            ],
        }
        async with self._engine.begin() as connection:
            await connection.execute(REACH_ALL)
            await connection.execute(insert(MailboxMessage).values(row).on_conflict_do_nothing())
