"""Exemptions: somebody need not hold something, for a written reason, until a day or without an end."""

from typing import LiteralString
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.compliance import policy
from pygmalion_app.compliance.errors import PositionNotFoundError
from pygmalion_app.compliance.exception_schemas import ExemptionLine
from pygmalion_app.compliance.facts import local_day
from pygmalion_app.compliance.models import Exemption, Position
from pygmalion_app.compliance.queries import TITLES
from pygmalion_app.compliance.schemas import ExemptionView
from pygmalion_app.compliance.workplace_schemas import ExemptInput
from pygmalion_app.core import audit
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork

MOST_LISTED = 500
_LIST: LiteralString = (
    "WITH titles AS ("
    + TITLES
    + """)
SELECT e.id, e.user_id, concat_ws(' ', u.first_name, u.last_name) AS name, r.name AS job_role, s.name AS site,
  e.requirement_key, coalesce(t.title, e.requirement_key) AS title, coalesce(t.title_en, '') AS title_en, e.reason,
  e.until, concat_ws(' ', g.first_name, g.last_name) AS granted_by, e.created_at AS granted_at,
  (e.until IS NULL OR e.until >= %(today)s) AS current
FROM exemptions e JOIN users u ON u.id = e.user_id
LEFT JOIN positions p ON p.organization_id = e.organization_id AND p.user_id = e.user_id
LEFT JOIN job_roles r ON r.id = p.job_role_id LEFT JOIN sites s ON s.id = p.site_id
LEFT JOIN users g ON g.id = e.granted_by LEFT JOIN titles t ON t.key = e.requirement_key
WHERE e.organization_id = %(organization)s
ORDER BY current DESC, e.until NULLS LAST, lower(u.last_name), lower(u.first_name), e.id LIMIT %(most)s
"""
)


async def listing(uow: UnitOfWork, organization_id: UUID) -> list[ExemptionLine]:
    """Return an organisation's exemptions, those that count first and the next to end before others, 500 at most.

    Raises NotFoundError, PermissionDeniedError.
    """
    policy.require_read(uow.actor, organization_id)
    await uow.require_reach(organization_id)
    async with uow.elevated():
        rows = await uow.sql(_LIST, organization=organization_id, today=local_day(uow.clock.now()), most=MOST_LISTED)
    return [ExemptionLine(**row) for row in rows]


async def exempt(uow: UnitOfWork, organization_id: UUID, command: ExemptInput) -> ExemptionView:
    """Exempt somebody from a requirement, or change why and until when.

    Raises PositionNotFoundError for somebody who does not work there, NotFoundError, PermissionDeniedError.
    """
    policy.require_manage(uow.actor, organization_id)
    works = select(Position).where(
        col(Position.organization_id) == organization_id, col(Position.user_id) == command.user_id
    )
    # The lock lets two managers exempt the same person one after the other.
    if (await uow.session.execute(works.with_for_update())).scalar_one_or_none() is None:
        raise PositionNotFoundError(person=str(command.user_id))
    query = select(Exemption).where(
        col(Exemption.organization_id) == organization_id,
        col(Exemption.user_id) == command.user_id,
        col(Exemption.requirement_key) == command.requirement_key,
    )
    found = (await uow.session.execute(query)).scalar_one_or_none()
    row = found or Exemption(
        organization_id=organization_id,
        user_id=command.user_id,
        requirement_key=command.requirement_key,
        reason=command.reason,
    )
    row.reason, row.until, row.granted_by = command.reason, command.until, uow.actor.user_id
    uow.session.add(row)
    await uow.session.flush()
    await audit.record(
        uow,
        "compliance.exempted",
        subject_id=command.user_id,
        organization_id=organization_id,
        facts={"exemption": row.id} | ({"until": row.until.isoformat()} if row.until else {}),
    )
    return ExemptionView(id=row.id, reason=row.reason, until=row.until)


async def withdraw(uow: UnitOfWork, exemption_id: UUID) -> None:
    """Take an exemption back. Raises NotAuthenticatedError, NotFoundError."""
    row = await uow.session.get(Exemption, exemption_id)
    # Whom it is about sees the row too, and may not change it.
    if row is None or not uow.actor.can(Permission.COMPLIANCE_MANAGE, row.organization_id):
        uow.actor.require_user()
        raise NotFoundError
    await uow.session.delete(row)
    await uow.session.flush()
    await audit.record(
        uow, "compliance.exemption_withdrawn", subject_id=row.user_id, organization_id=row.organization_id
    )
