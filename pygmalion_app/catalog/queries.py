"""Search of the catalogue, in plain SQL on the reader pool.

A search is two statements: which courses (ranked ids), then their cards with live seats. Both are kept in the process
and reused while the catalogue's version stands: each search reads that version and the shown sessions anew in one
short statement, so a reused result is never older than the last committed change. While many search, ranking is done
on the process's own index (`indexed`) under the same rule.
"""

import operator
from dataclasses import dataclass
from typing import Final

from pygmalion_app.catalog.cards import read_again, read_cards
from pygmalion_app.catalog.indexed import SCORE, asked
from pygmalion_app.catalog.kept import Kept, KeptResults, soon
from pygmalion_app.catalog.schemas import CourseCard, CourseFilters, Sort, Suggestion
from pygmalion_app.catalog.search_sql import course_conditions, documents, parameters, session_conditions, understood
from pygmalion_app.core.paging import Page, PageRequest
from pygmalion_app.core.unit_of_work import container

KEPT_IDS: Final = 200
SUGGESTED: Final = 3

_ORDERS: Final = {
    Sort.RELEVANCE: "score DESC, quality DESC, found.course_id",
    Sort.RATING: "quality DESC, found.course_id",
    Sort.PRICE: "price_from_cents, found.course_id",
    Sort.DATE: "starts_at NULLS LAST, found.course_id",
}

# The stored date is right until that session begins; only then are the sessions looked at.
_NEXT_START: Final = """CASE WHEN d.next_starts_at > now() THEN d.next_starts_at ELSE (SELECT min(s.starts_at)
  FROM sessions s WHERE s.course_id = d.course_id AND s.status = 'scheduled' AND s.starts_at > now()) END"""


@dataclass(frozen=True, slots=True)
class _Ranked:
    """The first ids of a result, as text (they are only sent back), and how many there are in all."""

    ids: tuple[str, ...]
    total: int

    def covers(self, request: PageRequest) -> bool:
        """Tell whether the page can be cut from the ids."""
        return request.offset + request.limit <= len(self.ids) or self.total == len(self.ids)


_kept: KeptResults[_Ranked] = KeptResults()
_shown: KeptResults[Page[CourseCard]] = KeptResults()
_nearest: KeptResults[tuple[str, ...]] = KeptResults()


async def search_courses(
    filters: CourseFilters, sort: Sort = Sort.RELEVANCE, paging: PageRequest | None = None
) -> Page[CourseCard]:
    """Return published courses that fit, best first, each with its next session that fits and its free seats."""
    page, _ = await search_at_version(filters, sort, paging or PageRequest())
    return page


async def search_at_version(filters: CourseFilters, sort: Sort, request: PageRequest) -> tuple[Page[CourseCard], int]:
    """Return what `search_courses` returns, and the catalogue's version that it belongs to."""
    shown = _shown.find((filters, sort, request))
    if shown is not None:
        cards, version = await read_again(shown.value.items)
        if version == shown.version:
            if all(map(operator.is_, cards, shown.value.items)):
                # The very same page, so that its readers need not make anew what they have made of it.
                return shown.value, version
            page = Page(tuple(cards), shown.value.total, request)
            _shown.keep((filters, sort, request), Kept(page, version, shown.until))
            return page, version
    ranked = _kept.find((filters, sort))
    if ranked is None or not ranked.value.covers(request):
        ranked = await _rank(filters, sort, request)
    page, version = await _page(ranked.value, filters, request)
    if version != ranked.version:
        ranked = await _rank(filters, sort, request, version)
        page, version = await _page(ranked.value, filters, request)
    if filters.seats and any(card.next_session is None for card in page.items):
        # The seats of one of them were sold since the index counted them.
        ranked = await _rank_in_sql(filters, sort, request)
        page, version = await _page(ranked.value, filters, request)
    if version == ranked.version and filters.seats is None:
        _shown.keep((filters, sort, request), Kept(page, version, ranked.until))
    return page, version


async def _page(ranked: _Ranked, filters: CourseFilters, request: PageRequest) -> tuple[Page[CourseCard], int]:
    cards, version = await read_cards(ranked.ids[request.offset : request.offset + request.limit], filters)
    return Page(tuple(cards), ranked.total, request), version


async def _rank(filters: CourseFilters, sort: Sort, request: PageRequest, version: int | None = None) -> Kept[_Ranked]:
    """Return the first ids; `version` is the catalogue's where it was read just now."""
    wanted = max(KEPT_IDS, request.offset + request.limit)
    if found := await asked(filters, version):
        return Kept(_Ranked(*found.ids(sort, wanted)), found.index.version, found.index.until)
    return await _rank_in_sql(filters, sort, request)


async def _rank_in_sql(filters: CourseFilters, sort: Sort, request: PageRequest) -> Kept[_Ranked]:
    wanted = max(KEPT_IDS, request.offset + request.limit)
    until = soon()
    query = await understood(filters.text)
    values = parameters(filters, query) | {"wanted": wanted}
    async with container().reader.connection() as connection:
        cursor = await connection.execute(_rank_sql(filters, sort, query).encode(), values, binary=True)
        row = await cursor.fetchone()
    assert row is not None  # noqa: S101 - the statement always gives one row
    ranked = Kept(_Ranked(tuple(row["ids"]), row["total"]), row["version"], until)
    # Seats change with every sale, and no sale raises the version: such results are never reused.
    if filters.seats is None and wanted == KEPT_IDS:
        _kept.keep((filters, sort), ranked)
    return ranked


def _rank_sql(filters: CourseFilters, sort: Sort, query: str) -> str:
    # Assembled from constants; every value is a parameter.
    open_sessions = session_conditions(filters)
    join, starts = "", _NEXT_START
    if open_sessions:
        starts = "fitting.starts_at"
        join = f"""JOIN (SELECT s.course_id, min(s.starts_at) AS starts_at FROM sessions s
          WHERE {open_sessions} GROUP BY s.course_id) AS fitting ON fitting.course_id = d.course_id"""  # noqa: S608
    return f"""
      WITH found AS MATERIALIZED (
        SELECT d.course_id, d.quality, d.price_from_cents, {SCORE if query and sort is Sort.RELEVANCE else 0} AS score,
          {starts if sort is Sort.DATE else "NULL"} AS starts_at
        FROM {documents(query)} {join} WHERE {course_conditions(filters)})
      SELECT ARRAY (SELECT course_id::text FROM found ORDER BY {_ORDERS[sort]} LIMIT %(wanted)s) AS ids,
        (SELECT count(*) FROM found) AS total, (SELECT number FROM catalog_version) AS version
    """  # noqa: S608


async def suggest(filters: CourseFilters) -> Suggestion:
    """Find the way out of an empty result: the one filter whose loss gives most, else the nearest titles."""
    best: tuple[str, Page[CourseCard]] | None = None
    request = PageRequest(1, SUGGESTED)
    names = filters.active
    for name in names if len(names) > 1 else ():
        page = await search_courses(filters.without(name), paging=request)
        # Dropping what was typed is the last resort: it is what the visitor came for.
        if page.total and (best is None or best[0] == "text" or (name != "text" and page.total > best[1].total)):
            best = (name, page)
    if best is not None:
        return Suggestion(drop=best[0], total=best[1].total, courses=list(best[1].items))
    cards = await _nearest_titles(filters.text) if filters.text else []
    return Suggestion(drop=None, total=len(cards), courses=cards)


async def _nearest_titles(text: str) -> list[CourseCard]:
    kept = _nearest.find(text)
    if kept is None:
        # Compares every title; that a suggestion lags half a minute behind the catalogue harms nobody.
        until = soon()
        kept = Kept(await _nearest_ids(text), 0, until)
        _nearest.keep(text, kept)
    cards, _ = await read_cards(kept.value, CourseFilters())
    return cards


async def _nearest_ids(text: str) -> tuple[str, ...]:
    async with container().reader.connection() as connection:
        cursor = await connection.execute(
            """SELECT d.course_id::text FROM course_documents d, search_text(%(text)s) AS wish(text)
            ORDER BY word_similarity(wish.text, d.title_key) DESC, d.quality DESC, d.course_id LIMIT %(limit)s""",
            {"text": text, "limit": SUGGESTED},
        )
        return tuple(row["course_id"] for row in await cursor.fetchall())
