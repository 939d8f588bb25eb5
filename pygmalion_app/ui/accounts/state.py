"""Signing in and up: the address and password, then the code that was mailed."""

import json
import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import reflex as rx
from pydantic import ValidationError
from reflex_base.event import EventSpec

from pygmalion_app.accounts import service as accounts
from pygmalion_app.accounts import sessions
from pygmalion_app.accounts.schemas import ChallengeView, Login, Register, VerifyCode
from pygmalion_app.core.actor import ANONYMOUS, Actor
from pygmalion_app.core.addresses import address
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import container, unit_of_work
from pygmalion_app.organizations import service as organizations
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import fields_at_fault, text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path

RESEND_AFTER = timedelta(seconds=30)
CODE_DIGITS = 6
_OWN_PATH = re.compile(r"/(?:fr|en)(?:/[A-Za-z0-9._~%-]+)*/?(?:\?[A-Za-z0-9._~%=&+-]*)?")


def safe_next(path: object) -> str:
    """Return where to go after signing in: an address of our own pages, or nothing."""
    return path if isinstance(path, str) and _OWN_PATH.fullmatch(path) else ""


class SignIn(rx.State):
    """One attempt to sign in or up. The password never stays here."""

    step: rx.Field[str] = rx.field("identity")
    email: rx.Field[str] = rx.field("")
    email_error: rx.Field[str] = rx.field("")
    password_error: rx.Field[str] = rx.field("")
    first_name_error: rx.Field[str] = rx.field("")
    last_name_error: rx.Field[str] = rx.field("")
    code_error: rx.Field[str] = rx.field("")
    form_error: rx.Field[str] = rx.field("")
    resend_at: rx.Field[str] = rx.field("")
    can_resend: rx.Field[bool] = rx.field(False)
    done: rx.Field[bool] = rx.field(False)
    query: rx.Field[str] = rx.field("")
    """`?next=...`, so that the way from sign-in to sign-up keeps where the person was going."""

    _challenge: str = ""
    _next: str = ""

    @rx.event
    @access.public
    async def load(self) -> EventSpec | None:
        """Begin anew; who is signed in already goes on."""
        self._begin()
        self._next = safe_next(self.router.url.query_parameters.get("next"))
        self.query = f"?next={self._next}" if self._next else ""
        actor = await actor_of(self)
        if actor.signed_in:
            return rx.redirect(self._next or await first_page(actor, self._lang().code), replace=True)
        return None

    @rx.event
    @access.public
    async def sign_in(self, form: dict[str, Any]) -> None:
        """Check the password and mail a code."""
        self._clear_errors()
        self.email = text_of(form, "email", 320)
        try:
            command = Login(email=self.email, password=_secret(form))
        except ValidationError as error:
            self._show_faults(error)
        else:
            await self._challenged(accounts.login, command)

    @rx.event
    @access.public
    async def sign_up(self, form: dict[str, Any]) -> None:
        """Open an account and mail a code."""
        self._clear_errors()
        self.email = text_of(form, "email", 320)
        try:
            command = Register(
                email=self.email,
                password=_secret(form),
                first_name=text_of(form, "first_name"),
                last_name=text_of(form, "last_name"),
                locale="en" if self._lang().code == "en" else "fr",
            )
        except ValidationError as error:
            self._show_faults(error)
        else:
            await self._challenged(accounts.register, command)

    @rx.event
    @access.public
    async def type_code(self, typed: str) -> EventSpec | None:
        """Send the code by itself once it is whole, typed or pasted."""
        self.code_error = ""
        digits = _digits(typed)
        return await self._verify(digits) if len(digits) == CODE_DIGITS else None

    @rx.event
    @access.public
    async def send_code(self, form: dict[str, Any]) -> EventSpec | None:
        """Check the code."""
        digits = _digits(form.get("code"))
        if len(digits) != CODE_DIGITS:
            self.code_error = self._lang()("sign-in-code-incomplete")
            return None
        return await self._verify(digits)

    @rx.event
    @access.public
    async def resend(self) -> EventSpec:
        """Mail a new code; the old one is worth nothing any more."""
        lang = self._lang()
        self.code_error = ""
        try:
            async with unit_of_work(ANONYMOUS, elevated=True) as uow:
                self._wait_for(await accounts.resend_code(uow, UUID(self._challenge)))
        except (PygmalionError, ValueError):
            self.can_resend = True
            return toasts.bad(lang("sign-in-resend-refused"))
        return toasts.ok(lang("sign-in-resent"))

    @rx.event
    @access.public
    def allow_resend(self) -> None:
        """Offer a new code; the service refuses one that is asked for too soon."""
        self.can_resend = True

    @rx.event
    @access.public
    def back(self) -> None:
        """Return to the address and password."""
        self._begin()

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)

    def _begin(self) -> None:
        self._clear_errors()
        self.step, self._challenge, self.resend_at = "identity", "", ""
        self.can_resend = self.done = False

    def _clear_errors(self) -> None:
        self.email_error = self.password_error = self.code_error = self.form_error = ""
        self.first_name_error = self.last_name_error = ""

    def _show_faults(self, error: ValidationError) -> None:
        lang = self._lang()
        for name in fields_at_fault(error):
            setattr(self, f"{name}_error", lang(f"sign-in-{name.replace('_', '-')}-error"))

    async def _challenged(self, service: Any, command: Login | Register) -> None:
        try:
            async with unit_of_work(ANONYMOUS, elevated=True) as uow:
                self._wait_for(await service(uow, command))
        except PygmalionError as error:
            text = error_text(self._lang().code, error)
            if error.field == "password":
                self.password_error = text
            else:
                self.form_error = text

    def _wait_for(self, challenge: ChallengeView) -> None:
        self._challenge = str(challenge.challenge_id)
        self.step, self.can_resend = "code", False
        self.resend_at = (container().clock.now() + RESEND_AFTER).isoformat()

    async def _verify(self, digits: str) -> EventSpec | None:
        challenge = parse_id(self._challenge)
        if self.done or challenge is None:
            return None
        lang = self._lang()
        try:
            async with unit_of_work(ANONYMOUS, elevated=True) as uow:
                signed_in = await accounts.verify_code(uow, VerifyCode(challenge_id=challenge, code=digits))
                ticket = await sessions.issue_ticket(uow, signed_in.user_id, method=signed_in.method)
        except PygmalionError as error:
            self.code_error = error_text(lang.code, error)
            return rx.call_script("(e => { if (e) { e.value = ''; e.focus(); } })(document.getElementById('code'))")
        self.done = True
        return enter(ticket, self._next or await first_page(Actor(user_id=signed_in.user_id), lang.code))


def enter(ticket: str, target: str) -> EventSpec:
    """Return the event with which the browser trades the ticket for its cookie and goes on."""
    return rx.call_script(
        "fetch('/auth/exchange', {method: 'POST', body: new URLSearchParams({ticket: " + json.dumps(ticket) + "})})"
        ".then(r => r.ok ? location.assign(" + json.dumps(target) + ") : location.reload())"
    )


async def first_page(actor: Actor, locale: str) -> str:
    """Return where a person's work is: a manager's team, a trainer's sessions, else one's own training."""
    async with unit_of_work(actor) as uow:
        roles = {membership.role for membership in await organizations.my_memberships(uow)}
        if (await accounts.profile(uow)).is_platform_admin:
            return address("teach", locale)
    if roles & {Role.MANAGER, Role.AIRPORT_MANAGER}:
        return address("team", locale)
    if roles & {Role.TRAINER, Role.TRAINING_ADMIN}:
        return address("teach", locale)
    return address("training", locale)


def _secret(form: dict[str, Any]) -> Any:
    # Not trimmed: a space may belong to a password.
    value = form.get("password")
    return value if isinstance(value, str) else ""


def _digits(typed: object) -> str:
    return "".join(re.findall(r"[0-9]", typed)) if isinstance(typed, str) else ""
