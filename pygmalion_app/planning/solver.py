"""The plan by CP-SAT: a yes or no for each helpful booking, linear rules over them, and a price on what is left out.

A need that cannot be met, a pin that cannot be kept: each costs more than any plan saves, so that there always is a
plan, and it says what is missing. OR-tools is loaded by this module's functions only: the process that solves has it.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from pygmalion_app.planning import greedy
from pygmalion_app.planning.problem import Booking, Option, Problem, collide, delay_of, options_of
from pygmalion_app.planning.score import score

GOOD_ENOUGH = 0.001
"""A gap at which waiting for a better plan is over."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A plan and how good it is known to be. `objective` and `bound` in cents, `gap` from 0 to 1."""

    bookings: frozenset[Booking]
    objective: int
    bound: int
    gap: float
    seconds: float
    optimal: bool = False


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is told of answers, and may end the search."""

    answer: Callable[[Answer], None]
    bound: Callable[[int, float], None] = lambda _bound, _seconds: None
    starting: Callable[[Callable[[], None]], None] = lambda _stop: None
    """Is handed what stops the search, callable from any thread."""


def solve(
    problem: Problem, watch: Watch, *, seconds: float = 60.0, workers: int = 2, hint: Iterable[Booking] = ()
) -> Answer:
    """Return the best plan found in a time, telling `watch` of each better one; the first is the greedy plan."""
    started = time.monotonic()
    options = options_of(problem)
    first = _start(problem, options, set(hint))
    best = Answer(first, score(problem, first).total, 0, 1.0, time.monotonic() - started)
    watch.answer(best)
    if not options:
        return _ended(problem, best, best.objective, started)
    from ortools.sat.python import cp_model

    model = _Model(cp_model, problem, options)
    model.build()
    model.hint(first)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(0.1, seconds - (time.monotonic() - started))
    solver.parameters.num_workers = workers
    # What presolve could find in these rules it has no time for: three times six seconds of twenty, for nothing.
    solver.parameters.max_presolve_iterations = 1
    solver.parameters.presolve_inclusion_work_limit = 0
    solver.parameters.find_big_linear_overlap = False
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.symmetry_level = 0
    # The rules are an assignment with few extras: the linear relaxation all but solves it.
    solver.parameters.linearization_level = 2
    # The earlier plan is the first answer already; looking around it costs more than it finds.
    solver.parameters.hint_conflict_limit = 0
    watch.starting(solver.stop_search)
    found: list[Answer] = [best]

    class Told(cp_model.CpSolverSolutionCallback):
        """Hears of each better plan."""

        def on_solution_callback(self) -> None:
            bookings = frozenset(
                o.booking for o, chosen in zip(options, model.chosen, strict=True) if self.value(chosen)
            )
            objective = round(self.objective_value) + model.unreachable
            bound = round(self.best_objective_bound) + model.unreachable
            spent = time.monotonic() - started
            if objective < found[-1].objective:
                found.append(Answer(bookings, objective, bound, gap_of(problem, bookings, bound), spent))
                watch.answer(found[-1])

    def on_bound(value: float) -> None:
        bound = round(value) + model.unreachable
        watch.bound(bound, time.monotonic() - started)
        if gap_of(problem, found[-1].bookings, bound) <= GOOD_ENOUGH:
            solver.stop_search()

    solver.best_bound_callback = on_bound
    solver.solve(model.model, Told())
    return _ended(problem, found[-1], round(solver.best_objective_bound) + model.unreachable, started)


def gap_of(problem: Problem, bookings: Iterable[Booking], bound: int) -> float:
    """Return how far a plan may be from the best, of its own worth: what is left out would make any gap look small."""
    figures = score(problem, bookings)
    return min(1.0, max(0, figures.total - bound) / max(1, figures.worth))


def _start(problem: Problem, options: list[Option], hint: set[Booking]) -> frozenset[Booking]:
    """Return the better of the greedy plan and what is still possible of an earlier one."""
    plans: list[frozenset[Booking]] = []
    if hint:
        ledger = greedy.Ledger(problem)
        for option in options:
            if option.booking in hint and not ledger.obstacles(option.booking):
                ledger.add(option.booking)
        plans.append(greedy.complete(problem, ledger.bookings, options))
    # The earlier plan first: where nothing is gained, nothing changes under its reader.
    plans.append(greedy.plan(problem, options))
    return min(plans, key=lambda one: score(problem, one).total)


def _ended(problem: Problem, best: Answer, bound: int, started: float) -> Answer:
    gap = gap_of(problem, best.bookings, bound)
    return Answer(
        best.bookings, best.objective, min(bound, best.objective), gap, time.monotonic() - started, gap <= GOOD_ENOUGH
    )


class _Model:
    """Writes a problem as linear rules over one yes or no for each option."""

    def __init__(self, ortools: Any, problem: Problem, options: list[Option]) -> None:
        model = ortools.CpModel()
        self.model = model
        self.expression = ortools.LinearExpr
        self.problem = problem
        self.options = options
        self.chosen: list[Any] = [model.new_bool_var("") for _ in options]
        self.helpers: list[tuple[Any, Callable[[frozenset[Booking]], bool]]] = []
        """Variables beside the bookings, each with what it is in a given plan."""
        self.unreachable = 0
        """Cents of needs and pins that no option meets: the same in every plan, so they stay out of the model."""
        self._terms: list[tuple[Any, int]] = []
        self._of_person: defaultdict[int, list[int]] = defaultdict(list)
        for number, option in enumerate(options):
            self._of_person[option.person].append(number)
            self._terms.append((self.chosen[number], option.cost))

    def build(self) -> None:
        self._needs()
        self._pins()
        self._seats()
        self._overlaps()
        self._budgets()
        self._shifts()
        self.model.minimize(self._added(self._terms))

    def hint(self, bookings: frozenset[Booking]) -> None:
        for option, variable in zip(self.options, self.chosen, strict=True):
            self.model.add_hint(variable, option.booking in bookings)
        for variable, is_there in self.helpers:
            self.model.add_hint(variable, is_there(bookings))

    def _needs(self) -> None:
        meeting: defaultdict[int, list[int]] = defaultdict(list)
        for number, option in enumerate(self.options):
            for need in option.needs:
                meeting[need].append(number)
        for number, need in enumerate(self.problem.needs):
            if not meeting[number]:
                self.unreachable += self.problem.weights.unmet
                continue
            left_out = self._helper(
                self.problem.weights.unmet, _none_of([self.options[one].booking for one in meeting[number]])
            )
            late = [delay_of(self.problem, need, self.options[one].session) for one in meeting[number]]
            if self._serve_nothing_else(meeting[number]):
                # The booking itself pays for its delay, which leaves the solver an assignment it sees through.
                self.model.add_exactly_one([self.chosen[one] for one in meeting[number]] + [left_out])
                self._terms += [(self.chosen[one], cents) for one, cents in zip(meeting[number], late, strict=True)]
            elif any(late):
                self._met_by_one(meeting[number], late, left_out)
            else:
                self.model.add_bool_or([self.chosen[one] for one in meeting[number]] + [left_out])

    def _serve_nothing_else(self, numbers: list[int]) -> bool:
        """Tell whether no plan books two of these: each meets one need only, and nobody asked for it."""
        options = (self.options[number] for number in numbers)
        return all(len(option.needs) == 1 and option.booking not in self.problem.pinned for option in options)

    def _met_by_one(self, meeting: list[int], late: list[int], left_out: Any) -> None:
        """Have exactly one booking count for a need, so that its delay is paid once and the earliest counts."""
        counting = [left_out]
        order = sorted(zip(meeting, late, strict=True), key=lambda one: (one[1], self.options[one[0]].booking))
        earlier: list[Booking] = []
        for option, cents in order:
            booking = self.options[option].booking
            counts = self._helper(cents, _first_of(booking, tuple(earlier)))
            self.model.add_implication(counts, self.chosen[option])
            counting.append(counts)
            earlier.append(booking)
        self.model.add_exactly_one(counting)

    def _pins(self) -> None:
        there = {option.booking: variable for option, variable in zip(self.options, self.chosen, strict=True)}
        for booking in self.problem.pinned:
            self.unreachable += self.problem.weights.unkept
            if booking in there:
                self._terms.append((there[booking], -self.problem.weights.unkept))

    def _seats(self) -> None:
        of_session: defaultdict[int, list[Any]] = defaultdict(list)
        for option, variable in zip(self.options, self.chosen, strict=True):
            of_session[option.session].append(variable)
        for session, wanted in of_session.items():
            seats = self.problem.sessions[session].seats
            if len(wanted) > seats:
                self.model.add(self.expression.sum(wanted) <= seats)

    def _overlaps(self) -> None:
        sessions = self.problem.sessions
        offered = {option.session for option in self.options}
        at: defaultdict[int, list[int]] = defaultdict(list)
        for session in sorted(offered):
            for half in sessions[session].half_days:
                at[half].append(session)
        # One rule for all that is at a time, rather than one for each pair: the solver sees more in it.
        together = {frozenset(one) for one in at.values()}
        # In two places on one day, at different times.
        together |= {
            frozenset((one, other))
            for half, morning in at.items()
            if half % 2 == 0
            for one in morning
            for other in at.get(half + 1, ())
            if one != other and not sessions[one].half_days & sessions[other].half_days
            if collide(sessions[one], sessions[other])
        }
        for numbers in self._of_person.values():
            own = {self.options[number].session: number for number in numbers}
            groups = {tuple(sorted(own.keys() & one)) for one in together}
            for group in groups:
                if len(group) > 1:
                    self.model.add_at_most_one([self.chosen[own[session]] for session in group])

    def _budgets(self) -> None:
        for budget in self.problem.budgets:
            spent = [
                (self.chosen[number], self.problem.sessions[option.session].price)
                for number, option in enumerate(self.options)
                if option.person in budget.people
            ]
            if sum(price for _, price in spent) > budget.cents:
                self.model.add(self._added(spent) <= max(0, budget.cents))

    def _shifts(self) -> None:
        ledger = greedy.Ledger(self.problem)
        away: defaultdict[tuple[int, int], defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for number, option in enumerate(self.options):
            for key in ledger.crew_days(option.booking):
                away[key][option.person].append(number)
        for key, leaving in away.items():
            spare = ledger.spare(*key)
            if sum(map(len, leaving.values())) > spare:
                away_then = [term for numbers in leaving.values() for term in self._leaves(numbers)]
                self.model.add(self.expression.sum(away_then) <= spare)

    def _leaves(self, numbers: list[int]) -> list[Any]:
        """Return what adds up to one when somebody leaves for any of these options, all on one day."""
        sessions = self.problem.sessions
        pairs = combinations([sessions[self.options[number].session] for number in numbers], 2)
        chosen = [self.chosen[number] for number in numbers]
        if all(collide(one, other) for one, other in pairs):
            return chosen
        # A morning and an afternoon take somebody away once.
        leaves = self._helper(0, _any_of([self.options[number].booking for number in numbers]))
        for variable in chosen:
            self.model.add_implication(variable, leaves)
        return [leaves]

    def _added(self, terms: list[tuple[Any, int]]) -> Any:
        return self.expression.weighted_sum([variable for variable, _ in terms], [factor for _, factor in terms])

    def _helper(self, cents: int, is_there: Callable[[frozenset[Booking]], bool]) -> Any:
        variable = self.model.new_bool_var("")
        self.helpers.append((variable, is_there))
        self._terms.append((variable, cents))
        return variable


def _any_of(bookings: list[Booking]) -> Callable[[frozenset[Booking]], bool]:
    return lambda chosen: not chosen.isdisjoint(bookings)


def _none_of(bookings: list[Booking]) -> Callable[[frozenset[Booking]], bool]:
    return lambda chosen: chosen.isdisjoint(bookings)


def _first_of(booking: Booking, earlier: tuple[Booking, ...]) -> Callable[[frozenset[Booking]], bool]:
    return lambda chosen: booking in chosen and chosen.isdisjoint(earlier)
