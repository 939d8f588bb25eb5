"""Enrolling, paying, cancelling and validating, as the pages' states see it."""

from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import func, select
from sqlmodel import col

from pygmalion_app.adapters.payments.testmode.cashier import play
from pygmalion_app.adapters.payments.testmode.outcomes import Outcome
from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.enrollments.models import Enrollment, Order
from pygmalion_app.organizations.models import OrganizationMember
from pygmalion_app.sessions.models import TrainingSession
from pygmalion_app.ui.enrollments.contract_state import ContractState
from pygmalion_app.ui.enrollments.order_seat_state import OrderSeatState
from pygmalion_app.ui.enrollments.order_state import OrderState
from pygmalion_app.ui.enrollments.state import EnrolState
from pygmalion_app.ui.sessions.session_state import TeachSessionState
from tests.cast import Cast, add_person
from tests.clock import MovableClock
from tests.ui_private.conftest import Open

LIST = "Marie;Dupont;marie@test.example\nune ligne\nMarie;Dupont;marie@test.example\nlea@test.example;Lea;Test"


async def _form(open_as: Open[EnrolState], cast: Cast, actor: Actor) -> EnrolState:
    state = await open_as(EnrolState, f"/fr/enrol/{cast.session}", actor)
    await EnrolState.load.fn(state)
    return state


async def _book(state: EnrolState) -> str:
    """Press the button and return where it leads, empty when it leads nowhere."""
    events = [event async for event in EnrolState.book.fn(state)]
    found = str(events[-1]) if events and events[-1] is not None else ""
    return found[found.index("/fr/orders/") + 11 :][:36] if "/fr/orders/" in found else ""


async def _ordered(open_as: Open[Any], cast: Cast) -> tuple[OrderState, str]:
    form = await _form(open_as, cast, cast.marc)
    EnrolState.add_pasted.fn(form, {"pasted": LIST})
    order_id = await _book(form)
    state = await open_as(OrderState, f"/fr/orders/{order_id}", cast.marc)
    await OrderState.load.fn(state)
    return state, order_id


async def _pay(state: OrderState) -> None:
    await play(state.checkout_url.rsplit("/", 1)[-1], Outcome.SUCCESS)


async def test_a_pasted_list_becomes_participants_and_a_price(open_as: Open[EnrolState], cast: Cast) -> None:
    state = await _form(open_as, cast, cast.marc)
    assert (state.phase, state.payer, state.seats_left) == ("form", "company", 5)
    assert [row.email for row in state.team] == ["lea@test.example"]
    EnrolState.add_pasted.fn(state, {"pasted": LIST})
    assert [row.email for row in state.people] == ["marie@test.example", "lea@test.example"]
    assert len(state.bad_lines) == 1
    assert "2" in state.bad_lines[0]
    assert state.team[0].chosen
    assert (state.net_text, state.vat_text, state.total_text) == ("1\u202f900\xa0€", "380\xa0€", "2\u202f280\xa0€")
    EnrolState.toggle.fn(state, "lea@test.example")
    assert (state.quantity, state.total_text) == (1, "1\u202f140\xa0€")


async def test_a_double_click_books_once_and_leads_to_one_order(
    open_as: Open[EnrolState], cast: Cast, container: Container
) -> None:
    state = await _form(open_as, cast, cast.marc)
    EnrolState.toggle.fn(state, "lea@test.example")
    first = await _book(state)
    state.busy = False
    assert await _book(state) == first
    async with unit_of_work(SYSTEM, container) as uow:
        assert (await uow.session.execute(select(func.count()).select_from(Order))).scalar_one() == 1
        assert (await uow.session.get_one(TrainingSession, cast.session)).seats_taken == 1


async def test_who_is_enrolled_already_is_flagged_before_paying(open_as: Open[EnrolState], cast: Cast) -> None:
    first = await _form(open_as, cast, cast.marc)
    EnrolState.toggle.fn(first, "lea@test.example")
    assert await _book(first)
    again = await _form(open_as, cast, cast.marc)
    assert again.team[0].enrolled
    EnrolState.add_person.fn(again, {"email": "Lea@Test.example", "first_name": "Lea", "last_name": "Test"})
    assert again.blocked
    assert await _book(again) == ""


async def test_a_full_session_is_told_inline_and_books_nobody(
    open_as: Open[EnrolState], cast: Cast, container: Container
) -> None:
    state = await _form(open_as, cast, cast.marc)
    people = "\n".join(f"Ana;Nom{n};p{n}@test.example" for n in range(6))
    EnrolState.add_pasted.fn(state, {"pasted": people})
    assert await _book(state) == ""
    assert "5" in state.error
    assert not state.busy
    async with unit_of_work(SYSTEM, container) as uow:
        assert (await uow.session.execute(select(Enrollment))).all() == []


async def test_a_person_alone_enrols_only_themself_and_sees_that_nothing_is_charged(
    open_as: Open[Any], cast: Cast
) -> None:
    state = await _form(open_as, cast, cast.lea)
    assert (state.payer, state.companies) == ("individual", [])
    EnrolState.choose_payer.fn(state, "company")
    assert state.payer == "individual"
    EnrolState.remove.fn(state, "lea@test.example")
    assert [row.email for row in state.people] == ["lea@test.example"]
    contract = await state.get_state(ContractState)
    await ContractState.load.fn(contract, "")
    assert contract.phase == "ready"
    assert contract.schedule[0].amount == "0\xa0€"
    assert [moment.amount for moment in contract.schedule if moment.amount][1:] == ["342\xa0€", "798\xa0€"]
    assert await _book(state) == "", "the box is not ticked"
    assert contract.error
    ContractState.accept.fn(contract, True)
    order = await open_as(OrderState, f"/fr/orders/{await _book(state)}", cast.lea)
    await OrderState.load.fn(order)
    assert order.individual
    assert order.withdrawal


async def test_another_companys_team_cannot_be_looked_at(open_as: Open[EnrolState], cast: Cast) -> None:
    state = await _form(open_as, cast, cast.stranger)
    await EnrolState.choose_company.fn(state, str(cast.company))
    assert state.company != str(cast.company)
    assert state.team == []


async def test_the_order_page_follows_the_payment_by_itself(
    open_as: Open[Any], cast: Cast, api: httpx.AsyncClient
) -> None:
    state, _ = await _ordered(open_as, cast)
    assert (state.phase, state.quantity) == ("waiting", 2)
    assert state.checkout_url
    await OrderState.refresh.fn(state)
    assert state.phase == "waiting"
    await _pay(state)
    await OrderState.refresh.fn(state)
    assert state.phase == "confirmed"
    assert all(row.cancellable for row in state.rows)


async def test_somebody_elses_order_does_not_exist(open_as: Open[Any], cast: Cast) -> None:
    _, order_id = await _ordered(open_as, cast)
    for actor in (cast.stranger, cast.tom):
        state = await open_as(OrderState, f"/fr/orders/{order_id}", actor)
        await OrderState.load.fn(state)
        assert (state.phase, state.rows, state.course) == ("missing", [], "")


async def test_what_a_cancellation_gives_back_is_shown_then_done(
    open_as: Open[Any], cast: Cast, clock: MovableClock, api: httpx.AsyncClient
) -> None:
    state, _ = await _ordered(open_as, cast)
    await _pay(state)
    await OrderState.refresh.fn(state)
    clock.move(days=20)
    seats = await state.get_state(OrderSeatState)
    await OrderSeatState.ask_cancel.fn(seats, state.rows[0].id)
    assert "570" in seats.cancel_text
    assert "50" in seats.losses[0].percent
    await OrderSeatState.cancel_seat.fn(seats)
    assert [row.cancellable for row in state.rows].count(True) == 1
    clock.move(days=9)
    left = next(row for row in state.rows if row.cancellable)
    await OrderSeatState.ask_cancel.fn(seats, left.id)
    assert "570" not in seats.cancel_text


async def test_giving_the_seats_up_frees_them_at_once(open_as: Open[Any], cast: Cast, container: Container) -> None:
    state, _ = await _ordered(open_as, cast)
    await OrderState.give_up.fn(state)
    assert state.phase == "cancelled"
    async with unit_of_work(SYSTEM, container) as uow:
        assert (await uow.session.get_one(TrainingSession, cast.session)).seats_taken == 0


async def _trainer(open_as: Open[Any], cast: Cast, actor: Actor) -> TeachSessionState:
    state = await open_as(TeachSessionState, f"/fr/teach/{cast.session}", actor)
    await TeachSessionState.load.fn(state)
    return state


async def test_the_trainers_word_is_recorded_for_those_marked_only(
    open_as: Open[Any], cast: Cast, container: Container, api: httpx.AsyncClient
) -> None:
    order, _ = await _ordered(open_as, cast)
    await _pay(order)
    state = await _trainer(open_as, cast, cast.tom)
    assert (state.phase, state.early, state.open_count, state.changed) == ("ready", "allowed", 2, 0)
    marie = next(row for row in state.rows if row.email == "marie@test.example")
    TeachSessionState.mark.fn(state, marie.id, "passed")
    TeachSessionState.mark.fn(state, marie.id, "excellent")
    assert state.changed == 1
    await TeachSessionState.validate_marks.fn(state)
    assert state.open_count == 1
    assert state.waiting
    async with unit_of_work(SYSTEM, container) as uow:
        rows = (
            await uow.session.execute(select(col(Enrollment.id), col(Enrollment.status), col(Enrollment.present)))
        ).all()
    assert {(str(row.id) == marie.id, row.status, row.present) for row in rows} == {
        (True, "COMPLETED", True), (False, "CONFIRMED", None),
    }  # fmt: skip


async def test_an_absence_can_be_corrected_and_a_pass_cannot(
    open_as: Open[Any], cast: Cast, api: httpx.AsyncClient
) -> None:
    order, _ = await _ordered(open_as, cast)
    await _pay(order)
    state = await _trainer(open_as, cast, cast.olga)
    for row in state.rows:
        TeachSessionState.mark.fn(state, row.id, "absent")
    await TeachSessionState.validate_marks.fn(state)
    assert state.open_count == 2
    TeachSessionState.mark_all.fn(state)
    await TeachSessionState.validate_marks.fn(state)
    TeachSessionState.mark.fn(state, state.rows[0].id, "absent")
    assert (state.open_count, state.changed) == (0, 0)


async def test_another_trainer_of_the_house_and_the_buyer_see_nothing(
    open_as: Open[Any], cast: Cast, container: Container
) -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        other = await add_person(uow, "rita")
        uow.session.add(OrganizationMember(user_id=_id(other), organization_id=cast.school, role="trainer"))
    for actor in (other, cast.marc, cast.lea):
        state = await _trainer(open_as, cast, actor)
        assert (state.phase, state.rows) == ("missing", [])


def _id(actor: Actor) -> UUID:
    return actor.require_user()
