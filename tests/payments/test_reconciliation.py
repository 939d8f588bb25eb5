"""The daily comparison with the gateway's balance: fees entered once, differences found, cleared and resolved."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from typing import Any, Final

import httpx
import pytest
from sqlalchemy import select

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.errors import PermissionDeniedError
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.enrollments import gateway_events
from pygmalion_app.payments import accounting, jobs, reconciliation, refunds, transfers_back
from pygmalion_app.payments.models import Payment
from tests.cast import Cast
from tests.clock import MovableClock
from tests.enrollments.test_booking import bearer, order, play
from tests.ledger import imbalance_now
from tests.payments.test_events import booked_event
from tests.payments.test_merchants import open_account

RunJobs = Callable[[], Awaitable[None]]
BACK: Final = 209_000
"""What a school has of two seats, its commission taken off, in cents."""


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
    # Its own account gives its share of the refund back: that belongs to the refund, and is no difference of its own.
    await open_account(api, container, cast)
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


async def lost(api: httpx.AsyncClient, container: Container, cast: Cast) -> None:
    """Sell by way of a school's own account, and let the buyer's bank take it all back for good."""
    await open_account(api, container, cast)
    booked = await buy(api, container, cast)
    for outcome in ("dispute", "dispute_lost"):
        assert (await play(api, booked, outcome)).status_code == 200


async def tell_reversals(told: list[tuple[str, int]], at: datetime) -> None:
    """Let the gateway tell of these reversed transfers, by source and cents, and of no others."""
    async with unit_of_work(SYSTEM) as uow:
        await uow.sql("DELETE FROM testmode_movements WHERE kind = 'transfer_reversal'")
        for number, (source, cents) in enumerate(told):
            await uow.sql(
                "INSERT INTO testmode_movements"
                " (id, movement_id, account, kind, amount_cents, fee_cents, currency, source, moved_at) VALUES"
                " (gen_random_uuid(), %(id)s, '', 'transfer_reversal', %(cents)s, 0, 'eur', %(source)s, %(at)s)",
                id=f"txn_{number}",
                cents=cents,
                source=source,
                at=at,
            )


async def test_a_reversed_transfer_that_one_side_lacks_doubles_or_tells_otherwise_is_found(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock, today: date, run_jobs: RunJobs
) -> None:
    await lost(api, container, cast)
    await run_jobs()
    at = clock.now()
    async with unit_of_work(SYSTEM) as uow:
        (row,) = await uow.sql("SELECT gateway_id, amount_cents FROM transfers_back WHERE status = 'done'")
        payment = (await uow.session.execute(select(Payment))).scalar_one()
    back = row["gateway_id"]
    assert row["amount_cents"] == BACK
    assert await reconciliation.reconcile(today) == 0

    async def differs(*told: tuple[str, int]) -> list[tuple[str, int | None, int | None]]:
        await tell_reversals(list(told), at)
        count = await reconciliation.reconcile(today)
        listed = [one for one in await found() if one["state"] == "open"]
        assert count == len(listed)
        assert {one["subject"] for one in listed} <= {"transfer_back"}
        return [(one["kind"], one["here_cents"], one["there_cents"]) for one in listed]

    assert await differs() == [("missing_there", BACK, None)]
    assert await differs((back, 7)) == [("other_amount", BACK, 7)]
    assert await differs((back, BACK), (back, BACK)) == [("other_amount", BACK, 2 * BACK)]
    assert await differs((back, BACK)) == []
    assert await differs((back, BACK), ("trr_unknown", BACK)) == [("missing_here", None, BACK)]
    async with unit_of_work(SYSTEM) as uow:
        assert await accounting.transfer_taken_back(uow, payment, BACK, "trr_unknown", "another")
    assert await differs((back, BACK), ("trr_unknown", BACK)) == []
    async with unit_of_work(SYSTEM) as uow:
        assert await accounting.transfer_taken_back(uow, payment, BACK, back, "once more")
    assert await differs((back, BACK), ("trr_unknown", BACK)) == [("other_amount", 2 * BACK, BACK)]


async def test_a_reversed_transfer_that_is_booked_late_clears(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock, today: date, run_jobs: RunJobs
) -> None:
    await lost(api, container, cast)
    async with unit_of_work(SYSTEM) as uow:
        (row,) = await uow.sql("SELECT id FROM transfers_back")
        asked = await transfers_back.due(uow, row["id"], 1)
    assert asked is not None
    # The worker is killed between the gateway's answer and the books.
    made = await container.ports.merchants.take_back(*asked, idempotency_key=f"take-back:{row['id']}:1")
    clock.move(days=1)
    assert await reconciliation.reconcile(today) == 1
    missing = {"kind": "missing_here", "subject": "transfer_back", "here_cents": None, "there_cents": BACK}
    assert await found() == [missing | {"state": "open"}]
    await run_jobs()
    assert await reconciliation.reconcile(today) == 0
    assert await found() == [missing | {"state": "cleared"}]
    async with unit_of_work(SYSTEM) as uow:
        assert await uow.sql("SELECT gateway_id FROM transfers_back") == [{"gateway_id": made}]


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
