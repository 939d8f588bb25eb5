"""Reading the embedded mailbox by API; it does not exist in production."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel
from sqlalchemy import select

from pygmalion_app.adapters.mail.models import MailboxMessage
from pygmalion_app.core.row_security import REACH_ALL
from pygmalion_app.core.unit_of_work import container

router = APIRouter(tags=["development"])
_TABLE = MailboxMessage.__table__  # pyright: ignore[reportAttributeAccessIssue]
_NEWEST = 100


class Message(BaseModel):
    """A delivered message."""

    to: str
    subject: str
    text: str
    html: str
    date: datetime
    attachments: list[dict[str, str]]
    """Each with `name`, `type` and, in base64, `content`."""


class Mailbox(BaseModel):
    """Messages, newest first."""

    success: bool = True
    data: list[Message]


async def messages(to: str) -> list[Message]:
    """Return the newest messages of an address."""
    query = select(_TABLE).where(_TABLE.c.to_address == to.strip().lower()).order_by(_TABLE.c.id.desc()).limit(_NEWEST)
    async with container().engine.connect() as connection:
        await connection.execute(REACH_ALL)
        rows = await connection.execute(query)
    return [
        Message(
            to=row.to_address,
            subject=row.subject,
            text=row.text,
            html=row.html,
            date=row.created_at,
            attachments=row.attachments,
        )
        for row in rows
    ]


@router.get("/api/v1/dev/mailbox")
async def mailbox(to: Annotated[str, Query(min_length=3, max_length=320)]) -> Mailbox:
    """Return what was mailed to an address, newest first."""
    return Mailbox(data=await messages(to))
