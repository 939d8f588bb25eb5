"""The daily comparison with the gateway's balance: fees entered once, differences found, cleared and resolved."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any

import httpx
import pytest

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.errors import PermissionDeniedError
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.enrollments import gateway_events
from pygmalion_app.payments import jobs, reconciliation, refunds
from tests.cast import Cast
from tests.clock import MovableClock
from tests.enrollments.test_booking import bearer, order, play
from tests.ledger import imbalance_now
from tests.payments.test_events import booked_event

RunJobs = Callable[[], Awaitable[None]]


@pytest.fixture
async def today(clock: MovableClock) -> date:
    """Return the day on which everything happens: at noon, so that no neighbour interferes."""
    clock.set(clock.now().replace(hour=12, minute=0))
    return clock.now().date()


async def buy(api: httpx.AsyncClient, container: Container, cast: Cast) -> dict[str, Any]:
    """Buy and pay two seats."""
    answer = await api.post(
        "/enrollments", json=order(cast.session, "ana", "bob"), headers=bearer(container, cast.marc)
    )
    booked = answer.json()["data"]
    assert (await play(api, booked, "success")).status_code == 200
    return booked


async def found() -> list[dict[str, Any]]:
    """Return the differences."""
    async with unit_of_work(SYSTEM) as uow:
        return await uow.sql(
            "SELECT kind, subject, here_cents, there_cents, state FROM reconciliation_differences ORDER BY subject"
        )


async def fees() -> list[int]:
    """Return the entries of fees."""
    async with unit_of_work(SYSTEM) as uow:
        rows = await uow.sql("SELECT amount_cents FROM ledger_lines WHERE account = 'GATEWAY_FEE'")
    return [row["amount_cents"] for row in rows]


async def test_a_day_of_sales_and_refunds_agrees_and_its_fees_are_entered_once(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock, today: date, run_jobs: RunJobs
) -> None:
    booked = await buy(api, container, cast)
    async with unit_of_work(SYSTEM) as uow:
        await refunds.request_refund(uow, booked["orderId"], 50_001, "one")
    await run_jobs()
    clock.move(days=1)
    await jobs.reconcile.func(0)
    await jobs.reconcile.func(0)
    assert await found() == []
    assert await fees() == [25 + 3_420]
    async with unit_of_work(SYSTEM) as uow:
        days = await uow.sql("SELECT day, movements, fees_cents FROM reconciliations ORDER BY day DESC")
    assert days[0]["day"] == today
    assert days[0]["movements"] >= 2
    assert days[0]["fees_cents"] == 3_445
    assert len(days) == reconciliation.CATCH_UP_DAYS
    assert await imbalance_now(container) == []


async def test_an_event_that_never_came_is_found_and_clears_when_it_comes(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock, today: date
) -> None:
    _, event = await booked_event(api, container, cast)
    intent, cents = event["data"]["object"]["payment_intent"], event["data"]["object"]["amount_total"]
    async with unit_of_work(SYSTEM) as uow:
        await uow.sql(
            "INSERT INTO testmode_movements"
            " (id, movement_id, account, kind, amount_cents, fee_cents, currency, source, moved_at)"
            " VALUES (gen_random_uuid(), 'txn_1', '', 'charge', %(cents)s, 0, 'eur', %(intent)s, %(now)s)",
            cents=cents,
            intent=intent,
            now=clock.now(),
        )
    assert await reconciliation.reconcile(today) == 1
    assert await reconciliation.reconcile(today) == 1
    missing = {"kind": "missing_here", "subject": "charge", "here_cents": None, "there_cents": cents, "state": "open"}
    assert await found() == [missing]
    await gateway_events.receive(event)
    assert await reconciliation.reconcile(today) == 0
    assert [one["state"] for one in await found()] == ["cleared"]


async def test_other_amounts_and_what_the_gateway_knows_nothing_of(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock, today: date
) -> None:
    _, unknown = await booked_event(api, container, cast, "cid")
    await gateway_events.receive(unknown)
    await buy(api, container, cast)
    async with unit_of_work(SYSTEM) as uow:
        await uow.sql("UPDATE testmode_movements SET amount_cents = amount_cents - 1 WHERE kind = 'charge'")
    clock.move(days=1)
    assert await reconciliation.reconcile(today) >= 2
    kinds = {(one["kind"], one["subject"]) for one in await found()}
    assert {("missing_there", "charge"), ("other_amount", "charge")} <= kinds
    async with unit_of_work(cast.olga) as uow:
        with pytest.raises(PermissionDeniedError):
            await reconciliation.differences(uow, PageRequest())
    ada = bearer(container, cast.ada)
    listed = (await api.get("/finance/differences", headers=ada)).json()["data"]
    path = f"/finance/differences/{listed[0]['id']}/resolve"
    assert (await api.post(path, json={"note": "ok"}, headers=ada)).status_code == 422
    resolved = (await api.post(path, json={"note": "seen at the bank"}, headers=ada)).json()["data"]
    assert (resolved["state"], resolved["note"]) == ("resolved", "seen at the bank")
    assert (await api.post(path, json={"note": "once more"}, headers=ada)).json()["code"] == "difference_closed"
    await reconciliation.reconcile(today)
    left = (await api.get("/finance/differences", headers=ada)).json()["data"]
    assert len(left) == len(listed) - 1, "what a person has explained stays closed"


async def test_a_gateway_that_does_not_answer_leaves_the_day_to_the_next_night(
    container: Container, cast: Cast, clock: MovableClock
) -> None:
    async with unit_of_work(SYSTEM) as uow:
        await uow.sql(
            "INSERT INTO reconciliations (id, day, movements, differences, fees_cents, finished_at)"
            " VALUES (gen_random_uuid(), %(day)s, 0, 0, 0, %(now)s)",
            day=clock.now().date() - timedelta(days=2),
            now=clock.now(),
        )
        days = await reconciliation.days_to_do(uow)
    assert days[-1] == clock.now().date() - timedelta(days=1)
    assert clock.now().date() - timedelta(days=2) not in days
    assert len(days) == reconciliation.CATCH_UP_DAYS - 1
