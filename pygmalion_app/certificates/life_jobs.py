"""Work on certificates' lives that runs apart: corrected documents, campaigns, reminders, files left behind."""

from uuid import UUID

from procrastinate import RetryStrategy

from pygmalion_app.certificates import bulk, external, issuing, reminders
from pygmalion_app.certificates.bulk import CAMPAIGN_TASK
from pygmalion_app.certificates.corrections import DOCUMENT_TASK
from pygmalion_app.certificates.jobs import QUEUE
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.jobs import tasks
from pygmalion_app.core.unit_of_work import unit_of_work

_retry = RetryStrategy(max_attempts=12, exponential_wait=2)


@tasks.task(name=DOCUMENT_TASK, queue=QUEUE, retry=_retry)
async def make_document(certificate_id: str) -> None:
    """Make the document of a corrected certificate."""
    await issuing.make_document(UUID(certificate_id))


@tasks.task(name=CAMPAIGN_TASK, queue=QUEUE, retry=_retry)
async def campaign(campaign_id: str) -> None:
    """Issue what a campaign still waits for."""
    await bulk.run(UUID(campaign_id))


@tasks.periodic(cron="* * * * *")
@tasks.task(name="certificates.resume_campaigns", queue=QUEUE, queueing_lock="certificates.resume_campaigns")
async def resume_campaigns(timestamp: int) -> None:  # noqa: ARG001 - procrastinate hands the tick's time
    """Take up campaigns whose job was lost."""
    async with unit_of_work(SYSTEM) as uow:
        await bulk.resume(uow)


@tasks.periodic(cron="20 5 * * *")
@tasks.task(name="certificates.remind", queueing_lock="certificates.remind", retry=_retry)
async def remind(timestamp: int) -> None:  # noqa: ARG001 - procrastinate hands the tick's time
    """Tell holders and managers what ends and what has ended, in portions, a transaction each."""
    after: UUID | None = None
    while True:
        async with unit_of_work(SYSTEM) as uow:
            after = await reminders.remind(uow, after)
        if after is None:
            break
    async with unit_of_work(SYSTEM) as uow:
        await external.sweep(uow)


@tasks.task(name=external.DELETE_TASK, retry=_retry)
async def delete_external(certificate_id: str) -> None:
    """Delete the file of a certificate obtained elsewhere that is gone."""
    async with unit_of_work(SYSTEM) as uow:
        await external.delete_file(uow, UUID(certificate_id))
