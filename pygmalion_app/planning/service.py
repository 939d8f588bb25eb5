"""Plans from the button to the booking: start, change, stop, book all or nothing."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import date, timedelta
from typing import Any, Final, LiteralString
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.budgets.assignment import assign
from pygmalion_app.budgets.schemas import Assign, Seats
from pygmalion_app.compliance.facts import local_day
from pygmalion_app.core import audit
from pygmalion_app.core.errors import NotFoundError, PygmalionError
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments.errors import (
    AlreadyEnrolledError,
    SalesStoppedError,
    SessionFullError,
    SessionPastError,
)
from pygmalion_app.planning.errors import (
    PlanEmptyError,
    PlanNotReadyError,
    PlanOutdatedError,
    PlanTooLongError,
    PlanUnderWayError,
)
from pygmalion_app.planning.models import UNDER_WAY, Mark, Plan, PlanState
from pygmalion_app.planning.queries import detail
from pygmalion_app.planning.schemas import BookPlan, Choice, EditPlan, PlanDetail, StartPlan

SOLVE_TASK: Final = "planning.solve"
_LANES = 2
"""Searches that run at once, over all organisations: each takes a processor for a minute."""
_LONGEST = timedelta(days=366)

_OWN: LiteralString = """
SELECT (%(site)s::uuid IS NULL OR EXISTS (
    SELECT FROM sites WHERE id = %(site)s AND organization_id = %(organization)s AND archived_at IS NULL)) AS site,
  (%(center)s::uuid IS NULL OR EXISTS (
    SELECT FROM cost_centers WHERE id = %(center)s AND organization_id = %(organization)s)) AS center
"""
_MARK: LiteralString = """
INSERT INTO plan_bookings (id, organization_id, plan_id, user_id, session_id, keys, proposed, mark, price_cents,
  is_trip, half_days, gap_days)
SELECT gen_random_uuid(), %(organization)s, %(plan)s, m.user_id, s.id, '{}', false, %(mark)s, 0, false, 0, 0
FROM unnest(%(people)s::uuid[], %(sessions)s::uuid[]) AS c (user_id, session_id)
JOIN positions m ON m.organization_id = %(organization)s AND m.user_id = c.user_id
JOIN sessions s ON s.id = c.session_id AND s.hidden_by IS NULL
ON CONFLICT (plan_id, user_id, session_id) DO UPDATE SET mark = excluded.mark
"""
_FREE: LiteralString = """
WITH freed AS (SELECT * FROM unnest(%(people)s::uuid[], %(sessions)s::uuid[]) AS c (user_id, session_id)),
gone AS (
  DELETE FROM plan_bookings b USING freed f WHERE b.plan_id = %(plan)s AND b.user_id = f.user_id
    AND b.session_id = f.session_id AND NOT b.proposed
)
UPDATE plan_bookings b SET mark = '' FROM freed f
WHERE b.plan_id = %(plan)s AND b.user_id = f.user_id AND b.session_id = f.session_id AND b.proposed
"""
_ORDERED: LiteralString = """
UPDATE plan_bookings b SET order_id = o.order_id
FROM unnest(%(sessions)s::uuid[], %(orders)s::uuid[]) AS o (session_id, order_id)
WHERE b.plan_id = %(plan)s AND b.session_id = o.session_id AND b.proposed
"""
_PROPOSED: LiteralString = """
SELECT b.session_id, c.title, coalesce(nullif(c.title_en, ''), c.title) AS title_en,
  array_agg(b.user_id ORDER BY b.user_id) AS people
FROM plan_bookings b JOIN sessions s ON s.id = b.session_id JOIN courses c ON c.id = s.course_id
WHERE b.plan_id = %(plan)s AND b.proposed GROUP BY b.session_id, c.title, c.title_en ORDER BY b.session_id
"""


def company_of(uow: UnitOfWork, organization_id: UUID | None) -> UUID:
    """Return the organisation whose team is meant; PermissionDeniedError when the actor may plan for none."""
    uow.actor.require_user()
    chosen = organization_id or next(iter(uow.actor.organizations_with(Permission.PLAN_MANAGE)), None)
    if chosen is None:
        raise uow.actor.denied(Permission.PLAN_MANAGE, None)
    uow.actor.require(Permission.PLAN_MANAGE, chosen)
    return chosen


async def start(uow: UnitOfWork, command: StartPlan) -> PlanDetail:
    """Begin a plan; a job solves it. Raises PlanUnderWayError, PlanTooLongError, NotFoundError."""
    organization_id = company_of(uow, command.organization_id)
    _check_until(uow, command.until)
    async with uow.elevated():
        await _require_own(uow, organization_id, command.site_id, command.cost_center_id)
        # One at a time: two clicks, or two managers, shall not search for the same.
        await uow.sql("SELECT FROM organizations WHERE id = %(id)s FOR NO KEY UPDATE", id=organization_id)
        query = select(col(Plan.id)).where(col(Plan.organization_id) == organization_id, col(Plan.state).in_(UNDER_WAY))
        other = (await uow.session.execute(query)).scalars().first()
        if other is not None:
            raise PlanUnderWayError(plan=str(other))
        values = command.model_dump(exclude={"organization_id"})
        plan = Plan(organization_id=organization_id, created_by=uow.actor.require_user(), **values)
        uow.session.add(plan)
        await uow.session.flush()
        await _defer(uow, plan)
    await audit.record(uow, "plan.started", subject_id=plan.id, organization_id=organization_id)
    return await detail(uow, plan.id)


async def edit(uow: UnitOfWork, plan_id: UUID, command: EditPlan) -> PlanDetail:
    """Change a plan and have it solved again, beginning with what it proposes; a search under way is given up.

    Raises PlanNotReadyError for one that is booked, PlanTooLongError, NotFoundError.
    """
    async with _locked(uow, plan_id) as plan:
        if plan.state == PlanState.BOOKED:
            raise PlanNotReadyError(state=plan.state)
        given = command.model_fields_set
        if command.until is not None:
            _check_until(uow, command.until)
            plan.until = command.until
        for name in ("budget_cents", "cost_center_id", "site_id"):
            if name in given:
                setattr(plan, name, getattr(command, name))
        for name in ("trip_cents", "half_day_cents", "seconds_limit"):
            if getattr(command, name) is not None:
                setattr(plan, name, getattr(command, name))
        await _require_own(uow, plan.organization_id, plan.site_id, plan.cost_center_id)
        await _mark(uow, plan, command.pin, Mark.PINNED)
        await _mark(uow, plan, command.forbid, Mark.FORBIDDEN)
        await uow.sql(_FREE, plan=plan.id, **_pairs(command.free))
        await again(uow, plan)
    return await detail(uow, plan_id)


async def stop(uow: UnitOfWork, plan_id: UUID) -> PlanDetail:
    """End a search: the best plan so far is kept, and where there is none yet, the plan is cancelled.

    Stopping what is over already changes nothing.
    """
    async with _locked(uow, plan_id) as plan:
        if plan.state in UNDER_WAY:
            plan.stop_asked = True
            if plan.state == PlanState.QUEUED:
                plan.state = PlanState.CANCELLED
                plan.finished_at = uow.clock.now()
    return await detail(uow, plan_id)


async def book(uow: UnitOfWork, plan_id: UUID, command: BookPlan) -> PlanDetail:
    """Order every proposed seat, one order a session, or nothing at all; a second time, the same orders are there.

    Orders by card still have their checkout to be opened. Raises PlanOutdatedError where a session is not what it was,
    PlanNotReadyError, PlanEmptyError, and what `budgets.assignment.assign` does.
    """
    async with _locked(uow, plan_id) as plan:
        if plan.state == PlanState.BOOKED:
            return await detail(uow, plan_id)
        if plan.state != PlanState.READY:
            raise PlanNotReadyError(state=plan.state)
        rows = await uow.sql(_PROPOSED, plan=plan.id)
    people: dict[UUID, list[UUID]] = {row["session_id"]: row["people"] for row in rows}
    if not people:
        raise PlanEmptyError
    wanted = Assign(
        organization_id=plan.organization_id,
        bookings=tuple(Seats(session_id=one, user_ids=tuple(people[one])) for one in sorted(people)),
        cost_center_id=command.cost_center_id or plan.cost_center_id,
        payment_method=command.payment_method,
        purchase_order=command.purchase_order,
    )
    try:
        orders = await assign(uow, wanted, f"plan:{plan.id}:{plan.round}")
    except (SessionFullError, SessionPastError, AlreadyEnrolledError, SalesStoppedError, NotFoundError) as error:
        raise _outdated(uow, error, {str(row["session_id"]): row for row in rows}) from error
    async with uow.elevated():
        await uow.sql(
            _ORDERED,
            plan=plan.id,
            sessions=[order.session_id for order in orders],
            orders=[order.order_id for order in orders],
        )
        plan.state, plan.booked_at, plan.booked_by = PlanState.BOOKED, uow.clock.now(), uow.actor.user_id
        await uow.session.flush()
    await audit.record(
        uow,
        "plan.booked",
        subject_id=plan.id,
        organization_id=plan.organization_id,
        facts={"sessions": len(orders), "seats": sum(map(len, people.values()))},
    )
    return await detail(uow, plan_id)


async def again(uow: UnitOfWork, plan: Plan) -> None:
    """Have a locked plan solved anew; what an earlier search still says is not heard any more."""
    plan.round += 1
    plan.state, plan.stop_asked = PlanState.QUEUED, False
    plan.started_at = plan.finished_at = plan.beat_at = None
    plan.best_cents = plan.bound_cents = plan.gap_basis_points = plan.first_answer_ms = None
    await uow.session.flush()
    await _defer(uow, plan)


async def _defer(uow: UnitOfWork, plan: Plan) -> None:
    await uow.defer(
        SOLVE_TASK,
        queueing_lock=f"{SOLVE_TASK}:{plan.id}:{plan.round}",
        lock=f"{SOLVE_TASK}:{plan.organization_id.int % _LANES}",
        plan_id=str(plan.id),
        round=plan.round,
    )


@asynccontextmanager
async def _locked(uow: UnitOfWork, plan_id: UUID) -> AsyncIterator[Plan]:
    """Lock a plan that the actor may manage, elevated for the block; NotFoundError where there is none."""
    uow.actor.require_user()
    async with uow.elevated():
        query = select(Plan).where(col(Plan.id) == plan_id).with_for_update()
        plan = (await uow.session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()
        if plan is None or not uow.actor.can(Permission.PLAN_MANAGE, plan.organization_id):
            raise NotFoundError(plan=str(plan_id))
        yield plan
        await uow.session.flush()


def _check_until(uow: UnitOfWork, until: date) -> None:
    today = local_day(uow.clock.now())
    if not today < until <= today + _LONGEST:
        raise PlanTooLongError(field="until")


async def _require_own(
    uow: UnitOfWork, organization_id: UUID, site_id: UUID | None, cost_center_id: UUID | None
) -> None:
    (own,) = await uow.sql(_OWN, organization=organization_id, site=site_id, center=cost_center_id)
    if not own["site"]:
        raise NotFoundError(field="site_id", site=str(site_id))
    if not own["center"]:
        raise NotFoundError(field="cost_center_id", cost_center=str(cost_center_id))


async def _mark(uow: UnitOfWork, plan: Plan, choices: tuple[Choice, ...], mark: Mark) -> None:
    if choices:
        await uow.sql(_MARK, plan=plan.id, organization=plan.organization_id, mark=mark, **_pairs(choices))


def _pairs(choices: tuple[Choice, ...]) -> dict[str, list[UUID]]:
    return {"people": [one.user_id for one in choices], "sessions": [one.session_id for one in choices]}


def _outdated(uow: UnitOfWork, error: PygmalionError, planned: Mapping[str, Mapping[str, Any]]) -> PygmalionError:
    """Return what a refused session means for the plan; an error about anything else stays itself."""
    session = str(error.facts.get("session", ""))
    if session not in planned:
        return error
    title = planned[session]["title_en" if uow.actor.locale == "en" else "title"]
    return PlanOutdatedError(session=session, course=title, reason=error.code)
