"""Pages of a list."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from pygmalion_app.core.errors import InvalidInputError

MAX_LIMIT = 100
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which page is wanted: `page` counts from 1, `limit` is at most 100."""

    page: int = 1
    limit: int = 20

    def __post_init__(self) -> None:
        """Refuse pages that cannot exist."""
        if not 1 <= self.page <= 1_000_000:  # noqa: PLR2004 - keeps the offset in range
            raise InvalidInputError(field="page")
        if not 1 <= self.limit <= MAX_LIMIT:
            raise InvalidInputError(field="limit")

    @property
    def offset(self) -> int:
        """How many rows stand before the page."""
        return (self.page - 1) * self.limit


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of results and how many there are in all."""

    items: tuple[T, ...]
    total: int
    request: PageRequest
