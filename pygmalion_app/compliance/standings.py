"""People's standings as the database keeps them for counting: one row a person, one letter a status.

80,000 statuses of 2,000 people are as many rows; their standings are 2,000, and people of whom the same is asked are
told from their letters one after the other. Triggers on `compliance_statuses` write them (see the migration of the
compliance standings), in the same transaction: they are never older than the statuses.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from pygmalion_app.compliance.models import Status

_LETTERS: Final = {
    Status.MISSING: "m",
    Status.EXPIRED: "x",
    Status.PLANNED: "p",
    Status.EXPIRING: "e",
    Status.COMPLIANT: "c",
    Status.EXEMPT: "n",
}
"""A capital where a session is booked that would renew it."""
_keys = msgspec.json.Decoder(list[str])


def pattern(*statuses: Status) -> str:
    """Return what `marks ~* pattern` finds people by who stand so anywhere; of no status, it finds everybody."""
    return f"[{''.join(_LETTERS[status] for status in statuses)}]" if statuses else ""


def counts(marks: str) -> dict[Status, int]:
    """Return how many statuses there are of each kind, in any number of people's marks."""
    return {status: marks.count(letter) + marks.count(letter.upper()) for status, letter in _LETTERS.items()}


def counts_by_key(groups: Iterable[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """Return for each requirement how many stand how; a group is some people's common keys, and all of their marks."""
    found: dict[str, Counter[str]] = {}
    for key, marks in _columns(groups):
        for status, number in counts(marks).items():
            if number:
                found.setdefault(key, Counter())[status.value] += number
    return {key: dict(numbers) for key, numbers in found.items()}


def unbooked_by_key(groups: Iterable[tuple[str, str]], *statuses: Status) -> Mapping[str, int]:
    """Return for each requirement how many stand in one of these ways and have no session booked that renews it."""
    found: Counter[str] = Counter()
    for key, marks in _columns(groups):
        found[key] += sum(marks.count(_LETTERS[status]) for status in statuses)
    return found


def people_who_stand(group: tuple[str, str], keys: frozenset[str], *statuses: Status) -> int:
    """Return how many of a group's people stand in one of these ways for any of some requirements."""
    order, marks = _keys.decode(group[0]), group[1].lower()
    places, letters = [at for at, key in enumerate(order) if key in keys], {_LETTERS[status] for status in statuses}
    if not places:
        return 0
    people = zip(*(marks[at :: len(order)] for at in places), strict=True)
    return sum(1 for person in people if not letters.isdisjoint(person))


def _columns(groups: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    for keys, marks in groups:
        order = _keys.decode(keys)
        for at, key in enumerate(order):
            yield key, marks[at :: len(order)]
