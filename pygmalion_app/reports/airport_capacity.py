"""Seats that are still free against what tenants' people will have to renew, by month and by course type."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, LiteralString
from uuid import UUID

from pygmalion_app.compliance.tenants import SHARED
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.reports.airport_schemas import CapacityCourse, CapacityMonth

MONTHS: Final = 6
_MONTHS_A_YEAR: Final = 12
# What is booked already needs no further seat. The codes that count for a key are its newest published version's.
_NEED: LiteralString = (
    "WITH "  # noqa: S608 - constants
    + SHARED
    # Counted first: there are few requirements, and many people.
    + """, counted AS MATERIALIZED (
  SELECT c.organization_id, c.requirement_key AS key,
    date_trunc('month', greatest(coalesce(c.until, %(today)s), %(today)s)::timestamp)::date AS month,
    count(*) AS need, count(*) FILTER (WHERE c.status IN ('expired', 'missing')) AS overdue
  FROM people p JOIN compliance_statuses c USING (organization_id, user_id)
  WHERE c.planned_on IS NULL
    AND (c.status IN ('expired', 'missing') OR (c.status IN ('compliant', 'expiring') AND c.until < %(end)s))
  GROUP BY 1, 2, 3),
rules AS (
  SELECT DISTINCT ON (q.organization_id, q.key) q.organization_id, q.key, q.codes, q.title, q.title_en
  FROM shared h JOIN requirements q ON q.organization_id = h.id
  JOIN requirement_set_versions v ON v.id = q.version_id WHERE v.published_at IS NOT NULL
  ORDER BY q.organization_id, q.key, v.effective_from DESC, v.version DESC)
SELECT r.codes, min(r.title) AS title, min(coalesce(nullif(r.title_en, ''), r.title)) AS title_en, c.month,
  sum(c.need)::int AS need, sum(c.overdue)::int AS overdue
FROM counted c JOIN rules r USING (organization_id, key) GROUP BY r.codes, c.month
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


async def capacity(uow: UnitOfWork, airport_id: UUID, today: date, place: str | None, city: str) -> Capacity:
    """Return the figures of the next months, this one first; for callers that were let in, elevated."""
    first = today.replace(day=1)
    months = [_later(first, ahead) for ahead in range(MONTHS)]
    end = _later(first, MONTHS)
    needs = await uow.sql(_NEED, airport=airport_id, today=today, end=end)
    codes = sorted({code for row in needs for code in row["codes"]})
    wanted = city if place is None else place
    seats = await uow.sql(_SEATS, codes=codes, now=uow.clock.now(), end=end, place=wanted)
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
        codes = tuple(row["codes"])
        need[codes] += row["need"]
        titles[codes] = (row["title"], row["title_en"])
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
