"""Proving once more who one is, in a dialog before a sensitive change; the change then goes on by itself.

    except ReauthenticationRequiredError:
        return await reauthentication.ask(self, again=FactorsState.begin_totp)

The page holds `reauthenticate_dialog(lang)` once.
"""

from typing import Any

import reflex as rx
from pydantic import ValidationError
from reflex_base.event import Event, EventSpec

from pygmalion_app.accounts import proofs, service
from pygmalion_app.accounts.factor_schemas import AnswerPasskey, AskPasskey
from pygmalion_app.accounts.models import SignInMethod
from pygmalion_app.accounts.schemas import VerifyCode
from pygmalion_app.accounts.security_schemas import Reauthenticate
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.ui import access
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.accounts import passkeys
from pygmalion_app.ui.accounts.fields import account_form, code_field, secret_field, secret_of
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path
from pygmalion_app.ui.viewer import Viewer

DIALOG = "reauthenticate-dialog"


class Reauthentication(rx.State):
    """One proof. Neither the password nor a code stays here."""

    step: rx.Field[str] = rx.field("password")
    """`password`, then `email`, `totp` (which takes recovery codes too) or `passkey`."""
    methods: rx.Field[list[str]] = rx.field(default_factory=list)
    password_error: rx.Field[str] = rx.field("")
    code_error: rx.Field[str] = rx.field("")

    _challenge: str = ""
    _asked: str = ""
    _again: list[tuple[str, dict[str, Any]]] = []  # noqa: RUF012 - Reflex copies it for each client

    @rx.event
    @access.signed_in
    async def send_password(self, form: dict[str, Any]) -> None:
        """Check the password and go on to the second factor."""
        self.password_error = self.code_error = ""
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                challenge = await proofs.begin(uow, Reauthenticate.model_validate({"password": _typed(form)}))
        except PygmalionError as error:
            self.password_error = error_text(self._lang().code, error)
            return
        self._challenge, self.methods = str(challenge.challenge_id), list(challenge.methods)
        self.step = _first_step(self.methods, at_passkeys=self.router.url.origin == passkeys.place())

    @rx.event
    @access.signed_in
    async def send_code(self, form: dict[str, Any]) -> list[Any] | None:
        """Check the code."""
        challenge_id = parse_id(self._challenge)
        self.code_error = ""
        try:
            command = VerifyCode.model_validate(
                {"challenge_id": challenge_id, "code": text_of(form, "reauth_code", 40)}
            )
            async with unit_of_work(await actor_of(self)) as uow:
                await proofs.confirm(uow, command)
        except ValidationError:
            self.code_error = self._lang()("reauth-code-error")
            return None
        except PygmalionError as error:
            self.code_error = error_text(self._lang().code, error)
            return None
        return self._go_on()

    @rx.event
    @access.signed_in
    async def use_passkey(self) -> EventSpec | None:
        """Have the browser ask for a passkey."""
        self.code_error = ""
        try:
            async with unit_of_work(await actor_of(self), elevated=True) as uow:
                options = await service.ask_passkey(uow, AskPasskey(challenge_id=parse_id(self._challenge)))
        except PygmalionError as error:
            self.code_error = error_text(self._lang().code, error)
            return None
        self._asked = str(options.challenge_id)
        return passkeys.asked("get", options, Reauthentication.receive_passkey)

    @rx.event
    @access.signed_in
    async def receive_passkey(self, answer: str) -> list[Any] | None:
        """Check what the passkey has signed."""
        asked, credential = parse_id(self._asked), passkeys.answered(answer)
        self._asked = ""
        try:
            if asked is None or credential is None:
                self.code_error = self._lang()("reauth-passkey-failed")
                return None
            async with unit_of_work(await actor_of(self)) as uow:
                await proofs.confirm_by_passkey(uow, AnswerPasskey(challenge_id=asked, credential=credential))
        except ValidationError:
            self.code_error = self._lang()("reauth-passkey-failed")
            return None
        except PygmalionError as error:
            self.code_error = error_text(self._lang().code, error)
            return None
        return self._go_on()

    @rx.event
    @access.signed_in
    def choose(self, step: str) -> None:
        """Go on with another of one's factors."""
        self.code_error = ""
        if step in {SignInMethod.TOTP, SignInMethod.PASSKEY} and self.step != "password":
            self.step = str(step)

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)

    def _begin(self, again: list[tuple[str, dict[str, Any]]]) -> None:
        self.step, self.methods, self.password_error, self.code_error = "password", [], "", ""
        self._challenge = self._asked = ""
        self._again = again

    def _go_on(self) -> list[Any]:
        again = [Event(name=name, payload=payload) for name, payload in self._again]
        self._begin([])
        return [ui.close_dialog(DIALOG), *again]


async def ask(state: rx.State, again: Any = None) -> EventSpec:
    """Return the event that opens the dialog; `again` (an event, with its payload) follows once it is confirmed."""
    events = Event.from_event_type(again)
    mine = await state.get_state(Reauthentication)
    mine._begin([(event.name, event.payload) for event in events])  # noqa: SLF001 - a name without it would be a handler
    # By itself, the browser would put the cursor on the button that closes.
    return rx.call_script(
        f"document.getElementById({DIALOG!r})?.showModal(); document.getElementById('reauth_password')?.focus()"
    )


def reauthenticate_dialog(lang: Lang) -> rx.Component:
    """Return the dialog; a page holds it once."""
    return ui.dialog(
        lang,
        DIALOG,
        lang("reauth-title"),
        rx.match(
            Reauthentication.step,
            ("password", _password(lang)),
            ("passkey", _passkey(lang)),
            ("totp", _code(lang, lang("reauth-code-totp"))),
            _code(lang, lang("reauth-code-email"), mailed=True),
        ),
    )


def _password(lang: Lang) -> rx.Component:
    return account_form(
        lang,
        "security",
        rx.el.p(lang("reauth-lead"), class_name="text-ink-2"),
        # Tells password managers whose password this is.
        rx.el.input(type="hidden", name="username", auto_complete="username", value=Viewer.email, read_only=True),
        secret_field(
            lang,
            "reauth_password",
            lang("reauth-password"),
            hint=lang("reauth-password-hint"),
            error=Reauthentication.password_error,
            auto_complete="current-password",
        ),
        ui.button(lang("reauth-continue"), type="submit", block=True),
        on_submit=Reauthentication.send_password,
    )


def _code(lang: Lang, lead: str, *, mailed: bool = False) -> rx.Component:
    href = rx.Var.create(f"{lang.path('mailbox')}?to=") + Viewer.email
    mailbox = ui.link(lang("sign-in-open-mailbox"), href=href, target="_blank", rel="noopener")
    return rx.el.div(
        account_form(
            lang,
            "security",
            rx.el.p(lead, class_name="text-ink-2"),
            code_field("reauth_code", lang("reauth-code"), error=Reauthentication.code_error, numeric=mailed),
            ui.button(lang("reauth-confirm"), type="submit", block=True),
            on_submit=Reauthentication.send_code,
        ),
        rx.cond(Viewer.has_mailbox, rx.el.p(mailbox, class_name="mt-4 text-sm")) if mailed else _other_passkey(lang),
    )


def _other_passkey(lang: Lang) -> rx.Component:
    return rx.cond(
        Reauthentication.methods.contains("passkey"),
        ui.button(
            lang("reauth-use-passkey"),
            look="ghost",
            size="sm",
            icon_name="key-round",
            on_click=Reauthentication.choose("passkey"),  # pyright: ignore[reportCallIssue]
        ),
    )


def _passkey(lang: Lang) -> rx.Component:
    return rx.el.div(
        rx.el.p(lang("reauth-code-passkey"), class_name="text-ink-2"),
        rx.cond(Reauthentication.code_error != "", ui.notice(Reauthentication.code_error, tone="bad")),
        ui.button(lang("reauth-use-passkey"), block=True, icon_name="key-round", on_click=Reauthentication.use_passkey),
        ui.button(
            lang("reauth-use-code"),
            look="ghost",
            size="sm",
            on_click=Reauthentication.choose("totp"),  # pyright: ignore[reportCallIssue]
        ),
        class_name="grid gap-4",
    )


def _first_step(methods: list[str], *, at_passkeys: bool) -> str:
    if SignInMethod.EMAIL in methods:
        return SignInMethod.EMAIL.value
    if SignInMethod.PASSKEY in methods and at_passkeys:
        return SignInMethod.PASSKEY.value
    return SignInMethod.TOTP.value


def _typed(form: dict[str, Any]) -> str:
    return secret_of(form, "reauth_password")[:200]
