"""The embedded mail adapter: messages land in a table and are read in the application."""

from base64 import b64encode
from typing import LiteralString

from psycopg.types.json import Jsonb
from sqlalchemy.ext.asyncio import AsyncEngine

from pygmalion_app.core.db import at_once
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.ports import Email
from pygmalion_app.core.row_security import EVERYTHING

_DELIVER: LiteralString = """
INSERT INTO mailbox_messages (id, key, to_address, subject, text, html, attachments)
VALUES (%(id)s, %(key)s, %(to_address)s, %(subject)s, %(text)s, %(html)s, %(attachments)s) ON CONFLICT DO NOTHING
"""


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
            "attachments": Jsonb(
                [
                    {"name": one.name, "type": one.media_type, "content": b64encode(one.content).decode()}
                    for one in email.attachments
                ]
            ),
        }
        await at_once(self._engine, EVERYTHING, _DELIVER, row)
