"""Campaigns and the sessions they are made of, in plain SQL: a campaign may have thousands of items."""

from typing import Any, LiteralString
from uuid import UUID

from pygmalion_app.certificates.bulk_schemas import CampaignView, CandidateView, FailureView
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork

_COUNTS: LiteralString = """
SELECT k.id, k.organization_id, k.requested_at, k.finished_at, count(DISTINCT e.session_id) AS sessions,
  count(*) AS total, count(*) FILTER (WHERE i.state = 'issued') AS issued,
  count(*) FILTER (WHERE i.state = 'failed') AS failed, count(*) FILTER (WHERE i.state = 'waiting') AS waiting
FROM certificate_campaigns k
JOIN certificate_campaign_items i ON i.campaign_id = k.id JOIN enrollments e ON e.id = i.enrollment_id
"""
_FAILURES: LiteralString = """
SELECT i.enrollment_id, concat_ws(' ', u.first_name, u.last_name) AS person, c.title AS course,
  c.title_en AS course_en, i.failure AS reason
FROM certificate_campaign_items i JOIN enrollments e ON e.id = i.enrollment_id JOIN users u ON u.id = e.user_id
JOIN courses c ON c.id = e.course_id
WHERE i.campaign_id = %(campaign)s AND i.state = 'failed' ORDER BY person, i.id LIMIT 100
"""
_CANDIDATES: LiteralString = """
SELECT s.id AS session_id, c.title AS course, c.title_en AS course_en, s.starts_at, s.ends_at, s.time_zone,
  s.location, count(e.id) AS people,
  count(e.id) FILTER (WHERE e.status = 'COMPLETED' AND e.present AND e.passed) AS entitled,
  count(e.id) FILTER (WHERE x.id IS NOT NULL) AS certified,
  count(e.id) FILTER (WHERE e.status = 'COMPLETED' AND e.present AND e.passed AND o.id IS NULL) AS to_issue
FROM sessions s JOIN courses c ON c.id = s.course_id
JOIN enrollments e ON e.session_id = s.id AND e.status <> 'CANCELLED'
LEFT JOIN certificates x ON x.enrollment_id = e.id AND x.revoked_at IS NULL
LEFT JOIN certificates o ON o.enrollment_id = e.id AND o.corrects IS NULL
WHERE s.organization_id = %(organization)s AND s.ends_at < %(now)s AND s.status <> 'cancelled'
GROUP BY s.id, c.id
ORDER BY bool_or(e.status = 'COMPLETED' AND e.present AND e.passed AND o.id IS NULL) DESC NULLS LAST,
  s.ends_at DESC, s.id
LIMIT %(limit)s
"""


async def campaign(uow: UnitOfWork, campaign_id: UUID) -> CampaignView:
    """Return how far a campaign is, with who failed. NotFoundError to whoever does not administer its organisation."""
    uow.actor.require_user()
    rows = await uow.sql(_COUNTS + " WHERE k.id = %(campaign)s GROUP BY k.id", campaign=campaign_id)
    if not rows or not uow.actor.can(Permission.CERTIFICATE_REVOKE, rows[0]["organization_id"]):
        raise NotFoundError(campaign=str(campaign_id))
    failed = await uow.sql(_FAILURES, campaign=campaign_id)
    return _view(rows[0], tuple(FailureView.model_validate(row) for row in failed))


async def campaigns(uow: UnitOfWork, organization_id: UUID, limit: int = 10) -> tuple[CampaignView, ...]:
    """Return an organisation's newest campaigns. Raises NotAuthenticatedError, PermissionDeniedError."""
    uow.actor.require(Permission.CERTIFICATE_REVOKE, organization_id)
    rows = await uow.sql(
        _COUNTS + " WHERE k.organization_id = %(organization)s GROUP BY k.id ORDER BY k.id DESC LIMIT %(limit)s",
        organization=organization_id,
        limit=limit,
    )
    return tuple(_view(row) for row in rows)


async def candidates(uow: UnitOfWork, organization_id: UUID, limit: int = 50) -> tuple[CandidateView, ...]:
    """Return sessions held by an organisation, those with certificates to issue first, newest first.

    Raises NotAuthenticatedError, PermissionDeniedError.
    """
    uow.actor.require(Permission.CERTIFICATE_REVOKE, organization_id)
    rows = await uow.sql(_CANDIDATES, organization=organization_id, now=uow.clock.now(), limit=limit)
    return tuple(CandidateView.model_validate(row) for row in rows)


def _view(row: dict[str, Any], failures: tuple[FailureView, ...] = ()) -> CampaignView:
    return CampaignView.model_validate({**row, "failures": failures})
