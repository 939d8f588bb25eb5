"""A school's own refund of a sale: seats given up or an amount of its choice, shown in full before it is done."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import reflex as rx
from reflex_base.event import EventSpec

from pygmalion_app.core.errors import NotFoundError, PygmalionError
from pygmalion_app.core.i18n import format_money
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.unit_of_work import UnitOfWork, unit_of_work
from pygmalion_app.enrollments import refunding
from pygmalion_app.enrollments.errors import NotCancellableError
from pygmalion_app.enrollments.schemas import RefundPreview, RefundSeats
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path
from pygmalion_app.ui.invoicing.rows import cents_of
from pygmalion_app.ui.payouts.payouts_state import MANAGE, PayoutsState

REFUND_DIALOG = "refund-sale"
_LARGEST_CENTS = 1_000_000_000
_LONGEST_REASON = 500
_PROBE = RefundSeats(amount_cents=1, reason="?")


@dataclass
class SeatChoice:
    """A participant whose seat can be given up."""

    id: str
    name: str
    worth: str
    chosen: bool


@dataclass
class RefundLine:
    """What goes back for one seat, and by which part of its price."""

    name: str
    percent: str
    amount: str


class SaleRefund(rx.State):
    """The dialog: what is given back (`choose`), then what that means (`confirm`)."""

    step: rx.Field[str] = rx.field("choose")
    kind: rx.Field[str] = rx.field("seats")
    """`seats` or `amount`."""
    sale: rx.Field[str] = rx.field("")
    left: rx.Field[str] = rx.field("")
    """What can be given back at most."""
    seats: rx.Field[list[SeatChoice]] = rx.field(default_factory=list)
    amount: rx.Field[str] = rx.field("")
    reason: rx.Field[str] = rx.field("")
    seats_error: rx.Field[str] = rx.field("")
    amount_error: rx.Field[str] = rx.field("")
    reason_error: rx.Field[str] = rx.field("")
    lines: rx.Field[list[RefundLine]] = rx.field(default_factory=list)
    back: rx.Field[str] = rx.field("")
    commission: rx.Field[str] = rx.field("")
    own: rx.Field[str] = rx.field("")
    """What of it comes from the organisation."""
    on_account: rx.Field[bool] = rx.field(False)
    begun: rx.Field[int] = rx.field(0)
    """Counts the dialogs begun, so that each form starts empty."""

    _order: str = ""

    @rx.event
    @access.requires(MANAGE)
    async def begin(self, order: str) -> EventSpec:
        """Open the dialog for a sale."""
        lang = self._lang()
        self._order = str(order)[:40]
        self.step, self.kind, self.amount, self.reason = "choose", "seats", "", ""
        self.seats_error = self.amount_error = self.reason_error = ""
        self.begun += 1
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                shown = await _possible(uow, self._order_id())
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        self.left = format_money(lang.code, shown.refundable_cents, shown.currency)
        self.seats = [
            SeatChoice(
                str(seat.enrollment_id),
                seat.participant,
                format_money(lang.code, seat.worth_cents, shown.currency),
                chosen=False,
            )
            for seat in shown.seats
        ]
        self.kind = "seats" if self.seats else "amount"
        page = await self.get_state(PayoutsState)
        self.sale = next((row.what for row in page.sales if row.id == self._order), "")
        return ui.show_dialog(REFUND_DIALOG)

    @rx.event
    @access.requires(MANAGE)
    def choose_kind(self, kind: str) -> None:
        """Choose between seats and an amount."""
        self.kind = "amount" if kind == "amount" or not self.seats else "seats"

    @rx.event
    @access.requires(MANAGE)
    def toggle(self, seat: str) -> None:
        """Choose a participant, or no longer."""
        self.seats = [replace(one, chosen=one.chosen != (one.id == seat)) for one in self.seats]
        self.seats_error = ""

    @rx.event
    @access.requires(MANAGE)
    async def show(self, form: dict[str, Any]) -> EventSpec | None:
        """Show what would go back, before anything is done."""
        lang = self._lang()
        self.amount, self.reason = text_of(form, "amount", 20), text_of(form, "reason", _LONGEST_REASON)
        wanted = self._wanted(lang)
        if wanted is None:
            return None
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                shown = await refunding.preview(uow, self._order_id(), wanted)
        except PygmalionError as error:
            if self.kind == "amount":
                self.amount_error = error_text(lang.code, error)
                return None
            return toasts.bad(error_text(lang.code, error))
        self._show(lang, shown)
        return None

    @rx.event
    @access.requires(MANAGE)
    def change(self) -> None:
        """Go back to the choice."""
        self.step = "choose"

    @rx.event
    @access.requires(MANAGE)
    async def confirm(self) -> list[EventSpec]:
        """Do what was shown; pressed twice, it is done once."""
        lang, closing = self._lang(), ui.close_dialog(REFUND_DIALOG)
        wanted = self._wanted(lang) if self.step == "confirm" else None
        self.step = "choose"
        if wanted is None:
            return [closing]
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                await refunding.cancel(uow, self._order_id(), wanted)
        except PygmalionError as error:
            return [closing, toasts.bad(error_text(lang.code, error))]
        page = await self.get_state(PayoutsState)
        await page._reread()  # noqa: SLF001 - a public method would be an event handler
        return [closing, toasts.ok(lang("refund-done", amount=self.back))]

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)

    def _order_id(self) -> UUID:
        found = parse_id(self._order)
        if found is None:
            raise NotFoundError(order=self._order)
        return found

    def _wanted(self, lang: Lang) -> RefundSeats | None:
        """Return what was chosen, or None with what is missing said beside it."""
        self.seats_error = self.amount_error = self.reason_error = ""
        if self.kind == "seats":
            chosen = [parse_id(seat.id) for seat in self.seats if seat.chosen]
            self.seats_error = "" if chosen else lang("refund-seats-missing")
            ids = tuple(one for one in chosen if one is not None)
            return RefundSeats(enrollment_ids=ids, reason=self.reason) if ids else None
        cents = cents_of(self.amount) or 0
        self.amount_error = "" if 0 < cents <= _LARGEST_CENTS else lang("refund-amount-wrong")
        self.reason_error = "" if self.reason else lang("refund-reason-missing")
        if self.amount_error or self.reason_error:
            return None
        return RefundSeats(amount_cents=cents, reason=self.reason)

    def _show(self, lang: Lang, shown: RefundPreview) -> None:
        def money(cents: int) -> str:
            return format_money(lang.code, cents, shown.currency)

        self.lines = [
            RefundLine(seat.participant, lang("refund-percent", percent=seat.percent), money(seat.amount_cents))
            for seat in shown.seats
        ]
        self.back, self.commission = money(shown.amount_cents), money(shown.commission_cents)
        self.own = money(shown.amount_cents - shown.commission_cents)
        self.on_account, self.step = shown.on_account, "confirm"


async def _possible(uow: UnitOfWork, order_id: UUID) -> RefundPreview:
    """Return what could be given back: its seats, or only an amount where none can be given up any more."""
    try:
        return await refunding.preview(uow, order_id, RefundSeats())
    except NotCancellableError:
        return await refunding.preview(uow, order_id, _PROBE)
