"""Jobs of compliance: compute again whom the triggers named, and everybody when a day begins somewhere."""

import asyncio
from collections import defaultdict
from datetime import timedelta
from typing import Final, LiteralString
from uuid import UUID

from procrastinate import RetryStrategy

from pygmalion_app.compliance.recompute import recompute
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.jobs import tasks
from pygmalion_app.core.unit_of_work import container, unit_of_work

QUEUE: Final = "compliance"
RECOMPUTE_TASK: Final = "compliance.recompute"
"""Queued by a trigger too (`compliance_call`)."""
_GATHER_SECONDS: Final = 0.2
_MOST: Final = 5_000

_TAKE: LiteralString = """
DELETE FROM compliance_queue WHERE id IN (SELECT id FROM compliance_queue ORDER BY id LIMIT %(most)s
  FOR UPDATE SKIP LOCKED)
RETURNING organization_id, user_id
"""
_ORGANIZATIONS: LiteralString = "SELECT DISTINCT organization_id FROM requirement_sets ORDER BY organization_id"
_LEFT_BEHIND: LiteralString = (
    "SELECT EXISTS (SELECT FROM compliance_queue WHERE created_at < %(before)s) AS left_behind"
)
_retry = RetryStrategy(max_attempts=8, exponential_wait=2)


@tasks.task(name=RECOMPUTE_TASK, queue=QUEUE, retry=_retry)
async def recompute_queued() -> None:
    """Compute again whoever waits; transactions that end together are gathered for a moment."""
    await asyncio.sleep(_GATHER_SECONDS)
    while await _take():
        pass


async def _take() -> bool:
    """Do some of the queue; tell whether there was any. What fails waits for the retry, its rows with it."""
    async with unit_of_work(SYSTEM) as uow:
        rows = await uow.sql(_TAKE, most=_MOST)
        whole = {row["organization_id"] for row in rows if row["user_id"] is None}
        some: dict[UUID, set[UUID]] = defaultdict(set)
        for row in rows:
            if row["organization_id"] not in whole:
                some[row["organization_id"]].add(row["user_id"])
        # One order for all, lest two jobs wait for each other.
        for organization_id in sorted(whole | set(some)):
            users = None if organization_id in whole else sorted(some[organization_id])
            await recompute(uow, organization_id, users)
    return bool(rows)


@tasks.periodic(cron="* * * * *")
@tasks.task(name="compliance.sweep", queue=QUEUE, queueing_lock="compliance.sweep")
async def sweep(timestamp: int) -> None:  # noqa: ARG001 - procrastinate hands the tick's time
    """Do what a job that began a moment too early left in the queue."""
    async with unit_of_work(SYSTEM) as uow:
        rows = await uow.sql(_LEFT_BEHIND, before=uow.clock.now() - timedelta(seconds=30))
    if rows[0]["left_behind"]:
        await recompute_queued()


# A quarter past every hour: midnight has passed in some site's zone, and a status may have changed with it.
@tasks.periodic(cron="15 * * * *")
@tasks.task(name="compliance.turn", queue=QUEUE, queueing_lock="compliance.turn", retry=_retry)
async def turn(timestamp: int) -> None:  # noqa: ARG001 - procrastinate hands the tick's time
    """Compute everybody again for the day that began; each organisation by itself."""
    async with unit_of_work(SYSTEM) as uow:
        organizations = [row["organization_id"] for row in await uow.sql(_ORGANIZATIONS)]
    for organization_id in organizations:
        async with unit_of_work(SYSTEM, container()) as uow:
            await recompute(uow, organization_id)
