"""The buyer's orders on screen: the list, an order's seats and history, a code at enrolment; the school's codes."""

import csv
import io
from typing import Any

import httpx
from sqlalchemy import text

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.ui.enrollments.discounts_state import DiscountsState
from pygmalion_app.ui.enrollments.order_seat_state import OrderSeatState
from pygmalion_app.ui.enrollments.order_state import OrderState
from pygmalion_app.ui.enrollments.orders_state import OrdersState
from pygmalion_app.ui.enrollments.state import EnrolState
from tests.cast import Cast
from tests.enrollments.test_booking import bearer, order
from tests.enrollments.test_discounts import add_code
from tests.enrollments.test_transfers import another_session, paid
from tests.ui_private.conftest import Open


async def _order(open_as: Open[Any], cast: Cast, order_id: str) -> tuple[OrderState, OrderSeatState]:
    state = await open_as(OrderState, f"/fr/orders/{order_id}", cast.marc)
    await OrderState.load.fn(state)
    return state, await state.get_state(OrderSeatState)


async def test_an_order_page_explains_the_price_and_tells_what_happened(
    open_as: Open[Any], api: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    await add_code(cast)
    there = await another_session(cast, in_days=40)
    marc = bearer(container, cast.marc)
    body = order(cast.session, "ana", "bob") | {"discountCode": "SPRING-26"}
    booked = (await api.post("/enrollments", json=body, headers=marc)).json()["data"]
    await api.post(f"/dev/pay/{booked['checkoutUrl'].rsplit('/', 1)[1]}", json={"outcome": "success"})
    state, seats = await _order(open_as, cast, booked["orderId"])
    assert (state.phase, state.discount, state.discount_text) == ("confirmed", "SPRING-26", "−190\xa0€")
    assert (state.list_text, state.net_text, state.total_text) == (
        "1\u202f900\xa0€", "1\u202f710\xa0€", "2\u202f052\xa0€",
    )  # fmt: skip
    ana = next(row for row in state.rows if row.name.startswith("Ana"))
    await OrderSeatState.begin_replace.fn(seats, ana.id)
    await OrderSeatState.replace_person.fn(seats, {"email": "no address", "first_name": "Cid", "last_name": "Crew"})
    assert seats.email_error
    await OrderSeatState.replace_person.fn(
        seats, {"email": "cid@crew.example", "first_name": "Cid", "last_name": "Crew"}
    )
    assert "Cid Crew" in {row.name for row in state.rows}
    bob = next(row for row in state.rows if row.name.startswith("Bob"))
    await OrderSeatState.begin_move.fn(seats, bob.id)
    assert [row.id for row in seats.choices] == [str(there)]
    await OrderSeatState.move_seat.fn(seats)
    assert seats.error
    OrderSeatState.choose_session.fn(seats, str(there))
    await OrderSeatState.move_seat.fn(seats)
    assert next(row for row in state.rows if row.id == bob.id).session
    await OrderSeatState.ask_cancel_all.fn(seats)
    assert len(seats.losses) == 2
    assert "2\u202f052" in seats.cancel_text
    await OrderSeatState.cancel_seat.fn(seats)
    assert (state.phase, state.refunded_text) == ("cancelled", "−2\u202f052\xa0€")
    told = [event.text for event in state.events]
    assert any("Cid Crew remplace Ana Crew" in line for line in told)
    assert any("Bob Crew passe du" in line for line in told)
    assert told[-1] == "Commande annulée"
    detail = (await api.get(f"/orders/{booked['orderId']}", headers=marc)).json()["data"]
    assert [event["kind"] for event in detail["events"]][:2] == ["placed", "paid"]
    assert sum(seat["worthCents"] for seat in detail["seats"]) == detail["amountCents"]


async def test_the_list_is_ones_own_narrowed_and_taken_away(
    open_as: Open[Any], api: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    await paid(api, container, cast, "ana", "bob")
    await api.post("/enrollments", json=order(cast.session, "cid"), headers=bearer(container, cast.marc))
    async with unit_of_work(SYSTEM) as uow:
        await uow.session.execute(text("UPDATE courses SET title = '=SUM(1) Sûreté'"))
    state = await open_as(OrdersState, "/fr/orders", cast.marc)
    await OrdersState.load.fn(state)
    assert [row.status for row in state.rows] == ["À payer", "Confirmée"]
    await OrdersState.choose.fn(state, "confirmed")
    assert [row.amount for row in state.rows] == ["2\u202f280\xa0€"]
    for words, count in (("surete", 1), ("100%", 0)):
        await OrdersState.search.fn(state, {"q": words})
        assert len(state.rows) == count
    stranger = await open_as(OrdersState, "/fr/orders", cast.stranger)
    await OrdersState.load.fn(stranger)
    assert (stranger.phase, stranger.rows) == ("ready", [])
    answer = await api.get("/orders/export.csv", headers=bearer(container, cast.marc))
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    assert len(rows) == 3
    assert rows[1][3].startswith("'=SUM")
    assert {row[12] for row in rows[1:]} == {"2280.00", "1140.00"}
    listed = (await api.get("/orders", params={"state": "open"}, headers=bearer(container, cast.marc))).json()
    assert listed["meta"]["total"] == 1
    empty = await api.get("/orders/export.csv", headers=bearer(container, cast.stranger))
    assert len(empty.text.splitlines()) == 1


async def test_a_code_changes_the_price_at_once_and_says_why_it_does_not(
    open_as: Open[Any], api: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    await add_code(cast)
    state = await open_as(EnrolState, f"/fr/enrol/{cast.session}", cast.marc)
    await EnrolState.load.fn(state)
    EnrolState.toggle.fn(state, "lea@test.example")
    await EnrolState.apply_code.fn(state, {"discount_code": "WINTER"})
    assert state.code_error
    assert (state.code, state.total_text) == ("", "1\u202f140\xa0€")
    await EnrolState.apply_code.fn(state, {"discount_code": "spring-26"})
    assert (state.code, state.code_error, state.total_text) == ("SPRING-26", "", "1\u202f026\xa0€")
    EnrolState.drop_code.fn(state)
    assert state.total_text == "1\u202f140\xa0€"
    await EnrolState.apply_code.fn(state, {"discount_code": "SPRING-26"})
    async for _ in EnrolState.book.fn(state):
        pass
    assert state.error == ""
    orders = (await api.get("/orders", headers=bearer(container, cast.marc))).json()["data"]
    assert [one["discountCents"] for one in orders] == [9_500]


async def test_a_school_makes_and_ends_codes_on_its_page(open_as: Open[Any], cast: Cast) -> None:
    state = await open_as(DiscountsState, "/fr/organisation/discounts", cast.olga)
    await DiscountsState.load.fn(state)
    assert (state.organization, state.rows, len(state.courses)) == (str(cast.school), [], 2)
    for form, field in (
        ({"code": "é", "value": "10"}, "code"),
        ({"code": "GOOD", "value": "101"}, "value"),
        ({"code": "GOOD", "value": ""}, "value"),
        ({"code": "GOOD", "value": "10", "valid_until": "2020-01-01"}, "valid_until"),
        ({"code": "GOOD", "value": "10", "max_uses": "0"}, "max_uses"),
    ):
        await DiscountsState.create.fn(state, form)
        assert state.errors.get(field), form
    DiscountsState.choose_kind.fn(state, "amount")
    await DiscountsState.create.fn(state, {"code": "GOOD", "value": "12,50", "max_uses": "3"})
    (row,) = state.rows
    assert (row.value, row.uses, row.state) == ("−12,50\xa0€", "0 / 3", "Actif")
    DiscountsState.ask_off.fn(state, row.id)
    await DiscountsState.deactivate.fn(state)
    assert (state.rows[0].state, state.rows[0].active) == ("Désactivé", False)
    await DiscountsState.save_days.fn(state, {"days": "61"})
    assert state.days_error
    await DiscountsState.save_days.fn(state, {"days": "5"})
    assert (state.days, state.days_error) == ("5", "")
    company = await open_as(DiscountsState, "/fr/organisation/discounts", cast.marc)
    await DiscountsState.load.fn(company)
    assert company.organization == ""
