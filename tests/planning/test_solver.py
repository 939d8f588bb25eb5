"""The solver, the plan by hand and the explanations, against trying every plan there is."""

from dataclasses import replace
from random import Random
from uuid import UUID

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pygmalion_app.planning import greedy
from pygmalion_app.planning.explain import explain
from pygmalion_app.planning.problem import Budget, Need, Person, Problem, Session, Shift
from pygmalion_app.planning.score import broken, score
from pygmalion_app.planning.solver import Answer, Watch, solve
from tests.planning.instances import TODAY, large, least, small


def solved(problem: Problem, **how: object) -> Answer:
    return solve(problem, Watch(lambda _answer: None), seconds=5, workers=1, **how)  # pyright: ignore[reportArgumentType]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(st.randoms(use_true_random=False))
def test_nothing_is_better_and_no_rule_is_broken(random: Random) -> None:
    problem = small(random)
    best = least(problem)
    assume(best is not None)
    told: list[Answer] = []
    answer = solve(problem, Watch(told.append), seconds=5, workers=1)
    by_hand = greedy.plan(problem)
    assert not broken(problem, answer.bookings)
    assert not broken(problem, by_hand)
    assert answer.objective == best == score(problem, answer.bookings).total
    assert answer.optimal
    assert [one.objective for one in told] == sorted((one.objective for one in told), reverse=True)
    unmet = score(problem, answer.bookings).unmet
    reasons = explain(problem, answer.bookings, unmet)
    assert [reason.need for reason in reasons if reason.need is not None] == list(unmet)
    assert len(reasons) == len(unmet) + len(problem.pinned - answer.bookings)


def test_a_large_plan_keeps_every_rule_and_beats_the_one_by_hand() -> None:
    problem = large(people=30, sessions=70)
    by_hand = greedy.plan(problem)
    answer = solve(problem, Watch(lambda _answer: None), seconds=20, workers=1)
    assert not broken(problem, by_hand)
    assert not broken(problem, answer.bookings)
    assert answer.objective < score(problem, by_hand).total
    assert answer.optimal


def _session(number: int, day: int, **other: object) -> Session:
    first = TODAY + day
    values: dict[str, object] = {
        "id": UUID(int=100 + number),
        "codes": ("A",),
        "first": first,
        "last": first,
        "half_days": frozenset({2 * first, 2 * first + 1}),
        "seats": 1,
        "price": 10_000,
        "place": "lyon",
        "absence": 2,
    }
    return Session(**(values | other))  # pyright: ignore[reportArgumentType]


def _problem(*sessions: Session, needs: int = 1, **other: object) -> Problem:
    people = tuple(Person(UUID(int=number), "lyon") for number in range(needs))
    wanted = tuple(Need(number, "A", ("A",), TODAY + 10) for number in range(needs))
    return Problem(TODAY, TODAY + 20, people, wanted, sessions, **other)  # pyright: ignore[reportArgumentType]


def test_one_booking_meets_two_needs() -> None:
    problem = _problem(_session(0, 3, codes=("A",)), _session(1, 3, codes=("A", "B"), price=15_000))
    problem = replace(problem, needs=(*problem.needs, Need(0, "B", ("B",), TODAY + 10)))
    assert solved(problem).bookings == {(0, 1)}


def test_a_dearer_session_in_time_is_better_than_a_cheap_one_that_leaves_a_gap() -> None:
    problem = _problem(_session(0, 5, price=200_000), _session(1, 15, price=1_000))
    assert solved(problem).bookings == {(0, 0)}
    late = replace(problem, sessions=problem.sessions[1:])
    assert solved(late).bookings == {(0, 0)}
    assert score(late, {(0, 0)}).gap_days == 5


def test_too_early_a_session_would_run_out_before_the_end() -> None:
    problem = _problem(_session(0, 2, price=1), _session(1, 8))
    problem = replace(problem, needs=(replace(problem.needs[0], earliest=TODAY + 5),))
    assert solved(problem).bookings == {(0, 1)}


def test_a_hint_is_kept_where_nothing_is_better() -> None:
    problem = _problem(_session(0, 3), _session(1, 4))
    assert solved(problem, hint={(0, 1)}).bookings == {(0, 1)}


def test_what_stands_in_the_way_is_told() -> None:
    kinds: dict[str, Problem] = {
        "none": _problem(_session(0, 3, codes=("B",))),
        "after": _problem(_session(0, 30)),
        "full": _problem(_session(0, 3), needs=2),
        "budget": _problem(_session(0, 3), budgets=(Budget("", frozenset({0}), 9_000),)),
        "shift": _problem(_session(0, 3), shifts=(Shift("lyon", frozenset({0}), 1, TODAY, TODAY + 20),)),
        "forbidden": _problem(_session(0, 3), forbidden=frozenset({(0, 0)})),
    }
    ill = _problem(_session(0, 3))
    kinds["unavailable"] = replace(ill, people=(replace(ill.people[0], unavailable=frozenset({TODAY + 3})),))
    busy = _problem(_session(0, 3))
    kinds["overlap"] = replace(busy, people=(replace(busy.people[0], booked=frozenset({2 * TODAY + 7})),))
    away = replace(ill, people=kinds["unavailable"].people, budgets=kinds["budget"].budgets)
    kinds["several"] = away
    for kind, problem in kinds.items():
        bookings = solved(problem).bookings
        (reason,) = explain(problem, bookings, score(problem, bookings).unmet)
        assert reason.kind == kind
        assert reason.missing_cents == (1_000 if kind in {"budget", "several"} else 0)
        assert kind != "several" or reason.rules == ("budget", "unavailable")


def test_a_pin_that_cannot_be_kept_is_told() -> None:
    problem = _problem(_session(0, 3), _session(1, 4, seats=0), pinned=frozenset({(0, 1)}))
    answer = solved(problem)
    assert answer.bookings == {(0, 0)}
    (reason,) = explain(problem, answer.bookings, ())
    assert (reason.kind, reason.session, reason.need) == ("full", 1, None)
