"""The sessions of those who teach."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import reflex as rx

from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.enrollments.teaching import TaughtSession, taught_sessions
from pygmalion_app.ui import access
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.enrollments.wording import days_of, days_until, hours_of, place_of, title_of
from pygmalion_app.ui.i18n import Lang, lang_of_path

WEEK = timedelta(days=7)


@dataclass
class SessionRow:
    """A session in the trainer's list, ready to read."""

    id: str
    course: str
    organization: str
    trainer: str
    days: str
    hours: str
    place: str
    fill: str
    percent: int
    status: str
    tone: Tone


class TeachState(rx.State):
    """Sessions by when they are: now and this week, later, behind."""

    loaded: rx.Field[bool] = rx.field(False)
    plans: rx.Field[bool] = rx.field(False)
    """Whether the reader may write courses and plan sessions."""
    to_do: rx.Field[list[SessionRow]] = rx.field(default_factory=list)
    week: rx.Field[list[SessionRow]] = rx.field(default_factory=list)
    later: rx.Field[list[SessionRow]] = rx.field(default_factory=list)
    past: rx.Field[list[SessionRow]] = rx.field(default_factory=list)

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read the sessions that the reader teaches or administers."""
        lang = lang_of_path(self.router.url.path)
        actor = await actor_of(self)
        self.plans = bool(actor.organizations_with(Permission.COURSE_CREATE))
        async with unit_of_work(actor) as uow:
            sessions = await taught_sessions(uow)
            now = uow.clock.now()
        groups: dict[str, list[SessionRow]] = {"to_do": [], "week": [], "later": [], "past": []}
        for session in sessions:
            groups[_group(session, now)].append(_row(lang, session, now))
        self.to_do, self.week, self.later = groups["to_do"], groups["week"], groups["later"]
        self.past = groups["past"][::-1]
        self.loaded = True


def _group(session: TaughtSession, now: datetime) -> str:
    if session.starts_at <= now and session.to_validate and session.status != "cancelled":
        return "to_do"
    if session.ends_at <= now:
        return "past"
    return "week" if session.starts_at <= now + WEEK else "later"


def _row(lang: Lang, session: TaughtSession, now: datetime) -> SessionRow:
    status, tone = _status(lang, session, now)
    return SessionRow(
        id=str(session.session_id),
        course=title_of(lang, session.course_title, session.course_title_en),
        organization=session.organization_name,
        trainer=session.trainer_name,
        days=days_of(lang, session.starts_at, session.ends_at, session.time_zone),
        hours=hours_of(lang, session.starts_at, session.ends_at, session.time_zone),
        place=place_of(lang, session.location),
        fill=lang("teach-fill", taken=session.seats_taken, capacity=session.capacity),
        percent=round(100 * session.seats_taken / session.capacity),
        status=status,
        tone=tone,
    )


def _status(lang: Lang, session: TaughtSession, now: datetime) -> tuple[str, Tone]:
    if session.status == "cancelled":
        return lang("teach-cancelled"), "idle"
    if session.starts_at > now:
        return lang("training-in-days", days=days_until(session.starts_at, now, session.time_zone)), "info"
    if session.to_validate:
        return lang("teach-to-validate", count=session.to_validate), "warn"
    if session.completed:
        return lang("teach-validated", count=session.completed), "ok"
    return lang("teach-over"), "idle"
