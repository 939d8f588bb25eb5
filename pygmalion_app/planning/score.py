"""What a set of bookings costs and which rules it breaks: slow, obvious, and shared by nobody who plans."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from pygmalion_app.planning.problem import (
    Booking,
    Problem,
    Shift,
    collide,
    cost_of,
    delay_of,
    is_away,
    is_trip,
    refusals,
    spare_of,
)


@dataclass(frozen=True, slots=True)
class Score:
    """A plan in figures. `total` is what is minimised, `worth` the same without what is left out; cents."""

    total: int
    worth: int
    price: int
    trips: int
    half_days: int
    unmet: tuple[int, ...]
    gap_days: int
    """Days without compliance that come new, over all needs that are met late."""


def score(problem: Problem, bookings: Iterable[Booking]) -> Score:
    """Return a plan's figures."""
    chosen = sorted(set(bookings))
    worth = sum(cost_of(problem, *booking) for booking in chosen)
    unmet: list[int] = []
    gap_days = 0
    booked: defaultdict[int, list[int]] = defaultdict(list)
    for person, session in chosen:
        booked[person].append(session)
    for number, need in enumerate(problem.needs):
        meeting = [session for session in booked[need.person] if meets(problem, number, session)]
        if not meeting:
            unmet.append(number)
            continue
        worth += min(delay_of(problem, need, session) for session in meeting)
        if not need.open:
            gap_days += max(0, min(problem.sessions[session].last for session in meeting) - need.due)
    left_out = problem.weights.unmet * len(unmet) + problem.weights.unkept * len(problem.pinned - set(chosen))
    return Score(
        total=worth + left_out,
        worth=worth,
        price=sum(problem.sessions[session].price for _, session in chosen),
        trips=sum(is_trip(problem, *booking) for booking in chosen),
        half_days=sum(problem.sessions[session].absence for _, session in chosen),
        unmet=tuple(unmet),
        gap_days=gap_days,
    )


def meets(problem: Problem, need: int, session: int) -> bool:
    """Tell whether a session, booked for the need's person, meets it until the plan's last day."""
    wanted, held = problem.needs[need], problem.sessions[session]
    return not set(wanted.codes).isdisjoint(held.codes) and wanted.earliest <= held.last <= problem.until


def broken(problem: Problem, bookings: Iterable[Booking]) -> set[str]:
    """Return the names of the rules that a plan breaks: refusals, overlap, full, budget, shift."""
    chosen = sorted(set(bookings))
    found: set[str] = set()
    for booking in chosen:
        found |= refusals(problem, *booking)
    for (first, one), (second, other) in combinations(chosen, 2):
        if first == second and collide(problem.sessions[one], problem.sessions[other]):
            found.add("overlap")
    taken = Counter(session for _, session in chosen)
    if any(count > problem.sessions[session].seats for session, count in taken.items()):
        found.add("full")
    for budget in problem.budgets:
        if sum(problem.sessions[session].price for person, session in chosen if person in budget.people) > budget.cents:
            found.add("budget")
    if any(_is_short(problem, chosen, shift) for shift in problem.shifts):
        found.add("shift")
    return found


def _is_short(problem: Problem, chosen: list[Booking], shift: Shift) -> bool:
    for day in range(shift.first, shift.last + 1):
        leaving = {person for person, session in chosen if day in problem.sessions[session].days} & shift.crew
        if sum(not is_away(problem, person, day) for person in leaving) > spare_of(problem, shift, day):
            return True
    return False
