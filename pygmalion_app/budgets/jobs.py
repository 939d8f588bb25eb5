"""Requests that nobody answered before their session began."""

from pygmalion_app.budgets import requests
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.jobs import tasks
from pygmalion_app.core.unit_of_work import unit_of_work


@tasks.periodic(cron="*/10 * * * *")
@tasks.task(name="budgets.expire_requests", queue="orders", queueing_lock="budgets.expire_requests")
async def expire_requests(timestamp: int) -> None:  # noqa: ARG001 - procrastinate hands the tick's time
    """End them, each in its own transaction."""
    async with unit_of_work(SYSTEM) as uow:
        due = await requests.due(uow)
    for request_id in due:
        async with unit_of_work(SYSTEM) as uow:
            await requests.expire(uow, request_id)
