"""Made-up planning problems: small ones whose every plan can be tried, and a large one for measuring."""

from itertools import combinations
from random import Random
from uuid import UUID

from pygmalion_app.planning.problem import (
    Booking,
    Budget,
    Need,
    Person,
    Problem,
    Session,
    Shift,
    Weights,
    helpful,
)
from pygmalion_app.planning.score import broken, score

TODAY = 740_000
"""A day as `date.toordinal` counts them."""
_CODES = ("A", "B", "C")
_PLACES = ("paris", "lyon", "")
_MOST_TRIED = 10


def small(random: Random) -> Problem:
    """Return a problem of at most three people and five sessions, its rules tight enough to matter."""
    people = tuple(
        Person(
            UUID(int=number),
            random.choice(_PLACES),
            random.choice(("Europe/Paris", "Indian/Reunion")),
            frozenset(random.sample(range(TODAY, TODAY + 10), random.randint(0, 2))),
            frozenset(random.sample(range(2 * TODAY, 2 * TODAY + 20), random.randint(0, 1))),
        )
        for number in range(random.randint(1, 3))
    )
    sessions = tuple(_small_session(random, number) for number in range(random.randint(1, 5)))
    needs = tuple(
        Need(
            person,
            f"need-{number}",
            tuple(random.sample(_CODES, random.randint(1, 2))),
            TODAY + random.randint(-2, 9),
            open=random.random() < 0.3,
            earliest=0 if random.random() < 0.8 else TODAY + 2,
        )
        for person in range(len(people))
        for number in range(random.randint(0, 2))
    )
    every = frozenset(range(len(people)))
    some = frozenset(random.sample(range(len(people)), random.randint(1, len(people))))
    shift = Shift("crew", every, random.randint(0, len(people)), TODAY + random.randint(0, 5), TODAY + 8)
    pairs = [(person, session) for person in range(len(people)) for session in range(len(sessions))]
    return Problem(
        TODAY,
        TODAY + 8,
        people,
        needs,
        sessions,
        (shift,) * random.randint(0, 1),
        (Budget("budget", some, random.randint(0, 8_000)),) * random.randint(0, 1),
        Weights(trip=1_500, half_day=1_000),
        frozenset(random.sample(pairs, random.randint(0, 1))),
        frozenset(random.sample(pairs, random.randint(0, 1))),
    )


def _small_session(random: Random, number: int) -> Session:
    first = TODAY + random.randint(0, 8)
    last = first
    if random.random() < 0.2:
        half_days: frozenset[int] = frozenset()
    elif random.random() < 0.5:
        half_days = frozenset({2 * first + random.randint(0, 1)})
    else:
        last = first + random.randint(0, 1)
        half_days = frozenset(range(2 * first, 2 * last + 2))
    return Session(
        UUID(int=100 + number),
        tuple(random.sample(_CODES, random.randint(1, 2))),
        first,
        last,
        half_days,
        random.randint(0, 2),
        random.randint(0, 50) * 100,
        random.choice(_PLACES),
        "Europe/Paris",
        len(half_days),
    )


def least(problem: Problem) -> int | None:
    """Return the least total that any plan has, by trying all of them; None where that is too many."""
    bookings: list[Booking] = [option.booking for option in helpful(problem)]
    if len(bookings) > _MOST_TRIED:
        return None
    return min(
        score(problem, chosen).total
        for size in range(len(bookings) + 1)
        for chosen in combinations(bookings, size)
        if not broken(problem, chosen)
    )


def large(seed: int = 1, people: int = 200, sessions: int = 400, days: int = 90) -> Problem:
    """Return a company on four sites with a budget, minimums on shift and holidays.

    Six course types that people need, two of which also stand for another; sessions of 4 to 12 seats at prices that
    differ by half, some remote; a third of the needs are open gaps, the others run out in the course of the plan.
    """
    random = Random(seed)
    places = ("paris", "lyon", "toulouse", "nice")
    codes = tuple(f"C{number}" for number in range(8))
    stands_for = {"C6": ("C6", "C0"), "C7": ("C7", "C1")}
    price = {code: random.randint(80, 900) * 100 for code in codes}
    price |= {code: price[code] + 6_000 for code in stands_for}
    staff = tuple(
        Person(
            UUID(int=number),
            places[number % 4],
            "Europe/Paris",
            frozenset(
                day for start in random.sample(range(days), 2) for day in range(TODAY + start, TODAY + start + 5)
            ),
        )
        for number in range(people)
    )
    offered = tuple(
        _large_session(random, number, codes, stands_for, price, places, days) for number in range(sessions)
    )
    needs = tuple(
        Need(person, code, (code,), TODAY if is_open else TODAY + random.randint(5, days), open=is_open)
        for person in range(people)
        for code in random.sample(codes[:6], random.randint(1, 4))
        for is_open in (random.random() < 0.33,)
    )
    crews = [frozenset(range(site, people, 4)) for site in range(4)]
    shifts = tuple(
        Shift(place, crew, len(crew) - 14, TODAY, TODAY + days) for place, crew in zip(places, crews, strict=True)
    )
    budget = Budget("budget", frozenset(range(people)), sum(price[need.key] for need in needs) * 11 // 10)
    return Problem(TODAY, TODAY + days, staff, needs, offered, shifts, (budget,))


def _large_session(
    random: Random,
    number: int,
    codes: tuple[str, ...],
    stands_for: dict[str, tuple[str, ...]],
    price: dict[str, int],
    places: tuple[str, ...],
    days: int,
) -> Session:
    code = random.choice(codes)
    first = TODAY + random.randint(1, days - 3)
    last = first + int(code[1:]) % 3
    remote = random.random() < 0.2
    half_days = frozenset(range(2 * first, 2 * last + 2))
    return Session(
        UUID(int=10_000 + number),
        stands_for.get(code, (code,)),
        first,
        last,
        half_days,
        random.randint(4, 12),
        price[code] * random.randint(80, 130) // 100,
        "" if remote else random.choice(places),
        "Europe/Paris",
        len(half_days),
    )
