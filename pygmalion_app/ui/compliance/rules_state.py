"""The requirement sets of an organisation, and what they can begin from."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import reflex as rx
from pydantic import ValidationError
from reflex_base.event import EventSpec

from pygmalion_app.compliance import rule_queries, rule_seeds, rules
from pygmalion_app.compliance.professions import PROFESSIONS
from pygmalion_app.compliance.rule_schemas import CreateSet, SetView
from pygmalion_app.compliance.workplace import workplace
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.compliance.wording import day_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path
from pygmalion_app.ui.organizations.chosen import chosen_organization
from pygmalion_app.ui.organizations.settings_state import faults

MANAGE = Permission.COMPLIANCE_MANAGE
TABS = ("sets", "roles", "sites", "people", "exceptions")
NEW_DIALOG = "new-set"
START_DIALOG = "start-from-profession"


@dataclass
class SetRow:
    """One set: whom it is about, and what it asks for."""

    id: str
    name: str
    scope: str
    people: str
    requirements: str
    since: str
    draft: bool
    href: str


class RulesState(rx.State):
    """The list of sets, and which part of the page is open."""

    loaded: rx.Field[bool] = rx.field(False)
    organization: rx.Field[str] = rx.field("")
    tab: rx.Field[str] = rx.field("sets")
    chosen: rx.Field[str] = rx.field("")
    """The set that the address names."""
    sets: rx.Field[list[SetRow]] = rx.field(default_factory=list)
    roles: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    sites: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    contractors: rx.Field[list[str]] = rx.field(default_factory=list)
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    form_error: rx.Field[str] = rx.field("")
    opened: rx.Field[int] = rx.field(0)
    """Counts the dialogs opened; their forms start afresh with it."""

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read the sets of the reader's organisation."""
        actor = await actor_of(self)
        found = chosen_organization(self, actor, MANAGE)
        self.organization = str(found or "")
        asked = self.router.url.query_parameters
        self.tab = asked.get("tab", "") if asked.get("tab", "") in TABS else TABS[0]
        self.chosen = str(parse_id(asked.get("set", "")) or "")
        if found is not None:
            await self._read(actor)
        self.loaded = True

    @rx.event
    @access.requires(MANAGE)
    def begin(self, kind: str) -> EventSpec | None:
        """Open a form: of a new set, or of what the profession asks for."""
        self.errors, self.form_error, self.opened = {}, "", self.opened + 1
        return ui.show_dialog(kind) if kind in {NEW_DIALOG, START_DIALOG} else None

    @rx.event
    @access.requires(MANAGE)
    async def create(self, form: dict[str, Any]) -> list[EventSpec] | None:
        """Add a set, and open its draft."""
        lang, actor, organization_id = self._lang(), await actor_of(self), parse_id(self.organization)
        if organization_id is None:
            return None
        self.errors, self.form_error = {}, ""
        given = {name: text_of(form, name) or None for name in ("job_role_id", "site_id", "contractor_type")}
        try:
            command = CreateSet.model_validate({"name": text_of(form, "set_name")} | given)
            async with unit_of_work(actor) as uow:
                made = await rules.create(uow, organization_id, command)
        except (PygmalionError, ValidationError) as error:
            self.errors, self.form_error = faults(lang, error)
            return None
        return [
            ui.close_dialog(NEW_DIALOG),
            rx.redirect(self._address(lang, set=str(made.id))),
            toasts.ok(lang("rules-created")),
        ]

    @rx.event
    @access.requires(MANAGE)
    async def start(self, form: dict[str, Any]) -> list[EventSpec] | None:
        """Take over what the profession asks of each job role of a kind of company."""
        lang, actor, organization_id = self._lang(), await actor_of(self), parse_id(self.organization)
        profession = text_of(form, "profession")
        if organization_id is None or profession not in PROFESSIONS:
            return None
        try:
            async with unit_of_work(actor) as uow:
                before = len(await rule_queries.sets(uow, organization_id))
                made = len(await rule_seeds.from_profession(uow, organization_id, profession)) - before
        except PygmalionError as error:
            self.form_error = error_text(lang.code, error)
            return None
        await self._read(actor)
        return [ui.close_dialog(START_DIALOG), toasts.ok(lang("rules-started", count=made))]

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)

    def _address(self, lang: Lang, **asked: str) -> str:
        given = {"id": self.router.url.query_parameters.get("id", "")} | asked
        return f"{lang.path('team-rules')}?{urlencode({name: value for name, value in given.items() if value})}"

    async def _read(self, actor: Actor) -> None:
        lang, organization_id = self._lang(), parse_id(self.organization)
        if organization_id is None:
            return
        async with unit_of_work(actor) as uow:
            found = await rule_queries.sets(uow, organization_id)
            work = await workplace(uow, organization_id)
        self.roles = {str(one.id): one.name for one in work.job_roles if one.archived_at is None}
        self.sites = {str(one.id): one.name for one in work.sites}
        self.contractors = work.contractor_types
        self.sets = [self._row(lang, one) for one in found if one.archived_at is None]

    def _row(self, lang: Lang, one: SetView) -> SetRow:
        return SetRow(
            id=str(one.id),
            name=one.name,
            scope=scope_of(lang, one),
            people=lang("roles-people", count=one.people),
            requirements=lang("rules-count", count=one.requirements),
            since=lang("rules-from", day=day_of(lang, one.next_from)) if one.next_from else "",
            draft=one.draft_id is not None,
            href=self._address(lang, set=str(one.id)),
        )


def scope_of(lang: Lang, one: SetView) -> str:
    """Return whom a set is about, in words."""
    parts = [
        lang(f"rules-for-{name}", name=value)
        for name, value in (("role", one.job_role), ("site", one.site), ("contractor", one.contractor_type))
        if value
    ]
    return " · ".join(parts) or lang("rules-everybody")
