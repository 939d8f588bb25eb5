"""The report `quality` as a file: the indicators, and the same by course."""

from datetime import date
from typing import Final

from pygmalion_app.core.i18n import format_day, translate
from pygmalion_app.core.schemas import Command
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.reports import financial
from pygmalion_app.reports.kinds import Making, ReportKind
from pygmalion_app.reports.quality import Indicators, QualityReport, quality
from pygmalion_app.reports.tables import Cell, Column, Document, Kind, Sheet

FIGURES: Final[tuple[tuple[str, Kind], ...]] = (
    ("sessions", Kind.NUMBER),
    ("learners", Kind.NUMBER),
    ("completion_rate", Kind.SHARE),
    ("success_rate", Kind.SHARE),
    ("abandon_rate", Kind.SHARE),
    ("hot_satisfaction_rate", Kind.SHARE),
    ("hot_response_rate", Kind.SHARE),
    ("cold_satisfaction_rate", Kind.SHARE),
    ("cold_response_rate", Kind.SHARE),
)
"""The figures in the order in which they are shown."""


class QualityFilters(Command):
    """The period, both days included; no days: this year until today."""

    since: date | None = None
    until: date | None = None


async def document(uow: UnitOfWork, making: Making) -> Document:
    """Return the file's content, for those who may read it."""
    chosen = QualityFilters.model_validate(making.filters.model_dump())
    report = await quality(uow, making.organization_id, chosen.since, chosen.until)
    locale = making.locale
    period = translate(
        locale, "report-period", since=format_day(locale, report.since), until=format_day(locale, report.until)
    )
    return Document(
        locale=locale,
        name=f"{translate(locale, 'report-quality-file')}-{report.since:%Y%m%d}-{report.until:%Y%m%d}",
        title=translate(locale, "report-quality"),
        organization=report.organization_name,
        day=financial.local_day(uow),
        facts=(period, translate(locale, "quality-about")),
        sheets=(_sheet(locale, report),),
    )


def _sheet(locale: str, report: QualityReport) -> Sheet:
    columns = (
        Column(translate(locale, "quality-course"), width=34, fixed=True),
        *(Column(translate(locale, f"quality-{name.replace('_', '-')}"), kind, 14) for name, kind in FIGURES),
    )
    return Sheet(
        title=translate(locale, "quality-by-course"),
        columns=columns,
        rows=[_cells(row.title_en if locale == "en" else row.title, row) for row in report.courses],
        total=_cells(translate(locale, "quality-whole"), report.indicators),
    )


def _cells(title: str, row: Indicators) -> tuple[Cell, ...]:
    return (title, *(getattr(row, name) for name, _ in FIGURES))


def _recent(chosen: Command, uow: UnitOfWork, weekly: bool) -> Command:
    since, until = financial.last_period(financial.local_day(uow), weekly=weekly)
    return chosen.model_copy(update={"since": since, "until": until})


KIND: Final = ReportKind("quality", QualityFilters, document, _recent)
