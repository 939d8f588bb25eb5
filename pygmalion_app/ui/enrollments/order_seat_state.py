"""What a buyer does with the seats of an order: give some up, put another person on one, move one."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import reflex as rx
from pydantic import ValidationError
from reflex_base.event import EventSpec

from pygmalion_app.core.errors import NotFoundError, PygmalionError
from pygmalion_app.core.i18n import format_money
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.enrollments import refunding, transfers
from pygmalion_app.enrollments.schemas import MoveSeat, RefundPreview, RefundSeats, ReplaceParticipant, SessionChoice
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.enrollments.order_state import OrderState
from pygmalion_app.ui.enrollments.rows import PersonRow, faults_of, person_of
from pygmalion_app.ui.enrollments.wording import days_of, hours_of, place_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path

CANCEL_DIALOG, REPLACE_DIALOG, MOVE_DIALOG = "cancel-seat", "replace-person", "move-seat"


@dataclass
class LossRow:
    """What one participant loses by a cancellation, and what goes back for the seat."""

    name: str
    percent: str
    amount: str


@dataclass
class ChoiceRow:
    """A session that a seat could be moved to."""

    id: str
    days: str
    hours: str
    place: str
    seats: str


class OrderSeatState(rx.State):
    """The dialogs of the order page."""

    person: rx.Field[str] = rx.field("")
    """Whose seat a dialog is about."""
    cancel_title: rx.Field[str] = rx.field("")
    cancel_text: rx.Field[str] = rx.field("")
    losses: rx.Field[list[LossRow]] = rx.field(default_factory=list)
    email_error: rx.Field[str] = rx.field("")
    first_name_error: rx.Field[str] = rx.field("")
    last_name_error: rx.Field[str] = rx.field("")
    error: rx.Field[str] = rx.field("")
    begun: rx.Field[int] = rx.field(0)
    """Counts the forms begun, so that each starts empty."""
    choices: rx.Field[list[ChoiceRow]] = rx.field(default_factory=list)
    chosen: rx.Field[str] = rx.field("")

    _order_id: str = ""
    _seats: list[str] = []  # noqa: RUF012 - a backend var of the state, copied for each client

    @rx.event
    @access.signed_in
    async def ask_cancel(self, seat: str) -> EventSpec:
        """Show what giving a seat up gives back, before it is done."""
        return await self._ask([seat])

    @rx.event
    @access.signed_in
    async def ask_cancel_all(self) -> EventSpec:
        """Show what giving up all that can be given up gives back."""
        return await self._ask([])

    @rx.event
    @access.signed_in
    async def cancel_seat(self) -> list[EventSpec]:
        """Give up what was shown."""
        lang, closing = self._lang(), ui.close_dialog(CANCEL_DIALOG)
        seats, self._seats = self._seats, []
        if not seats:
            return [closing]
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                order_id, command = _wanted(self._order_id, seats)
                await refunding.cancel(uow, order_id, command)
        except PygmalionError as error:
            return [closing, toasts.bad(error_text(lang.code, error))]
        await self._show_order()
        return [closing, toasts.ok(lang("cancel-done", count=len(seats)))]

    @rx.event
    @access.signed_in
    async def begin_replace(self, seat: str) -> EventSpec:
        """Open the form that names who takes a seat."""
        await self._begin(seat)
        return ui.show_dialog(REPLACE_DIALOG)

    @rx.event
    @access.signed_in
    async def replace_person(self, form: dict[str, Any]) -> list[EventSpec] | None:
        """Put the named person on the seat."""
        lang = self._lang()
        self.error = self.email_error = self.first_name_error = self.last_name_error = ""
        row = PersonRow(text_of(form, "email").lower(), text_of(form, "first_name"), text_of(form, "last_name"))
        faults = faults_of(row)
        for name in faults:
            setattr(self, f"{name}_error", lang(f"sign-in-{name.replace('_', '-')}-error"))
        seat_id = parse_id(self._seats[0]) if self._seats else None
        if faults or seat_id is None:
            return None
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                command = ReplaceParticipant(participant=person_of(row))
                await transfers.replace_participant(uow, seat_id, command)
        except (PygmalionError, ValidationError) as error:
            known = error if isinstance(error, PygmalionError) else NotFoundError()
            self.error = error_text(lang.code, known)
            return None
        await self._show_order()
        done = lang("replace-done", name=f"{row.first_name} {row.last_name}")
        return [ui.close_dialog(REPLACE_DIALOG), toasts.ok(done)]

    @rx.event
    @access.signed_in
    async def begin_move(self, seat: str) -> EventSpec:
        """Show the sessions that a seat can be moved to."""
        lang, seat_id = self._lang(), parse_id(seat)
        await self._begin(seat)
        try:
            if seat_id is None:
                raise NotFoundError(enrollment="")
            async with unit_of_work(await actor_of(self)) as uow:
                found = await transfers.sessions_to_move_to(uow, seat_id)
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        self.choices = [_choice(lang, one) for one in found]
        return ui.show_dialog(MOVE_DIALOG)

    @rx.event
    @access.signed_in
    def choose_session(self, session_id: str) -> None:
        """Choose where to."""
        if session_id in {row.id for row in self.choices}:
            self.chosen, self.error = session_id, ""

    @rx.event
    @access.signed_in
    async def move_seat(self) -> list[EventSpec] | None:
        """Move the seat to the chosen session."""
        lang, to = self._lang(), parse_id(self.chosen)
        seat_id = parse_id(self._seats[0]) if self._seats else None
        if seat_id is None or to is None:
            self.error = lang("move-choose")
            return None
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                await transfers.move(uow, seat_id, MoveSeat(session_id=to))
        except PygmalionError as error:
            self.error = error_text(lang.code, error)
            return None
        await self._show_order()
        return [ui.close_dialog(MOVE_DIALOG), toasts.ok(lang("move-done", name=self.person))]

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)

    async def _begin(self, seat: str) -> None:
        order = await self.get_state(OrderState)
        self._order_id, self._seats = order.order_id, [seat]
        self.person = next((row.name for row in order.rows if row.id == seat), "")
        self.error = self.email_error = self.first_name_error = self.last_name_error = self.chosen = ""
        self.choices, self.begun = [], self.begun + 1

    async def _ask(self, seats: list[str]) -> EventSpec:
        lang = self._lang()
        order = await self.get_state(OrderState)
        self._order_id, self._seats = order.order_id, []
        try:
            order_id, command = _wanted(self._order_id, seats)
            async with unit_of_work(await actor_of(self)) as uow:
                shown = await refunding.preview(uow, order_id, command)
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        self._seats = [str(seat.enrollment_id) for seat in shown.seats]
        self._show_preview(lang, shown)
        return ui.show_dialog(CANCEL_DIALOG)

    def _show_preview(self, lang: Lang, shown: RefundPreview) -> None:
        one = len(shown.seats) == 1
        self.cancel_title = (
            lang("cancel-title", name=shown.seats[0].participant)
            if one
            else lang("cancel-several-title", count=len(shown.seats))
        )
        amount = format_money(lang.code, shown.amount_cents, shown.currency)
        if shown.amount_cents:
            key = "cancel-credit" if shown.on_account else "cancel-refund"
        else:
            key = "cancel-no-refund" if shown.taken else "cancel-nothing-taken"
        self.cancel_text = lang(key, amount=amount)
        self.losses = [
            LossRow(
                seat.participant,
                lang("cancel-percent", percent=seat.percent) if shown.taken else "",
                format_money(lang.code, seat.amount_cents, shown.currency),
            )
            for seat in shown.seats
        ]

    async def _show_order(self) -> None:
        order = await self.get_state(OrderState)
        await order._read(await actor_of(self))  # noqa: SLF001 - a public method would be an event handler


def _wanted(order_id: str, seats: list[str]) -> tuple[UUID, RefundSeats]:
    found, ids = parse_id(order_id), [parse_id(seat) for seat in seats]
    known = tuple(one for one in ids if one is not None)
    if found is None or len(known) < len(ids):
        raise NotFoundError(order=order_id)
    return found, RefundSeats(enrollment_ids=known)


def _choice(lang: Lang, one: SessionChoice) -> ChoiceRow:
    return ChoiceRow(
        id=str(one.session_id),
        days=days_of(lang, one.starts_at, one.ends_at, one.time_zone),
        hours=hours_of(lang, one.starts_at, one.ends_at, one.time_zone),
        place=place_of(lang, one.location),
        seats=lang("seats-left", count=one.seats_left),
    )
