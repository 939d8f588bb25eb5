"""Reports that come by themselves: on their day, to who may read them on that day, and to nobody else."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest

from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.reports import schedules
from pygmalion_app.reports.models import Frequency
from tests.cast import Cast, add_person
from tests.clock import MovableClock
from tests.enrollments.test_booking import bearer
from tests.reports.world import sell

RunJobs = Callable[[], Awaitable[None]]
SUNDAY, MONDAY = datetime(2026, 12, 6, 9, tzinfo=UTC), datetime(2026, 12, 7, 6, tzinfo=UTC)


@pytest.fixture
async def nora(cast: Cast, clock: MovableClock) -> Actor:
    """Return a second manager of the company; it is a Sunday."""
    clock.set(SUNDAY)
    async with unit_of_work(SYSTEM) as uow:
        return await add_person(uow, "nora", (cast.company, Role.MANAGER))


async def plan(client: httpx.AsyncClient, container: Container, who: Actor, to: Actor, **more: Any) -> httpx.Response:
    wanted = {"report": "financial", "format": "csv", "frequency": "weekly", "recipientId": str(to.user_id), **more}
    return await client.post("/api/v1/reports/schedules", json=wanted, headers=bearer(container, who))


async def tick(run_jobs: RunJobs) -> None:
    """Do what the daily job does, and what follows of it."""
    async with unit_of_work(SYSTEM) as uow:
        await schedules.due(uow)
    await run_jobs()


async def mails(address: str) -> list[str]:
    async with unit_of_work(SYSTEM) as uow:
        rows = await uow.sql("SELECT text FROM mailbox_messages WHERE to_address = %(to)s ORDER BY id", to=address)
    return [row["text"] for row in rows]


async def files(client: httpx.AsyncClient, container: Container, who: Actor) -> list[dict[str, Any]]:
    return (await client.get("/api/v1/reports/exports", headers=bearer(container, who))).json()["data"]


async def test_a_report_comes_once_on_its_day(
    client: httpx.AsyncClient, container: Container, cast: Cast, nora: Actor, run_jobs: RunJobs, clock: MovableClock
) -> None:
    await sell(cast)
    assert (await plan(client, container, cast.marc, nora)).status_code == 201
    await tick(run_jobs)
    assert await mails("nora@test.example") == []
    clock.set(MONDAY)
    await tick(run_jobs)
    await tick(run_jobs)
    (mail,) = await mails("nora@test.example")
    assert "Aeroport Services" in mail
    assert "30 novembre 2026 au 6 décembre 2026" in mail  # the week before
    assert "1 140" not in mail  # what is in it stays behind the sign-in
    (made,) = await files(client, container, nora)
    assert (made["status"], made["fileName"]) == ("ready", "finances-20261130-20261206.csv")
    content = await client.get(f"/api/v1/reports/exports/{made['id']}/download", headers=bearer(container, nora))
    assert "1140,00" in content.text
    assert await files(client, container, cast.marc) == []


async def test_who_may_no_longer_read_it_gets_nothing(
    client: httpx.AsyncClient, container: Container, cast: Cast, nora: Actor, run_jobs: RunJobs, clock: MovableClock
) -> None:
    await plan(client, container, cast.marc, nora)
    async with unit_of_work(SYSTEM) as uow:
        await uow.sql("UPDATE organization_members SET role = 'learner' WHERE user_id = %(id)s", id=nora.user_id)
    clock.set(MONDAY)
    await tick(run_jobs)
    assert await mails("nora@test.example") == []
    (told,) = await mails("marc@test.example")
    assert "Nora Test" in told
    path, headers = "/api/v1/reports/schedules", bearer(container, cast.marc)
    (listed,) = (await client.get(path, headers=headers)).json()["data"]
    assert listed["stoppedWhy"] == "permission_denied"
    assert (await client.delete(f"{path}/{listed['id']}", headers=headers)).status_code == 200
    assert (await client.get(path, headers=headers)).json()["data"] == []


async def test_only_readers_of_the_same_organisation_can_be_chosen(
    client: httpx.AsyncClient, container: Container, cast: Cast, nora: Actor
) -> None:
    for to in (cast.lea, cast.olga, cast.stranger, cast.ada):
        answer = await plan(client, container, cast.marc, to)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input")
    assert (await plan(client, container, cast.lea, nora)).status_code == 403
    assert (await plan(client, container, cast.marc, nora, report="nothing")).status_code == 422
    assert (await plan(client, container, cast.marc, nora, filters={"by": "weather"})).status_code == 422


@pytest.mark.parametrize(
    ("day", "frequency", "then"),
    [
        (date(2026, 12, 7), Frequency.WEEKLY, date(2026, 12, 14)),
        (date(2026, 12, 13), Frequency.WEEKLY, date(2026, 12, 14)),
        (date(2026, 12, 1), Frequency.MONTHLY, date(2027, 1, 1)),
        (date(2028, 2, 29), Frequency.MONTHLY, date(2028, 3, 1)),
    ],
)
def test_the_next_day(day: date, frequency: Frequency, then: date) -> None:
    assert schedules.following(day, frequency) == then
