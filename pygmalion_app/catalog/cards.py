"""Cards of courses with their next session, read in one statement."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from pygmalion_app.catalog.schemas import CourseCard, CourseFilters, OpenSession, Seller
from pygmalion_app.catalog.search_sql import OPEN, parameters, session_conditions
from pygmalion_app.core.unit_of_work import container

SESSION_COLUMNS = """s.id, s.starts_at, s.ends_at, s.time_zone, s.location, s.airport_code, s.address, s.modality,
  s.language, s.capacity, s.capacity - s.seats_taken AS free, s.price_cents, s.currency, s.status"""
_card = msgspec.json.Decoder(CourseCard)


def open_session(row: dict[str, Any]) -> OpenSession:
    """Build a session from SESSION_COLUMNS."""
    return OpenSession(
        id=row["id"],
        start_date=row["starts_at"],
        end_date=row["ends_at"],
        time_zone=row["time_zone"],
        location=row["location"],
        airport_code=row["airport_code"],
        address=row["address"],
        modality=row["modality"],
        language=row["language"],
        max_places=row["capacity"],
        available_places=row["free"],
        price_cents=row["price_cents"],
        currency=row["currency"],
        status=row["status"],
    )


async def read_cards(ids: Sequence[str], filters: CourseFilters) -> tuple[list[CourseCard], int]:
    """Return the cards of published courses in the order of `ids`, and the catalogue's version they belong to.

    A card's next session is the first to come that fits the filters' place, month and seats.
    """
    fitting = session_conditions(filters) or OPEN
    async with container().reader.connection() as connection:
        cursor = await connection.execute(
            f"""
            SELECT version.number AS version, card.* FROM catalog_version AS version LEFT JOIN LATERAL (
              SELECT wanted.place, d.card::text AS card, s.*
              FROM unnest(%(ids)s::uuid[]) WITH ORDINALITY AS wanted(course, place)
              JOIN course_documents d ON d.course_id = wanted.course
              LEFT JOIN LATERAL (SELECT {SESSION_COLUMNS} FROM sessions s
                WHERE s.course_id = d.course_id AND {fitting} ORDER BY s.starts_at LIMIT 1) AS s ON true
            ) AS card ON true ORDER BY card.place
            """.encode(),  # noqa: S608 - assembled from constants; every value is a parameter
            parameters(filters) | {"ids": f"{{{','.join(ids)}}}"},
            binary=True,
        )
        rows = await cursor.fetchall()
    return [_built(row) for row in rows if row["card"] is not None], rows[0]["version"]


async def read_again(cards: Sequence[CourseCard]) -> tuple[list[CourseCard], int]:
    """Return cards read before with their next sessions as they are now, and the catalogue's version.

    Under the same version the courses, and which session is next, are the same: only these sessions' rows are read.
    """
    ids = [str(card.next_session.id) for card in cards if card.next_session]
    async with container().reader.connection() as connection:
        cursor = await connection.execute(
            f"""SELECT version.number AS version, s.* FROM catalog_version AS version
            LEFT JOIN (SELECT {SESSION_COLUMNS} FROM sessions s WHERE s.id = ANY (%(ids)s::uuid[])) AS s ON true
            """.encode(),  # noqa: S608 - assembled from constants; every value is a parameter
            {"ids": f"{{{','.join(ids)}}}"},
            binary=True,
        )
        rows = await cursor.fetchall()
    sessions = {row["id"]: open_session(row) for row in rows if row["id"] is not None}
    return [_with(card, sessions.get(card.next_session.id) if card.next_session else None) for card in cards], rows[0][
        "version"
    ]


def _with(card: CourseCard, session: OpenSession | None) -> CourseCard:
    if session is None or session == card.next_session:
        return card
    return msgspec.structs.replace(card, next_session=session)


def _built(row: dict[str, Any]) -> CourseCard:
    card = _card.decode(row["card"])
    changes: dict[str, Any] = {}
    if row["id"] is not None:
        changes["next_session"] = open_session(row)
    seller = card.organization
    if seller.qualiopi and not still_valid(seller):
        changes["organization"] = msgspec.structs.replace(seller, qualiopi=False)
    return msgspec.structs.replace(card, **changes) if changes else card


def still_valid(seller: Seller) -> bool:
    """Tell whether the quality certificate's last day has not passed."""
    until = seller.qualiopi_valid_until
    return until is not None and until >= datetime.now(UTC).date()
