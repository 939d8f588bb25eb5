"""An order: waiting for its payment, confirmed, expired or cancelled; it changes before the buyer's eyes."""

from dataclasses import dataclass
from uuid import UUID

import reflex as rx
from reflex_base.event import EventSpec

from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import NotFoundError, PygmalionError
from pygmalion_app.core.i18n import format_money
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.enrollments import cancellation, overview, service
from pygmalion_app.enrollments.schemas import EnrollmentView, OrderView
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.enrollments.schedule import last_day
from pygmalion_app.ui.enrollments.wording import days_of, hours_of, place_of, seat_status, title_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import id_in_path
from pygmalion_app.ui.i18n import Lang, lang_of_path

CANCEL_DIALOG = "cancel-seat"
GIVE_UP_DIALOG = "give-up"
_CANCELLABLE = {"PENDING", "CONFIRMED"}


@dataclass
class SeatRow:
    """One participant of the order."""

    id: str
    name: str
    email: str
    status: str
    tone: Tone
    cancellable: bool


class OrderState(rx.State):
    """What the order page shows. `phase`: loading, waiting, processing, confirmed, expired, cancelled, missing."""

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
    quantity: rx.Field[int] = rx.field(0)
    unit_text: rx.Field[str] = rx.field("")
    net_text: rx.Field[str] = rx.field("")
    vat_text: rx.Field[str] = rx.field("")
    total_text: rx.Field[str] = rx.field("")
    individual: rx.Field[bool] = rx.field(False)
    withdrawal: rx.Field[str] = rx.field("")
    refunded: rx.Field[bool] = rx.field(False)
    expires_at: rx.Field[str] = rx.field("")
    checkout_url: rx.Field[str] = rx.field("")
    gateway_silent: rx.Field[bool] = rx.field(False)
    cancel_title: rx.Field[str] = rx.field("")
    cancel_text: rx.Field[str] = rx.field("")
    busy: rx.Field[bool] = rx.field(False)

    _cancel_id: str = ""

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read the order in the page's address, its checkout opened anew if it has none."""
        self.phase, self.busy, self.gateway_silent = "loading", False, False
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
    async def ask_cancel(self, seat: str) -> EventSpec:
        """Show what cancelling a seat gives back, before it is done."""
        lang, seat_id = self._lang(), parse_id(seat)
        try:
            if seat_id is None:
                raise NotFoundError(enrollment="")
            async with unit_of_work(await actor_of(self)) as uow:
                preview = await overview.preview_cancellation(uow, seat_id)
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        self._cancel_id = seat
        self.cancel_title = lang("cancel-title", name=preview.participant)
        amount = format_money(lang.code, preview.amount_cents, preview.currency)
        self.cancel_text = (
            lang("cancel-refund", amount=amount)
            if preview.amount_cents
            else lang("cancel-no-refund" if preview.taken else "cancel-nothing-taken")
        )
        return ui.show_dialog(CANCEL_DIALOG)

    @rx.event
    @access.signed_in
    async def cancel_seat(self) -> list[EventSpec]:
        """Give the seat up."""
        lang, actor, seat_id = self._lang(), await actor_of(self), parse_id(self._cancel_id)
        closing = ui.close_dialog(CANCEL_DIALOG)
        if seat_id is None:
            return [closing]
        self._cancel_id = ""
        try:
            async with unit_of_work(actor) as uow:
                await cancellation.cancel(uow, seat_id)
        except PygmalionError as error:
            return [closing, toasts.bad(error_text(lang.code, error))]
        await self._read(actor)
        return [closing, toasts.ok(lang("cancel-done"))]

    @rx.event
    @access.signed_in
    async def give_up(self) -> list[EventSpec]:
        """Release all seats of an order that is not paid."""
        lang, actor = self._lang(), await actor_of(self)
        closing = ui.close_dialog(GIVE_UP_DIALOG)
        try:
            async with unit_of_work(actor) as uow:
                for seat in await overview.order_people(uow, UUID(self.order_id)):
                    if seat.status == "PENDING":
                        await cancellation.cancel(uow, seat.id)
        except (PygmalionError, ValueError) as error:
            known = error if isinstance(error, PygmalionError) else NotFoundError()
            return [closing, toasts.bad(error_text(lang.code, known))]
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
                order = await service.order(uow, order_id)
                people = await overview.order_people(uow, order_id)
        except NotFoundError:
            self.phase = "missing"
            return
        if open_checkout and order.status == "PENDING" and not order.checkout_url:
            try:
                order = await service.resume_checkout(actor, order_id)
            except PygmalionError:
                self.gateway_silent = True
        self._show(order, people)

    def _show(self, order: OrderView, people: tuple[EnrollmentView, ...]) -> None:
        lang, first = self._lang(), people[0]
        self.session_id, self.slug = str(first.session_id), first.course_slug
        self.course = title_of(lang, first.course_title, first.course_title_en)
        self.organization = first.organization_name
        self.days = days_of(lang, first.start_date, first.end_date, first.time_zone)
        self.hours = hours_of(lang, first.start_date, first.end_date, first.time_zone)
        self.place = place_of(lang, first.location)
        self.rows = [_seat(lang, seat) for seat in people]
        self.quantity = order.quantity
        self.unit_text = format_money(lang.code, order.unit_price_cents, order.currency)
        self.net_text = format_money(lang.code, order.net_cents, order.currency)
        self.vat_text = format_money(lang.code, order.vat_cents, order.currency)
        self.total_text = format_money(lang.code, order.amount_cents, order.currency)
        self.individual = order.payer == "individual"
        self.withdrawal = last_day(lang, order.withdrawal_ends_at)
        self.refunded = order.payment_status in {"refunding", "refunded"}
        self.expires_at, self.checkout_url = order.expires_at.isoformat(), order.checkout_url or ""
        waiting = "processing" if order.payment_status == "processing" else "waiting"
        self.phase = waiting if order.status == "PENDING" else order.status.lower()


def _seat(lang: Lang, seat: EnrollmentView) -> SeatRow:
    status, tone = seat_status(lang, seat.status, present=seat.present, passed=seat.passed)
    person = seat.participant
    return SeatRow(
        id=str(seat.id),
        name=f"{person.first_name} {person.last_name}",
        email=person.email,
        status=status,
        tone=tone,
        cancellable=seat.status in _CANCELLABLE,
    )
