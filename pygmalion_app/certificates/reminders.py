"""Reminders of certificates that end: to the holder and to the managers of the holder's companies.

90, 60, 30 and 7 days before the last day, the day after it and a month later; each once, and none any more once a newer
certificate has taken over. Days are those of the place where the course was held.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, Final, LiteralString
from uuid import UUID
from zoneinfo import ZoneInfo

from pygmalion_app.certificates import life
from pygmalion_app.certificates.life_models import EventKind
from pygmalion_app.core.i18n import format_day, translate
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.notifications.facts import both, day
from pygmalion_app.notifications.telling import Link, notify

BEFORE: Final = (90, 60, 30, 7)
AFTER: Final = (-1, -30)
LATE_DAYS: Final = 7
"""So many days late, a reminder of something that has ended is sent no more: nobody is told of what is long past."""
PORTION: Final = 500

_LAPSED: LiteralString = """
INSERT INTO certificate_events (id, certificate_id, kind, at)
SELECT gen_random_uuid(), c.id, 'expired', c.valid_until FROM certificates c
WHERE c.revoked_at IS NULL AND c.valid_until <= %(now)s
  AND NOT EXISTS (SELECT FROM certificate_events e WHERE e.certificate_id = c.id AND e.kind = 'expired')
ON CONFLICT DO NOTHING
"""
_ENDING: LiteralString = """
SELECT c.id, c.user_id, c.number, c.content, s.time_zone,
  concat_ws(' ', u.first_name, u.last_name) AS holder
FROM certificates c JOIN sessions s ON s.id = c.session_id JOIN users u ON u.id = c.user_id
WHERE c.revoked_at IS NULL AND c.erased_at IS NULL AND u.email NOT LIKE '%%@erased.invalid'
  AND c.valid_until BETWEEN %(now)s - interval '40 days' AND %(now)s + interval '92 days'
  AND NOT EXISTS (SELECT FROM certificates r WHERE r.renews = c.id AND r.revoked_at IS NULL)
  AND (%(after)s::uuid IS NULL OR c.id > %(after)s) ORDER BY c.id LIMIT %(limit)s
"""
_MANAGERS: LiteralString = """
SELECT DISTINCT m.user_id AS holder, u.id FROM organization_members m
JOIN organization_members b ON b.organization_id = m.organization_id AND b.role IN ('manager', 'airport_manager')
  AND b.user_id <> m.user_id
JOIN users u ON u.id = b.user_id
WHERE m.user_id = ANY (%(holders)s) AND u.email NOT LIKE '%%@erased.invalid'
"""


@dataclass(frozen=True, slots=True)
class Ending:
    """A certificate that somebody is to be told of."""

    id: UUID
    user_id: UUID
    holder: str
    number: str
    content: dict[str, Any]
    last_day: date
    left: int
    """Days until its last day; negative when that is past."""

    def course(self, locale: str) -> str:
        """Return the course's title in a language."""
        return str((self.content["courseEn"] if locale == "en" else "") or self.content["course"])


def due(left: int) -> int | None:
    """Return the reminder that belongs to so many days before the end, None when there is none now."""
    if left >= 0:
        return min((lead for lead in BEFORE if left <= lead), default=None)
    reached = [lead for lead in AFTER if left <= lead]
    return reached[-1] if reached and reached[-1] - left <= LATE_DAYS else None


async def remind(uow: UnitOfWork, after: UUID | None = None, limit: int = PORTION) -> UUID | None:
    """Tell of one portion of certificates, in the order of their ids; returns where the next begins, None at the end.

    What is written down (the event) and what is sent (the outbox) commit together: run twice, or killed anywhere, each
    reminder is sent once.
    """
    if after is None:
        await uow.sql(_LAPSED, now=uow.clock.now())
    rows = await uow.sql(_ENDING, now=uow.clock.now(), after=after, limit=limit)
    told: list[Ending] = []
    for row in rows:
        ending = _ending(row, uow.clock.now())
        if 0 <= ending.left <= BEFORE[0]:
            await life.tell(uow, ending.id, EventKind.EXPIRING)
        lead = due(ending.left)
        if lead is not None and await life.tell(uow, ending.id, EventKind.REMINDED, lead_days=lead):
            await _tell_holder(uow, ending)
            told.append(ending)
    await _tell_managers(uow, told)
    return rows[-1]["id"] if len(rows) == limit else None


def _ending(row: dict[str, Any], now: datetime) -> Ending:
    last_day = date.fromisoformat(row["content"]["validUntil"])
    today = now.astimezone(ZoneInfo(row["time_zone"])).date()
    names = ("id", "user_id", "holder", "number", "content")
    return Ending(last_day=last_day, left=(last_day - today).days, **{name: row[name] for name in names})


async def _tell_holder(uow: UnitOfWork, ending: Ending) -> None:
    facts = {
        "course": both(ending.course("fr"), ending.course("en")),
        "number": ending.number,
        "until": day(ending.last_day),
        "days": ending.left,
    }
    kind = "certificate-expiring" if ending.left >= 0 else "certificate-expired"
    await notify(uow, ending.user_id, kind, facts, Link("certificates"))


async def _tell_managers(uow: UnitOfWork, told: list[Ending]) -> None:
    """Tell each manager once of all of their people; who they are stands in the mail alone."""
    by_holder: dict[UUID, list[Ending]] = defaultdict(list)
    for ending in told:
        by_holder[ending.user_id].append(ending)
    theirs: dict[UUID, list[Ending]] = defaultdict(list)
    for row in await uow.sql(_MANAGERS, holders=list(by_holder)) if by_holder else []:
        theirs[row["id"]] += by_holder[row["holder"]]
    for manager, endings in theirs.items():
        lines = partial(_lines, sorted(endings, key=lambda one: (one.last_day, one.holder)))
        await notify(uow, manager, "team-certificates", {"count": len(endings)}, Link("team"), enclosed=lines)


def _lines(endings: list[Ending], locale: str) -> list[str]:
    return [_line(locale, one) for one in endings]


def _line(locale: str, ending: Ending) -> str:
    key = "team-certificate-ends" if ending.left >= 0 else "team-certificate-ended"
    return translate(
        locale, key, person=ending.holder, course=ending.course(locale), until=format_day(locale, ending.last_day)
    )
