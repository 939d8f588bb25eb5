"""What a company's people ask for, and its managers' answers."""

from typing import Any, Final
from uuid import UUID

import reflex as rx
from pydantic import ValidationError
from reflex_base.event import EventSpec

from pygmalion_app.budgets import request_queries, requests
from pygmalion_app.budgets.models import RequestState
from pygmalion_app.budgets.schemas import Approve, Refuse
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.enrollments import invoice_orders
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.budgets.budget_state import BudgetState
from pygmalion_app.ui.budgets.rows import RequestRow, request_row
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path
from pygmalion_app.ui.organizations.chosen import chosen_organization

APPROVE_DIALOG: Final = "approve-request"
REFUSE_DIALOG: Final = "refuse-request"
MANAGE: Final = Permission.BUDGET_MANAGE
_SHOWN = 50


class QueueOfRequests(rx.State):
    """The requests that wait, and those that are over."""

    organization: rx.Field[str] = rx.field("")
    waiting: rx.Field[list[RequestRow]] = rx.field(default_factory=list)
    over: rx.Field[list[RequestRow]] = rx.field(default_factory=list)
    chosen: rx.Field[RequestRow] = rx.field(default_factory=RequestRow)
    """The request that a dialog is about."""
    center: rx.Field[str] = rx.field("")
    method: rx.Field[str] = rx.field("card")
    by_invoice: rx.Field[bool] = rx.field(False)
    """Whether the seller lets the company pay by invoice."""
    opened: rx.Field[int] = rx.field(0)
    error: rx.Field[str] = rx.field("")

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read the requests of the reader's company."""
        actor = await actor_of(self)
        found = chosen_organization(self, actor, MANAGE)
        self.organization = str(found or "")
        if found is not None:
            await self._read(actor)

    @rx.event
    @access.requires(MANAGE)
    async def begin_approve(self, asked: str) -> EventSpec | None:
        """Open the dialog in which a request is approved."""
        row = self._choose(asked)
        request_id, organization = parse_id(asked), parse_id(self.organization)
        if row is None or request_id is None or organization is None:
            return None
        async with unit_of_work(await actor_of(self)) as uow:
            page = await request_queries.queue(uow, organization, PageRequest(1, _SHOWN))
            session = next((one.session_id for one in page.items if one.id == request_id), None)
            self.by_invoice = session is not None and await invoice_orders.is_offered(uow, session, organization)
        self.center, self.method = row.center, "invoice" if self.by_invoice else "card"
        return ui.show_dialog(APPROVE_DIALOG)

    @rx.event
    @access.requires(MANAGE)
    def begin_refuse(self, asked: str) -> EventSpec | None:
        """Open the dialog in which a request is turned down."""
        return ui.show_dialog(REFUSE_DIALOG) if self._choose(asked) else None

    @rx.event
    @access.requires(MANAGE)
    def choose_center(self, center: str) -> None:
        """Choose the cost centre that pays."""
        self.center = str(parse_id(center) or "")

    @rx.event
    @access.requires(MANAGE)
    def choose_method(self, value: str) -> None:
        """Choose how it is paid."""
        self.method = "invoice" if value == "invoice" and self.by_invoice else "card"

    @rx.event
    @access.requires(MANAGE)
    async def approve(self, form: dict[str, Any]) -> list[Any] | None:
        """Approve the chosen request: it is booked, or waits for another manager."""
        lang = self._lang()
        request_id = parse_id(self.chosen.id)
        if request_id is None:
            return None
        command = Approve.model_validate(
            {
                "cost_center_id": parse_id(self.center),
                "payment_method": "invoice" if self.method == "invoice" else "card",
                "note": text_of(form, "note", 500),
            }
        )
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                state = await requests.approve(uow, request_id, command)
        except PygmalionError as error:
            self.error = error_text(lang.code, error)
            return None
        said = "request-second-asked" if state == RequestState.SECONDED else "request-booked"
        return await self._done(APPROVE_DIALOG, lang(said))

    @rx.event
    @access.requires(MANAGE)
    async def refuse(self, form: dict[str, Any]) -> list[Any] | None:
        """Turn the chosen request down."""
        lang = self._lang()
        request_id = parse_id(self.chosen.id)
        if request_id is None:
            return None
        try:
            command = Refuse.model_validate({"note": text_of(form, "note", 500)})
            async with unit_of_work(await actor_of(self)) as uow:
                await requests.refuse(uow, request_id, command)
        except ValidationError:
            self.error = lang("request-note-error")
            return None
        except PygmalionError as error:
            self.error = error_text(lang.code, error)
            return None
        return await self._done(REFUSE_DIALOG, lang("request-refused-done"))

    def _choose(self, asked: str) -> RequestRow | None:
        found = next((row for row in self.waiting if row.id == asked), None)
        self.chosen, self.error = found or RequestRow(), ""
        self.opened += 1
        return found

    async def _done(self, dialog: str, said: str) -> list[Any]:
        await self._read(await actor_of(self))
        # The figures beside it have moved too.
        return [ui.close_dialog(dialog), toasts.ok(said), BudgetState.load]

    async def _read(self, actor: Actor) -> None:
        lang, organization = self._lang(), UUID(self.organization)
        async with unit_of_work(actor) as uow:
            waiting = await request_queries.queue(uow, organization, PageRequest(1, _SHOWN))
            over = await request_queries.queue(uow, organization, PageRequest(1, _SHOWN), is_open=False)
        self.waiting = [request_row(lang, one) for one in waiting.items]
        self.over = [request_row(lang, one) for one in over.items]

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)
