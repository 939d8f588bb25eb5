"""Sending of mail, the daily mails, and ringing devices."""

from datetime import timedelta
from typing import Final, LiteralString
from uuid import UUID

from procrastinate import BaseRetryStrategy, RetryDecision, RetryStrategy
from procrastinate.jobs import Job

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.db import at_once
from pygmalion_app.core.jobs import tasks
from pygmalion_app.core.ports import Email, PushDelayedError
from pygmalion_app.core.row_security import EVERYTHING
from pygmalion_app.core.unit_of_work import container, unit_of_work
from pygmalion_app.notifications import attachments, digest, push
from pygmalion_app.notifications.push import RING_TASK
from pygmalion_app.notifications.service import SEND_TASK

_TIMES: Final = 7
"""Attempts to ring a device: over a good hour, unless its service asks to wait longer."""
_WAITING: Final[LiteralString] = "SELECT * FROM outgoing_emails WHERE id = %(id)s AND sent_at IS NULL"
_SENT: Final[LiteralString] = "UPDATE outgoing_emails SET sent_at = %(now)s, text = '', html = '' WHERE id = %(id)s"


@tasks.task(name=SEND_TASK, queue="mail", retry=RetryStrategy(max_attempts=12, exponential_wait=2))
async def send_email(email_id: str) -> None:
    """Send one mail of the outbox, then erase its bodies: they may hold a sign-in code.

    Killed between sending and erasing, it is sent again under the same key, which the mailbox or the recipient's
    server recognises. The row is not locked while the mail server is talked to.
    """
    parts = container()
    found = await at_once(parts.engine, EVERYTHING, _WAITING, {"id": UUID(email_id)})
    if not found:
        return
    waiting, enclosed = found[0], ()
    if waiting["attached"]:
        async with unit_of_work(SYSTEM) as uow:
            enclosed = await attachments.make(uow, waiting["attached"], waiting["attached_id"])
    email = Email(waiting["to_address"], waiting["subject"], waiting["text"], waiting["html"], enclosed)
    await parts.ports.mailer.send(email, key=str(waiting["id"]))
    await at_once(parts.engine, EVERYTHING, _SENT, {"id": waiting["id"], "now": parts.clock.now()})


@tasks.periodic(cron="0 6 * * *")
@tasks.task(name="notifications.send_digests", queue="mail", queueing_lock="notifications.send_digests")
async def send_digests(timestamp: int) -> None:  # noqa: ARG001 - procrastinate hands the tick's time
    """Write the daily mails, in portions, a transaction each."""
    more = True
    while more:
        async with unit_of_work(SYSTEM) as uow:
            more = await digest.send(uow)


class _AsAsked(BaseRetryStrategy):
    """Waits longer each time, and as long as the push service asks."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Return when to try again, None after the last time."""
        if job.attempts >= _TIMES:
            return None
        asked = exception.wait if isinstance(exception, PushDelayedError) else timedelta()
        return RetryDecision(retry_in={"seconds": int(max(timedelta(seconds=4**job.attempts), asked).total_seconds())})


@tasks.task(name=RING_TASK, queue="mail", retry=_AsAsked())
async def ring(notification_id: str, subscription_id: str) -> None:
    """Ring one device for one notification. The service is called without a transaction around it.

    Killed in between, it rings again with the same name, which the service and the browser put in the first's place.
    """
    async with unit_of_work(SYSTEM) as uow:
        found = await push.due(uow, UUID(notification_id), UUID(subscription_id))
        sender, now = uow.ports.push, uow.clock.now()
    if found is None or sender is None:
        return
    device, message = found
    if not await sender.send(device, message, key=UUID(notification_id), now=now):
        async with unit_of_work(SYSTEM) as uow:
            await push.forget(uow, device.endpoint)
