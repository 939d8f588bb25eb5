"""The yearly training report as a file: the form's frames, one table each, and what is missing."""

from typing import Final

from pygmalion_app.core.i18n import format_day, translate
from pygmalion_app.core.schemas import Command
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.reports import financial
from pygmalion_app.reports.bpf import bpf
from pygmalion_app.reports.bpf_schemas import BpfReport, MissingData, People
from pygmalion_app.reports.kinds import Making, ReportKind
from pygmalion_app.reports.tables import Cell, Column, Document, Kind, Sheet

_HOUR: Final = 60


class BpfFilters(Command):
    """The calendar year; none: the last one."""

    year: int | None = None


def speciality(locale: str, code: str) -> str:
    """Return an NSF code with its name, where it is one of aviation's."""
    known = {"", "128", "253", "311", "315", "333", "344"}
    return translate(locale, f"nsf-{code or 'unsaid'}") if code in known else code


def gap(locale: str, one: MissingData) -> str:
    """Return what is missing, in words."""
    return translate(
        locale,
        f"bpf-missing-{one.kind.value}",
        count=one.count,
        name=one.name,
        course=one.title_en if locale == "en" else one.title,
        day=format_day(locale, one.starts_at, one.time_zone) if one.starts_at else "",
    )


def frames(locale: str, report: BpfReport) -> tuple[tuple[str, tuple[tuple[str, People], ...]], ...]:
    """Return the frames of people as (key of the title, named lines), in the form's order."""

    def named(prefix: str, lines: tuple[People, ...]) -> tuple[tuple[str, People], ...]:
        return tuple((translate(locale, f"{prefix}-{line.key}"), line) for line in lines)

    return (
        ("bpf-frame-e", named("bpf-trainer", report.trainers)),
        ("bpf-frame-f1", (*named("bpf-trainee", report.trainees), *named("bpf", (report.total, report.remote)))),
        ("bpf-frame-f2", named("bpf", (report.subcontracted,))),
        ("bpf-frame-f3", (*named("bpf-objective", report.objectives), *named("bpf", (report.total,)))),
        (
            "bpf-frame-f4",
            (
                *((speciality(locale, line.key), line) for line in report.specialities),
                *named("bpf", (report.total,)),
            ),
        ),
        ("bpf-frame-g", named("bpf", (report.entrusted,))),
    )


async def document(uow: UnitOfWork, making: Making) -> Document:
    """Return the file's content, for those who may read it."""
    chosen = BpfFilters.model_validate(making.filters.model_dump())
    report = await bpf(uow, making.organization_id, chosen.year)
    locale = making.locale
    missing = translate(locale, "bpf-missing-none")
    if report.missing:
        missing = translate(locale, "bpf-missing-count", count=len(report.missing))
    return Document(
        locale=locale,
        name=f"{translate(locale, 'report-bpf-file')}-{report.year}",
        title=translate(locale, "bpf-title-year", year=str(report.year)),
        organization=report.organization_name,
        day=financial.local_day(uow),
        facts=(
            translate(locale, "bpf-identity", nda=report.nda or "–", siret=report.siret or "–"),
            translate(locale, "bpf-about"),
            missing,
        ),
        sheets=(_income(locale, report), _people(locale, report), _missing(locale, report)),
    )


def _income(locale: str, report: BpfReport) -> Sheet:
    columns = (
        Column(translate(locale, "bpf-line"), width=8, fixed=True),
        Column(translate(locale, "bpf-source"), width=52),
        Column(translate(locale, "bpf-net"), Kind.MONEY, 18),
    )
    rows: list[tuple[Cell, ...]] = [
        (one.source.value, translate(locale, f"bpf-source-{one.source.value}"), one.cents) for one in report.income
    ]
    total = ("", translate(locale, "bpf-income-total"), report.income_cents)
    return Sheet(title=translate(locale, "bpf-frame-c"), columns=columns, rows=rows, total=total)


def _people(locale: str, report: BpfReport) -> Sheet:
    """Return the frames E to G below each other: they fit a page."""
    columns = (
        Column(translate(locale, "bpf-frame"), width=26, fixed=True),
        Column(translate(locale, "bpf-line"), width=42),
        Column(translate(locale, "bpf-people"), Kind.NUMBER, 10),
        Column(translate(locale, "bpf-hours"), Kind.NUMBER, 10),
    )
    rows: list[tuple[Cell, ...]] = [
        (translate(locale, title) if place == 0 else "", name, line.people, round(line.minutes / _HOUR, 2))
        for title, lines in frames(locale, report)
        for place, (name, line) in enumerate(lines)
    ]
    return Sheet(title=translate(locale, "bpf-frames"), columns=columns, rows=rows)


def _missing(locale: str, report: BpfReport) -> Sheet:
    return Sheet(
        title=translate(locale, "bpf-missing"),
        columns=(Column(translate(locale, "bpf-missing"), width=86, fixed=True),),
        rows=[(gap(locale, one),) for one in report.missing],
        aside=True,
    )


def _recent(chosen: Command, uow: UnitOfWork, weekly: bool) -> Command:  # noqa: ARG001 - the shape of a kind
    return chosen.model_copy(update={"year": financial.local_day(uow).year})


KIND: Final = ReportKind("bpf", BpfFilters, document, _recent)
