"""Job roles, sites, and the people without a role."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import available_timezones

import reflex as rx
from pydantic import ValidationError
from reflex_base.event import EventSpec

from pygmalion_app.compliance import sites, workplace
from pygmalion_app.compliance.matrix import matrix
from pygmalion_app.compliance.schemas import MatrixFilters
from pygmalion_app.compliance.workplace_schemas import ChangePositions, SiteInput
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.unit_of_work import UnitOfWork, unit_of_work
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.compliance.rules_state import MANAGE
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path
from pygmalion_app.ui.organizations.chosen import chosen_organization

ROLE_DIALOG = "job-role"
LEAVE_DIALOG = "archive-job-role"
SITE_DIALOG = "site"
CLOSE_DIALOG = "close-site"
UNASSIGNED_SHOWN = 100
_NEAR = ("Europe/", "Africa/", "Indian/", "Pacific/")
_OVERSEAS = {
    f"America/{town}" for town in ("Cayenne", "Guadeloupe", "Marigot", "Martinique", "Miquelon", "St_Barthelemy")
}
ZONES = sorted(zone for zone in available_timezones() if zone.startswith(_NEAR) or zone in _OVERSEAS)
"""What the form offers: Europe, Africa, and wherever France is."""


@dataclass
class RoleRow:
    """One job role."""

    id: str
    name: str
    people: str
    href: str


@dataclass
class SiteRow:
    """One place of work."""

    id: str
    name: str
    zone: str
    people: str


@dataclass
class UnassignedRow:
    """Somebody without a job role."""

    id: str
    name: str
    place: str


class WorkplaceState(rx.State):
    """Lists of roles, sites and people, and what a form is about."""

    loaded: rx.Field[bool] = rx.field(False)
    organization: rx.Field[str] = rx.field("")
    roles: rx.Field[list[RoleRow]] = rx.field(default_factory=list)
    sites: rx.Field[list[SiteRow]] = rx.field(default_factory=list)
    people: rx.Field[list[UnassignedRow]] = rx.field(default_factory=list)
    unassigned: rx.Field[int] = rx.field(0)

    chosen: rx.Field[str] = rx.field("")
    """The role or site that a form is about; empty for a new one."""
    name: rx.Field[str] = rx.field("")
    zone: rx.Field[str] = rx.field("")
    warning: rx.Field[str] = rx.field("")
    has_people: rx.Field[bool] = rx.field(False)
    form_error: rx.Field[str] = rx.field("")
    opened: rx.Field[int] = rx.field(0)

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read what the reader's organisation is sorted by."""
        actor = await actor_of(self)
        found = chosen_organization(self, actor, MANAGE)
        self.organization = str(found or "")
        if found is not None:
            await self._read(actor)
        self.loaded = True

    @rx.event
    @access.requires(MANAGE)
    def begin_role(self, job_role: str) -> EventSpec:
        """Open the form of a role, of a new one where none is named."""
        self._begin()
        row = next((row for row in self.roles if row.id == job_role), None)
        self.chosen, self.name = (row.id, row.name) if row else ("", "")
        return ui.show_dialog(ROLE_DIALOG)

    @rx.event
    @access.requires(MANAGE)
    async def save_role(self, form: dict[str, Any]) -> list[EventSpec] | None:
        """Add a role, or rename the one in the form."""
        name, role_id = text_of(form, "role_name", 120), parse_id(self.chosen)
        organization_id = parse_id(self.organization)
        if organization_id is None or not name:
            return None

        async def save(uow: UnitOfWork) -> None:
            if role_id is None:
                await workplace.add_role(uow, organization_id, name)
            else:
                await workplace.rename_role(uow, role_id, name)

        return await self._save(save, ROLE_DIALOG, "roles-saved")

    @rx.event
    @access.requires(MANAGE)
    async def begin_archive(self, job_role: str) -> EventSpec | None:
        """Ask what becomes of the people of a role that goes."""
        self._begin()
        organization_id, role_id, lang = parse_id(self.organization), parse_id(job_role), self._lang()
        if organization_id is None or role_id is None:
            return None
        async with unit_of_work(await actor_of(self)) as uow:
            work = await workplace.workplace(uow, organization_id)
        role = next((role for role in work.job_roles if role.id == role_id), None)
        if role is None:
            return None
        self.chosen, self.name, self.has_people = str(role.id), role.name, role.people > 0
        self.warning = lang("roles-archive-text", count=role.people)
        return ui.show_dialog(LEAVE_DIALOG)

    @rx.event
    @access.requires(MANAGE)
    async def archive(self, form: dict[str, Any]) -> list[EventSpec] | None:
        """Retire the role, once its people have another one, if one was chosen."""
        role_id, other = parse_id(self.chosen), parse_id(text_of(form, "other"))
        if role_id is None:
            return None

        async def leave(uow: UnitOfWork) -> None:
            await workplace.archive_role(uow, role_id, other)

        return await self._save(leave, LEAVE_DIALOG, "roles-archived")

    @rx.event
    @access.requires(MANAGE)
    def begin_site(self, site: str) -> EventSpec:
        """Open the form of a place of work, of a new one where none is named."""
        self._begin()
        row = next((row for row in self.sites if row.id == site), None)
        self.chosen, self.name, self.zone = (row.id, row.name, row.zone) if row else ("", "", "Europe/Paris")
        return ui.show_dialog(SITE_DIALOG)

    @rx.event
    @access.requires(MANAGE)
    async def save_site(self, form: dict[str, Any]) -> list[EventSpec] | None:
        """Add a place of work, or change the one in the form."""
        organization_id, site_id = parse_id(self.organization), parse_id(self.chosen)
        if organization_id is None:
            return None

        async def save(uow: UnitOfWork) -> None:
            given = {"name": text_of(form, "site_name"), "time_zone": text_of(form, "time_zone")}
            if site_id is None:
                await workplace.add_site(uow, organization_id, SiteInput.model_validate(given))
                return
            work = await workplace.workplace(uow, organization_id)
            ground = next((site.airport_organization_id for site in work.sites if site.id == site_id), None)
            wanted = SiteInput.model_validate(given | {"airport_organization_id": ground})
            await workplace.change_site(uow, site_id, wanted)

        return await self._save(save, SITE_DIALOG, "sites-saved")

    @rx.event
    @access.requires(MANAGE)
    async def begin_close(self, site: str) -> EventSpec | None:
        """Ask what becomes of the people and requirements of a place of work that closes."""
        self._begin()
        lang, site_id = self._lang(), parse_id(site)
        row = next((row for row in self.sites if row.id == site), None)
        if site_id is None or row is None:
            return None
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                found = await sites.uses(uow, site_id)
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        self.chosen, self.name, self.has_people = row.id, row.name, found.people + found.sets > 0
        said = [lang("sites-close-people", count=found.people)]
        if found.sets:
            said.append(lang("sites-close-sets", count=found.sets))
        self.warning = " ".join(said)
        return ui.show_dialog(CLOSE_DIALOG)

    @rx.event
    @access.requires(MANAGE)
    async def close_site(self, form: dict[str, Any]) -> list[EventSpec] | None:
        """Close the place of work; its people and requirements go where the form says."""
        site_id, other = parse_id(self.chosen), parse_id(text_of(form, "other_site"))
        if site_id is None:
            return None

        async def close(uow: UnitOfWork) -> None:
            # Nowhere else is a choice that the form names.
            await sites.close(uow, site_id, other, leave=self.has_people)

        return await self._save(close, CLOSE_DIALOG, "sites-closed")

    @rx.event
    @access.requires(MANAGE)
    async def give(self, member: str, job_role: str) -> EventSpec | None:
        """Give somebody a role."""
        lang, actor = self._lang(), await actor_of(self)
        organization_id, user_id, role_id = parse_id(self.organization), parse_id(member), parse_id(job_role)
        if organization_id is None or user_id is None or role_id is None:
            return None
        name = next((row.name for row in self.people if row.id == member), "")
        try:
            async with unit_of_work(actor) as uow:
                wanted = ChangePositions(user_ids=[user_id], job_role_id=role_id)
                await workplace.change_positions(uow, organization_id, wanted)
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        await self._read(actor)
        return toasts.ok(lang("people-given", name=name))

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)

    def _begin(self) -> None:
        self.form_error, self.opened = "", self.opened + 1

    async def _save(self, service: Any, dialog: str, done: str) -> list[EventSpec] | None:
        lang, actor = self._lang(), await actor_of(self)
        self.form_error = ""
        try:
            async with unit_of_work(actor) as uow:
                await service(uow)
        except ValidationError:
            self.form_error = lang("rules-name-needed")
            return None
        except PygmalionError as error:
            self.form_error = error_text(lang.code, error)
            return None
        await self._read(actor)
        return [ui.close_dialog(dialog), toasts.ok(lang(done))]

    async def _read(self, actor: Actor) -> None:
        lang, organization_id = self._lang(), parse_id(self.organization)
        if organization_id is None:
            return
        async with unit_of_work(actor) as uow:
            work = await workplace.workplace(uow, organization_id)
            lost = await matrix(uow, organization_id, MatrixFilters(without_role=True, limit=UNASSIGNED_SHOWN))
        self.roles = [
            RoleRow(
                id=str(role.id),
                name=role.name,
                people=lang("roles-people", count=role.people),
                href=f"{lang.path('team-matrix')}?role={role.id}",
            )
            for role in work.job_roles
            if role.archived_at is None
        ]
        self.sites = [
            SiteRow(str(site.id), site.name, site.time_zone, lang("roles-people", count=site.people))
            for site in work.sites
        ]
        self.people = [UnassignedRow(str(one.user_id), one.name, one.site or "") for one in lost.people]
        self.unassigned = lost.total
