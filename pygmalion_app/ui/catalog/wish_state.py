"""Asking for a session of the course in the page's address."""

from datetime import date
from typing import Any, Final

import reflex as rx
from reflex_base.event import EventSpec

from pygmalion_app.catalog.pages import course_page
from pygmalion_app.core.errors import NotFoundError, PygmalionError
from pygmalion_app.core.i18n import format_day
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.sessions import wishes
from pygmalion_app.sessions.wishes import WishSession, WishView
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path, last_part

WISH_DIALOG: Final = "wish-session"
_MONTHS = 12


class WishState(rx.State):
    """What the reader asked for, and may ask for."""

    course: rx.Field[str] = rx.field("")
    """The course's id; empty for whoever is not signed in."""
    several: rx.Field[bool] = rx.field(False)
    """Whether they book for a company, so that they may ask for more than a seat."""
    wished: rx.Field[str] = rx.field("")
    """What they asked for, in words; empty for nothing."""
    months: rx.Field[list[list[str]]] = rx.field(default_factory=list)
    """First day and name of each month to choose from."""
    seats: rx.Field[str] = rx.field("1")
    month: rx.Field[str] = rx.field("")
    error: rx.Field[str] = rx.field("")
    opened: rx.Field[int] = rx.field(0)

    @rx.event
    @access.public
    async def load(self) -> None:
        """Look up what the reader asked for."""
        path = self.router.url.path
        lang, actor = lang_of_path(path), await actor_of(self)
        self.course, self.wished, self.error = "", "", ""
        if not actor.signed_in:
            return
        try:
            course = await course_page(last_part(path), actor=actor)
        except NotFoundError:
            return
        self.course = str(course.id)
        self.several = bool(actor.organizations_with(Permission.ENROLLMENT_CREATE))
        async with unit_of_work(actor) as uow:
            self._show(lang, await wishes.mine(uow, course.id))
            today = uow.clock.now().date()
        self.months = _months(lang, today)

    @rx.event
    @access.signed_in
    def begin(self) -> EventSpec:
        """Open the form."""
        self.error = ""
        self.opened += 1
        return ui.show_dialog(WISH_DIALOG)

    @rx.event
    @access.signed_in
    async def ask(self, form: dict[str, Any]) -> list[EventSpec] | None:
        """Ask, or change what was asked."""
        lang, course_id = lang_of_path(self.router.url.path), parse_id(self.course)
        if course_id is None:
            return None
        seats, month = text_of(form, "seats", 3) or "1", text_of(form, "month", 10)
        if not seats.isdecimal() or not 1 <= int(seats) <= wishes.MOST_SEATS:
            self.error = lang("wish-seats-wrong", most=wishes.MOST_SEATS)
            return None
        known = {one[0] for one in self.months}
        command = WishSession(seats=int(seats), from_month=date.fromisoformat(month) if month in known else None)
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                found = await wishes.wish(uow, course_id, command)
        except PygmalionError as error:
            self.error = error_text(lang.code, error)
            return None
        self._show(lang, found)
        return [ui.close_dialog(WISH_DIALOG), toasts.ok(lang("wish-done"))]

    @rx.event
    @access.signed_in
    async def take_back(self) -> EventSpec | None:
        """Take the wish back."""
        lang, course_id = lang_of_path(self.router.url.path), parse_id(self.course)
        if course_id is None:
            return None
        async with unit_of_work(await actor_of(self)) as uow:
            await wishes.take_back(uow, course_id)
        self._show(lang, None)
        return toasts.ok(lang("wish-taken-back"))

    def _show(self, lang: Lang, wish: WishView | None) -> None:
        self.seats = str(wish.seats) if wish else "1"
        self.month = wish.from_month.isoformat() if wish and wish.from_month else ""
        self.wished = _words(lang, wish) if wish else ""


def _words(lang: Lang, wish: WishView) -> str:
    when = lang("wish-from", month=month_name(lang, wish.from_month)) if wish.from_month else lang("wish-soon")
    return f"{lang('wish-seats', count=wish.seats)} · {when}"


def month_name(lang: Lang, month: date) -> str:
    """Return a month with its year."""
    return format_day(lang.code, month, pattern="MMMM y")


def _months(lang: Lang, today: date) -> list[list[str]]:
    first = 12 * today.year + today.month - 1
    months = [date(number // 12, number % 12 + 1, 1) for number in range(first, first + _MONTHS)]
    return [[one.isoformat(), month_name(lang, one)] for one in months]
