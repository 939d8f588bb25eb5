"""Sending the answers to disputes; finding the payments of disputes that were told before them."""

from uuid import UUID

from procrastinate import JobContext, RetryStrategy

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.errors import UnavailableError
from pygmalion_app.core.jobs import tasks
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.disputes import service
from pygmalion_app.payments.dispute_events import match_disputes

_ATTEMPTS = 12
RETRY = RetryStrategy(max_attempts=_ATTEMPTS, exponential_wait=2)


@tasks.task(name=service.SEND_TASK, queue="payments", retry=RETRY, pass_context=True)
async def send_evidence(context: JobContext, dispute_id: str, attempt: int) -> None:
    """Send an answer; after the last try it is a person's again."""
    try:
        await service.send(UUID(dispute_id), attempt)
    except UnavailableError:
        if context.job.attempts >= _ATTEMPTS:
            await service.give_up(UUID(dispute_id), attempt)
        raise


@tasks.periodic(cron="*/10 * * * *")
@tasks.task(name="disputes.match", queue="payments", queueing_lock="disputes.match")
async def match(timestamp: int) -> None:  # noqa: ARG001 - procrastinate hands the tick's time
    """Find the payments of disputes that came before their own event."""
    async with unit_of_work(SYSTEM) as uow:
        await match_disputes(uow)
