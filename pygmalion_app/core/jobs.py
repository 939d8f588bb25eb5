"""Jobs on PostgreSQL (procrastinate): a job and the data it is about commit together or not at all."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import procrastinate
from procrastinate.exceptions import AlreadyEnqueued
from sqlalchemy.ext.asyncio import AsyncSession

tasks = procrastinate.Blueprint()
"""Features register their tasks here, in their `jobs` module: `@tasks.task(name="notifications.send_email")`."""


class JobQueue:
    """Defers jobs on the caller's own database connection."""

    def __init__(self, app: procrastinate.App) -> None:
        """Take the procrastinate application that also runs the worker."""
        self.app = app

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
