"""The index narrowed to sessions with enough free seats, as they were at most two seconds ago.

Reading the free seats of 30,000 sessions costs the database 30 ms: done for each search, it was two fifths of all that
searches cost. The cards are read live with the same filter, and a course that has lost its seats since sends the
search to SQL; one that has won seats appears two seconds late.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, LiteralString

from pygmalion_app.catalog.index import CatalogIndex
from pygmalion_app.core.unit_of_work import container

SEATS_KEPT_SECONDS: Final = 2.0

# The index's openings, in its order.
_READ: Final[LiteralString] = """
SELECT (SELECT number FROM catalog_version) AS version,
  array_agg(capacity - seats_taken ORDER BY starts_at, id) AS free
FROM sessions WHERE status = 'scheduled' AND starts_at > %(opened_after)s
"""


@dataclass(frozen=True, slots=True)
class _FreeSeats:
    """Free seats by the index's openings, and what was narrowed to so many."""

    index: CatalogIndex
    read_at: float
    free: Sequence[int]
    narrowed: dict[int, CatalogIndex] = field(default_factory=dict[int, CatalogIndex])

    def at_least(self, seats: int) -> CatalogIndex:
        if seats not in self.narrowed:
            self.narrowed[seats] = self.index.narrowed(
                [one for one, free in zip(self.index.openings, self.free, strict=True) if free >= seats]
            )
        return self.narrowed[seats]

    def serves(self, index: CatalogIndex) -> bool:
        return self.index is index and time.monotonic() - self.read_at <= SEATS_KEPT_SECONDS


class _Keeper:
    """This process's free seats; many who ask at once share one reading."""

    def __init__(self) -> None:
        self._seats: _FreeSeats | None = None
        self._reading: tuple[CatalogIndex, asyncio.Task[_FreeSeats | None]] | None = None

    async def find(self, index: CatalogIndex) -> _FreeSeats | None:
        if self._seats is not None and self._seats.serves(index):
            return self._seats
        if self._reading is None or self._reading[0] is not index or self._reading[1].done():
            self._reading = (index, asyncio.create_task(_read(index)))
        self._seats = await asyncio.shield(self._reading[1])
        return self._seats


_KEEPER: Final = _Keeper()


async def roomy(index: CatalogIndex, seats: int) -> CatalogIndex | None:
    """Return the index with only the openings that have `seats` free; None when the catalogue has changed since."""
    found = await _KEEPER.find(index)
    return found.at_least(seats) if found else None


async def _read(index: CatalogIndex) -> _FreeSeats | None:
    read_at = time.monotonic()
    async with container().reader.connection() as connection:
        cursor = await connection.execute(_READ, {"opened_after": index.opened_after}, binary=True)
        row = await cursor.fetchone()
    if row is None or row["version"] != index.version:
        return None
    return _FreeSeats(index, read_at, row["free"] or ())
