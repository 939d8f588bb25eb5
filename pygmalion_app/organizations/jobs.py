"""Mails of imported invitations, a few at a time."""

from uuid import UUID

from procrastinate import RetryStrategy
from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.jobs import tasks
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.organizations.imports import SEND_TASK
from pygmalion_app.organizations.invitations import WAITING, send
from pygmalion_app.organizations.models import Invitation, Organization

AT_ONCE = 50


@tasks.task(name=SEND_TASK, queue="mail", retry=RetryStrategy(max_attempts=12, exponential_wait=2))
async def send_invitations(batch_id: str) -> None:
    """Write the mails of an import; killed in the middle, it goes on where it was. Withdrawn ones stay unsent."""
    while await _send_some(UUID(batch_id)):
        pass


async def _send_some(batch_id: UUID) -> int:
    async with unit_of_work(SYSTEM) as uow:
        rows = (
            await uow.session.execute(
                select(Invitation, col(Organization.name))
                .join(Organization, col(Organization.id) == col(Invitation.organization_id))
                .where(col(Invitation.batch_id) == batch_id, col(Invitation.sent_at).is_(None), WAITING)
                .order_by(col(Invitation.id))
                .limit(AT_ONCE)
                .with_for_update(of=Invitation, skip_locked=True)
            )
        ).all()
        for invitation, organization in rows:
            await send(uow, invitation, organization)
        return len(rows)
