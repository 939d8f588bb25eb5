"""A plan for 200 people, 400 sessions and 90 days: by hand beside CP-SAT, in the process that the product starts."""

import asyncio
import time
from contextlib import aclosing

from pygmalion_app.planning import greedy, running
from pygmalion_app.planning.messages import Better, Done
from pygmalion_app.planning.problem import Booking, Problem
from pygmalion_app.planning.score import score
from tests.benchmarks.tables import Cell, Goal, Table
from tests.planning.instances import large

PEOPLE, SESSIONS, DAYS = 200, 400, 90
_LIMIT_SECONDS = 60.0
_CENT = 100


def plan(seconds: float) -> list[Table]:
    """Solve one made-up problem both ways."""
    del seconds
    problem = large(people=PEOPLE, sessions=SESSIONS, days=DAYS)
    table = Table(
        "plan",
        f"a plan for {PEOPLE} people with {len(problem.needs)} needs, {SESSIONS} sessions, {DAYS} days",
        ("way", "worth in EUR", "price in EUR", "unmet", "new gap days", "first answer s", "seconds", "gap %"),
        [
            "worth: prices, journeys, absence and gaps together, which is what is made as small as possible",
            f"CP-SAT in a process of its own, at most {_LIMIT_SECONDS:g} s; its seconds include starting it",
        ],
    )
    started = time.monotonic()
    by_hand = greedy.plan(problem)
    spent = time.monotonic() - started
    first, done, total = asyncio.run(_solve(problem))
    floor = done.bound
    table.add("by hand", *_figures(problem, by_hand), spent, spent, _gap(problem, by_hand, floor))
    goals = [
        Goal("first answer s", first, at_most=5),
        Goal("gap %", done.gap * _CENT, at_most=2),
        Goal("unmet", len(done.unmet), at_most=len(score(problem, by_hand).unmet)),
    ]
    bookings = frozenset((person, session) for person, session in done.bookings)
    table.add("CP-SAT", *_figures(problem, bookings), first, total, done.gap * _CENT, goals=goals)
    return [table]


async def _solve(problem: Problem) -> tuple[float, Done, float]:
    """Return when the first answer came, the end, and when that came."""
    started = time.monotonic()
    run = await running.start(problem, hint=(), seconds=_LIMIT_SECONDS, workers=running.workers_here())
    first: float | None = None
    try:
        async with aclosing(run.messages()) as messages:
            async for message in messages:
                if isinstance(message, Better) and first is None:
                    first = time.monotonic() - started
                if isinstance(message, Done):
                    return first or 0.0, message, time.monotonic() - started
    finally:
        await run.end()
    raise running.SolverDiedError


def _figures(problem: Problem, bookings: frozenset[Booking]) -> tuple[Cell, ...]:
    found = score(problem, bookings)
    return found.worth / _CENT, found.price / _CENT, len(found.unmet), found.gap_days


def _gap(problem: Problem, bookings: frozenset[Booking], bound: int) -> float:
    found = score(problem, bookings)
    return _CENT * max(0, found.total - bound) / found.worth
