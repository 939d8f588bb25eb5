"""Assessments run apart and after the fact: no sign-in and no order waits for one."""

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.jobs import tasks
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.risk import service


@tasks.periodic(cron="* * * * *")
@tasks.task(name="risk.assess", queueing_lock="risk.assess", lock="risk.assess")
async def assess(timestamp: int) -> None:  # noqa: ARG001 - procrastinate hands the tick's time
    """Look at what happened since the last time, a batch after the other."""
    seen = 1
    while seen:
        async with unit_of_work(SYSTEM) as uow:
            seen = await service.assess_new(uow)
