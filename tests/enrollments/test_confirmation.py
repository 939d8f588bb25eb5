"""What follows a confirmed order: told once, however often and late its job runs, and not of what was given up."""

from collections import Counter

import httpx
import pytest

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.enrollments import billing, jobs
from pygmalion_app.enrollments.confirmation import FOLLOW_TASK
from tests.cast import Cast
from tests.clock import MovableClock
from tests.enrollments.test_booking import RunJobs, bearer, order, play, seats_taken


async def follow(times: int = 1) -> None:
    """Run the job of the one order so often."""
    async with unit_of_work(SYSTEM) as uow:
        query = "SELECT args FROM procrastinate_jobs WHERE task_name = %(name)s"
        (row,) = await uow.sql(query, name=FOLLOW_TASK)
    for _ in range(times):
        await jobs.follow_confirmation(**row["args"])


async def subjects() -> Counter[str]:
    """Return how often each mail was written: to whom, and its subject's first word."""
    async with unit_of_work(SYSTEM) as uow:
        rows = await uow.sql("SELECT to_address, split_part(subject, ' ', 1) AS word FROM outgoing_emails")
    return Counter(f"{row['to_address']} {row['word']}" for row in rows)


@pytest.fixture
async def paid(api: httpx.AsyncClient, container: Container, cast: Cast) -> dict[str, str]:
    """Have Marc pay for Ana and Bob; return the seats by their people."""
    marc = bearer(container, cast.marc)
    booked = (await api.post("/enrollments", json=order(cast.session, "ana", "bob"), headers=marc)).json()["data"]
    assert (await play(api, booked, "success")).status_code == 200
    seats: dict[str, str] = {}
    for one in booked["enrollments"]:
        seat = (await api.get(f"/enrollments/{one['id']}", headers=marc)).json()["data"]
        seats[seat["participant"]["email"].split("@")[0]] = one["id"]
    return seats


async def test_a_repetition_tells_and_bills_nothing_twice(paid: dict[str, str]) -> None:
    assert not [mail for mail in await subjects() if "Convocation" in mail]
    await follow(times=3)
    told = await subjects()
    assert told["ana@crew.example Convocation"] == told["bob@crew.example Convocation"] == 1
    assert len(paid) == 2
    assert sum(count for mail, count in told.items() if mail.startswith("marc@")) == 1
    async with unit_of_work(SYSTEM) as uow:
        assert await uow.sql("SELECT count(*) AS n FROM invoices") == [{"n": 1}]


async def test_all_are_told_although_no_invoice_can_be_issued(
    paid: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(billing, "issue_for_order", fail)
    with pytest.raises(ZeroDivisionError):
        await follow()
    assert len(paid) == 2
    assert (await subjects())["ana@crew.example Convocation"] == 1


async def test_what_was_given_up_before_is_not_told_of(
    api: httpx.AsyncClient, container: Container, cast: Cast, paid: dict[str, str], run_jobs: RunJobs
) -> None:
    marc = bearer(container, cast.marc)
    assert (await api.put(f"/enrollments/{paid['ana']}/cancel", headers=marc)).status_code == 200
    await follow()
    assert (await subjects())["ana@crew.example Convocation"] == 0
    assert (await subjects())["bob@crew.example Convocation"] == 1
    await run_jobs()
    assert (await subjects())["bob@crew.example Convocation"] == 1


async def test_a_payment_frees_the_seats_of_others_that_lapsed_meanwhile(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock
) -> None:
    marc = bearer(container, cast.marc)
    assert (await api.post("/enrollments", json=order(cast.session, "ana", "bob"), headers=marc)).status_code == 201
    clock.move(minutes=20)
    marc = bearer(container, cast.marc)
    booked = (await api.post("/enrollments", json=order(cast.session, "eve"), headers=marc)).json()["data"]
    clock.move(minutes=11)
    # Nobody has cleaned up yet.
    assert await seats_taken(cast.session) == 3
    assert (await play(api, booked, "success")).status_code == 200
    assert await seats_taken(cast.session) == 1
