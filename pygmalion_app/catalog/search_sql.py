"""The conditions of a search: constant SQL chosen by which filters are set, values always as parameters."""

from datetime import date
from typing import Any

from pygmalion_app.catalog.schemas import CourseFilters
from pygmalion_app.core.unit_of_work import container

OPEN = "s.status = 'scheduled' AND s.starts_at > now()"


async def understood(text: str) -> str:
    """Return what was typed as a tsquery, misspelt words replaced; empty when nothing in it can be searched."""
    if not text:
        return ""
    async with container().reader.connection() as connection:
        cursor = await connection.execute("SELECT search_query(%(text)s)::text AS query", {"text": text})
        row = await cursor.fetchone()
    return row["query"] if row else ""


def documents(query: str) -> str:
    """Return where documents `d` come from: all of them, or those that match what was typed.

    OFFSET 0 keeps the text condition alone with its index; checked row by row it would unpack every document's words.
    """
    if not query:
        return "course_documents AS d"
    return """(SELECT course_id, heading, category, modalities, languages, price_from_cents, quality, next_starts_at
      FROM course_documents WHERE words @@ %(query)s::tsquery OFFSET 0) AS d"""


def course_conditions(filters: CourseFilters) -> str:
    """Return the conditions on a course's document `d`."""
    conditions: list[str] = []
    if filters.category:
        conditions.append("d.category = %(category)s")
    if filters.modality:
        conditions.append("d.modalities @> ARRAY[%(modality)s]")
    if filters.language:
        conditions.append("d.languages @> ARRAY[%(language)s]")
    if filters.max_price_cents is not None:
        conditions.append("d.price_from_cents <= %(max_price_cents)s")
    return " AND ".join(conditions) or "true"


def session_conditions(filters: CourseFilters) -> str:
    """Return the conditions on a session `s`, or an empty text when no filter is about sessions."""
    conditions: list[str] = []
    if filters.place:
        # Beginnings, spelt as a range so that the index serves prepared statements; "~" stands after every character.
        conditions.append("s.place_key ~>=~ search_text(%(place)s) AND s.place_key ~<~ (search_text(%(place)s) || '~')")
    if filters.month:
        conditions.append("s.local_month = %(month)s")
    if filters.seats:
        conditions.append("s.capacity - s.seats_taken >= %(seats)s")
    return " AND ".join([OPEN, *conditions]) if conditions else ""


def parameters(filters: CourseFilters, query: str = "") -> dict[str, Any]:
    """Return the values of the conditions."""
    return {
        "query": query,
        "category": filters.category and filters.category.value,
        "modality": filters.modality and filters.modality.value,
        "language": filters.language,
        "max_price_cents": filters.max_price_cents,
        "place": filters.place,
        "month": filters.month and date.fromisoformat(f"{filters.month}-01"),
        "seats": filters.seats,
    }
