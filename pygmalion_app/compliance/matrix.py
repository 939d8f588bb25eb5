"""The matrix of people and requirements: two statements for today, however large; computed for another day."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, LiteralString
from uuid import UUID

import msgspec

from pygmalion_app.compliance import policy
from pygmalion_app.compliance.facts import gather, local_day
from pygmalion_app.compliance.queries import TITLES, titles
from pygmalion_app.compliance.schemas import Cell, Matrix, MatrixColumn, MatrixFilters, MatrixPerson
from pygmalion_app.core.together import read_together
from pygmalion_app.core.unit_of_work import UnitOfWork

_TEAM: LiteralString = """
team AS MATERIALIZED (
  SELECT p.user_id, concat_ws(' ', u.first_name, u.last_name) AS name, p.job_role_id, r.name AS job_role, p.site_id,
    s.name AS site, p.contractor_type, p.cost_center, lower(u.last_name) AS last, lower(u.first_name) AS first
  FROM positions p JOIN users u ON u.id = p.user_id LEFT JOIN job_roles r ON r.id = p.job_role_id
  LEFT JOIN sites s ON s.id = p.site_id
  WHERE p.organization_id = %(organization)s AND p.active_from <= %(today)s
    AND (p.active_until IS NULL OR p.active_until >= %(today)s)
    AND (%(q)s = '' OR strpos(search_text(concat_ws(' ', u.first_name, u.last_name, u.first_name)),
      search_text(%(q)s)) > 0)
    AND (%(job_role)s::uuid IS NULL OR p.job_role_id = %(job_role)s::uuid)
    AND (NOT %(without_role)s OR p.job_role_id IS NULL)
    AND (%(site)s::uuid IS NULL OR p.site_id = %(site)s::uuid)
    AND (%(contractor_type)s::text IS NULL OR p.contractor_type = %(contractor_type)s::text)
    AND (%(cost_center)s::text IS NULL OR p.cost_center = %(cost_center)s::text)
    AND (NOT %(by_status)s OR EXISTS (SELECT FROM compliance_statuses c WHERE c.organization_id = p.organization_id
      AND c.user_id = p.user_id AND (%(key)s = '' OR c.requirement_key = %(key)s)
      AND (%(status)s = '' OR c.status = %(status)s OR (%(status)s = 'todo' AND c.status IN ('expired', 'missing')))
      AND (%(before)s::date IS NULL OR (c.until <= %(before)s::date AND c.status IN ('compliant', 'expiring'))))))
"""
_PEOPLE: LiteralString = (
    "WITH "
    + _TEAM
    + """
SELECT t.*, count(*) OVER () AS total FROM team t ORDER BY t.last, t.first, t.user_id LIMIT %(limit)s OFFSET %(offset)s
"""
)
_PEOPLE_AND_CELLS: LiteralString = (
    "WITH "  # noqa: S608 - constants
    + _TEAM
    + """,
page AS (SELECT t.*, count(*) OVER () AS total FROM team t ORDER BY t.last, t.first, t.user_id
  LIMIT %(limit)s OFFSET %(offset)s)
SELECT p.*, c.cells FROM page p LEFT JOIN LATERAL (
  SELECT json_object_agg(c.requirement_key,
    json_build_object('status', c.status, 'until', c.until, 'plannedOn', c.planned_on))::text AS cells
  FROM compliance_statuses c WHERE c.organization_id = %(organization)s AND c.user_id = p.user_id) c ON true
ORDER BY p.last, p.first, p.user_id
"""
)
_COLUMNS: LiteralString = (
    "WITH "  # noqa: S608 - constants
    + _TEAM
    + """,
counted AS (
  SELECT c.requirement_key AS key, c.status, count(*) AS number FROM compliance_statuses c
  WHERE c.organization_id = %(organization)s AND c.user_id IN (SELECT user_id FROM team) GROUP BY 1, 2),
titles AS ("""
    + TITLES
    + """)
SELECT c.key, coalesce(min(t.title), c.key) AS title, coalesce(min(t.title_en), '') AS title_en,
  coalesce(min(t.codes), '{}') AS codes, json_object_agg(c.status, c.number) AS counts
FROM counted c LEFT JOIN titles t ON t.key = c.key GROUP BY c.key
ORDER BY coalesce(min(t.position), 1000), c.key COLLATE "C"
"""
)
_cells = msgspec.json.Decoder(dict[str, Cell])


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
    asked = _parameters(organization_id, wanted, today)
    async with uow.elevated():
        people = await uow.sql(_PEOPLE_AND_CELLS, **asked)
        columns = await uow.sql(_COLUMNS, **asked) if wanted.columns else []
    return Matrix(
        on=today,
        total=people[0]["total"] if people else 0,
        offset=wanted.offset,
        columns=tuple(
            MatrixColumn(row["key"], row["title"], row["title_en"], tuple(row["codes"]), row["counts"])
            for row in columns
        ),
        people=tuple(_person(row, _cells.decode(row["cells"]) if row["cells"] else {}) for row in people),
    )


def _parameters(organization_id: UUID, wanted: MatrixFilters, today: date) -> dict[str, Any]:
    return {
        "organization": organization_id,
        "today": today,
        "q": wanted.q,
        "job_role": wanted.job_role_id,
        "without_role": wanted.without_role,
        "site": wanted.site_id,
        "contractor_type": wanted.contractor_type,
        "cost_center": wanted.cost_center,
        "by_status": _by_status(wanted),
        "status": wanted.status,
        "before": wanted.before,
        "key": wanted.key,
        "limit": wanted.limit,
        "offset": wanted.offset,
    }


def _person(row: dict[str, Any], cells: dict[str, Cell]) -> MatrixPerson:
    return MatrixPerson(
        row["user_id"],
        row["name"],
        row["job_role_id"],
        row["job_role"],
        row["site_id"],
        row["site"],
        row["contractor_type"],
        row["cost_center"],
        cells,
    )


async def _on_another_day(uow: UnitOfWork, organization_id: UUID, wanted: MatrixFilters, on: date) -> Matrix:
    await uow.require_reach(organization_id)
    facts = await gather(uow, organization_id, on=on)
    every = {"by_status": False, "limit": None, "offset": 0}
    async with uow.elevated():
        rows = await uow.sql(_PEOPLE, **_parameters(organization_id, wanted, on) | every)
    cells = {
        person.user_id: {key: Cell(judged.status, judged.until, judged.planned_on) for key, judged in judgements}
        async for person, judgements in facts.everybody()
    }
    people = [_person(row, cells.get(row["user_id"], {})) for row in rows]
    if _by_status(wanted):
        people = [person for person in people if _matches(person.cells, wanted)]
    named, counts = await titles(uow, organization_id), _counts(people)
    columns = tuple(
        MatrixColumn(key, named[key]["title"], named[key]["title_en"], tuple(named[key]["codes"]), dict(counts[key]))
        for key in sorted(counts, key=lambda it: (named[it]["position"], it))
    )
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


def _counts(people: Iterable[MatrixPerson]) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for person in people:
        for key, cell in person.cells.items():
            counts[key][cell.status] += 1
    return counts
