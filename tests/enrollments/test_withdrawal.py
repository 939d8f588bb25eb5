"""Withdrawing online, in two steps, until the last second of the period."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import select, text

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.gateway import Charge, ChargeState
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.enrollments import instalments as orders_instalments
from pygmalion_app.enrollments.cancellation import cancel
from pygmalion_app.enrollments.models import Order
from pygmalion_app.enrollments.withdrawal import Withdraw, withdraw
from pygmalion_app.payments import instalments
from tests.cast import Cast, add_session
from tests.clock import MovableClock
from tests.enrollments.individual import ordered, saved
from tests.enrollments.test_booking import bearer, seats_taken
from tests.enrollments.test_instalments import CHARGED, numbers, parts, payment, subjects, tick

RunJobs = Callable[[], Awaitable[None]]


async def ends_at() -> datetime:
    """Return when the period of the only order ends."""
    async with unit_of_work(SYSTEM) as uow:
        found = (await uow.session.execute(select(Order))).scalar_one()
    assert found.withdrawal_ends_at is not None
    return found.withdrawal_ends_at


async def two_steps(api: httpx.AsyncClient, headers: dict[str, str], order_id: str) -> dict[str, Any]:
    """Ask for the statement, confirm it, and return the answer."""
    path = f"/orders/{order_id}/withdrawal"
    shown = (await api.post(path, json={}, headers=headers)).json()["data"]
    return (await api.post(path, json={"confirmation": shown["confirmation"]}, headers=headers)).json()


async def test_two_steps_end_the_contract_and_leave_a_receipt(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock, run_jobs: RunJobs
) -> None:
    async with unit_of_work(SYSTEM) as uow:
        await uow.session.execute(text("UPDATE organizations SET contact_email = 'school@test.example'"))
    booked = await saved(api, bearer(container, cast.lea), cast.session)
    clock.move(days=3)
    lea, path = bearer(container, cast.lea), f"/orders/{booked['orderId']}/withdrawal"
    first = (await api.post(path, json={}, headers=lea)).json()["data"]
    assert first["state"] == "open"
    for fact in ("Lea Test", "Ecole du Ciel", "Sûreté aéroportuaire"):
        assert fact in first["statement"]
    assert await seats_taken(cast.session) == 1, "the first step changes nothing"
    wrong = await api.post(path, json={"confirmation": "0" * 64}, headers=lea)
    assert (wrong.status_code, wrong.json()["code"]) == (409, "withdrawal_changed")

    done = (await two_steps(api, lea, booked["orderId"]))["data"]
    assert (done["state"], datetime.fromisoformat(done["withdrawnAt"])) == ("done", clock.now())
    again = await api.post(path, json={"confirmation": first["confirmation"]}, headers=lea)
    assert again.json()["data"] == done, "a repetition changes nothing"
    assert await seats_taken(cast.session) == 0
    assert [part.status for part in await parts()] == ["cancelled", "cancelled"]
    assert ((await payment()).status, (await payment()).payment_intent) == ("cancelled", None)
    found = (await api.get(f"/orders/{booked['orderId']}", headers=lea)).json()["data"]
    assert (found["status"], found["enrollments"][0]["status"]) == ("CANCELLED", "CANCELLED")

    await run_jobs()
    receipt = await api.get(f"{path}/receipt", headers=lea)
    assert receipt.content.startswith(b"%PDF-")
    mails = (await api.get("/dev/mailbox", params={"to": "lea@test.example"})).json()["data"]
    mail = next(mail for mail in mails if mail["subject"].startswith("Accusé de réception"))
    assert first["statement"] in mail["text"]
    assert clock.now().strftime("%H:%M:%S UTC") in mail["text"]
    assert [subject for subject in await subjects(api, "school@test.example") if "Rétractation" in subject]
    clock.move(days=60)
    await tick(run_jobs)
    assert await numbers(CHARGED) == []


async def test_only_the_buyer_withdraws(api: httpx.AsyncClient, container: Container, cast: Cast) -> None:
    booked = await saved(api, bearer(container, cast.lea), cast.session)
    path = f"/orders/{booked['orderId']}/withdrawal"
    for actor in (cast.marc, cast.olga, cast.tom, cast.stranger):
        headers = bearer(container, actor)
        assert (await api.get(path, headers=headers)).status_code == 404
        assert (await api.post(path, json={}, headers=headers)).status_code == 404
        assert (await api.get(f"{path}/receipt", headers=headers)).status_code == 404
    assert (await api.post(path, json={})).status_code == 401


async def test_to_the_last_second_and_no_later(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock, run_jobs: RunJobs
) -> None:
    booked = await saved(api, bearer(container, cast.lea), cast.session)
    path = f"/orders/{booked['orderId']}/withdrawal"
    clock.set(await ends_at() - timedelta(microseconds=1))
    shown = (await api.get(path, headers=bearer(container, cast.lea))).json()["data"]
    assert shown["state"] == "open"
    clock.set(await ends_at())
    lea = bearer(container, cast.lea)
    late = await api.post(path, json={"confirmation": shown["confirmation"]}, headers=lea)
    assert (late.status_code, late.json()["code"]) == (409, "withdrawal_over")
    assert (await api.get(path, headers=lea)).json()["data"]["state"] == "over"
    assert await seats_taken(cast.session) == 1


async def test_before_the_card_is_saved_too(
    api: httpx.AsyncClient, container: Container, cast: Cast, run_jobs: RunJobs
) -> None:
    lea = bearer(container, cast.lea)
    booked = await ordered(api, lea, cast.session)
    assert (await two_steps(api, lea, booked["orderId"]))["data"]["state"] == "done"
    checkout = booked["checkoutUrl"].rsplit("/", 1)[1]
    await run_jobs()
    assert (await api.post(f"/dev/pay/{checkout}", json={"outcome": "success"})).status_code == 409
    assert await seats_taken(cast.session) == 0


async def test_at_the_deadline_withdrawing_wins_over_the_charge_that_began_with_it(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock, run_jobs: RunJobs
) -> None:
    booked = await saved(api, bearer(container, cast.lea), cast.session)
    order_id, first = UUID(booked["orderId"]), (await parts())[0]
    async with unit_of_work(SYSTEM) as uow:  # charged at the very moment the period ends
        await uow.session.execute(
            text("UPDATE instalments SET next_attempt_at = :at WHERE number = 1"), {"at": await ends_at()}
        )
    clock.set(await ends_at() - timedelta(seconds=1))
    async with unit_of_work(cast.lea) as uow:
        shown = await withdraw(uow, order_id, Withdraw())

    # The statement arrives in time and waits for the lock that the charge has.
    async with unit_of_work(SYSTEM) as charging:
        clock.set(await ends_at())
        claim = await instalments.claim(charging, first.id)
        assert claim is not None
        clock.set(await ends_at() - timedelta(seconds=1))
        waiting = asyncio.create_task(_confirm(cast, order_id, str(shown.confirmation)))
        await asyncio.sleep(0.2)
        assert not waiting.done()
        clock.set(await ends_at())
    await waiting
    assert [part.status for part in await parts()] == ["cancelled", "cancelled"]
    # The money that the gateway takes all the same goes back whole, whoever tells of it.
    answer = await container.ports.payments.charge_saved_card(claim.request, idempotency_key=claim.key)
    for _ in range(2):
        async with unit_of_work(SYSTEM) as uow:
            await orders_instalments.tell(
                uow, await instalments.answered(uow, claim, Charge(answer.payment_intent, ChargeState.SUCCEEDED))
            )
    await run_jobs()
    async with unit_of_work(SYSTEM) as uow:
        refunds = await uow.sql("SELECT payment_intent, amount_cents FROM refunds")
        books = await uow.sql("SELECT account FROM ledger_lines GROUP BY account HAVING sum(amount_cents) <> 0")
    assert [tuple(row.values()) for row in refunds] == [(answer.payment_intent, first.amount_cents)]
    assert books == [], "nobody owes anything"


async def _confirm(cast: Cast, order_id: UUID, confirmation: str) -> None:
    async with unit_of_work(cast.lea) as uow:
        await withdraw(uow, order_id, Withdraw(confirmation=confirmation))


async def test_charge_and_withdrawal_race_and_nobody_loses_money(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock, run_jobs: RunJobs
) -> None:
    booked = await saved(api, bearer(container, cast.lea), cast.session)
    first = (await parts())[0]
    async with unit_of_work(SYSTEM) as uow:
        await uow.session.execute(
            text("UPDATE instalments SET next_attempt_at = now() - interval '1 day' WHERE number = 1")
        )
    lea = bearer(container, cast.lea)
    charging = [orders_instalments.charge(first.id) for _ in range(3)]
    await asyncio.gather(*charging, *(two_steps(api, lea, booked["orderId"]) for _ in range(3)))
    await run_jobs()
    taken = sum(row[1] for row in await numbers(CHARGED))
    async with unit_of_work(SYSTEM) as uow:
        (back,) = await uow.sql("SELECT coalesce(sum(amount_cents), 0)::bigint AS cents FROM refunds")
        (withdrawals,) = await uow.sql("SELECT count(*) AS rows FROM withdrawals")
    assert withdrawals["rows"] == 1
    assert taken in {0, first.amount_cents}
    assert (await parts())[1].status == "cancelled"
    paid = [part for part in await parts() if part.status == "paid"]
    assert taken == sum(part.amount_cents for part in paid)
    assert back["cents"] == taken


async def test_cancelling_later_gives_back_what_is_above_the_part_due_and_charges_no_more(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock, run_jobs: RunJobs
) -> None:
    async with unit_of_work(SYSTEM) as uow:
        far = await add_session(uow, cast.course, cast.school, cast.tom.user_id, in_days=60)
    booked = await saved(api, bearer(container, cast.lea), far)
    first, _ = await parts()
    clock.set(first.due_at)
    await tick(run_jobs)
    clock.move(hours=1)  # more than 14 days before the session: all of the price is let off
    async with unit_of_work(cast.lea) as uow:
        await cancel(uow, UUID(booked["enrollments"][0]["id"]))
    await run_jobs()
    clock.move(days=60)
    await tick(run_jobs)
    assert [part.status for part in await parts()] == ["paid", "cancelled"]
    assert ((await payment()).refunded_cents, len(await numbers(CHARGED))) == (first.amount_cents, 1)
    async with unit_of_work(SYSTEM) as uow:
        books = await uow.sql("SELECT account FROM ledger_lines GROUP BY account HAVING sum(amount_cents) <> 0")
    assert books == []
