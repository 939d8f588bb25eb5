"""Work that runs apart: exports, erasures whose time has come, and once a day what time does."""

from uuid import UUID

from procrastinate import JobContext, RetryStrategy

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.jobs import tasks
from pygmalion_app.core.privacy import DELETE_FILE_TASK
from pygmalion_app.core.unit_of_work import container, unit_of_work
from pygmalion_app.privacy import audit_trail, erasure, exports, inactivity, retention
from pygmalion_app.privacy.exports import BUILD_TASK

_ATTEMPTS = 4
_retry = RetryStrategy(max_attempts=_ATTEMPTS, exponential_wait=3)


@tasks.task(name=BUILD_TASK, queue="privacy", retry=_retry, pass_context=True)
async def build_export(context: JobContext, export_id: str) -> None:
    """Make an archive; its owner is told on the page when it could not be made."""
    try:
        await exports.build(UUID(export_id))
    except Exception:
        if context.job.attempts >= _ATTEMPTS:
            await exports.give_up(UUID(export_id))
        raise


@tasks.task(name=DELETE_FILE_TASK, queue="privacy", retry=RetryStrategy(max_attempts=12, exponential_wait=3))
async def delete_file(key: str) -> None:
    """Delete a file whose record is gone."""
    await container().ports.files.delete(key)


@tasks.periodic(cron="40 2 * * *")
@tasks.task(name="privacy.daily", queue="privacy", queueing_lock="privacy.daily", retry=_retry)
async def daily(timestamp: int) -> None:  # noqa: ARG001 - procrastinate hands the tick's time
    """Erase what is due, warn of what soon will be, and let go what is too old."""
    await do_daily()


async def do_daily() -> None:
    """Do the day's work; doing it again does what is left."""
    async with unit_of_work(SYSTEM) as uow:
        # Before the sessions that tell of it are forgotten.
        await inactivity.note_activity(uow)
    await erasure.erase_due()
    await inactivity.erase_idle()
    await inactivity.warn_idle()
    await retention.run_rules()


@tasks.periodic(cron="30 2 * * *")
@tasks.task(name="privacy.anchor_audit", queue="privacy", queueing_lock="privacy.anchor_audit", retry=_retry)
async def anchor_audit(timestamp: int) -> None:  # noqa: ARG001 - procrastinate hands the tick's time
    """Keep the audit trail's head outside the database."""
    async with unit_of_work(SYSTEM) as uow:
        await audit_trail.anchor_head(uow)


@tasks.periodic(cron="5 * * * *")
@tasks.task(name="privacy.forget_exports", queue="privacy", queueing_lock="privacy.forget_exports", retry=_retry)
async def forget_exports(timestamp: int) -> None:  # noqa: ARG001 - procrastinate hands the tick's time
    """Delete archives whose days are over, within the hour."""
    async with unit_of_work(SYSTEM) as uow:
        await exports.forget_expired(uow)
