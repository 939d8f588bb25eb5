"""A forgotten password, and putting a former address back: what mailed links lead to."""

from typing import Any

import reflex as rx
from pydantic import ValidationError
from reflex_base.event import EventSpec

from pygmalion_app.accounts import email_change, password_reset
from pygmalion_app.accounts.security_schemas import AskPasswordReset, ResetPassword, UndoEmailChange
from pygmalion_app.core.actor import ANONYMOUS
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.ui import access
from pygmalion_app.ui.accounts.fields import secret_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path

_LONGEST = 200
# The token leaves the address bar at once: it is not to be seen, bookmarked or shared.
_TAKE = (
    "(() => { const token = location.hash.slice(1);"
    " if (token) history.replaceState(history.state, '', location.pathname + location.search); return token; })()"
)


def _token(value: object) -> str:
    return value if isinstance(value, str) and len(value) <= _LONGEST else ""


class ResetState(rx.State):
    """`ask` for a link, `sent`, `choose` the new password, `done`. The token stays out of the browser's copy."""

    step: rx.Field[str] = rx.field("ask")
    email_error: rx.Field[str] = rx.field("")
    password_error: rx.Field[str] = rx.field("")
    form_error: rx.Field[str] = rx.field("")

    _token: str = ""

    @rx.event
    @access.public
    def load(self) -> EventSpec:
        """Begin anew, with the link's token if there is one."""
        self._begin()
        return rx.call_script(_TAKE, callback=ResetState.take)

    @rx.event
    @access.public
    def take(self, token: str) -> None:
        """Keep the link's token, out of the page."""
        self._token = _token(token)
        if self._token:
            self.step = "choose"

    @rx.event
    @access.public
    async def send(self, form: dict[str, Any]) -> None:
        """Have a link mailed."""
        lang = self._lang()
        self.email_error = self.form_error = ""
        try:
            async with unit_of_work(ANONYMOUS) as uow:
                await password_reset.ask(uow, AskPasswordReset(email=text_of(form, "email", 320)))
        except ValidationError:
            self.email_error = lang("sign-in-email-error")
            return
        except PygmalionError as error:
            self.form_error = error_text(lang.code, error)
            return
        self.step = "sent"

    @rx.event
    @access.public
    async def choose(self, form: dict[str, Any]) -> None:
        """Set the new password."""
        lang = self._lang()
        self.password_error = self.form_error = ""
        try:
            command = ResetPassword.model_validate(
                {"token": self._token, "password": secret_of(form, "new_password")[:_LONGEST]}
            )
            async with unit_of_work(ANONYMOUS) as uow:
                await password_reset.reset(uow, command)
        except ValidationError:
            self._begin()
            return
        except PygmalionError as error:
            text = error_text(lang.code, error)
            self.password_error, self.form_error = (text, "") if error.field == "password" else ("", text)
            return
        self._begin()
        self.step = "done"

    @rx.event
    @access.public
    def restart(self) -> None:
        """Ask for another link."""
        self._begin()

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)

    def _begin(self) -> None:
        self.step, self._token = "ask", ""
        self.email_error = self.password_error = self.form_error = ""


class UndoState(rx.State):
    """Putting a former address back: only a click does it, since mail programs open links by themselves."""

    ready: rx.Field[bool] = rx.field(False)
    done: rx.Field[bool] = rx.field(False)
    error: rx.Field[str] = rx.field("")

    _token: str = ""

    @rx.event
    @access.public
    def load(self) -> EventSpec:
        """Take the link's token."""
        self.ready = self.done = False
        self.error = self._token = ""
        return rx.call_script(_TAKE, callback=UndoState.take)

    @rx.event
    @access.public
    def take(self, token: str) -> None:
        """Keep the link's token, out of the page."""
        self._token = _token(token)
        self.ready = bool(self._token)

    @rx.event
    @access.public
    async def undo(self) -> None:
        """Put the address back."""
        locale = lang_of_path(self.router.url.path).code
        try:
            async with unit_of_work(ANONYMOUS) as uow:
                await email_change.undo(uow, UndoEmailChange(token=self._token))
        except ValidationError:
            self.ready = False
            return
        except PygmalionError as error:
            self.error = error_text(locale, error)
            return
        self.done, self.error, self._token = True, "", ""
