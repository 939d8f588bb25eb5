"""Writing and forgetting exports of the books."""

from uuid import UUID

from procrastinate import JobContext, RetryStrategy

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.jobs import tasks
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.ledger import exports

_ATTEMPTS = 3


@tasks.task(
    name=exports.EXPORT_TASK,
    queue="exports",
    retry=RetryStrategy(max_attempts=_ATTEMPTS, exponential_wait=3),
    pass_context=True,
)
async def export(context: JobContext, export_id: str) -> None:
    """Write an export; after some failures it says so, and can be asked for anew."""
    try:
        await exports.write(UUID(export_id))
    except Exception:
        if context.job.attempts >= _ATTEMPTS:
            await exports.give_up(UUID(export_id))
        raise


@tasks.periodic(cron="25 3 * * *")
@tasks.task(name="ledger.forget_exports", queue="exports", queueing_lock="ledger.forget_exports")
async def forget_exports(timestamp: int) -> None:  # noqa: ARG001 - procrastinate hands the tick's time
    """Delete the exports whose time is over."""
    async with unit_of_work(SYSTEM) as uow:
        await exports.forget(uow)
