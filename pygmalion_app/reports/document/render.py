"""Sets a report as PDF, a few hundred rows at a time: thousands of people by forty requirements fit in memory."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pikepdf

from pygmalion_app.core import typesetting
from pygmalion_app.core.i18n import format_day
from pygmalion_app.reports.tables import Cell, Column, Document, Kind, Mark, Sheet

Said = Callable[[str, Kind, Cell, str], str]
FOLDER: Final = Path(__file__).parent
_STANDARDS: Final = ("a-2b",)
_PIECE: Final = 150
"""Rows set at once."""
_PORTRAIT: Final = 90
"""Characters that fit beside each other on an upright page."""
_LANDSCAPE: Final = 140


def render(document: Document, said: Said, progress: Callable[[int], None]) -> bytes:
    """Return the PDF: each sheet in bands of columns that fit a page, the `fixed` ones repeated in each.

    Blocking and CPU-bound: call it in a thread.
    """
    whole = pikepdf.Pdf.new()
    for place, (sheet, band, rows, first) in enumerate(_pieces(document)):
        data = _data(document, sheet, band, rows, said)
        made = typesetting.pdf(
            FOLDER / "report.typ",
            {**data, "cover": place == 0, "band": first, "page": len(whole.pages) + 1},
            _STANDARDS,
        )
        with pikepdf.Pdf.open(io.BytesIO(made)) as part:
            whole.pages.extend(part.pages)
        # A row counts once it is whole: with the last of its bands.
        progress(len(rows) if band[-1] == len(sheet.columns) - 1 else 0)
    with whole.open_metadata() as about:
        about["dc:title"] = document.title
        about["dc:language"] = {document.locale}
    whole.Root.Lang = pikepdf.String(document.locale)
    written = io.BytesIO()
    whole.save(written, linearize=False, deterministic_id=True)
    return written.getvalue()


def _pieces(document: Document) -> Iterator[tuple[Sheet, list[int], list[tuple[Cell, ...]], bool]]:
    for sheet in document.sheets:
        rows = [*sheet.rows, *([sheet.total] if sheet.total is not None else [])]
        for start in range(0, max(len(rows), 1), _PIECE):
            for band in _bands(sheet.columns):
                yield sheet, band, rows[start : start + _PIECE], start == 0


def _bands(columns: tuple[Column, ...]) -> list[list[int]]:
    """Return the columns of each band by their places: as many as fit, the fixed ones in front of each."""
    fixed = [place for place, column in enumerate(columns) if column.fixed]
    base = sum(columns[place].width for place in fixed)
    bands, band, used = list[list[int]](), list[int](), base
    for place, column in enumerate(columns):
        if place in fixed:
            continue
        if band and used + column.width > _LANDSCAPE:
            bands.append([*fixed, *band])
            band, used = [], base
        band.append(place)
        used += column.width
    return [*bands, [*fixed, *band]]


def _data(
    document: Document, sheet: Sheet, band: list[int], rows: list[tuple[Cell, ...]], said: Said
) -> dict[str, Any]:
    columns = [sheet.columns[place] for place in band]
    width = sum(column.width for column in columns)

    def cell(kind: Kind, found: Cell) -> dict[str, str]:
        if isinstance(found, Mark):
            return {"text": found.text, "note": found.note, "tone": found.tone}
        return {"text": said(document.locale, kind, found, sheet.currency)}

    return {
        "lang": document.locale,
        "title": document.title,
        "organization": document.organization,
        "facts": list(document.facts),
        "date": [document.day.year, document.day.month, document.day.day],
        "day": format_day(document.locale, document.day),
        "sheet": sheet.title,
        "landscape": width > _PORTRAIT,
        "widths": [column.width for column in columns],
        "right": [column.kind in {Kind.NUMBER, Kind.MONEY, Kind.SHARE} for column in columns],
        "headers": [column.title for column in columns],
        "rows": [[cell(sheet.columns[place].kind, row[place]) for place in band] for row in rows],
        "total": sheet.total is not None and bool(rows) and rows[-1] is sheet.total,
        "wordmark": typesetting.wordmark(),
    }
