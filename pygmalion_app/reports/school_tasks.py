"""What needs doing about a school's sessions, and which trainers are in two places at once."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from pygmalion_app.attendance.half_days import HalfDay, half_days
from pygmalion_app.catalog.models import Modality
from pygmalion_app.reports.school_schemas import Task

_Row = dict[str, Any]
_DECIDE: Final = timedelta(days=14)
"""How long before its start it is time to decide whether a session is held."""
_NAME: Final = timedelta(days=30)
_SIGN: Final = timedelta(days=7)
"""How long a missing signature is worth asking for; later it proves nothing."""
_ORDER: Final = {task: place for place, task in enumerate(Task)}


def days_of(row: _Row) -> tuple[HalfDay, ...]:
    """Return a session's half-days."""
    return half_days(row["starts_at"], row["ends_at"], row["time_zone"])


def conflicts(rows: Iterable[_Row]) -> set[UUID]:
    """Return the sessions whose trainer has another one at the same time.

    Compared by half-days: an evening course does not clash with one that takes the days of the same week.
    """
    taken: dict[UUID, list[tuple[datetime, datetime, UUID]]] = defaultdict(list)
    for row in rows:
        # Whoever follows a course online does so when they like: its trainer need be nowhere.
        if row["trainer_id"] is not None and row["modality"] != Modality.ELEARNING:
            taken[row["trainer_id"]] += [(half.starts_at, half.ends_at, row["session_id"]) for half in days_of(row)]
    found: set[UUID] = set()
    for spans in taken.values():
        until, holder = None, None
        for start, end, session in sorted(spans):
            if until is not None and holder is not None and start < until and session != holder:
                found |= {session, holder}
            if until is None or end > until:
                until, holder = end, session
    return found


def to_do(rows: Iterable[_Row], clashing: set[UUID], now: datetime) -> list[tuple[Task, int, _Row]]:
    """Return what needs doing now, the most urgent first, then by date."""
    found: list[tuple[Task, int, _Row]] = []
    for row in rows:
        found += [(task, count, row) for task, count in _of(row, clashing, now)]
    return sorted(found, key=lambda one: (_ORDER[one[0]], one[2]["starts_at"]))


def _of(row: _Row, clashing: set[UUID], now: datetime) -> list[tuple[Task, int]]:
    starts_at, ends_at = row["starts_at"], row["ends_at"]
    found: list[tuple[Task, int]] = []
    if ends_at > now and row["session_id"] in clashing:
        found.append((Task.CONFLICT, 1))
    missing = row["min_participants"] - row["seats_taken"]
    if now < starts_at <= now + _DECIDE and missing > 0:
        found.append((Task.BELOW_MINIMUM, missing))
    if now < starts_at <= now + _NAME and row["trainer_id"] is None and row["modality"] != Modality.ELEARNING:
        found.append((Task.NO_TRAINER, 1))
    unsigned = _unsigned(row, now)
    if unsigned > 0:
        found.append((Task.COUNTERSIGN, unsigned))
    if ends_at <= now and row["to_validate"]:
        found.append((Task.VALIDATE, row["to_validate"]))
    if starts_at > now and row["waiting"] and row["seats_taken"] >= row["capacity"]:
        found.append((Task.WAITING, row["waiting"]))
    return found


def _unsigned(row: _Row, now: datetime) -> int:
    """Return how many half-days are over without the trainer's signature."""
    if not row["settled"] or row["modality"] == Modality.ELEARNING or not now - _SIGN < row["ends_at"]:
        return 0
    return sum(half.ends_at <= now for half in days_of(row)) - row["countersigned"]
