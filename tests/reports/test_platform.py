"""The platform's figures equal plain SQL's; a job that gives up says why, and can be sent on its way again."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.errors import NotAuthenticatedError, NotFoundError, PermissionDeniedError
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.reports import exports, job_queue, platform
from tests.cast import Cast
from tests.clock import MovableClock
from tests.reports.world import sell

RunJobs = Callable[[], Awaitable[None]]


async def test_weeks_add_up_to_what_there_is(container: Container, cast: Cast, clock: MovableClock) -> None:
    clock.set(datetime(2026, 12, 6, 22, 30, tzinfo=UTC))  # Sunday in Paris, 23:30
    await sell(cast, back=57_000)
    clock.set(datetime(2026, 12, 6, 23, 30, tzinfo=UTC))  # Monday in Paris
    await sell(cast)
    await sell(cast)
    async with unit_of_work(cast.ada, container) as uow:
        found = await platform.figures(uow, 4)
    async with unit_of_work(SYSTEM, container) as uow:
        (plain,) = await uow.sql(
            """SELECT (SELECT count(*) FROM orders) AS orders, (SELECT sum(total_cents) FROM orders) AS sold,
            (SELECT -sum(amount_cents) FROM ledger_lines WHERE account = 'COMMISSION') AS revenue,
            (SELECT count(*) FROM users WHERE status = 'active') AS people"""
        )
    assert [week.orders for week in found.weeks] == [0, 0, 1, 2]
    assert sum(week.orders for week in found.weeks) == plain["orders"]
    assert sum(week.sold_cents for week in found.weeks) == plain["sold"]
    assert sum(week.revenue_cents for week in found.weeks) == plain["revenue"]
    assert found.now.people == plain["people"]
    assert (found.now.schools, found.now.companies) == (1, 2)


async def test_a_job_that_gives_up_says_why_and_can_be_tried_again(
    container: Container, cast: Cast, run_jobs: RunJobs
) -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        await uow.sql("UPDATE users SET last_name = 'Secret' WHERE id = %(id)s", id=cast.marc.user_id)
        await uow.defer(exports.EXPORT_TASK, export_id="no id of anything")
    app = container.jobs.app
    for _ in range(4):
        await app.run_worker_async(
            wait=False, install_signal_handlers=False, worker_middleware=[job_queue.note_failures]
        )
        async with unit_of_work(SYSTEM, container) as uow:
            await uow.sql("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")
    async with unit_of_work(cast.ada, container) as uow:
        (queue,) = [one for one in await job_queue.queues(uow) if one.queue == "exports"]
        (job,) = (await job_queue.failed(uow, PageRequest(1, 20))).items
        assert (queue.failed, queue.waiting) == (1, 0)
        assert (job.task, job.error) == ("reports.export", "ValueError")
        assert job.place.startswith("reports/jobs.py:")
        await job_queue.retry(uow, job.id)
    async with unit_of_work(cast.ada, container) as uow:
        assert (await job_queue.failed(uow, PageRequest(1, 20))).items == ()
        with pytest.raises(NotFoundError):
            await job_queue.retry(uow, job.id)


async def test_the_platform_is_its_administrators_alone(container: Container, cast: Cast) -> None:
    for actor in (cast.marc, cast.olga, cast.lea):
        async with unit_of_work(actor, container) as uow:
            for call in (platform.figures(uow), job_queue.queues(uow), job_queue.retry(uow, 1)):
                with pytest.raises((PermissionDeniedError, NotAuthenticatedError)):
                    await call
