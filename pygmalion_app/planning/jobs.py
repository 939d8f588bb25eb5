"""Solving plans, and finding those that were left in the middle."""

from uuid import UUID

from procrastinate import JobContext, RetryStrategy

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.jobs import tasks
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.planning import solving
from pygmalion_app.planning.service import SOLVE_TASK

_ATTEMPTS = 3


@tasks.task(
    name=SOLVE_TASK,
    queue="planning",
    retry=RetryStrategy(max_attempts=_ATTEMPTS, wait=2),
    pass_context=True,
)
async def solve(context: JobContext, plan_id: str, round: int) -> None:  # noqa: A002 - the name that jobs carry
    """Solve a plan; after some failures it says so, and can be asked for anew."""
    try:
        await solving.solve(UUID(plan_id), round)
    except Exception:
        if context.job.attempts + 1 >= _ATTEMPTS:
            await solving.give_up(UUID(plan_id), round)
        raise


@tasks.periodic(cron="* * * * *")
@tasks.task(name="planning.rescue", queue="planning", queueing_lock="planning.rescue")
async def rescue(timestamp: int) -> None:  # noqa: ARG001 - procrastinate hands the tick's time
    """Queue searches again whose job died."""
    async with unit_of_work(SYSTEM) as uow:
        await solving.rescue(uow)
