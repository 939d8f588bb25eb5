"""The limits that plans keep to, on the planning page."""

from typing import Any
from uuid import UUID

import reflex as rx
from pydantic import ValidationError
from reflex_base.event import EventSpec

from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.planning import constraints
from pygmalion_app.planning.schemas import NewUnavailability, SetShiftMinimum
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import fields_at_fault, text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path
from pygmalion_app.ui.organizations.chosen import chosen_organization
from pygmalion_app.ui.planning.rows import AbsenceRow, ChoiceRow, MinimumRow, absence_rows, minimum_rows
from pygmalion_app.ui.planning.state import MANAGE


class PlanLimitsState(rx.State):
    """Who cannot be trained when, and how many have to be at work."""

    organization: rx.Field[str] = rx.field("")
    absences: rx.Field[list[AbsenceRow]] = rx.field(default_factory=list)
    minimums: rx.Field[list[MinimumRow]] = rx.field(default_factory=list)
    sites: rx.Field[list[ChoiceRow]] = rx.field(default_factory=list)
    roles: rx.Field[list[ChoiceRow]] = rx.field(default_factory=list)
    people: rx.Field[list[ChoiceRow]] = rx.field(default_factory=list)
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    saved: rx.Field[int] = rx.field(0)
    """Counts what was added; the forms start afresh with it."""

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read the limits of the reader's company."""
        actor = await actor_of(self)
        found = chosen_organization(self, actor, MANAGE)
        self.organization, self.errors = str(found or ""), {}
        if found is not None:
            await self._read(actor)

    @rx.event
    @access.requires(MANAGE)
    async def add_absence(self, form: dict[str, Any]) -> EventSpec | None:
        """Note days on which somebody cannot be trained."""
        first = text_of(form, "first_day", 10)
        given = {
            "user_id": text_of(form, "user_id", 40),
            "first_day": first,
            "last_day": text_of(form, "last_day", 10) or first,
        }
        return await self._add(constraints.add_unavailability, NewUnavailability, given)

    @rx.event
    @access.requires(MANAGE)
    async def set_minimum(self, form: dict[str, Any]) -> EventSpec | None:
        """Say how many of a crew have to be at work."""
        given = {
            "site_id": parse_id(text_of(form, "crew_site", 40)),
            "job_role_id": parse_id(text_of(form, "crew_role", 40)),
            "minimum": text_of(form, "minimum", 6),
        }
        if not given["site_id"] and not given["job_role_id"]:
            self.errors = {"crew_site": self._lang()("plan-crew-error")}
            return None
        return await self._add(constraints.set_shift_minimum, SetShiftMinimum, given)

    @rx.event
    @access.requires(MANAGE)
    async def remove_absence(self, absence: str) -> EventSpec | None:
        """Take such days away again."""
        return await self._remove(constraints.remove_unavailability, absence)

    @rx.event
    @access.requires(MANAGE)
    async def remove_minimum(self, minimum: str) -> EventSpec | None:
        """Take a minimum away again."""
        return await self._remove(constraints.remove_shift_minimum, minimum)

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)

    async def _add(self, what: Any, kind: Any, given: dict[str, Any]) -> EventSpec | None:
        lang, actor, organization = self._lang(), await actor_of(self), parse_id(self.organization)
        if organization is None:
            return None
        self.errors = {}
        try:
            command = kind.model_validate(given | {"organization_id": organization})
            async with unit_of_work(actor) as uow:
                await what(uow, command)
        except ValidationError as error:
            self.errors = {name: lang(f"plan-{name.replace('_', '-')}-error") for name in fields_at_fault(error)}
            return None
        except PygmalionError as error:
            if error.field:
                self.errors = {error.field: error_text(lang.code, error)}
                return None
            return toasts.bad(error_text(lang.code, error))
        self.saved += 1
        await self._read(actor)
        return toasts.ok(lang("plan-limit-saved"))

    async def _remove(self, what: Any, row: str) -> EventSpec | None:
        lang, actor, found = self._lang(), await actor_of(self), parse_id(row)
        if found is None:
            return None
        try:
            async with unit_of_work(actor) as uow:
                await what(uow, found)
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        await self._read(actor)
        return toasts.ok(lang("plan-limit-removed"))

    async def _read(self, actor: Actor) -> None:
        lang = self._lang()
        async with unit_of_work(actor) as uow:
            limits = await constraints.limits(uow, UUID(self.organization))
        self.absences, self.minimums = absence_rows(lang, limits), minimum_rows(lang, limits)
        self.sites, self.roles, self.people = (
            [ChoiceRow(str(one.id), one.name) for one in named]
            for named in (limits.sites, limits.job_roles, limits.people)
        )
