"""Until when somebody holds what a course gives: through any certificate issued here, or accepted from elsewhere."""

from dataclasses import dataclass
from datetime import date
from typing import LiteralString
from uuid import UUID

from pygmalion_app.core.errors import PermissionDeniedError
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork

# The last day is the certificate's own, where it was obtained; no last day: it never ends.
_HELD: LiteralString = """
WITH wanted AS (SELECT id, type_code FROM courses WHERE id = %(course)s)
SELECT c.id, (c.content->>'validUntil')::date AS until, true AS anchored
FROM certificates c JOIN courses k ON k.id = c.course_id
JOIN wanted w ON k.id = w.id OR k.type_code = w.type_code
WHERE c.user_id = %(user)s AND c.revoked_at IS NULL
UNION ALL
SELECT x.id, x.valid_until, false FROM external_certificates x JOIN wanted w ON x.type_code = w.type_code
WHERE x.user_id = %(user)s AND x.state = 'accepted'
ORDER BY until DESC NULLS FIRST, anchored DESC LIMIT 1
"""
_WORKS_FOR: LiteralString = (
    "SELECT 1 FROM organization_members WHERE user_id = %(user)s AND organization_id = ANY (%(organizations)s)"
)


@dataclass(frozen=True, slots=True)
class Holding:
    """The certificate that holds longest. `until` is its last day, None for ever; it may be past."""

    certificate_id: UUID
    until: date | None
    anchored: bool
    """False for a certificate obtained elsewhere, which a person has checked."""

    def holds_on(self, day: date) -> bool:
        """Tell whether it holds on a day."""
        return self.until is None or day <= self.until


async def valid_until(uow: UnitOfWork, user_id: UUID, course_id: UUID) -> Holding | None:
    """Return what a person holds for a course (or for any of its type), None for nothing at all.

    To the person, to those who manage a company of theirs, and to the platform. Raises NotAuthenticatedError,
    PermissionDeniedError.
    """
    await _require_reader(uow, user_id)
    async with uow.elevated():
        rows = await uow.sql(_HELD, user=user_id, course=course_id)
    return Holding(rows[0]["id"], rows[0]["until"], rows[0]["anchored"]) if rows else None


async def _require_reader(uow: UnitOfWork, user_id: UUID) -> None:
    actor = uow.actor
    if actor.is_system or actor.is_platform_admin or actor.require_user() == user_id:
        return
    managed = list(actor.organizations_with(Permission.TEAM_READ))
    async with uow.elevated():
        if not managed or not await uow.sql(_WORKS_FOR, user=user_id, organizations=managed):
            raise PermissionDeniedError(permission=Permission.TEAM_READ.value)
