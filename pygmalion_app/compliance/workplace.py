"""Job roles, sites and who works where.

A job role's name stands in the memberships too (`organization_members.job_role`), where lists of the team and imports
read and write it; a trigger keeps positions in step, so everything about roles is said through the memberships.
"""

from typing import Any, LiteralString
from uuid import UUID
from zoneinfo import available_timezones

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.compliance import policy
from pygmalion_app.compliance.errors import (
    JobRoleNotFoundError,
    NameTakenError,
    PositionNotFoundError,
    SiteNotFoundError,
    TimeZoneUnknownError,
)
from pygmalion_app.compliance.models import JobRole, Site
from pygmalion_app.compliance.workplace_schemas import ChangePositions, JobRoleView, SiteInput, SiteView, Workplace
from pygmalion_app.core import audit
from pygmalion_app.core.unit_of_work import UnitOfWork

_ROLES: LiteralString = """
SELECT r.id, r.organization_id, r.name, r.archived_at, (SELECT count(*) FROM positions p WHERE p.job_role_id = r.id
  AND (p.active_until IS NULL OR p.active_until >= current_date)) AS people
FROM job_roles r WHERE r.organization_id = %(organization)s ORDER BY r.archived_at IS NOT NULL, lower(r.name)
"""
_SITES: LiteralString = """
SELECT s.id, s.organization_id, s.name, s.time_zone, s.airport_organization_id, (SELECT count(*) FROM positions p
  WHERE p.site_id = s.id AND (p.active_until IS NULL OR p.active_until >= current_date)) AS people
FROM sites s WHERE s.organization_id = %(organization)s AND s.archived_at IS NULL ORDER BY lower(s.name)
"""
_WORDS: LiteralString = """
SELECT coalesce(array_agg(DISTINCT contractor_type) FILTER (WHERE contractor_type <> ''), '{}') AS contractor_types,
  coalesce(array_agg(DISTINCT cost_center) FILTER (WHERE cost_center <> ''), '{}') AS cost_centers
FROM positions WHERE organization_id = %(organization)s
"""
_RENAME_MEMBERS: LiteralString = """
UPDATE organization_members SET job_role = %(name)s
WHERE organization_id = %(organization)s AND lower(btrim(job_role)) = lower(%(old)s)
"""
_ASSIGN_MEMBERS: LiteralString = """
UPDATE organization_members SET job_role = %(name)s
WHERE organization_id = %(organization)s AND user_id = ANY (%(users)s::uuid[])
"""
_LOCKED: LiteralString = """
SELECT user_id FROM positions WHERE organization_id = %(organization)s AND user_id = ANY (%(users)s::uuid[])
ORDER BY user_id FOR UPDATE
"""
_CHANGE: LiteralString = """
UPDATE positions SET
  site_id = CASE WHEN %(set_site)s THEN %(site)s::uuid ELSE site_id END,
  contractor_type = CASE WHEN %(set_contractor)s THEN %(contractor)s ELSE contractor_type END,
  cost_center = CASE WHEN %(set_cost_center)s THEN %(cost_center)s ELSE cost_center END,
  active_from = CASE WHEN %(set_from)s THEN coalesce(%(from)s::date, active_from) ELSE active_from END,
  active_until = CASE WHEN %(set_until)s THEN %(until)s::date ELSE active_until END
WHERE organization_id = %(organization)s AND user_id = ANY (%(users)s::uuid[])
"""


async def workplace(uow: UnitOfWork, organization_id: UUID) -> Workplace:
    """Return what people are sorted by. Raises NotFoundError, PermissionDeniedError."""
    policy.require_read(uow.actor, organization_id)
    await uow.session.flush()
    words = (await uow.sql(_WORDS, organization=organization_id))[0]
    return Workplace(
        organization_id=organization_id,
        job_roles=[JobRoleView(**row) for row in await uow.sql(_ROLES, organization=organization_id)],
        sites=[SiteView(**row) for row in await uow.sql(_SITES, organization=organization_id)],
        **words,
    )


async def add_role(uow: UnitOfWork, organization_id: UUID, name: str) -> JobRoleView:
    """Add a job role, or bring an archived one of this name back. Raises NameTakenError, and what reading raises."""
    policy.require_manage(uow.actor, organization_id)
    found = await _named(uow, organization_id, name)
    if found is not None and found.archived_at is None:
        raise NameTakenError(field="name", name=name)
    role = found or JobRole(organization_id=organization_id, name=name)
    role.name, role.archived_at = name, None
    uow.session.add(role)
    await uow.session.flush()
    return await _role_view(uow, role)


async def rename_role(uow: UnitOfWork, role_id: UUID, name: str) -> JobRoleView:
    """Rename a job role with everybody in it. Raises JobRoleNotFoundError, PermissionDeniedError, NameTakenError."""
    role = await _role(uow, role_id)
    other = await _named(uow, role.organization_id, name)
    if other is not None and other.id != role_id:
        raise NameTakenError(field="name", name=name)
    old, role.name = role.name, name
    await uow.session.flush()
    # The role has its new name first, so the trigger finds it and nobody's position changes.
    await uow.sql(_RENAME_MEMBERS, organization=role.organization_id, old=old, name=name)
    return await _role_view(uow, role)


async def archive_role(uow: UnitOfWork, role_id: UUID, move_to: UUID | None = None) -> JobRoleView:
    """Retire a job role: its rules ask nothing any more, and its people have another one, or none.

    Errors as `rename_role`; JobRoleNotFoundError too for another role that is retired, foreign or the same.
    """
    role = await _role(uow, role_id)
    if role.archived_at is None:
        other = await _role(uow, move_to) if move_to else None
        if other is not None and (
            other.organization_id != role.organization_id or other.archived_at is not None or other.id == role_id
        ):
            raise JobRoleNotFoundError(field="moveTo")
        new_name = other.name if other else None
        await uow.sql(_RENAME_MEMBERS, organization=role.organization_id, old=role.name, name=new_name)
        role.archived_at = uow.clock.now()
        await uow.session.flush()
        await audit.record(uow, "compliance.role_archived", subject_id=role_id, organization_id=role.organization_id)
    return await _role_view(uow, role)


async def add_site(uow: UnitOfWork, organization_id: UUID, command: SiteInput) -> SiteView:
    """Add a place of work. Raises NameTakenError, TimeZoneUnknownError, and what reading raises."""
    policy.require_manage(uow.actor, organization_id)
    await _check_site(uow, organization_id, command, None)
    site = Site(organization_id=organization_id, **command.model_dump())
    uow.session.add(site)
    await uow.session.flush()
    return await _site_view(uow, site)


async def change_site(uow: UnitOfWork, site_id: UUID, command: SiteInput) -> SiteView:
    """Change a place of work; another zone, another day. Errors as `add_site`, SiteNotFoundError."""
    site = await site_of(uow, site_id)
    await _check_site(uow, site.organization_id, command, site_id)
    site.name, site.time_zone = command.name, command.time_zone
    site.airport_organization_id = command.airport_organization_id
    await uow.session.flush()
    return await _site_view(uow, site)


async def site_of(uow: UnitOfWork, site_id: UUID) -> Site:
    """Return a place of work that there is, to those who may change it; errors as `change_site`."""
    site = await uow.session.get(Site, site_id)
    if site is None:
        uow.actor.require_user()
        raise SiteNotFoundError
    policy.require_manage(uow.actor, site.organization_id)
    if site.archived_at is not None:
        raise SiteNotFoundError
    return site


async def change_positions(uow: UnitOfWork, organization_id: UUID, command: ChangePositions) -> int:
    """Change the work of some people at once, all of them or none; return how many.

    Raises PositionNotFoundError for somebody who does not work there, JobRoleNotFoundError, SiteNotFoundError, and
    what reading raises.
    """
    policy.require_manage(uow.actor, organization_id)
    users, given = sorted(set(command.user_ids)), command.model_fields_set
    found = await uow.sql(_LOCKED, organization=organization_id, users=users)
    if len(found) < len(users):
        missing = sorted(set(users) - {row["user_id"] for row in found})
        raise PositionNotFoundError(person=str(missing[0]))
    if "job_role_id" in given:
        await _assign(uow, organization_id, users, command.job_role_id)
    if command.site_id is not None:
        site = await uow.session.get(Site, command.site_id)
        if site is None or site.organization_id != organization_id or site.archived_at is not None:
            raise SiteNotFoundError
    await uow.sql(_CHANGE, organization=organization_id, users=users, **_changes(command))
    return len(users)


def _changes(command: ChangePositions) -> dict[str, Any]:
    given = command.model_fields_set
    return {
        "set_site": "site_id" in given,
        "site": command.site_id,
        "set_contractor": "contractor_type" in given,
        "contractor": command.contractor_type,
        "set_cost_center": "cost_center" in given,
        "cost_center": command.cost_center,
        "set_from": "active_from" in given,
        "from": command.active_from,
        "set_until": "active_until" in given,
        "until": command.active_until,
    }


async def _assign(uow: UnitOfWork, organization_id: UUID, users: list[UUID], role_id: UUID | None) -> None:
    role = await _role(uow, role_id) if role_id else None
    if role is not None and (role.organization_id != organization_id or role.archived_at is not None):
        raise JobRoleNotFoundError
    await uow.sql(_ASSIGN_MEMBERS, organization=organization_id, users=users, name=role.name if role else None)


async def _role(uow: UnitOfWork, role_id: UUID) -> JobRole:
    role = await uow.session.get(JobRole, role_id)
    if role is None:
        uow.actor.require_user()
        raise JobRoleNotFoundError
    policy.require_manage(uow.actor, role.organization_id)
    return role


async def _named(uow: UnitOfWork, organization_id: UUID, name: str) -> JobRole | None:
    rows = await uow.sql(
        "SELECT id FROM job_roles WHERE organization_id = %(organization)s AND lower(name) = lower(%(name)s)",
        organization=organization_id,
        name=name,
    )
    return await uow.session.get(JobRole, rows[0]["id"], populate_existing=True) if rows else None


async def _check_site(uow: UnitOfWork, organization_id: UUID, command: SiteInput, but: UUID | None) -> None:
    if command.time_zone not in available_timezones():
        raise TimeZoneUnknownError(field="timeZone")
    query = select(col(Site.id)).where(
        col(Site.organization_id) == organization_id,
        col(Site.name) == command.name,
        col(Site.archived_at).is_(None),
    )
    other = (await uow.session.execute(query)).scalar_one_or_none()
    if other is not None and other != but:
        raise NameTakenError(field="name", name=command.name)
    if command.airport_organization_id is not None:
        async with uow.elevated():
            rows = await uow.sql(
                "SELECT 1 FROM organizations WHERE id = %(id)s AND kind = 'airport'",
                id=command.airport_organization_id,
            )
        if not rows:
            raise SiteNotFoundError(field="airportOrganizationId")


async def _role_view(uow: UnitOfWork, role: JobRole) -> JobRoleView:
    rows = await uow.sql(_ROLES, organization=role.organization_id)
    return next(JobRoleView(**row) for row in rows if row["id"] == role.id)


async def _site_view(uow: UnitOfWork, site: Site) -> SiteView:
    rows = await uow.sql(_SITES, organization=site.organization_id)
    return next(SiteView(**row) for row in rows if row["id"] == site.id)
