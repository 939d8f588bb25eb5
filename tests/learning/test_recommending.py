"""What is recommended, why, and in which order."""

from datetime import UTC, date, datetime, timedelta

from pygmalion_app.compliance.models import Status
from pygmalion_app.core.ids import new_id
from pygmalion_app.learning.recommending import Habit, recommend
from pygmalion_app.learning.schemas import Due, Holding, Offered, Why

TODAY = date(2026, 11, 22)
NOTHING: frozenset[str] = frozenset()


def _due(codes: str, status: Status, days: int | None = None, planned_on: date | None = None, at: str = "Aero") -> Due:
    until = TODAY + timedelta(days=days) if days is not None else None
    return Due(
        organization_id=new_id(),
        organization_name=at,
        requirement_key=codes,
        title=codes,
        title_en=codes,
        codes=tuple(codes.split("/")),
        status=status,
        until=until,
        days_left=days,
        planned_on=planned_on,
    )


def _held(code: str, days: int | None) -> Holding:
    until = TODAY + timedelta(days=days) if days is not None else None
    return Holding(code=code, title=code, title_en=code, number="", obtained_on=TODAY, until=until)


def _offer(code: str) -> tuple[str, Offered]:
    starts_at = datetime(2027, 1, 5, 8, tzinfo=UTC)
    return code, Offered(
        session_id=new_id(),
        course_slug=code.lower(),
        organization_name="Ecole",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=7),
        time_zone="Europe/Paris",
        location="Nice",
        modality="PRESENTIEL",
        price_cents=10_000,
        currency="EUR",
        seats_left=3,
    )


def test_the_most_pressing_comes_first_and_each_course_once_with_every_reason() -> None:
    due = [
        _due("B", Status.EXPIRING, 60),
        _due("A", Status.EXPIRING, 10),
        _due("C", Status.MISSING),
        _due("D", Status.EXPIRED, -5),
        _due("C", Status.MISSING, at="Other"),
        _due("E", Status.COMPLIANT, 400),
    ]
    habits = [Habit("C", "C", "C", "Aero", "Agent", 9), Habit("F", "F", "F", "Aero", "Agent", 4)]
    found = recommend(due, [], habits, NOTHING, dict([_offer("A")]), TODAY)
    assert [(one.code, [reason.why for reason in one.reasons]) for one in found] == [
        ("D", [Why.EXPIRED]),
        ("C", [Why.MISSING, Why.MISSING]),
        ("A", [Why.EXPIRING]),
        ("B", [Why.EXPIRING]),
        ("F", [Why.COLLEAGUES]),
    ]
    assert [one.session is not None for one in found] == [False, False, True, False, False]


def test_what_is_booked_is_recommended_to_nobody() -> None:
    due = [_due("A", Status.EXPIRING, 10, planned_on=TODAY), _due("B/C", Status.MISSING), _due("D", Status.PLANNED)]
    held = [_held("E", 30)]
    habits = [Habit("F", "F", "F", "Aero", "Agent", 4)]
    assert recommend(due, held, habits, frozenset({"C", "E", "F"}), {}, TODAY) == ()


def test_ones_own_certificate_is_worth_renewing_half_a_year_before_its_end() -> None:
    held = [_held("A", 180), _held("B", 181), _held("C", None), _held("D", -3), _held("E", 20)]
    found = recommend([_due("E", Status.COMPLIANT, 100)], held, [], NOTHING, {}, TODAY)
    assert [one.code for one in found] == ["D", "A"]


def test_who_never_held_it_begins_and_who_did_refreshes() -> None:
    offers = dict([_offer("INIT"), _offer("RECUR")])
    first = recommend([_due("INIT/RECUR", Status.MISSING)], [], [], NOTHING, offers, TODAY)
    again = recommend([_due("INIT/RECUR", Status.EXPIRED, -1)], [], [], NOTHING, offers, TODAY)
    assert (first[0].code, again[0].code) == ("INIT", "RECUR")
    only = recommend([_due("INIT/RECUR", Status.EXPIRED, -1)], [], [], NOTHING, dict([_offer("INIT")]), TODAY)
    assert only[0].code == "INIT"
