"""What is charged from an individual's saved card: nothing early, nothing twice, whatever is repeated or killed."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import select, text
from sqlmodel import col

from pygmalion_app.adapters.payments.testmode import money
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.gateway import Charge, ChargeState
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.enrollments import instalments as orders_instalments
from pygmalion_app.enrollments.jobs import queue_instalments
from pygmalion_app.enrollments.settlement import settle
from pygmalion_app.payments import instalments
from pygmalion_app.payments.events import apply_event
from pygmalion_app.payments.instalment_models import Instalment
from pygmalion_app.payments.models import Payment
from tests.cast import Cast
from tests.clock import MovableClock
from tests.enrollments.individual import saved
from tests.enrollments.test_booking import bearer

RunJobs = Callable[[], Awaitable[None]]
CHARGED = text("""
SELECT e.source, -l.amount_cents FROM ledger_entries e JOIN ledger_lines l ON l.entry_id = e.id
WHERE e.kind = 'charge' AND l.account = 'BUYER' ORDER BY e.id
""")
BUYER_OWES = text("SELECT coalesce(sum(amount_cents), 0) FROM ledger_lines WHERE account = 'BUYER'")


async def parts() -> list[Instalment]:
    """Return the instalments there are, by number."""
    async with unit_of_work(SYSTEM) as uow:
        return list((await uow.session.execute(select(Instalment).order_by(col(Instalment.number)))).scalars())


async def payment() -> Payment:
    """Return the payment there is."""
    async with unit_of_work(SYSTEM) as uow:
        return (await uow.session.execute(select(Payment))).scalar_one()


async def numbers(query: Any) -> Any:
    """Return what the books say."""
    async with unit_of_work(SYSTEM) as uow:
        return (await uow.session.execute(query)).all()


async def tick(run_jobs: RunJobs) -> None:
    """Let the periodic job and what it queues run."""
    await queue_instalments(0)
    await run_jobs()


async def subjects(api: httpx.AsyncClient, address: str = "lea@test.example") -> list[str]:
    """Return the subjects of somebody's mails, the oldest first."""
    mails = (await api.get("/dev/mailbox", params={"to": address})).json()["data"]
    return [mail["subject"] for mail in reversed(mails)]


async def test_each_part_is_charged_on_its_day_and_told(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock, run_jobs: RunJobs
) -> None:
    booked = await saved(api, bearer(container, cast.lea), cast.session)
    first, last = await parts()
    assert (first.amount_cents, last.amount_cents) == (34_200, 79_800)
    assert first.commission_cents + last.commission_cents == (await payment()).commission_cents == 9_500
    for moment in (first.due_at - timedelta(seconds=1), first.due_at):
        assert await numbers(CHARGED) == []
        clock.set(moment)
        await tick(run_jobs)
    assert [part.status for part in await parts()] == ["paid", "scheduled"]
    assert [row[1] for row in await numbers(CHARGED)] == [34_200]
    for _ in range(3):
        await tick(run_jobs)
    clock.set(last.due_at)
    await asyncio.gather(*(orders_instalments.charge(last.id) for _ in range(5)))
    await tick(run_jobs)
    assert [row[1] for row in await numbers(CHARGED)] == [34_200, 79_800]
    assert (await payment()).status == "succeeded"
    assert (await numbers(BUYER_OWES))[0][0] == 0
    lea = bearer(container, cast.lea)
    shown = (await api.get(f"/orders/{booked['orderId']}/instalments", headers=lea)).json()["data"]
    assert [part["status"] for part in shown] == ["paid", "paid"]
    for actor in (cast.marc, cast.stranger):
        headers = bearer(container, actor)
        assert (await api.get(f"/orders/{booked['orderId']}/instalments", headers=headers)).status_code == 404
    assert len([subject for subject in await subjects(api) if subject.startswith("Prélèvement de")]) == 2


async def test_killed_between_any_two_steps_nothing_is_taken_twice(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock, run_jobs: RunJobs
) -> None:
    await saved(api, bearer(container, cast.lea), cast.session)
    first, _ = await parts()
    clock.set(first.due_at)
    # Killed after the claim: nothing happens until the charge is asked for again.
    async with unit_of_work(SYSTEM) as uow:
        claimed = await instalments.claim(uow, first.id)
    assert claimed is not None
    assert await orders_instalments.charge(first.id) == instalments.NOTHING
    clock.move(minutes=16)
    # Killed after the gateway's answer, which nobody kept; its event has not come either.
    async with unit_of_work(SYSTEM) as uow:
        again = await instalments.claim(uow, first.id)
    assert again is not None
    assert again.key == claimed.key
    answer = await container.ports.payments.charge_saved_card(again.request, idempotency_key=again.key)
    clock.move(minutes=16)
    await tick(run_jobs)
    assert [part.status for part in await parts()] == ["paid", "scheduled"]
    assert [tuple(row) for row in await numbers(CHARGED)] == [(answer.payment_intent, 34_200)]


def event(part: Instalment, kind: str, intent: str, *, attempt: int = 1, number: int = 0) -> dict[str, Any]:
    """Return an event of a charge, as the gateway tells it."""
    return {
        "id": f"evt_{part.id}_{intent}_{kind}_{number}",
        "type": f"payment_intent.{kind}",
        "data": {
            "object": {
                "id": intent,
                "amount_received": part.amount_cents,
                "currency": "eur",
                "metadata": {"instalment_id": str(part.id), "attempt": str(attempt)},
            }
        },
    }


async def tell(told: dict[str, Any]) -> None:
    """Deliver an event."""
    async with unit_of_work(SYSTEM) as uow:
        await settle(uow, await apply_event(uow, told))


async def claimed(part: UUID) -> instalments.Claim:
    """Claim a part that is due."""
    async with unit_of_work(SYSTEM) as uow:
        found = await instalments.claim(uow, part)
    assert found is not None
    return found


async def answer(claim: instalments.Claim, intent: str, state: ChargeState) -> None:
    """Take note of the gateway's answer."""
    async with unit_of_work(SYSTEM) as uow:
        await orders_instalments.tell(uow, await instalments.answered(uow, claim, Charge(intent, state)))


async def test_event_and_answer_lead_to_the_same_in_any_order(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock
) -> None:
    await saved(api, bearer(container, cast.lea), cast.session)
    first, last = await parts()
    clock.set(first.due_at)
    claim = await claimed(first.id)
    await tell(event(first, "succeeded", "pi_1"))
    await answer(claim, "pi_1", ChargeState.SUCCEEDED)
    await tell(event(first, "succeeded", "pi_1", number=1))
    await tell(event(first, "payment_failed", "pi_1"))
    assert [part.status for part in await parts()] == ["paid", "scheduled"]
    clock.set(last.due_at)
    claim = await claimed(last.id)
    await answer(claim, "pi_2", ChargeState.DECLINED)
    await tell(event(last, "payment_failed", "pi_2"))
    assert [part.status for part in await parts()] == ["paid", "failed"]
    clock.move(days=3)
    claim = await claimed(last.id)
    await tell(event(last, "payment_failed", "pi_2", number=1))  # of the first attempt, late
    assert (await parts())[1].status == "charging"
    wrong = event(last, "succeeded", "pi_3", attempt=2)
    wrong["data"]["object"]["amount_received"] = 1
    await tell(wrong)
    assert (await parts())[1].status == "charging"
    await answer(claim, "pi_3", ChargeState.PROCESSING)
    clock.move(hours=5)
    async with unit_of_work(SYSTEM) as uow:
        assert await instalments.due(uow, 10) == []
    await tell(event(last, "succeeded", "pi_3", attempt=2, number=1))
    assert (await payment()).status == "succeeded"
    assert [tuple(row) for row in await numbers(CHARGED)] == [("pi_1", 34_200), ("pi_3", 79_800)]


async def test_a_refused_part_is_tried_again_then_the_school_is_told_and_the_seat_stays(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock, run_jobs: RunJobs
) -> None:
    async with unit_of_work(SYSTEM) as uow:
        await uow.session.execute(text("UPDATE organizations SET contact_email = 'school@test.example'"))
    booked = await saved(api, bearer(container, cast.lea), cast.session, money.CHARGES_ARE_DECLINED)
    first, _ = await parts()
    for day in (0, 1, 3, 5, 7, 10):
        clock.set(first.due_at + timedelta(days=day))
        await tick(run_jobs)
    found = (await parts())[0]
    assert (found.status, found.attempts, found.next_attempt_at) == ("failed", 3, None)
    assert len([subject for subject in await subjects(api) if subject.startswith("Prélèvement refusé")]) == 3
    assert len(await subjects(api, "school@test.example")) == 1
    lea = bearer(container, cast.lea)
    assert (await api.get(f"/orders/{booked['orderId']}", headers=lea)).json()["data"]["status"] == "CONFIRMED"
    assert await numbers(CHARGED) == []
    await pay_by_page(api, lea, booked["orderId"], str(first.id))
    assert (await parts())[0].status == "paid"
    assert [row[1] for row in await numbers(CHARGED)] == [34_200]


async def pay_by_page(api: httpx.AsyncClient, headers: dict[str, str], order_id: str, part: str) -> None:
    """Open the page for a refused part, twice the same, and pay on it."""
    path = f"/orders/{order_id}/instalments/{part}/checkout"
    opened = [(await api.post(path, headers=headers)).json()["data"]["checkoutUrl"] for _ in range(2)]
    assert opened[0] == opened[1]
    checkout = opened[0].rsplit("/", 1)[1]
    assert (await api.post(f"/dev/pay/{checkout}", json={"outcome": "success"})).status_code == 200
    closed = await api.post(path, headers=headers)
    assert (closed.status_code, closed.json()["code"]) == (409, "instalment_closed")


async def test_while_the_page_is_open_the_card_is_left_alone(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock, run_jobs: RunJobs
) -> None:
    booked = await saved(api, bearer(container, cast.lea), cast.session, money.CHARGES_NEED_THE_CUSTOMER)
    first, _ = await parts()
    clock.set(first.due_at)
    await tick(run_jobs)
    clock.set(first.due_at + timedelta(days=3) - timedelta(minutes=5))
    path = f"/orders/{booked['orderId']}/instalments/{first.id}/checkout"
    for actor in (cast.marc, cast.olga, cast.stranger):
        assert (await api.post(path, headers=bearer(container, actor))).status_code == 404
    url = (await api.post(path, headers=bearer(container, cast.lea))).json()["data"]["checkoutUrl"]
    checkout = url.rsplit("/", 1)[1]
    assert (await api.post(f"/dev/pay/{checkout}", json={"outcome": "decline"})).status_code == 200
    clock.set(first.due_at + timedelta(days=3))
    # The page is closed first; only the next turn charges the card.
    assert await orders_instalments.charge(first.id) == instalments.NOTHING
    assert ((await parts())[0].attempts, (await parts())[0].checkout_id) == (1, None)
    assert (await api.post(f"/dev/pay/{checkout}", json={"outcome": "success"})).status_code == 409
    await tick(run_jobs)
    assert (await parts())[0].attempts == 2


async def test_paid_twice_by_chance_the_second_goes_back(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock, run_jobs: RunJobs
) -> None:
    await saved(api, bearer(container, cast.lea), cast.session)
    first, _ = await parts()
    clock.set(first.due_at)
    claim = await claimed(first.id)
    await answer(claim, "pi_card", ChargeState.SUCCEEDED)
    for number in range(2):
        await tell(event(first, "succeeded", "pi_page", number=number))
    async with unit_of_work(SYSTEM) as uow:
        refunds = await uow.sql("SELECT payment_intent, amount_cents, reason FROM refunds")
    assert [tuple(row.values()) for row in refunds] == [("pi_page", 34_200, "duplicate")]
