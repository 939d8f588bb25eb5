"""An order: waiting for its payment, confirmed, expired or cancelled; it changes before the buyer's eyes."""

from dataclasses import dataclass
from datetime import datetime

import reflex as rx
from reflex_base.event import EventSpec

from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import NotFoundError, PygmalionError
from pygmalion_app.core.i18n import format_day, format_moment, format_money, format_number
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.enrollments import order_details, refunding, service
from pygmalion_app.enrollments.order_details import OrderDetail, OrderEvent, OrderEventKind, OrderSeat
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.enrollments.schedule import last_day
from pygmalion_app.ui.enrollments.wording import days_of, hours_of, place_of, seat_status, title_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import id_in_path
from pygmalion_app.ui.i18n import Lang, lang_of_path

GIVE_UP_DIALOG = "give-up"
_EVENT_TONES: dict[OrderEventKind, Tone] = {
    OrderEventKind.PAID: "ok",
    OrderEventKind.CONFIRMED: "ok",
    OrderEventKind.REFUNDED: "info",
    OrderEventKind.REFUND_REQUESTED: "info",
    OrderEventKind.REFUND_FAILED: "bad",
    OrderEventKind.REFUNDED_BY_HAND: "info",
    OrderEventKind.REFUND_COVERED: "info",
    OrderEventKind.DISPUTED: "bad",
}


@dataclass
class SeatRow:
    """One participant of the order. `session` tells other dates than the order's, `until` the lock date."""

    id: str
    name: str
    email: str
    status: str
    tone: Tone
    worth: str
    session: str
    until: str
    cancellable: bool
    changeable: bool


@dataclass
class EventRow:
    """One thing that happened to the order."""

    key: str
    day: str
    text: str
    amount: str
    tone: Tone


class OrderState(rx.State):
    """What the order page shows.

    `phase`: loading, waiting, processing, confirmed, expired, cancelled, missing, failed.
    """

    phase: rx.Field[str] = rx.field("loading")
    paid: rx.Field[bool] = rx.field(False)
    """Whether the buyer comes back from paying, and the gateway's word is still on its way."""
    order_id: rx.Field[str] = rx.field("")
    session_id: rx.Field[str] = rx.field("")
    slug: rx.Field[str] = rx.field("")
    course: rx.Field[str] = rx.field("")
    organization: rx.Field[str] = rx.field("")
    days: rx.Field[str] = rx.field("")
    hours: rx.Field[str] = rx.field("")
    place: rx.Field[str] = rx.field("")
    rows: rx.Field[list[SeatRow]] = rx.field(default_factory=list)
    several: rx.Field[bool] = rx.field(False)
    """Whether more than one seat can be given up, and so all together."""
    events: rx.Field[list[EventRow]] = rx.field(default_factory=list)
    quantity: rx.Field[int] = rx.field(0)
    unit_text: rx.Field[str] = rx.field("")
    list_text: rx.Field[str] = rx.field("")
    discount: rx.Field[str] = rx.field("")
    discount_text: rx.Field[str] = rx.field("")
    net_text: rx.Field[str] = rx.field("")
    vat_rate: rx.Field[str] = rx.field("")
    vat_text: rx.Field[str] = rx.field("")
    total_text: rx.Field[str] = rx.field("")
    refunded_text: rx.Field[str] = rx.field("")
    free: rx.Field[bool] = rx.field(False)
    on_account: rx.Field[bool] = rx.field(False)
    individual: rx.Field[bool] = rx.field(False)
    withdrawal: rx.Field[str] = rx.field("")
    refunded: rx.Field[bool] = rx.field(False)
    over: rx.Field[bool] = rx.field(False)
    """Whether every seat's session has been held."""
    expires_at: rx.Field[str] = rx.field("")
    checkout_url: rx.Field[str] = rx.field("")
    gateway_silent: rx.Field[bool] = rx.field(False)

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read the order in the page's address, its checkout opened anew if it has none."""
        self.phase, self.gateway_silent = "loading", False
        self.order_id = str(id_in_path(self.router.url.path) or "")
        self.paid = self.router.url.query_parameters.get("paid") == "1"
        await self._read(await actor_of(self), open_checkout=True)

    @rx.event
    @access.signed_in
    async def refresh(self) -> None:
        """Look whether the gateway has told us something."""
        if self.order_id and self.phase in {"waiting", "processing"}:
            await self._read(await actor_of(self))

    @rx.event
    @access.signed_in
    async def retry_checkout(self) -> None:
        """Ask the gateway again for the payment page."""
        self.gateway_silent = False
        await self._read(await actor_of(self), open_checkout=True)

    @rx.event
    @access.signed_in
    async def give_up(self) -> list[EventSpec]:
        """Release all seats of an order that is not paid."""
        lang, actor = self._lang(), await actor_of(self)
        closing = ui.close_dialog(GIVE_UP_DIALOG)
        order_id = parse_id(self.order_id)
        try:
            if order_id is None:
                raise NotFoundError(order="")
            async with unit_of_work(actor) as uow:
                await refunding.cancel(uow, order_id)
        except PygmalionError as error:
            return [closing, toasts.bad(error_text(lang.code, error))]
        await self._read(actor)
        return [closing]

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)

    async def _read(self, actor: Actor, *, open_checkout: bool = False) -> None:
        order_id = parse_id(self.order_id)
        if order_id is None:
            self.phase = "missing"
            return
        try:
            async with unit_of_work(actor) as uow:
                order = await order_details.detail(uow, order_id)
                now = uow.clock.now()
        except NotFoundError:
            self.phase, self.rows, self.course = "missing", [], ""
            return
        if open_checkout and order.mine and order.status == "PENDING" and not order.checkout_url:
            try:
                opened = await service.resume_checkout(actor, order_id)
                order = order.model_copy(update={"checkout_url": opened.checkout_url})
            except PygmalionError:
                self.gateway_silent = True
        self._show(order)
        self.over = all(seat.enrollment.end_date <= now for seat in order.seats)

    def _show(self, order: OrderDetail) -> None:
        lang, first = self._lang(), order.seats[0].enrollment
        here = next((seat.enrollment for seat in order.seats if seat.enrollment.session_id == order.session_id), first)
        self.session_id, self.slug = str(order.session_id), first.course_slug
        self.course = title_of(lang, first.course_title, first.course_title_en)
        self.organization = first.organization_name
        self.days = days_of(lang, here.start_date, here.end_date, here.time_zone)
        self.hours = hours_of(lang, here.start_date, here.end_date, here.time_zone)
        self.place = place_of(lang, here.location)
        self.rows = [_seat(lang, seat, order) for seat in order.seats]
        self.several = sum(row.cancellable for row in self.rows) > 1
        self.events = [_event(lang, number, event, order) for number, event in enumerate(order.events)]
        self.individual, self.on_account = order.payer == "individual", order.payment_method == "invoice"
        self.withdrawal = last_day(lang, order.withdrawal_ends_at)
        self.refunded = order.payment_status in {"refunding", "refunded"}
        self.expires_at, self.checkout_url = order.expires_at.isoformat(), order.checkout_url or ""
        self._show_price(lang, order)
        waiting = "processing" if order.payment_status == "processing" else "waiting"
        self.phase = waiting if order.status == "PENDING" else order.status.lower()

    def _show_price(self, lang: Lang, order: OrderDetail) -> None:
        def money(cents: int) -> str:
            return format_money(lang.code, cents, order.currency)

        self.quantity, self.free = order.quantity, order.amount_cents == 0
        self.unit_text, self.list_text = money(order.unit_price_cents), money(order.list_cents)
        self.discount = order.discount_code or ""
        self.discount_text = f"−{money(order.discount_cents)}" if order.discount_cents else ""
        self.net_text, self.vat_text = money(order.net_cents), money(order.vat_cents)
        self.vat_rate = format_number(lang.code, order.vat_basis_points / 100) if order.vat_basis_points else ""
        self.total_text = money(order.amount_cents)
        self.refunded_text = f"−{money(order.refunded_cents)}" if order.refunded_cents else ""


def _seat(lang: Lang, seat: OrderSeat, order: OrderDetail) -> SeatRow:
    one = seat.enrollment
    status, tone = seat_status(lang, one.status, present=one.present, passed=one.passed)
    moved = one.session_id != order.session_id
    return SeatRow(
        id=str(one.id),
        name=f"{one.participant.first_name} {one.participant.last_name}",
        email=one.participant.email,
        status=status,
        tone=tone,
        worth=format_money(lang.code, seat.worth_cents, order.currency),
        session=days_of(lang, one.start_date, one.end_date, one.time_zone) if moved else "",
        until=_moment(lang, seat.changes_until, one.time_zone) if seat.can_change else "",
        cancellable=seat.can_cancel,
        changeable=seat.can_change,
    )


def _event(lang: Lang, number: int, event: OrderEvent, order: OrderDetail) -> EventRow:
    zone = order.seats[0].enrollment.time_zone
    text = lang(
        f"order-event-{event.kind.value.replace('_', '-')}",
        participant=event.participant,
        before=format_day(lang.code, event.starts_before, zone) if event.starts_before else event.before,
        after=format_day(lang.code, event.starts_after, zone) if event.starts_after else event.after,
        seats=order.quantity,
    )
    amount = format_money(lang.code, event.amount_cents, order.currency) if event.amount_cents is not None else ""
    return EventRow(
        key=str(number),
        day=_moment(lang, event.at, zone),
        text=text,
        amount=amount,
        tone=_EVENT_TONES.get(event.kind, "idle"),
    )


def _moment(lang: Lang, moment: datetime, time_zone: str) -> str:
    return format_moment(lang.code, moment, time_zone)
