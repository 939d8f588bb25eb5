"""An organisation's own courses, and the planning of their sessions."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import reflex as rx
from pydantic import ValidationError
from reflex_base.event import EventSpec

from pygmalion_app.catalog import service as catalog
from pygmalion_app.catalog.schemas import OwnCourse
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import InvalidInputError, PygmalionError
from pygmalion_app.core.i18n import format_money
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.kyc import queries as kyc
from pygmalion_app.organizations import service as organizations
from pygmalion_app.sessions import service as sessions
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.enrollments.wording import title_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import fields_at_fault
from pygmalion_app.ui.i18n import Lang, lang_of_path
from pygmalion_app.ui.sessions.plan_forms import read_session

SESSION_DIALOG = "new-session"
MOST = 100
_TONES: dict[str, Tone] = {"draft": "warn", "published": "ok", "archived": "idle"}
_FIELDS = {"start_date": "first_day", "end_date": "to_time", "changes_until_days": "changes_days"}
"""Where a command's fields stand in the form."""


@dataclass
class CourseRow:
    """One course of the organisation."""

    id: str
    slug: str
    title: str
    category: str
    price: str
    status: str
    tone: Tone
    draft: bool
    open: bool
    """Whether sessions can be planned."""


@dataclass
class TrainerRow:
    """Somebody who may lead a session."""

    id: str
    name: str


class OwnCoursesState(rx.State):
    """The list and the form of a session."""

    loaded: rx.Field[bool] = rx.field(False)
    unverified: rx.Field[bool] = rx.field(False)
    """Whether one of the reader's organisations may not publish yet."""
    rows: rx.Field[list[CourseRow]] = rx.field(default_factory=list)
    trainers: rx.Field[list[TrainerRow]] = rx.field(default_factory=list)
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    form_error: rx.Field[str] = rx.field("")
    made: rx.Field[int] = rx.field(0)
    """Counts what was made; the forms start afresh with it."""
    planning: rx.Field[str] = rx.field("")
    """Title of the course whose session is being planned."""

    _course_id: str = ""

    @rx.event
    @access.requires(Permission.COURSE_CREATE)
    async def load(self) -> None:
        """Read the courses of the reader's organisations, newest first."""
        await self._read(await actor_of(self))

    @rx.event
    @access.requires(Permission.SESSION_CREATE)
    async def begin_session(self, course: str) -> EventSpec | None:
        """Open an empty form for a session of a course."""
        row = next((row for row in self.rows if row.id == course and row.open), None)
        if row is None:
            return None
        self._course_id, self.planning = row.id, row.title
        self.errors, self.form_error = {}, ""
        return ui.show_dialog(SESSION_DIALOG)

    @rx.event
    @access.requires(Permission.SESSION_CREATE)
    async def create_session(self, form: dict[str, Any]) -> list[EventSpec]:
        """Plan a session."""
        lang, actor = self._lang(), await actor_of(self)
        try:
            command = read_session(form)
            async with unit_of_work(actor) as uow:
                await sessions.create_session(uow, UUID(self._course_id), command)
        except (PygmalionError, ValidationError) as error:
            return self._show_faults(error)
        await self._done(actor)
        return [ui.close_dialog(SESSION_DIALOG), toasts.ok(lang("courses-planned"))]

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)

    def _show_faults(self, error: PygmalionError | ValidationError) -> list[EventSpec]:
        lang = self._lang()
        self.errors, self.form_error = {}, ""
        if isinstance(error, ValidationError):
            names = [_FIELDS.get(name, name) for name in fields_at_fault(error)]
            self.errors = {name: lang("courses-field-error") for name in names}
        elif isinstance(error, InvalidInputError) and type(error) is InvalidInputError and error.field:
            self.errors = {error.field: lang("courses-field-error")}
        else:
            self.form_error = error_text(lang.code, error)
        return []

    async def _done(self, actor: Actor) -> None:
        self.errors, self.form_error, self.made = {}, "", self.made + 1
        await self._read(actor)

    async def _read(self, actor: Actor) -> None:
        lang = self._lang()
        trainers: list[TrainerRow] = []
        async with unit_of_work(actor) as uow:
            verified = [await kyc.is_verified(uow, one) for one in actor.organizations_with(Permission.COURSE_UPDATE)]
            page = await catalog.own_courses(uow, PageRequest(1, MOST))
            for organization_id in actor.organizations_with(Permission.SESSION_CREATE):
                found = await organizations.trainers(uow, organization_id)
                trainers += [TrainerRow(str(one.user_id), f"{one.first_name} {one.last_name}") for one in found]
        self.trainers, self.unverified = trainers, not all(verified)
        self.rows = [_row(lang, course) for course in page.items]
        self.loaded = True


def _row(lang: Lang, course: OwnCourse) -> CourseRow:
    status = course.status.lower()
    return CourseRow(
        id=str(course.id),
        slug=course.slug,
        title=title_of(lang, course.title, course.title_en),
        category=lang(f"category-{course.category}"),
        price=format_money(lang.code, course.price_cents, course.currency),
        status=lang(f"courses-{status}"),
        tone=_TONES.get(status, "idle"),
        draft=status == "draft",
        open=status != "archived",
    )
