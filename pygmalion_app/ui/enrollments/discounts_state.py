"""A training organisation's discount codes, and until when its buyers change seats by themselves."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import reflex as rx
from pydantic import ValidationError
from reflex_base.event import EventSpec

from pygmalion_app.core.errors import InvalidInputError, PygmalionError
from pygmalion_app.core.i18n import format_day, format_money
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.enrollments import discounts
from pygmalion_app.enrollments.schemas import DiscountView, NewDiscount
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import field_name, fields_at_fault, text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path
from pygmalion_app.ui.organizations.chosen import chosen_organization

OFF_DIALOG = "discount-off"
_ZONE = ZoneInfo("Europe/Paris")
_TONES: dict[str, Tone] = {"good": "ok", "early": "info", "over": "idle", "used": "warn", "off": "idle"}


@dataclass
class CodeRow:
    """A code, ready to read."""

    id: str
    code: str
    value: str
    course: str
    period: str
    uses: str
    given: str
    state: str
    tone: Tone
    active: bool


@dataclass
class CourseChoice:
    """A course that a code can be for."""

    id: str
    title: str


class DiscountsState(rx.State):
    """The codes of the organisation on the page."""

    loaded: rx.Field[bool] = rx.field(False)
    organization: rx.Field[str] = rx.field("")
    withheld: rx.Field[bool] = rx.field(False)
    rows: rx.Field[list[CodeRow]] = rx.field(default_factory=list)
    courses: rx.Field[list[CourseChoice]] = rx.field(default_factory=list)
    kind: rx.Field[str] = rx.field("percent")
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    days: rx.Field[str] = rx.field("2")
    days_error: rx.Field[str] = rx.field("")
    version: rx.Field[int] = rx.field(0)
    """Changes with what is stored; the forms start afresh with it."""
    asked: rx.Field[str] = rx.field("")
    """The code that is about to be deactivated."""

    _asked_id: str = ""

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read the codes."""
        actor = await actor_of(self)
        found = chosen_organization(self, actor, Permission.COURSE_UPDATE)
        self.errors, self.days_error, self.kind = {}, "", "percent"
        self.withheld = found is None and bool(actor.withheld)
        self.organization = str(found or "")
        self.rows, self.courses = [], []
        if found is not None:
            await self._read(found)
            async with unit_of_work(actor) as uow:
                known = await discounts.courses(uow, found)
            every = CourseChoice("", self._lang()("discount-all-courses"))
            self.courses = [every, *(CourseChoice(str(key), title) for key, title in known)]
        self.version += 1
        self.loaded = True

    @rx.event
    @access.requires(Permission.COURSE_UPDATE)
    def choose_kind(self, kind: str) -> None:
        """Choose between a percentage and an amount."""
        self.kind = kind if kind in {"percent", "amount"} else "percent"

    @rx.event
    @access.requires(Permission.COURSE_UPDATE)
    async def create(self, form: dict[str, Any]) -> EventSpec | None:
        """Add a code."""
        lang, organization_id = self._lang(), parse_id(self.organization)
        if organization_id is None:
            return None
        self.errors = {}
        try:
            command = _command(form, self.kind)
            async with unit_of_work(await actor_of(self)) as uow:
                made = await discounts.create(uow, organization_id, command)
        except ValidationError as error:
            self.errors = {_field(name): _wrong(lang, _field(name)) for name in fields_at_fault(error)}
            return None
        except PygmalionError as error:
            name = _field(field_name(error.field or "code"))
            wrong = isinstance(error, InvalidInputError)
            self.errors = {name: _wrong(lang, name) if wrong else error_text(lang.code, error)}
            return None
        await self._read(organization_id)
        self.version += 1
        return toasts.ok(lang("discount-created", code=made.code))

    @rx.event
    @access.requires(Permission.COURSE_UPDATE)
    def ask_off(self, discount: str) -> EventSpec | None:
        """Ask before a code is deactivated: there is no way back."""
        row = next((row for row in self.rows if row.id == discount), None)
        if row is None:
            return None
        self.asked, self._asked_id = row.code, row.id
        return ui.show_dialog(OFF_DIALOG)

    @rx.event
    @access.requires(Permission.COURSE_UPDATE)
    async def deactivate(self) -> list[EventSpec] | None:
        """Let the code take nothing off any more."""
        lang, organization_id, code_id = self._lang(), parse_id(self.organization), parse_id(self._asked_id)
        if organization_id is None or code_id is None:
            return None
        self._asked_id = ""
        closing = ui.close_dialog(OFF_DIALOG)
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                await discounts.deactivate(uow, organization_id, code_id)
        except PygmalionError as error:
            return [closing, toasts.bad(error_text(lang.code, error))]
        await self._read(organization_id)
        return [closing, toasts.ok(lang("discount-off-done", code=self.asked))]

    @rx.event
    @access.requires(Permission.COURSE_UPDATE)
    async def save_days(self, form: dict[str, Any]) -> EventSpec | None:
        """Keep until how many days before a session buyers change seats by themselves."""
        lang, organization_id = self._lang(), parse_id(self.organization)
        text = text_of(form, "days", 4)
        self.days_error = "" if text.isdecimal() else lang("changes-days-error")
        if organization_id is None or self.days_error:
            return None
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                await discounts.set_changes_until(uow, organization_id, int(text))
        except PygmalionError:
            self.days_error = lang("changes-days-error")
            return None
        self.days = str(int(text))
        return toasts.ok(lang("changes-saved"))

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)

    async def _read(self, organization_id: UUID) -> None:
        lang = self._lang()
        async with unit_of_work(await actor_of(self)) as uow:
            found = await discounts.codes(uow, organization_id)
            self.days = str(await discounts.changes_until(uow, organization_id))
        self.rows = [_row(lang, one) for one in found]


def _command(form: dict[str, Any], kind: str) -> NewDiscount:
    """Return what the form asks for; ValidationError names the fields at fault."""
    given: dict[str, Any] = {"code": text_of(form, "code", 60)}
    value = text_of(form, "value", 20).replace("\u202f", "").replace("\xa0", "").replace(" ", "").replace(",", ".")
    if kind == "percent":
        given["percent"] = value or "?"
    else:
        given["amount_cents"] = _cents(value)
    if text_of(form, "course_id", 40):
        given["course_id"] = text_of(form, "course_id", 40)
    if text_of(form, "max_uses", 10):
        given["max_uses"] = text_of(form, "max_uses", 10)
    for name, later in (("valid_from", 0), ("valid_until", 1)):
        if text := text_of(form, name, 20):
            given[name] = _day(text, later)
    return NewDiscount.model_validate(given)


def _cents(text: str) -> object:
    try:
        cents = Decimal(text) * 100
    except InvalidOperation:
        return "?"
    return int(cents) if cents.is_finite() and cents == cents.to_integral_value() else "?"


def _day(text: str, later: int) -> object:
    """Return when a day begins, or, for the last day of a period, when the next one does."""
    try:
        day = date.fromisoformat(text) + timedelta(days=later)
    except (ValueError, OverflowError):
        return "?"
    return datetime.combine(day, time(), _ZONE)


def _field(name: str) -> str:
    """Return the form's name of a field: percentages and amounts share one."""
    return "value" if name in {"percent", "amount_cents"} else name


def _wrong(lang: Lang, name: str) -> str:
    return lang(f"discount-{name.replace('_', '-')}-error")


def _row(lang: Lang, one: DiscountView) -> CodeRow:
    value = f"−{one.percent} %" if one.percent else f"−{format_money(lang.code, one.amount_cents or 0)}"
    start = format_day(lang.code, one.valid_from) if one.valid_from else ""
    end = format_day(lang.code, one.valid_until - timedelta(seconds=1)) if one.valid_until else ""
    period = lang("discount-always")
    if start and end:
        period = lang("discount-between", start=start, end=end)
    elif start or end:
        period = lang("discount-from" if start else "discount-until", day=start or end)
    return CodeRow(
        id=str(one.id),
        code=one.code,
        value=value,
        course=one.course_title or lang("discount-all-courses"),
        period=period,
        uses=lang("discount-uses-of", uses=one.uses, most=one.max_uses) if one.max_uses else str(one.uses),
        given=format_money(lang.code, one.given_cents),
        state=lang(f"discount-state-{one.state}"),
        tone=_TONES[one.state],
        active=one.state not in {"off", "over"},
    )
