"""A rush for the last seats: who comes too late is told so without queueing for the session's lock.

Nothing is decided here but a refusal, and that from the same rows as under the lock, at a moment when it was true. Only
sessions that lately were full are asked first: everybody else's order is not a statement longer. And a process lets few
orders, and few of the gateway's events, go on at a time.
"""

from asyncio import Semaphore
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from time import monotonic
from typing import Any, LiteralString
from uuid import UUID
from weakref import WeakValueDictionary

from pygmalion_app.core.row_security import APPLY_PLAIN, EVERYTHING
from pygmalion_app.core.unit_of_work import UnitOfWork, container
from pygmalion_app.enrollments.errors import SessionFullError
from pygmalion_app.enrollments.schemas import PlaceOrder
from pygmalion_app.enrollments.seats import SMALLEST_WAITING, TAKEN, free_seats

_REMEMBERED_SECONDS = 30
_MOST_REMEMBERED = 1000
_AT_ONE_SESSION, _AT_ONCE, _EVENTS_AT_ONCE = 2, 3, 4
"""More orders or events than these at the same time take longer together: they wait for each other's locks and
connections, and those who wait for too long fail. Measured with 200 buyers: three orders at a time are a tenth more a
second than six, and a half more than nine."""
_FREE: LiteralString = f"""
SELECT s.capacity - taken.count AS free, {SMALLEST_WAITING} AS smallest_waiting
FROM sessions s, ({TAKEN}) AS taken
WHERE s.id = %(session_id)s AND s.status = 'scheduled' AND s.starts_at > %(now)s
  AND NOT EXISTS (SELECT FROM orders o WHERE o.buyer_user_id = %(buyer)s AND o.idempotency_key = %(key)s)
  AND NOT EXISTS (
    SELECT FROM enrollments e JOIN users u ON u.id = e.user_id
    WHERE e.session_id = s.id AND e.status <> 'CANCELLED' AND lower(u.email) = ANY (%(emails)s))
"""  # noqa: S608 - built from constants
"""Nothing for an order that was placed before, and for people who sit in it already: those are told something else."""

lately_full: dict[UUID, float] = {}
"""Sessions that this process found full, and when (by `monotonic`)."""
_ORDERS, _EVENTS = "orders", "events"
_gates: WeakValueDictionary[UUID | str, Semaphore] = WeakValueDictionary()
"""By session, one for all orders and one for all events; each for as long as somebody is at it."""


def remember_full(session_id: UUID) -> None:
    """Have the next orders for a session look before they queue."""
    if len(lately_full) >= _MOST_REMEMBERED:
        lately_full.clear()
    lately_full[session_id] = monotonic()


@asynccontextmanager
async def in_turn(session_id: UUID) -> AsyncGenerator[None]:
    """Let the block go on when few others of this process place orders, fewer still for the same session.

    For the whole transaction.
    """
    async with _gate(session_id, _AT_ONE_SESSION), _gate(_ORDERS, _AT_ONCE):
        yield


@asynccontextmanager
async def event_in_turn() -> AsyncGenerator[None]:
    """Let the block go on when few other events are applied in this process; they never wait for orders."""
    async with _gate(_EVENTS, _EVENTS_AT_ONCE):
        yield


def _gate(what: UUID | str, places: int) -> Semaphore:
    return _gates.get(what) or _gates.setdefault(what, Semaphore(places))


async def refuse_late(uow: UnitOfWork, command: PlaceOrder, buyer_id: UUID, idempotency_key: str | None) -> None:
    """Raise SessionFullError when a session that was full a moment ago still is."""
    if command.waiting_list_entry_id is not None:
        return
    if monotonic() - lately_full.get(command.session_id, -_REMEMBERED_SECONDS) >= _REMEMBERED_SECONDS:
        return
    wanted = len(command.participants)
    emails = [str(person.email).lower() for person in command.participants]
    asked = {"session_id": command.session_id, "now": uow.clock.now(), "buyer": buyer_id, "key": idempotency_key}
    rows = await _read_free(asked | {"emails": emails})
    if rows and (left := free_seats(rows[0]["free"], rows[0]["smallest_waiting"])) < wanted:
        raise SessionFullError(session=str(command.session_id), left=left, wanted=wanted)


async def _read_free(asked: Mapping[str, object]) -> list[dict[str, Any]]:
    # By the pool of readers: the order's own transaction has a connection of the engine's already.
    async with container().reader.connection() as connection:
        # Sent together they are one transaction, whose end takes the reach back.
        async with connection.pipeline():
            await connection.execute(APPLY_PLAIN, EVERYTHING)
            cursor = await connection.execute(_FREE, asked)
        return await cursor.fetchall()
