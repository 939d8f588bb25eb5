"""The figures of a budget say what orders, payments and refunds say, at each step of an order's life."""

from typing import Any
from uuid import uuid4

import httpx
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from pygmalion_app.budgets import service
from pygmalion_app.budgets.assignment import assign
from pygmalion_app.budgets.errors import (
    BelowUsedError,
    BudgetExceededError,
    CostCenterExistsError,
    CostCenterInUseError,
    OrderNotChargeableError,
)
from pygmalion_app.budgets.schemas import ChangeCostCenter, NewCostCenter
from pygmalion_app.core.errors import NotFoundError, PermissionDeniedError
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.enrollments import settlement
from pygmalion_app.ui.budgets.rows import cents_of, plain_amount
from tests.budgets.facts import SEAT, add_team, booking, plain, summary, told
from tests.cast import Cast
from tests.clock import MovableClock
from tests.enrollments.test_booking import RunJobs, bearer, order, play

Json = dict[str, Any]


async def test_buying_paying_and_giving_back_move_the_money_between_the_figures(
    api: httpx.AsyncClient, container: Container, cast: Cast, run_jobs: RunJobs
) -> None:
    team, marc = await add_team(cast), bearer(container, cast.marc)
    async with unit_of_work(cast.marc) as uow:
        (placed,) = await assign(uow, booking(team))
    assert told(await summary(team)) == await plain(team) == (3 * SEAT, 0, 0)
    booked = (await api.post("/payments/checkout", json={"orderId": str(placed.order_id)}, headers=marc)).json()["data"]
    await play(api, booked, "success")
    assert told(await summary(team)) == await plain(team) == (0, 3 * SEAT, 0)
    seat = booked["enrollments"][0]["id"]
    assert (await api.put(f"/enrollments/{seat}/cancel", headers=marc)).status_code == 200
    assert told(await summary(team)) == await plain(team) == (0, 3 * SEAT, SEAT)
    await run_jobs()
    figures = await summary(team)
    assert told(figures) == await plain(team) == (0, 3 * SEAT, SEAT)
    assert (figures.allocated_cents, figures.left_cents, figures.not_allotted_cents) == (4 * SEAT, 2 * SEAT, 0)
    assert figures.used_share == pytest.approx(0.5)
    async with unit_of_work(cast.marc) as uow:
        for figure, count in (("all", 1), ("spent", 1), ("reversed", 1), ("committed", 0)):
            page = await service.orders(uow, cast.company, PageRequest(), center_id=team.center, figure=figure)  # pyright: ignore[reportArgumentType]
            assert page.total == count, figure


async def test_an_order_that_expires_costs_nothing_and_cannot_be_charged(
    container: Container, cast: Cast, clock: MovableClock
) -> None:
    team = await add_team(cast)
    async with unit_of_work(cast.marc) as uow:
        (placed,) = await assign(uow, booking(team))
    clock.move(hours=2)
    async with unit_of_work(cast.marc) as uow, uow.elevated():
        await settlement.expire_order(uow, placed.order_id)
    assert told(await summary(team)) == (0, 0, 0)
    async with unit_of_work(cast.marc) as uow:
        with pytest.raises(OrderNotChargeableError):
            await service.allot(uow, cast.company, placed.order_id, team.center)


async def test_what_was_bought_without_a_cost_centre_is_allotted_afterwards(
    api: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    team, marc = await add_team(cast, seats=2), bearer(container, cast.marc)
    booked = (await api.post("/enrollments", json=order(cast.session, "x", "y", "z"), headers=marc)).json()["data"]
    async with unit_of_work(cast.marc) as uow:
        year = await service.budget(uow, cast.company)
        assert (year.not_allotted.committed_cents, year.not_allotted_orders) == (3 * SEAT, 1)
        assert year.summary.not_allotted_cents == year.summary.committed_cents == 3 * SEAT
        assert [center.left_cents for center in year.centers] == [2 * SEAT]
    with pytest.raises(BudgetExceededError) as refused:
        async with unit_of_work(cast.marc) as uow:
            await service.allot(uow, cast.company, booked["orderId"], team.center)
    assert (refused.value.facts["left"], refused.value.facts["wanted"]) == (2 * SEAT, 3 * SEAT)
    async with unit_of_work(cast.marc) as uow:
        more = ChangeCostCenter(code="PISTE", name="Piste", allocated_cents=5 * SEAT)
        await service.change(uow, cast.company, team.center, more)
        await service.allot(uow, cast.company, booked["orderId"], team.center)
    figures = await summary(team)
    assert (figures.not_allotted_cents, figures.left_cents) == (0, 2 * SEAT)
    less = more.model_copy(update={"allocated_cents": 2 * SEAT})
    with pytest.raises(BelowUsedError):
        async with unit_of_work(cast.marc) as uow:
            await service.change(uow, cast.company, team.center, less)
    with pytest.raises(CostCenterInUseError):
        async with unit_of_work(cast.marc) as uow:
            await service.remove(uow, cast.company, team.center)
    async with unit_of_work(cast.marc) as uow:
        await service.allot(uow, cast.company, booked["orderId"], None)
        await service.remove(uow, cast.company, team.center)
    figures = await summary(team)
    assert (figures.allocated_cents, figures.not_allotted_cents) == (0, 3 * SEAT)


async def test_a_cost_centre_is_its_companys_alone(container: Container, cast: Cast) -> None:
    team = await add_team(cast)
    for actor, error in ((cast.lea, PermissionDeniedError), (cast.stranger, PermissionDeniedError)):
        async with unit_of_work(actor) as uow:
            with pytest.raises(error):
                await service.summary(uow, cast.company)
    rival = cast.stranger.memberships[0].organization_id
    async with unit_of_work(cast.stranger) as uow:
        with pytest.raises(NotFoundError):
            await service.remove(uow, rival, team.center)
    async with unit_of_work(cast.marc) as uow:
        again = NewCostCenter(code="piste", name="Encore", year=(await summary(team)).year, allocated_cents=0)
        with pytest.raises(CostCenterExistsError):
            await service.create(uow, cast.company, again)


CENTS = st.integers(0, 10_000_000)
ROW = st.fixed_dictionaries(
    {"id": st.one_of(st.none(), st.uuids()), "allocated_cents": CENTS, "net": CENTS, "spent_cents": CENTS}
)


@examples(max_examples=60, deadline=None)
@given(st.lists(ROW, max_size=6))
def test_a_year_is_the_sum_of_its_cost_centres_and_what_is_left_adds_up(rows: list[Json]) -> None:
    for row in rows:
        net, paid = row["net"], row["spent_cents"]
        row |= {"committed_cents": max(net - paid, 0), "reversed_cents": max(paid - net, 0)}
        row["allocated_cents"] = row["allocated_cents"] if row["id"] else None
    year = service.summed(uuid4(), 2026, rows)
    assert year.used_cents == sum(row["net"] for row in rows)
    assert year.left_cents + year.used_cents == year.allocated_cents
    assert year.not_allotted_cents == sum(row["net"] for row in rows if row["id"] is None)
    assert year.used_share * year.allocated_cents == pytest.approx(year.used_cents if year.allocated_cents else 0)


@examples(max_examples=60, deadline=None)
@given(st.integers(0, 100_000_000_000))
def test_an_amount_is_read_as_it_is_written_in_the_form(cents: int) -> None:
    assert cents_of(plain_amount(cents)) == cents
    assert cents_of(f" {cents // 100} € ") == cents // 100 * 100


@pytest.mark.parametrize("text", ["", "abc", "1,234", "-5", "1e400", "NaN", "Infinity", "10000000000"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    assert cents_of(text) is None
