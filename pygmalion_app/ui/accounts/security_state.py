"""The security page: password, e-mail address and devices."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import reflex as rx
from pydantic import ValidationError
from reflex_base.event import EventSpec

from pygmalion_app.accounts import devices, email_change, password_change
from pygmalion_app.accounts.errors import ReauthenticationRequiredError
from pygmalion_app.accounts.security_schemas import ChangeEmail, ChangePassword, ConfirmEmailChange, DeviceView
from pygmalion_app.core.addresses import address
from pygmalion_app.core.errors import InvalidInputError, NotFoundError, PygmalionError
from pygmalion_app.core.i18n import format_moment
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui.accounts import reauthentication
from pygmalion_app.ui.accounts.fields import digits_of, secret_of
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path
from pygmalion_app.ui.viewer import Viewer

CODE_DIGITS = 6
_NO_DEVICE = UUID(int=0)
_EMPTY = "for (const id of ['current_password', 'new_password']) document.getElementById(id).value = ''"


@dataclass
class DeviceRow:
    """A session in the list, ready to read."""

    key: str
    name: str
    seen: str
    detail: str
    icon: str
    current: bool


class SecurityState(rx.State):
    """Password and address. What is typed never stays here, but for the new address while its code is on its way."""

    current_error: rx.Field[str] = rx.field("")
    new_error: rx.Field[str] = rx.field("")
    new_email: rx.Field[str] = rx.field("")
    email_error: rx.Field[str] = rx.field("")
    code_error: rx.Field[str] = rx.field("")

    _change: str = ""

    @rx.event
    @access.signed_in
    def load(self) -> None:
        """Begin anew."""
        self.current_error = self.new_error = ""
        self._restart()

    @rx.event
    @access.signed_in
    async def change_password(self, form: dict[str, Any]) -> list[EventSpec] | None:
        """Set another password; the other devices are signed out."""
        lang, current, new = self._lang(), secret_of(form, "current_password"), secret_of(form, "new_password")
        self.current_error = self.new_error = ""
        if not current:
            self.current_error = lang("security-password-missing")
            return None
        try:
            command = ChangePassword.model_validate({"current_password": current[:200], "new_password": new[:200]})
            async with unit_of_work(await actor_of(self)) as uow:
                await password_change.change_password(uow, command)
        except PygmalionError as error:
            text = error_text(lang.code, error)
            self.new_error, self.current_error = (text, "") if isinstance(error, InvalidInputError) else ("", text)
            return None
        done = toasts.ok(lang("security-password-changed"))
        return [rx.call_script(_EMPTY), DevicesState.load(), done]  # pyright: ignore[reportCallIssue, reportReturnType]

    @rx.event
    @access.signed_in
    async def change_email(self, form: dict[str, Any]) -> EventSpec | None:
        """Mail a code to the new address."""
        lang = self._lang()
        self.email_error = self.code_error = ""
        try:
            command = ChangeEmail(email=text_of(form, "new_email", 320))
            async with unit_of_work(await actor_of(self)) as uow:
                change = await email_change.ask(uow, command)
        except ReauthenticationRequiredError:
            again = SecurityState.change_email({"new_email": text_of(form, "new_email", 320)})  # pyright: ignore[reportCallIssue, reportArgumentType]
            return await reauthentication.ask(self, again)
        except (ValidationError, InvalidInputError):
            self.email_error = lang("security-email-error")
            return None
        except PygmalionError as error:
            self.email_error = error_text(lang.code, error)
            return None
        self.new_email, self._change = str(command.email), str(change.change_id)
        return None

    @rx.event
    @access.signed_in
    async def confirm_email(self, form: dict[str, Any]) -> list[EventSpec] | EventSpec | None:
        """Move the account to the new address."""
        lang, change_id, code = self._lang(), parse_id(self._change), digits_of(form, "email_code")
        self.code_error = ""
        if change_id is None or len(code) != CODE_DIGITS:
            self.code_error = lang("security-code-incomplete")
            return None
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                await email_change.confirm(uow, ConfirmEmailChange(change_id=change_id, code=code))
        except ReauthenticationRequiredError:
            return await reauthentication.ask(self, SecurityState.confirm_email({"email_code": code}))  # pyright: ignore[reportCallIssue, reportArgumentType]
        except PygmalionError as error:
            self.code_error = error_text(lang.code, error)
            return None
        self._restart()
        done = toasts.ok(lang("security-email-changed"))
        return [Viewer.load(), DevicesState.load(), done]  # pyright: ignore[reportCallIssue, reportReturnType]

    @rx.event
    @access.signed_in
    def restart_email(self) -> None:
        """Take another address."""
        self._restart()

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)

    def _restart(self) -> None:
        self.new_email = self.email_error = self.code_error = self._change = ""


class DevicesState(rx.State):
    """Where one is signed in."""

    loaded: rx.Field[bool] = rx.field(False)
    rows: rx.Field[list[DeviceRow]] = rx.field(default_factory=list)

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read the list."""
        await self._read()

    @rx.event
    @access.signed_in
    async def sign_out(self, key: str) -> EventSpec:
        """End one session; it holds at that device's next click."""
        lang = lang_of_path(self.router.url.path)
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                await devices.sign_out(uow, parse_id(key) or _NO_DEVICE)
        except NotFoundError:
            await self._read()
            return toasts.info(lang("devices-gone"))
        await self._read()
        return toasts.ok(lang("devices-signed-out"))

    @rx.event
    @access.signed_in
    async def sign_out_everywhere(self) -> EventSpec:
        """End every session, this one too."""
        async with unit_of_work(await actor_of(self)) as uow:
            await devices.sign_out_everywhere(uow)
        home = address("home", lang_of_path(self.router.url.path).code)
        return rx.call_script(f"fetch('/auth/sign-out', {{method: 'POST'}}).finally(() => location.assign({home!r}))")

    async def _read(self) -> None:
        lang = lang_of_path(self.router.url.path)
        async with unit_of_work(await actor_of(self)) as uow:
            self.rows = [_row(lang, device) for device in await devices.mine(uow)]
        self.loaded = True


def _row(lang: Lang, device: DeviceView) -> DeviceRow:
    details = [
        lang("devices-since", moment=_moment(lang, device.signed_in_at)),
        lang(f"devices-method-{device.method}"),
        *([lang("devices-from", address=device.address)] if device.address else []),
    ]
    return DeviceRow(
        key=str(device.id),
        name=_name(lang, device),
        seen=lang("devices-seen", moment=_moment(lang, device.last_seen_at)),
        detail=", ".join(details),
        icon="monitor" if device.kind == "browser" else "blocks",
        current=device.current,
    )


def _name(lang: Lang, device: DeviceView) -> str:
    if device.kind == "api":
        return lang("devices-api", browser=device.browser) if device.browser else lang("devices-api-unknown")
    if device.browser and device.system:
        return lang("devices-browser", browser=device.browser, system=device.system)
    return device.browser or device.system or lang("devices-unknown")


def _moment(lang: Lang, moment: datetime) -> str:
    return format_moment(lang.code, moment)
