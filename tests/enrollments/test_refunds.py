"""Refunds that are shown first: by the buyer, by the seller; and checkouts that end with their hold."""

from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select, text
from sqlmodel import col

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.enrollments.settlement import expire_order
from pygmalion_app.payments.models import Payment
from pygmalion_app.payments.service import payment_of
from tests.cast import Cast
from tests.clock import MovableClock
from tests.enrollments.individual import saved
from tests.enrollments.test_booking import RunJobs, bearer, order, play, seats_taken
from tests.enrollments.test_instalments import BUYER_OWES, CHARGED, numbers, parts, tick
from tests.enrollments.test_transfers import paid


async def refunded(order_id: str) -> int:
    """Return how much of an order is given back or on its way."""
    async with unit_of_work(SYSTEM) as uow:
        found = await payment_of(uow, UUID(order_id))
        assert found
        return found.refunded_cents


async def test_seats_of_odd_prices_give_back_exactly_what_was_paid(
    api: httpx.AsyncClient, container: Container, cast: Cast, run_jobs: RunJobs
) -> None:
    async with unit_of_work(SYSTEM) as uow:
        await uow.session.execute(text("UPDATE sessions SET price_cents = 33334"))
    bought = await paid(api, container, cast, "ana", "bob", "cid")
    marc = bearer(container, cast.marc)
    for seat in bought.seats:
        assert (await api.put(f"/enrollments/{seat}/cancel", headers=marc)).status_code == 200
    payment = (await api.get(f"/payments/{bought.payment_id}", headers=marc)).json()["data"]
    assert payment["amountCents"] % 3 != 0
    assert payment["refundedCents"] == payment["amountCents"]
    assert (await api.get(f"/orders/{bought.order_id}", headers=marc)).json()["data"]["status"] == "CANCELLED"


async def test_a_buyer_sees_what_each_loses_then_gives_chosen_seats_up(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock
) -> None:
    bought = await paid(api, container, cast, "ana", "bob", "cid")
    clock.move(days=20)  # ten days before: 50 %
    marc, path = bearer(container, cast.marc), f"/payments/{bought.payment_id}"
    chosen = {"enrollmentId": bought.seats[:2]}
    shown = (await api.get(f"{path}/refund-preview", params=chosen, headers=marc)).json()["data"]
    assert (shown["amountCents"], shown["commissionCents"], shown["bySeller"]) == (114_000, 9_500, False)
    assert [(seat["participant"], seat["percent"], seat["amountCents"]) for seat in shown["seats"]] == [
        ("Ana Crew", 50, 57_000),
        ("Bob Crew", 50, 57_000),
    ]
    assert await refunded(bought.order_id) == 0
    for actor, status in ((cast.stranger, 404), (cast.lea, 404), (cast.tom, 404)):
        answer = await api.post(f"{path}/refund", json={}, headers=bearer(container, actor))
        assert answer.status_code == status
    wish: dict[str, Any] = {"amountCents": 1, "reason": "because"}
    assert (await api.post(f"{path}/refund", json=wish, headers=marc)).status_code == 403
    done = await api.post(f"{path}/refund", json={"enrollmentIds": bought.seats[:2]}, headers=marc)
    assert done.json()["data"] == shown
    assert await refunded(bought.order_id) == 114_000
    assert await seats_taken(cast.session) == 1
    again = await api.post(f"{path}/refund", json={"enrollmentIds": bought.seats[:2]}, headers=marc)
    assert again.json()["code"] == "not_cancellable"


async def test_a_school_gives_back_what_it_likes_up_to_what_was_paid(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock
) -> None:
    bought = await paid(api, container, cast, "ana", "bob")
    clock.move(days=29)
    olga, path = bearer(container, cast.olga), f"/payments/{bought.payment_id}"
    for body, status in (({"amountCents": 5}, 422), ({"amountCents": 228_001, "reason": "too much"}, 409)):
        assert (await api.post(f"{path}/refund", json=body, headers=olga)).status_code == status
    gesture = await api.post(f"{path}/refund", json={"amountCents": 20_000, "reason": "heating failed"}, headers=olga)
    assert gesture.json()["data"]["refundableCents"] == 228_000
    assert await refunded(bought.order_id) == 20_000
    assert await seats_taken(cast.session) == 2
    # The seller's own cancellation gives back all that is left, whatever the tiers say.
    shown = (await api.get(f"{path}/refund-preview", headers=bearer(container, cast.ada))).json()["data"]
    assert (shown["amountCents"], shown["bySeller"]) == (208_000, True)
    assert (await api.post(f"{path}/refund", json={}, headers=olga)).status_code == 200
    assert await refunded(bought.order_id) == 228_000
    assert await seats_taken(cast.session) == 0


async def test_a_seat_given_up_before_the_money_came_is_paid_back_when_it_comes(
    api: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    marc = bearer(container, cast.marc)
    booked = (await api.post("/enrollments", json=order(cast.session, "ana", "bob"), headers=marc)).json()["data"]
    await play(api, booked, "sepa_pending")
    seat = booked["enrollments"][0]["id"]
    assert (await api.put(f"/enrollments/{seat}/cancel", headers=marc)).status_code == 200
    await play(api, booked, "sepa_success")
    assert await refunded(booked["orderId"]) == 114_000
    assert await seats_taken(cast.session) == 1


async def test_the_checkout_is_one_and_ends_with_its_hold(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock, run_jobs: RunJobs
) -> None:
    marc = bearer(container, cast.marc)
    booked = (await api.post("/enrollments", json=order(cast.session, "ana"), headers=marc)).json()["data"]
    wanted = {"orderId": booked["orderId"]}
    for _ in range(2):
        opened = await api.post("/payments/checkout", json=wanted, headers=marc)
        assert opened.json()["data"]["checkoutUrl"] == booked["checkoutUrl"]
    await play(api, booked, "decline")  # a refused card keeps the seats, and another may be tried
    kept = (await api.post("/payments/checkout", json=wanted, headers=marc)).json()["data"]
    assert (kept["status"], kept["expiresAt"]) == ("PENDING", booked["expiresAt"])
    async with unit_of_work(SYSTEM) as uow:
        payment = (await uow.session.execute(select(Payment))).scalar_one()
        assert payment.expires_at.isoformat().replace("+00:00", "Z") == booked["expiresAt"].replace("+00:00", "Z")
    clock.move(minutes=31)
    async with unit_of_work(SYSTEM) as uow:
        await expire_order(uow, UUID(booked["orderId"]))
    await run_jobs()
    assert (await play(api, booked, "success")).status_code == 409  # the gateway's page is closed too
    marc = bearer(container, cast.marc)
    ended = (await api.post("/payments/checkout", json=wanted, headers=marc)).json()["data"]
    assert ended["status"] == "EXPIRED"
    async with unit_of_work(SYSTEM) as uow:
        status = (await uow.session.execute(select(col(Payment.status)))).scalar_one()
    assert status == "expired"


async def test_a_page_that_opens_after_the_seats_were_given_up_is_closed(
    api: httpx.AsyncClient, container: Container, cast: Cast, run_jobs: RunJobs
) -> None:
    from pygmalion_app.accounts.schemas import Person
    from pygmalion_app.enrollments import cancellation
    from pygmalion_app.enrollments.orders import place_order
    from pygmalion_app.enrollments.schemas import PlaceOrder
    from pygmalion_app.payments import service as payments

    ana = Person(email="ana@crew.example", first_name="Ana", last_name="Crew")
    async with unit_of_work(cast.marc) as uow:
        placed = await place_order(uow, PlaceOrder(session_id=cast.session, payer="company", participants=(ana,)))  # pyright: ignore[reportArgumentType]
    gateway = container.ports.payments
    open_checkout = gateway.open_checkout

    async def slow(request: Any, *, idempotency_key: str) -> Any:
        async with unit_of_work(cast.marc) as uow:
            await cancellation.cancel(uow, placed.enrollments[0].id)
        return await open_checkout(request, idempotency_key=idempotency_key)

    gateway.open_checkout = slow  # pyright: ignore[reportAttributeAccessIssue]
    assert placed.payment_id
    await payments.resume_checkout(cast.marc, placed.payment_id)
    await run_jobs()
    async with unit_of_work(SYSTEM) as uow:
        states = (await uow.session.execute(text("SELECT status FROM testmode_checkouts"))).scalars().all()
    assert states == ["expired"]


@pytest.mark.parametrize(("who", "back"), [("lea", 0), ("olga", 34_200)])
async def test_an_individual_who_cancels_owes_no_more_than_the_tiers_say_and_is_charged_nothing_else(
    api: httpx.AsyncClient,
    container: Container,
    cast: Cast,
    clock: MovableClock,
    run_jobs: RunJobs,
    who: str,
    back: int,
) -> None:
    booked = await saved(api, bearer(container, cast.lea), cast.session)
    seat = booked["enrollments"][0]["id"]
    first, last = await parts()
    clock.set(first.due_at)
    await tick(run_jobs)
    clock.move(days=5)  # less than fourteen days before: half of the price stays owed, more than was taken
    headers = bearer(container, getattr(cast, who))
    shown = (await api.get(f"/payments/{booked['paymentId']}/refund-preview", headers=headers)).json()["data"]
    assert (shown["amountCents"], shown["taken"]) == (back, True)
    assert (await api.put(f"/enrollments/{seat}/cancel", headers=headers)).status_code == 200
    assert await refunded(booked["orderId"]) == back
    clock.set(last.due_at)
    await tick(run_jobs)
    assert [row[1] for row in await numbers(CHARGED)] == [34_200]
    assert (await numbers(BUYER_OWES))[0][0] == 0
