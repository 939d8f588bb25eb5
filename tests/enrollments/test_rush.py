"""Who comes too late is refused before the session's lock; nobody else is. Who waits for others holds no connection."""

import asyncio
from typing import Any
from unittest.mock import patch

import httpx
import pytest

from pygmalion_app.core.unit_of_work import Container
from pygmalion_app.enrollments import gateway_events, orders
from tests.cast import Cast
from tests.clock import MovableClock
from tests.enrollments.test_booking import bearer, order


@pytest.fixture
async def full(api: httpx.AsyncClient, container: Container, cast: Cast) -> dict[str, str]:
    """Sell all five seats and refuse one buyer, so that the next are looked at first; return the buyer's header."""
    marc = bearer(container, cast.marc)
    sold = await api.post(
        "/enrollments", json=order(cast.session, *"abcde"), headers={**marc, "Idempotency-Key": "1st"}
    )
    assert sold.status_code == 201
    assert (await api.post("/enrollments", json=order(cast.session, "f"), headers=marc)).status_code == 409
    return marc


async def test_the_next_late_one_does_not_queue_for_the_lock(
    api: httpx.AsyncClient, cast: Cast, full: dict[str, str]
) -> None:
    with patch.object(orders, "locking", side_effect=AssertionError("asked for the lock")):
        answer = await api.post("/enrollments", json=order(cast.session, "g", "h"), headers=full)
    assert (answer.status_code, answer.json()["code"], answer.json()["left"]) == (409, "session_full", 0)


async def test_a_seat_that_came_free_is_sold(api: httpx.AsyncClient, cast: Cast, full: dict[str, str]) -> None:
    (booked,) = [one for one in (await api.get("/enrollments", headers=full)).json()["data"] if _is(one, "a")]
    assert (await api.put(f"/enrollments/{booked['id']}/cancel", headers=full)).status_code == 200
    assert (await api.post("/enrollments", json=order(cast.session, "g"), headers=full)).status_code == 201


async def test_seats_whose_hold_lapsed_are_sold_although_no_job_freed_them(
    api: httpx.AsyncClient, container: Container, cast: Cast, full: dict[str, str], clock: MovableClock
) -> None:
    clock.move(minutes=container.settings.hold_minutes + 1)
    assert full
    later = bearer(container, cast.marc)
    assert (await api.post("/enrollments", json=order(cast.session, "g"), headers=later)).status_code == 201


async def test_the_same_order_again_is_the_same_order(api: httpx.AsyncClient, cast: Cast, full: dict[str, str]) -> None:
    again = {**full, "Idempotency-Key": "1st"}
    answer = await api.post("/enrollments", json=order(cast.session, *"abcde"), headers=again)
    assert (answer.status_code, len(answer.json()["data"]["enrollments"])) == (201, 5)


async def test_who_sits_in_it_already_is_told_so(api: httpx.AsyncClient, cast: Cast, full: dict[str, str]) -> None:
    answer = await api.post("/enrollments", json=order(cast.session, "a"), headers=full)
    assert answer.json()["code"] == "already_enrolled"


async def test_a_burst_of_events_leaves_connections_to_others(
    container: Container, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[int] = []

    async def settle(*_: object) -> None:
        pool: Any = container.engine.pool
        taken.append(pool.checkedout())
        await asyncio.sleep(0.01)

    monkeypatch.setattr(gateway_events, "settle", settle)
    burst = [{"id": f"evt_{number}", "type": "charge.pending", "data": {}} for number in range(40)]
    await asyncio.gather(*(gateway_events.receive(event) for event in burst))
    assert (len(taken), max(taken)) == (40, 4)


def _is(enrollment: dict[str, object], name: str) -> bool:
    return f"{name}@crew.example" in str(enrollment)
