"""The status function against a slow, obvious version that walks through the days one by one."""

import calendar
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pygmalion_app.compliance.models import Anchor, DecidedBy, Status
from pygmalion_app.compliance.status import Booking, Judgement, Practice, Proof, Rule, Waiver, judge, strictest
from pygmalion_app.core.ids import new_id

FIRST, LAST = date(2023, 11, 1), date(2028, 3, 31)
_DAY = timedelta(days=1)


def months_on(day: date, months: int) -> date:
    """Return the same day of a later (or earlier) month, step by step; the last one where that day is missing."""
    year, month = day.year, day.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        if month in {0, 13}:
            year, month = (year + 1, 1) if month else (year - 1, 12)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def anchored(day: date, anchor: str) -> date:
    """Walk to the last day of the month, or of the half-year."""
    if anchor == Anchor.DATE:
        return day
    while (day + _DAY).day != 1 or (anchor == Anchor.SEMESTER and day.month not in {6, 12}):
        day += _DAY
    return day


def slow_end(rule: Rule, proofs: list[Proof], today: date) -> tuple[date | None, UUID] | None:
    """Return (last day, certificate) as the rule book tells it, certificate by certificate."""
    known = sorted((one for one in proofs if one.obtained_on <= today), key=lambda one: one.obtained_on)
    if rule.hours_per_period:
        return _slow_hours(rule, known)
    ends: list[tuple[date, UUID]] = []
    # Of the certificate that reaches furthest: the day from which its end was counted, and how many times.
    anchor, times, reached = date.min, 0, date.min
    for one in known:
        if rule.months is None:
            ends.append((one.until or date.max, one.id))
            continue
        opens = months_on(reached, -rule.window_months) if reached > date.min else date.max
        if rule.anchor != Anchor.DATE and reached > date.min:
            opens = anchored(opens, Anchor.MONTH_END)
        plain = anchored(months_on(one.obtained_on, rule.months), rule.anchor)
        if one.until is not None and one.until < plain:
            end, start, count = one.until, one.until, 0
        elif opens < one.obtained_on <= reached:
            start, count = anchor, times + 1
            end = anchored(months_on(start, rule.months * count), rule.anchor)
        else:
            start, count, end = one.obtained_on, 1, plain
        ends.append((end, one.id))
        if end >= reached:
            anchor, times, reached = start, count, end
    if not ends:
        return None
    longest = max(end for end, _ in ends)
    first = next(which for end, which in ends if end == longest)
    return (None if longest == date.max else longest), first


def _slow_hours(rule: Rule, known: list[Proof]) -> tuple[date | None, UUID] | None:
    assert rule.hours_per_period
    assert rule.period_months
    ends = {
        one.id: min(anchored(months_on(one.obtained_on, rule.period_months), rule.anchor), one.until or date.max)
        for one in known
    }
    day, last = FIRST, None
    while day <= LAST:
        hours = sum(one.minutes for one in known if one.obtained_on <= day <= ends[one.id]) / 60
        if hours >= rule.hours_per_period:
            last = day
        day += _DAY
    return None if last is None else (last, next(one.id for one in known if ends[one.id] == last))


def slow_judge(
    rule: Rule,
    proofs: list[Proof],
    bookings: list[Booking],
    exemption: Waiver | None,
    today: date,
    practice: Practice | None,
) -> tuple[Status, date | None]:
    """Return the status and the day it rests on."""
    if exemption and (exemption.until is None or exemption.until >= today):
        return Status.EXEMPT, exemption.until
    found = slow_end(rule, proofs, today)
    until = found[0] if found else None
    if found and rule.recency_months:
        trained = max(one.obtained_on for one in proofs if one.obtained_on <= today)
        lost: date | None = months_on(trained, rule.recency_months)
        if practice and lost and practice.since <= lost:
            lost = None if practice.until is None else max(lost, months_on(practice.until, rule.recency_months))
        if lost is not None and (until is None or lost < until):
            until = lost
    if found and (until is None or until >= today):
        return (Status.EXPIRING if until and (until - today).days <= 90 else Status.COMPLIANT), until
    if bookings:
        return Status.PLANNED, until
    return (Status.EXPIRED, until) if found else (Status.MISSING, None)


_days = st.dates(FIRST, date(2026, 12, 31)) | st.sampled_from([date(2024, 2, 29), date(2025, 2, 28), date(2024, 8, 31)])
_months = st.integers(1, 30)
_rules = st.builds(
    Rule,
    months=st.none() | _months,
    anchor=st.sampled_from(list(Anchor)),
    window_months=st.integers(0, 4),
    recency_months=st.none() | _months,
) | st.builds(
    Rule,
    anchor=st.sampled_from(list(Anchor)),
    hours_per_period=st.integers(1, 8),
    period_months=st.integers(1, 12),
)
_proofs = st.builds(
    Proof,
    id=st.builds(new_id),
    kind=st.just(DecidedBy.CERTIFICATE),
    obtained_on=_days,
    until=st.none() | st.dates(date(2025, 1, 1), LAST),
    minutes=st.sampled_from([60, 210, 420]),
).filter(lambda one: one.until is None or one.until >= one.obtained_on)
_practice = st.none() | st.builds(
    lambda since, days: Practice(since, days and since + timedelta(days)), _days, st.none() | st.integers(0, 500)
)


@settings(max_examples=120, deadline=None)
@given(
    rule=_rules,
    proofs=st.lists(_proofs, max_size=4),
    bookings=st.lists(st.builds(Booking, st.builds(new_id), _days), max_size=2),
    exemption=st.none() | st.builds(Waiver, st.builds(new_id), st.none() | _days),
    today=_days,
    practice=_practice,
)
def test_agrees_with_the_slow_version(
    rule: Rule,
    proofs: list[Proof],
    bookings: list[Booking],
    exemption: Waiver | None,
    today: date,
    practice: Practice | None,
) -> None:
    found = judge(rule, proofs, bookings, exemption, today, practice=practice)
    assert (found.status, found.until) == slow_judge(rule, proofs, bookings, exemption, today, practice)
    assert found.planned_on == min((one.starts_on for one in bookings), default=None)
    if found.status in {Status.COMPLIANT, Status.EXPIRING, Status.EXPIRED} and rule.recency_months is None:
        expected = slow_end(rule, proofs, today)
        assert expected is not None
        assert found.decided_by_id is not None


def _proof(obtained: date, until: date | None = None, minutes: int = 0) -> Proof:
    return Proof(new_id(), DecidedBy.CERTIFICATE, obtained, until, minutes)


def _until(rule: Rule, *obtained: date, today: date = LAST) -> date | None:
    return judge(rule, [_proof(day) for day in obtained], today=today).until


@pytest.mark.parametrize(
    ("rule", "obtained", "until"),
    [
        # A leap day's year ends on the 28th; kept, the fourth one ends on the 29th again.
        (Rule(12), [date(2024, 2, 29)], date(2025, 2, 28)),
        (
            Rule(12, window_months=3),
            [date(2024, 2, 29), date(2025, 2, 1), date(2026, 2, 1), date(2027, 2, 1)],
            date(2028, 2, 29),
        ),
        # Dangerous goods: 24 months to the end of the month, kept by a renewal in the last three.
        (Rule(24, Anchor.MONTH_END, 3), [date(2023, 11, 10), date(2025, 9, 1)], date(2027, 11, 30)),
        (Rule(24, Anchor.MONTH_END, 3), [date(2023, 11, 10), date(2025, 8, 31)], date(2027, 8, 31)),
        (Rule(6, Anchor.SEMESTER), [date(2026, 1, 2)], date(2026, 12, 31)),
        # Too late to keep anything.
        (Rule(24, Anchor.MONTH_END, 3), [date(2023, 11, 10), date(2025, 12, 1)], date(2027, 12, 31)),
        # A later certificate that ends sooner takes nothing away.
        (Rule(24), [date(2025, 1, 5)], date(2027, 1, 5)),
    ],
)
def test_rules_of_the_profession(rule: Rule, obtained: list[date], until: date) -> None:
    assert _until(rule, *obtained) == until


def test_the_last_day_counts_and_ninety_days_are_expiring() -> None:
    today = date(2026, 3, 1)
    for days, status in ((-1, Status.EXPIRED), (0, Status.EXPIRING), (90, Status.EXPIRING), (91, Status.COMPLIANT)):
        found = judge(Rule(), [_proof(date(2025, 1, 1), today + timedelta(days=days))], today=today)
        assert found.status is status


def test_a_booking_is_shown_and_the_word_stays() -> None:
    today, booking = date(2026, 3, 1), Booking(new_id(), date(2026, 3, 20))
    found = judge(Rule(), [_proof(date(2025, 1, 1), date(2026, 3, 10))], [booking], today=today)
    assert (found.status, found.planned_on) == (Status.EXPIRING, date(2026, 3, 20))
    found = judge(Rule(), [_proof(date(2025, 1, 1), date(2026, 2, 10))], [booking], today=today)
    assert (found.status, found.until) == (Status.PLANNED, date(2026, 2, 10))


def test_where_sets_overlap_the_strictest_counts() -> None:
    good = Judgement(Status.COMPLIANT, date(2027, 1, 1))
    assert strictest([good, Judgement(Status.COMPLIANT, date(2026, 12, 1))]).until == date(2026, 12, 1)
    assert strictest([Judgement(Status.COMPLIANT), good]) == good
    assert strictest([good, Judgement(Status.PLANNED)]).status is Status.PLANNED
