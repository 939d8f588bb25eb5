"""What people reported, and the administrator's decision."""

from dataclasses import dataclass, field
from typing import Any, Final

import reflex as rx
from pydantic import ValidationError
from reflex_base.event import EventSpec

from pygmalion_app.catalog import moderation
from pygmalion_app.catalog.moderation import DecideReports, ReportedContent
from pygmalion_app.catalog.moderation_models import ReportState
from pygmalion_app.core.errors import InvalidInputError, PygmalionError
from pygmalion_app.core.i18n import format_moment
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.catalog.state import page_numbers
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.enrollments.wording import title_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path

DECISION_DIALOG: Final = "moderate"
PAGE_SIZE: Final = 20


@dataclass
class ReportedRow:
    """One course or review that was reported, ready to read."""

    key: str = ""
    """The course's id and, of a review, its own."""
    kind: str = ""
    title: str = ""
    href: str = ""
    """The course's page; empty while it is hidden."""
    organization: str = ""
    comment: str = ""
    count: str = ""
    reasons: str = ""
    when: str = ""
    notes: list[str] = field(default_factory=list)
    any_notes: bool = False
    status: str = ""
    tone: Tone = "idle"
    answer: str = ""


class ModerationState(rx.State):
    """The queue, and the one that is decided on."""

    loaded: rx.Field[bool] = rx.field(False)
    state: rx.Field[str] = rx.field(ReportState.OPEN.value)
    rows: rx.Field[list[ReportedRow]] = rx.field(default_factory=list)
    page: rx.Field[int] = rx.field(1)
    pages: rx.Field[int] = rx.field(1)
    numbers: rx.Field[list[int]] = rx.field(default_factory=list)
    chosen: rx.Field[ReportedRow] = rx.field(default_factory=ReportedRow)
    error: rx.Field[str] = rx.field("")
    opened: rx.Field[int] = rx.field(0)

    @rx.event
    @access.platform_admin
    async def load(self) -> None:
        """Read what waits."""
        self.state, self.page = ReportState.OPEN.value, 1
        await self._read()
        self.loaded = True

    @rx.event
    @access.platform_admin
    async def choose(self, state: str) -> None:
        """Show what waits, was kept, or is hidden."""
        self.state, self.page = state if state in set(ReportState) else ReportState.OPEN.value, 1
        await self._read()

    @rx.event
    @access.platform_admin
    async def turn(self, page: int) -> None:
        """Show another page."""
        self.page = page if isinstance(page, int) and 1 <= page <= self.pages else 1
        await self._read()

    @rx.event
    @access.platform_admin
    def begin(self, key: str) -> EventSpec | None:
        """Ask what is to become of one."""
        found = next((row for row in self.rows if row.key == key), None)
        if found is None:
            return None
        self.chosen, self.error = found, ""
        self.opened += 1
        return ui.show_dialog(DECISION_DIALOG)

    @rx.event
    @access.platform_admin
    async def decide(self, form: dict[str, Any]) -> list[EventSpec] | None:
        """Keep, hide, or write to the school."""
        lang = lang_of_path(self.router.url.path)
        course, _, review = self.chosen.key.partition(" ")
        try:
            wanted = DecideReports.model_validate(
                {
                    "course_id": parse_id(course),
                    "review_id": parse_id(review),
                    "decision": text_of(form, "decision", 10),
                    "answer": text_of(form, "answer", 2_000),
                }
            )
            async with unit_of_work(await actor_of(self)) as uow:
                await moderation.decide(uow, wanted)
        except (ValidationError, InvalidInputError):
            self.error = lang("moderation-answer-missing")
            return None
        except PygmalionError as error:
            self.error = error_text(lang.code, error)
            return None
        await self._read()
        return [ui.close_dialog(DECISION_DIALOG), toasts.ok(lang(f"moderation-done-{wanted.decision}"))]

    async def _read(self) -> None:
        lang = lang_of_path(self.router.url.path)
        async with unit_of_work(await actor_of(self)) as uow:
            found = await moderation.queue(uow, ReportState(self.state), PageRequest(self.page, PAGE_SIZE))
        self.pages = max(1, -(-found.total // PAGE_SIZE))
        self.numbers = page_numbers(self.page, self.pages)
        self.rows = [_row(lang, one) for one in found.items]


def _row(lang: Lang, one: ReportedContent) -> ReportedRow:
    word, tone = ("hidden", "bad") if one.hidden else ("open", "warn") if one.state == "open" else ("kept", "ok")
    on_page = one.review_id is not None or not one.hidden
    return ReportedRow(
        key=f"{one.course_id} {one.review_id or ''}".strip(),
        kind=lang("moderation-review" if one.review_id else "moderation-course"),
        title=title_of(lang, one.title, one.title_en),
        href=lang.path("course", slug=one.slug) if on_page else "",
        organization=one.organization,
        comment=f"« {one.comment} » ({one.rating}/5)" if one.review_id else "",
        count=lang("moderation-count", count=one.reports),
        reasons=", ".join(lang(f"report-reason-{reason}") for reason in one.reasons),
        when=format_moment(lang.code, one.last_at),
        notes=list(one.notes),
        any_notes=bool(one.notes),
        status=lang(f"moderation-state-{word}"),
        tone=tone,
        answer=one.answer,
    )
