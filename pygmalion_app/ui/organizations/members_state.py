"""The members of an organisation, the invitations that wait, and who asks for one."""

from typing import Any
from uuid import UUID

import reflex as rx
from pydantic import ValidationError
from reflex_base.event import EventSpec

from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.organizations import invitations, members, policy, queries, registration
from pygmalion_app.organizations.models import OrganizationKind
from pygmalion_app.organizations.schemas import Invite, SetRoles
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.catalog.state import page_numbers
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path
from pygmalion_app.ui.organizations.chosen import chosen_organization
from pygmalion_app.ui.organizations.member_rows import (
    InvitationRow,
    MemberRow,
    RequestRow,
    RoleRow,
    invitation_row,
    member_row,
    request_row,
)
from pygmalion_app.ui.organizations.settings_state import faults

INVITE_DIALOG = "invite-member"
ROLES_DIALOG = "member-roles"
REMOVE_DIALOG = "remove-member"
PAGE_SIZE = 20
INVITATIONS_SHOWN = 50
MANAGE = Permission.MEMBER_MANAGE


class MembersState(rx.State):
    """What the members page shows and changes."""

    loaded: rx.Field[bool] = rx.field(False)
    organization: rx.Field[str] = rx.field("")
    withheld: rx.Field[bool] = rx.field(False)
    name: rx.Field[str] = rx.field("")
    roles: rx.Field[list[RoleRow]] = rx.field(default_factory=list)
    rows: rx.Field[list[MemberRow]] = rx.field(default_factory=list)
    query: rx.Field[str] = rx.field("")
    total: rx.Field[int] = rx.field(0)
    page: rx.Field[int] = rx.field(1)
    pages: rx.Field[int] = rx.field(1)
    numbers: rx.Field[list[int]] = rx.field(default_factory=list)
    waiting: rx.Field[list[InvitationRow]] = rx.field(default_factory=list)
    waiting_count: rx.Field[int] = rx.field(0)
    requests: rx.Field[list[RequestRow]] = rx.field(default_factory=list)

    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    form_error: rx.Field[str] = rx.field("")
    invite_email: rx.Field[str] = rx.field("")
    opened: rx.Field[int] = rx.field(0)
    """Counts the dialogs opened; their forms start afresh with it."""
    chosen_name: rx.Field[str] = rx.field("")
    """Of the member whose roles or removal a dialog is about."""
    chosen_roles: rx.Field[list[str]] = rx.field(default_factory=list)
    chosen_job: rx.Field[str] = rx.field("")
    chosen_self: rx.Field[bool] = rx.field(False)
    removed_name: rx.Field[str] = rx.field("")
    """Of the member whose removal can be undone."""

    _chosen: str = ""
    _removed: str = ""

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read the members of the reader's organisation."""
        actor = await actor_of(self)
        found = chosen_organization(self, actor, MANAGE)
        if str(found or "") != self.organization:
            self.query, self.page, self._removed, self.removed_name = "", 1, "", ""
        self.organization = str(found or "")
        self.withheld = found is None and bool(actor.withheld)
        if found is not None:
            lang = self._lang()
            async with unit_of_work(actor) as uow:
                organization = await queries.settings_of(uow, found)
            self.name = organization.name
            offered = policy.ROLES[OrganizationKind(organization.kind)]
            self.roles = [RoleRow(role.value, lang(f"role-{role}")) for role in offered]
            await self._read(actor)
        self.loaded = True

    @rx.event
    @access.requires(MANAGE)
    async def search(self, text: str) -> None:
        """Narrow the list."""
        self.query, self.page = str(text)[:80], 1
        await self._read(await actor_of(self))

    @rx.event
    @access.requires(MANAGE)
    async def turn(self, page: int) -> None:
        """Show another page."""
        self.page = page if isinstance(page, int) and 1 <= page <= self.pages else 1
        await self._read(await actor_of(self))

    @rx.event
    @access.requires(MANAGE)
    def begin_invite(self, email: str = "") -> EventSpec:
        """Open the invitation form, for somebody who asked or for anybody."""
        self._begin()
        self.invite_email = str(email)[:254]
        return ui.show_dialog(INVITE_DIALOG)

    @rx.event
    @access.requires(MANAGE)
    async def invite(self, form: dict[str, Any]) -> list[EventSpec] | None:
        """Send an invitation."""
        lang, actor, organization_id = self._lang(), await actor_of(self), parse_id(self.organization)
        if organization_id is None:
            return None
        self.errors, self.form_error = {}, ""
        given = {name: text_of(form, name) for name in ("email", "role", "first_name", "last_name", "job_role")}
        try:
            command = Invite.model_validate(given)
            async with unit_of_work(actor) as uow:
                await invitations.invite(uow, organization_id, command)
        except (PygmalionError, ValidationError) as error:
            self.errors, self.form_error = faults(lang, error)
            return None
        await self._read(actor)
        return [ui.close_dialog(INVITE_DIALOG), toasts.ok(lang("members-invited", email=str(command.email)))]

    @rx.event
    @access.requires(MANAGE)
    async def resend(self, invitation: str) -> EventSpec | None:
        """Send an invitation again."""
        return await self._answer(invitation, invitations.resend, "members-resent")

    @rx.event
    @access.requires(MANAGE)
    async def withdraw(self, invitation: str) -> EventSpec | None:
        """Take an invitation back."""
        return await self._answer(invitation, invitations.withdraw, "members-withdrawn")

    @rx.event
    @access.requires(MANAGE)
    async def dismiss(self, request: str) -> EventSpec | None:
        """Set a request aside."""
        return await self._answer(request, registration.dismiss_request, "members-dismissed")

    @rx.event
    @access.requires(MANAGE)
    def begin_roles(self, member: str) -> EventSpec | None:
        """Open the form of a member's roles."""
        return ui.show_dialog(ROLES_DIALOG) if self._choose(member) else None

    @rx.event
    @access.requires(MANAGE)
    async def set_roles(self, form: dict[str, Any]) -> list[EventSpec] | None:
        """Give the chosen member the ticked roles."""
        lang, actor = self._lang(), await actor_of(self)
        organization_id, user_id = parse_id(self.organization), parse_id(self._chosen)
        if organization_id is None or user_id is None:
            return None
        self.errors, self.form_error = {}, ""
        ticked = [role.code for role in self.roles if form.get(f"role-{role.code}")]
        if not ticked:
            self.form_error = lang("members-role-needed")
            return None
        try:
            command = SetRoles.model_validate({"roles": ticked, "job_role": text_of(form, "job_role")})
            async with unit_of_work(actor) as uow:
                await members.set_roles(uow, organization_id, user_id, command)
        except (PygmalionError, ValidationError) as error:
            self.errors, self.form_error = faults(lang, error)
            return None
        await self._read(await actor_of(self))
        return [ui.close_dialog(ROLES_DIALOG), toasts.ok(lang("members-roles-saved", name=self.chosen_name))]

    @rx.event
    @access.requires(MANAGE)
    def begin_remove(self, member: str) -> EventSpec | None:
        """Ask whether a member is to be removed."""
        return ui.show_dialog(REMOVE_DIALOG) if self._choose(member) else None

    @rx.event
    @access.requires(MANAGE)
    async def remove(self) -> list[EventSpec] | None:
        """Remove the chosen member."""
        lang, actor = self._lang(), await actor_of(self)
        organization_id, user_id = parse_id(self.organization), parse_id(self._chosen)
        if organization_id is None or user_id is None:
            return None
        try:
            async with unit_of_work(actor) as uow:
                await members.remove(uow, organization_id, user_id)
        except PygmalionError as error:
            return [ui.close_dialog(REMOVE_DIALOG), toasts.bad(error_text(lang.code, error))]
        if user_id == actor.user_id:
            return [rx.redirect(lang.path("training")), toasts.ok(lang("members-left", name=self.name))]
        self._removed, self.removed_name, self._chosen = str(user_id), self.chosen_name, ""
        await self._read(actor)
        return [ui.close_dialog(REMOVE_DIALOG)]

    @rx.event
    @access.requires(MANAGE)
    async def undo(self) -> EventSpec | None:
        """Bring the member back who was removed a moment ago."""
        lang, actor = self._lang(), await actor_of(self)
        organization_id, user_id = parse_id(self.organization), parse_id(self._removed)
        name, self._removed, self.removed_name = self.removed_name, "", ""
        if organization_id is None or user_id is None:
            return None
        try:
            async with unit_of_work(actor) as uow:
                await members.restore(uow, organization_id, user_id)
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        await self._read(actor)
        return toasts.ok(lang("members-restored", name=name))

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)

    def _begin(self) -> None:
        self.errors, self.form_error, self.opened = {}, "", self.opened + 1

    def _choose(self, member: str) -> bool:
        row = next((row for row in self.rows if row.id == member), None)
        if row is None:
            return False
        self._begin()
        self._chosen, self.chosen_name, self.chosen_self = row.id, row.name, row.is_self
        self.chosen_roles, self.chosen_job = list(row.role_codes), row.job
        return True

    async def _answer(self, item: str, service: Any, done: str) -> EventSpec | None:
        lang, actor = self._lang(), await actor_of(self)
        organization_id, item_id = parse_id(self.organization), parse_id(item)
        if organization_id is None or item_id is None:
            return None
        try:
            async with unit_of_work(actor) as uow:
                await service(uow, organization_id, item_id)
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        await self._read(actor)
        return toasts.ok(lang(done))

    async def _read(self, actor: Actor) -> None:
        lang, organization_id = self._lang(), UUID(self.organization)
        async with unit_of_work(actor) as uow:
            found = await members.members(uow, organization_id, PageRequest(self.page, PAGE_SIZE), q=self.query)
            waiting = await invitations.list_invitations(
                uow, organization_id, PageRequest(1, INVITATIONS_SHOWN), state="open"
            )
            asking = await registration.join_requests(uow, organization_id)
        self.rows, self.total = [member_row(lang, member) for member in found.items], found.total
        self.pages = max(1, -(-found.total // PAGE_SIZE))
        self.numbers = page_numbers(self.page, self.pages)
        self.waiting = [invitation_row(lang, invitation) for invitation in waiting.items]
        self.waiting_count = waiting.total
        self.requests = [request_row(lang, request) for request in asking]
