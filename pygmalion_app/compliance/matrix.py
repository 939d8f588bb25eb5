"""The matrix of people and requirements: two statements for today, however large; computed for another day.

Today's people are told by name and counted by their standings; cells are read of those on the page alone.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, LiteralString
from uuid import UUID

import msgspec

from pygmalion_app.compliance import policy, standings
from pygmalion_app.compliance.facts import gather, local_day
from pygmalion_app.compliance.models import Status
from pygmalion_app.compliance.queries import titles
from pygmalion_app.compliance.schemas import Cell, Matrix, MatrixColumn, MatrixFilters, MatrixPerson
from pygmalion_app.core.together import read_together
from pygmalion_app.core.unit_of_work import UnitOfWork

_TEAM: LiteralString = """
team AS MATERIALIZED (
  SELECT p.user_id, concat_ws(' ', u.first_name, u.last_name) AS name, p.job_role_id, p.site_id, p.contractor_type,
    p.cost_center, lower(u.last_name) AS last, lower(u.first_name) AS first, g.keys, g.marks
  FROM positions p JOIN users u ON u.id = p.user_id
  LEFT JOIN compliance_standings g ON g.organization_id = p.organization_id AND g.user_id = p.user_id
  WHERE p.organization_id = %(organization)s AND p.active_from <= %(today)s
    AND (p.active_until IS NULL OR p.active_until >= %(today)s)
    AND (%(q)s = '' OR strpos(search_text(concat_ws(' ', u.first_name, u.last_name, u.first_name)),
      search_text(%(q)s)) > 0)
    AND (%(job_role)s::uuid IS NULL OR p.job_role_id = %(job_role)s::uuid)
    AND (NOT %(without_role)s OR p.job_role_id IS NULL)
    AND (%(site)s::uuid IS NULL OR p.site_id = %(site)s::uuid)
    AND (%(contractor_type)s::text IS NULL OR p.contractor_type = %(contractor_type)s::text)
    AND (%(cost_center)s::text IS NULL OR p.cost_center = %(cost_center)s::text)
    AND (%(standing)s = '' OR g.marks ~* %(standing)s)
    AND (NOT %(by_cell)s OR EXISTS (SELECT FROM compliance_statuses c WHERE c.organization_id = p.organization_id
      AND c.user_id = p.user_id AND (%(key)s = '' OR c.requirement_key = %(key)s)
      AND (%(statuses)s::text[] = '{}' OR c.status = ANY (%(statuses)s::text[]))
      AND (%(before)s::date IS NULL OR (c.until <= %(before)s::date AND c.status IN ('compliant', 'expiring')))))),
page AS (SELECT * FROM team ORDER BY last, first, user_id LIMIT %(limit)s OFFSET %(offset)s)
"""
_PERSON: LiteralString = """
p.user_id AS "userId", p.name, p.job_role_id AS "jobRoleId", r.name AS "jobRole", p.site_id AS "siteId",
  s.name AS site, p.contractor_type AS "contractorType", p.cost_center AS "costCenter"
"""
_FROM_PAGE: LiteralString = """
FROM page p LEFT JOIN job_roles r ON r.id = p.job_role_id LEFT JOIN sites s ON s.id = p.site_id
"""
_PEOPLE: LiteralString = "WITH " + _TEAM + "SELECT " + _PERSON + _FROM_PAGE + " ORDER BY p.last, p.first, p.user_id"
# As one text: rows and cells become JSON once, and are read from it in a tenth of the time that rows take.
_TODAY: LiteralString = (
    "WITH "  # noqa: S608 - constants
    + _TEAM
    + """,
shown AS (SELECT p.last, p.first, """
    + _PERSON
    + """, coalesce((SELECT json_object_agg(c.requirement_key,
      json_build_object('status', c.status, 'until', c.until, 'plannedOn', c.planned_on))
    FROM compliance_statuses c WHERE c.organization_id = %(organization)s AND c.user_id = p.user_id), '{}') AS cells """
    + _FROM_PAGE
    + """)
SELECT (SELECT count(*) FROM team) AS total,
  (SELECT coalesce(json_agg(shown ORDER BY shown.last, shown.first, shown."userId"), '[]') FROM shown)::text AS people,
  (SELECT coalesce(json_agg(json_build_array(g.keys, g.marks)), '[]') FROM (SELECT keys, string_agg(marks, '') AS marks
    FROM team WHERE %(columns)s AND keys IS NOT NULL GROUP BY keys) AS g) AS groups
"""
)
_TODO: Final = [Status.EXPIRED, Status.MISSING]
_LAST: Final = 1_000
"""The place of a column without a rule; as in the report of compliance."""
_people = msgspec.json.Decoder(tuple[MatrixPerson, ...])


async def matrix(uow: UnitOfWork, organization_id: UUID, filters: MatrixFilters | None = None) -> Matrix:
    """Return people and their cells, with all columns that anybody of those filtered has.

    Raises NotFoundError, NotAuthenticatedError, PermissionDeniedError.
    """
    policy.require_read(uow.actor, organization_id)
    wanted = filters or MatrixFilters()
    today = local_day(uow.clock.now())
    if wanted.on is not None and wanted.on != today:
        return await _on_another_day(uow, organization_id, wanted, wanted.on)
    key = (matrix, organization_id, today, wanted.model_dump_json())
    found = await read_together(uow, key, lambda: _today(uow, organization_id, wanted, today))
    # Names of colleagues: the policy above, and the database's own view of who runs what.
    await uow.require_reach(organization_id)
    return found


async def _today(uow: UnitOfWork, organization_id: UUID, wanted: MatrixFilters, today: date) -> Matrix:
    async with uow.elevated():
        named = await titles(uow, organization_id) if wanted.columns else {}
        row = (await uow.sql(_TODAY, **_parameters(organization_id, wanted, today), columns=wanted.columns))[0]
    return Matrix(
        on=today,
        total=row["total"],
        offset=wanted.offset,
        columns=_columns(standings.counts_by_key((keys, marks) for keys, marks in row["groups"]), named),
        people=_people.decode(row["people"]),
    )


def _columns(counts: Mapping[str, dict[str, int]], named: dict[str, dict[str, Any]]) -> tuple[MatrixColumn, ...]:
    """Return the columns in the rules' order; a key that no published rule names any more stands last."""
    unnamed = {"title_en": "", "codes": (), "position": _LAST}

    def column(key: str) -> dict[str, Any]:
        return named.get(key) or unnamed | {"title": key}

    return tuple(
        MatrixColumn(key, column(key)["title"], column(key)["title_en"], tuple(column(key)["codes"]), counts[key])
        for key in sorted(counts, key=lambda it: (column(it)["position"], it))
    )


def _parameters(organization_id: UUID, wanted: MatrixFilters, today: date) -> dict[str, Any]:
    # A standing answers for a status alone, whatever it is about; the rest is asked of the statuses themselves.
    by_cell = bool(wanted.key or wanted.before)
    statuses = _TODO if wanted.status == "todo" else [Status(wanted.status)] if wanted.status else []
    return {
        "organization": organization_id,
        "today": today,
        "q": wanted.q,
        "job_role": wanted.job_role_id,
        "without_role": wanted.without_role,
        "site": wanted.site_id,
        "contractor_type": wanted.contractor_type,
        "cost_center": wanted.cost_center,
        "standing": standings.pattern(*statuses),
        "by_cell": by_cell,
        "statuses": [status.value for status in statuses],
        "before": wanted.before,
        "key": wanted.key,
        "limit": wanted.limit,
        "offset": wanted.offset,
    }


async def _on_another_day(uow: UnitOfWork, organization_id: UUID, wanted: MatrixFilters, on: date) -> Matrix:
    await uow.require_reach(organization_id)
    facts = await gather(uow, organization_id, on=on)
    everybody = MatrixFilters.model_validate(wanted.model_dump() | {"status": "", "key": "", "before": None})
    async with uow.elevated():
        rows = await uow.sql(_PEOPLE, **_parameters(organization_id, everybody, on) | {"limit": None, "offset": 0})
    cells = {
        person.user_id: {key: Cell(judged.status, judged.until, judged.planned_on) for key, judged in judgements}
        async for person, judgements in facts.everybody()
    }
    people = [MatrixPerson(*row.values(), cells=cells.get(row["userId"], {})) for row in rows]
    if _by_status(wanted):
        people = [person for person in people if _matches(person.cells, wanted)]
    columns = _columns(_counts(people), await titles(uow, organization_id))
    page = people[wanted.offset : wanted.offset + wanted.limit]
    return Matrix(on=on, total=len(people), offset=wanted.offset, columns=columns, people=tuple(page))


def _by_status(wanted: MatrixFilters) -> bool:
    return bool(wanted.status or wanted.key or wanted.before)


def _matches(cells: dict[str, Cell], wanted: MatrixFilters) -> bool:
    """Tell whether somebody has a cell that is asked for: what `_TEAM` asks the database."""
    return any(
        (not wanted.key or key == wanted.key)
        and (wanted.status in {"", cell.status} or (wanted.status == "todo" and cell.status in {"expired", "missing"}))
        and (
            wanted.before is None
            or (cell.status in {"compliant", "expiring"} and (cell.until or date.max) <= wanted.before)
        )
        for key, cell in cells.items()
    )


def _counts(people: Iterable[MatrixPerson]) -> Mapping[str, dict[str, int]]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for person in people:
        for key, cell in person.cells.items():
            counts[key][cell.status] += 1
    return {key: dict(numbers) for key, numbers in counts.items()}
