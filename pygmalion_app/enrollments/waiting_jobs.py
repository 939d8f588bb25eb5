"""Offers to those who wait: when seats come free, when an offer lapses, and what a lost job left behind."""

from uuid import UUID

from procrastinate import RetryStrategy

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.jobs import tasks
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.enrollments import waiting_offers
from pygmalion_app.enrollments.seats import OFFER_TASK

RETRY = RetryStrategy(max_attempts=10, exponential_wait=2)


@tasks.task(name=OFFER_TASK, queue="orders", retry=RETRY)
async def offer_seats(session_id: str) -> None:
    """Offer a session's free seats."""
    async with unit_of_work(SYSTEM) as uow:
        await waiting_offers.offer_seats(uow, UUID(session_id))


@tasks.periodic(cron="*/5 * * * *")
@tasks.task(name="enrollments.sweep_waiting", queue="orders", queueing_lock="enrollments.sweep_waiting")
async def sweep_waiting(timestamp: int) -> None:  # noqa: ARG001 - procrastinate hands the tick's time
    """Do what a lost job would have done, so that nobody waits for nothing and no seat stays offered for ever."""
    async with unit_of_work(SYSTEM) as uow:
        due = await waiting_offers.sessions_due(uow)
    for session_id in due:
        async with unit_of_work(SYSTEM) as uow:
            await waiting_offers.offer_seats(uow, session_id)
