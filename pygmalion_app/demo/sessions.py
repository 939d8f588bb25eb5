"""Sessions of the demonstration: to come, just held, and long past."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from pygmalion_app.demo.content import CourseType, course_types, world
from pygmalion_app.demo.ids import demo_id, dice
from pygmalion_app.demo.people import Cast
from pygmalion_app.demo.timetable import DAY_MINUTES, HALF_DAY_MINUTES, period, previous_working_day, working_day

AHEAD_DAYS: Final = 178
WANTED_AHEAD: Final = 100
"""Fewer sessions to come than this, and a later run adds some."""
_IN_DEMAND: Final = {"SUR-1126", "ADR-T", "DGR-75", "SST", "DGR-73-R", "ADR-SGS", "SUR-1127", "SUR-T10-P"}
_AFTERNOON: Final = time(13, 30)
SCHOOL: Final = "tarmac-formation"
# The learner's own history at the trainer's school: course -> days ago.
# With the validity rules that gives: two that hold, one that ends within weeks, one that ended, one to be revoked; one
# of those that hold is corrected once.
LEARNER_PAST: Final = {"SUR-1126": 200, "DGR-77": 150, "ADR-SGS": 708, "ADR-T": 800, "SST": 60}
# The same course once before: what has ended and was renewed.
LEARNER_EARLIER: Final = {"DGR-77": 900}
REVOKED_CODE: Final = "SST"
CORRECTED_CODE: Final = "DGR-77"
LEARNER_NEXT: Final = {"ADR-T": 11, "DGR-75": 39}


@dataclass(frozen=True, slots=True)
class Planned:
    """A session and how many seats of it are to be taken."""

    row: dict[str, Any]
    code: str
    seats: int
    past: bool = False
    with_learner: bool = False
    rated: bool = False

    @property
    def id(self) -> UUID:
        """The session's key."""
        return self.row["id"]


def plan_sessions(cast: Cast, today: date) -> list[Planned]:
    """Return every session of a first load, relative to today."""
    return [*_special(cast, today), *_past(cast, today), *upcoming(cast, today, "first")]


def upcoming(cast: Cast, today: date, batch: str) -> Iterator[Planned]:
    """Return sessions over the next six months: one of each course, two of those in demand."""
    number = 0
    for school in world()["schools"]:
        for code in school["courses"]:
            for again in range(2 if code in _IN_DEMAND else 1):
                first = today + timedelta(days=3 + (number * 37 + again * 53) % (AHEAD_DAYS - 3))
                row = _row(cast, school, code, first, number + again, batch)
                yield Planned(row, code, _taken(row["capacity"], number))
                number += 1


def _taken(capacity: int, number: int) -> int:
    kind = number % 12
    if kind == 0:
        return capacity
    if kind in {1, 2, 3}:
        return capacity - kind
    return round(capacity * dice("taken", number).uniform(0.1, 0.7))


def _past(cast: Cast, today: date) -> Iterator[Planned]:
    number = 0
    for school in world()["schools"]:
        for code in school["courses"]:
            number += 1
            if number % 3 == 0:
                continue
            first = previous_working_day(today - timedelta(days=45 + (number * 41) % 330))
            row = _row(cast, school, code, first, number, "past")
            row["status"] = "completed"
            yield Planned(row, code, min(row["capacity"], 4 + number % 6), past=True, rated=True)


def _special(cast: Cast, today: date) -> Iterator[Planned]:
    """Yield what the demo accounts find on their first pages."""
    school = next(entry for entry in world()["schools"] if entry["slug"] == SCHOOL)

    def row(code: str, first: date, number: int, batch: str) -> dict[str, Any]:
        modalities = course_types()[code].modalities
        on_site = "PRESENTIEL" if "PRESENTIEL" in modalities else modalities[0]
        place, airport, address = school["venues"][0]
        return _row(cast, school, code, first, number, batch, on_site) | {
            "trainer_id": cast.accounts["trainer"],
            "location": place,
            "airport_code": airport,
            "address": address,
        }

    for batch, history in (("learner", LEARNER_PAST), ("learner-earlier", LEARNER_EARLIER)):
        for number, (code, days) in enumerate(history.items()):
            held = row(code, previous_working_day(today - timedelta(days=days)), number, batch)
            yield Planned(held | {"status": "completed"}, code, 5, past=True, with_learner=True)
    for number, (code, days) in enumerate(LEARNER_NEXT.items()):
        yield Planned(row(code, today + timedelta(days=days), number, "learner-next"), code, 6, with_learner=True)
    # Yesterday's session still waits to be validated.
    yield Planned(row("SUR-1126", previous_working_day(today), 0, "trainer"), "SUR-1126", 6)
    yield Planned(row("DGR-77", working_day(today), 0, "trainer"), "DGR-77", 5)
    soon = working_day(working_day(today) + timedelta(days=2))
    yield Planned(row("SUR-1123-67", soon, 0, "trainer"), "SUR-1123-67", 4)


def _row(
    cast: Cast, school: dict[str, Any], code: str, first: date, number: int, batch: str, modality: str = ""
) -> dict[str, Any]:
    course = course_types()[code]
    modality = modality or course.modalities[number % len(course.modalities)]
    first = _first_day(course, first)
    starts_at, ends_at = _times(course, modality, first, number, school["time_zone"])
    remote = modality in {"ELEARNING", "VIRTUEL"}
    place, airport, address = ["", None, ""] if remote else school["venues"][number % len(school["venues"])]
    languages = school.get("languages", ["fr"])
    size = dice("capacity", school["slug"], code, batch, number)
    price = next(
        row["price_cents"] for row in cast.rows["courses"] if row["id"] == demo_id("course", school["slug"], code)
    )
    return {
        "id": demo_id("session", school["slug"], code, batch, number),
        "course_id": demo_id("course", school["slug"], code),
        "organization_id": demo_id("organization", school["slug"]),
        "trainer_id": cast.trainers[school["slug"]][number % 2],
        "starts_at": starts_at,
        "ends_at": ends_at,
        "time_zone": school["time_zone"],
        "location": place,
        "airport_code": airport,
        "address": address,
        "modality": modality,
        "language": languages[number % len(languages)],
        "capacity": min(school.get("capacity", 16), 16 if modality == "ELEARNING" else size.choice([6, 8, 10, 12, 14])),
        "min_participants": 1 if remote else 3,
        "seats_taken": 0,
        "price_cents": price,
        "currency": "EUR",
        "status": "scheduled",
    }


def _first_day(course: CourseType, day: date) -> date:
    """Return the day or a working day soon after; courses of three days and more begin early enough in the week."""
    days = -(-course.duration_minutes // DAY_MINUTES)
    latest = 4 if days == 1 else max(0, 5 - days)
    if day.weekday() > latest:
        # Not always the Monday that follows, or half of all sessions would begin on one.
        day += timedelta(days=7 - day.weekday() + day.toordinal() // 7 % (latest + 1))
    return working_day(day)


def _times(course: CourseType, modality: str, first: date, number: int, zone: str) -> tuple[datetime, datetime]:
    half_day = course.duration_minutes <= HALF_DAY_MINUTES
    if half_day and modality != "ELEARNING" and number % 2:
        return period(first, course.duration_minutes, modality, zone, _AFTERNOON)
    return period(first, course.duration_minutes, modality, zone)
