"""Closing a place of work: its people and what is asked there go elsewhere, or stay without it, as is said."""

from typing import LiteralString
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.compliance.errors import SiteInUseError, SiteNotFoundError
from pygmalion_app.compliance.models import Site
from pygmalion_app.compliance.workplace import site_of
from pygmalion_app.compliance.workplace_schemas import SiteClosed
from pygmalion_app.core import audit
from pygmalion_app.core.unit_of_work import UnitOfWork

# People who left keep the site that they worked at.
_USES: LiteralString = """
SELECT (SELECT count(*) FROM positions p WHERE p.site_id = %(site)s
    AND (p.active_until IS NULL OR p.active_until >= current_date)) AS people,
  (SELECT count(*) FROM requirement_sets r WHERE r.site_id = %(site)s AND r.archived_at IS NULL) AS sets
"""
_MOVE_PEOPLE: LiteralString = """
UPDATE positions SET site_id = %(to)s::uuid
WHERE site_id = %(site)s AND (active_until IS NULL OR active_until >= current_date)
"""
_MOVE_SETS: LiteralString = """
UPDATE requirement_sets SET site_id = %(to)s WHERE site_id = %(site)s AND archived_at IS NULL
"""
# A set without its site would be about everybody: it ends instead.
_END_SETS: LiteralString = """
UPDATE requirement_sets SET archived_at = %(now)s WHERE site_id = %(site)s AND archived_at IS NULL
"""


async def uses(uow: UnitOfWork, site_id: UUID) -> SiteClosed:
    """Return how many people and requirement sets closing a site would be about; errors as `close`."""
    await site_of(uow, site_id)
    return SiteClosed(**(await uow.sql(_USES, site=site_id))[0])


async def close(uow: UnitOfWork, site_id: UUID, move_to: UUID | None = None, *, leave: bool = False) -> SiteClosed:
    """Close a site; its people and requirement sets go to another one.

    With `leave` and no other site, people stay without one, and what was asked there alone is asked no more.
    Raises SiteInUseError where neither is said and it matters, SiteNotFoundError, PermissionDeniedError.
    """
    site = await site_of(uow, site_id)
    await _lock(uow, site, move_to)
    found = await uses(uow, site_id)
    if (found.people or found.sets) and move_to is None and not leave:
        raise SiteInUseError(people=found.people, sets=found.sets)
    await uow.sql(_MOVE_PEOPLE, site=site_id, to=move_to)
    if move_to is None:
        await uow.sql(_END_SETS, site=site_id, now=uow.clock.now())
    else:
        await uow.sql(_MOVE_SETS, site=site_id, to=move_to)
    site.archived_at = uow.clock.now()
    await uow.session.flush()
    facts = {"people": found.people, "sets": found.sets} | ({"moved_to": move_to} if move_to else {})
    await audit.record(
        uow, "compliance.site_closed", subject_id=site_id, organization_id=site.organization_id, facts=facts
    )
    return found


async def _lock(uow: UnitOfWork, site: Site, move_to: UUID | None) -> None:
    """Keep both sites as they are: nobody comes to the one that goes, and the other one does not go meanwhile."""
    ids = sorted({site.id, move_to} - {None}, key=str)
    query = (
        select(Site)
        .where(col(Site.id).in_(ids), col(Site.organization_id) == site.organization_id)
        .order_by(col(Site.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    found = (await uow.session.execute(query)).scalars().all()
    if move_to == site.id or len(found) < len(ids) or any(one.archived_at is not None for one in found):
        raise SiteNotFoundError(field="moveTo")
