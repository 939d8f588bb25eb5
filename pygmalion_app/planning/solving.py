"""Solving a plan: its problem is read, a process of its own searches, and what it finds is written as it goes.

Killed anywhere, the plan stays as it was written last; the job that is queued again begins with it.
"""

import asyncio
import logging
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import timedelta
from typing import LiteralString
from uuid import UUID

import msgspec
from psycopg.types.json import Jsonb
from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.unit_of_work import UnitOfWork, unit_of_work
from pygmalion_app.planning import running
from pygmalion_app.planning.building import Built, build
from pygmalion_app.planning.explain import Reason
from pygmalion_app.planning.messages import Better, Bound, Done
from pygmalion_app.planning.models import UNDER_WAY, Plan, PlanState
from pygmalion_app.planning.problem import Booking, Problem, day_of, is_trip
from pygmalion_app.planning.score import meets
from pygmalion_app.planning.service import SOLVE_TASK

log = logging.getLogger(__name__)

_LOOK_SECONDS = 0.5
_DEAD_AFTER = timedelta(seconds=60)

# Under the plan's lock, and only as long as this round is the plan's own.
_BEAT: LiteralString = """
UPDATE plans SET beat_at = %(now)s WHERE id = %(plan)s AND round = %(round)s AND state = 'solving'
RETURNING stop_asked
"""
_NOTE: LiteralString = """
WITH noted AS (
  UPDATE plans SET best_cents = %(best)s, bound_cents = %(bound)s, gap_basis_points = %(gap)s, unmet_count = %(unmet)s,
    first_answer_ms = coalesce(first_answer_ms, %(after)s)
  WHERE id = %(plan)s AND round = %(round)s AND state = 'solving' RETURNING id, organization_id
)
INSERT INTO plan_progress (id, plan_id, organization_id, round, after_ms, best_cents, bound_cents,
  gap_basis_points, unmet_count)
SELECT %(id)s, id, organization_id, %(round)s, %(after)s, %(best)s, %(bound)s, %(gap)s, %(unmet)s FROM noted
RETURNING id
"""
_CLEAR: LiteralString = "DELETE FROM plan_bookings WHERE plan_id = %(plan)s AND mark = ''"
_KEEP_MARKS: LiteralString = """
UPDATE plan_bookings SET proposed = false, keys = '{}', price_cents = 0, is_trip = false, half_days = 0, gap_days = 0
WHERE plan_id = %(plan)s
"""
_PROPOSE: LiteralString = """
INSERT INTO plan_bookings (id, organization_id, plan_id, user_id, session_id, keys, proposed, mark, price_cents,
  is_trip, half_days, gap_days)
SELECT gen_random_uuid(), p.organization_id, p.id, b.u, b.s, ARRAY(SELECT json_array_elements_text(b.k)), true, '',
  b.c, b.t, b.h, b.g
FROM plans p, json_to_recordset(%(rows)s::json) AS b(u uuid, s uuid, k json, c integer, t boolean, h integer, g integer)
WHERE p.id = %(plan)s
ON CONFLICT (plan_id, user_id, session_id) DO UPDATE SET proposed = true, keys = excluded.keys,
  price_cents = excluded.price_cents, is_trip = excluded.is_trip, half_days = excluded.half_days,
  gap_days = excluded.gap_days
"""
_GAPS: LiteralString = """
INSERT INTO plan_gaps (id, organization_id, plan_id, user_id, requirement_key, kind, session_id, facts)
SELECT gen_random_uuid(), p.organization_id, p.id, g.u, g.k, g.w, g.s, g.f
FROM plans p, jsonb_to_recordset(%(rows)s) AS g(u uuid, k text, w text, s uuid, f jsonb) WHERE p.id = %(plan)s
"""
_STALE: LiteralString = """
SELECT id, organization_id, round FROM plans
WHERE state = 'queued' AND created_at < %(before)s OR state = 'solving' AND beat_at < %(before)s
"""


@dataclass(slots=True)
class _Heard:
    """What the search said last."""

    better: Better | None = None
    bound: Bound | None = None
    done: Done | None = None
    news: asyncio.Event = field(default_factory=asyncio.Event)


async def solve(plan_id: UUID, number: int) -> None:
    """Solve one round of a plan; nothing where it is over, or another one is asked for. Raises SolverDiedError."""
    async with unit_of_work(SYSTEM) as uow:
        built = await _begin(uow, plan_id, number)
    if built is None:
        return
    async with unit_of_work(SYSTEM) as uow:
        seconds = (await uow.session.get_one(Plan, plan_id)).seconds_limit
    workers = running.workers_here()
    run = await running.start(built.problem, hint=built.hint, seconds=seconds, workers=workers)
    heard = _Heard()
    writer = asyncio.create_task(_write_down(run, heard, plan_id, number, built.problem))
    try:
        async with aclosing(run.messages()) as messages:
            async for message in messages:
                match message:
                    case Better():
                        heard.better, heard.bound = message, None
                    case Bound():
                        heard.bound = message
                    case Done():
                        heard.done = message
                heard.news.set()
        await writer
    finally:
        writer.cancel()
        await run.end()


async def give_up(plan_id: UUID, number: int) -> None:
    """Mark a plan whose search broke down again and again; what it proposes is kept."""
    async with unit_of_work(SYSTEM) as uow:
        plan = await _lock(uow, plan_id, number)
        if plan is not None:
            plan.state, plan.finished_at = PlanState.FAILED, uow.clock.now()


async def rescue(uow: UnitOfWork) -> int:
    """Queue again what was left in the middle; how many. Jobs that wait already are not doubled."""
    stale = await uow.sql(_STALE, before=uow.clock.now() - _DEAD_AFTER)
    for row in stale:
        await uow.defer(
            SOLVE_TASK,
            queueing_lock=f"{SOLVE_TASK}:{row['id']}:{row['round']}",
            plan_id=str(row["id"]),
            round=row["round"],
        )
    return len(stale)


async def _lock(uow: UnitOfWork, plan_id: UUID, number: int) -> Plan | None:
    query = select(Plan).where(col(Plan.id) == plan_id, col(Plan.round) == number).with_for_update()
    plan = (await uow.session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()
    return plan if plan is not None and plan.state in UNDER_WAY else None


async def _begin(uow: UnitOfWork, plan_id: UUID, number: int) -> Built | None:
    plan = await _lock(uow, plan_id, number)
    if plan is None:
        return None
    now = uow.clock.now()
    if plan.state == PlanState.SOLVING and plan.beat_at is not None and now - plan.beat_at < _DEAD_AFTER / 4:
        # Another worker is at it.
        return None
    if plan.stop_asked:
        plan.state, plan.finished_at = PlanState.CANCELLED, now
        return None
    built = await build(uow, plan)
    plan.state, plan.started_at, plan.beat_at = PlanState.SOLVING, now, now
    plan.needs_count = len(built.problem.needs)
    plan.people_count = len({need.person for need in built.problem.needs})
    return built


async def _write_down(run: running.Run, heard: _Heard, plan_id: UUID, number: int, problem: Problem) -> None:
    """Write what is heard, at most twice a second, and end the search when its plan wants no more of it."""
    written: object = None
    while True:
        try:
            await asyncio.wait_for(heard.news.wait(), _LOOK_SECONDS)
        except TimeoutError:
            pass
        else:
            heard.news.clear()
        # What comes while this is written is for the next time.
        done = heard.done
        async with unit_of_work(SYSTEM) as uow:
            now = uow.clock.now()
            mine = await uow.sql(_BEAT, plan=plan_id, round=number, now=now)
            if not mine or mine[0]["stop_asked"]:
                run.stop()
            if mine and done is not None:
                await _finish(uow, plan_id, number, problem, done)
            elif mine and (heard.bound or heard.better) is not written:
                written = heard.bound or heard.better
                await _note(uow, plan_id, number, problem, heard)
        if done is not None:
            return
        if written is not None:
            # The first answer at once, the later ones in turn.
            await asyncio.sleep(_LOOK_SECONDS)


async def _note(uow: UnitOfWork, plan_id: UUID, number: int, problem: Problem, heard: _Heard) -> None:
    better, bound = heard.better, heard.bound
    if better is None:
        return
    last = bound or better
    await _progress(uow, plan_id, number, better.objective, last, better.unmet)
    if bound is None:
        await _propose(uow, plan_id, problem, better.bookings)


async def _progress(
    uow: UnitOfWork, plan_id: UUID, number: int, best: int, last: Better | Bound | Done, unmet: int
) -> None:
    await uow.sql(
        _NOTE,
        id=new_id(),
        plan=plan_id,
        round=number,
        after=round(last.seconds * 1000),
        best=best,
        # Before the first bound is known it is any number.
        bound=max(0, last.bound),
        gap=round(last.gap * 10_000),
        unmet=unmet,
    )


async def _finish(uow: UnitOfWork, plan_id: UUID, number: int, problem: Problem, done: Done) -> None:
    await _progress(uow, plan_id, number, done.objective, done, len(done.unmet))
    await _propose(uow, plan_id, problem, done.bookings)
    await uow.sql("DELETE FROM plan_gaps WHERE plan_id = %(plan)s", plan=plan_id)
    rows = [_gap(problem, reason) for reason in done.reasons]
    await uow.sql(_GAPS, plan=plan_id, rows=Jsonb(rows))
    await uow.sql(
        "UPDATE plans SET state = 'ready', finished_at = %(now)s WHERE id = %(plan)s AND round = %(round)s",
        plan=plan_id,
        round=number,
        now=uow.clock.now(),
    )


async def _propose(uow: UnitOfWork, plan_id: UUID, problem: Problem, bookings: list[Booking]) -> None:
    await uow.sql(_CLEAR, plan=plan_id)
    await uow.sql(_KEEP_MARKS, plan=plan_id)
    rows = msgspec.json.encode(list(_rows(problem, bookings))).decode()
    await uow.sql(_PROPOSE, plan=plan_id, rows=rows)


def _rows(problem: Problem, bookings: list[Booking]) -> list[dict[str, object]]:
    of_person: dict[int, list[int]] = {}
    for number, need in enumerate(problem.needs):
        of_person.setdefault(need.person, []).append(number)
    earliest: dict[int, int] = {}
    for person, session in bookings:
        for number in of_person.get(person, ()):
            if meets(problem, number, session):
                last = problem.sessions[session].last
                earliest[number] = min(last, earliest.get(number, last))
    rows: list[dict[str, object]] = []
    for person, session in bookings:
        what = problem.sessions[session]
        met = [number for number in of_person.get(person, ()) if meets(problem, number, session)]
        first = [problem.needs[number] for number in met if earliest[number] == what.last]
        rows.append(
            {
                "u": problem.people[person].id,
                "s": what.id,
                "k": [problem.needs[number].key for number in met],
                "c": what.price,
                "t": is_trip(problem, person, session),
                "h": what.absence,
                "g": sum(max(0, what.last - need.due) for need in first if not need.open),
            }
        )
    return rows


def _gap(problem: Problem, reason: Reason) -> dict[str, object]:
    facts = {
        "missing_cents": reason.missing_cents,
        "shift": reason.shift,
        "day": day_of(reason.day).isoformat() if reason.day else "",
        "rules": list(reason.rules),
        "other_ways": list(reason.other_ways),
    }
    return {
        "u": str(problem.people[reason.person].id),
        "k": problem.needs[reason.need].key if reason.need is not None else "",
        "w": reason.kind,
        "s": str(problem.sessions[reason.session].id) if reason.session is not None else None,
        "f": facts,
    }
