"""The limits that plans keep to: days on which people cannot be trained, and how many have to be at work."""

from datetime import timedelta
from typing import LiteralString
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.compliance.facts import local_day
from pygmalion_app.compliance.models import JobRole, Position, Site
from pygmalion_app.core.errors import InvalidInputError, NotFoundError
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.planning.errors import UnavailabilityError
from pygmalion_app.planning.models import ShiftMinimum, Unavailability
from pygmalion_app.planning.schemas import (
    LimitsView,
    Named,
    NewUnavailability,
    SetShiftMinimum,
    ShiftMinimumView,
    UnavailabilityView,
)
from pygmalion_app.planning.service import company_of

_LONGEST = timedelta(days=731)

_UNAVAILABLE: LiteralString = """
SELECT a.id, a.user_id, concat_ws(' ', u.first_name, u.last_name) AS name, a.first_day, a.last_day
FROM plan_unavailabilities a JOIN users u ON u.id = a.user_id
WHERE a.organization_id = %(organization)s AND a.last_day >= %(today)s
ORDER BY a.first_day, u.last_name, u.first_name, a.id
"""
_SHIFTS: LiteralString = """
SELECT m.id, m.site_id, coalesce(s.name, '') AS site, m.job_role_id, coalesce(r.name, '') AS job_role, m.minimum,
  (SELECT count(*) FROM positions p WHERE p.organization_id = m.organization_id
    AND (m.site_id IS NULL OR p.site_id = m.site_id) AND (m.job_role_id IS NULL OR p.job_role_id = m.job_role_id)
    AND p.active_from <= %(today)s AND (p.active_until IS NULL OR p.active_until >= %(today)s)) AS people
FROM plan_shift_minimums m LEFT JOIN sites s ON s.id = m.site_id LEFT JOIN job_roles r ON r.id = m.job_role_id
WHERE m.organization_id = %(organization)s AND s.archived_at IS NULL ORDER BY s.name, r.name, m.id
"""
_CHOICES: LiteralString = """
SELECT 'site' AS kind, id, name FROM sites WHERE organization_id = %(organization)s AND archived_at IS NULL
UNION ALL
SELECT 'role', id, name FROM job_roles WHERE organization_id = %(organization)s AND archived_at IS NULL
UNION ALL
SELECT 'person', u.id, concat_ws(' ', u.last_name, u.first_name) FROM positions p JOIN users u ON u.id = p.user_id
WHERE p.organization_id = %(organization)s AND (p.active_until IS NULL OR p.active_until >= %(today)s)
ORDER BY 3, 2
"""
_SET: LiteralString = """
INSERT INTO plan_shift_minimums (id, organization_id, site_id, job_role_id, minimum)
VALUES (%(id)s, %(organization)s, %(site)s, %(role)s, %(minimum)s)
ON CONFLICT (organization_id, site_id, job_role_id) DO UPDATE SET minimum = excluded.minimum
"""


async def limits(uow: UnitOfWork, organization_id: UUID) -> LimitsView:
    """Return an organisation's limits, and what can be chosen for new ones. Three statements."""
    uow.actor.require(Permission.PLAN_MANAGE, organization_id)
    await uow.require_reach(organization_id)
    asked = {"organization": organization_id, "today": local_day(uow.clock.now())}
    async with uow.elevated():
        away = await uow.sql(_UNAVAILABLE, **asked)
        shifts = await uow.sql(_SHIFTS, **asked)
        choices = await uow.sql(_CHOICES, **asked)
    named = {
        kind: tuple(Named(id=row["id"], name=row["name"]) for row in choices if row["kind"] == kind)
        for kind in ("site", "role", "person")
    }
    return LimitsView(
        organization_id=organization_id,
        unavailabilities=tuple(UnavailabilityView(**row) for row in away),
        shift_minimums=tuple(ShiftMinimumView(**row) for row in shifts),
        sites=named["site"],
        job_roles=named["role"],
        people=named["person"],
    )


async def add_unavailability(uow: UnitOfWork, command: NewUnavailability) -> UUID:
    """Note days on which somebody cannot be trained. Raises UnavailabilityError, NotFoundError."""
    organization_id = company_of(uow, command.organization_id)
    if not command.first_day <= command.last_day <= command.first_day + _LONGEST:
        raise UnavailabilityError(field="last_day")
    async with uow.elevated():
        query = select(Position).where(
            col(Position.organization_id) == organization_id, col(Position.user_id) == command.user_id
        )
        if (await uow.session.execute(query)).scalar_one_or_none() is None:
            raise NotFoundError(field="user_id", user=str(command.user_id))
        values = command.model_dump(exclude={"organization_id"})
        row = Unavailability(organization_id=organization_id, **values)
        uow.session.add(row)
    return row.id


async def remove_unavailability(uow: UnitOfWork, row_id: UUID) -> None:
    """Take such days away again; NotFoundError."""
    await _remove(uow, Unavailability, row_id)


async def set_shift_minimum(uow: UnitOfWork, command: SetShiftMinimum) -> None:
    """Say how many of a crew are to be at work, in place of what was said before. Raises NotFoundError."""
    organization_id = company_of(uow, command.organization_id)
    if command.site_id is None and command.job_role_id is None:
        raise InvalidInputError(field="site_id")
    async with uow.elevated():
        for name, table, found in (("site_id", Site, command.site_id), ("job_role_id", JobRole, command.job_role_id)):
            row = await uow.session.get(table, found) if found else None
            if found and (row is None or row.organization_id != organization_id or row.archived_at is not None):
                raise NotFoundError(field=name)
        await uow.sql(
            _SET,
            id=new_id(),
            organization=organization_id,
            site=command.site_id,
            role=command.job_role_id,
            minimum=command.minimum,
        )


async def remove_shift_minimum(uow: UnitOfWork, row_id: UUID) -> None:
    """Take a minimum away again; NotFoundError."""
    await _remove(uow, ShiftMinimum, row_id)


async def _remove(uow: UnitOfWork, table: type[Unavailability | ShiftMinimum], row_id: UUID) -> None:
    uow.actor.require_user()
    async with uow.elevated():
        row = await uow.session.get(table, row_id)
        if row is None or not uow.actor.can(Permission.PLAN_MANAGE, row.organization_id):
            raise NotFoundError(row=str(row_id))
        await uow.session.delete(row)
