"""Signing in and up: the address and password (or a passkey alone), then the second factor."""

import json
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import reflex as rx
from pydantic import ValidationError
from reflex_base.event import EventSpec

from pygmalion_app.accounts import service as accounts
from pygmalion_app.accounts import sessions
from pygmalion_app.accounts.factor_schemas import AnswerPasskey, AskPasskey
from pygmalion_app.accounts.models import SignInMethod
from pygmalion_app.accounts.recovery_codes import LENGTH as RECOVERY_LENGTH
from pygmalion_app.accounts.schemas import ChallengeView, Login, Register, SignedIn, VerifyCode
from pygmalion_app.accounts.trusted_devices import COOKIE as DEVICE_COOKIE
from pygmalion_app.core.actor import ANONYMOUS
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.unit_of_work import UnitOfWork, container, unit_of_work
from pygmalion_app.sso import flow, offers
from pygmalion_app.sso.browser import browser_cookie
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui.accounts import passkeys
from pygmalion_app.ui.accounts.entering import enter, first_page, safe_next, target_of
from pygmalion_app.ui.actor import actor_of, cookie_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import fields_at_fault, text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path

RESEND_AFTER = timedelta(seconds=30)
CODE_DIGITS = 6


class SignIn(rx.State):
    """One attempt to sign in or up. The password never stays here."""

    step: rx.Field[str] = rx.field("identity")
    """`identity`, or the second factor that is asked for: `email`, `totp`, `passkey`, `recovery_code`."""
    methods: rx.Field[list[str]] = rx.field(default_factory=list)
    may_trust: rx.Field[bool] = rx.field(False)
    trust: rx.Field[bool] = rx.field(False)
    passkeys_at: rx.Field[str] = rx.field("")
    """The origin at which passkeys work, empty where they cannot."""
    passkeys_here: rx.Field[bool] = rx.field(False)
    email: rx.Field[str] = rx.field("")
    email_error: rx.Field[str] = rx.field("")
    password_error: rx.Field[str] = rx.field("")
    first_name_error: rx.Field[str] = rx.field("")
    last_name_error: rx.Field[str] = rx.field("")
    code_error: rx.Field[str] = rx.field("")
    form_error: rx.Field[str] = rx.field("")
    lead: rx.Field[str] = rx.field("")
    """Why the second step is asked for, where that needs a word."""
    resend_at: rx.Field[str] = rx.field("")
    can_resend: rx.Field[bool] = rx.field(False)
    done: rx.Field[bool] = rx.field(False)
    query: rx.Field[str] = rx.field("")
    """`?next=...`, so that the way from sign-in to sign-up keeps where the person was going."""

    _challenge: str = ""
    _asked: str = ""
    """The challenge that a passkey is to answer."""
    _next: str = ""
    _sso: str = ""
    """The way through an organisation's provider that waits for the second step."""

    @rx.event
    @access.public
    async def load(self) -> EventSpec | None:
        """Begin anew; who is signed in already goes on."""
        self._begin()
        self._next = safe_next(self.router.url.query_parameters.get("next"))
        self.query = f"?next={self._next}" if self._next else ""
        self.passkeys_at = passkeys.place()
        self.passkeys_here = bool(self.passkeys_at) and self.router.url.origin == self.passkeys_at
        actor = await actor_of(self)
        if actor.signed_in:
            return rx.redirect(self._next or await first_page(actor, self._lang().code), replace=True)
        return await self._come_from_organization()

    @rx.event
    @access.public
    async def sign_in(self, form: dict[str, Any]) -> EventSpec | None:
        """Check the password and ask for the second factor; a browser that its owner trusts is let in."""
        self._clear_errors()
        self.email = text_of(form, "email", 320)
        try:
            command = Login(email=self.email, password=_secret(form))
        except ValidationError as error:
            self._show_faults(error)
            return None
        device = cookie_of(self, DEVICE_COOKIE)

        async def login(uow: UnitOfWork) -> ChallengeView | SignedIn:
            answer = await accounts.login_in_browser(uow, command, device)
            # Said to somebody who knew the password, and before a code leaves.
            await offers.refuse_other_ways(uow, email=str(command.email))
            return answer

        return await self._challenged(login)

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
            await self._challenged(lambda uow: accounts.register(uow, command))

    @rx.event
    @access.public
    async def type_code(self, typed: str) -> EventSpec | None:
        """Send the code by itself once it is whole, typed or pasted."""
        self.code_error = ""
        digits = _digits(typed)
        if self.step == SignInMethod.RECOVERY_CODE or len(digits) != CODE_DIGITS:
            return None
        return await self._verify(digits)

    @rx.event
    @access.public
    async def send_code(self, form: dict[str, Any]) -> EventSpec | None:
        """Check the code."""
        if self.step == SignInMethod.RECOVERY_CODE:
            code = re.sub(r"[^0-9A-Za-z]", "", text_of(form, "code", 40))
            if len(code) != RECOVERY_LENGTH:
                self.code_error = self._lang()("sign-in-recovery-code-incomplete")
                return None
            return await self._verify(code)
        digits = _digits(form.get("code"))
        if len(digits) != CODE_DIGITS:
            self.code_error = self._lang()("sign-in-code-incomplete")
            return None
        return await self._verify(digits)

    @rx.event
    @access.public
    async def use_passkey(self) -> EventSpec | None:
        """Ask the browser for a passkey: alone on the first step, as the second factor on the second."""
        self._clear_errors()
        challenge = parse_id(self._challenge) if self.step != "identity" else None
        try:
            async with unit_of_work(ANONYMOUS, elevated=True) as uow:
                options = await accounts.ask_passkey(uow, AskPasskey(challenge_id=challenge))
        except PygmalionError as error:
            self._show_passkey_error(error_text(self._lang().code, error))
            return None
        self._asked = str(options.challenge_id)
        return passkeys.asked("get", options, SignIn.receive_passkey)

    @rx.event
    @access.public
    async def receive_passkey(self, answer: str) -> EventSpec | None:
        """Check what the passkey has signed."""
        asked, credential = parse_id(self._asked), passkeys.answered(answer)
        self._asked = ""
        if asked is None or credential is None:
            self._show_passkey_error(self._lang()("sign-in-passkey-cancelled"))
            return None
        try:
            command = AnswerPasskey(challenge_id=asked, credential=credential)
            async with unit_of_work(ANONYMOUS, elevated=True) as uow:
                signed_in = await accounts.answer_passkey(uow, command)
                ticket = await self._ticket(uow, signed_in)
        except ValidationError:
            self._show_passkey_error(self._lang()("sign-in-passkey-cancelled"))
            return None
        except PygmalionError as error:
            self._show_passkey_error(error_text(self._lang().code, error))
            return None
        return await self._enter(signed_in, ticket)

    @rx.event
    @access.public
    def choose_method(self, method: str) -> None:
        """Go on with another of one's second factors."""
        self._clear_errors()
        if method in self.methods:
            self.step = str(method)

    @rx.event
    @access.public
    def choose_trust(self, trust: bool) -> None:
        """Have this browser trusted after the mailed code, or not."""
        self.trust = trust is True

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
        self.step, self._challenge, self._asked, self.resend_at = "identity", "", "", ""
        self._sso = self.lead = ""
        self.can_resend = self.done = self.trust = self.may_trust = False
        self.methods = []

    def _clear_errors(self) -> None:
        self.email_error = self.password_error = self.code_error = self.form_error = ""
        self.first_name_error = self.last_name_error = ""

    def _show_faults(self, error: ValidationError) -> None:
        lang = self._lang()
        for name in fields_at_fault(error):
            setattr(self, f"{name}_error", lang(f"sign-in-{name.replace('_', '-')}-error"))

    def _show_passkey_error(self, text: str) -> None:
        if self.step == "identity":
            self.form_error = text
        else:
            self.code_error = text

    async def _challenged(
        self, service: Callable[[UnitOfWork], Awaitable[ChallengeView | SignedIn]]
    ) -> EventSpec | None:
        try:
            async with unit_of_work(ANONYMOUS, elevated=True) as uow:
                answer = await service(uow)
                if isinstance(answer, ChallengeView):
                    self._wait_for(answer)
                    return None
                ticket = await self._ticket(uow, answer)
        except PygmalionError as error:
            text = error_text(self._lang().code, error)
            if error.field == "password":
                self.password_error = text
            else:
                self.form_error = text
            return None
        return await self._enter(answer, ticket)

    def _wait_for(self, challenge: ChallengeView) -> None:
        self._challenge = str(challenge.challenge_id)
        self.methods, self.may_trust = list(challenge.methods), challenge.may_trust
        usable = [name for name in self.methods if name != SignInMethod.PASSKEY or self.passkeys_here]
        self.step = (usable or self.methods)[0]
        self.can_resend = False
        self.resend_at = (container().clock.now() + RESEND_AFTER).isoformat()

    async def _verify(self, code: str) -> EventSpec | None:
        challenge = parse_id(self._challenge)
        if self.done or challenge is None:
            return None
        try:
            async with unit_of_work(ANONYMOUS, elevated=True) as uow:
                signed_in = await accounts.verify_code(uow, VerifyCode(challenge_id=challenge, code=code))
                ticket = await self._ticket(uow, signed_in)
        except PygmalionError as error:
            self.code_error = error_text(self._lang().code, error)
            return rx.call_script("(e => { if (e) { e.value = ''; e.focus(); } })(document.getElementById('code'))")
        return await self._enter(signed_in, ticket)

    async def _come_from_organization(self) -> EventSpec | None:
        """Go on with the second step of who has come through their organisation's provider; or lead there."""
        asked = self.router.url.query_parameters
        if slug := str(asked.get("organisation", ""))[:200]:
            return rx.redirect(f"{self._lang().path('sign-in-organization')}?{urlencode({'organisation': slug})}")
        attempt = parse_id(str(asked.get("sso", "")))
        if attempt is None:
            return None
        try:
            step = await flow.second_step(attempt, cookie_of(self, browser_cookie(container().settings)) or "")
        except PygmalionError as error:
            self.form_error = error_text(self._lang().code, error)
            return None
        self._sso, self._next, self.email = str(attempt), safe_next(step.next_path), step.email
        self.lead = self._lang()("sso-first-step" if step.is_first else "sso-second-step")
        self._wait_for(step.challenge)
        return None

    async def _ticket(self, uow: UnitOfWork, signed_in: SignedIn) -> str:
        """Return the ticket of who has shown everything; none for the second step after an organisation's provider."""
        if attempt := parse_id(self._sso):
            await flow.confirm(uow, attempt, cookie_of(self, browser_cookie(container().settings)) or "", signed_in)
            return ""
        await offers.refuse_other_ways(uow, user_id=signed_in.user_id)
        return await sessions.issue_ticket(uow, signed_in.user_id, method=signed_in.method)

    async def _enter(self, signed_in: SignedIn, ticket: str) -> EventSpec:
        self.done = True
        if self._sso:
            return rx.call_script(f"location.assign({json.dumps(f'/auth/sso/finish/{self._sso}')})")
        target = await target_of(signed_in, self._next, self._lang().code)
        trust = self.trust and self.may_trust and signed_in.method == SignInMethod.EMAIL
        return enter(ticket, target, trust=trust)


def _secret(form: dict[str, Any]) -> Any:
    # Not trimmed: a space may belong to a password.
    value = form.get("password")
    return value if isinstance(value, str) else ""


def _digits(typed: object) -> str:
    return "".join(re.findall(r"[0-9]", typed)) if isinstance(typed, str) else ""
