"""The whole catalogue as bits, one a course: filters are ANDs, and counting is counting bits.

Ranking 5,000 courses in SQL costs the database 5 ms a search; here it costs 0.1 ms. Reading the index costs 100 ms, so
it is built only while many searches come, and used only under the catalogue's version that it was read at.
"""

import asyncio
import time
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final, LiteralString, TypeVar

from pygmalion_app.catalog.kept import KEPT_SECONDS
from pygmalion_app.catalog.schemas import CourseFilters, Sort
from pygmalion_app.core.unit_of_work import Container, container

_Key = TypeVar("_Key", int, str)

WORTH_BUILDING: Final = 20
"""Searches that had to be ranked in SQL before the next build; it then costs no more than they did."""

RENEWED_BEFORE_SECONDS: Final = KEPT_SECONDS / 2

_READ: Final[LiteralString] = """
WITH course AS MATERIALIZED (
  SELECT course_id, category, modalities, languages, price_from_cents,
    (row_number() OVER (ORDER BY quality DESC, course_id) - 1)::int AS place FROM course_documents
), open AS MATERIALIZED (
  SELECT course.place, s.location, s.place_key, s.local_month, s.starts_at, s.id
  FROM sessions s JOIN course USING (course_id) WHERE s.status = 'scheduled' AND s.starts_at > now()
), venue AS MATERIALIZED (
  SELECT location, place_key, (row_number() OVER () - 1)::int AS number FROM open GROUP BY location, place_key
)
SELECT (SELECT number FROM catalog_version) AS version, now() AS opened_after, courses.*, venues.*, openings.* FROM
  (SELECT array_agg(course_id::text ORDER BY place) AS ids, array_agg(category ORDER BY place) AS categories,
     array_agg(array_to_string(modalities, ',') ORDER BY place) AS modalities,
     array_agg(array_to_string(languages, ',') ORDER BY place) AS languages,
     array_agg(price_from_cents ORDER BY place) AS prices FROM course) AS courses,
  (SELECT array_agg(location ORDER BY number) AS locations, array_agg(place_key ORDER BY number) AS keys
   FROM venue) AS venues,
  (SELECT min(starts_at) AS next_start, array_agg(open.place ORDER BY starts_at, id) AS opened,
     array_agg(venue.number ORDER BY starts_at, id) AS opened_at,
     array_agg((open.local_month - DATE '2000-01-01') ORDER BY starts_at, id) AS opened_in
   FROM open JOIN venue USING (location, place_key)) AS openings
"""
_EPOCH: Final = date(2000, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Opening:
    """A session to come: the course's bit, where (an index of `venues`), in which month."""

    course: int
    venue: int
    month: date


@dataclass(frozen=True, slots=True)
class Where:
    """The filters on sessions; None leaves open."""

    place_key: str | None = None
    month: date | None = None

    def fits(self, key: str, month: date) -> bool:
        """Tell whether a session at a place with this key, in this month, is meant."""
        return (self.place_key is None or key.startswith(self.place_key)) and self.month in (None, month)


ANYWHERE: Final = Where()


@dataclass(frozen=True, slots=True)
class CatalogIndex:
    """Everything that filters and sorts, at one version. A course's bit is its rank by quality."""

    version: int
    read_at: float
    """Monotonic seconds."""
    opened_after: datetime
    """The database's time when it was read."""
    next_start: datetime
    """When the first of its sessions begins: until then, and under its version, it is the catalogue as it is."""
    ids: Sequence[str]
    bits: dict[str, int]
    categories: dict[str, int]
    modalities: dict[str, int]
    languages: dict[str, int]
    affordable: Sequence[tuple[int, int]]
    """Each price that occurs, lowest first, with the courses that cost no more."""
    by_price: Sequence[int]
    """Courses' bits in the order of a search by price."""
    venues: Sequence[tuple[str, str]]
    """Each a location and its search key."""
    openings: Sequence[Opening]
    """Soonest first; those that start together by their id."""
    open_at: dict[tuple[int, date], int]
    """The courses open at a venue in a month."""
    open_only: bool = False
    """Whether a course without an opening is none of the index's."""

    @property
    def until(self) -> float:
        """Until when, in monotonic seconds, it may be used: the first session begins, or has lately."""
        return self.read_at + max(KEPT_SECONDS, (self.next_start - self.opened_after).total_seconds())

    def of_courses(self, filters: CourseFilters) -> int:
        """Return the courses that fit the filters on courses."""
        fitting = (1 << len(self.ids)) - 1
        if filters.category:
            fitting &= self.categories.get(filters.category.value, 0)
        if filters.modality:
            fitting &= self.modalities.get(filters.modality.value, 0)
        if filters.language:
            fitting &= self.languages.get(filters.language, 0)
        if filters.max_price_cents is not None:
            cheap = bisect_right(self.affordable, filters.max_price_cents, key=lambda one: one[0])
            fitting &= self.affordable[cheap - 1][1] if cheap else 0
        return fitting

    def open_in(self, where: Where) -> Iterator[tuple[int, date, int]]:
        """Yield venue, month and courses of what is open there."""
        for (venue, month), courses in self.open_at.items():
            if where.fits(self.venues[venue][1], month):
                yield venue, month, courses

    def of_sessions(self, where: Where) -> int:
        """Return the courses with a session to come that fits."""
        if where == ANYWHERE and not self.open_only:
            return (1 << len(self.ids)) - 1
        found = 0
        for _, _, courses in self.open_in(where):
            found |= courses
        return found

    def in_order(self, fitting: int, sort: Sort, where: Where, by_text: Sequence[int] | None) -> Iterator[str]:
        """Yield the ids of `fitting` as a search sorts them; `by_text` is the order of relevance, if text was typed."""
        fits = f"{fitting:b}"[::-1].ljust(len(self.ids), "0")
        order: Iterable[int] = range(len(self.ids))
        if sort is Sort.PRICE:
            order = self.by_price
        elif sort is Sort.DATE:
            order = self._by_date(where)
        elif sort is Sort.RELEVANCE and by_text is not None:
            order = by_text
        return (self.ids[bit] for bit in order if fits[bit] == "1")

    def _by_date(self, where: Where) -> Iterator[int]:
        seen: set[int] = set()
        for opening in self.openings:
            if opening.course not in seen and where.fits(self.venues[opening.venue][1], opening.month):
                seen.add(opening.course)
                yield opening.course
        yield from (bit for bit in sorted(range(len(self.ids)), key=self.ids.__getitem__) if bit not in seen)

    def narrowed(self, openings: Sequence[Opening]) -> "CatalogIndex":
        """Return the index as if these were all openings, and courses without one were not there."""
        return replace(self, openings=openings, open_at=_open_at(openings), open_only=True)


def as_bits(places: Iterable[int]) -> int:
    """Return the number in which these bits are set."""
    places = list(places)
    field = bytearray((max(places, default=0) >> 3) + 1)
    for place in places:
        field[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(field, "little")


def _grouped(keys: Iterable[tuple[_Key, ...]]) -> dict[_Key, int]:
    groups: dict[_Key, list[int]] = {}
    for place, several in enumerate(keys):
        for key in several:
            groups.setdefault(key, []).append(place)
    return {key: as_bits(places) for key, places in groups.items()}


def _affordable(prices: Sequence[int]) -> list[tuple[int, int]]:
    cumulated = 0
    steps: list[tuple[int, int]] = []
    for price, courses in sorted(_grouped((price,) for price in prices).items()):
        cumulated |= courses
        steps.append((price, cumulated))
    return steps


def _built(row: dict[str, Any], read_at: float) -> CatalogIndex:
    ids: list[str] = row["ids"] or []
    prices: list[int] = row["prices"] or []
    months = {days: date.fromordinal(_EPOCH + days) for days in set(row["opened_in"] or ())}
    openings = [
        Opening(course, venue, months[days])
        for course, venue, days in zip(row["opened"] or (), row["opened_at"] or (), row["opened_in"] or (), strict=True)
    ]
    return CatalogIndex(
        version=row["version"],
        read_at=read_at,
        opened_after=row["opened_after"],
        next_start=row["next_start"] or row["opened_after"],
        ids=ids,
        bits={id_: bit for bit, id_ in enumerate(ids)},
        categories=_grouped((one,) for one in row["categories"] or ()),
        modalities=_grouped(tuple(one.split(",")) for one in row["modalities"] or ()),
        languages=_grouped(tuple(one.split(",")) for one in row["languages"] or ()),
        affordable=_affordable(prices),
        by_price=sorted(range(len(ids)), key=lambda bit: (prices[bit], ids[bit])),
        venues=list(zip(row["locations"] or (), row["keys"] or (), strict=True)),
        openings=openings,
        open_at=_open_at(openings),
    )


def _open_at(openings: Iterable[Opening]) -> dict[tuple[int, date], int]:
    groups: dict[tuple[int, date], list[int]] = {}
    for opening in openings:
        groups.setdefault((opening.venue, opening.month), []).append(opening.course)
    return {key: as_bits(places) for key, places in groups.items()}


async def read_index() -> CatalogIndex:
    """Read the catalogue as it is now."""
    read_at = time.monotonic()
    async with container().reader.connection() as connection:
        cursor = await connection.execute(_READ, binary=True)
        row = await cursor.fetchone()
    assert row is not None  # noqa: S101 - the statement always gives one row
    # Off the loop: 50,000 sessions take a while, and others' answers must not wait for them.
    return await asyncio.to_thread(_built, row, read_at)


class IndexKeeper:
    """The index of this process, built again when searches show that it is worth it."""

    def __init__(self) -> None:
        """Start without one."""
        self._index: CatalogIndex | None = None
        self._owner: Container | None = None
        self._missed = 0
        self._building: asyncio.Task[None] | None = None

    def find(self) -> CatalogIndex | None:
        """Return an index that is young enough; its version is for the caller to compare.

        One in use is read again before it is too old, so that its visitors never fall back to SQL all at once.
        """
        if self._owner is not container():
            self._owner, self._index, self._missed = container(), None, 0
        if self._index is None:
            return None
        left = self._index.until - time.monotonic()
        if left < RENEWED_BEFORE_SECONDS:
            self._start_building()
        return self._index if left >= 0 else None

    def miss(self) -> None:
        """Count a search that had no index to use."""
        self._missed += 1
        if self._missed >= WORTH_BUILDING:
            self._start_building()

    def _start_building(self) -> None:
        if self._building is None or self._building.done():
            self._building = asyncio.create_task(self.build())

    async def build(self) -> None:
        """Read the catalogue and use that from now on."""
        owner = self._owner = container()
        index = await read_index()
        if self._owner is owner:
            self._index, self._missed = index, 0


KEEPER: Final = IndexKeeper()
