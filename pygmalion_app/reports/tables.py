"""A report ready to be written: titles, columns and cells, the same for the screen, CSV, XLSX and PDF."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What a column's cells are: texts, counts, amounts in cents, days, shares from 0 to 1, or marks."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DAY = "day"
    SHARE = "share"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Mark:
    """A word with a tone (`ok`, `warn`, `bad`, `info`, `idle`); `note` says more, a day for instance."""

    text: str
    tone: str
    note: str = ""


Cell = str | int | float | date | Mark | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `width` in characters. With `fixed`, it is repeated where a page is too narrow for all columns."""

    title: str
    kind: Kind = Kind.TEXT
    width: int = 16
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table; `total` is a last row that stands out."""

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]
    total: tuple[Cell, ...] | None = None
    currency: str = "EUR"
    """Of its amounts."""
    aside: bool = False
    """Not in a CSV file, which is one table for machines."""


@dataclass(frozen=True, slots=True)
class Document:
    """A report's file: `facts` are lines that say what it is about, `name` its file name without the ending."""

    locale: str
    name: str
    title: str
    organization: str
    day: date
    facts: tuple[str, ...]
    sheets: tuple[Sheet, ...] = field(default=())


def rows_of(sheet: Sheet) -> int:
    """Return how many rows a table has, its total among them."""
    return len(sheet.rows) + (sheet.total is not None)
