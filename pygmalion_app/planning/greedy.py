"""The plan that a patient person would make by hand: the scarcest need first, each time the cheapest booking.

It is the first answer that a reader sees, the solver's starting point, and what the solver is compared with.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable

from pygmalion_app.planning.problem import (
    Booking,
    Option,
    Problem,
    Shift,
    collide,
    delay_of,
    is_away,
    options_of,
    spare_of,
)


class Ledger:
    """What is still free while bookings are added."""

    def __init__(self, problem: Problem, bookings: Iterable[Booking] = ()) -> None:
        """Begin with some bookings."""
        self.problem = problem
        self.bookings: set[Booking] = set()
        self._taken: Counter[int] = Counter()
        self._sessions: defaultdict[int, list[int]] = defaultdict(list)
        self._spent = [0] * len(problem.budgets)
        self._away: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
        self._budgets: defaultdict[int, list[int]] = defaultdict(list)
        self._shifts: defaultdict[int, list[int]] = defaultdict(list)
        self._spare: dict[tuple[int, int], int] = {}
        for number, budget in enumerate(problem.budgets):
            for person in budget.people:
                self._budgets[person].append(number)
        for number, shift in enumerate(problem.shifts):
            for person in shift.crew:
                self._shifts[person].append(number)
        for booking in bookings:
            self.add(booking)

    def add(self, booking: Booking) -> None:
        """Take a booking into account."""
        person, session = booking
        self.bookings.add(booking)
        self._taken[session] += 1
        self._sessions[person].append(session)
        for number in self._budgets[person]:
            self._spent[number] += self.problem.sessions[session].price
        for key in self.crew_days(booking):
            self._away[key].add(person)

    def obstacles(self, booking: Booking) -> set[str]:
        """Return which rules the bookings so far leave no room for: full, overlap, budget, shift."""
        session = booking[1]
        found = set[str]()
        if self._taken[session] >= self.problem.sessions[session].seats:
            found.add("full")
        if self.colliding(booking):
            found.add("overlap")
        if self.missing_cents(booking) > 0:
            found.add("budget")
        if self.short_days(booking):
            found.add("shift")
        return found

    def colliding(self, booking: Booking) -> list[int]:
        """Return the person's sessions that stand in a booking's way."""
        what = self.problem.sessions[booking[1]]
        return [one for one in self._sessions[booking[0]] if collide(self.problem.sessions[one], what)]

    def missing_cents(self, booking: Booking) -> int:
        """Return how many cents a budget lacks for a booking, at most 0 when none does."""
        price, budgets = self.problem.sessions[booking[1]].price, self.problem.budgets
        return max((self._spent[one] + price - budgets[one].cents for one in self._budgets[booking[0]]), default=0)

    def short_days(self, booking: Booking) -> list[tuple[Shift, int]]:
        """Return the crews and days that would be short of people."""
        return [
            (self.problem.shifts[number], day)
            for number, day in self.crew_days(booking)
            if booking[0] not in self._away[number, day] and len(self._away[number, day]) >= self.spare(number, day)
        ]

    def crew_days(self, booking: Booking) -> list[tuple[int, int]]:
        """Return the crews, by number, and days from which a booking takes somebody away."""
        person, session = booking
        return [
            (number, day)
            for number in self._shifts[person]
            for day in sorted(self.problem.sessions[session].days)
            if self.problem.shifts[number].first <= day <= self.problem.shifts[number].last
            and not is_away(self.problem, person, day)
        ]

    def spare(self, shift: int, day: int) -> int:
        """Return how many of a crew may be away for training on a day."""
        if (shift, day) not in self._spare:
            self._spare[shift, day] = spare_of(self.problem, self.problem.shifts[shift], day)
        return self._spare[shift, day]


def plan(problem: Problem, options: list[Option] | None = None) -> frozenset[Booking]:
    """Return a plan that keeps every rule; pinned bookings come first."""
    return complete(problem, (), options)


def complete(problem: Problem, bookings: Iterable[Booking], options: list[Option] | None = None) -> frozenset[Booking]:
    """Add to a plan what is still possible."""
    ledger = Ledger(problem, bookings)
    found = options_of(problem) if options is None else options
    for option in found:
        if option.booking in problem.pinned - ledger.bookings and not ledger.obstacles(option.booking):
            ledger.add(option.booking)
    meeting: defaultdict[int, list[Option]] = defaultdict(list)
    for option in found:
        for need in option.needs:
            meeting[need].append(option)
    still = meeting.keys() - {need for one in found if one.booking in ledger.bookings for need in one.needs}
    for need in sorted(still, key=lambda one: (len(meeting[one]), problem.needs[one].due, one)):
        if need not in still:
            continue
        for option in sorted(meeting[need], key=lambda one: (_worth(problem, one, still), one.booking)):
            if not ledger.obstacles(option.booking):
                ledger.add(option.booking)
                still -= set(option.needs)
                break
    return frozenset(ledger.bookings)


def _worth(problem: Problem, option: Option, open_needs: set[int]) -> float:
    """Return cents for each need that a booking would meet now."""
    needs = open_needs & set(option.needs)
    late = sum(delay_of(problem, problem.needs[need], option.session) for need in needs)
    return (option.cost + late) / max(1, len(needs))
