"""Work that runs apart: files of documents taken back, and once a day what time does."""

from uuid import UUID

from procrastinate import RetryStrategy

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.jobs import tasks
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.kyc import upkeep
from pygmalion_app.kyc.documents import file_key
from pygmalion_app.kyc.service import DELETE_TASK

_retry = RetryStrategy(max_attempts=5, exponential_wait=3)


@tasks.task(name=DELETE_TASK, retry=_retry)
async def delete_file(document_id: str) -> None:
    """Delete the file of a document that is gone."""
    async with unit_of_work(SYSTEM) as uow:
        await upkeep.delete_file(uow, UUID(document_id), file_key(UUID(document_id)))


@tasks.periodic(cron="10 4 * * *")
@tasks.task(name="kyc.lapse", queueing_lock="kyc.lapse", retry=_retry)
async def lapse(timestamp: int) -> None:  # noqa: ARG001 - procrastinate hands the tick's time
    """End what is past its date, remind of what soon will be, and tidy up uploads that were cut short."""
    async with unit_of_work(SYSTEM) as uow:
        await upkeep.lapse_and_remind(uow)
        await upkeep.sweep(uow)
