"""What the matrix page sends: rows of people with one short text a cell."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from pygmalion_app.compliance.models import Status
from pygmalion_app.compliance.queries import rate
from pygmalion_app.compliance.schemas import Cell, Matrix, MatrixColumn, MatrixPerson
from pygmalion_app.core.i18n import format_number
from pygmalion_app.ui.compliance.wording import (
    CODE_OF,
    WORST_FIRST,
    day_of,
    percent_of,
    short_day,
)
from pygmalion_app.ui.enrollments.wording import title_of
from pygmalion_app.ui.i18n import Lang

TODO: Final = "todo"
"""What asks for something now: expired or missing."""
NOT_ASKED: Final = "n|"


@dataclass
class ColumnRow:
    """One requirement at the head of its column."""

    title: str
    full: str
    rate: str


@dataclass
class TallyRow:
    """How many of a person's requirements have one status."""

    code: str
    text: str


@dataclass
class PersonRow:
    """One person. A cell is the status's letter and its day: `c|12/03/27`."""

    id: str
    number: int
    name: str
    place: str
    cells: list[str] = field(default_factory=list)
    tallies: list[TallyRow] = field(default_factory=list)


@dataclass
class CountRow:
    """A status to filter by, and how many cells have it."""

    status: str
    code: str
    word: str
    count: str


def column_rows(lang: Lang, columns: Iterable[MatrixColumn]) -> list[ColumnRow]:
    """Return the heads of the columns."""
    return [
        ColumnRow(
            title=title_of(lang, column.title, column.title_en),
            full=f"{title_of(lang, column.title, column.title_en)} ({column.key})",
            rate=lang("matrix-rate", rate=percent_of(_rate(column.counts))),
        )
        for column in columns
    ]


def person_row(lang: Lang, person: MatrixPerson, keys: Sequence[str], number: int, *, with_cells: bool) -> PersonRow:
    """Return a person's row: their cells in the columns' order, or how many of each status they have."""
    return PersonRow(
        id=str(person.user_id),
        number=number,
        name=person.name,
        place=place_of(lang, person.job_role, person.site),
        cells=[_cell(lang, person.cells.get(key)) for key in keys] if with_cells else [],
        tallies=[] if with_cells else tallies(lang, person.cells.values()),
    )


def place_of(lang: Lang, job_role: str | None, site: str | None) -> str:
    """Return what somebody does, and where."""
    return " · ".join(part for part in (job_role or lang("matrix-unassigned"), site) if part)


def tallies(lang: Lang, cells: Iterable[Cell]) -> list[TallyRow]:
    """Return how many of each status there are, what asks for something first."""
    counts = Counter(cell.status for cell in cells)
    if not counts:
        return [TallyRow("n", lang("matrix-tally-none"))]
    return [
        TallyRow(CODE_OF[status], lang(f"matrix-tally-{status}", count=counts[status]))
        for status in WORST_FIRST
        if counts[status]
    ]


def count_rows(lang: Lang, columns: Iterable[MatrixColumn]) -> list[CountRow]:
    """Return the statuses to filter by."""
    counts = _sum(columns)
    todo = counts[Status.EXPIRED] + counts[Status.MISSING]
    rows = [CountRow(TODO, "", lang("matrix-todo"), format_number(lang.code, todo))] if todo else []
    return rows + [
        CountRow(
            status,
            CODE_OF[status],
            lang(f"compliance-status-{status}"),
            format_number(lang.code, counts[Status(status)]),
        )
        for status in WORST_FIRST
        if counts[Status(status)]
    ]


def summary_of(lang: Lang, found: int, everybody: int) -> str:
    """Return how many people match."""
    shown, total = format_number(lang.code, found), format_number(lang.code, everybody)
    if found == everybody:
        return lang("matrix-summary", count=found, shown=shown)
    return lang("matrix-summary-of", count=found, shown=shown, total=total)


def what_if_of(lang: Lang, base: Matrix, out: int) -> str:
    """Return how things would stand on the matrix's day; `out` people lack something then."""
    return lang("matrix-what-if", day=day_of(lang, base.on), rate=percent_of(rate(_sum(base.columns))), out=out)


def _sum(columns: Iterable[MatrixColumn]) -> dict[Status, int]:
    counts: Counter[str] = Counter()
    for column in columns:
        counts.update(column.counts)
    return {status: counts[status] for status in Status}


def _rate(counts: dict[str, int]) -> float:
    return rate({status: counts.get(status, 0) for status in Status})


def _cell(lang: Lang, cell: Cell | None) -> str:
    if cell is None:
        return NOT_ASKED
    day = cell.planned_on if cell.status == Status.PLANNED else cell.until
    return f"{CODE_OF[cell.status]}|{short_day(lang, day)}"
