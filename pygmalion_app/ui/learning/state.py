"""What a learner sees first, and the address of their calendar."""

import reflex as rx
from reflex_base.event import EventSpec

from pygmalion_app.accounts import service as accounts
from pygmalion_app.compliance.facts import local_day
from pygmalion_app.core.i18n import format_duration
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.learning import calendar, dashboard
from pygmalion_app.learning.schemas import LearnerDashboard
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.i18n import Lang, lang_of_path
from pygmalion_app.ui.learning.rows import (
    AdviceRow,
    BookedRow,
    DueRow,
    HoldingRow,
    advice_row,
    booked_row,
    due_row,
    holding_row,
)

RENEW_DIALOG = "renew-calendar"
_SHOWN = 5


class LearnerState(rx.State):
    """A learner's dashboard, over all of their organisations."""

    loaded: rx.Field[bool] = rx.field(False)
    title: rx.Field[str] = rx.field("")
    lead: rx.Field[str] = rx.field("")
    required: rx.Field[int] = rx.field(0)
    percent: rx.Field[int] = rx.field(0)
    rate_tone: rx.Field[str] = rx.field("ok")
    satisfied: rx.Field[str] = rx.field("")
    completed: rx.Field[int] = rx.field(0)
    hours: rx.Field[str] = rx.field("")
    due: rx.Field[list[DueRow]] = rx.field(default_factory=list)
    advice: rx.Field[list[AdviceRow]] = rx.field(default_factory=list)
    booked: rx.Field[list[BookedRow]] = rx.field(default_factory=list)
    holdings: rx.Field[list[HoldingRow]] = rx.field(default_factory=list)
    calendar: rx.Field[str] = rx.field("")
    """The private address, once it was asked for."""

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read it all."""
        lang = lang_of_path(self.router.url.path)
        async with unit_of_work(await actor_of(self)) as uow:
            found = await dashboard.learner_dashboard(uow)
            person = await accounts.profile(uow)
            today = local_day(uow.clock.now())
        self.calendar = ""
        self.title = lang("learner-title", name=person.first_name)
        self._figures(lang, found)
        self.due = [due_row(lang, one) for one in found.due]
        self.advice = [advice_row(lang, one, today) for one in found.recommendations]
        self.booked = [booked_row(lang, one) for one in found.booked[:_SHOWN]]
        self.holdings = [
            holding_row(lang, one, (one.until - today).days if one.until else None)
            for one in found.certificates[:_SHOWN]
        ]
        self.loaded = True

    @rx.event
    @access.signed_in
    async def show_calendar(self) -> None:
        """Show the private address of the calendar."""
        async with unit_of_work(await actor_of(self)) as uow:
            self.calendar = (await calendar.my_feed(uow)).url

    @rx.event
    @access.signed_in
    async def renew_calendar(self) -> list[EventSpec]:
        """Give the calendar another address."""
        async with unit_of_work(await actor_of(self)) as uow:
            self.calendar = (await calendar.renew(uow)).url
        lang = lang_of_path(self.router.url.path)
        return [ui.close_dialog(RENEW_DIALOG), toasts.ok(lang("calendar-renewed"))]

    @rx.event
    @access.signed_in
    async def copy_calendar(self) -> list[EventSpec]:
        """Put the address into the clipboard."""
        lang = lang_of_path(self.router.url.path)
        return [rx.set_clipboard(self.calendar), toasts.ok(lang("calendar-copied"))]

    def _figures(self, lang: Lang, found: LearnerDashboard) -> None:
        progress = found.progress
        self.required = progress.required
        self.percent = int((progress.rate or 0) * 100)
        self.rate_tone = "ok" if progress.satisfied == progress.required else "warn"
        self.satisfied = lang("learner-of", satisfied=progress.satisfied, required=progress.required)
        self.completed, self.hours = progress.completed, format_duration(lang.code, progress.minutes)
        self.lead = lang("learner-to-do", count=len(found.due))
