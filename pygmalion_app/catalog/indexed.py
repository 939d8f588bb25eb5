"""Searches answered from the index: which courses, in which order, and how many behind each further choice."""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final

from pygmalion_app.catalog.index import KEEPER, CatalogIndex, Where, as_bits
from pygmalion_app.catalog.kept import Kept, KeptResults
from pygmalion_app.catalog.roomy import roomy
from pygmalion_app.catalog.schemas import CourseFilters, FacetCount, Facets, Sort
from pygmalion_app.catalog.search_sql import documents, understood
from pygmalion_app.core.unit_of_work import container

SCORE: Final = "ts_rank('{0.1,0.2,0.4,1}', d.heading, %(query)s::tsquery)"


@dataclass(frozen=True, slots=True)
class TextMatch:
    """The courses in which a text occurs: as bits, and best first."""

    courses: int
    order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Filters beside an index: the text looked up, the place spelt as the index spells it."""

    index: CatalogIndex
    filters: CourseFilters
    text: TextMatch | None
    where: Where

    def ids(self, sort: Sort, wanted: int) -> tuple[tuple[str, ...], int]:
        """Return the first ids of the result, and how many there are in all."""
        fitting = self._fitting(self.filters, self.where)
        order = self.text.order if self.text else None
        return tuple(islice(self.index.in_order(fitting, sort, self.where, order), wanted)), fitting.bit_count()

    def facets(self) -> Facets:
        """Count the courses behind each further choice, every other filter kept."""
        index = self.index
        return Facets(
            categories=self._of_courses("category", index.categories),
            modalities=self._of_courses("modality", index.modalities),
            languages=self._of_courses("language", index.languages),
            places=self._of_sessions(
                (index.venues[venue][0], courses)
                for venue, _, courses in index.open_in(Where(None, self.where.month))
                if index.venues[venue][0]
            ),
            months=self._of_sessions(
                (f"{month:%Y-%m}", courses) for _, month, courses in index.open_in(Where(self.where.place_key, None))
            ),
        )

    def _fitting(self, filters: CourseFilters, where: Where) -> int:
        found = self.index.of_courses(filters) & self.index.of_sessions(where)
        return found & self.text.courses if self.text else found

    def _of_courses(self, own: str, groups: dict[str, int]) -> list[FacetCount]:
        others = self._fitting(self.filters.without(own), self.where)
        counts = Counter({value: (courses & others).bit_count() for value, courses in groups.items()})
        return [
            FacetCount(value=value, count=count)
            for value, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
            if count
        ]

    def _of_sessions(self, groups: Iterator[tuple[str, int]]) -> list[FacetCount]:
        others = self._fitting(self.filters, Where())
        joined: dict[str, int] = {}
        for value, courses in groups:
            joined[value] = joined.get(value, 0) | courses
        counts = {value: (courses & others).bit_count() for value, courses in joined.items()}
        return [FacetCount(value=value, count=counts[value]) for value in sorted(counts) if counts[value]]


_texts: KeptResults[TextMatch] = KeptResults()
_place_keys: dict[str, str] = {}
_MOST_PLACE_KEYS: Final = 10_000


async def asked(filters: CourseFilters, version: int | None = None) -> Asked | None:
    """Return the filters beside this process's index; None when SQL has to answer.

    What is returned belongs to the index's version: either the catalogue's that the caller has just read, or the caller
    compares it afterwards.
    """
    index = KEEPER.find()
    if index is None or version not in {None, index.version}:
        KEEPER.miss()
        return None
    if filters.seats is not None:
        index = await roomy(index, filters.seats)
        if index is None:
            KEEPER.miss()
            return None
    text = await _matches(index, filters.text) if filters.text else None
    if filters.text and text is None:
        KEEPER.miss()
        return None
    month = date.fromisoformat(f"{filters.month}-01") if filters.month else None
    key = await _place_key(filters.place) if filters.place else None
    return Asked(index, filters, text, Where(key, month))


async def _matches(index: CatalogIndex, text: str) -> TextMatch | None:
    """Look a text up; None when the catalogue has changed since the index was read."""
    kept = _texts.find(text)
    if kept is not None and kept.version == index.version:
        return kept.value
    query = await understood(text)
    if not query:
        # Nothing but words that say nothing: all courses, as if nothing had been typed.
        return TextMatch((1 << len(index.ids)) - 1, tuple(range(len(index.ids))))
    async with container().reader.connection() as connection:
        cursor = await connection.execute(
            f"""SELECT (SELECT number FROM catalog_version) AS version,
              ARRAY (SELECT d.course_id::text FROM {documents(query)}
                ORDER BY {SCORE} DESC, d.quality DESC, d.course_id) AS ids""".encode(),  # noqa: S608 - constants
            {"query": query},
            binary=True,
        )
        row = await cursor.fetchone()
    if row is None or row["version"] != index.version:
        return None
    order = tuple(index.bits[id_] for id_ in row["ids"])
    match = TextMatch(as_bits(order), order)
    # Where a text occurs changes with the version only.
    _texts.keep(text, Kept(match, index.version, math.inf))
    return match


async def _place_key(place: str) -> str:
    """Return how the catalogue spells a place when it searches; the same for ever, so asked for once."""
    if place not in _place_keys:
        if len(_place_keys) >= _MOST_PLACE_KEYS:
            _place_keys.clear()
        async with container().reader.connection() as connection:
            cursor = await connection.execute("SELECT search_text(%(place)s) AS key", {"place": place})
            row = await cursor.fetchone()
        _place_keys[place] = row["key"] if row else place
    return _place_keys[place]
