"""The yearly training report on screen, and what a school states for it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import reflex as rx

from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.i18n import format_duration, format_money, format_number
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.enrollments.models import TraineeKind
from pygmalion_app.reports import bpf_file, bpf_statements, financial
from pygmalion_app.reports.bpf import bpf
from pygmalion_app.reports.bpf_schemas import REASSURING, BpfReport, Missing, MissingData
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path
from pygmalion_app.ui.organizations.chosen import chosen_organization

_YEARS = 5


@dataclass
class MoneyLine:
    """One line of frame C."""

    number: str
    name: str
    orders: str
    cents: str


@dataclass
class PeopleLine:
    """One line of another frame."""

    name: str
    people: str
    hours: str


@dataclass
class Frame:
    """One frame of people."""

    title: str
    lines: list[PeopleLine]


@dataclass
class GapRow:
    """What is missing; `states` says whether it is stated here: `trainee`, `trainer`, or empty."""

    id: str
    text: str
    tone: Tone
    word: str
    action: str
    href: str
    states: str


class BpfState(rx.State):
    """The report of the year in view."""

    loaded: rx.Field[bool] = rx.field(False)
    year: rx.Field[str] = rx.field("")
    years: rx.Field[list[str]] = rx.field(default_factory=list)
    identity: rx.Field[str] = rx.field("")
    income: rx.Field[list[MoneyLine]] = rx.field(default_factory=list)
    income_total: rx.Field[str] = rx.field("")
    frames: rx.Field[list[Frame]] = rx.field(default_factory=list)
    figures: rx.Field[list[PeopleLine]] = rx.field(default_factory=list)
    gaps: rx.Field[list[GapRow]] = rx.field(default_factory=list)
    gaps_word: rx.Field[str] = rx.field("")

    @rx.event
    @access.requires(Permission.REPORT_READ)
    async def load(self) -> Any:
        """Show last year: it is the one to be declared."""
        self.year = ""
        return await self._read()

    @rx.event
    @access.requires(Permission.REPORT_READ)
    async def choose(self, form: dict[str, Any]) -> Any:
        """Show another year."""
        chosen = text_of(form, "bpf_year", 4)
        if chosen in self.years:
            self.year = chosen
        return await self._read()

    @rx.event
    @access.requires(Permission.REPORT_READ)
    async def state_trainee(self, participant: str, kind: str) -> Any:
        """State who a participant was."""
        enrollment_id = parse_id(participant)
        if enrollment_id is None or kind not in {one.value for one in TraineeKind if one}:
            return None
        return await self._state(enrollment_id, trainee=TraineeKind(kind))

    @rx.event
    @access.requires(Permission.REPORT_READ)
    async def state_trainer(self, member: str, kind: str) -> Any:
        """State whether a trainer is staff."""
        user_id = parse_id(member)
        if user_id is None or kind not in {"internal", "external"}:
            return None
        return await self._state(user_id, external=kind == "external")

    async def _state(self, subject: UUID, trainee: TraineeKind | None = None, external: bool = False) -> Any:
        lang, actor = lang_of_path(self.router.url.path), await actor_of(self)
        organization = self._organization(actor)
        if organization is None:
            return None
        try:
            async with unit_of_work(actor) as uow:
                if trainee is not None:
                    await bpf_statements.say_trainee(uow, organization, subject, trainee)
                else:
                    await bpf_statements.say_trainer(uow, organization, subject, external=external)
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        await self._read()
        return toasts.ok(lang("bpf-stated"))

    def _organization(self, actor: Actor) -> UUID | None:
        return chosen_organization(self, actor, Permission.REPORT_READ)

    async def _read(self) -> Any:
        lang, actor = lang_of_path(self.router.url.path), await actor_of(self)
        organization = self._organization(actor)
        if organization is None:
            return None
        try:
            async with unit_of_work(actor) as uow:
                today = financial.local_day(uow)
                found = await bpf(uow, organization, int(self.year or today.year - 1))
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        self.year, self.years = str(found.year), [str(today.year - back) for back in range(_YEARS)]
        self._show(lang, found)
        self.loaded = True
        return None

    def _show(self, lang: Lang, found: BpfReport) -> None:
        self.identity = lang("bpf-identity", nda=found.nda or "–", siret=found.siret or "–")
        self.income = [
            MoneyLine(
                number=one.source.value,
                name=lang(f"bpf-source-{one.source.value}"),
                orders=format_number(lang.code, one.orders),
                cents=format_money(lang.code, one.cents),
            )
            for one in found.income
        ]
        self.income_total = format_money(lang.code, found.income_cents)
        self.frames = [
            Frame(lang(title), [_line(lang, name, line.people, line.minutes) for name, line in lines])
            for title, lines in bpf_file.frames(lang.code, found)
        ]
        self.figures = [
            _line(lang, lang("bpf-figure-trainees"), found.total.people, found.total.minutes),
            _line(
                lang,
                lang("bpf-figure-trainers"),
                sum(one.people for one in found.trainers),
                sum(one.minutes for one in found.trainers),
            ),
        ]
        self.gaps = [_gap(lang, one) for one in found.missing]
        self.gaps_word = lang("bpf-missing-count", count=len(found.missing))


def _line(lang: Lang, name: str, people: int, minutes: int) -> PeopleLine:
    return PeopleLine(name, format_number(lang.code, people), format_duration(lang.code, minutes))


def _gap(lang: Lang, one: MissingData) -> GapRow:
    match one.kind:
        case Missing.UNJUDGED | Missing.NO_TRAINER:
            href = lang.path("teach-session", session_id=str(one.session_id))
        case Missing.SHEET:
            href = lang.path("teach-attendance", session_id=str(one.session_id))
        case Missing.OBJECTIVE | Missing.NSF:
            href = lang.path("teach-courses")
        case Missing.FUNDER | Missing.FUNDING | Missing.CURRENCY:
            href = lang.path("organization-invoices")
        case Missing.NDA | Missing.SIRET:
            href = lang.path("organization-settings")
        case Missing.TRAINEE | Missing.TRAINER:
            href = ""
    soft = one.kind in REASSURING
    return GapRow(
        id=str(one.enrollment_id or one.user_id or ""),
        text=bpf_file.gap(lang.code, one),
        tone="info" if soft else "warn",
        word=lang("bpf-gap-soft" if soft else "bpf-gap"),
        action=lang("checks-go"),
        href=href,
        states=one.kind.value if one.kind in {Missing.TRAINEE, Missing.TRAINER} else "",
    )
