"""The review queue of sign-ins and orders, for the platform's administrators."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import reflex as rx
from pydantic import ValidationError
from reflex_base.event import EventSpec

from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.i18n import format_moment
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.unit_of_work import container, unit_of_work
from pygmalion_app.risk import service
from pygmalion_app.risk.models import Decision, ReviewState, Subject
from pygmalion_app.risk.schemas import AssessmentRow, AssessmentView, Decide
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.catalog.state import page_numbers
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path

PAGE_SIZE = 20
_STRONG = 75


@dataclass
class RiskRow:
    """One sign-in or order, ready to read."""

    id: str
    name: str
    email: str
    kind: str
    when: str
    score: str
    tone: Tone
    reasons: list[str]
    any_reasons: bool


@dataclass
class ReasonRow:
    """One signal in words, and what it added."""

    text: str
    points: str


@dataclass
class DecisionRow:
    """What somebody did."""

    what: str
    who: str
    note: str


class RiskState(rx.State):
    """The list, what narrows it, and the one that is looked at."""

    loaded: rx.Field[bool] = rx.field(False)
    lead: rx.Field[str] = rx.field("")
    state: rx.Field[str] = rx.field(ReviewState.OPEN.value)
    kind: rx.Field[str] = rx.field("")
    rows: rx.Field[list[RiskRow]] = rx.field(default_factory=list)
    page: rx.Field[int] = rx.field(1)
    pages: rx.Field[int] = rx.field(1)
    numbers: rx.Field[list[int]] = rx.field(default_factory=list)
    chosen: rx.Field[str] = rx.field("")
    title: rx.Field[str] = rx.field("")
    score: rx.Field[str] = rx.field("")
    tone: rx.Field[str] = rx.field("idle")
    reasons: rx.Field[list[ReasonRow]] = rx.field(default_factory=list)
    history: rx.Field[list[DecisionRow]] = rx.field(default_factory=list)
    note_error: rx.Field[str] = rx.field("")
    made: rx.Field[int] = rx.field(0)
    """Counts decisions; the form starts afresh with each."""

    @rx.event
    @access.platform_admin
    async def load(self) -> None:
        """Read the queue."""
        self.chosen = ""
        self.lead = self._lang()("risk-lead", threshold=container().settings.risk_threshold)
        await self._read()
        self.loaded = True

    @rx.event
    @access.platform_admin
    async def choose_state(self, state: str) -> None:
        """Narrow by what became of them."""
        self.state, self.page, self.chosen = state if state in set(ReviewState) else ReviewState.OPEN.value, 1, ""
        await self._read()

    @rx.event
    @access.platform_admin
    async def choose_kind(self, kind: str) -> None:
        """Narrow to sign-ins or orders."""
        self.kind, self.page, self.chosen = kind if kind in set(Subject) else "", 1, ""
        await self._read()

    @rx.event
    @access.platform_admin
    async def turn(self, page: int) -> None:
        """Show another page."""
        self.page, self.chosen = page if isinstance(page, int) and 1 <= page <= self.pages else 1, ""
        await self._read()

    @rx.event
    @access.platform_admin
    async def see(self, assessment: str) -> EventSpec | None:
        """Look at one closely."""
        found = parse_id(assessment)
        if found is None:
            return None
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                self._show(await service.assessment(uow, found))
        except PygmalionError as error:
            return toasts.bad(error_text(self._lang().code, error))
        return None

    @rx.event
    @access.platform_admin
    def close(self) -> None:
        """Return to the list."""
        self.chosen = ""

    @rx.event
    @access.platform_admin
    async def decide(self, form: dict[str, Any]) -> EventSpec | None:
        """Approve, note, or write to the person; the form's `decision` says which."""
        lang, found = self._lang(), parse_id(self.chosen)
        if found is None:
            return None
        self.note_error = ""
        try:
            wanted = Decide.model_validate({"decision": form.get("decision"), "note": text_of(form, "note", 2000)})
        except ValidationError:
            self.note_error = lang("risk-note-missing")
            return None
        return await self._decided(found, wanted)

    async def _decided(self, found: UUID, wanted: Decide) -> EventSpec:
        lang, actor = self._lang(), await actor_of(self)
        try:
            async with unit_of_work(actor) as uow:
                self._show(await service.decide(uow, found, wanted))
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        self.made += 1
        if wanted.decision is not Decision.NOTE:
            self.chosen = ""
        await self._read()
        return toasts.ok(lang(f"risk-done-{wanted.decision}"))

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)

    async def _read(self) -> None:
        kind = Subject(self.kind) if self.kind else None
        async with unit_of_work(await actor_of(self)) as uow:
            found = await service.queue(
                uow, PageRequest(self.page, PAGE_SIZE), state=ReviewState(self.state), kind=kind
            )
        self.rows = [self._row(row) for row in found.items]
        self.pages = max(1, -(-found.total // PAGE_SIZE))
        self.numbers = page_numbers(self.page, self.pages)

    def _row(self, row: AssessmentRow) -> RiskRow:
        lang = self._lang()
        reasons = [reason.text for reason in _reasons(lang, row)]
        return RiskRow(
            id=str(row.id),
            name=row.name,
            email=row.email,
            kind=lang(f"risk-kind-{row.kind}"),
            when=format_moment(lang.code, row.happened_at),
            score=str(row.score),
            tone=_tone(row.score),
            reasons=reasons,
            any_reasons=bool(reasons),
        )

    def _show(self, view: AssessmentView) -> None:
        lang = self._lang()
        self.chosen, self.note_error = str(view.id), ""
        kind = lang(f"risk-kind-{view.kind}")
        self.title = f"{view.name} · {kind}, {format_moment(lang.code, view.happened_at)}"
        self.score, self.tone = lang("risk-score", score=view.score), _tone(view.score)
        self.reasons = _reasons(lang, view)
        self.history = [
            DecisionRow(
                what=lang(f"risk-decision-{one.decision}"),
                who=lang("risk-by", name=one.decided_by, moment=format_moment(lang.code, one.decided_at)),
                note=one.note,
            )
            for one in view.decisions
        ]


def _reasons(lang: Lang, row: AssessmentRow) -> list[ReasonRow]:
    return [
        ReasonRow(lang(f"risk-signal-{one.signal}", counted=one.counted), lang("risk-points", points=one.points))
        for one in row.signals
    ]


def _tone(score: int) -> Tone:
    if score >= _STRONG:
        return "bad"
    return "warn" if score >= container().settings.risk_threshold else "idle"
