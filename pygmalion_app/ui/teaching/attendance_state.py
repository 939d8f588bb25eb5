"""The attendance of the session in the page's address, and the signature of whoever scanned its code."""

from datetime import datetime

import reflex as rx
from reflex_base.event import EventSpec

from pygmalion_app.attendance import queries, scanning
from pygmalion_app.core.errors import NotFoundError, PygmalionError
from pygmalion_app.core.i18n import format_day, format_time
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.ui import access
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.enrollments.wording import days_of, hours_of, place_of, title_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.i18n import Lang, lang_of_path, last_part

_SCRIPT = "import('/attendance.js')"


class AttendanceState(rx.State):
    """What stands over the sheet, which the browser itself keeps. `phase`: loading, ready, missing."""

    phase: rx.Field[str] = rx.field("loading")
    session: rx.Field[str] = rx.field("")
    """Its id."""
    viewer: rx.Field[str] = rx.field("")
    """Whose signatures the browser keeps until they are sent."""
    course: rx.Field[str] = rx.field("")
    days: rx.Field[str] = rx.field("")
    hours: rx.Field[str] = rx.field("")
    place: rx.Field[str] = rx.field("")
    trainer: rx.Field[str] = rx.field("")

    @rx.event
    @access.signed_in
    async def load(self) -> EventSpec | None:
        """Read the session, and have the browser begin its sheet."""
        path = self.router.url.path
        lang, session_id = lang_of_path(path), parse_id(path.rstrip("/").split("/")[-2])
        self.phase, self.session = "loading", ""
        actor = await actor_of(self)
        if session_id is None:
            self.phase = "missing"
            return None
        try:
            async with unit_of_work(actor) as uow:
                sheet = await queries.sheet(uow, session_id)
        except NotFoundError:
            self.phase = "missing"
            return None
        self.session, self.viewer = str(session_id), str(actor.user_id)
        self.course = title_of(lang, sheet.course_title, sheet.course_title_en)
        self.days = days_of(lang, sheet.starts_at, sheet.ends_at, sheet.time_zone)
        self.hours = hours_of(lang, sheet.starts_at, sheet.ends_at, sheet.time_zone)
        self.place, self.trainer = place_of(lang, sheet.location), sheet.trainer_name
        self.phase = "ready"
        return rx.call_script(_SCRIPT)


class AttendState(rx.State):
    """What one has scanned. `phase`: loading, ready, signed, refused."""

    phase: rx.Field[str] = rx.field("loading")
    problem: rx.Field[str] = rx.field("")
    ticket: rx.Field[str] = rx.field("")
    viewer: rx.Field[str] = rx.field("")
    name: rx.Field[str] = rx.field("")
    course: rx.Field[str] = rx.field("")
    school: rx.Field[str] = rx.field("")
    half: rx.Field[str] = rx.field("")
    place: rx.Field[str] = rx.field("")
    late: rx.Field[str] = rx.field("")
    """Minutes, empty for whoever is in time."""

    @rx.event
    @access.signed_in
    async def load(self) -> EventSpec | None:
        """Trade the code in the address for a ticket."""
        path = self.router.url.path
        lang, actor = lang_of_path(path), await actor_of(self)
        self.phase, self.ticket, self.problem = "loading", "", ""
        try:
            async with unit_of_work(actor) as uow:
                found = await scanning.scan(uow, last_part(path))
        except PygmalionError as error:
            self.phase, self.problem = "refused", error_text(lang.code, error)
            return None
        self.ticket, self.viewer, self.name = found.ticket, str(actor.user_id), found.name
        self.course, self.school = title_of(lang, found.course_title, found.course_title_en), found.organization_name
        self.half = _half(lang, found.half_day.word, found.half_day.starts_at, found.time_zone)
        self.place, self.late = place_of(lang, found.location), str(found.minutes_late or "")
        self.phase = "signed" if found.signed else "ready"
        return rx.call_script(_SCRIPT)


def _half(lang: Lang, word: str, starts_at: datetime, time_zone: str) -> str:
    day = format_day(lang.code, starts_at, time_zone, "EEEE d MMMM")
    return lang("attend-half", day=day, half=lang(f"half-{word}"), start=format_time(lang.code, starts_at, time_zone))
