"""An invitation as its recipient sees it."""

from typing import Any

import reflex as rx
from reflex_base.event import EventSpec

from pygmalion_app.accounts import service as accounts
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import NotFoundError, PygmalionError
from pygmalion_app.core.i18n import format_day
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.organizations import invitations
from pygmalion_app.organizations.schemas import InvitationOffer
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.i18n import Lang, lang_of_path, last_part


class InvitationState(rx.State):
    """Who invites, which role, and what the reader can do about it."""

    phase: rx.Field[str] = rx.field("loading")
    """loading, missing, over, sign_in (a stranger), other_address, open, declined."""
    organization: rx.Field[str] = rx.field("")
    kind: rx.Field[str] = rx.field("")
    role: rx.Field[str] = rx.field("")
    role_text: rx.Field[str] = rx.field("")
    email: rx.Field[str] = rx.field("")
    invited_by: rx.Field[str] = rx.field("")
    until: rx.Field[str] = rx.field("")
    over_text: rx.Field[str] = rx.field("")
    my_email: rx.Field[str] = rx.field("")
    query: rx.Field[str] = rx.field("")
    """`?next=...` of this page, for the way over sign-in or sign-up and back."""
    busy: rx.Field[bool] = rx.field(False)

    _token: str = ""

    @rx.event
    @access.public
    async def load(self) -> None:
        """Read what the link offers."""
        path = self.router.url.path
        self._token, self.query, self.busy = last_part(path)[:100], f"?next={path}", False
        actor = await actor_of(self)
        try:
            async with unit_of_work(actor) as uow:
                found = await invitations.offer(uow, self._token)
        except NotFoundError:
            self.phase = "missing"
            return
        self._show(found)
        await self._decide(actor, found)

    @rx.event
    @access.signed_in
    async def accept(self) -> Any:
        """Join, and go where the new role works."""
        if self.busy or self.phase != "open":
            return
        self.busy = True
        yield
        lang = self._lang()
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                found = await invitations.accept(uow, self._token)
        except PygmalionError as error:
            self.busy = False
            yield toasts.bad(error_text(lang.code, error))
            return
        yield toasts.ok(lang("invitation-joined", organization=found.organization_name))
        yield rx.redirect(lang.path(_first_page(found.role)))

    @rx.event
    @access.public
    async def decline(self) -> EventSpec | None:
        """Say no."""
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                await invitations.decline(uow, self._token)
        except PygmalionError as error:
            return toasts.bad(error_text(self._lang().code, error))
        self.phase = "declined"
        return None

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)

    def _show(self, found: InvitationOffer) -> None:
        lang = self._lang()
        self.organization, self.email, self.invited_by = found.organization_name, found.email, found.invited_by
        self.kind, self.role = lang(f"kind-{found.organization_kind}"), lang(f"role-{found.role}")
        self.role_text = lang(f"role-{found.role}-does")
        self.until = format_day(lang.code, found.expires_at)

    async def _decide(self, actor: Actor, found: InvitationOffer) -> None:
        if found.state != "pending":
            self.over_text = self._lang()("error-invitation_over", state=found.state)
            self.phase = "over"
        elif not actor.signed_in:
            self.phase = "sign_in"
        else:
            async with unit_of_work(actor) as uow:
                self.my_email = (await accounts.profile(uow)).email
            self.phase = "open" if self.my_email.lower() == found.email.lower() else "other_address"


def _first_page(role: str) -> str:
    if role in {Role.MANAGER, Role.AIRPORT_MANAGER}:
        return "team"
    return "teach" if role in {Role.TRAINER, Role.TRAINING_ADMIN} else "training"
