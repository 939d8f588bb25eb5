"""Who is looking: the little that every page's frame shows of the signed-in person."""

from dataclasses import dataclass

import reflex as rx
from reflex_base.event import EventSpec

from pygmalion_app.accounts import service as accounts
from pygmalion_app.accounts.sessions import set_active_organization
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.permissions import Permission, Role
from pygmalion_app.core.unit_of_work import container, unit_of_work
from pygmalion_app.enrollments import withdrawal
from pygmalion_app.notifications import inbox
from pygmalion_app.organizations import service as organizations
from pygmalion_app.ui import access
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.notifications import followers


@dataclass
class OrganizationChoice:
    """An organisation to switch to."""

    id: str
    name: str


class Viewer(rx.State):
    """Name and doors of the person on the page; empty for a stranger."""

    signed_in: rx.Field[bool] = rx.field(False)
    known: rx.Field[bool] = rx.field(False)
    """False until the first answer, so that the frame does not flash «sign in» to a signed-in person."""
    name: rx.Field[str] = rx.field("")
    initials: rx.Field[str] = rx.field("")
    email: rx.Field[str] = rx.field("")
    teaches: rx.Field[bool] = rx.field(False)
    manages: rx.Field[bool] = rx.field(False)
    runs: rx.Field[bool] = rx.field(False)
    """Whether they run an organisation: its settings and members."""
    organizations: rx.Field[list[OrganizationChoice]] = rx.field(default_factory=list)
    """Theirs, where there are several to switch between."""
    active: rx.Field[str] = rx.field("")
    administers: rx.Field[bool] = rx.field(False)
    """Whether this is one of the platform's administrators."""
    has_mailbox: rx.Field[bool] = rx.field(False)
    unread: rx.Field[int] = rx.field(0)
    """How many notifications are unread; the browser's copy follows by itself (`ui.notifications.feed`)."""
    withdrawable: rx.Field[str] = rx.field("")
    """The newest order whose contract they can withdraw from; the law wants the way there on every page."""

    @rx.event
    @access.public
    async def load(self) -> None:
        """Look the session up; runs before every page's own handlers."""
        actor = await actor_of(self)
        self.has_mailbox = container().settings.embedded_mailbox
        self.known = True
        self.signed_in = actor.signed_in
        followers.follow(self, actor.user_id)
        if not actor.signed_in:
            self.name = self.initials = self.email = ""
            self.teaches = self.manages = self.runs = self.administers = False
            self.organizations, self.active, self.withdrawable, self.unread = [], "", "", 0
            return
        roles = {membership.role for membership in actor.memberships}
        self.teaches = actor.is_platform_admin or bool(roles & {Role.TRAINER, Role.TRAINING_ADMIN})
        self.administers = actor.is_platform_admin
        self.manages = bool(actor.organizations_with(Permission.TEAM_READ))
        self.runs = bool(actor.organizations_with(Permission.ORGANIZATION_UPDATE) or actor.withheld)
        async with unit_of_work(actor) as uow:
            person = await accounts.profile(uow)
            self.unread = await inbox.unread(uow)
            self.withdrawable = str(next(iter(await withdrawal.open_contracts(uow)), ""))
        await self._read_organizations(actor)
        self.name = f"{person.first_name} {person.last_name}"
        self.initials = f"{person.first_name[:1]}{person.last_name[:1]}".upper()
        self.email = person.email

    @rx.event
    @access.signed_in
    async def choose_organization(self, organization: str) -> EventSpec | None:
        """Make another of one's organisations the active one; the page starts anew with it."""
        organization_id = parse_id(organization)
        if organization_id is None:
            return None
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                await set_active_organization(uow, organization_id)
        except PygmalionError:
            # They were removed from it meanwhile: the page as it is now says so.
            pass
        return rx.call_script("location.reload()")

    async def _read_organizations(self, actor: Actor) -> None:
        ids = {membership.organization_id for membership in actor.memberships}
        self.organizations, self.active = [], ""
        if len(ids) > 1:
            async with unit_of_work(actor) as uow:
                named = {
                    str(row.organization_id): row.organization_name for row in await organizations.my_memberships(uow)
                }
            self.organizations = [OrganizationChoice(*entry) for entry in named.items()]
            self.active = str(actor.active_organization_id or next(iter(actor.memberships)).organization_id)
