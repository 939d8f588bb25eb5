"""Writing, sending and forgetting reports."""

from uuid import UUID

from procrastinate import JobContext, RetryStrategy

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.jobs import tasks
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.reports import exports, job_queue, schedules

_ATTEMPTS = 3


@tasks.task(
    name=exports.EXPORT_TASK,
    queue="exports",
    retry=RetryStrategy(max_attempts=_ATTEMPTS, exponential_wait=3),
    pass_context=True,
)
async def export(context: JobContext, export_id: str, *, tell: bool = False) -> None:
    """Write a report's file and `tell` its reader by mail; after some failures it says so, and can be asked anew."""
    try:
        await exports.make(UUID(export_id), tell=tell)
    except Exception:
        if context.job.attempts >= _ATTEMPTS:
            await exports.give_up(UUID(export_id))
        raise


@tasks.task(name=schedules.SEND_TASK, queue="exports", retry=RetryStrategy(max_attempts=5, exponential_wait=5))
async def send(schedule_id: str) -> None:
    """Have the report of a schedule made."""
    await schedules.send(UUID(schedule_id))


@tasks.periodic(cron="5 5 * * *")
@tasks.task(name="reports.daily", queue="exports", queueing_lock="reports.daily")
async def daily(timestamp: int) -> None:  # noqa: ARG001 - procrastinate hands the tick's time
    """Queue the reports whose day has come, and delete the files whose time is over."""
    async with unit_of_work(SYSTEM) as uow:
        await schedules.due(uow)
        await exports.forget(uow)
        await job_queue.forget(uow)
