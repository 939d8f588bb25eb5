"""What an organisation sees of its people's compliance. Today's is read from the statuses, another day's computed."""

from collections import Counter
from datetime import date, timedelta
from typing import Any, LiteralString
from uuid import UUID

from pygmalion_app.compliance import policy, standings
from pygmalion_app.compliance.facts import Facts, gather, local_day
from pygmalion_app.compliance.models import COUNTED, Status
from pygmalion_app.compliance.schemas import Alert, Losing, Overview, Upcoming
from pygmalion_app.core.together import read_together
from pygmalion_app.core.unit_of_work import UnitOfWork

SOON, VERY_SOON = 30, 7
MOST_LOSING = 500

_OVERVIEW: LiteralString = """
WITH team AS (
  SELECT count(*) AS team_size, count(*) FILTER (WHERE job_role_id IS NULL) AS without_role
  FROM positions WHERE organization_id = %(organization)s
    AND active_from <= %(today)s AND (active_until IS NULL OR active_until >= %(today)s)),
standing AS (
  SELECT coalesce(string_agg(marks, ''), '') AS marks, count(*) FILTER (WHERE marks ~* %(expired)s) AS expired,
    count(*) FILTER (WHERE marks ~* %(missing)s) AS missing
  FROM compliance_standings WHERE organization_id = %(organization)s),
ending AS (
  SELECT count(*) AS soon, count(DISTINCT user_id) AS soon_people,
    count(*) FILTER (WHERE until <= %(very_soon)s) AS very_soon,
    count(DISTINCT user_id) FILTER (WHERE until <= %(very_soon)s) AS very_soon_people
  FROM compliance_statuses
  WHERE organization_id = %(organization)s AND status = 'expiring' AND until <= %(soon)s)
SELECT * FROM team, standing, ending
"""
_TEAM: LiteralString = """
SELECT count(*) AS team_size, count(*) FILTER (WHERE job_role_id IS NULL) AS without_role FROM positions
WHERE organization_id = %(organization)s AND active_from <= %(today)s
  AND (active_until IS NULL OR active_until >= %(today)s)
"""
# Where several sets or versions name a requirement, the newest speaks for it; `titles_of` chooses the same one.
TITLES: LiteralString = """
SELECT DISTINCT ON (r.key) r.key, r.title, r.title_en, r.codes, r.position FROM requirements r
JOIN requirement_set_versions v ON v.id = r.version_id JOIN requirement_sets s ON s.id = v.set_id
WHERE r.organization_id = %(organization)s AND v.published_at IS NOT NULL
ORDER BY r.key, s.archived_at IS NOT NULL, v.effective_from DESC, v.version DESC, v.id DESC
"""
_LOSING: LiteralString = (
    """
WITH titles AS ("""
    + TITLES
    + """)
SELECT c.user_id, concat_ws(' ', u.first_name, u.last_name) AS name, r.name AS job_role, s.name AS site,
  c.requirement_key AS key, coalesce(t.title, c.requirement_key) AS title, coalesce(t.title_en, '') AS title_en,
  c.until, c.until - %(today)s::date AS days, c.planned_on
FROM compliance_statuses c JOIN positions p USING (organization_id, user_id) JOIN users u ON u.id = c.user_id
LEFT JOIN job_roles r ON r.id = p.job_role_id LEFT JOIN sites s ON s.id = p.site_id
LEFT JOIN titles t ON t.key = c.requirement_key
WHERE c.organization_id = %(organization)s AND c.status IN ('compliant', 'expiring')
  AND c.until BETWEEN %(today)s AND %(last)s
ORDER BY c.until, lower(u.last_name), lower(u.first_name), c.user_id, c.requirement_key LIMIT %(most)s
"""
)
_UPCOMING: LiteralString = """
SELECT s.id AS session_id, k.id AS course_id, k.title, k.title_en, s.location,
  (s.starts_at AT TIME ZONE s.time_zone)::date AS starts_on, count(*) AS people
FROM enrollments e JOIN sessions s ON s.id = e.session_id JOIN courses k ON k.id = s.course_id
WHERE e.buyer_organization_id = %(organization)s AND e.status IN ('CONFIRMED', 'IN_PROGRESS')
  AND s.status = 'scheduled' AND s.starts_at >= %(now)s
GROUP BY s.id, k.id ORDER BY s.starts_at, s.id LIMIT %(limit)s
"""


async def overview(uow: UnitOfWork, organization_id: UUID, on: date | None = None) -> Overview:
    """Return how an organisation stands today, or on another day.

    Raises NotFoundError, NotAuthenticatedError, PermissionDeniedError.
    """
    policy.require_read(uow.actor, organization_id)
    today = local_day(uow.clock.now())
    if on is not None and on != today:
        return await _overview_on(uow, organization_id, on)
    key = (overview, organization_id, today)
    found = await read_together(uow, key, lambda: _overview_of(uow, organization_id, today))
    await uow.require_reach(organization_id)
    return found


async def _overview_of(uow: UnitOfWork, organization_id: UUID, today: date) -> Overview:
    async with uow.elevated():
        rows = await uow.sql(
            _OVERVIEW,
            organization=organization_id,
            today=today,
            soon=today + timedelta(days=SOON),
            very_soon=today + timedelta(days=VERY_SOON),
            expired=standings.pattern(Status.EXPIRED),
            missing=standings.pattern(Status.MISSING),
        )
    row = rows[0]
    counts = standings.counts(row["marks"])
    found = [(status.value, row[status.value], counts[status]) for status in (Status.EXPIRED, Status.MISSING)]
    found += [
        (f"expiring_{days}", row[f"{name}_people"], row[name])
        for days, name in ((VERY_SOON, "very_soon"), (SOON, "soon"))
    ]
    alerts = [Alert(kind=kind, people=people, statuses=statuses) for kind, people, statuses in found if statuses]
    return _overview(organization_id, today, row, counts, alerts)


async def _overview_on(uow: UnitOfWork, organization_id: UUID, on: date) -> Overview:
    facts = await gather(uow, organization_id, on=on)
    row = (await uow.sql(_TEAM, organization=organization_id, today=on))[0]
    counts = dict.fromkeys(Status, 0)
    people: dict[str, set[UUID]] = {}
    pairs: Counter[str] = Counter()
    async for person, judgements in facts.everybody():
        for _, judged in judgements:
            counts[judged.status] += 1
            for kind in _kinds(judged.status, judged.until, on):
                people.setdefault(kind, set()).add(person.user_id)
                pairs[kind] += 1
    order = (Status.EXPIRED, Status.MISSING, f"expiring_{VERY_SOON}", f"expiring_{SOON}")
    alerts = [Alert(kind=str(kind), people=len(people[kind]), statuses=pairs[kind]) for kind in order if kind in people]
    return _overview(organization_id, on, row, counts, alerts)


def _kinds(status: Status, until: date | None, on: date) -> list[str]:
    if status in {Status.EXPIRED, Status.MISSING}:
        return [status.value]
    if status is not Status.EXPIRING or until is None:
        return []
    return [f"expiring_{days}" for days in (VERY_SOON, SOON) if until <= on + timedelta(days=days)]


def _overview(
    organization_id: UUID, on: date, row: dict[str, Any], counts: dict[Status, int], alerts: list[Alert]
) -> Overview:
    if row["without_role"]:
        alerts = [*alerts, Alert(kind="without_role", people=row["without_role"], statuses=0)]
    return Overview(
        organization_id=organization_id,
        on=on,
        team_size=row["team_size"],
        without_role=row["without_role"],
        rate=rate(counts),
        counts={status.value: number for status, number in counts.items()},
        alerts=alerts,
    )


def rate(counts: dict[Status, int]) -> float:
    """Return the share of pairs that are in order, from 0 to 1; 1 where nothing is asked."""
    total = sum(counts.values())
    return sum(counts[status] for status in COUNTED) / total if total else 1.0


async def losing(uow: UnitOfWork, organization_id: UUID, within_days: int = SOON) -> list[Losing]:
    """Return who loses what within so many days, the nearest first, 500 at most; errors as `overview`."""
    policy.require_read(uow.actor, organization_id)
    today = local_day(uow.clock.now())
    # Names of colleagues: the policy above, and the database's own view of who runs what.
    await uow.require_reach(organization_id)
    async with uow.elevated():
        rows = await uow.sql(
            _LOSING,
            organization=organization_id,
            today=today,
            last=today + timedelta(days=within_days),
            most=MOST_LOSING,
        )
    return [Losing(**row) for row in rows]


async def upcoming(uow: UnitOfWork, organization_id: UUID, limit: int = 10) -> list[Upcoming]:
    """Return the next sessions that an organisation has booked, with how many of its people; errors as `overview`."""
    policy.require_read(uow.actor, organization_id)
    rows = await uow.sql(_UPCOMING, organization=organization_id, now=uow.clock.now(), limit=limit)
    return [Upcoming(**row) for row in rows]


async def titles(uow: UnitOfWork, organization_id: UUID) -> dict[str, dict[str, Any]]:
    """Return each requirement key's newest published title, course types and place, for callers that were let in."""
    return {row["key"]: row for row in await uow.sql(TITLES, organization=organization_id)}


def titles_of(facts: Facts) -> dict[str, dict[str, Any]]:
    """Return the same of facts that are read already, with the course types that stand for others."""
    found: dict[str, dict[str, Any]] = {}
    for version in sorted(facts.versions, key=lambda it: (it.effective_from, it.number, it.id)):
        for demand in version.demands:
            found[demand.key] = {
                "key": demand.key,
                "title": demand.title,
                "title_en": demand.title_en,
                "codes": list(demand.codes),
                "position": demand.position,
            }
    return found
