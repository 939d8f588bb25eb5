"""A person's own profile."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from pydantic import ValidationError
from reflex_base.event import EventSpec

from pygmalion_app.accounts import service as accounts
from pygmalion_app.accounts.schemas import UpdateProfile
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.organizations import service as organizations
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import fields_at_fault, text_of
from pygmalion_app.ui.i18n import lang_of_path
from pygmalion_app.ui.viewer import Viewer


@dataclass
class MembershipRow:
    """A role in an organisation, ready to read."""

    organization: str
    role: str


class ProfileState(rx.State):
    """What the profile page shows and changes."""

    loaded: rx.Field[bool] = rx.field(False)
    email: rx.Field[str] = rx.field("")
    first_name: rx.Field[str] = rx.field("")
    last_name: rx.Field[str] = rx.field("")
    phone: rx.Field[str] = rx.field("")
    job_title: rx.Field[str] = rx.field("")
    locale: rx.Field[str] = rx.field("fr")
    memberships: rx.Field[list[MembershipRow]] = rx.field(default_factory=list)
    first_name_error: rx.Field[str] = rx.field("")
    last_name_error: rx.Field[str] = rx.field("")
    phone_error: rx.Field[str] = rx.field("")
    job_title_error: rx.Field[str] = rx.field("")

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read the profile."""
        lang = lang_of_path(self.router.url.path)
        self._clear_errors()
        async with unit_of_work(await actor_of(self)) as uow:
            person = await accounts.profile(uow)
            roles = await organizations.my_memberships(uow)
        self.email = person.email
        self.first_name, self.last_name = person.first_name, person.last_name
        self.phone, self.job_title, self.locale = person.phone or "", person.job_title or "", person.locale
        self.memberships = [MembershipRow(role.organization_name, lang(f"role-{role.role}")) for role in roles]
        self.loaded = True

    @rx.event
    @access.signed_in
    async def save(self, form: dict[str, Any]) -> EventSpec | list[EventSpec] | None:
        """Keep the changes."""
        lang = lang_of_path(self.router.url.path)
        self._clear_errors()
        try:
            command = UpdateProfile(
                first_name=text_of(form, "first_name"),
                last_name=text_of(form, "last_name"),
                phone=text_of(form, "phone"),
                job_title=text_of(form, "job_title"),
                locale="en" if text_of(form, "locale") == "en" else "fr",
            )
            async with unit_of_work(await actor_of(self)) as uow:
                person = await accounts.update_profile(uow, command)
        except ValidationError as error:
            for name in fields_at_fault(error):
                setattr(self, f"{name}_error", lang(f"profile-{name.replace('_', '-')}-error"))
            return None
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        self.first_name, self.last_name = person.first_name, person.last_name
        self.phone, self.job_title, self.locale = person.phone or "", person.job_title or "", person.locale
        return [Viewer.load(), toasts.ok(lang("profile-saved"))]  # pyright: ignore[reportCallIssue, reportReturnType]

    def _clear_errors(self) -> None:
        self.first_name_error = self.last_name_error = self.phone_error = self.job_title_error = ""
