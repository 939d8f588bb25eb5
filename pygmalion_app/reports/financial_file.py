"""The report `financial` as a file: the rows and the total that the screen shows."""

from dataclasses import replace
from datetime import date
from typing import Final

from pygmalion_app.core.i18n import format_day, translate
from pygmalion_app.core.schemas import Command
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.reports import financial
from pygmalion_app.reports.financial import FinancialFigures, FinancialReport, FinancialRow, Grouping, Side
from pygmalion_app.reports.kinds import Making, ReportKind
from pygmalion_app.reports.tables import Cell, Column, Document, Kind, Sheet

COLUMNS: Final = {
    Side.BUYER: ("orders", "ordered", "cancelled", "paid", "financed", "refunded"),
    Side.SELLER: ("orders", "ordered", "cancelled", "revenue", "commission", "net", "refunded"),
}
"""The figures that each side is shown, in this order."""


class FinancialFilters(Command):
    """The period, both days included, and what a row stands for; no days: this year until today."""

    since: date | None = None
    until: date | None = None
    by: Grouping = Grouping.MONTH


def title_of(locale: str, by: Grouping, row: FinancialRow) -> str:
    """Return what a row stands for, as people read it."""
    match by:
        case Grouping.MONTH:
            return format_day(locale, date.fromisoformat(f"{row.key}-01"), pattern="MMMM y")
        case Grouping.COURSE:
            return row.title_en if locale == "en" else row.title
        case Grouping.COST_CENTER:
            return " · ".join(filter(None, (row.key, row.title))) or translate(locale, "report-no-cost-center")


def value_of(figures: FinancialFigures, name: str) -> int:
    """Return a figure by its column's name."""
    return (figures.orders if name == "orders" else getattr(figures, f"{name}_cents")) or 0


async def document(uow: UnitOfWork, making: Making) -> Document:
    """Return the file's content, for those who may read it."""
    chosen = FinancialFilters.model_validate(making.filters.model_dump())
    first, last = financial.this_year(financial.local_day(uow))
    report = await financial.financial(
        uow, making.organization_id, chosen.since or first, chosen.until or last, chosen.by
    )
    locale = making.locale
    period = translate(
        locale, "report-period", since=format_day(locale, report.since), until=format_day(locale, report.until)
    )
    return Document(
        locale=locale,
        name=f"{translate(locale, 'report-financial-file')}-{report.since:%Y%m%d}-{report.until:%Y%m%d}",
        title=translate(locale, "report-financial"),
        organization=report.organization_name,
        day=financial.local_day(uow),
        facts=(period, translate(locale, "report-amounts")),
        sheets=_sheets(locale, report),
    )


def _sheets(locale: str, report: FinancialReport) -> tuple[Sheet, ...]:
    names = COLUMNS[report.side]
    by = translate(locale, f"report-by-{report.by.replace('_', '-')}")
    columns = (
        Column(by, width=34, fixed=True),
        *(
            Column(translate(locale, f"report-{name}"), Kind.NUMBER if name == "orders" else Kind.MONEY, 15)
            for name in names
        ),
    )
    empty = Sheet(by, columns, [])

    def cells(title: str, figures: FinancialFigures) -> tuple[Cell, ...]:
        return (title, *(value_of(figures, name) for name in names))

    sheets = [
        replace(
            empty,
            title=by if len(report.totals) == 1 else f"{by} · {total.currency}",
            rows=[
                cells(title_of(locale, report.by, row), row) for row in report.rows if row.currency == total.currency
            ],
            total=cells(translate(locale, "report-total"), total),
            currency=total.currency,
        )
        for total in report.totals
    ]
    return tuple(sheets) or (empty,)


def _recent(chosen: Command, uow: UnitOfWork, weekly: bool) -> Command:
    since, until = financial.last_period(financial.local_day(uow), weekly=weekly)
    return chosen.model_copy(update={"since": since, "until": until})


KIND: Final = ReportKind("financial", FinancialFilters, document, _recent)
