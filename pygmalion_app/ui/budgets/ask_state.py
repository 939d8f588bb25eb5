"""A learner's way from a session to their company: whether they can ask, what they asked, asking and taking it back."""

from typing import Any, Final

import reflex as rx
from reflex_base.event import EventSpec

from pygmalion_app.budgets import request_queries, requests
from pygmalion_app.budgets.models import OPEN
from pygmalion_app.budgets.schemas import AskForTraining
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import text_of
from pygmalion_app.ui.i18n import lang_of_path

ASK_DIALOG: Final = "ask-company"
_SHOWN = 100


class AskState(rx.State):
    """What the reader can ask their company for, and has."""

    can_ask: rx.Field[bool] = rx.field(False)
    """Whether they belong to a company and do not book for it themself."""
    asked: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    """Their open requests by session."""
    session: rx.Field[str] = rx.field("")
    error: rx.Field[str] = rx.field("")
    opened: rx.Field[int] = rx.field(0)

    @rx.event
    @access.public
    async def load(self) -> None:
        """Look up the reader's company and requests."""
        actor = await actor_of(self)
        self.can_ask, self.asked = False, {}
        if not actor.signed_in or actor.organizations_with(Permission.ENROLLMENT_CREATE):
            return
        async with unit_of_work(actor) as uow:
            self.can_ask = bool(await requests.companies(uow))
            if self.can_ask:
                mine = await request_queries.mine(uow, PageRequest(1, _SHOWN))
                self.asked = {str(one.session_id): str(one.id) for one in mine.items if one.state in OPEN}

    @rx.event
    @access.signed_in
    def begin(self, session_id: str) -> EventSpec | None:
        """Open the dialog in which a company is asked."""
        if not parse_id(session_id):
            return None
        self.session, self.error = session_id, ""
        self.opened += 1
        return ui.show_dialog(ASK_DIALOG)

    @rx.event
    @access.signed_in
    async def ask(self, form: dict[str, Any]) -> list[EventSpec] | None:
        """Ask for a seat in the chosen session."""
        lang, session_id = lang_of_path(self.router.url.path), parse_id(self.session)
        if session_id is None:
            return None
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                request_id = await requests.ask(
                    uow, AskForTraining(session_id=session_id, reason=text_of(form, "reason", 500))
                )
        except PygmalionError as error:
            self.error = error_text(lang.code, error)
            return None
        self.asked = {**self.asked, self.session: str(request_id)}
        return [ui.close_dialog(ASK_DIALOG), toasts.ok(lang("ask-done"))]

    @rx.event
    @access.signed_in
    async def take_back(self, session_id: str) -> EventSpec | None:
        """Withdraw the request for a session."""
        lang, request_id = lang_of_path(self.router.url.path), parse_id(self.asked.get(str(session_id), ""))
        if request_id is None:
            return None
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                await requests.withdraw(uow, request_id)
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        self.asked = {session: one for session, one in self.asked.items() if session != session_id}
        return toasts.ok(lang("ask-withdrawn"))
