"""The report `compliance`: one row for each person and requirement, and how many stand how, seen from several sides."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Final, LiteralString
from uuid import UUID

from pydantic import Field

from pygmalion_app.compliance import policy as compliance_policy
from pygmalion_app.compliance.facts import local_day
from pygmalion_app.compliance.models import COUNTED, Status
from pygmalion_app.compliance.queries import TITLES
from pygmalion_app.core.schemas import Command, View
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.reports import policy

MOST_ROWS: Final = 5_000
_TEAM: LiteralString = """
FROM compliance_statuses c JOIN positions p USING (organization_id, user_id)
LEFT JOIN job_roles r ON r.id = p.job_role_id LEFT JOIN sites s ON s.id = p.site_id
WHERE c.organization_id = %(organization)s AND p.active_from <= %(today)s
  AND (p.active_until IS NULL OR p.active_until >= %(today)s)
  AND (%(job_role)s::uuid IS NULL OR p.job_role_id = %(job_role)s::uuid)
  AND (%(site)s::uuid IS NULL OR p.site_id = %(site)s::uuid)
  AND (%(contractor_type)s::text IS NULL OR p.contractor_type = %(contractor_type)s::text)
  AND (%(cost_center)s::text IS NULL OR p.cost_center = %(cost_center)s::text)
  AND (%(key)s = '' OR c.requirement_key = %(key)s)
"""
_TITLES: LiteralString = "titles AS (" + TITLES + ")"
_COUNTS: LiteralString = (
    "WITH "
    + _TITLES
    + """, counted AS (
SELECT c.requirement_key AS key, coalesce(r.name, '') AS job_role, coalesce(s.name, '') AS site, p.cost_center,
  p.contractor_type, c.status, count(*) AS number """
    + _TEAM
    + """ GROUP BY 1, 2, 3, 4, 5, 6)
SELECT counted.*, coalesce(t.title, counted.key) AS title, coalesce(nullif(t.title_en, ''), t.title, counted.key)
  AS title_en, coalesce(t.position, 1000) AS position FROM counted LEFT JOIN titles t USING (key)
"""
)
_ROWS: LiteralString = (
    "WITH "
    + _TITLES
    + """
SELECT c.user_id, concat_ws(' ', u.first_name, u.last_name) AS name, r.name AS job_role, s.name AS site,
  p.contractor_type, p.cost_center, c.requirement_key AS key, coalesce(t.title, c.requirement_key) AS title,
  coalesce(nullif(t.title_en, ''), t.title, c.requirement_key) AS title_en, c.status, c.until, c.planned_on
FROM (SELECT c.organization_id, c.user_id, c.requirement_key """
    + _TEAM
    + """ AND (%(status)s = '' OR c.status = %(status)s)) AS kept
JOIN compliance_statuses c USING (organization_id, user_id, requirement_key)
JOIN positions p USING (organization_id, user_id) JOIN users u ON u.id = c.user_id
LEFT JOIN job_roles r ON r.id = p.job_role_id LEFT JOIN sites s ON s.id = p.site_id
LEFT JOIN titles t ON t.key = c.requirement_key
ORDER BY lower(u.last_name), lower(u.first_name), u.id, coalesce(t.position, 1000),
  c.requirement_key COLLATE "C"
LIMIT %(limit)s OFFSET %(offset)s
"""
)


class ComplianceFilters(Command):
    """Whose rows, and which; nothing given: all of them."""

    job_role_id: UUID | None = None
    site_id: UUID | None = None
    contractor_type: str | None = None
    cost_center: str | None = None
    key: str = ""
    status: Annotated[str, Field(pattern="^(compliant|expiring|expired|missing|planned|exempt)?$")] = ""


class ComplianceRow(View):
    """Where one person stands for one requirement; `until` is the last day on which it holds, or held."""

    user_id: UUID
    name: str
    job_role: str | None
    site: str | None
    contractor_type: str
    cost_center: str
    key: str
    title: str
    title_en: str
    status: str
    until: date | None
    planned_on: date | None


class ComplianceGroup(View):
    """Where all stand for one requirement, or who share a role, a site, a cost centre; `rate` is from 0 to 1."""

    key: str
    title: str
    title_en: str
    counts: dict[str, int]
    rate: float


class ComplianceReport(View):
    """Today's figures; `counts` and groups are of everybody that the filters let through, whatever their status."""

    organization_id: UUID
    organization_name: str
    on: date
    total: int
    rate: float
    """Compliant, expiring and exempt among all; 1 where nothing is asked of anybody."""
    counts: dict[str, int]
    by_requirement: tuple[ComplianceGroup, ...]
    by_job_role: tuple[ComplianceGroup, ...]
    by_site: tuple[ComplianceGroup, ...]
    by_cost_center: tuple[ComplianceGroup, ...]
    by_contractor_type: tuple[ComplianceGroup, ...]
    rows: tuple[ComplianceRow, ...]
    """Those on this page, of the status asked for."""


def rate_of(counts: dict[str, int]) -> float:
    """Return the share that counts as compliant."""
    total = sum(counts.values())
    return sum(counts.get(status, 0) for status in COUNTED) / total if total else 1.0


def chosen(uow: UnitOfWork, organization_id: UUID | None) -> UUID:
    """Return the organisation that is meant, for those who read its reports and its people's compliance."""
    found = compliance_policy.chosen(uow.actor, organization_id)
    policy.require_read(uow.actor, found)
    compliance_policy.require_read(uow.actor, found)
    return found


async def compliance(
    uow: UnitOfWork,
    organization_id: UUID | None,
    filters: ComplianceFilters | None = None,
    *,
    limit: int = MOST_ROWS,
    offset: int = 0,
) -> ComplianceReport:
    """Return the report. Raises NotFoundError, PermissionDeniedError, OrganizationNotGivenError."""
    found = chosen(uow, organization_id)
    await uow.require_reach(found)
    wanted = filters or ComplianceFilters()
    today = local_day(uow.clock.now())
    asked = {"organization": found, "today": today, **_parameters(wanted)}
    async with uow.elevated():
        (organization,) = await uow.sql("SELECT name FROM organizations WHERE id = %(id)s", id=found)
        counted = await uow.sql(_COUNTS, **asked)
        rows = await uow.sql(_ROWS, **asked, status=wanted.status, limit=limit, offset=offset) if limit else []
    counts = {status.value: 0 for status in Status}
    for row in counted:
        counts[row["status"]] += row["number"]
    return ComplianceReport(
        organization_id=found,
        organization_name=organization["name"],
        on=today,
        total=counts[wanted.status] if wanted.status else sum(counts.values()),
        rate=rate_of(counts),
        counts=counts,
        by_requirement=_groups(sorted(counted, key=lambda row: (row["position"], row["key"])), "key"),
        by_job_role=_groups(counted, "job_role"),
        by_site=_groups(counted, "site"),
        by_cost_center=_groups(counted, "cost_center"),
        by_contractor_type=_groups(counted, "contractor_type"),
        rows=tuple(ComplianceRow.model_validate(row) for row in rows),
    )


def _parameters(wanted: ComplianceFilters) -> dict[str, Any]:
    return {
        "job_role": wanted.job_role_id,
        "site": wanted.site_id,
        "contractor_type": wanted.contractor_type,
        "cost_center": wanted.cost_center,
        "key": wanted.key,
    }


def _groups(counted: Iterable[dict[str, Any]], by: str) -> tuple[ComplianceGroup, ...]:
    """Return the groups: requirements in the rules' order, all others the lowest rate first."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    titles: dict[str, tuple[str, str]] = {}
    for row in counted:
        counts[row[by]][row["status"]] += row["number"]
        titles[row[by]] = (row["title"], row["title_en"]) if by == "key" else (row[by], row[by])
    groups = [
        ComplianceGroup(key=key, title=titles[key][0], title_en=titles[key][1], counts=dict(one), rate=rate_of(one))
        for key, one in counts.items()
    ]
    return tuple(groups if by == "key" else sorted(groups, key=lambda group: (group.rate, group.title)))
