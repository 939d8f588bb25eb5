"""Why something could not be planned: one rule at a time is lifted, and the one that stood alone in the way is told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from pygmalion_app.planning.greedy import Ledger
from pygmalion_app.planning.problem import Booking, Problem, refusals

Kind = Literal["none", "after", "budget", "shift", "unavailable", "forbidden", "overlap", "full", "several"]
_EASIEST: tuple[Kind, ...] = ("forbidden", "budget", "shift", "unavailable", "overlap", "full")
"""What its reader can change by themselves first."""


@dataclass(frozen=True, slots=True)
class Reason:
    """What stands in the way of a need or of a booking that was asked for.

    `none`: nobody offers such a course; `after`: only later than the plan's last day; `several`: no rule alone.
    """

    person: int
    kind: Kind
    need: int | None = None
    session: int | None = None
    """The session that could be booked otherwise, or the next one after the plan's last day."""
    rules: tuple[str, ...] = ()
    """All that stands in the way of that session."""
    missing_cents: int = 0
    shift: str = ""
    day: int = 0
    """The first day on which the crew would be short, or on which the person is unavailable."""
    other_ways: tuple[Kind, ...] = ()
    """Further rules each of which, lifted alone, would help."""


def explain(problem: Problem, bookings: Iterable[Booking], unmet: Iterable[int]) -> list[Reason]:
    """Return the reason of each need that a plan leaves out, and of each pin that it does not keep."""
    ledger = Ledger(problem, bookings)
    lost = sorted(problem.pinned - ledger.bookings)
    return [_of_need(problem, ledger, number) for number in unmet] + [
        _best(problem, ledger, person, [session], None) for person, session in lost
    ]


def _of_need(problem: Problem, ledger: Ledger, number: int) -> Reason:
    need = problem.needs[number]
    teaching = [one for one, session in enumerate(problem.sessions) if not set(need.codes).isdisjoint(session.codes)]
    in_time = [one for one in teaching if need.earliest <= problem.sessions[one].last <= problem.until]
    if in_time:
        return _best(problem, ledger, need.person, in_time, number)
    later = [one for one in teaching if problem.sessions[one].last > problem.until and problem.sessions[one].seats > 0]
    if not later:
        return Reason(need.person, "none", number)
    return Reason(need.person, "after", number, min(later, key=lambda one: problem.sessions[one].first))


def _best(problem: Problem, ledger: Ledger, person: int, sessions: list[int], need: int | None) -> Reason:
    """Return what is in the way of the session that least is in the way of."""
    by_rules: dict[frozenset[str], int] = {}
    for session in sorted(sessions, key=lambda one: (problem.sessions[one].first, one)):
        rules = frozenset(refusals(problem, person, session) | ledger.obstacles((person, session)))
        by_rules.setdefault(rules, session)
    alone: list[Kind] = [kind for kind in _EASIEST if frozenset({kind}) in by_rules]
    if alone:
        return _told(problem, ledger, (person, by_rules[frozenset({alone[0]})]), need, alone)
    rules, session = min(by_rules.items(), key=lambda one: (len(one[0]), problem.sessions[one[1]].first))
    told = _told(problem, ledger, (person, session), need, ("several",))
    return Reason(person, "several", need, session, tuple(sorted(rules)), told.missing_cents, told.shift, told.day)


def _told(problem: Problem, ledger: Ledger, booking: Booking, need: int | None, alone: Sequence[Kind]) -> Reason:
    person, session = booking
    short = ledger.short_days(booking)
    unavailable = sorted(problem.sessions[session].days & problem.people[person].unavailable)
    day = short[0][1] if short else unavailable[0] if unavailable else problem.sessions[session].first
    return Reason(
        person=person,
        kind=alone[0],
        need=need,
        session=session,
        rules=(alone[0],),
        missing_cents=max(0, ledger.missing_cents(booking)),
        shift=short[0][0].name if short else "",
        day=day,
        other_ways=tuple(alone[1:]),
    )
