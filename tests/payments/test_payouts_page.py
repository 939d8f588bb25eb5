"""The page of an organisation's payments and payouts, and the same by the API."""

import csv
import io
from dataclasses import replace

import httpx
import pytest

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.ui.payouts.payouts_state import PayoutsState
from pygmalion_app.ui.payouts.refund_state import SaleRefund
from tests.cast import Cast
from tests.clock import MovableClock
from tests.enrollments.test_booking import RunJobs, bearer, order, play
from tests.payments.test_merchants import account_id
from tests.payments.test_payouts import hand_over, prepare
from tests.ui_private.conftest import Open, open_as, visit  # noqa: F401 - fixtures

ADDRESS = "/fr/organisation/payments"


async def test_the_page_tells_what_was_sold_and_what_is_paid(
    api: httpx.AsyncClient,
    container: Container,
    cast: Cast,
    clock: MovableClock,
    run_jobs: RunJobs,
    open_as: Open[PayoutsState],  # noqa: F811
) -> None:
    state = await open_as(PayoutsState, ADDRESS, cast.olga)
    await PayoutsState.load.fn(state)  # pyright: ignore[reportFunctionMemberAccess]
    assert (state.loaded, state.account, state.verified, state.sales, state.payouts) == (True, "none", True, [], [])
    assert state.money[0].next == "rien de prévu"

    went = await PayoutsState.start.fn(state)  # pyright: ignore[reportFunctionMemberAccess]
    assert "/testmode/onboarding/" in str(went), "this session has just signed in"
    account = await account_id(cast)
    await api.post(f"/dev/accounts/{account}", json={"outcome": "incomplete"})
    state = await open_as(PayoutsState, f"{ADDRESS}?account=back", cast.olga)
    await PayoutsState.load.fn(state)  # pyright: ignore[reportFunctionMemberAccess]
    assert (state.account, state.needs) == ("incomplete", ["l’identité du représentant, avec une pièce"])
    await api.post(f"/dev/accounts/{account}", json={"outcome": "complete"})
    await run_jobs()

    booked = await api.post("/enrollments", json=order(cast.session, "ana"), headers=bearer(container, cast.marc))
    await play(api, booked.json()["data"], "success")
    await hand_over()
    clock.move(days=40)
    await prepare(cast)
    await run_jobs()
    await PayoutsState.load.fn(state)  # pyright: ignore[reportFunctionMemberAccess]
    assert (state.account, state.needs) == ("ready", [])
    (sale,), (payout,), (money,) = state.sales, state.payouts, state.money
    assert (sale.amount, sale.commission, sale.state, sale.paid_out) == (
        "1\u202f140\xa0€",
        "95\xa0€",
        "Payée",
        "1\u202f045\xa0€",
    )
    assert (payout.amount, payout.state) == ("1\u202f045\xa0€", "En route")
    assert (money.to_come, money.due, money.on_the_way) == ("0\xa0€", "0\xa0€", "1\u202f045\xa0€")

    olga = bearer(container, cast.olga)
    listed = (await api.get("/payouts", headers=olga)).json()["data"]
    assert [(item["amountCents"], item["status"]) for item in listed] == [(104_500, "sent")]
    planned = (await api.get("/payouts/schedule", headers=olga)).json()["data"]
    assert (planned[0]["onTheWayCents"], planned[0]["delayDays"]) == (104_500, 1)
    export = await api.get(f"/organizations/{cast.school}/sales.csv", headers=olga)
    lines = list(csv.DictReader(io.StringIO(export.text.removeprefix("\ufeff")), delimiter=";"))
    assert [(line["Montant TTC"], line["Commission"], line["Versé"]) for line in lines] == [
        ("1140.00", "95.00", "1045.00")
    ]


@pytest.mark.parametrize("who", ["marc", "tom", "lea"])
async def test_others_are_told_that_it_is_not_theirs(
    cast: Cast,
    who: str,
    open_as: Open[PayoutsState],  # noqa: F811
) -> None:
    state = await open_as(PayoutsState, f"{ADDRESS}?id={cast.school}", replace(getattr(cast, who)))
    await PayoutsState.load.fn(state)  # pyright: ignore[reportFunctionMemberAccess]
    assert (state.loaded, state.organization, state.sales) == (True, "", [])


async def test_a_school_gives_seats_or_an_amount_back_after_seeing_what_that_means(
    api: httpx.AsyncClient,
    container: Container,
    cast: Cast,
    run_jobs: RunJobs,
    open_as: Open[SaleRefund],  # noqa: F811
) -> None:
    body = order(cast.session, "ana", "bob")
    booked = (await api.post("/enrollments", json=body, headers=bearer(container, cast.marc))).json()["data"]
    await play(api, booked, "success")
    state = await open_as(SaleRefund, ADDRESS, cast.olga)
    page = await state.get_state(PayoutsState)
    await PayoutsState.load.fn(page)  # pyright: ignore[reportFunctionMemberAccess]
    (sale,) = page.sales
    assert sale.refundable
    await SaleRefund.begin.fn(state, sale.id)
    assert (state.kind, state.left, len(state.seats)) == ("seats", "2\u202f280\xa0€", 2)

    SaleRefund.choose_kind.fn(state, "amount")
    for amount, reason in (("0", "geste"), ("2 280,01", "geste"), ("57", "")):
        await SaleRefund.show.fn(state, {"amount": amount, "reason": reason})
        assert state.step == "choose", amount
        assert state.amount_error or state.reason_error
    await SaleRefund.show.fn(state, {"amount": "57,00", "reason": "geste"})
    assert (state.step, state.back, state.own, state.commission) == ("confirm", "57\xa0€", "52,25\xa0€", "4,75\xa0€")
    assert page.sales[0].refunded == "", "nothing is done by looking"
    await SaleRefund.confirm.fn(state)
    await SaleRefund.confirm.fn(state)
    assert page.sales[0].refunded == "57\xa0€"

    await SaleRefund.begin.fn(state, sale.id)
    await SaleRefund.show.fn(state, {"reason": ""})
    assert state.seats_error
    SaleRefund.toggle.fn(state, state.seats[0].id)
    await SaleRefund.show.fn(state, {"reason": ""})
    assert [(line.percent, line.amount) for line in state.lines] == [
        ("100 % du prix : annulation par l’organisme", "1\u202f140\xa0€")
    ]
    SaleRefund.change.fn(state)
    await SaleRefund.show.fn(state, {"reason": ""})
    await SaleRefund.confirm.fn(state)
    await run_jobs()
    assert page.sales[0].refunded == "1\u202f197\xa0€"
    async with unit_of_work(SYSTEM) as uow:
        seats = await uow.sql("SELECT status FROM enrollments ORDER BY status")
    assert [seat["status"] for seat in seats] == ["CANCELLED", "CONFIRMED"]
