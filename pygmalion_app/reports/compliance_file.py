"""The report `compliance` as a file: people by requirements as on the matrix, then the figures of each requirement."""

from typing import Final

from pygmalion_app.compliance.matrix import matrix
from pygmalion_app.compliance.models import Status
from pygmalion_app.compliance.schemas import MOST_PEOPLE, Cell, Matrix, MatrixFilters, MatrixPerson
from pygmalion_app.core.i18n import format_day, format_percent, translate
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.reports import compliance
from pygmalion_app.reports.compliance import ComplianceFilters, ComplianceReport
from pygmalion_app.reports.kinds import Making, ReportKind
from pygmalion_app.reports.tables import Column, Document, Kind, Mark, Sheet

TONES: Final = {
    Status.COMPLIANT: "ok",
    Status.EXPIRING: "warn",
    Status.EXPIRED: "bad",
    Status.MISSING: "bad",
    Status.PLANNED: "info",
    Status.EXEMPT: "idle",
}
SHOWN: Final = (
    Status.COMPLIANT,
    Status.EXPIRING,
    Status.PLANNED,
    Status.EXPIRED,
    Status.MISSING,
    Status.EXEMPT,
)
"""The statuses in the order in which they are read, the good ones first."""

_PLACES: Final = ("job_role", "site", "cost_center", "contractor_type")
"""What is said of each person where it is known of anybody."""


def percent(locale: str, rate: float) -> str:
    """Return a rate as people read it, never rounded up to a whole: 99.96 % is not 100 %."""
    return format_percent(locale, int(rate * 1000) / 10)


async def document(uow: UnitOfWork, making: Making) -> Document:
    """Return the file's content, for those who may read it."""
    chosen = ComplianceFilters.model_validate(making.filters.model_dump())
    report = await compliance.compliance(uow, making.organization_id, chosen, limit=0)
    locale = making.locale
    people = await _everybody(uow, report, chosen)
    rate = translate(locale, "report-rate-is", rate=percent(locale, report.rate))
    return Document(
        locale=locale,
        name=f"{translate(locale, 'report-compliance-file')}-{report.on:%Y%m%d}",
        title=translate(locale, "report-compliance"),
        organization=report.organization_name,
        day=report.on,
        facts=(translate(locale, "report-as-of", day=format_day(locale, report.on)), rate),
        sheets=(_matrix(locale, people, report), _summary(locale, report)),
    )


async def _everybody(uow: UnitOfWork, report: ComplianceReport, chosen: ComplianceFilters) -> Matrix:
    found: Matrix | None = None
    people: list[MatrixPerson] = []
    while found is None or len(people) < found.total:
        filters = MatrixFilters(**chosen.model_dump(), offset=len(people), limit=MOST_PEOPLE)
        found = await matrix(uow, report.organization_id, filters)
        people.extend(found.people)
        if not found.people:
            break
    return Matrix(found.on, found.total, 0, found.columns, tuple(people))


def _matrix(locale: str, found: Matrix, report: ComplianceReport) -> Sheet:
    titles = {group.key: group.title_en if locale == "en" else group.title for group in report.by_requirement}
    keys = [column.key for column in found.columns if column.key in titles]
    places = [name for name in _PLACES if any(getattr(person, name) for person in found.people)]
    columns = (
        Column(translate(locale, "report-person"), width=24, fixed=True),
        *(Column(translate(locale, f"report-by-{name.replace('_', '-')}"), width=16) for name in places),
        *(Column(f"{key} · {titles[key]}", Kind.MARK, 17) for key in keys),
    )
    rows = [
        (
            person.name,
            *(getattr(person, name) or "" for name in places),
            *(_mark(locale, person.cells.get(key)) for key in keys),
        )
        for person in found.people
    ]
    return Sheet(translate(locale, "report-matrix"), columns, rows)


def _mark(locale: str, cell: Cell | None) -> Mark | None:
    if cell is None:
        return None
    day = cell.planned_on if cell.status == Status.PLANNED else cell.until
    note = format_day(locale, day, pattern="dd/MM/y") if day else ""
    return Mark(translate(locale, f"report-status-{cell.status}"), TONES[Status(cell.status)], note)


def _summary(locale: str, report: ComplianceReport) -> Sheet:
    columns = (
        Column(translate(locale, "report-requirement"), width=40, fixed=True),
        *(Column(translate(locale, f"report-status-{status}"), Kind.NUMBER, 12) for status in SHOWN),
        Column(translate(locale, "report-rate"), Kind.SHARE, 12),
    )
    rows = [
        (
            f"{group.key} · {group.title_en if locale == 'en' else group.title}",
            *(group.counts.get(status, 0) for status in SHOWN),
            group.rate,
        )
        for group in report.by_requirement
    ]
    total = (translate(locale, "report-total"), *(report.counts[status] for status in SHOWN), report.rate)
    return Sheet(translate(locale, "report-by-requirement"), columns, rows, total, aside=True)


KIND: Final = ReportKind("compliance", ComplianceFilters, document)
