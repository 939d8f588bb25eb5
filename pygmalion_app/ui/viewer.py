"""Who is looking: the little that every page's frame shows of the signed-in person."""

import reflex as rx

from pygmalion_app.accounts import service as accounts
from pygmalion_app.core.permissions import Permission, Role
from pygmalion_app.core.unit_of_work import container, unit_of_work
from pygmalion_app.ui import access
from pygmalion_app.ui.actor import actor_of


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
    administers: rx.Field[bool] = rx.field(False)
    """Whether this is one of the platform's administrators."""
    has_mailbox: rx.Field[bool] = rx.field(False)

    @rx.event
    @access.public
    async def load(self) -> None:
        """Look the session up; runs before every page's own handlers."""
        actor = await actor_of(self)
        self.has_mailbox = container().settings.embedded_mailbox
        self.known = True
        self.signed_in = actor.signed_in
        if not actor.signed_in:
            self.name = self.initials = self.email = ""
            self.teaches = self.manages = self.administers = False
            return
        roles = {membership.role for membership in actor.memberships}
        self.teaches = actor.is_platform_admin or bool(roles & {Role.TRAINER, Role.TRAINING_ADMIN})
        self.administers = actor.is_platform_admin
        self.manages = bool(actor.organizations_with(Permission.TEAM_READ))
        async with unit_of_work(actor) as uow:
            person = await accounts.profile(uow)
        self.name = f"{person.first_name} {person.last_name}"
        self.initials = f"{person.first_name[:1]}{person.last_name[:1]}".upper()
        self.email = person.email
