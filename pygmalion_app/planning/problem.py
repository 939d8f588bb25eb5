"""A planning problem in plain values: no database, no text, and days as numbers (`date.toordinal`).

People, needs and sessions are known by their place in the problem's tuples. A half-day is `2 * day`, its afternoon
`2 * day + 1`. Money is cents excluding VAT.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

Booking = tuple[int, int]
"""A person and a session."""
LONG_JOURNEY = 10
"""How many journeys one into another time zone is worth: Paris and La Réunion, say."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with needs, or who only counts on shift."""

    id: UUID
    place: str = ""
    """Where they work, as a session's place is written; empty when unknown: then every place is a journey."""
    zone: str = ""
    """The time zone there."""
    unavailable: frozenset[int] = frozenset()
    """Days on which they cannot be trained."""
    booked: frozenset[int] = frozenset()
    """Half-days that they are in a session already."""
    sessions: frozenset[UUID] = frozenset()
    """The sessions that they have a seat in."""


@dataclass(frozen=True, slots=True)
class Need:
    """A requirement that a person will not meet until the plan's last day without a booking."""

    person: int
    key: str
    codes: tuple[str, ...]
    """Any one of these course types meets it."""
    due: int
    """The last day on which a course may end without a gap."""
    open: bool = False
    """Whether the gap is there already: it can only be made shorter."""
    earliest: int = 0
    """A course that ends before this day runs out again before the plan's last day."""


@dataclass(frozen=True, slots=True)
class Session:
    """A session that can be booked."""

    id: UUID
    codes: tuple[str, ...]
    """What it counts for: its own course type and those that this one stands for."""
    first: int
    last: int
    half_days: frozenset[int]
    """When its people are away; empty where everybody learns in their own time."""
    seats: int
    price: int
    place: str = ""
    """Empty for remote sessions."""
    zone: str = ""
    absence: int = 0
    """Half-days of work that it takes."""

    @property
    def days(self) -> frozenset[int]:
        """The days on which its people are away."""
        return frozenset(half // 2 for half in self.half_days)


@dataclass(frozen=True, slots=True)
class Shift:
    """So many of a crew have to be at work on each of these days."""

    name: str
    crew: frozenset[int]
    minimum: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Budget:
    """What may be spent on some of the people."""

    name: str
    people: frozenset[int]
    cents: int


@dataclass(frozen=True, slots=True)
class Weights:
    """What things are worth, in cents, so that they can be added to prices."""

    trip: int = 15_000
    half_day: int = 10_000
    open_gap_day: int = 2_000
    """A day longer for a gap that is there already."""
    gap_day: int = 5_000
    """A day of a gap that could have been avoided."""
    gap: int = 1_000_000
    """That there is such a gap at all."""
    unmet: int = 10_000_000
    """More than a plan saves anywhere by leaving one need out."""
    unkept: int = 100_000_000
    """A booking that was asked for and is not there."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is to be planned. Bookings are `(person, session)`."""

    today: int
    until: int
    people: tuple[Person, ...]
    needs: tuple[Need, ...]
    sessions: tuple[Session, ...]
    shifts: tuple[Shift, ...] = ()
    budgets: tuple[Budget, ...] = ()
    weights: Weights = Weights()
    pinned: frozenset[Booking] = frozenset()
    forbidden: frozenset[Booking] = frozenset()


@dataclass(frozen=True, slots=True)
class Option:
    """A booking that would help, with the needs that it would meet and what it is worth by itself, in cents."""

    person: int
    session: int
    needs: tuple[int, ...]
    cost: int

    @property
    def booking(self) -> Booking:
        """The booking itself."""
        return self.person, self.session


def options_of(problem: Problem) -> list[Option]:
    """Return the bookings that each break no rule by themselves and meet a need (or are pinned)."""
    return [option for option in helpful(problem) if not refusals(problem, *option.booking)]


def helpful(problem: Problem) -> Iterable[Option]:
    """Return the bookings that would meet a need until the plan's last day, whether or not they are possible."""
    by_code: dict[str, list[int]] = {}
    for number, session in enumerate(problem.sessions):
        for code in session.codes:
            by_code.setdefault(code, []).append(number)
    met: dict[Booking, list[int]] = {booking: [] for booking in sorted(problem.pinned)}
    for number, need in enumerate(problem.needs):
        for session in sorted({found for code in need.codes for found in by_code.get(code, ())}):
            if need.earliest <= problem.sessions[session].last <= problem.until:
                met.setdefault((need.person, session), []).append(number)
    return [Option(*booking, tuple(needs), cost_of(problem, *booking)) for booking, needs in met.items()]


def refusals(problem: Problem, person: int, session: int) -> set[str]:
    """Return why somebody cannot be booked whatever else is: full, unavailable, overlap, forbidden."""
    who, what = problem.people[person], problem.sessions[session]
    found = {
        "full": what.seats < 1,
        "unavailable": bool(what.days & who.unavailable),
        "overlap": bool(what.half_days & who.booked) or what.id in who.sessions,
        "forbidden": (person, session) in problem.forbidden,
    }
    return {name for name, there in found.items() if there}


def is_trip(problem: Problem, person: int, session: int) -> bool:
    """Tell whether somebody has to travel to a session."""
    place = problem.sessions[session].place
    return bool(place) and place != problem.people[person].place


def cost_of(problem: Problem, person: int, session: int) -> int:
    """Return what a booking is worth in cents: price, travel and absence; another time zone is far away."""
    what, weights = problem.sessions[session], problem.weights
    far = LONG_JOURNEY if what.zone != problem.people[person].zone else 1
    return what.price + weights.trip * far * is_trip(problem, person, session) + weights.half_day * what.absence


def delay_of(problem: Problem, need: Need, session: int) -> int:
    """Return what it is worth in cents that a need is met by this session and not in time."""
    weights, late = problem.weights, problem.sessions[session].last - need.due
    if late <= 0:
        return 0
    return weights.open_gap_day * late if need.open else weights.gap + weights.gap_day * late


def collide(first: Session, second: Session) -> bool:
    """Tell whether nobody can be in both: at the same time, or on one day in two places."""
    if first.half_days & second.half_days:
        return True
    return bool(first.place) and bool(second.place) and first.place != second.place and bool(first.days & second.days)


def is_away(problem: Problem, person: int, day: int) -> bool:
    """Tell whether somebody is not at work on a day whatever is planned."""
    who = problem.people[person]
    return day in who.unavailable or 2 * day in who.booked or 2 * day + 1 in who.booked


def spare_of(problem: Problem, shift: Shift, day: int) -> int:
    """Return how many of a crew may be away for training on a day, those who are away anyhow taken off."""
    away = sum(is_away(problem, person, day) for person in shift.crew)
    return max(0, len(shift.crew) - away - shift.minimum)


def day_of(day: int) -> date:
    """Return a day as a date."""
    return date.fromordinal(day)
