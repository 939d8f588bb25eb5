"""An airport and its tenants: figures by consent, names only where it says so, files never.

Counted are people at sites on the airport's ground; where a company names no such site, everybody who works for it.
"""

from datetime import timedelta
from typing import Any, LiteralString
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.compliance import policy
from pygmalion_app.compliance.facts import local_day
from pygmalion_app.compliance.models import Status, TenantSharing
from pygmalion_app.compliance.queries import SOON, rate
from pygmalion_app.compliance.tenant_schemas import AskTenant, Need, SharingView, TenantLosing, TenantView
from pygmalion_app.core import audit
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.organizations.models import OrganizationKind

MOST_LOSING = 500

SHARED: LiteralString = """
shared AS (
  SELECT s.tenant_organization_id AS id, o.name, s.consented_at, s.with_names, EXISTS (SELECT FROM sites t
    WHERE t.organization_id = o.id AND t.airport_organization_id = s.airport_organization_id
      AND t.archived_at IS NULL) AS has_sites
  FROM tenant_sharings s JOIN organizations o ON o.id = s.tenant_organization_id
  WHERE s.airport_organization_id = %(airport)s AND s.consented_at IS NOT NULL AND s.withdrawn_at IS NULL),
placed AS (
  SELECT p.* FROM shared h JOIN sites t ON t.airport_organization_id = %(airport)s
  JOIN positions p ON p.organization_id = h.id AND p.site_id = t.id WHERE h.has_sites
  UNION ALL
  SELECT p.* FROM shared h JOIN positions p ON p.organization_id = h.id WHERE NOT h.has_sites),
people AS (
  SELECT organization_id, user_id, contractor_type, job_role_id FROM placed
  WHERE active_from <= %(today)s AND (active_until IS NULL OR active_until >= %(today)s))
"""
_TENANTS: LiteralString = (
    "WITH "  # noqa: S608 - constants
    + SHARED
    + """,
counted AS (
  SELECT c.organization_id, c.status, count(*) AS number FROM people p
  JOIN compliance_statuses c USING (organization_id, user_id) GROUP BY 1, 2),
ending AS (
  SELECT c.organization_id, count(DISTINCT c.user_id) AS people FROM people p
  JOIN compliance_statuses c USING (organization_id, user_id)
  WHERE c.status IN ('compliant', 'expiring') AND c.until <= %(last)s GROUP BY 1)
SELECT h.id AS organization_id, h.name, h.consented_at, h.with_names,
  (SELECT count(*) FROM people p WHERE p.organization_id = h.id) AS team_size,
  coalesce((SELECT json_object_agg(n.status, n.number) FROM counted n WHERE n.organization_id = h.id), '{}') AS counts,
  coalesce((SELECT e.people FROM ending e WHERE e.organization_id = h.id), 0) AS losing_30
FROM shared h ORDER BY lower(h.name), h.id
"""
)
_TITLES: LiteralString = """
titles AS (
  SELECT DISTINCT ON (r.organization_id, r.key) r.organization_id, r.key, r.title, r.title_en, r.codes
  FROM requirements r JOIN requirement_set_versions v ON v.id = r.version_id
  WHERE v.published_at IS NOT NULL AND r.organization_id IN (SELECT id FROM shared)
  ORDER BY r.organization_id, r.key, v.effective_from DESC, v.version DESC)
"""
_LOSING: LiteralString = (
    "WITH "
    + SHARED
    + ", "
    + _TITLES
    + """
SELECT c.organization_id, h.name AS organization,
  CASE WHEN h.with_names THEN concat_ws(' ', u.first_name, u.last_name) ELSE '' END AS name, c.requirement_key AS key,
  coalesce(t.title, c.requirement_key) AS title, coalesce(t.title_en, '') AS title_en, c.until,
  c.until - %(today)s::date AS days, c.planned_on
FROM people p JOIN compliance_statuses c USING (organization_id, user_id) JOIN shared h ON h.id = c.organization_id
JOIN users u ON u.id = c.user_id
LEFT JOIN titles t ON t.organization_id = c.organization_id AND t.key = c.requirement_key
WHERE c.status IN ('compliant', 'expiring') AND c.until BETWEEN %(today)s AND %(last)s
ORDER BY c.until, h.name, c.requirement_key, c.user_id LIMIT %(most)s
"""
)
_NEED: LiteralString = (
    "WITH "
    + SHARED
    + ", "
    + _TITLES
    + """
SELECT greatest(date_trunc('month', coalesce(c.until, %(today)s)), date_trunc('month', %(today)s::date))::date AS month,
  c.requirement_key AS key, coalesce(min(t.title), c.requirement_key) AS title,
  coalesce(min(t.title_en), '') AS title_en, coalesce(min(t.codes), '{}') AS codes, count(*) AS people
FROM people p JOIN compliance_statuses c USING (organization_id, user_id)
LEFT JOIN titles t ON t.organization_id = c.organization_id AND t.key = c.requirement_key
WHERE c.planned_on IS NULL AND (c.status IN ('missing', 'expired')
  OR c.status IN ('compliant', 'expiring') AND c.until < %(last)s)
GROUP BY 1, 2 ORDER BY 1, 2
"""
)
_SHARINGS: LiteralString = """
SELECT airport_organization_id, requested_at, consented_at, with_names, withdrawn_at
FROM tenant_sharings WHERE tenant_organization_id = %(tenant)s
"""
_AIRPORTS: LiteralString = """
SELECT id AS airport_organization_id, name AS airport FROM organizations
WHERE kind = 'airport' AND id <> %(tenant)s ORDER BY id <> ALL (%(shared)s::uuid[]), lower(name), id
"""
_COMPANY: LiteralString = """
SELECT id FROM organizations WHERE siret = %(siret)s AND kind = 'company'
"""


async def tenants(uow: UnitOfWork, airport_id: UUID) -> list[TenantView]:
    """Return the companies that share with an airport, by name. Raises NotFoundError, PermissionDeniedError."""
    rows = await _of_airport(uow, airport_id, _TENANTS, SOON)
    return [TenantView(**row | _figures(row["counts"])) for row in rows]


def _figures(found: dict[str, int]) -> dict[str, Any]:
    counts = {status: found.get(status.value, 0) for status in Status}
    return {"rate": rate(counts), "counts": {status.value: number for status, number in counts.items()}}


async def losing(uow: UnitOfWork, airport_id: UUID, within_days: int = SOON) -> list[TenantLosing]:
    """Return who of the tenants' people loses what within so many days, 500 at most; errors as `tenants`."""
    rows = await _of_airport(uow, airport_id, _LOSING, within_days)
    return [TenantLosing(**row) for row in rows]


async def need(uow: UnitOfWork, airport_id: UUID, within_days: int = 180) -> list[Need]:
    """Return what the tenants' people need to be trained in, by month and requirement, without what is booked."""
    rows = await _of_airport(uow, airport_id, _NEED, within_days)
    return [Need(**row) for row in rows]


async def _of_airport(
    uow: UnitOfWork, airport_id: UUID, query: LiteralString, within_days: int
) -> list[dict[str, Any]]:
    policy.require_read(uow.actor, airport_id)
    await uow.require_reach(airport_id)
    today = local_day(uow.clock.now())
    async with uow.elevated():
        return await uow.sql(
            query, airport=airport_id, today=today, last=today + timedelta(days=within_days), most=MOST_LOSING
        )


async def sharings(uow: UnitOfWork, organization_id: UUID) -> list[SharingView]:
    """Return the airports that there are, and what a company shows each; errors as `tenants`."""
    policy.require_read(uow.actor, organization_id)
    # The airports are everybody's to choose from; what is shown to them, the database judges too.
    shared = {row["airport_organization_id"]: row for row in await uow.sql(_SHARINGS, tenant=organization_id)}
    async with uow.elevated():
        airports = await uow.sql(_AIRPORTS, tenant=organization_id, shared=list(shared))
    return [SharingView(**airport, **_shown(shared.get(airport["airport_organization_id"]))) for airport in airports]


def _shown(sharing: dict[str, Any] | None) -> dict[str, Any]:
    if sharing is None:
        return {"requested_at": None, "consented_at": None, "with_names": False, "withdrawn_at": None}
    return {name: sharing[name] for name in ("requested_at", "consented_at", "with_names", "withdrawn_at")}


async def ask(uow: UnitOfWork, airport_id: UUID, command: AskTenant) -> None:
    """Ask a company to share. Nothing tells whether there is such a company. Errors as `tenants`."""
    policy.require_manage(uow.actor, airport_id)
    async with uow.elevated():
        rows = await uow.sql(_COMPANY, siret=command.siret.replace(" ", ""))
        if rows:
            row = await _sharing(uow, airport_id, rows[0]["id"])
            row.requested_at = uow.clock.now()
            await uow.session.flush()


async def consent(
    uow: UnitOfWork, organization_id: UUID, airport_id: UUID, *, with_names: bool = False
) -> list[SharingView]:
    """Show a company's figures to an airport from now on, with or without names; errors as `tenants`."""
    policy.require_manage(uow.actor, organization_id)
    async with uow.elevated():
        rows = await uow.sql(
            "SELECT 1 FROM organizations WHERE id = %(id)s AND kind = %(kind)s",
            id=airport_id,
            kind=OrganizationKind.AIRPORT.value,
        )
    if not rows or airport_id == organization_id:
        raise NotFoundError(organization=str(airport_id))
    row = await _sharing(uow, airport_id, organization_id)
    row.consented_at, row.consented_by = uow.clock.now(), uow.actor.user_id
    row.with_names, row.withdrawn_at = with_names, None
    await uow.session.flush()
    await _note(uow, "compliance.sharing_consented", organization_id, airport_id)
    return await sharings(uow, organization_id)


async def withdraw(uow: UnitOfWork, organization_id: UUID, airport_id: UUID) -> list[SharingView]:
    """Show a company's figures to an airport no more, at once; errors as `tenants`."""
    policy.require_manage(uow.actor, organization_id)
    row = await _found(uow, airport_id, organization_id)
    if row is None or row.consented_at is None:
        raise NotFoundError(organization=str(airport_id))
    if row.withdrawn_at is None:
        row.withdrawn_at = uow.clock.now()
        await uow.session.flush()
        await _note(uow, "compliance.sharing_withdrawn", organization_id, airport_id)
    return await sharings(uow, organization_id)


async def _note(uow: UnitOfWork, action: str, organization_id: UUID, airport_id: UUID) -> None:
    await audit.record(uow, action, organization_id=organization_id, facts={"airport": airport_id})


async def _found(uow: UnitOfWork, airport_id: UUID, tenant_id: UUID) -> TenantSharing | None:
    query = select(TenantSharing).where(
        col(TenantSharing.airport_organization_id) == airport_id,
        col(TenantSharing.tenant_organization_id) == tenant_id,
    )
    return (await uow.session.execute(query.with_for_update())).scalar_one_or_none()


async def _sharing(uow: UnitOfWork, airport_id: UUID, tenant_id: UUID) -> TenantSharing:
    await uow.sql(
        """INSERT INTO tenant_sharings (id, airport_organization_id, tenant_organization_id)
        VALUES (gen_random_uuid(), %(airport)s, %(tenant)s) ON CONFLICT DO NOTHING""",
        airport=airport_id,
        tenant=tenant_id,
    )
    found = await _found(uow, airport_id, tenant_id)
    assert found is not None  # noqa: S101 - it was made or was there
    return found
