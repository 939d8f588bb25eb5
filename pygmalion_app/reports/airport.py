"""The airport's dashboard: its tenants' compliance, who loses airside access, seats against need, contractors compared.

Six statements, however many tenants there are. Only companies that consented are read, and never a certificate.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final, LiteralString
from uuid import UUID

from pygmalion_app.compliance import policy as compliance_policy
from pygmalion_app.compliance import standings
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
# The people of a tenant of one kind of whom the same is asked, and their marks one after the other.
_TENANTS: LiteralString = (
    "WITH "  # noqa: S608 - constants
    + SHARED
    + """
SELECT h.id, h.name, h.with_names, h.consented_at, a.contractor_type, coalesce(a.keys, '[]') AS keys,
  coalesce(a.people, 0) AS people, coalesce(a.marks, '') AS marks
FROM shared h LEFT JOIN (
  SELECT p.organization_id, p.contractor_type, g.keys, count(*) AS people, string_agg(g.marks, '') AS marks
  FROM people p LEFT JOIN compliance_standings g
    ON g.organization_id = p.organization_id AND g.user_id = p.user_id
  GROUP BY p.organization_id, p.contractor_type, g.keys) AS a ON a.organization_id = h.id
"""
)
# Airside is what any published version said so.
_AIRSIDE: LiteralString = """
airside AS (
  SELECT DISTINCT q.organization_id, q.key FROM requirements q JOIN requirement_set_versions v ON v.id = q.version_id
  JOIN shared h ON h.id = q.organization_id WHERE v.published_at IS NOT NULL AND q.codes && %(airside)s::text[])
"""
_RULES: LiteralString = (
    "WITH "  # noqa: S608 - constants
    + SHARED
    + ", "
    + airport_capacity.RULES
    + ", "
    + _AIRSIDE
    + """
SELECT r.*, EXISTS (SELECT FROM airside a WHERE a.organization_id = r.id AND a.key = r.key) AS airside FROM rules r
"""
)
_LOSING: LiteralString = (
    "WITH "
    + SHARED
    + ", "
    + _AIRSIDE
    + """
SELECT h.id, h.name AS organization, c.user_id, CASE WHEN h.with_names
    THEN concat_ws(' ', u.first_name, u.last_name) END AS name,
  CASE WHEN h.with_names THEN r.name END AS job_role, c.until, c.planned_on
FROM people p JOIN shared h ON h.id = p.organization_id JOIN compliance_statuses c USING (organization_id, user_id)
JOIN airside a ON a.organization_id = c.organization_id AND a.key = c.requirement_key
JOIN users u ON u.id = c.user_id LEFT JOIN job_roles r ON r.id = p.job_role_id
WHERE c.status IN ('compliant', 'expiring') AND c.until <= %(soon)s
ORDER BY c.until, h.name, name, c.user_id
"""
)
_LOST: Final = (Status.EXPIRED, Status.MISSING, Status.PLANNED)


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
        asked: dict[str, Any] = {"airport": found, "today": today, "airside": AIRSIDE}
        groups, rules, losses = await uow.pipeline(
            (_TENANTS, asked), (_RULES, asked), (_LOSING, asked | {"soon": today + timedelta(days=within_days)})
        )
        demand = airport_capacity.Demand(found, today, rules, _overdue(groups))
        capacity = await airport_capacity.capacity(uow, demand, place, rows[0]["city"])
    counts = _counts(groups)
    return AirportDashboard(
        organization_id=found,
        organization_name=rows[0]["name"],
        on=today,
        within_days=within_days,
        people=sum(row["people"] for row in groups),
        counts=counts,
        rate=rate_of(counts),
        tenants=_tenants(groups, losses, _airside(rules)),
        losing=tuple(_loss(row, today) for row in losses[:MOST_LOSING]),
        losing_total=len(losses),
        months=capacity.months,
        courses=capacity.courses,
        contractors=_contractors(groups),
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


def _by(groups: Iterable[dict[str, Any]], column: str) -> dict[Any, list[dict[str, Any]]]:
    found: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for row in groups:
        found[row[column]].append(row)
    return found


def _counts(groups: Iterable[dict[str, Any]]) -> dict[str, int]:
    counted = standings.counts("".join(row["marks"] for row in groups))
    return {status.value: number for status, number in counted.items()}


def _overdue(groups: list[dict[str, Any]]) -> dict[tuple[UUID, str], int]:
    """Return how many lack something, and no session is booked that gives it, by tenant and requirement."""
    return {
        (tenant, key): number
        for tenant, rows in _by(groups, "id").items()
        for key, number in standings.unbooked_by_key(
            ((row["keys"], row["marks"]) for row in rows), Status.EXPIRED, Status.MISSING
        ).items()
    }


def _airside(rules: list[dict[str, Any]]) -> dict[UUID, frozenset[str]]:
    keys = _by((row for row in rules if row["airside"]), "id")
    return {tenant: frozenset(row["key"] for row in rows) for tenant, rows in keys.items()}


def _tenants(
    groups: list[dict[str, Any]], losses: list[dict[str, Any]], airside: dict[UUID, frozenset[str]]
) -> tuple[AirportTenant, ...]:
    losing = {tenant: {row["user_id"] for row in rows} for tenant, rows in _by(losses, "id").items()}

    def tenant(rows: list[dict[str, Any]]) -> AirportTenant:
        facts, counts = rows[0], _counts(rows)
        keys = airside.get(facts["id"], frozenset())
        return AirportTenant(
            organization_id=facts["id"],
            name=facts["name"],
            people=sum(row["people"] for row in rows),
            counts=counts,
            rate=rate_of(counts),
            losing=len(losing.get(facts["id"], ())),
            without=sum(standings.people_who_stand((row["keys"], row["marks"]), keys, *_LOST) for row in rows),
            with_names=facts["with_names"],
            shared_since=facts["consented_at"],
        )

    return tuple(sorted(map(tenant, _by(groups, "id").values()), key=lambda one: (one.rate, one.name)))


def _contractors(groups: list[dict[str, Any]]) -> tuple[ContractorGroup, ...]:
    # A tenant without people has a row too, of no kind.
    kinds = _by((row for row in groups if row["contractor_type"] is not None), "contractor_type")
    return tuple(
        ContractorGroup(
            contractor_type=kind,
            people=sum(row["people"] for row in rows),
            counts=_counts(rows),
            rate=rate_of(_counts(rows)),
        )
        for kind, rows in sorted(kinds.items())
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
