"""Withdrawing from a contract: the statement, its confirmation, the receipt."""

from collections.abc import AsyncGenerator

import reflex as rx

from pygmalion_app.core.errors import NotFoundError, PygmalionError
from pygmalion_app.core.i18n import format_day, format_money, format_time, translate
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.unit_of_work import container, unit_of_work
from pygmalion_app.enrollments import withdrawal
from pygmalion_app.enrollments.withdrawal import Withdraw, WithdrawalView
from pygmalion_app.ui import access
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.enrollments.schedule import last_day
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import id_in_path
from pygmalion_app.ui.i18n import Lang, lang_of_path


class WithdrawalState(rx.State):
    """A withdrawal. `phase`: loading, statement, confirmation, done, over, none."""

    phase: rx.Field[str] = rx.field("loading")
    order_id: rx.Field[str] = rx.field("")
    course: rx.Field[str] = rx.field("")
    statement: rx.Field[str] = rx.field("")
    email: rx.Field[str] = rx.field("")
    amount: rx.Field[str] = rx.field("")
    until: rx.Field[str] = rx.field("")
    received: rx.Field[str] = rx.field("")
    receipt_url: rx.Field[str] = rx.field("")
    busy: rx.Field[bool] = rx.field(False)
    error: rx.Field[str] = rx.field("")

    _confirmation: str = ""

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read the contract of the order in the page's address."""
        self.phase, self.busy, self.error = "loading", False, ""
        self.order_id = str(id_in_path(self.router.url.path) or "")
        await self._read()

    @rx.event
    @access.signed_in
    def proceed(self) -> None:
        """Go on from the statement to its confirmation."""
        if self.phase == "statement":
            self.phase = "confirmation"

    @rx.event
    @access.signed_in
    def back(self) -> None:
        """Go back to the statement."""
        if self.phase == "confirmation":
            self.phase = "statement"

    @rx.event
    @access.signed_in
    async def confirm(self) -> AsyncGenerator[None]:
        """Withdraw."""
        order_id = parse_id(self.order_id)
        if self.busy or self.phase != "confirmation" or order_id is None:
            return
        self.busy, self.error = True, ""
        yield
        lang, command = self._lang(), Withdraw(confirmation=self._confirmation, locale=self._lang().code)
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                done = await withdrawal.withdraw(uow, order_id, command)
        except PygmalionError as error:
            await self._read()
            self.error = error_text(lang.code, error)
        else:
            self._show(lang, done)
        self.busy = False

    async def _read(self) -> None:
        lang, order_id = self._lang(), parse_id(self.order_id)
        if order_id is None:
            self.phase = "none"
            return
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                self._show(lang, await withdrawal.look(uow, order_id, lang.code))
        except NotFoundError:
            self.phase = "none"

    def _show(self, lang: Lang, found: WithdrawalView) -> None:
        self.course, self.statement, self.email = found.course, found.statement, found.email
        self.amount = format_money(lang.code, found.amount_cents, found.currency)
        self.until = last_day(lang, found.ends_at)
        self._confirmation = found.confirmation or ""
        self.receipt_url = f"/api/v1/orders/{found.order_id}/withdrawal/receipt"
        self.phase = "statement" if found.state == "open" else found.state.value
        if found.withdrawn_at is not None:
            zone = container().settings.withdrawal_time_zone
            self.received = translate(
                lang.code,
                "withdrawal-moment",
                day=format_day(lang.code, found.withdrawn_at, zone),
                time=format_time(lang.code, found.withdrawn_at, zone),
            )

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)
