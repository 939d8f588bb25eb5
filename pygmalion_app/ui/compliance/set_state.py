"""One requirement set: what is in force, the draft that changes it, and what publishing the draft would do."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import reflex as rx
from pydantic import ValidationError
from reflex_base.event import EventSpec

from pygmalion_app.certificates import external_queries
from pygmalion_app.compliance import rule_queries, rules
from pygmalion_app.compliance.models import Anchor
from pygmalion_app.compliance.rule_schemas import (
    Preview,
    PreviewPerson,
    RequirementView,
    SetDetail,
    VersionView,
    WriteRequirements,
)
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.unit_of_work import UnitOfWork, unit_of_work
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.compliance.rules_state import MANAGE, scope_of
from pygmalion_app.ui.compliance.wording import day_of, percent_of, percent_text
from pygmalion_app.ui.enrollments.wording import title_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path
from pygmalion_app.ui.organizations.settings_state import faults

FORM_DIALOG = "requirement-form"
ARCHIVE_DIALOG = "archive-set"
NAMES_SHOWN = 30
ALTERNATIVES = ("code", "code2", "code3")
"""Fields of the form: the course that satisfies a requirement, and others of which any will do."""


@dataclass
class RequirementRow:
    """One requirement as a line."""

    key: str
    title: str
    codes: str
    rule: str


@dataclass
class TurnRow:
    """Somebody whose standing would turn, and because of what."""

    name: str
    why: str


class SetState(rx.State):
    """The set in view, its draft, and the requirement that a form is about."""

    loaded: rx.Field[bool] = rx.field(False)
    name: rx.Field[str] = rx.field("")
    scope: rx.Field[str] = rx.field("")
    standing: rx.Field[str] = rx.field("")
    """Since when the version in force applies, or when the next one will."""
    drafting: rx.Field[bool] = rx.field(False)
    requirements: rx.Field[list[RequirementRow]] = rx.field(default_factory=list)
    types: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    day: rx.Field[str] = rx.field("")
    first_day: rx.Field[str] = rx.field("")
    loses: rx.Field[str] = rx.field("")
    losing: rx.Field[int] = rx.field(0)
    gains: rx.Field[str] = rx.field("")
    rate: rx.Field[str] = rx.field("")
    worse: rx.Field[list[TurnRow]] = rx.field(default_factory=list)
    more: rx.Field[str] = rx.field("")
    problem: rx.Field[str] = rx.field("")

    editing: rx.Field[str] = rx.field("")
    """The key of the requirement that the form changes; empty while it adds one."""
    form: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    form_error: rx.Field[str] = rx.field("")
    opened: rx.Field[int] = rx.field(0)

    _set: str = ""
    _draft: str = ""

    @rx.event
    @access.signed_in
    async def load(self) -> EventSpec | None:
        """Read the set that the address names, if it names one."""
        actor, wanted = await actor_of(self), parse_id(self.router.url.query_parameters.get("set", ""))
        self.loaded, self._set, self._draft = False, "", ""
        if wanted is None:
            return None
        try:
            await self._read(actor, wanted)
        except PygmalionError as error:
            lang = self._lang()
            return [rx.redirect(lang.path("team-rules")), toasts.bad(error_text(lang.code, error))]  # pyright: ignore[reportReturnType]
        self.loaded = True
        return None

    @rx.event
    @access.requires(MANAGE)
    async def edit(self) -> EventSpec | None:
        """Begin a draft from what is in force."""
        return await self._do(lambda uow: rules.start_draft(uow, UUID(self._set)), "")

    @rx.event
    @access.requires(MANAGE)
    async def begin(self, key: str) -> EventSpec | None:
        """Open the form of a requirement of the draft, or of a new one."""
        self.errors, self.form_error, self.opened, self.editing = {}, "", self.opened + 1, ""
        self.form = {"anchor": Anchor.DATE, "window_months": "0"}
        if parse_id(self._draft) is None:
            return None
        async with unit_of_work(await actor_of(self)) as uow:
            draft = await rule_queries.version(uow, UUID(self._draft))
        found = next((one for one in draft.requirements if one.key == key), None)
        if found is not None:
            self.editing, self.form = found.key, _form_of(found)
        return ui.show_dialog(FORM_DIALOG)

    @rx.event
    @access.requires(MANAGE)
    async def save(self, form: dict[str, Any]) -> EventSpec | None:
        """Put a requirement into the draft."""
        lang, key = self._lang(), self.editing
        codes = list(dict.fromkeys(code for name in ALTERNATIVES if (code := text_of(form, name))))
        self.errors, self.form_error = {}, ""
        if not codes:
            self.errors = {"code": lang("rules-code-needed")}
            return None
        given = {"codes": codes, "anchor": text_of(form, "anchor") or Anchor.DATE.value} | {
            name: text_of(form, name) or default for name, default in (("months", None), ("window_months", "0"))
        }
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                await self._replace(uow, key, given)
        except (PygmalionError, ValidationError) as error:
            self.errors, self.form_error = faults(lang, error)
            return None
        await self._read(await actor_of(self), UUID(self._set))
        return [ui.close_dialog(FORM_DIALOG), toasts.ok(lang("rules-saved"))]  # pyright: ignore[reportReturnType]

    @rx.event
    @access.requires(MANAGE)
    async def remove(self, key: str) -> EventSpec | None:
        """Take a requirement out of the draft."""
        return await self._do(lambda uow: self._replace(uow, key, None), "rules-removed")

    @rx.event
    @access.requires(MANAGE)
    async def choose_day(self, day: str) -> None:
        """Look at what publishing on another day would do."""
        try:
            self.day = date.fromisoformat(str(day)).isoformat()
        except ValueError:
            return
        actor = await actor_of(self)
        await self._look_ahead(actor)

    @rx.event
    @access.requires(MANAGE)
    async def publish(self) -> EventSpec | None:
        """Have the draft apply."""
        day = date.fromisoformat(self.day) if self.day else None
        return await self._do(lambda uow: rules.publish(uow, UUID(self._draft), day), "rules-published")

    @rx.event
    @access.requires(MANAGE)
    async def discard(self) -> EventSpec | None:
        """Throw the draft away."""
        return await self._do(lambda uow: rules.discard(uow, UUID(self._draft)), "rules-discarded")

    @rx.event
    @access.requires(MANAGE)
    async def archive(self) -> list[EventSpec] | None:
        """Have the set ask for nothing any more."""
        lang = self._lang()
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                await rules.archive(uow, UUID(self._set))
        except (PygmalionError, ValueError):
            return None
        return [
            ui.close_dialog(ARCHIVE_DIALOG),
            rx.redirect(lang.path("team-rules")),
            toasts.ok(lang("rules-archived")),
        ]

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)

    async def _do(self, service: Any, done: str) -> EventSpec | None:
        """Run a service on the set in view, and show what became of it."""
        lang, actor = self._lang(), await actor_of(self)
        if parse_id(self._set) is None:
            return None
        try:
            async with unit_of_work(actor) as uow:
                await service(uow)
        except (PygmalionError, ValueError) as error:
            return toasts.bad(error_text(lang.code, error)) if isinstance(error, PygmalionError) else None
        await self._read(actor, UUID(self._set))
        return toasts.ok(lang(done)) if done else None

    async def _replace(self, uow: UnitOfWork, key: str, given: dict[str, Any] | None) -> None:
        """Write the draft again with one requirement changed, added or (None) left out."""
        draft = await rule_queries.version(uow, UUID(self._draft))
        kept = [one.model_dump() for one in draft.requirements]
        place = next((place for place, one in enumerate(kept) if key and one["key"] == key), len(kept))
        old = kept[place] if place < len(kept) else {}
        if given is None:
            del kept[place : place + 1]
        else:
            # Other courses than before are another requirement: its name and its history begin anew.
            same = {} if old.get("codes") != given["codes"] else old
            kept[place : place + 1] = [old | {"key": "", "title": "", "title_en": ""} | same | given]
        await rules.write(uow, draft.id, WriteRequirements.model_validate({"requirements": kept}))

    async def _read(self, actor: Actor, set_id: UUID) -> None:
        lang = self._lang()
        async with unit_of_work(actor) as uow:
            found = await rule_queries.one(uow, set_id)
            kinds = await external_queries.types(uow)
        self._set, self.name, self.scope = str(set_id), found.name, scope_of(lang, found)
        self.types = {kind.code: f"{title_of(lang, kind.title, kind.title_en)} ({kind.code})" for kind in kinds}
        self.standing = _standing(lang, found)
        draft = next((version for version in found.versions if version.published_at is None), None)
        self.drafting, self._draft = draft is not None, str(draft.id) if draft else ""
        shown = draft or _newest(found)
        self.requirements = [_row(lang, one) for one in (shown.requirements if shown else [])]
        self.day = ""
        if draft is not None:
            await self._look_ahead(actor)

    async def _look_ahead(self, actor: Actor) -> None:
        """Say what publishing the draft on the chosen day would do."""
        lang, self.problem = self._lang(), ""
        try:
            async with unit_of_work(actor) as uow:
                found = await rules.preview(uow, UUID(self._draft), date.fromisoformat(self.day) if self.day else None)
        except (PygmalionError, ValueError) as error:
            self.problem = error_text(lang.code, error) if isinstance(error, PygmalionError) else ""
            return
        self.day = found.effective_from.isoformat()
        self.first_day = self.first_day or self.day
        self._show(lang, found)

    def _show(self, lang: Lang, found: Preview) -> None:
        titles = {row.key: row.title for row in self.requirements}
        self.losing, self.loses = found.non_compliant, lang("rules-preview-loses", count=found.non_compliant)
        self.gains = lang("rules-preview-gains", count=found.compliant)
        self.rate = lang(
            "rules-preview-rate",
            before=percent_text(lang, percent_of(found.rate_before)),
            after=percent_text(lang, percent_of(found.rate_after)),
        )
        self.worse = [_turn(titles, person) for person in found.worse[:NAMES_SHOWN]]
        rest = found.non_compliant - len(self.worse)
        self.more = lang("rules-preview-more", count=rest) if rest > 0 else ""


def _newest(found: SetDetail) -> VersionView | None:
    """Return what to show where there is no draft: the version to come, or the one in force."""
    return next((version for version in found.versions if version.published_at is not None), None)


def _standing(lang: Lang, found: SetDetail) -> str:
    said = [
        lang("rules-in-force", day=day_of(lang, version.effective_from))
        for version in found.versions
        if version.in_force and version.effective_from
    ]
    if found.next_from:
        said.append(lang("rules-from", day=day_of(lang, found.next_from)))
    return " · ".join(said)


def _row(lang: Lang, one: RequirementView) -> RequirementRow:
    parts = [lang("rules-rule-months", months=one.months) if one.months else lang("rules-rule-own")]
    if one.months and one.anchor != Anchor.DATE:
        parts.append(lang(f"rules-anchor-{one.anchor}"))
    if one.window_months:
        parts.append(lang("rules-rule-window", months=one.window_months))
    if one.recency_months:
        parts.append(lang("rules-rule-recency", months=one.recency_months))
    if one.hours_per_period:
        parts.append(lang("rules-rule-hours", hours=one.hours_per_period, months=one.period_months or 0))
    return RequirementRow(one.key, title_of(lang, one.title, one.title_en), " / ".join(one.codes), " · ".join(parts))


def _turn(titles: dict[str, str], person: PreviewPerson) -> TurnRow:
    return TurnRow(person.name, ", ".join(titles.get(key, key) for key in person.keys))


def _form_of(one: RequirementView) -> dict[str, str]:
    codes = dict(zip(ALTERNATIVES, one.codes, strict=False))
    return codes | {
        "months": str(one.months or ""),
        "anchor": one.anchor,
        "window_months": str(one.window_months),
    }
