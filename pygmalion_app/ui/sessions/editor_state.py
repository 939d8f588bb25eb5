"""The course that is being written, and how it stands before it is published."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import reflex as rx
from pydantic import ValidationError
from reflex_base.event import EventSpec

from pygmalion_app.catalog import publishing
from pygmalion_app.catalog import service as catalog
from pygmalion_app.catalog.checks import CheckView, Item, Level
from pygmalion_app.core.errors import InvalidInputError, PygmalionError
from pygmalion_app.core.i18n import format_day, format_duration
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork, unit_of_work
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.enrollments.wording import title_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import field_name, fields_at_fault, text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path
from pygmalion_app.ui.sessions import course_forms
from pygmalion_app.ui.sessions.courses_state import OwnCoursesState

_TONES: dict[Level, Tone] = {Level.OK: "ok", Level.DOUBT: "warn", Level.FAULT: "bad"}
_FIELDS = {"duration_minutes": "hours", "price_cents": "price", "modalities": "modality-PRESENTIEL"} | {
    "language": "title_en"
}
"""Where an item of the list, or a field of a command, stands in the form."""
_ELSEWHERE = {
    Item.VERIFICATION: "organization-kyb",
    Item.QUALITY: "organization-kyb",
    Item.NDA: "organization-settings",
    Item.TRAINER: "teach-calendar",
}
_TO_THE_TOP = rx.call_script("scrollTo(0, 0)")


@dataclass
class CheckRow:
    """One item of the list: its word, what is wrong, and the field or page where it is mended."""

    name: str
    text: str
    word: str
    tone: Tone
    target: str
    """The field's id, or empty."""
    href: str
    """Another page, or empty."""
    plans: bool
    """Whether a session is what is missing."""


@dataclass
class TypeRow:
    """A course type to choose."""

    code: str
    title: str


class CourseEditorState(rx.State):
    """The form, kept as it is left field by field, and the list."""

    open: rx.Field[bool] = rx.field(False)
    course: rx.Field[str] = rx.field("")
    """Its id, empty while it is not written down."""
    draft: rx.Field[bool] = rx.field(True)
    archived: rx.Field[bool] = rx.field(False)
    heading: rx.Field[str] = rx.field("")
    version: rx.Field[int] = rx.field(0)
    """Grows where the form must show other values than those typed."""
    values: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    form_error: rx.Field[str] = rx.field("")
    types: rx.Field[list[TypeRow]] = rx.field(default_factory=list)
    wrong: rx.Field[list[CheckRow]] = rx.field(default_factory=list)
    """Faults, then doubts."""
    fine: rx.Field[list[CheckRow]] = rx.field(default_factory=list)
    faults: rx.Field[int] = rx.field(0)
    verdict: rx.Field[str] = rx.field("")
    verdict_tone: rx.Field[str] = rx.field("idle")

    @rx.event
    @access.requires(Permission.COURSE_UPDATE)
    async def begin(self, course: str) -> EventSpec | None:
        """Open a course of one's own; an empty id begins a new one."""
        lang, course_id = self._lang(), parse_id(course)
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                self.types = [
                    TypeRow(one.code, f"{title_of(lang, one.title, one.title_en)} ({one.code})")
                    for one in await publishing.course_types(uow)
                ]
                if course and course_id is None:
                    return None
                await self._show(uow, lang, course_id)
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        self.open, self.errors, self.form_error = True, {}, ""
        return _TO_THE_TOP

    @rx.event
    @access.requires(Permission.COURSE_UPDATE)
    def leave(self) -> EventSpec:
        """Go back to the list; what was not saved is gone."""
        self.open, self.values = False, {}
        return _TO_THE_TOP

    @rx.event
    @access.requires(Permission.COURSE_UPDATE)
    async def note(self, name: str, value: str) -> None:
        """Take in what one field says now, and look the course over again."""
        if name in course_forms.NAMES and isinstance(value, str) and self.values.get(name, "") != value:
            self.values = {**self.values, name: value}
            await self._look()

    @rx.event
    @access.requires(Permission.COURSE_UPDATE)
    async def tick(self, name: str, ticked: bool) -> None:
        """Take in one modality."""
        if name in course_forms.NAMES:
            self.values = {**self.values, name: "on" if ticked else ""}
            await self._look()

    @rx.event
    @access.requires(Permission.COURSE_UPDATE)
    async def choose_type(self, code: str) -> None:
        """Take the profession's own rule: what it says of the course replaces what the form says of it."""
        if not isinstance(code, str):
            return
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                kind = await publishing.course_type(uow, code)
        except InvalidInputError:
            return
        values = {**self.values, "type_code": code}
        if kind is not None:
            hours, minutes = divmod(kind.duration_minutes, 60)
            values |= {"legal_basis": kind.legal_basis, "category": kind.category}
            values |= {"validity_months": str(kind.validity_months or "")}
            if not values.get("hours") and not values.get("minutes"):
                values |= {"hours": str(hours), "minutes": str(minutes or "")}
            values["title"] = values.get("title") or kind.title
            values["title_en"] = values.get("title_en") or kind.title_en
        self.values, self.version = values, self.version + 1
        await self._look()

    @rx.event
    @access.requires(Permission.COURSE_UPDATE)
    async def save(self, form: dict[str, Any]) -> Any:
        """Keep the course as the form says."""
        lang = self._lang()
        texts = {name: text_of(form, name) for name in course_forms.NAMES if name in form}
        self.values = {**self.values, **texts}
        if not await self._keep():
            return None
        return [toasts.ok(lang("editor-saved")), OwnCoursesState.load]

    @rx.event
    @access.requires(Permission.COURSE_UPDATE)
    async def publish(self) -> Any:
        """Keep the course and show it to everybody."""
        lang = self._lang()
        if not await self._keep():
            return None
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                await catalog.publish_course(uow, UUID(self.course))
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        self.open = False
        return [toasts.ok(lang("courses-now-public")), OwnCoursesState.load, _TO_THE_TOP]

    async def _keep(self) -> bool:
        """Write down what the form says; False where a field is at fault, which is then named."""
        lang, course_id = self._lang(), parse_id(self.course)
        self.errors, self.form_error = {}, ""
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                if course_id is None:
                    course_id = await catalog.create_course(uow, course_forms.create(self.values))
                else:
                    await catalog.update_course(uow, course_id, course_forms.update(self.values))
                await uow.session.flush()
                await self._show(uow, lang, course_id)
        except (PygmalionError, ValidationError) as error:
            self._show_faults(lang, error)
            return False
        return True

    def _show_faults(self, lang: Lang, error: PygmalionError | ValidationError) -> None:
        if isinstance(error, ValidationError):
            names = [_FIELDS.get(name, name) for name in fields_at_fault(error)]
            self.errors = {name: lang("courses-field-error") for name in names}
        elif isinstance(error, InvalidInputError) and type(error) is InvalidInputError and error.field:
            self.errors = {_FIELDS.get(error.field, field_name(error.field)): lang("courses-field-error")}
        else:
            self.form_error = error_text(lang.code, error)

    async def _show(self, uow: UnitOfWork, lang: Lang, course_id: UUID | None) -> None:
        found = await publishing.own_course(uow, course_id)
        self.course = "" if course_id is None else str(course_id)
        self.draft, self.archived = found.status == "draft", found.status == "archived"
        self.heading = title_of(lang, found.title, found.title_en) or lang("courses-new")
        self.values = course_forms.written(found) if course_id else course_forms.written(found) | course_forms.empty()
        self.version += 1
        self._list(lang, await publishing.preview(uow, course_id, course_forms.sketch(self.values)))

    async def _look(self) -> None:
        async with unit_of_work(await actor_of(self)) as uow:
            found = await publishing.preview(uow, parse_id(self.course), course_forms.sketch(self.values))
        self._list(self._lang(), found)

    def _list(self, lang: Lang, found: tuple[CheckView, ...]) -> None:
        faults = [one for one in found if one.level is Level.FAULT]
        doubts = [one for one in found if one.level is Level.DOUBT]
        self.faults = len(faults)
        self.wrong = [_row(lang, one) for one in (*faults, *doubts)]
        self.fine = [_row(lang, one) for one in found if one.level is Level.OK]
        if faults:
            self.verdict, self.verdict_tone = lang("checks-faults", count=len(faults)), "bad"
        elif doubts:
            self.verdict, self.verdict_tone = lang("checks-doubts", count=len(doubts)), "warn"
        else:
            self.verdict, self.verdict_tone = lang("checks-fine"), "ok"

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)


def _row(lang: Lang, one: CheckView) -> CheckRow:
    name = one.item.name.lower().replace("_", "-")
    column, page = field_name(one.item.value), _ELSEWHERE.get(one.item)
    facts: dict[str, Any] = dict(one.facts)
    if one.item is Item.DURATION:
        facts |= {key: format_duration(lang.code, minutes) for key, minutes in facts.items()}
    if "day" in facts:
        facts["day"] = format_day(lang.code, facts["day"])
    here = page is None and one.item not in {Item.SESSION, Item.SUSPENSION}
    return CheckRow(
        name=lang(f"check-{name}"),
        text=lang(f"check-{name}-{one.reason}", **facts) if one.reason else "",
        word=lang(f"checks-{one.level.value}"),
        tone=_TONES[one.level],
        target=_FIELDS.get(column, column) if here else "",
        href=lang.path(page) if page else "",
        plans=one.item is Item.SESSION and one.level is not Level.OK,
    )
