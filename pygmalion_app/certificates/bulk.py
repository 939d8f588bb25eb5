"""Issuing in bulk: the certificates of everybody in some sessions, a portion at a time, with each one's outcome.

A campaign is its items, one an enrolment. A job takes those that wait and issues each certificate through the same
service as every other; issuing twice gives the first one's, so a job that was killed anywhere is simply run again.
"""

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, LiteralString
from uuid import UUID

from sqlalchemy import select, update
from sqlmodel import col

from pygmalion_app.certificates import bulk_queries, issuing
from pygmalion_app.certificates.bulk_schemas import CampaignView, StartCampaign
from pygmalion_app.certificates.errors import CampaignEmptyError
from pygmalion_app.certificates.life_models import Campaign, CampaignItem, ItemState
from pygmalion_app.core import audit
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.db import at_once
from pygmalion_app.core.errors import NotFoundError, PygmalionError
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.row_security import EVERYTHING
from pygmalion_app.core.unit_of_work import Container, UnitOfWork, container, unit_of_work

CAMPAIGN_TASK = "certificates.campaign"
_PORTION, _AT_ONCE = 24, 2
"""So many certificates share statements; so many portions are under way: one is made while another is kept."""
_LEFT_BEHIND = timedelta(minutes=2)

log = logging.getLogger(__name__)

_WAITING: LiteralString = """
SELECT i.id, i.enrollment_id, CASE
  WHEN e.status <> 'COMPLETED' THEN 'not_completed'
  WHEN e.present IS NOT TRUE THEN 'absent'
  WHEN e.passed IS NOT TRUE THEN 'not_passed'
  WHEN EXISTS (SELECT FROM certificates c WHERE c.enrollment_id = e.id)
    AND NOT EXISTS (SELECT FROM certificates c WHERE c.enrollment_id = e.id AND c.revoked_at IS NULL) THEN 'revoked'
  END AS refused
FROM certificate_campaign_items i JOIN enrollments e ON e.id = i.enrollment_id
WHERE i.campaign_id = %(campaign)s AND i.state = 'waiting' AND i.id > %(after)s ORDER BY i.id LIMIT %(portion)s
"""
# In one order for all, so that two runs wait for each other instead of stopping each other.
_ENDED: LiteralString = """
WITH held AS MATERIALIZED (
  SELECT id FROM certificate_campaign_items WHERE id = ANY (%(ids)s) ORDER BY id FOR NO KEY UPDATE
)
UPDATE certificate_campaign_items i SET state = CASE WHEN o.failure IS NULL THEN 'issued' ELSE 'failed' END,
  failure = o.failure, attempts = attempts + 1
FROM held JOIN unnest(%(ids)s::uuid[], %(failures)s::text[]) AS o (id, failure) ON o.id = held.id
WHERE i.id = held.id
"""


async def start(uow: UnitOfWork, command: StartCampaign) -> CampaignView:
    """Begin to issue the certificates of everybody in some sessions of one's training organisation.

    Raises NotAuthenticatedError, PermissionDeniedError, NotFoundError (a session of somebody else's),
    CampaignEmptyError.
    """
    uow.actor.require(Permission.CERTIFICATE_REVOKE, command.organization_id)
    await uow.require_reach(command.organization_id)
    async with uow.elevated():
        known = await uow.sql(
            "SELECT count(*) AS found FROM sessions WHERE id = ANY (%(ids)s) AND organization_id = %(organization)s",
            ids=list(command.session_ids),
            organization=command.organization_id,
        )
        if known[0]["found"] != len(set(command.session_ids)):
            raise NotFoundError
        campaign = Campaign(
            organization_id=command.organization_id,
            requested_by=uow.actor.require_user(),
            requested_at=uow.clock.now(),
        )
        uow.session.add(campaign)
        await uow.session.flush()
        if not await _add_items(uow, campaign, command):
            raise CampaignEmptyError
    await audit.record(
        uow, "certificate.campaign_started", subject_id=campaign.id, organization_id=campaign.organization_id
    )
    await _defer(uow, campaign.id)
    return await bulk_queries.campaign(uow, campaign.id)


async def retry(uow: UnitOfWork, campaign_id: UUID) -> CampaignView:
    """Try those again that failed; raises NotFoundError, PermissionDeniedError."""
    found = await bulk_queries.campaign(uow, campaign_id)
    uow.actor.require(Permission.CERTIFICATE_REVOKE, found.organization_id)
    async with uow.elevated():
        await uow.session.execute(
            update(CampaignItem)
            .where(col(CampaignItem.campaign_id) == campaign_id, col(CampaignItem.state) == ItemState.FAILED)
            .values(state=ItemState.WAITING, failure=None)
        )
        await uow.session.execute(update(Campaign).where(col(Campaign.id) == campaign_id).values(finished_at=None))
    await _defer(uow, campaign_id)
    return await bulk_queries.campaign(uow, campaign_id)


async def run(campaign_id: UUID, parts: Container | None = None) -> None:
    """Issue what waits until nothing does; the screen shows each outcome as it comes."""
    queue = _Queue(campaign_id, parts or container())
    async with asyncio.TaskGroup() as lanes:
        for _ in range(_AT_ONCE):
            lanes.create_task(_work(queue))
    async with unit_of_work(SYSTEM, parts) as uow:
        left = select(col(CampaignItem.id)).where(
            col(CampaignItem.campaign_id) == campaign_id, col(CampaignItem.state) == ItemState.WAITING
        )
        await uow.session.execute(
            update(Campaign)
            .where(col(Campaign.id) == campaign_id, col(Campaign.finished_at).is_(None), ~left.exists())
            .values(finished_at=uow.clock.now())
        )


async def resume(uow: UnitOfWork) -> int:
    """Queue the campaigns again that somebody waits for: their job was lost. Returns how many."""
    left = select(col(Campaign.id)).where(
        col(Campaign.finished_at).is_(None), col(Campaign.requested_at) < uow.clock.now() - _LEFT_BEHIND
    )
    unfinished = (await uow.session.execute(left)).scalars().all()
    for campaign_id in unfinished:
        await _defer(uow, campaign_id)
    return len(unfinished)


async def _add_items(uow: UnitOfWork, campaign: Campaign, command: StartCampaign) -> bool:
    enrolled = await uow.sql(
        "SELECT id FROM enrollments WHERE session_id = ANY (%(ids)s) AND status <> 'CANCELLED' ORDER BY id",
        ids=list(command.session_ids),
    )
    uow.session.add_all(
        CampaignItem(
            id=new_id(),
            campaign_id=campaign.id,
            organization_id=campaign.organization_id,
            enrollment_id=row["id"],
        )
        for row in enrolled
    )
    await uow.session.flush()
    return bool(enrolled)


class _Queue:
    """Hands each waiting item out once, in portions."""

    def __init__(self, campaign_id: UUID, parts: Container) -> None:
        self.parts = parts
        self._campaign = campaign_id
        self._after = UUID(int=0)
        self._reading = asyncio.Lock()

    async def portion(self) -> list[dict[str, Any]]:
        """Return the next items, none when all were handed out."""
        async with self._reading:
            sought = {"campaign": self._campaign, "after": self._after, "portion": _PORTION}
            items = await at_once(self.parts.engine, EVERYTHING, _WAITING, sought)
            if items:
                self._after = items[-1]["id"]
            return items


async def _work(queue: _Queue) -> None:
    while items := await queue.portion():
        failures = await _failures([item["enrollment_id"] for item in items if item["refused"] is None], queue.parts)
        outcomes = {"failures": [item["refused"] or failures.get(item["enrollment_id"]) for item in items]}
        await at_once(queue.parts.engine, EVERYTHING, _ENDED, {"ids": [item["id"] for item in items], **outcomes})


async def _failures(enrollment_ids: Sequence[UUID], parts: Container) -> dict[UUID, str | None]:
    """Issue certificates; returns of those that could not be why not."""
    try:
        issued = await issuing.issue_all(enrollment_ids, parts)
    except Exception:
        log.warning("a portion of certificates could not be issued: they are tried one by one", exc_info=True)
        return {one: await _issue(one, parts) for one in enrollment_ids}
    return {one: None if one in issued else "not_completed" for one in enrollment_ids}


async def _issue(enrollment_id: UUID, parts: Container) -> str | None:
    """Issue one certificate; returns why it could not be, None when it is there."""
    try:
        issued = await issuing.issue(enrollment_id, parts)
    except PygmalionError as error:
        log.warning("the certificate of enrolment %s could not be issued: %s", enrollment_id, error.code)
        return "unavailable" if error.status >= 500 else "unexpected"  # noqa: PLR2004 - HTTP's own line
    except Exception:
        log.exception("the certificate of enrolment %s could not be issued", enrollment_id)
        return "unexpected"
    return None if issued else "not_completed"


async def _defer(uow: UnitOfWork, campaign_id: UUID) -> None:
    await uow.defer(CAMPAIGN_TASK, queueing_lock=f"{CAMPAIGN_TASK}:{campaign_id}", campaign_id=str(campaign_id))
