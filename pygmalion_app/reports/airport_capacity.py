"""Seats that are still free against what tenants' people will have to renew, by month and by course type."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, LiteralString
from uuid import UUID

from pygmalion_app.compliance.tenants import SHARED
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.reports.airport_schemas import CapacityCourse, CapacityMonth

MONTHS: Final = 6
_MONTHS_A_YEAR: Final = 12
# What counts for a key are its newest published version's codes.
RULES: LiteralString = """
rules AS (
  SELECT DISTINCT ON (q.organization_id, q.key) q.organization_id AS id, q.key, q.codes, q.title,
    coalesce(nullif(q.title_en, ''), q.title) AS title_en
  FROM shared h JOIN requirements q ON q.organization_id = h.id
  JOIN requirement_set_versions v ON v.id = q.version_id WHERE v.published_at IS NOT NULL
  ORDER BY q.organization_id, q.key, v.effective_from DESC, v.version DESC)
"""
# What is booked already needs no further seat. Counted first: there are few requirements, and many people.
_ENDING: LiteralString = (
    "WITH "  # noqa: S608 - constants
    + SHARED
    + ", "
    + RULES
    + """, counted AS MATERIALIZED (
  SELECT c.organization_id AS id, c.requirement_key AS key,
    date_trunc('month', greatest(c.until, %(today)s)::timestamp)::date AS month, count(*) AS need
  FROM compliance_statuses c
  WHERE (c.organization_id, c.user_id) IN (SELECT organization_id, user_id FROM people)
    AND c.organization_id = ANY (ARRAY(SELECT id FROM shared)) AND c.planned_on IS NULL
    AND c.status IN ('compliant', 'expiring') AND c.until < %(end)s
  GROUP BY 1, 2, 3)
SELECT r.codes, min(r.title) AS title, min(r.title_en) AS title_en, c.month, sum(c.need)::int AS need
FROM counted c JOIN rules r USING (id, key) GROUP BY r.codes, c.month
"""
)
_SEATS: LiteralString = """
SELECT k.type_code AS code, s.local_month AS month, s.location, sum(s.capacity - s.seats_taken)::int AS seats,
  coalesce(s.place_key ~>=~ search_text(%(place)s) AND s.place_key ~<~ (search_text(%(place)s) || '~'), false) AS there
FROM sessions s JOIN courses k ON k.id = s.course_id
WHERE s.status = 'scheduled' AND k.status = 'published' AND s.starts_at > %(now)s AND s.local_month < %(end)s
  AND k.type_code = ANY (%(codes)s::text[])
GROUP BY k.type_code, s.local_month, s.location, s.place_key
"""


@dataclass(frozen=True, slots=True)
class Capacity:
    """Months in order, courses by their gap, and where seats were counted."""

    months: tuple[CapacityMonth, ...]
    courses: tuple[CapacityCourse, ...]
    place: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Demand:
    """What is asked of an airport's tenants: their `rules` (each tenant's keys with codes and titles), and what lacks.

    `overdue`: (tenant, key) -> how many people lack it and have no session booked that gives it.
    """

    airport_id: UUID
    today: date
    rules: Sequence[Mapping[str, Any]]
    overdue: Mapping[tuple[UUID, str], int]


async def capacity(uow: UnitOfWork, demand: Demand, place: str | None, city: str) -> Capacity:
    """Return the figures of the next months, this one first; for callers that were let in, elevated."""
    first = demand.today.replace(day=1)
    months = [_later(first, ahead) for ahead in range(MONTHS)]
    end = _later(first, MONTHS)
    codes = sorted({code for rule in demand.rules for code in rule["codes"]})
    wanted = city if place is None else place
    ending, seats = await uow.pipeline(
        (_ENDING, {"airport": demand.airport_id, "today": demand.today, "end": end}),
        (_SEATS, {"codes": codes, "now": uow.clock.now(), "end": end, "place": wanted}),
    )
    needs = _needs(demand, ending, first)
    needed = {code for row in needs for code in row["codes"]}
    seats = [row for row in seats if row["code"] in needed]
    if place is None and not any(row["there"] for row in seats):
        wanted = ""
    # Whoever learns from afar can do so from here.
    near = [row for row in seats if not wanted or row["there"] or not row["location"]]
    return Capacity(
        months=tuple(_month(month, needs, near) for month in months),
        courses=_courses(needs, near),
        place=wanted,
        places=tuple(sorted({row["location"] for row in seats if row["location"]})),
    )


def _needs(demand: Demand, ending: list[dict[str, Any]], first: date) -> list[dict[str, Any]]:
    """Return what must be renewed in which month, with its rule; what lacks already is this month's."""
    lacking = [
        {**rule, "month": first, "need": number, "overdue": number}
        for rule in demand.rules
        if (number := demand.overdue.get((rule["id"], rule["key"])))
    ]
    return [{**row, "overdue": 0} for row in ending] + lacking


def _later(month: date, ahead: int) -> date:
    years, place = divmod(month.month - 1 + ahead, _MONTHS_A_YEAR)
    return month.replace(year=month.year + years, month=place + 1)


def _month(month: date, needs: list[dict[str, Any]], seats: list[dict[str, Any]]) -> CapacityMonth:
    own = [row for row in needs if row["month"] == month]
    return CapacityMonth(
        month=month,
        need=sum(row["need"] for row in own),
        overdue=sum(row["overdue"] for row in own),
        seats=sum(row["seats"] for row in seats if row["month"] == month),
    )


def _courses(needs: list[dict[str, Any]], seats: list[dict[str, Any]]) -> tuple[CapacityCourse, ...]:
    free: Counter[str] = Counter()
    for row in seats:
        free[row["code"]] += row["seats"]
    need: Counter[tuple[str, ...]] = Counter()
    titles: dict[tuple[str, ...], tuple[str, str]] = {}
    for row in needs:
        codes, names = tuple(row["codes"]), (row["title"], row["title_en"])
        need[codes] += row["need"]
        # Tenants may call it differently; whichever comes first in the alphabet, it is the same at each look.
        titles[codes] = min(titles.get(codes, names), names)
    found = [
        CapacityCourse(
            codes=codes,
            title=titles[codes][0],
            title_en=titles[codes][1],
            need=number,
            seats=sum(free[code] for code in codes),
            gap=max(0, number - sum(free[code] for code in codes)),
        )
        for codes, number in need.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.gap, -one.need, one.codes)))
