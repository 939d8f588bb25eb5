"""A month of sessions, ready to read."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

import reflex as rx

from pygmalion_app.core.errors import NotFoundError, PermissionDeniedError
from pygmalion_app.core.i18n import format_day, format_time
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.reports import school_calendar
from pygmalion_app.reports.school_schemas import CalendarSession, SchoolMonth
from pygmalion_app.ui import access
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.enrollments.wording import title_of
from pygmalion_app.ui.i18n import Lang, lang_of_path
from pygmalion_app.ui.teaching.school_state import session_word


@dataclass
class EntryRow:
    """A session on one of its days."""

    course: str
    detail: str
    word: str
    tone: Tone
    href: str


@dataclass
class DayRow:
    """A day of the month, or one beside it that fills its week."""

    number: str
    weekday: str
    out: bool
    today: bool
    empty: bool
    held: list[EntryRow] = field(default_factory=list)


@dataclass
class TrainerRow:
    """A trainer's month: the days they are taken, and where they are in two places at once."""

    name: str
    days: str
    marks: list[str]
    """The class of each day of the month: free, taken or a clash."""
    clashing: bool
    clashes: list[EntryRow] = field(default_factory=list)


class SchoolCalendarState(rx.State):
    """The month in view."""

    loaded: rx.Field[bool] = rx.field(False)
    name: rx.Field[str] = rx.field("")
    administers: rx.Field[bool] = rx.field(False)
    title: rx.Field[str] = rx.field("")
    days: rx.Field[list[DayRow]] = rx.field(default_factory=list)
    trainers: rx.Field[list[TrainerRow]] = rx.field(default_factory=list)
    any: rx.Field[bool] = rx.field(False)
    """Whether anything is held this month."""

    _first: date | None = None

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read this month."""
        self.loaded, self._first = False, None
        await self._read()

    @rx.event
    @access.signed_in
    async def before(self) -> None:
        """Turn to the month before."""
        await self._turn(-1)

    @rx.event
    @access.signed_in
    async def after(self) -> None:
        """Turn to the month after."""
        await self._turn(32)

    async def _turn(self, days: int) -> None:
        if self._first is not None:
            self._first = (self._first + timedelta(days=days)).replace(day=1)
        await self._read()

    async def _read(self) -> None:
        lang = lang_of_path(self.router.url.path)
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                now = uow.clock.now()
                found = await school_calendar.month(uow, self._first or now.date())
        except (NotFoundError, PermissionDeniedError):
            self.name, self.days, self.trainers, self.loaded = "", [], [], True
            return
        self._first = found.first
        self.name, self.administers = found.organization_name, found.administers
        self.title = format_day(lang.code, found.first, pattern="LLLL y").capitalize()
        self.days = _days(lang, found, now)
        self.trainers = _trainers(lang, found, now) if found.administers else []
        self.any = bool(found.sessions)
        self.loaded = True


def _days(lang: Lang, found: SchoolMonth, now: datetime) -> list[DayRow]:
    held: dict[date, list[EntryRow]] = defaultdict(list)
    for session in found.sessions:
        for day in session.days:
            held[day].append(_entry(lang, session, now))
    start = found.first - timedelta(days=found.first.weekday())
    count = (found.last - start).days + 7 - found.last.weekday()
    days = [start + timedelta(days=offset) for offset in range(count)]
    return [
        DayRow(
            number=str(day.day),
            weekday=format_day(lang.code, day, pattern="EEEE"),
            out=not found.first <= day <= found.last,
            today=day == now.date(),
            empty=not held[day],
            held=held[day],
        )
        for day in days
    ]


def _entry(lang: Lang, session: CalendarSession, now: datetime) -> EntryRow:
    word, tone = session_word(lang, session)
    if session.ends_at <= now:
        word, tone = lang("teach-over"), "idle"
    start = format_time(lang.code, session.starts_at, session.time_zone)
    return EntryRow(
        course=title_of(lang, session.course_title, session.course_title_en),
        detail=" · ".join(part for part in (start, session.trainer_name) if part),
        word=word,
        tone=tone,
        href=lang.path("teach-session", session_id=str(session.session_id)),
    )


def _trainers(lang: Lang, found: SchoolMonth, now: datetime) -> list[TrainerRow]:
    taken: dict[UUID, list[CalendarSession]] = defaultdict(list)
    for session in found.sessions:
        if session.trainer_id is not None:
            taken[session.trainer_id].append(session)
    month = [found.first + timedelta(days=offset) for offset in range((found.last - found.first).days + 1)]
    rows: list[TrainerRow] = []
    for sessions in taken.values():
        days = {day for session in sessions for day in session.days}
        clashing = [session for session in sessions if session.conflict]
        crossed = {day for session in clashing for day in session.days}
        rows.append(
            TrainerRow(
                name=sessions[0].trainer_name,
                days=lang("calendar-trainer-days", count=len(days)),
                marks=[
                    f"pg-days__{'clash' if day in crossed else 'taken' if day in days else 'free'}" for day in month
                ],
                clashing=bool(clashing),
                clashes=[_clash(lang, session, now) for session in clashing],
            )
        )
    return sorted(rows, key=lambda row: row.name)


def _clash(lang: Lang, session: CalendarSession, now: datetime) -> EntryRow:
    row = _entry(lang, session, now)
    row.detail = f"{format_day(lang.code, session.days[0], pattern='d MMMM')} · {row.detail}"
    return row
