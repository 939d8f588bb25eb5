"""A report as a file: CSV, XLSX or PDF, in the shape that the screen shows.

No text that people wrote is ever a formula: CSV cells that would be one get an apostrophe, XLSX cells are stored as
texts.
"""

import csv
import io
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

import xlsxwriter
from babel.numbers import format_currency
from xlsxwriter.format import Format

from pygmalion_app.core.i18n import REGIONS, format_day, format_number, translate
from pygmalion_app.ledger.formats import decimal, neutral
from pygmalion_app.reports.document.render import render
from pygmalion_app.reports.tables import Cell, Document, Kind, Mark, Sheet

Progress = Callable[[int], None]
"""Told how many more rows are written."""
_PIECE: Final = 200
_MARKS: Final = {
    # Grounds and inks of the screen's lamps, legible in print.
    "ok": ("#e2f2e8", "#13693a"),
    "warn": ("#fbf0d3", "#7d5200"),
    "bad": ("#fbe5e2", "#a5231b"),
    "info": ("#e3edfb", "#174fa0"),
    "idle": ("#edebe3", "#4d586d"),
}
_NUMBERS: Final = {Kind.MONEY: "#,##0.00", Kind.SHARE: "0.0%", Kind.NUMBER: "#,##0"}
_LONGEST_TITLE: Final = 31
"""Of an XLSX sheet."""
_FORBIDDEN: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


class FileFormat(StrEnum):
    """How a report can be taken away."""

    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"


MEDIA_TYPES: Final = {
    FileFormat.CSV: "text/csv; charset=utf-8",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileFormat.PDF: "application/pdf",
}


def write(document: Document, wanted: FileFormat, progress: Progress = lambda _rows: None) -> bytes:
    """Return the file. Blocking and CPU-bound (seconds for thousands of rows): call it in a thread."""
    match wanted:
        case FileFormat.CSV:
            return _csv(document, progress)
        case FileFormat.XLSX:
            return _xlsx(document, progress)
        case FileFormat.PDF:
            return render(document, said, progress)


def said(locale: str, kind: Kind, cell: Cell, currency: str = "EUR") -> str:
    """Return a cell as people read it."""
    match cell:
        case None:
            return ""
        case Mark():
            return f"{cell.text} {cell.note}".strip()
        case date():
            return format_day(locale, cell, pattern="dd/MM/y")
        case str():
            return cell
        case _:
            return _number(locale, kind, cell, currency)


def _number(locale: str, kind: Kind, value: float, currency: str) -> str:
    if kind is Kind.MONEY:
        return format_currency(Decimal(round(value)).scaleb(-2), currency, locale=REGIONS[locale])
    return f"{format_number(locale, round(value * 100, 1))} %" if kind is Kind.SHARE else format_number(locale, value)


def _csv(document: Document, progress: Progress) -> bytes:
    written = io.StringIO()
    lines = csv.writer(written, delimiter=";" if document.locale == "fr" else ",")
    sheets = [sheet for sheet in document.sheets if not sheet.aside]
    for place, sheet in enumerate(sheets):
        if place:
            lines.writerow([])
        if len(sheets) > 1:
            lines.writerow([neutral(sheet.title)])
        lines.writerow([neutral(_title(document, sheet, column)) for column in range(len(sheet.columns))])
        for row in _counted(_rows(sheet), progress):
            lines.writerow([_plain(document.locale, sheet, place, cell) for place, cell in enumerate(row)])
    # The mark by which spreadsheets know UTF-8.
    return ("\ufeff" + written.getvalue()).encode()


def _title(document: Document, sheet: Sheet, place: int) -> str:
    column = sheet.columns[place]
    if column.kind is not Kind.MONEY:
        return column.title
    return translate(document.locale, "report-column-in", title=column.title, currency=sheet.currency)


def _plain(locale: str, sheet: Sheet, place: int, cell: Cell) -> str:
    """Return a cell for machines: days ISO 8601, numbers without separators, the decimal sign of the language."""
    match cell:
        case None:
            return ""
        case date():
            return cell.isoformat()
        case Mark() | str():
            return neutral(said(locale, Kind.TEXT, cell))
        case _ if sheet.columns[place].kind is Kind.MONEY:
            return decimal(round(cell), "," if locale == "fr" else ".")
        case _:
            return f"{cell:g}".replace(".", "," if locale == "fr" else ".") if isinstance(cell, float) else str(cell)


def _xlsx(document: Document, progress: Progress) -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": document.title, "company": document.organization, "author": "Pygmalion"})
    formats = _formats(book)
    for place, sheet in enumerate(document.sheets, start=1):
        _fill(book, document, sheet, place, formats, progress)
    book.close()
    return made.getvalue()


def _formats(book: Any) -> dict[str, Format]:
    head = {"bold": True, "bottom": 2, "text_wrap": True, "valign": "top"}
    formats = {"title": book.add_format({"bold": True, "font_size": 14}), "head": book.add_format(head)}
    for kind in Kind:
        number = {"num_format": _NUMBERS[kind]} if kind in _NUMBERS else {}
        if kind is Kind.DAY:
            number = {"num_format": "yyyy-mm-dd"}
        formats[kind] = book.add_format(number)
        formats[f"total-{kind}"] = book.add_format({**number, "bold": True, "top": 1})
    for tone, (ground, ink) in _MARKS.items():
        formats[f"mark-{tone}"] = book.add_format({"bg_color": ground, "font_color": ink})
    return formats


def _fill(
    book: Any, document: Document, sheet: Sheet, place: int, formats: dict[str, Format], progress: Progress
) -> None:
    title = f"{place} {sheet.title}".translate(_FORBIDDEN)[:_LONGEST_TITLE].strip()
    page = book.add_worksheet(title if len(document.sheets) > 1 else sheet.title.translate(_FORBIDDEN)[:_LONGEST_TITLE])
    page.write_string(0, 0, document.title, formats["title"])
    for line, fact in enumerate((document.organization, *document.facts), start=1):
        page.write_string(line, 0, fact)
    head = len(document.facts) + 3
    for column, found in enumerate(sheet.columns):
        page.set_column(column, column, found.width)
        page.write_string(head, column, _title(document, sheet, column), formats["head"])
    page.freeze_panes(head + 1, sum(column.fixed for column in sheet.columns))
    if sheet.rows:
        page.autofilter(head, 0, head + len(sheet.rows), len(sheet.columns) - 1)
    for number, row in enumerate(_counted(_rows(sheet), progress), start=head + 1):
        total = sheet.total is not None and number == head + 1 + len(sheet.rows)
        for column, cell in enumerate(row):
            _put(page, number, column, cell, sheet.columns[column].kind, formats, "total-" if total else "")


def _put(page: Any, row: int, column: int, cell: Cell, kind: Kind, formats: dict[str, Format], prefix: str) -> None:
    look = formats[prefix + kind]
    match cell:
        case None:
            page.write_blank(row, column, None, look)
        case Mark():
            page.write_string(row, column, said("", Kind.MARK, cell), formats[f"mark-{cell.tone}"])
        case str():
            page.write_string(row, column, cell, look)
        case date():
            page.write_datetime(row, column, cell, formats[prefix + Kind.DAY])
        case _:
            page.write_number(row, column, cell / 100 if kind is Kind.MONEY else cell, look)


def _rows(sheet: Sheet) -> Iterable[tuple[Cell, ...]]:
    yield from sheet.rows
    if sheet.total is not None:
        yield sheet.total


def _counted(rows: Iterable[tuple[Cell, ...]], progress: Progress) -> Iterable[tuple[Cell, ...]]:
    waiting = 0
    for row in rows:
        yield row
        waiting += 1
        if waiting == _PIECE:
            progress(waiting)
            waiting = 0
    progress(waiting)
