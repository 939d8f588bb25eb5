"""One's own second factors on the security page."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import reflex as rx
import segno
from pydantic import ValidationError
from reflex_base.event import EventSpec

from pygmalion_app.accounts import factors
from pygmalion_app.accounts.errors import ReauthenticationRequiredError
from pygmalion_app.accounts.factor_schemas import AddPasskey, ConfirmTotp, FactorsView, PasskeyView
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.i18n import format_day
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.accounts import passkeys, reauthentication
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path

TOTP_DIALOG = "factors-totp-dialog"
PASSKEY_DIALOG = "factors-passkey-dialog"
CODES_DIALOG = "factors-codes-dialog"
REMOVE_DIALOG = "factors-remove-dialog"
_TOTP = "totp"


@dataclass
class PasskeyRow:
    """A passkey in the list."""

    key: str
    name: str
    made: str
    used: str
    synced: bool


class FactorsState(rx.State):
    """What the person has beside the password. Secrets stand here only while they are shown."""

    loaded: rx.Field[bool] = rx.field(False)
    strong: rx.Field[bool] = rx.field(False)
    totp_since: rx.Field[str] = rx.field("")
    passkeys: rx.Field[list[PasskeyRow]] = rx.field(default_factory=list)
    codes_left: rx.Field[str] = rx.field("")
    demanded: rx.Field[str] = rx.field("")
    """What to say to who must set a strong factor up; empty for all others."""
    passkeys_at: rx.Field[str] = rx.field("")
    passkeys_here: rx.Field[bool] = rx.field(False)
    qr: rx.Field[str] = rx.field("")
    secret: rx.Field[str] = rx.field("")
    code_error: rx.Field[str] = rx.field("")
    name_error: rx.Field[str] = rx.field("")
    recovery_codes: rx.Field[list[str]] = rx.field(default_factory=list)

    _factor: str = ""
    _asked: str = ""
    _name: str = ""
    _removing: str = ""

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read what there is."""
        self._forget_secrets()
        self.passkeys_at = passkeys.place()
        self.passkeys_here = bool(self.passkeys_at) and self.router.url.origin == self.passkeys_at
        await self._read()

    @rx.event
    @access.signed_in
    async def begin_totp(self) -> EventSpec:
        """Make a secret and show it as a QR code."""
        self.code_error = ""
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                made = await factors.begin_totp(uow)
        except PygmalionError as error:
            return await self._refused(error, FactorsState.begin_totp)
        self._factor = str(made.factor_id)
        self.qr = segno.make(made.uri, error="m").svg_data_uri(scale=5, border=3, dark="#0a1831", light="#ffffff")
        self.secret = " ".join(made.secret[at : at + 4] for at in range(0, len(made.secret), 4))
        return ui.show_dialog(TOTP_DIALOG)

    @rx.event
    @access.signed_in
    async def confirm_totp(self, form: dict[str, Any]) -> list[EventSpec] | EventSpec | None:
        """Take the authenticator into use once a code of it is right."""
        lang, factor_id = self._lang(), parse_id(self._factor)
        code = "".join(filter(str.isdigit, text_of(form, "totp_code", 20)))
        try:
            if factor_id is None:
                return None
            command = ConfirmTotp(factor_id=factor_id, code=code)
            async with unit_of_work(await actor_of(self)) as uow:
                made = await factors.confirm_totp(uow, command)
        except ValidationError:
            self.code_error = lang("sign-in-code-incomplete")
            return None
        except ReauthenticationRequiredError:
            return await reauthentication.ask(self, again=FactorsState.confirm_totp({"totp_code": code}))  # pyright: ignore[reportCallIssue]
        except PygmalionError as error:
            self.code_error = error_text(lang.code, error)
            return None
        await self._read()
        shown = self._show_codes(made.recovery_codes)
        return [ui.close_dialog(TOTP_DIALOG), *shown, toasts.ok(lang("factors-totp-added"))]

    @rx.event
    @access.signed_in
    async def begin_passkey(self, form: dict[str, Any]) -> EventSpec | None:
        """Have the browser make a passkey under a name."""
        self.name_error, self._name = "", text_of(form, "passkey_name", 200)
        if not 1 <= len(self._name) <= 80:  # noqa: PLR2004 - a person's name for a thing (`PersonName`)
            self.name_error = self._lang()("factors-passkey-name-error")
            return None
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                options = await factors.begin_passkey(uow)
        except PygmalionError as error:
            return await self._refused(error, FactorsState.begin_passkey({"passkey_name": self._name}))  # pyright: ignore[reportCallIssue]
        self._asked = str(options.challenge_id)
        return passkeys.asked("create", options, FactorsState.receive_passkey)

    @rx.event
    @access.signed_in
    async def receive_passkey(self, answer: str) -> list[EventSpec] | EventSpec:
        """Keep the passkey that the browser made."""
        lang, asked, credential = self._lang(), parse_id(self._asked), passkeys.answered(answer)
        self._asked = ""
        try:
            if asked is None or credential is None:
                return toasts.info(lang("factors-passkey-cancelled"))
            command = AddPasskey(challenge_id=asked, credential=credential, name=self._name)
            async with unit_of_work(await actor_of(self)) as uow:
                made = await factors.add_passkey(uow, command)
        except ValidationError:
            return toasts.bad(lang("factors-passkey-cancelled"))
        except PygmalionError as error:
            return await self._refused(error, FactorsState.begin_passkey({"passkey_name": self._name}))  # pyright: ignore[reportCallIssue]
        await self._read()
        shown = self._show_codes(made.recovery_codes)
        return [ui.close_dialog(PASSKEY_DIALOG), *shown, toasts.ok(lang("factors-passkey-added"))]

    @rx.event
    @access.signed_in
    def ask_removal(self, what: str) -> EventSpec:
        """Ask whether to remove the authenticator (`totp`) or a passkey (its id)."""
        self._removing = str(what)
        return ui.show_dialog(REMOVE_DIALOG)

    @rx.event
    @access.signed_in
    async def remove(self) -> list[EventSpec] | EventSpec:
        """Remove what was asked for."""
        passkey_id = parse_id(self._removing)
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                if passkey_id is not None:
                    await factors.remove_passkey(uow, passkey_id)
                else:
                    await factors.remove_totp(uow)
        except PygmalionError as error:
            return [ui.close_dialog(REMOVE_DIALOG), await self._refused(error, FactorsState.remove)]
        await self._read()
        said = "factors-totp-removed" if self._removing == _TOTP else "factors-passkey-removed"
        return [ui.close_dialog(REMOVE_DIALOG), toasts.ok(self._lang()(said))]

    @rx.event
    @access.signed_in
    async def renew_codes(self) -> list[EventSpec] | EventSpec:
        """Make ten new recovery codes."""
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                made = await factors.new_recovery_codes(uow)
        except PygmalionError as error:
            return await self._refused(error, FactorsState.renew_codes)
        await self._read()
        return self._show_codes(made.recovery_codes)

    @rx.event
    @access.signed_in
    def copy_codes(self) -> list[EventSpec]:
        """Put the codes into the clipboard."""
        text = json.dumps("\n".join(self.recovery_codes))
        return [
            rx.call_script(f"navigator.clipboard.writeText({text})"),
            toasts.ok(self._lang()("factors-recovery-copied")),
        ]

    @rx.event
    @access.signed_in
    def forget_codes(self) -> EventSpec:
        """Close the dialog; the codes are not shown again."""
        self._forget_secrets()
        return ui.close_dialog(CODES_DIALOG)

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)

    def _forget_secrets(self) -> None:
        self.qr = self.secret = self.code_error = self.name_error = ""
        self._factor = self._asked = self._removing = ""
        self.recovery_codes = []

    def _show_codes(self, codes: tuple[str, ...]) -> list[EventSpec]:
        self._forget_secrets()
        self.recovery_codes = list(codes)
        return [ui.show_dialog(CODES_DIALOG)] if codes else []

    async def _refused(self, error: PygmalionError, again: Any) -> EventSpec:
        """Say why not; a change that only asks who it is once more goes on by itself after that."""
        if isinstance(error, ReauthenticationRequiredError):
            return await reauthentication.ask(self, again=again)
        return toasts.bad(error_text(self._lang().code, error))

    async def _read(self) -> None:
        lang = self._lang()
        async with unit_of_work(await actor_of(self)) as uow:
            found = await factors.overview(uow)
        self.strong = found.strong
        self.totp_since = _day(lang, found.totp_since)
        self.passkeys = [_row(lang, passkey) for passkey in found.passkeys]
        self.codes_left = lang("factors-recovery-left", count=found.recovery_codes_left)
        self.demanded = _demand(lang, found)
        self.loaded = True


def _day(lang: Lang, moment: datetime | None) -> str:
    return format_day(lang.code, moment) if moment else ""


def _row(lang: Lang, passkey: PasskeyView) -> PasskeyRow:
    used = _day(lang, passkey.last_used_at)
    return PasskeyRow(
        key=str(passkey.id),
        name=passkey.name,
        made=f"{lang('factors-passkey-made')} {_day(lang, passkey.created_at)}",
        used=f"{lang('factors-passkey-used')} {used}" if used else lang("factors-passkey-never-used"),
        synced=passkey.backed_up,
    )


def _demand(lang: Lang, found: FactorsView) -> str:
    if found.strong or not found.demanded_by:
        return ""
    return lang("factors-demanded", organizations=", ".join(one.name for one in found.demanded_by))
