"""The seat's calendar entry that a convocation brings: the one of the feed, under the same UID and sequence."""

from typing import Final
from uuid import UUID

from pygmalion_app.core.ports import Attachment
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments.mails import CALENDAR
from pygmalion_app.learning import calendar
from pygmalion_app.notifications.attachments import register

_TYPE: Final = "text/calendar; charset=utf-8; method=PUBLISH"


async def _entry(uow: UnitOfWork, enrollment_id: UUID) -> Attachment | None:
    content = await calendar.entry(uow, enrollment_id)
    return None if content is None else Attachment("formation.ics", _TYPE, content)


register(CALENDAR, _entry)
