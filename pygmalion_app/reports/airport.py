"""The airport's dashboard: its tenants' compliance, who loses airside access, seats against need, contractors compared.

Five statements, however many tenants there are. Only companies that consented are read, and never a certificate.
"""

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any, Final, LiteralString
from uuid import UUID

from pygmalion_app.compliance import policy as compliance_policy
from pygmalion_app.compliance.facts import local_day
from pygmalion_app.compliance.models import Status
from pygmalion_app.compliance.tenants import SHARED
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.permissions import Permission, Role
from pygmalion_app.core.together import read_together
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.organizations.models import OrganizationKind
from pygmalion_app.reports import airport_capacity, policy
from pygmalion_app.reports.airport_schemas import AirportDashboard, AirportTenant, AirsideLoss, ContractorGroup
from pygmalion_app.reports.compliance import rate_of

WITHIN_DAYS: Final = 30
MOST_LOSING: Final = 300
AIRSIDE: Final = ["SUR-1126"]
"""Course types without which nobody gets or keeps a badge for the security restricted area (2015/1998, 11.2.6.2)."""
_TENANTS: LiteralString = (
    "WITH "
    + SHARED
    + """
SELECT h.id, h.name, h.with_names, h.consented_at, p.contractor_type, count(p.user_id) AS people FROM shared h
LEFT JOIN people p ON p.organization_id = h.id
GROUP BY h.id, h.name, h.with_names, h.consented_at, p.contractor_type
"""
)
_COUNTS: LiteralString = (
    "WITH "
    + SHARED
    + """
SELECT p.organization_id AS id, p.contractor_type, c.status, count(*) AS number FROM people p
JOIN compliance_statuses c USING (organization_id, user_id)
GROUP BY 1, 2, 3
"""
)
_AIRSIDE: LiteralString = (
    "WITH "  # noqa: S608 - constants
    + SHARED
    + """, airside AS (
  SELECT DISTINCT q.organization_id, q.key FROM requirements q JOIN requirement_set_versions v ON v.id = q.version_id
  JOIN shared h ON h.id = q.organization_id WHERE v.published_at IS NOT NULL AND q.codes && %(airside)s::text[])
SELECT h.id, h.name AS organization, c.user_id, CASE WHEN h.with_names
    THEN concat_ws(' ', u.first_name, u.last_name) END AS name,
  CASE WHEN h.with_names THEN r.name END AS job_role, c.status, c.until, c.planned_on
FROM people p JOIN shared h ON h.id = p.organization_id JOIN compliance_statuses c USING (organization_id, user_id)
JOIN airside a ON a.organization_id = c.organization_id AND a.key = c.requirement_key
JOIN users u ON u.id = c.user_id LEFT JOIN job_roles r ON r.id = p.job_role_id
WHERE c.status IN ('expired', 'missing', 'planned')
  OR (c.status IN ('compliant', 'expiring') AND c.until <= %(soon)s)
ORDER BY c.until, h.name, name, c.user_id
"""
)
_LOST: Final = frozenset({Status.EXPIRED, Status.MISSING, Status.PLANNED})


class AirportUnknownError(NotFoundError):
    """No airport here has this number."""

    code = "airport_unknown"


async def dashboard(
    uow: UnitOfWork, airport_id: UUID | None = None, *, place: str | None = None, within_days: int = WITHIN_DAYS
) -> AirportDashboard:
    """Return an airport's view. `place` is where seats count; None: in its city, or everywhere if none starts there.

    Raises NotFoundError for anything that is no airport of the actor's, PermissionDeniedError.
    """
    found = chosen(uow.actor, airport_id)
    today = local_day(uow.clock.now())
    key = (dashboard, found, today, place, within_days)
    view = await read_together(uow, key, lambda: _read(uow, found, today, place, within_days))
    await uow.require_reach(found)
    return view


async def _read(uow: UnitOfWork, found: UUID, today: date, place: str | None, within_days: int) -> AirportDashboard:
    # Other companies' rows: that each has consented is the statements' own first condition.
    async with uow.elevated():
        rows = await uow.sql("SELECT name, city, kind FROM organizations WHERE id = %(id)s", id=found)
        if not rows or rows[0]["kind"] != OrganizationKind.AIRPORT:
            raise NotFoundError(organization=str(found))
        asked: dict[str, Any] = {"airport": found, "today": today}
        tenants = await uow.sql(_TENANTS, **asked)
        counted = await uow.sql(_COUNTS, **asked)
        airside = await uow.sql(_AIRSIDE, **asked, airside=AIRSIDE, soon=today + timedelta(days=within_days))
        capacity = await airport_capacity.capacity(uow, found, today, place, rows[0]["city"])
    losses = [row for row in airside if row["status"] not in _LOST]
    counts = _sum(counted)
    return AirportDashboard(
        organization_id=found,
        organization_name=rows[0]["name"],
        on=today,
        within_days=within_days,
        people=sum(row["people"] for row in tenants),
        counts=counts,
        rate=rate_of(counts),
        tenants=_tenants(tenants, counted, airside),
        losing=tuple(_loss(row, today) for row in losses[:MOST_LOSING]),
        losing_total=len(losses),
        months=capacity.months,
        courses=capacity.courses,
        contractors=_contractors(tenants, counted),
        place=capacity.place,
        places=capacity.places,
    )


def chosen(actor: Actor, airport_id: UUID | None) -> UUID:
    """Return the airport that is meant: the one named, else the first that the actor manages, the active one before."""
    if airport_id is None:
        managed = {one.organization_id for one in actor.memberships if one.role == Role.AIRPORT_MANAGER}
        own = actor.organizations_with(Permission.COMPLIANCE_READ)
        airport_id = next((one for one in own if one in managed), None)
    if airport_id is None:
        return compliance_policy.chosen(actor, None)
    policy.require_read(actor, airport_id)
    compliance_policy.require_read(actor, airport_id)
    return airport_id


async def by_siret(uow: UnitOfWork, siret: str) -> UUID:
    """Return the airport of a SIRET, for a company that wants to share with it. Raises AirportUnknownError."""
    uow.actor.require_user()
    async with uow.elevated():
        rows = await uow.sql(
            "SELECT id FROM organizations WHERE siret = %(siret)s AND kind = %(kind)s",
            siret=siret,
            kind=OrganizationKind.AIRPORT.value,
        )
    if not rows:
        raise AirportUnknownError(field="siret")
    return rows[0]["id"]


def _sum(rows: list[dict[str, Any]]) -> dict[str, int]:
    counts = {status.value: 0 for status in Status}
    for row in rows:
        counts[row["status"]] += row["number"]
    return counts


def _tenants(
    tenants: list[dict[str, Any]], counted: list[dict[str, Any]], airside: list[dict[str, Any]]
) -> tuple[AirportTenant, ...]:
    people: Counter[UUID] = Counter()
    facts: dict[UUID, dict[str, Any]] = {}
    for row in tenants:
        people[row["id"]] += row["people"]
        facts[row["id"]] = row
    counts: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in counted:
        counts[row["id"]].append(row)
    losing, without = defaultdict[UUID, set[UUID]](set), defaultdict[UUID, set[UUID]](set)
    for row in airside:
        (without if row["status"] in _LOST else losing)[row["id"]].add(row["user_id"])
    found = [
        AirportTenant(
            organization_id=tenant,
            name=row["name"],
            people=people[tenant],
            counts=_sum(counts[tenant]),
            rate=rate_of(_sum(counts[tenant])),
            losing=len(losing[tenant]),
            without=len(without[tenant]),
            with_names=row["with_names"],
            shared_since=row["consented_at"],
        )
        for tenant, row in facts.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.rate, one.name)))


def _contractors(tenants: list[dict[str, Any]], counted: list[dict[str, Any]]) -> tuple[ContractorGroup, ...]:
    people: Counter[str] = Counter()
    for row in tenants:
        if row["contractor_type"] is not None:
            people[row["contractor_type"]] += row["people"]
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in counted:
        rows[row["contractor_type"]].append(row)
    return tuple(
        ContractorGroup(contractor_type=kind, people=number, counts=_sum(rows[kind]), rate=rate_of(_sum(rows[kind])))
        for kind, number in sorted(people.items())
    )


def _loss(row: dict[str, Any], today: date) -> AirsideLoss:
    return AirsideLoss(
        organization_id=row["id"],
        organization_name=row["organization"],
        name=row["name"],
        job_role=row["job_role"],
        until=row["until"],
        days=(row["until"] - today).days,
        planned_on=row["planned_on"],
    )
