"""Payouts: what is due after the session, once, whatever is killed or repeated, and only what is nobody else's."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.errors import PermissionDeniedError, UnavailableError
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.enrollments.payables import hand_over_changed
from pygmalion_app.payments import payout_jobs, payout_queries, payouts, refunds
from pygmalion_app.payments.payout_models import Payout
from pygmalion_app.payments.payout_schemas import PayoutSchedule
from tests.cast import Cast
from tests.clock import MovableClock
from tests.enrollments.test_booking import RunJobs, bearer, order, play
from tests.ledger import imbalance_now
from tests.payments.test_merchants import open_account

NET = 114_000 - 9_500
"""What the school gets of a seat: 1,140 EUR less the commission of 95 EUR."""
Booked = dict[str, Any]
Sell = Callable[..., Awaitable[Booked]]


@pytest.fixture
async def account(api: httpx.AsyncClient, container: Container, cast: Cast) -> str:
    """Return the school's complete account."""
    return await open_account(api, container, cast)


@pytest.fixture
def sell(api: httpx.AsyncClient, container: Container, cast: Cast) -> Sell:
    """Return what books and pays a seat."""

    async def sell(name: str = "ana") -> Booked:
        answer = await api.post("/enrollments", json=order(cast.session, name), headers=bearer(container, cast.marc))
        booked = answer.json()["data"]
        assert (await play(api, booked, "success")).status_code == 200
        return booked

    return sell


async def hand_over() -> int:
    """Let enrolments say what may be paid when."""
    async with unit_of_work(SYSTEM) as uow:
        return await hand_over_changed(uow)


async def prepare(cast: Cast) -> list[UUID]:
    """Write what is due to the school."""
    async with unit_of_work(SYSTEM) as uow:
        return await payouts.prepare(uow, cast.school)


async def rows() -> list[tuple[int, str]]:
    """Return all payouts' amounts and states, oldest first."""
    async with unit_of_work(SYSTEM) as uow:
        found = (await uow.session.execute(select(Payout).order_by("id"))).scalars().all()
        return [(payout.amount_cents, payout.status) for payout in found]


async def schedule(cast: Cast) -> PayoutSchedule:
    """Return the school's money as its admin sees it."""
    async with unit_of_work(cast.olga) as uow:
        return (await payout_queries.schedule_of(uow, cast.school))[0]


async def gateway_id() -> str:
    """Return the last payout's id at the gateway."""
    async with unit_of_work(SYSTEM) as uow:
        return (await uow.sql("SELECT gateway_id FROM payouts ORDER BY id DESC LIMIT 1"))[0]["gateway_id"]


async def test_a_finished_session_is_paid_once_and_arrives(
    api: httpx.AsyncClient,
    container: Container,
    cast: Cast,
    clock: MovableClock,
    run_jobs: RunJobs,
    sell: Sell,
    account: str,
) -> None:
    await sell("ana")
    await sell("bob")
    assert (await hand_over(), await hand_over()) == (2, 0)
    before = await schedule(cast)
    assert (before.to_come_cents, before.due_cents, before.on_the_way_cents) == (2 * NET, 0, 0)
    assert await prepare(cast) == []
    async with unit_of_work(SYSTEM) as uow:
        (session,) = await uow.sql("SELECT ends_at FROM sessions WHERE id = %(id)s", id=cast.session)
    clock.set(session["ends_at"] + timedelta(hours=23))
    assert await prepare(cast) == [], "a day after its end, not before"
    clock.move(hours=2)
    assert (await schedule(cast)).due_cents == 2 * NET
    await payout_jobs.pay_out_due(0)
    await run_jobs()
    assert await rows() == [(2 * NET, "sent")]
    await payout_jobs.pay_out_due(0)
    await run_jobs()
    assert await rows() == [(2 * NET, "sent")]
    assert (await api.post(f"/dev/payouts/{await gateway_id()}", json={"outcome": "paid"})).status_code == 200
    assert await rows() == [(2 * NET, "paid")]
    after = await schedule(cast)
    assert (after.to_come_cents, after.due_cents, after.on_the_way_cents, after.paid_cents) == (0, 0, 0, 2 * NET)
    assert not await imbalance_now(container)


async def test_two_runs_at_once_pay_once(
    cast: Cast, clock: MovableClock, run_jobs: RunJobs, sell: Sell, account: str
) -> None:
    await sell()
    await hand_over()
    clock.move(days=40)
    made = await asyncio.gather(*(prepare(cast) for _ in range(2)))
    assert sorted(map(len, made)) == [0, 1]
    payout_id = str((made[0] or made[1])[0])
    await asyncio.gather(*(payout_jobs.send_payout(payout_id) for _ in range(2)))
    await run_jobs()
    assert await rows() == [(NET, "sent")]
    async with unit_of_work(SYSTEM) as uow:
        moved = await uow.sql("SELECT amount_cents FROM testmode_movements WHERE kind = 'payout'")
    assert [row["amount_cents"] for row in moved] == [-NET]


@pytest.mark.parametrize("killed", ["before the gateway", "after the gateway"])
async def test_a_killed_payout_is_sent_once(
    container: Container, cast: Cast, clock: MovableClock, run_jobs: RunJobs, sell: Sell, account: str, killed: str
) -> None:
    await sell()
    await hand_over()
    clock.move(days=40)
    (payout_id,) = await prepare(cast)
    if killed == "after the gateway":
        await container.ports.merchants.pay_out(
            account, NET, "EUR", idempotency_key=f"payout:{payout_id}", metadata={"payout_id": str(payout_id)}
        )
    async with unit_of_work(SYSTEM) as uow:  # its job died with the process
        await uow.sql("DELETE FROM procrastinate_jobs WHERE task_name = 'payments.send_payout'")
    clock.move(hours=2)
    await payout_jobs.pay_out_due(0)
    await run_jobs()
    assert await rows() == [(NET, "paid" if killed == "after the gateway" else "sent")]  # arrived meanwhile
    async with unit_of_work(SYSTEM) as uow:
        moved = await uow.sql("SELECT amount_cents FROM testmode_movements WHERE kind = 'payout'")
    assert [row["amount_cents"] for row in moved] == [-NET]
    assert not await imbalance_now(container)


async def test_a_payout_that_comes_back_is_due_again_the_next_day(
    api: httpx.AsyncClient,
    container: Container,
    cast: Cast,
    clock: MovableClock,
    run_jobs: RunJobs,
    sell: Sell,
    account: str,
) -> None:
    await sell()
    await hand_over()
    clock.move(days=40)
    await prepare(cast)
    await run_jobs()
    for outcome in ("paid", "failed"):
        await api.post(f"/dev/payouts/{await gateway_id()}", json={"outcome": outcome, "delivery": "duplicate"})
    assert await rows() == [(NET, "failed")]
    assert ((await schedule(cast)).due_cents, (await schedule(cast)).paid_cents) == (NET, 0)
    assert await prepare(cast) == [], "a closed bank account is no better an hour later"
    clock.move(hours=25)
    await prepare(cast)
    await run_jobs()
    assert await rows() == [(NET, "failed"), (NET, "sent")]
    assert not await imbalance_now(container)


async def test_what_goes_back_after_a_payout_is_kept_from_the_next(
    cast: Cast, clock: MovableClock, run_jobs: RunJobs, sell: Sell, account: str
) -> None:
    first = await sell("ana")
    await hand_over()
    clock.move(days=29)
    second = await sell("bob")
    clock.move(days=11)
    await prepare(cast)
    await run_jobs()
    assert await rows() == [(NET, "sent")]
    async with unit_of_work(SYSTEM) as uow:
        await refunds.request_refund(uow, UUID(first["orderId"]), 57_000, "goodwill")
    await run_jobs()
    await hand_over()
    await prepare(cast)
    await run_jobs()
    assert second
    assert await rows() == [(NET, "sent"), (NET - (57_000 - 4_750), "sent")]


async def test_disputed_money_waits_and_lost_money_is_not_paid(
    api: httpx.AsyncClient, cast: Cast, clock: MovableClock, run_jobs: RunJobs, sell: Sell, account: str
) -> None:
    lost, kept = await sell("ana"), await sell("bob")
    await hand_over()
    clock.move(days=40)
    for booked in (lost, kept):
        assert (await play(api, booked, "dispute")).status_code == 200
    assert await prepare(cast) == []
    await play(api, lost, "dispute_lost")
    await play(api, kept, "dispute_won")
    await run_jobs()
    await prepare(cast)
    await run_jobs()
    assert await rows() == [(NET, "sent")]


async def test_money_waits_for_an_account_and_for_the_verification(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock, run_jobs: RunJobs, sell: Sell
) -> None:
    await sell()
    await hand_over()
    clock.move(days=40)
    assert await prepare(cast) == []
    await open_account(api, container, cast)
    async with unit_of_work(SYSTEM) as uow:
        await uow.sql("UPDATE kyc_cases SET state = 'rejected' WHERE organization_id = %(id)s", id=cast.school)
    assert await prepare(cast) == []
    async with unit_of_work(SYSTEM) as uow:
        await uow.sql("UPDATE kyc_cases SET state = 'approved' WHERE organization_id = %(id)s", id=cast.school)
    # What was charged before there was an account lies on the platform's balance and is handed over.
    await prepare(cast)
    await run_jobs()
    assert await rows() == [(NET, "sent")]


async def test_a_refused_payout_is_told_and_nothing_is_booked(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock, sell: Sell, account: str
) -> None:
    await sell()
    await hand_over()
    clock.move(days=40)
    (payout_id,) = await prepare(cast)
    await api.post(f"/dev/accounts/{account}", json={"outcome": "incomplete", "delivery": "held"})
    await payout_jobs.send_payout(str(payout_id))
    async with unit_of_work(cast.olga) as uow:
        listed = await payout_queries.payouts_of(uow, cast.school, PageRequest())
    assert [(payout.status, payout.failure) for payout in listed.items] == [("failed", "account_not_ready")]
    assert (await schedule(cast)).due_cents == NET
    with pytest.raises(UnavailableError):
        await container.ports.merchants.read_account("acct_unknown")


async def test_events_about_other_payouts_change_nothing(
    cast: Cast, clock: MovableClock, run_jobs: RunJobs, sell: Sell, account: str
) -> None:
    await sell()
    await hand_over()
    clock.move(days=40)
    (payout_id,) = await prepare(cast)
    await run_jobs()
    told = {"id": await gateway_id(), "status": "failed", "amount": NET, "currency": "eur", "account": account}
    for wrong in ({"amount": 1}, {"account": "acct_other"}, {"id": "po_other"}, {"currency": "usd"}):
        async with unit_of_work(SYSTEM) as uow:
            assert not await payouts.follow(uow, payout_id, told | wrong, None)
    assert await rows() == [(NET, "sent")]


async def test_a_session_that_moves_moves_its_payout(cast: Cast, clock: MovableClock, sell: Sell, account: str) -> None:
    await sell()
    await hand_over()
    first = (await schedule(cast)).next_payout_at
    async with unit_of_work(SYSTEM) as uow:
        await uow.sql("UPDATE sessions SET ends_at = ends_at + interval '10 days' WHERE id = %(id)s", id=cast.session)
    assert await hand_over() == 1
    moved = (await schedule(cast)).next_payout_at
    assert first is not None
    assert moved is not None
    assert (moved - first).days == 10


async def test_only_the_schools_admins_read_its_money(
    api: httpx.AsyncClient, container: Container, cast: Cast, sell: Sell
) -> None:
    await sell()
    for actor in (cast.marc, cast.tom, cast.stranger):
        async with unit_of_work(actor) as uow:
            for read in (payout_queries.payouts_of, payout_queries.sales_of):
                with pytest.raises(PermissionDeniedError):
                    await read(uow, cast.school, PageRequest())
            with pytest.raises(PermissionDeniedError):
                await payout_queries.schedule_of(uow, cast.school)
    async with unit_of_work(cast.olga) as uow:
        sold = await payout_queries.sales_of(uow, cast.school, PageRequest())
    assert [(sale.amount_cents, sale.commission_cents, sale.paid_out_cents) for sale in sold.items] == [
        (114_000, 9_500, 0)
    ]
