"""Telling people of the sessions that they asked for."""

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.jobs import tasks
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.sessions import wishes


@tasks.task(name=wishes.TELL_TASK, queue="mail")
async def tell_wishers() -> None:
    """Tell whoever waits for a session that is there now, in portions, a transaction each."""
    more = True
    while more:
        async with unit_of_work(SYSTEM) as uow:
            more = await wishes.tell(uow)


@tasks.periodic(cron="25 * * * *")
@tasks.task(name="sessions.sweep_wishes", queue="mail", queueing_lock="sessions.sweep_wishes")
async def sweep_wishes(timestamp: int) -> None:  # noqa: ARG001 - procrastinate hands the tick's time
    """Find what no planning announced: a course that was published with its sessions, seats that came free."""
    await tell_wishers()
