"""How many courses each further choice would leave."""

import asyncio
import time
from typing import Final

from pygmalion_app.catalog.indexed import asked
from pygmalion_app.catalog.kept import Kept, KeptResults, soon
from pygmalion_app.catalog.queries import search_at_version
from pygmalion_app.catalog.schemas import CourseCard, CourseFilters, FacetCount, Facets, Sort
from pygmalion_app.catalog.search_sql import (
    OPEN,
    course_conditions,
    documents,
    parameters,
    session_conditions,
    understood,
)
from pygmalion_app.core.paging import Page, PageRequest
from pygmalion_app.core.unit_of_work import container

# Facet -> the filter it stands for, and where its values are.
_OF_COURSES: Final = {
    "categories": ("category", "d.category"),
    "modalities": ("modality", "unnest(d.modalities)"),
    "languages": ("language", "unnest(d.languages)"),
}
_OF_SESSIONS: Final = {
    "places": ("place", "s.location"),
    "months": ("month", "to_char(s.local_month, 'YYYY-MM')"),
}

SEATS_KEPT_SECONDS: Final = 5.0
_kept: KeptResults[Facets] = KeptResults()
_counting: dict[tuple[CourseFilters, int], asyncio.Future[Facets]] = {}


async def search_with_facets(
    filters: CourseFilters, sort: Sort, request: PageRequest
) -> tuple[Page[CourseCard], Facets]:
    """Return a page of results with the counts beside it: one statement less than asking for each."""
    page, version = await search_at_version(filters, sort, request)
    return page, await search_facets(filters, version)


async def search_facets(filters: CourseFilters, version: int | None = None) -> Facets:
    """Count the courses behind each further choice, every other filter kept.

    Places are in alphabetical order, months in time, the rest by count. `version` is the catalogue's, where it was
    read just now.
    """
    if version is None:
        version = await _version()
    kept = _kept.find(filters)
    if kept is not None and kept.version == version:
        return kept.value
    key = (filters, version)
    counting = _counting.get(key)
    if counting is None:
        # Counting is the dearest read of all: after a change, many visitors share one count.
        counting = _counting[key] = asyncio.ensure_future(_count_and_keep(filters, version))
        counting.add_done_callback(lambda _: _counting.pop(key, None))
    return await asyncio.shield(counting)


async def _count_and_keep(filters: CourseFilters, version: int) -> Facets:
    indexed = await asked(filters, version)
    until = indexed.index.until if indexed else soon()
    if filters.seats is not None:
        # Sales raise no version; that a count of free seats lags a few seconds harms nobody.
        until = time.monotonic() + SEATS_KEPT_SECONDS
    facets = indexed.facets() if indexed else await _count(filters)
    # The version was read first: a change in between makes the kept result old at once.
    _kept.keep(filters, Kept(facets, version, until))
    return facets


async def _version() -> int:
    async with container().reader.connection() as connection:
        cursor = await connection.execute("SELECT number FROM catalog_version")
        row = await cursor.fetchone()
    return row["number"] if row else 0


async def _count(filters: CourseFilters) -> Facets:
    query = await understood(filters.text)
    parts = [_of_courses(name, filters, query) for name in _OF_COURSES]
    parts += [_of_sessions(name, filters, query) for name in _OF_SESSIONS]
    async with container().reader.connection() as connection:
        cursor = await connection.execute(" UNION ALL ".join(parts).encode(), parameters(filters, query))
        rows = await cursor.fetchall()
    counts: dict[str, list[FacetCount]] = {name: [] for name in (*_OF_COURSES, *_OF_SESSIONS)}
    for row in rows:
        counts[row["facet"]].append(FacetCount(value=row["value"], count=row["count"]))
    for name, values in counts.items():
        values.sort(key=(lambda f: f.value) if name in _OF_SESSIONS else (lambda f: (-f.count, f.value)))
    return Facets(**counts)


def _of_courses(name: str, filters: CourseFilters, query: str) -> str:
    own, value = _OF_COURSES[name]
    others = filters.without(own)
    conditions = course_conditions(others)
    if fitting := session_conditions(others):
        conditions += f" AND d.course_id IN (SELECT s.course_id FROM sessions s WHERE {fitting})"  # noqa: S608
    return f"""SELECT '{name}' AS facet, {value} AS value, count(*) AS count
      FROM {documents(query)} WHERE {conditions} GROUP BY 2"""  # noqa: S608 - constants


def _of_sessions(name: str, filters: CourseFilters, query: str) -> str:
    own, value = _OF_SESSIONS[name]
    others = filters.without(own)
    column = value if name == "places" else "s.local_month"
    shown = value.replace("s.", "pair.")
    named = "s.location <> '' AND " if name == "places" else ""
    # Distinct pairs first: hashing them is far cheaper than count(DISTINCT), which sorts.
    return f"""SELECT '{name}' AS facet, {shown} AS value, count(*) AS count FROM (
      SELECT DISTINCT s.course_id, {column} FROM {documents(query)} JOIN sessions s ON s.course_id = d.course_id
      WHERE {session_conditions(others) or OPEN} AND {named}{course_conditions(others)}
      ) AS pair GROUP BY 2"""  # noqa: S608 - constants
