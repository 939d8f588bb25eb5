"""A plan's problem, read from the database in a few statements however many people there are.

Elevated: that somebody is busy elsewhere is told as a half-day only, to nobody but the solver.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, LiteralString
from uuid import UUID

from pygmalion_app.budgets import figures
from pygmalion_app.catalog.models import Modality
from pygmalion_app.certificates.validity import last_valid_day
from pygmalion_app.compliance.facts import DEFAULT_ZONE, Demand, Facts, gather, local_day
from pygmalion_app.compliance.facts import Person as Holder
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments.pricing import VAT_BASIS_POINTS
from pygmalion_app.enrollments.schemas import MAX_PARTICIPANTS
from pygmalion_app.planning.models import Mark, Plan
from pygmalion_app.planning.problem import Booking, Budget, Need, Person, Problem, Session, Shift, Weights

LOOK_BEYOND = timedelta(days=180)
"""Sessions so long after the plan's last day are known too: an explanation can say when the next one is."""
_PER_CODE = 150
_NOON = 13
_HALF_DAY_MINUTES = 210
_SATURDAY = 5

_PEOPLE: LiteralString = """
SELECT p.user_id, p.job_role_id, p.site_id, p.contractor_type, p.active_from, p.active_until,
  coalesce(s.time_zone, 'Europe/Paris') AS time_zone, coalesce(search_text(s.name), '') AS place,
  coalesce(s.name, '') AS site,
  (SELECT json_agg(json_build_array(u.first_day, u.last_day)) FROM plan_unavailabilities u
    WHERE u.organization_id = p.organization_id AND u.user_id = p.user_id AND u.last_day >= %(today)s) AS unavailable,
  (SELECT json_agg(json_build_object('session', b.id, 'starts', b.starts_at AT TIME ZONE b.time_zone,
      'ends', b.ends_at AT TIME ZONE b.time_zone, 'modality', b.modality, 'held', e.status = 'PENDING',
      'code', k.type_code))
    FROM enrollments e JOIN orders o ON o.id = e.order_id JOIN sessions b ON b.id = e.session_id
    JOIN courses k ON k.id = b.course_id
    WHERE e.user_id = p.user_id AND e.status IN ('PENDING', 'CONFIRMED', 'IN_PROGRESS') AND b.status = 'scheduled'
      AND (e.status <> 'PENDING' OR o.hold_expires_at > %(now)s) AND b.ends_at > %(now)s) AS booked
FROM positions p LEFT JOIN sites s ON s.id = p.site_id
WHERE p.organization_id = %(organization)s AND p.active_from <= %(today)s
  AND (p.active_until IS NULL OR p.active_until >= %(today)s)
ORDER BY p.user_id
"""
_NEEDS: LiteralString = """
SELECT c.user_id, c.requirement_key AS key, c.status, c.until FROM compliance_statuses c
WHERE c.organization_id = %(organization)s AND (c.status IN ('missing', 'expired')
  OR (c.status IN ('expiring', 'compliant', 'exempt') AND c.until < %(until)s
    AND (c.planned_on IS NULL OR c.planned_on > %(until)s)))
ORDER BY c.user_id, c.requirement_key
"""
# Where somebody waits who would take what is free, passers-by are sold nothing.
_SESSIONS: LiteralString = """
SELECT * FROM (
  SELECT s.id, k.type_code AS code, s.starts_at AT TIME ZONE s.time_zone AS starts_at,
    s.ends_at AT TIME ZONE s.time_zone AS ends_at, s.time_zone, s.modality, coalesce(s.place_key, '') AS place,
    s.price_cents, o.vat_regime, k.duration_minutes, s.capacity - s.seats_taken AS free,
    (SELECT min(w.quantity) FROM waiting_tickets(ARRAY[s.id]) w) AS waiting,
    row_number() OVER (PARTITION BY k.type_code ORDER BY s.starts_at, s.id) AS place_in_line
  FROM sessions s JOIN courses k ON k.id = s.course_id JOIN organizations o ON o.id = s.organization_id
  WHERE k.type_code = ANY (%(codes)s::text[]) AND k.status = 'published' AND s.status = 'scheduled'
    AND s.currency = 'EUR' AND o.sales_stopped_at IS NULL AND s.starts_at > %(now)s
    AND (s.starts_at AT TIME ZONE s.time_zone)::date > %(today)s AND s.starts_at < %(beyond)s
) AS offered WHERE place_in_line <= %(most)s ORDER BY starts_at, id
"""
_SHIFTS: LiteralString = """
SELECT m.site_id, m.job_role_id, m.minimum, coalesce(s.name, '') AS site, coalesce(r.name, '') AS job_role
FROM plan_shift_minimums m LEFT JOIN sites s ON s.id = m.site_id LEFT JOIN job_roles r ON r.id = m.job_role_id
WHERE m.organization_id = %(organization)s AND s.archived_at IS NULL ORDER BY m.id
"""
_MARKS: LiteralString = """
SELECT user_id, session_id, mark, proposed FROM plan_bookings WHERE plan_id = %(plan)s
"""
_LEFT: LiteralString = "SELECT allocated_cents FROM cost_centers WHERE id = %(center)s"


@dataclass(frozen=True, slots=True)
class Built:
    """A problem, and the plan's earlier bookings to begin with."""

    problem: Problem
    hint: frozenset[Booking]


async def build(uow: UnitOfWork, plan: Plan) -> Built:
    """Read what a plan is about, as it is now."""
    now = uow.clock.now()
    today = local_day(now, DEFAULT_ZONE)
    asked = {"organization": plan.organization_id, "now": now, "today": today, "until": plan.until}
    async with uow.elevated():
        staff = await uow.sql(_PEOPLE, **asked)
        rules = await gather(uow, plan.organization_id, [])
        numbers = {row["user_id"]: number for number, row in enumerate(staff)}
        chosen = {row["user_id"] for row in staff if plan.site_id is None or row["site_id"] == plan.site_id}
        rows = [row for row in await uow.sql(_NEEDS, **asked) if row["user_id"] in chosen]
        needs = _needs(rows, staff, numbers, rules, today, plan.until)
        codes = sorted({code for need in needs for code in need.codes})
        beyond = datetime.combine(plan.until, datetime.min.time(), now.tzinfo) + LOOK_BEYOND
        offered = await uow.sql(_SESSIONS, **asked, codes=codes, beyond=beyond, most=_PER_CODE)
        shifts = await uow.sql(_SHIFTS, **asked)
        marks = await uow.sql(_MARKS, plan=plan.id)
        budgets = await _budgets(uow, plan, len(staff))
    sessions = _sessions(offered, {row["place"] for row in staff if row["place"]})
    places = {session.id: number for number, session in enumerate(sessions)}
    marked = [
        ((numbers[row["user_id"]], places[row["session_id"]]), row)
        for row in marks
        if row["user_id"] in numbers and row["session_id"] in places
    ]
    problem = Problem(
        today.toordinal(),
        plan.until.toordinal(),
        tuple(_person(row) for row in staff),
        needs,
        sessions,
        tuple(_shifts(shifts, staff, today, plan.until)),
        budgets,
        Weights(trip=plan.trip_cents, half_day=plan.half_day_cents),
        frozenset(booking for booking, row in marked if row["mark"] == Mark.PINNED),
        frozenset(booking for booking, row in marked if row["mark"] == Mark.FORBIDDEN),
    )
    return Built(problem, frozenset(booking for booking, row in marked if row["proposed"]))


def _needs(
    rows: Iterable[dict[str, Any]],
    staff: Sequence[dict[str, Any]],
    numbers: dict[UUID, int],
    rules: Facts,
    today: date,
    until: date,
) -> tuple[Need, ...]:
    demanded = {
        row["user_id"]: dict(rules.demands(_holder(row, today)))
        for row in (staff[numbers[user]] for user in {row["user_id"] for row in rows})
    }
    needs: list[Need] = []
    for row in rows:
        demands = demanded[row["user_id"]].get(row["key"])
        if demands is None:
            # Asked for no more, and not computed again yet.
            continue
        is_open = row["status"] in ("missing", "expired")
        held = {one["code"] for one in staff[numbers[row["user_id"]]]["booked"] or () if one["held"]}
        if held.intersection(_codes(demands)):
            # Ordered, and paid any moment now.
            continue
        due = today if is_open else row["until"]
        earliest = _earliest(demands, until)
        needs.append(
            Need(
                numbers[row["user_id"]],
                row["key"],
                _codes(demands),
                due.toordinal(),
                is_open,
                # Two bookings would be needed otherwise; the next plan proposes the second.
                earliest if is_open or earliest <= due.toordinal() else 0,
            )
        )
    return tuple(needs)


def _holder(row: dict[str, Any], today: date) -> Holder:
    return Holder(
        row["user_id"],
        row["job_role_id"],
        row["site_id"],
        row["contractor_type"],
        row["active_from"],
        row["active_until"],
        today,
    )


def _codes(demands: Sequence[Demand]) -> tuple[str, ...]:
    """Return the course types that every set that asks for it accepts; where none does, those of the first."""
    common = set[str](demands[0].codes).intersection(*(demand.codes for demand in demands))
    return tuple(code for code in demands[0].codes if code in common) or demands[0].codes


def _earliest(demands: Sequence[Demand], until: date) -> int:
    months = [demand.rule.months for demand in demands if demand.rule.months]
    found = last_valid_day(until, -min(months), "date") if months else None
    return found.toordinal() if found else 0


def _person(row: dict[str, Any]) -> Person:
    away = frozenset(
        day
        for first, last in row["unavailable"] or ()
        for day in range(date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal() + 1)
    )
    booked = frozenset(
        half
        for one in row["booked"] or ()
        if one["modality"] != Modality.ELEARNING
        for half in half_days(datetime.fromisoformat(one["starts"]), datetime.fromisoformat(one["ends"]))
    )
    sessions = frozenset(UUID(one["session"]) for one in row["booked"] or ())
    return Person(row["user_id"], row["place"], row["time_zone"], away, booked, sessions)


def half_days(starts_at: datetime, ends_at: datetime) -> frozenset[int]:
    """Return the half-days from one local time to another; what ends at one o'clock takes the morning only."""
    first, last = starts_at.date().toordinal(), ends_at.date().toordinal()
    begin = 2 * first + (starts_at.hour >= _NOON)
    end = 2 * last + ((ends_at.hour, ends_at.minute) > (_NOON, 0))
    return frozenset(range(begin, max(begin, end) + 1))


def _sessions(rows: Iterable[dict[str, Any]], sites: set[str]) -> tuple[Session, ...]:
    known: dict[str, str] = {}
    found: list[Session] = []
    for row in rows:
        own_time = row["modality"] == Modality.ELEARNING
        halves = frozenset[int]() if own_time else half_days(row["starts_at"], row["ends_at"])
        place = "" if row["modality"] in (Modality.ELEARNING, Modality.VIRTUEL) else row["place"]
        if place not in known:
            known[place] = _same_place(place, sites)
        on_weekdays = sum(date.fromordinal(half // 2).weekday() < _SATURDAY for half in halves)
        taken_by_waiting = row["waiting"] is not None and row["waiting"] <= row["free"]
        found.append(
            Session(
                row["id"],
                (row["code"],),
                row["starts_at"].date().toordinal(),
                row["ends_at"].date().toordinal(),
                halves,
                0 if taken_by_waiting else min(MAX_PARTICIPANTS, max(0, row["free"])),
                # Up, so that an order of several seats never costs more than was planned.
                math.ceil(row["price_cents"] * (10_000 + VAT_BASIS_POINTS[row["vat_regime"]]) / 10_000),
                known[place],
                row["time_zone"],
                on_weekdays or (math.ceil(row["duration_minutes"] / _HALF_DAY_MINUTES) if own_time else 1),
            )
        )
    return tuple(found)


def _same_place(place: str, sites: set[str]) -> str:
    """Return the site that a session's place is at ("Lyon" and "Lyon Saint-Exupéry" are one), or the place itself."""
    words = set(re.findall(r"\w+", place))
    for site in sorted(sites):
        of_site = set(re.findall(r"\w+", site))
        if words and of_site and (words <= of_site or of_site <= words):
            return site
    return place


def _shifts(
    rows: Iterable[dict[str, Any]], staff: Sequence[dict[str, Any]], today: date, until: date
) -> Iterable[Shift]:
    for row in rows:
        crew = frozenset(
            number
            for number, one in enumerate(staff)
            if row["site_id"] in (None, one["site_id"]) and row["job_role_id"] in (None, one["job_role_id"])
        )
        name = " · ".join(part for part in (row["site"], row["job_role"]) if part)
        yield Shift(name, crew, row["minimum"], today.toordinal(), until.toordinal())


async def _budgets(uow: UnitOfWork, plan: Plan, people: int) -> tuple[Budget, ...]:
    everybody = frozenset(range(people))
    found: list[Budget] = []
    if plan.budget_cents is not None:
        found.append(Budget("plan", everybody, plan.budget_cents))
    if plan.cost_center_id is not None:
        allocated = (await uow.sql(_LEFT, center=plan.cost_center_id))[0]["allocated_cents"]
        used = await figures.used_of_center(uow, plan.cost_center_id)
        found.append(Budget("center", everybody, max(0, allocated - used)))
    return tuple(found)
