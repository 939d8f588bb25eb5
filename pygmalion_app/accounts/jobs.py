"""Mails whose recipient must not be guessed from how long a request took."""

from procrastinate import RetryStrategy

from pygmalion_app.accounts import password_reset
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.jobs import tasks
from pygmalion_app.core.unit_of_work import unit_of_work


@tasks.task(name=password_reset.MAIL_TASK, queue="mail", retry=RetryStrategy(max_attempts=5, exponential_wait=2))
async def mail_password_reset(email: str) -> None:
    """Mail a link to a new password, if the address has an account."""
    async with unit_of_work(SYSTEM) as uow:
        await password_reset.mail_link(uow, email)
