"""What every part of the application says of the personal data it holds.

Each feature (and each adapter that stores something) has a `privacy` module that registers a `Holder`: what it takes
out for an export, what it erases, what it must keep and until when, and which of its rows go by themselves with time.
`bootstrap` imports these modules, as it does those with jobs; the privacy feature works through `holders()` and knows
none of them. A table that no holder covers fails a test (`tests/privacy/test_canary.py`).
"""

from calendar import monthrange
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, LiteralString
from uuid import UUID

from pygmalion_app.core.unit_of_work import UnitOfWork

DELETE_FILE_TASK: Final = "privacy.delete_file"


class Ground(StrEnum):
    """Why an account is erased."""

    REQUESTED = "requested"
    INACTIVE = "inactive"
    """Nobody came for years. What the law or the profession wants kept for good, certificates, then stays."""


@dataclass(frozen=True, slots=True)
class Person:
    """Whose data are meant. `email` is the account's address now."""

    id: UUID
    email: str
    locale: str


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time on the calendar."""

    years: int = 0
    months: int = 0
    days: int = 0

    def before(self, moment: datetime) -> datetime:
        """Return the moment that lies this long before another."""
        return _months_later(moment - timedelta(days=self.days), -12 * self.years - self.months)

    def after(self, moment: datetime) -> datetime:
        """Return the moment that lies this long after another."""
        return _months_later(moment, 12 * self.years + self.months) + timedelta(days=self.days)


def _months_later(moment: datetime, months: int) -> datetime:
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file for the export; `name` is its path in the archive."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Held:
    """What a part holds on somebody: lists of records by name, and files."""

    records: dict[str, list[dict[str, Any]]]
    files: tuple[HeldFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """What outlives an erasure.

    `since` is SQL for the last moment from which the period counts (`%(user)s`; `%(now)s`, the erasure's own moment).
    No moment: there is nothing to keep. No period: for ever. The words are `privacy-kept-<name>` and
    `privacy-kept-<name>-why`.
    """

    name: str
    since: LiteralString
    period: Period | None


@dataclass(frozen=True, slots=True)
class Blocker:
    """What stands in the way of an erasure: `privacy-blocker-<name>` says what to do, with the facts."""

    name: str
    facts: dict[str, str] = field(default_factory=dict[str, str])


Run = Callable[[UnitOfWork, datetime], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Rule:
    """Rows that go once a period is over; `run` gets the moment before which they are too old, and counts them.

    The words are `retention-<name>`.
    """

    name: str
    period: Period
    run: Run


def forgets(statement: LiteralString) -> Run:
    """Return a rule's work as one statement, with `%(before)s`, that ends in no RETURNING of its own."""

    async def run(uow: UnitOfWork, before: datetime) -> int:
        counted: LiteralString = "WITH gone AS (" + statement + " RETURNING 1) SELECT count(*) AS rows FROM gone"  # noqa: S608
        (row,) = await uow.sql(counted, before=before)
        return row["rows"]

    return run


async def _nothing_held(_uow: UnitOfWork, _person: Person) -> Held:
    return Held({})


async def _nothing_to_erase(_uow: UnitOfWork, _person: Person, _ground: Ground) -> None:
    return


async def _nothing_in_the_way(_uow: UnitOfWork, _person: Person) -> Sequence[Blocker]:
    return ()


@dataclass(frozen=True, slots=True)
class Holder:
    """One part's answers. `area` names its file in the export and, as `privacy-area-<area>`, what people read."""

    area: str
    export: Callable[[UnitOfWork, Person], Awaitable[Held]] = _nothing_held
    erase: Callable[[UnitOfWork, Person, Ground], Awaitable[None]] = _nothing_to_erase
    blockers: Callable[[UnitOfWork, Person], Awaitable[Sequence[Blocker]]] = _nothing_in_the_way
    kept: tuple[Kept, ...] = ()
    rules: tuple[Rule, ...] = ()


_holders: dict[str, Holder] = {}


def register(holder: Holder) -> None:
    """Add a part's answers; the same area again replaces them."""
    _holders[holder.area] = holder


def holders() -> tuple[Holder, ...]:
    """Return all parts in the order in which they were registered: those that refer to others first."""
    return tuple(_holders.values())


async def records(
    uow: UnitOfWork, query: LiteralString, person: Person, hide: tuple[str, ...] = ()
) -> list[dict[str, Any]]:
    """Return rows about a person (`%(user)s`, `%(email)s`) for an export, without the secrets named in `hide`."""
    rows = await uow.sql(query, user=person.id, email=person.email)
    return [{name: value for name, value in row.items() if name not in hide} for row in rows]


async def erase_rows(uow: UnitOfWork, person: Person, *statements: LiteralString) -> None:
    """Run statements about a person (`%(user)s`, `%(email)s`) in order."""
    for statement in statements:
        await uow.sql(statement, user=person.id, email=person.email)


async def erase_file(uow: UnitOfWork, key: str) -> None:
    """Delete a file after this transaction has committed, and again until that has worked."""
    await uow.defer(DELETE_FILE_TASK, key=key)
