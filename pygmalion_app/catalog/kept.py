"""Results kept in the process for as long as the catalogue's version stands."""

import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from pygmalion_app.core.unit_of_work import Container, container

T = TypeVar("T")

KEPT_SECONDS: Final = 30.0
"""Time passes without a new version: what depends on the hour (a session has begun) is wrong no longer than this."""
KEPT_RESULTS: Final = 512


def soon() -> float:
    """Return until when a result is kept whose reading begins now and of which no more is known (monotonic seconds)."""
    return time.monotonic() + KEPT_SECONDS


@dataclass(frozen=True, slots=True)
class Kept(Generic[T]):
    """A result, the version it was read under, and until when (monotonic seconds) it is right under that version."""

    value: T
    version: int
    until: float


class KeptResults(Generic[T]):
    """The most recently used results; the caller compares the version with the database's before using one."""

    def __init__(self) -> None:
        """Start empty."""
        self._results: OrderedDict[object, Kept[T]] = OrderedDict()
        self._owner: Container | None = None

    def find(self, key: object) -> Kept[T] | None:
        """Return a result that is young enough."""
        self._forget_others()
        kept = self._results.get(key)
        if kept is None or time.monotonic() > kept.until:
            return None
        self._results.move_to_end(key)
        return kept

    def keep(self, key: object, result: Kept[T]) -> None:
        """Keep a result."""
        self._forget_others()
        self._results[key] = result
        self._results.move_to_end(key)
        if len(self._results) > KEPT_RESULTS:
            self._results.popitem(last=False)

    def clear(self) -> None:
        """Forget all."""
        self._results.clear()

    def _forget_others(self) -> None:
        """Forget what was read from another database: versions compare within one only."""
        if self._owner is not container():
            self._results.clear()
            self._owner = container()
