"""Telling people of messages, apart from the writing of them."""

from uuid import UUID

from procrastinate import RetryStrategy

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.jobs import tasks
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.messages import posting


@tasks.task(name=posting.TELL_TASK, retry=RetryStrategy(max_attempts=12, exponential_wait=2))
async def tell(message_id: str) -> None:
    """Tell the others of a message."""
    async with unit_of_work(SYSTEM) as uow:
        await posting.tell(uow, UUID(message_id))
