"""The job queue as administrators see it: what waits, what failed and why, and once more."""

import logging
import traceback
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final, LiteralString

import procrastinate
from procrastinate.worker import Worker

from pygmalion_app.core import audit
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.errors import NotFoundError, PygmalionError
from pygmalion_app.core.paging import Page, PageRequest
from pygmalion_app.core.schemas import View
from pygmalion_app.core.unit_of_work import UnitOfWork, unit_of_work
from pygmalion_app.reports.job_models import JobFailure

log = logging.getLogger(__name__)
_ROOT: Final = Path(__file__).parent.parent.parent
_QUEUES: LiteralString = """
SELECT queue_name AS queue, count(*) FILTER (WHERE status = 'todo' AND coalesce(scheduled_at, %(now)s) <= %(now)s)
    AS waiting,
  count(*) FILTER (WHERE status = 'todo' AND scheduled_at > %(now)s) AS later,
  count(*) FILTER (WHERE status = 'doing') AS running, count(*) FILTER (WHERE status = 'failed') AS failed
FROM procrastinate_jobs GROUP BY queue_name ORDER BY queue_name
"""
_FAILED: LiteralString = """
SELECT j.id, j.task_name AS task, j.queue_name AS queue, j.attempts, coalesce(f.error, '') AS error,
  coalesce(f.place, '') AS place, coalesce(f.created_at, e.at) AS failed_at, count(*) OVER () AS total
FROM procrastinate_jobs j
LEFT JOIN LATERAL (SELECT * FROM job_failures f WHERE f.job_id = j.id ORDER BY f.id DESC LIMIT 1) f ON true
LEFT JOIN LATERAL (SELECT max(e.at) AS at FROM procrastinate_events e WHERE e.job_id = j.id) e ON true
WHERE j.status = 'failed' ORDER BY j.id DESC LIMIT %(limit)s OFFSET %(offset)s
"""


class QueueView(View):
    """One queue: jobs that are due, that are for later, under way, and that gave up."""

    queue: str
    waiting: int
    later: int
    running: int
    failed: int


class FailedJob(View):
    """A job that gave up; `error` and `place` are empty for those from before failures were noted."""

    id: int
    task: str
    queue: str
    attempts: int
    error: str
    place: str
    failed_at: datetime | None


async def queues(uow: UnitOfWork) -> list[QueueView]:
    """Return the queues by name. For administrators."""
    uow.actor.require_platform_admin()
    return [QueueView.model_validate(row) for row in await uow.sql(_QUEUES, now=uow.clock.now())]


async def failed(uow: UnitOfWork, paging: PageRequest) -> Page[FailedJob]:
    """Return the jobs that gave up, newest first. For administrators."""
    uow.actor.require_platform_admin()
    rows = await uow.sql(_FAILED, limit=paging.limit, offset=paging.offset)
    total = rows[0]["total"] if rows else 0
    return Page(tuple(FailedJob.model_validate(row) for row in rows), total, paging)


async def retry(uow: UnitOfWork, job_id: int) -> None:
    """Queue a job that gave up once more. For administrators. Raises NotFoundError for any other job."""
    uow.actor.require_platform_admin()
    rows = await uow.sql(
        "SELECT task_name FROM procrastinate_jobs WHERE id = %(id)s AND status = 'failed' FOR UPDATE", id=job_id
    )
    if not rows:
        raise NotFoundError(job=job_id)
    await uow.sql(
        "SELECT procrastinate_retry_job_v2(%(id)s, %(now)s, NULL, NULL, NULL)", id=job_id, now=uow.clock.now()
    )
    await audit.record(uow, "job.retried", facts={"job": job_id, "task": rows[0]["task_name"]})


async def note_failures(
    call_next: Callable[[], Awaitable[Any]], context: procrastinate.JobContext, _worker: Worker
) -> object:
    """Run a job and keep why it failed, for the worker's middleware."""
    try:
        return await call_next()
    except Exception as error:
        try:
            await _note(context, error)
        except Exception:
            # The database is away: the job's own failure is what counts.
            log.exception("a job's failure could not be noted")
        raise


async def _note(context: procrastinate.JobContext, error: Exception) -> None:
    if context.job.id is None:
        return
    code = error.code if isinstance(error, PygmalionError) else type(error).__name__
    async with unit_of_work(SYSTEM) as uow:
        uow.session.add(
            JobFailure(
                job_id=context.job.id,
                attempt=context.job.attempts + 1,
                error=code,
                place=_place(error),
                created_at=uow.clock.now(),
            )
        )


def _place(error: Exception) -> str:
    """Return where in this application an error arose: `payments/refunds.py:120 retry`."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.is_relative_to(_ROOT / "pygmalion_app") and path != Path(__file__):
            return f"{path.relative_to(_ROOT / 'pygmalion_app')}:{frame.lineno} {frame.name}"
    return ""


async def forget(uow: UnitOfWork) -> None:
    """Delete what was noted of jobs that are gone."""
    await uow.sql(
        "DELETE FROM job_failures f WHERE NOT EXISTS (SELECT FROM procrastinate_jobs j WHERE j.id = f.job_id)"
    )
