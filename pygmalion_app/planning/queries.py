"""Reading plans: four statements, however large they are."""

from collections.abc import Iterable
from typing import Any, LiteralString
from uuid import UUID

from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.planning.schemas import (
    GapView,
    PlanDetail,
    PlannedPerson,
    PlannedSession,
    PlanView,
    ProgressView,
)

MANAGE = Permission.PLAN_MANAGE

_PLANS: LiteralString = """
SELECT p.id, p.organization_id, p.until, p.site_id, coalesce(s.name, '') AS site, p.budget_cents, p.cost_center_id,
  p.trip_cents, p.half_day_cents, p.seconds_limit, p.state, p.round, p.stop_asked, p.created_at, p.started_at,
  p.finished_at, p.people_count, p.needs_count, p.unmet_count, p.best_cents, p.bound_cents,
  p.gap_basis_points / 10000.0 AS gap, p.first_answer_ms / 1000.0 AS first_answer_seconds, p.booked_at
FROM plans p LEFT JOIN sites s ON s.id = p.site_id
"""
_ONE: LiteralString = _PLANS + " WHERE p.id = %(plan)s"
_LATEST: LiteralString = (
    _PLANS + " WHERE p.organization_id = %(organization)s ORDER BY p.created_at DESC, p.id DESC LIMIT %(limit)s"
)
_BOOKINGS: LiteralString = """
SELECT b.user_id, concat_ws(' ', u.first_name, u.last_name) AS name, b.keys, b.proposed, b.mark, b.price_cents,
  b.is_trip, b.half_days, b.gap_days, b.order_id, coalesce(r.status, '') AS order_status, b.session_id,
  c.title AS course_title, coalesce(nullif(c.title_en, ''), c.title) AS course_title_en, c.slug AS course_slug,
  o.name AS organization_name, s.starts_at, s.ends_at, s.time_zone, s.location, s.modality,
  greatest(0, s.capacity - s.seats_taken) AS seats_left,
  s.status = 'scheduled' AND c.status = 'published' AND o.sales_stopped_at IS NULL AND s.starts_at > %(now)s AS open
FROM plan_bookings b JOIN users u ON u.id = b.user_id JOIN sessions s ON s.id = b.session_id
JOIN courses c ON c.id = s.course_id JOIN organizations o ON o.id = s.organization_id
LEFT JOIN orders r ON r.id = b.order_id
WHERE b.plan_id = %(plan)s ORDER BY s.starts_at, s.id, u.last_name, u.first_name, u.id
"""
_GAPS: LiteralString = """
SELECT g.user_id, concat_ws(' ', u.first_name, u.last_name) AS name, g.requirement_key,
  coalesce(r.title, '') AS title, coalesce(nullif(r.title_en, ''), r.title, '') AS title_en, g.kind, g.session_id,
  s.starts_at, coalesce(s.time_zone, '') AS time_zone, coalesce(s.location, '') AS location, g.facts
FROM plan_gaps g JOIN users u ON u.id = g.user_id LEFT JOIN sessions s ON s.id = g.session_id
LEFT JOIN LATERAL (SELECT q.title, q.title_en FROM requirements q
  WHERE q.organization_id = g.organization_id AND q.key = g.requirement_key ORDER BY q.id DESC LIMIT 1) r ON true
WHERE g.plan_id = %(plan)s ORDER BY u.last_name, u.first_name, u.id, g.requirement_key, g.id
"""
_PROGRESS: LiteralString = """
SELECT after_ms / 1000.0 AS seconds, best_cents, bound_cents, gap_basis_points / 10000.0 AS gap, unmet_count
FROM plan_progress
WHERE plan_id = %(plan)s AND round = %(round)s ORDER BY after_ms, id
"""


async def latest(uow: UnitOfWork, organization_id: UUID, limit: int = 20) -> tuple[PlanView, ...]:
    """Return an organisation's plans, the newest first."""
    uow.actor.require(MANAGE, organization_id)
    rows = await uow.sql(_LATEST, organization=organization_id, limit=limit)
    return tuple(PlanView(**row) for row in rows)


async def detail(uow: UnitOfWork, plan_id: UUID) -> PlanDetail:
    """Return a plan with what it proposes and leaves out; NotFoundError where it is not the actor's to manage."""
    uow.actor.require_user()
    rows = await uow.sql(_ONE, plan=plan_id)
    if not rows or not uow.actor.can(MANAGE, rows[0]["organization_id"]):
        raise NotFoundError(plan=str(plan_id))
    plan = rows[0]
    await uow.require_reach(plan["organization_id"])
    # Names of colleagues and sessions, wherever these are shown otherwise.
    async with uow.elevated():
        bookings = await uow.sql(_BOOKINGS, plan=plan_id, now=uow.clock.now())
        gaps = await uow.sql(_GAPS, plan=plan_id)
        progress = await uow.sql(_PROGRESS, plan=plan_id, round=plan["round"])
    proposed = [row for row in bookings if row["proposed"]]
    return PlanDetail(
        **plan,
        price_cents=sum(row["price_cents"] for row in proposed),
        seats=len(proposed),
        trips=sum(row["is_trip"] for row in proposed),
        half_days=sum(row["half_days"] for row in proposed),
        gap_days=sum(row["gap_days"] for row in proposed),
        sessions=tuple(_by_session(bookings, booked=plan["booked_at"] is not None)),
        gaps=tuple(GapView(**row) for row in gaps),
        progress=tuple(ProgressView(**row) for row in progress),
    )


def _by_session(rows: Iterable[dict[str, Any]], *, booked: bool) -> Iterable[PlannedSession]:
    of_session: dict[UUID, list[dict[str, Any]]] = {}
    for row in rows:
        of_session.setdefault(row["session_id"], []).append(row)
    for together in of_session.values():
        wanted = sum(row["proposed"] for row in together)
        first = together[0]
        people = tuple(PlannedPerson(**{name: row[name] for name in PlannedPerson.model_fields}) for row in together)
        session = {name: first[name] for name in PlannedSession.model_fields if name in first}
        bookable = booked or (first["open"] and first["seats_left"] >= wanted)
        yield PlannedSession(**session, bookable=bookable, people=people)
