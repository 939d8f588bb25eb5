"""A session's half-days: local hours, whatever the clocks do."""

from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pygmalion_app.attendance.half_days import half_days
from tests.attendance.conftest import at


def test_a_day_is_cut_at_lunch() -> None:
    first, second = half_days(at("2027-01-12T08:00"), at("2027-01-12T16:00"), "Europe/Paris")
    assert (first.key, second.key) == ((date(2027, 1, 12), 1), (date(2027, 1, 12), 2))
    assert (first.word, second.word) == ("morning", "afternoon")
    assert first.ends_at == second.starts_at == at("2027-01-12T12:00")


def test_half_a_day_is_one() -> None:
    (morning,) = half_days(at("2027-01-12T08:00"), at("2027-01-12T11:30"), "Europe/Paris")
    (afternoon,) = half_days(at("2027-01-12T12:30"), at("2027-01-12T16:00"), "Europe/Paris")
    assert (morning.word, afternoon.word) == ("morning", "afternoon")


def test_hours_stay_local_over_the_change_to_winter_time() -> None:
    # Friday 23 to Tuesday 27 October 2026; clocks go back on Sunday 25, and nobody trains at the weekend.
    found = half_days(at("2026-10-23T07:00"), at("2026-10-27T16:00"), "Europe/Paris")
    assert [half.day.day for half in found] == [23, 23, 26, 26, 27, 27]
    zone = ZoneInfo("Europe/Paris")
    assert {half.starts_at.astimezone(zone).hour for half in found if half.part == 1} == {9}
    assert {half.ends_at.astimezone(zone).hour for half in found if half.part == 2} == {17}
    assert found[2].starts_at - found[0].starts_at == timedelta(days=3, hours=1)


def test_a_day_belongs_to_where_it_is() -> None:
    # 21:30 UTC on the 28th of February of a leap year is 1:30 on the 29th at La Réunion.
    found = half_days(at("2028-02-28T21:30"), at("2028-02-29T05:30"), "Indian/Reunion")
    assert {half.day for half in found} == {date(2028, 2, 29)}


def test_a_night_belongs_to_the_day_it_begins_on() -> None:
    found = half_days(at("2027-01-11T21:00"), at("2027-01-13T05:00"), "Europe/Paris")
    assert [half.key for half in found] == [(date(2027, 1, day), part) for day in (11, 12) for part in (1, 2)]


def test_weekends_count_for_who_trains_at_weekends() -> None:
    found = half_days(at("2027-01-15T08:00"), at("2027-01-17T11:00"), "Europe/Paris")
    assert [half.day.day for half in found] == [15, 16, 17]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    start=st.integers(0, 4 * 365 * 24 * 4),
    length=st.integers(30, 20 * 24 * 60),
    zone=st.sampled_from(["Europe/Paris", "Indian/Reunion", "America/Cayenne", "Pacific/Noumea"]),
)
def test_half_days_are_in_order_and_inside(start: int, length: int, zone: str) -> None:
    starts_at = at("2026-01-01") + timedelta(minutes=15 * start)
    ends_at = starts_at + timedelta(minutes=length)
    found = half_days(starts_at, ends_at, zone)
    assert found
    assert len({half.key for half in found}) == len(found)
    assert found[0].starts_at == starts_at
    assert all(half.starts_at < half.ends_at <= ends_at for half in found)
    assert all(one.ends_at <= other.starts_at for one, other in pairwise(found))
