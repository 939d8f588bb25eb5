"""Jobs on PostgreSQL (procrastinate): a job and the data it is about commit together or not at all."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, LiteralString

import procrastinate
from procrastinate.exceptions import AlreadyEnqueued
from psycopg.types.json import Jsonb
from sqlalchemy.ext.asyncio import AsyncSession

tasks = procrastinate.Blueprint()
"""Features register their tasks here, in their `jobs` module: `@tasks.task(name="notifications.send_email")`."""

DEFER: Final[LiteralString] = """
SELECT procrastinate_defer_jobs_v1(ARRAY[ROW(%(queue)s, %(task)s, %(priority)s, %(lock)s, NULL, %(arguments)s,
  %(at)s::timestamptz)]::procrastinate_job_to_defer_v1[])
"""
"""Inserts one job, with the parameters that `JobQueue.parameters` returns."""
DEFER_ALL: Final[LiteralString] = """
SELECT procrastinate_defer_jobs_v1(array_agg(
  ROW(%(queue)s, %(task)s, %(priority)s, %(lock)s, NULL, job.arguments, %(at)s::timestamptz
  )::procrastinate_job_to_defer_v1 ORDER BY job.place))
FROM unnest(%(arguments)s::jsonb[]) WITH ORDINALITY AS job (arguments, place)
"""
"""Inserts a job for each of a list of arguments."""


class JobQueue:
    """Defers jobs on the caller's own database connection."""

    def __init__(self, app: procrastinate.App) -> None:
        """Take the procrastinate application that also runs the worker."""
        self.app = app

    def parameters(
        self,
        task: str,
        *,
        at: datetime | None = None,
        lock: str | None = None,
        priority: int = 0,
        arguments: Mapping[str, Any],
    ) -> dict[str, object]:
        """Return what `DEFER` is sent with for a job of a task; of those that wait, the highest `priority` is next."""
        job = self.app.configure_task(task, schedule_at=at, lock=lock, priority=priority).job
        return {
            "queue": job.queue,
            "task": job.task_name,
            "priority": job.priority,
            "lock": job.lock,
            "arguments": Jsonb(dict(arguments)),
            "at": job.scheduled_at,
        }

    async def defer(
        self,
        session: AsyncSession,
        task: str,
        *,
        at: datetime | None,
        queueing_lock: str | None,
        lock: str | None,
        arguments: Mapping[str, Any],
    ) -> None:
        """Insert the job in the session's transaction; a duplicate `queueing_lock` is dropped."""
        if queueing_lock is None:
            await self._insert(session, task, at, None, lock, arguments)
            return
        try:
            # The savepoint keeps the duplicate's error from aborting the business transaction.
            async with session.begin_nested():
                await self._insert(session, task, at, queueing_lock, lock, arguments)
        except AlreadyEnqueued:
            return

    def parameters_of_all(
        self, task: str, arguments: Sequence[Mapping[str, Any]], *, priority: int = 0
    ) -> dict[str, object]:
        """Return what `DEFER_ALL` is sent with."""
        alike = self.parameters(task, priority=priority, arguments={})
        return alike | {"arguments": [Jsonb(dict(one)) for one in arguments]}

    async def _insert(
        self,
        session: AsyncSession,
        task: str,
        at: datetime | None,
        queueing_lock: str | None,
        lock: str | None,
        arguments: Mapping[str, Any],
    ) -> None:
        # Asking for the connection here, and not earlier, is what makes SQLAlchemy emit the savepoint.
        raw = await (await session.connection()).get_raw_connection()
        deferrer = self.app.configure_task(
            task, schedule_at=at, queueing_lock=queueing_lock, lock=lock, connection=raw.driver_connection
        )
        await deferrer.defer_async(**arguments)
