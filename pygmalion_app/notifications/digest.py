"""The daily mail of those who want one: what they were told of since the last, in one mail."""

from collections import defaultdict
from itertools import groupby
from typing import Final, LiteralString
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.core.addresses import address
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.notifications import inbox
from pygmalion_app.notifications.models import Notification
from pygmalion_app.notifications.service import queue_email

PEOPLE: Final = 200
"""So many people's mails are written in one transaction."""
LINES: Final = 50
_TAKE: LiteralString = """
UPDATE notifications n SET in_digest = false FROM (
  SELECT user_id FROM notifications WHERE in_digest GROUP BY user_id ORDER BY user_id LIMIT %(people)s
) waiting WHERE n.user_id = waiting.user_id AND n.in_digest RETURNING n.id, n.read_at
"""
_PEOPLE: LiteralString = """
SELECT id, email, locale, first_name FROM users WHERE id = ANY (%(ids)s) AND email NOT LIKE '%%@erased.invalid'
"""


async def send(uow: UnitOfWork) -> bool:
    """Write the daily mails of a portion of people; returns whether more may wait.

    What is named and the mail commit together: run twice, or killed anywhere, nothing is named twice. What was read in
    the application meanwhile is named no more.
    """
    taken = await uow.sql(_TAKE, people=PEOPLE)
    unread = [row["id"] for row in taken if row["read_at"] is None]
    query = select(Notification).where(col(Notification.id).in_(unread)).order_by(col(Notification.id).desc())
    theirs: dict[UUID, list[Notification]] = defaultdict(list)
    for row in (await uow.session.execute(query)).scalars():
        theirs[row.user_id].append(row)
    for person in await uow.sql(_PEOPLE, ids=list(theirs)):
        rows, locale = theirs[person["id"]], person["locale"]
        await queue_email(
            uow,
            person["email"],
            "digest",
            locale,
            path=address("notifications", locale),
            enclosed=_lines(rows[:LINES], locale),
            first_name=person["first_name"],
            count=len(rows),
        )
    return bool(taken)


def _lines(rows: list[Notification], locale: str) -> list[str]:
    views = [inbox.view(row, locale) for row in rows]
    # Two reminders of the same thing within a day are one line.
    said = [" — ".join(part for part in (one.title, one.detail) if part) for one in views]
    return [line for line, _ in groupby(said)]
