"""Rows of the reports' pages, ready to read."""

from dataclasses import dataclass, field
from datetime import date
from typing import cast

from pygmalion_app.compliance.models import Status
from pygmalion_app.core.i18n import format_day, format_money, format_number, format_percent
from pygmalion_app.reports.compliance import ComplianceGroup, ComplianceReport, ComplianceRow
from pygmalion_app.reports.compliance_file import SHOWN, TONES, percent
from pygmalion_app.reports.financial import FinancialFigures, FinancialReport, Grouping, Side
from pygmalion_app.reports.financial_file import COLUMNS, title_of, value_of
from pygmalion_app.ui.components import chart_data
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.components.chart_data import Chart, Series, Shade
from pygmalion_app.ui.i18n import Lang

MOST_BARS = 12
MOST_MONTHS = 36
_CHARTED: dict[Side, tuple[tuple[str, Shade], ...]] = {
    Side.BUYER: (("ordered", "main"), ("paid", "ok"), ("refunded", "second")),
    Side.SELLER: (("revenue", "main"), ("commission", "third"), ("refunded", "second")),
}


@dataclass
class Choice:
    """One thing to choose from."""

    value: str
    text: str


@dataclass
class Standing:
    """One person and requirement."""

    name: str
    work: str
    requirement: str
    status: str
    tone: Tone
    day: str


@dataclass
class GroupRow:
    """One requirement's figures, in the order of the table's columns."""

    title: str
    figures: list[str]
    rate: str
    tone: Tone


@dataclass
class MoneyRow:
    """One row of the financial report; figures in the order of the columns."""

    title: str
    figures: list[str]


@dataclass
class MoneyColumn:
    """A column's heading and its place."""

    title: str
    place: int


@dataclass
class Figure:
    """A large figure."""

    value: str
    term: str


@dataclass
class MoneyTable:
    """One currency's rows, with their total."""

    title: str
    rows: list[MoneyRow] = field(default_factory=list)
    total: list[str] = field(default_factory=list)


def standing(lang: Lang, row: ComplianceRow) -> Standing:
    """Return a row of the compliance report."""
    planned = row.status == Status.PLANNED
    day = row.planned_on if planned else row.until
    return Standing(
        name=row.name,
        work=" · ".join(filter(None, (row.job_role, row.site))),
        requirement=row.title_en if lang.code == "en" else row.title,
        status=lang(f"report-status-{row.status}"),
        tone=cast("Tone", TONES[Status(row.status)]),
        day=format_day(lang.code, day, pattern="d MMM y") if day else "–",
    )


def group_row(lang: Lang, group: ComplianceGroup) -> GroupRow:
    """Return a requirement's figures."""
    return GroupRow(
        title=_title(lang, group),
        figures=[format_number(lang.code, group.counts.get(status, 0)) for status in SHOWN],
        rate=percent(lang.code, group.rate),
        tone="ok" if group.rate >= 0.9 else "warn" if group.rate >= 0.7 else "bad",  # noqa: PLR2004 - as the dial's
    )


def _title(lang: Lang, group: ComplianceGroup) -> str:
    return group.title_en if lang.code == "en" else group.title


def by_requirement(lang: Lang, report: ComplianceReport, shades: dict[Status, Shade]) -> Chart:
    """Return the requirements of the lowest rates as bars of their statuses."""
    worst = sorted(report.by_requirement, key=lambda group: (group.rate, group.key))[:MOST_BARS]
    return chart_data.bars(
        [_title(lang, group) for group in worst],
        [
            Series(
                lang(f"report-status-{status}"),
                [100 * group.counts.get(status, 0) / (sum(group.counts.values()) or 1) for group in worst],
                shades[status],
            )
            for status in SHOWN
        ],
        written=lambda number: format_percent(lang.code, round(number, 1)),
        of=lang("report-requirement"),
        top=100,
        values=[percent(lang.code, group.rate) for group in worst],
    )


def rates(lang: Lang, groups: tuple[ComplianceGroup, ...], of: str, nameless: str) -> Chart:
    """Return groups of people as bars of their rates, the lowest first."""
    return chart_data.bars(
        [group.title or nameless for group in groups[:MOST_BARS]],
        [Series(lang("report-rate"), [100 * group.rate for group in groups[:MOST_BARS]], "main")],
        written=lambda number: percent(lang.code, number / 100),
        of=of,
        top=100,
    )


def money_columns(lang: Lang, report: FinancialReport) -> list[MoneyColumn]:
    """Return the headings of the figures."""
    return [MoneyColumn(lang(f"report-{name}"), place) for place, name in enumerate(COLUMNS[report.side])]


def money_tables(lang: Lang, report: FinancialReport) -> list[MoneyTable]:
    """Return a table for each currency."""
    tables: list[MoneyTable] = []
    for total in report.totals:
        rows = [row for row in report.rows if row.currency == total.currency]
        tables.append(
            MoneyTable(
                title=total.currency,
                rows=[MoneyRow(title_of(lang.code, report.by, row), _figures(lang, report.side, row)) for row in rows],
                total=_figures(lang, report.side, total),
            )
        )
    return tables


def _figures(lang: Lang, side: Side, figures: FinancialFigures) -> list[str]:
    return [_written(lang, figures, name) for name in COLUMNS[side]]


def _written(lang: Lang, figures: FinancialFigures, name: str) -> str:
    value = value_of(figures, name)
    if name == "orders":
        return format_number(lang.code, value)
    return format_money(lang.code, value, figures.currency)


def money_figures(lang: Lang, report: FinancialReport) -> list[Figure]:
    """Return the totals, large; of several currencies, the first one's."""
    return [
        Figure(_written(lang, total, name), lang(f"report-{name}"))
        for total in report.totals[:1]
        for name in COLUMNS[report.side]
    ]


def money_chart(lang: Lang, report: FinancialReport) -> Chart:
    """Return months as columns, and courses and cost centres as bars; of several currencies, the first one's."""
    if not report.totals:
        return Chart()
    currency = report.totals[0].currency
    rows = [row for row in report.rows if row.currency == currency]

    def written(cents: float) -> str:
        return format_money(lang.code, round(cents), currency)

    of = lang(f"report-by-{report.by.replace('_', '-')}")
    charted = _CHARTED[report.side]
    if report.by is Grouping.MONTH:
        found = {row.key: row for row in rows}
        months = _months(report)[-MOST_MONTHS:]
        empty = FinancialFigures(currency=currency)
        figures = [found.get(f"{month:%Y-%m}", empty) for month in months]
        labels = [format_day(lang.code, month, pattern="MMM yy") for month in months]
        series = [
            Series(lang(f"report-{name}"), [value_of(one, name) for one in figures], shade) for name, shade in charted
        ]
        return chart_data.columns(labels, series, written=written, of=of)
    shown = rows[:MOST_BARS]
    name, shade = charted[0]
    series = [Series(lang(f"report-{name}"), [value_of(row, name) for row in shown], shade)]
    return chart_data.bars([title_of(lang.code, report.by, row) for row in shown], series, written=written, of=of)


def _months(report: FinancialReport) -> list[date]:
    """Return the first days of the period's months: those in which nothing moved are seen too."""
    first, last = report.since, report.until
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [
        date(first.year + (first.month - 1 + ahead) // 12, (first.month - 1 + ahead) % 12 + 1, 1)
        for ahead in range(count)
    ]
