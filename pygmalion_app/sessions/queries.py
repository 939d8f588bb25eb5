"""Hot reads of sessions, in plain SQL on the reader pool."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from pygmalion_app.catalog.policy import sees_drafts
from pygmalion_app.core.actor import ANONYMOUS, Actor
from pygmalion_app.core.paging import Page, PageRequest
from pygmalion_app.core.unit_of_work import container, reading_as
from pygmalion_app.sessions.errors import SessionNotFoundError
from pygmalion_app.sessions.schemas import BoardSession, SessionView

_VIEW: Final = """s.id, s.course_id AS formation_id, s.starts_at AS start_date, s.ends_at AS end_date, s.time_zone,
  s.location, s.airport_code, s.address, s.modality, s.language, s.capacity AS max_places,
  s.capacity - s.seats_taken AS available_places, s.price_cents, s.currency, s.status, c.slug AS course_slug,
  c.title AS course_title, c.title_en AS course_title_en, c.category, c.duration_minutes, s.organization_id,
  o.name AS organization_name, o.slug AS organization_slug, s.trainer_id, s.min_participants"""
_FROM: Final = """sessions s JOIN courses c ON c.id = s.course_id JOIN organizations o ON o.id = s.organization_id"""


async def seats_of(session_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Return the free seats of sessions that can still be booked; others are missing."""
    rows = await _rows(
        """SELECT id, capacity - seats_taken AS free FROM sessions
        WHERE id = ANY (%(ids)s) AND status = 'scheduled' AND starts_at > now()""",
        {"ids": list(session_ids)},
    )
    return {row["id"]: row["free"] for row in rows}


async def upcoming_sessions(limit: int = 8) -> list[BoardSession]:
    """Return the next sessions of published courses that have a free seat, soonest first."""
    rows = await _rows(
        """SELECT s.id, c.slug AS course_slug, c.title AS course_title, c.title_en AS course_title_en, c.category,
          o.name AS organization_name, s.starts_at AS start_date, s.time_zone, s.location, s.modality,
          s.capacity AS max_places, s.capacity - s.seats_taken AS available_places, s.price_cents, s.currency
        FROM sessions s JOIN courses c ON c.id = s.course_id JOIN organizations o ON o.id = s.organization_id
        WHERE s.status = 'scheduled' AND s.starts_at > now() AND s.seats_taken < s.capacity AND c.status = 'published'
        ORDER BY s.starts_at, s.id LIMIT %(limit)s""",
        {"limit": min(max(limit, 0), 100)},
    )
    return [BoardSession(**row) for row in rows]


async def session_view(session_id: UUID, actor: Actor = ANONYMOUS) -> SessionView:
    """Return a session with its course. One of a draft is shown to the draft's editors only; SessionNotFoundError."""
    statement = f"SELECT {_VIEW}, c.status AS course_status FROM {_FROM} WHERE s.id = %(id)s"  # noqa: S608 - constants
    rows = await _rows(statement, {"id": session_id})
    if not rows and actor.signed_in:
        async with reading_as(actor) as connection:
            rows = await (await connection.execute(statement.encode(), {"id": session_id}, binary=True)).fetchall()
    if not rows:
        raise SessionNotFoundError
    row = rows[0]
    hidden = row.pop("course_status") == "draft"
    view = SessionView(**row)
    if hidden and not sees_drafts(actor, view.organization_id):
        raise SessionNotFoundError
    return view


async def list_sessions(paging: PageRequest, formation_id: UUID | None = None) -> Page[SessionView]:
    """Return sessions to come of published courses, soonest first, of one course if asked."""
    of_course = "AND s.course_id = %(formation)s" if formation_id else ""
    where = f"s.status = 'scheduled' AND s.starts_at > now() AND c.status = 'published' {of_course}"
    rows = await _rows(
        f"""SELECT {_VIEW}, (SELECT count(*) FROM {_FROM} WHERE {where}) AS total FROM {_FROM} WHERE {where}
        ORDER BY s.starts_at, s.id LIMIT %(limit)s OFFSET %(offset)s""",  # noqa: S608 - constants
        {"formation": formation_id, "limit": paging.limit, "offset": paging.offset},
    )
    total = rows[0]["total"] if rows else 0
    for row in rows:
        del row["total"]
    return Page(tuple(SessionView(**row) for row in rows), total, paging)


async def _rows(statement: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    async with container().reader.connection() as connection:
        cursor = await connection.execute(statement.encode(), values, binary=True)
        return await cursor.fetchall()
