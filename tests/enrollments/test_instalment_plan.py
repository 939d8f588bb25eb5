"""When an individual pays what: whatever the dates and amounts, the law is kept."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from pygmalion_app.enrollments.instalment_plan import (
    FRENCH_HOLIDAYS,
    PlanRules,
    Training,
    holiday,
    payment_plan,
    withdrawal_end,
)

PARIS = ZoneInfo("Europe/Paris")
# Paris changes its clock, Reunion never does, Auckland is a day ahead and has its winter in our summer.
ZONES = st.sampled_from(("Europe/Paris", "Indian/Reunion", "America/Martinique", "Pacific/Auckland", "Pacific/Tahiti"))
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2040, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
RULES = st.builds(
    PlanRules,
    withdrawal_days=st.sampled_from((10, 14, 30)),
    time_zone=ZONES,
    deposit_percent=st.integers(0, 30),
    stages=st.integers(1, 6),
)


@st.composite
def trainings(draw: st.DrawFn) -> Training:
    starts_at = draw(MOMENTS)
    return Training(starts_at, starts_at + timedelta(hours=draw(st.integers(1, 24 * 60))), draw(ZONES))


def in_paris(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=PARIS)  # pyright: ignore[reportArgumentType]


@examples(max_examples=400, deadline=None)
@given(st.integers(-3, 120), trainings(), st.integers(0, 5_000_000), RULES)
def test_any_plan_keeps_the_law(days_before: int, training: Training, total: int, rules: PlanRules) -> None:
    contract_at = training.starts_at - timedelta(days=days_before)
    plan = payment_plan(contract_at, training, total, rules)
    amounts = [stage.amount_cents for stage in plan.stages]
    moments = [stage.due_at for stage in plan.stages]
    assert sum(amounts) == total
    assert all(amount > 0 for amount in amounts)
    assert [stage.number for stage in plan.stages] == list(range(1, len(amounts) + 1))
    assert all(later - earlier >= timedelta(hours=20) for earlier, later in pairwise(moments))
    assert all(moment >= plan.withdrawal_ends_at for moment in moments)
    # At most 30 % when the period is over, and before the training has begun.
    soon = max(training.starts_at, plan.withdrawal_ends_at + timedelta(hours=10))
    assert sum(stage.amount_cents for stage in plan.stages if stage.due_at <= soon) * 100 <= total * 30
    last = max(training.ends_at, plan.withdrawal_ends_at) + timedelta(days=3)
    assert all(moment <= last for moment in moments)
    # The part that is asked for was taught: never a bigger share than of the days.
    zone = ZoneInfo(training.time_zone)
    start, end = training.starts_at.astimezone(zone).date(), training.ends_at.astimezone(zone).date()
    deposit, days = total * rules.deposit_percent // 100, (end - start).days + 1
    for moment in moments:
        taught = min(days, max(0, (moment.astimezone(zone).date() - start).days))
        asked = sum(stage.amount_cents for stage in plan.stages if stage.due_at <= moment)
        assert (asked - deposit) * days <= (total - deposit) * taught


@examples(max_examples=300, deadline=None)
@given(MOMENTS, RULES)
def test_the_period_has_all_its_days_and_ends_with_a_working_day(contract_at: datetime, rules: PlanRules) -> None:
    zone = ZoneInfo(rules.time_zone)
    ends_at = withdrawal_end(contract_at, rules)
    midnight = ends_at.astimezone(zone)
    assert (midnight.hour, midnight.minute) == (0, 0)
    last, first = midnight.date() - timedelta(days=1), contract_at.astimezone(zone).date()
    assert (last - first).days >= rules.withdrawal_days
    assert (last - first).days <= rules.withdrawal_days + 5, "holidays prolong, they do not move"
    assert last.weekday() < 5
    assert last not in {holiday(name, last.year) for name in rules.holidays}


@pytest.mark.parametrize(
    ("contract_at", "ends_at"),
    [
        # A Monday: 14 days later is a Monday too, to its end.
        (in_paris(2026, 3, 2, 10), in_paris(2026, 3, 17)),
        # A minute before midnight is that day, a minute after is the next; in UTC both are the evening before.
        (in_paris(2026, 6, 1, 23, 59), in_paris(2026, 6, 16)),
        (in_paris(2026, 6, 2, 0, 1), in_paris(2026, 6, 17)),
        # It would end on a Saturday, on a Sunday: the Monday.
        (in_paris(2026, 11, 21, 10), in_paris(2026, 12, 8)),
        (in_paris(2026, 11, 22, 10), in_paris(2026, 12, 8)),
        # On Friday 25 December: Monday the 28th. On Easter Monday: Tuesday. On Friday 1 May: Monday.
        (in_paris(2026, 12, 11, 10), in_paris(2026, 12, 29)),
        (in_paris(2026, 3, 23, 10), in_paris(2026, 4, 8)),
        (in_paris(2026, 4, 17, 10), in_paris(2026, 5, 5)),
        # Over the change of the clock, and over a leap day.
        (in_paris(2026, 10, 19, 10), in_paris(2026, 11, 3)),
        (in_paris(2028, 2, 15, 10), in_paris(2028, 3, 1)),
    ],
)
def test_known_periods(contract_at: datetime, ends_at: datetime) -> None:
    assert withdrawal_end(contract_at, PlanRules()) == ends_at


@pytest.mark.parametrize(
    ("year", "easter"),
    [(2024, (3, 31)), (2025, (4, 20)), (2026, (4, 5)), (2027, (3, 28)), (2030, (4, 21)), (2038, (4, 25))],
)
def test_easter(year: int, easter: tuple[int, int]) -> None:
    assert holiday("easter+0", year) == date(year, *easter)


def test_ascension_and_whit_monday() -> None:
    known = {holiday(name, 2026) for name in FRENCH_HOLIDAYS}
    assert {date(2026, 4, 6), date(2026, 5, 14), date(2026, 5, 25), date(2026, 7, 14)} <= known
    assert holiday("02-29", 2027) is None


def test_one_day_a_month_ahead_is_a_deposit_and_the_balance_after() -> None:
    training = Training(in_paris(2026, 4, 14, 9), in_paris(2026, 4, 14, 17), "Europe/Paris")
    plan = payment_plan(in_paris(2026, 3, 2, 10), training, 114_001, PlanRules())
    assert [(stage.due_at, stage.amount_cents) for stage in plan.stages] == [
        (in_paris(2026, 3, 17, 9), 34_200),
        (in_paris(2026, 4, 15, 9), 79_801),
    ]


def test_five_days_are_paid_in_the_middle_and_at_the_end() -> None:
    training = Training(in_paris(2026, 4, 13, 9), in_paris(2026, 4, 17, 17), "Europe/Paris")
    plan = payment_plan(in_paris(2026, 3, 2, 10), training, 100_000, PlanRules())
    assert [(stage.due_at, stage.amount_cents) for stage in plan.stages] == [
        (in_paris(2026, 3, 17, 9), 30_000),
        (in_paris(2026, 4, 16, 9), 35_000),
        (in_paris(2026, 4, 18, 9), 35_000),
    ]


def test_a_training_within_the_period_is_paid_after_it() -> None:
    training = Training(in_paris(2026, 3, 4, 9), in_paris(2026, 3, 6, 17), "Europe/Paris")
    plan = payment_plan(in_paris(2026, 3, 2, 10), training, 100_000, PlanRules())
    assert [(stage.due_at, stage.amount_cents) for stage in plan.stages] == [
        (in_paris(2026, 3, 17, 9), 30_000),
        (in_paris(2026, 3, 18, 9), 70_000),
    ]
