"""What an organisation sees of its requirement sets."""

from typing import Any, LiteralString
from uuid import UUID

from pygmalion_app.compliance import policy
from pygmalion_app.compliance.errors import RequirementSetNotFoundError
from pygmalion_app.compliance.facts import local_day
from pygmalion_app.compliance.rule_schemas import RequirementView, SetDetail, SetView, VersionView
from pygmalion_app.core.unit_of_work import UnitOfWork

_SETS: LiteralString = """
SELECT s.*, r.name AS job_role, t.name AS site, d.id AS draft_id, f.version, f.requirements,
  (SELECT min(v.effective_from) FROM requirement_set_versions v WHERE v.set_id = s.id AND v.published_at IS NOT NULL
    AND v.effective_from > %(today)s) AS next_from,
  (SELECT count(*) FROM positions p WHERE p.organization_id = s.organization_id AND p.active_from <= %(today)s
    AND (p.active_until IS NULL OR p.active_until >= %(today)s)
    AND (s.job_role_id IS NULL OR p.job_role_id = s.job_role_id)
    AND (s.site_id IS NULL OR p.site_id = s.site_id)
    AND (s.contractor_type IS NULL OR p.contractor_type = s.contractor_type)) AS people
FROM requirement_sets s LEFT JOIN job_roles r ON r.id = s.job_role_id LEFT JOIN sites t ON t.id = s.site_id
LEFT JOIN requirement_set_versions d ON d.set_id = s.id AND d.published_at IS NULL
LEFT JOIN LATERAL (
  SELECT v.version, (SELECT count(*) FROM requirements q WHERE q.version_id = v.id) AS requirements
  FROM requirement_set_versions v WHERE v.set_id = s.id AND v.published_at IS NOT NULL
    AND v.effective_from <= %(today)s ORDER BY v.effective_from DESC, v.version DESC LIMIT 1) f ON true
WHERE (%(organization)s::uuid IS NULL OR s.organization_id = %(organization)s::uuid)
  AND (%(set)s::uuid IS NULL OR s.id = %(set)s::uuid)
ORDER BY s.archived_at IS NOT NULL, lower(s.name), s.id
"""
_VERSIONS: LiteralString = """
SELECT v.*, coalesce((SELECT json_agg(q ORDER BY q.position, q.key) FROM requirements q WHERE q.version_id = v.id),
  '[]') AS requirements
FROM requirement_set_versions v WHERE (%(set)s::uuid IS NULL OR v.set_id = %(set)s::uuid)
  AND (%(version)s::uuid IS NULL OR v.id = %(version)s::uuid)
ORDER BY v.version DESC
"""


async def sets(uow: UnitOfWork, organization_id: UUID) -> list[SetView]:
    """Return an organisation's sets by name, archived ones last. Raises NotFoundError, PermissionDeniedError."""
    policy.require_read(uow.actor, organization_id)
    return [SetView.model_validate(_set(row)) for row in await _rows(uow, organization_id, None)]


async def one(uow: UnitOfWork, set_id: UUID) -> SetDetail:
    """Return a set with its versions.

    Raises NotAuthenticatedError, RequirementSetNotFoundError, PermissionDeniedError.
    """
    rows = await _rows(uow, None, set_id)
    if not rows:
        uow.actor.require_user()
        raise RequirementSetNotFoundError
    policy.require_read(uow.actor, rows[0]["organization_id"])
    versions = await uow.sql(_VERSIONS, set=set_id, version=None)
    shown = [_version(row, rows[0]["version"]) for row in versions]
    return SetDetail.model_validate(_set(rows[0]) | {"versions": shown})


async def version(uow: UnitOfWork, version_id: UUID) -> VersionView:
    """Return a version; errors as `one`."""
    rows = await uow.sql(_VERSIONS, set=None, version=version_id)
    if not rows:
        uow.actor.require_user()
        raise RequirementSetNotFoundError
    policy.require_read(uow.actor, rows[0]["organization_id"])
    about = await _rows(uow, None, rows[0]["set_id"])
    return _version(rows[0], about[0]["version"])


async def _rows(uow: UnitOfWork, organization_id: UUID | None, set_id: UUID | None) -> list[dict[str, Any]]:
    # What the ORM holds back must be there.
    await uow.session.flush()
    return await uow.sql(_SETS, organization=organization_id, set=set_id, today=local_day(uow.clock.now()))


def _set(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"requirements": row["requirements"] or 0}


def _version(row: dict[str, Any], in_force: int | None) -> VersionView:
    return VersionView(
        id=row["id"],
        version=row["version"],
        effective_from=row["effective_from"],
        published_at=row["published_at"],
        in_force=row["version"] == in_force and row["published_at"] is not None,
        requirements=[RequirementView.model_validate(one) for one in row["requirements"]],
    )
