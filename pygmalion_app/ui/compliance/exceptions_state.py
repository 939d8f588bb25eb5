"""What stands beside the rules: people's exemptions, and courses that stand for others."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from pydantic import ValidationError
from reflex_base.event import EventSpec

from pygmalion_app.certificates import external_queries
from pygmalion_app.compliance import equivalences, exemptions, queries
from pygmalion_app.compliance.exception_schemas import (
    EquivalenceInput,
    EquivalencePreview,
    EquivalenceView,
    ExemptionLine,
)
from pygmalion_app.compliance.matrix import matrix
from pygmalion_app.compliance.rule_schemas import PreviewPerson
from pygmalion_app.compliance.schemas import MatrixFilters
from pygmalion_app.compliance.workplace_schemas import ExemptInput
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.unit_of_work import UnitOfWork, unit_of_work
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.compliance.rules_state import MANAGE
from pygmalion_app.ui.compliance.wording import day_of
from pygmalion_app.ui.enrollments.wording import title_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path
from pygmalion_app.ui.organizations.chosen import chosen_organization

EXEMPTION_DIALOG = "new-exemption"
EQUIVALENCE_DIALOG = "new-equivalence"
END_DIALOG = "end-exception"
TAB = "exceptions"
FIELDS = {"code": "equal_code", "satisfies_code": "equal_satisfies"}
"""An equivalence's courses in its form; other forms of the page have a `code` too."""
PEOPLE_OFFERED = 5
NAMES_SHOWN = 12


@dataclass
class ExemptionRow:
    """Somebody's exemption."""

    id: str
    name: str
    place: str
    title: str
    reason: str
    until: str
    granted: str
    current: bool


@dataclass
class EquivalenceRow:
    """A course that stands for another one; the profession's own cannot be ended here."""

    id: str
    course: str
    counts_for: str
    own: bool


@dataclass
class Candidate:
    """Somebody whom the search finds."""

    id: str
    name: str
    place: str


class ExceptionsState(rx.State):
    """Both lists, and what a form is about."""

    organization: rx.Field[str] = rx.field("")
    exemptions: rx.Field[list[ExemptionRow]] = rx.field(default_factory=list)
    equivalences: rx.Field[list[EquivalenceRow]] = rx.field(default_factory=list)
    requirements: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    types: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    opened: rx.Field[int] = rx.field(0)
    """Counts the dialogs opened; their forms start afresh with it."""
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    form_error: rx.Field[str] = rx.field("")
    candidates: rx.Field[list[Candidate]] = rx.field(default_factory=list)
    searched: rx.Field[bool] = rx.field(False)
    effect: rx.Field[str] = rx.field("")
    """Whom an equivalence would change, in words."""
    names: rx.Field[list[str]] = rx.field(default_factory=list)
    ending: rx.Field[str] = rx.field("")
    """What the last dialog asks about, in words."""
    ending_name: rx.Field[str] = rx.field("")

    _pair: dict[str, str] = {}  # noqa: RUF012 - a state's field
    _ends: str = ""
    _ends_exemption: bool = False

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read both lists where the address shows them."""
        actor = await actor_of(self)
        found = chosen_organization(self, actor, MANAGE)
        self.organization = str(found or "")
        if found is not None and self.router.url.query_parameters.get("tab", "") == TAB:
            await self._read(actor)

    @rx.event
    @access.requires(MANAGE)
    def begin_exemption(self) -> EventSpec:
        """Open the form of a new exemption."""
        self._begin()
        return ui.show_dialog(EXEMPTION_DIALOG)

    @rx.event
    @access.requires(MANAGE)
    async def find(self, text: str) -> None:
        """Offer the people whose name is searched for."""
        organization_id, query = parse_id(self.organization), str(text).strip()[:80]
        self.candidates, self.searched = [], bool(query)
        if organization_id is None or not query:
            return
        async with unit_of_work(await actor_of(self)) as uow:
            wanted = MatrixFilters(q=query, limit=PEOPLE_OFFERED, columns=False)
            found = await matrix(uow, organization_id, wanted)
        self.candidates = [
            Candidate(str(one.user_id), one.name, " · ".join(part for part in (one.job_role, one.site) if part))
            for one in found.people
        ]

    @rx.event
    @access.requires(MANAGE)
    async def grant(self, form: dict[str, Any]) -> list[EventSpec] | None:
        """Exempt whoever was chosen."""
        lang, organization_id = self._lang(), parse_id(self.organization)
        user_id, key = parse_id(text_of(form, "member")), text_of(form, "requirement")
        reason, until = text_of(form, "reason", 1_000), text_of(form, "until")
        needed = {"member": user_id, "requirement": key, "reason": reason}
        self.errors = {name: lang(f"exceptions-{name}-needed") for name, given in needed.items() if not given}
        if self.errors or organization_id is None:
            return None
        try:
            wanted = ExemptInput.model_validate(
                {"user_id": user_id, "requirement_key": key, "reason": reason, "until": until or None}
            )
        except ValidationError:
            self.errors = {"until": lang("exceptions-until-wrong")}
            return None
        return await self._do(
            lambda uow: exemptions.exempt(uow, organization_id, wanted), EXEMPTION_DIALOG, "cell-exempt-granted"
        )

    @rx.event
    @access.requires(MANAGE)
    def begin_equivalence(self) -> EventSpec:
        """Open the form of a new equivalence."""
        self._begin()
        return ui.show_dialog(EQUIVALENCE_DIALOG)

    @rx.event
    @access.requires(MANAGE)
    async def look(self, name: str, value: str) -> None:
        """Say whom the equivalence in the form would change."""
        if name not in FIELDS:
            return
        self._pair = self._pair | {name: str(value)}
        self.effect, self.names, self.form_error = "", [], ""
        organization_id = parse_id(self.organization)
        if organization_id is None or not all(self._pair.get(one) for one in FIELDS):
            return
        try:
            wanted = EquivalenceInput.model_validate(self._pair)
            async with unit_of_work(await actor_of(self)) as uow:
                found = await equivalences.preview(uow, organization_id, wanted)
        except (PygmalionError, ValidationError) as error:
            self.form_error = self._fault(error)
            return
        self.effect, self.names = self._said("met", found.met_people), _names(found.met)

    @rx.event
    @access.requires(MANAGE)
    async def add_equivalence(self, form: dict[str, Any]) -> list[EventSpec] | None:
        """Let one course stand for another."""
        organization_id = parse_id(self.organization)
        given = {name: text_of(form, field) for name, field in FIELDS.items()}
        if organization_id is None or not all(given.values()):
            self.form_error = self._lang()("exceptions-courses-needed")
            return None
        wanted = EquivalenceInput.model_validate(given)
        return await self._do(
            lambda uow: equivalences.add(uow, organization_id, wanted), EQUIVALENCE_DIALOG, "equivalences-added"
        )

    @rx.event
    @access.requires(MANAGE)
    def begin_end_exemption(self, exemption: str) -> EventSpec | None:
        """Ask whether an exemption is to end now."""
        self._begin()
        row = next((row for row in self.exemptions if row.id == exemption), None)
        if row is None:
            return None
        self._ends, self._ends_exemption = row.id, True
        self.ending_name, self.ending = row.name, self._lang()("exemptions-end-text", title=row.title)
        return ui.show_dialog(END_DIALOG)

    @rx.event
    @access.requires(MANAGE)
    async def begin_end_equivalence(self, equivalence: str) -> EventSpec | None:
        """Ask whether an equivalence is to end now, and say who would miss it."""
        self._begin()
        row = next((row for row in self.equivalences if row.id == equivalence and row.own), None)
        equivalence_id = parse_id(equivalence)
        if row is None or equivalence_id is None:
            return None
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                found: EquivalencePreview = await equivalences.preview_removal(uow, equivalence_id)
        except PygmalionError as error:
            return toasts.bad(self._fault(error))
        self._ends, self._ends_exemption = row.id, False
        self.ending_name, self.ending = f"{row.course} → {row.counts_for}", self._said("lost", found.lost_people)
        self.names = _names(found.lost)
        return ui.show_dialog(END_DIALOG)

    @rx.event
    @access.requires(MANAGE)
    async def end(self) -> list[EventSpec] | None:
        """End what the dialog asks about."""
        found = parse_id(self._ends)
        if found is None:
            return None
        if self._ends_exemption:
            return await self._do(lambda uow: exemptions.withdraw(uow, found), END_DIALOG, "cell-exempt-ended")
        return await self._do(lambda uow: equivalences.remove(uow, found), END_DIALOG, "equivalences-ended")

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)

    def _begin(self) -> None:
        self.errors, self.form_error, self.opened = {}, "", self.opened + 1
        self.candidates, self.searched, self.effect, self.names, self._pair = [], False, "", [], {}

    def _said(self, turn: str, count: int) -> str:
        return self._lang()(f"equivalences-{turn}", count=count)

    def _fault(self, error: Exception) -> str:
        lang = self._lang()
        return error_text(lang.code, error) if isinstance(error, PygmalionError) else lang("exceptions-courses-needed")

    async def _do(self, service: Any, dialog: str, done: str) -> list[EventSpec] | None:
        actor = await actor_of(self)
        try:
            async with unit_of_work(actor) as uow:
                await service(uow)
        except PygmalionError as error:
            self.form_error = self._fault(error)
            return None
        await self._read(actor)
        return [ui.close_dialog(dialog), toasts.ok(self._lang()(done))]

    async def _read(self, actor: Actor) -> None:
        organization_id = parse_id(self.organization)
        if organization_id is None:
            return
        async with unit_of_work(actor) as uow:
            await self._read_lists(uow, organization_id)

    async def _read_lists(self, uow: UnitOfWork, organization_id: Any) -> None:
        lang = self._lang()
        self.exemptions = [_exemption(lang, one) for one in await exemptions.listing(uow, organization_id)]
        self.equivalences = [_equivalence(lang, one) for one in await equivalences.listing(uow, organization_id)]
        asked = sorted(
            (await queries.titles(uow, organization_id)).values(), key=lambda it: (it["position"], it["key"])
        )
        self.requirements = {one["key"]: title_of(lang, one["title"], one["title_en"]) for one in asked}
        kinds = await external_queries.types(uow)
        self.types = {kind.code: f"{title_of(lang, kind.title, kind.title_en)} ({kind.code})" for kind in kinds}


def _exemption(lang: Lang, one: ExemptionLine) -> ExemptionRow:
    granted = lang("cell-exempt-since", day=day_of(lang, one.granted_at.date()), name=one.granted_by)
    if one.until is None:
        until = lang("cell-exempt-forever")
    else:
        until = lang("cell-exempt-last" if one.current else "exemptions-over", day=day_of(lang, one.until))
    return ExemptionRow(
        id=str(one.id),
        name=one.name,
        place=" · ".join(part for part in (one.job_role, one.site) if part),
        title=title_of(lang, one.title, one.title_en),
        reason=one.reason,
        until=until,
        granted=granted if one.granted_by else "",
        current=one.current,
    )


def _equivalence(lang: Lang, one: EquivalenceView) -> EquivalenceRow:
    return EquivalenceRow(
        id=str(one.id),
        course=f"{title_of(lang, one.title, one.title_en)} ({one.code})",
        counts_for=f"{title_of(lang, one.satisfies_title, one.satisfies_title_en)} ({one.satisfies_code})",
        own=one.organization_id is not None,
    )


def _names(people: list[PreviewPerson]) -> list[str]:
    return [one.name for one in people[:NAMES_SHOWN]] + (["…"] if len(people) > NAMES_SHOWN else [])
