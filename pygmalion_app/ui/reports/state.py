"""Which report is in view, its files, and those that come by mail."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.i18n import format_day, format_moment, format_number
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.reports import exports, schedules
from pygmalion_app.reports.exports import ReportExportView, RequestReport
from pygmalion_app.reports.files import FileFormat
from pygmalion_app.reports.models import ExportStatus, Frequency
from pygmalion_app.reports.schedules import CreateSchedule, ScheduleView
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path
from pygmalion_app.ui.organizations.chosen import chosen_organization
from pygmalion_app.ui.reports.bpf_state import BpfState
from pygmalion_app.ui.reports.compliance_state import ComplianceReportState
from pygmalion_app.ui.reports.financial_state import FinancialReportState
from pygmalion_app.ui.reports.rows import Choice

COMPLIANCE, FINANCIAL, BPF = "compliance", "financial", "bpf"
SCHEDULE_DIALOG = "schedule-report"
_UNDER_WAY = {ExportStatus.WAITING, ExportStatus.WRITING}


@dataclass
class FileRow:
    """One file."""

    name: str
    when: str
    state: str
    tone: Tone
    path: str
    """Where to download it; empty until then."""


@dataclass
class ScheduleRow:
    """One report that comes by mail."""

    id: str
    title: str
    recipient: str
    when: str
    state: str
    tone: Tone


class ReportsState(rx.State):
    """What the page's frame shows."""

    loaded: rx.Field[bool] = rx.field(False)
    views: rx.Field[list[str]] = rx.field(default_factory=list)
    view: rx.Field[str] = rx.field("")
    files: rx.Field[list[FileRow]] = rx.field(default_factory=list)
    writing: rx.Field[bool] = rx.field(False)
    schedules: rx.Field[list[ScheduleRow]] = rx.field(default_factory=list)
    people: rx.Field[list[Choice]] = rx.field(default_factory=list)
    scheduled: rx.Field[int] = rx.field(0)
    """Counts what was set up; the form starts afresh with each."""

    @rx.event
    @access.requires(Permission.REPORT_READ)
    async def load(self) -> Any:
        """Find the reports of the reader, and have the first one load itself."""
        actor = await actor_of(self)
        organization = chosen_organization(self, actor, Permission.REPORT_READ)
        if organization is None:
            # A platform administrator, who names one in the address.
            self.views, self.view, self.loaded = [], "", True
            return None
        reads_people = actor.can(Permission.COMPLIANCE_READ, organization)
        # Who sells training has no people to keep compliant; who has them sells none.
        self.views = [COMPLIANCE, FINANCIAL] if reads_people else [FINANCIAL, BPF]
        asked = self.router.url.query_parameters.get("report", "")
        self.view = asked if asked in self.views else self.views[0]
        await self._read_files(actor)
        await self._read_schedules(actor)
        self.loaded = True
        return self._loader()

    @rx.event
    @access.requires(Permission.REPORT_READ)
    async def choose(self, view: str) -> Any:
        """Show another report."""
        if view not in self.views:
            return None
        self.view = str(view)
        return self._loader()

    def _loader(self) -> Any:
        loaders = {COMPLIANCE: ComplianceReportState.load, BPF: BpfState.load}
        return loaders.get(self.view, FinancialReportState.load)

    @rx.event
    @access.requires(Permission.REPORT_READ)
    async def export(self, kind: str) -> Any:
        """Have the report in view written as it is shown."""
        lang, actor = lang_of_path(self.router.url.path), await actor_of(self)
        if kind not in set(FileFormat):
            return None
        try:
            wanted = RequestReport(
                report=self.view,
                format=FileFormat(kind),
                organization_id=chosen_organization(self, actor, Permission.REPORT_READ),
                filters=await self._filters(),
                locale=lang.code,
            )
            async with unit_of_work(actor) as uow:
                await exports.request(uow, wanted)
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        await self._read_files(actor)
        return toasts.info(lang("report-file-started"))

    @rx.event
    @access.requires(Permission.REPORT_READ)
    async def refresh(self) -> None:
        """Look how far the files are."""
        await self._read_files(await actor_of(self))

    @rx.event
    @access.requires(Permission.REPORT_READ)
    async def begin_schedule(self) -> Any:
        """Ask to whom the report in view is to come, and how often."""
        actor = await actor_of(self)
        async with unit_of_work(actor) as uow:
            found = await schedules.candidates(uow, chosen_organization(self, actor, Permission.REPORT_READ))
        self.people = [Choice(str(one.id), f"{one.name} · {one.email}") for one in found]
        return ui.show_dialog(SCHEDULE_DIALOG)

    @rx.event
    @access.requires(Permission.REPORT_READ)
    async def schedule(self, form: dict[str, Any]) -> Any:
        """Have the report in view come by itself, chosen as it is shown."""
        lang, actor = lang_of_path(self.router.url.path), await actor_of(self)
        recipient = parse_id(text_of(form, "recipient", 40))
        kind, frequency = text_of(form, "format", 10), text_of(form, "frequency", 10)
        if recipient is None or kind not in set(FileFormat) or frequency not in set(Frequency):
            return None
        try:
            wanted = CreateSchedule(
                report=self.view,
                format=FileFormat(kind),
                frequency=Frequency(frequency),
                recipient_id=recipient,
                organization_id=chosen_organization(self, actor, Permission.REPORT_READ),
                filters=await self._filters(),
            )
            async with unit_of_work(actor) as uow:
                await schedules.create(uow, wanted)
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        self.scheduled += 1
        await self._read_schedules(actor)
        return [ui.close_dialog(SCHEDULE_DIALOG), toasts.ok(lang("report-scheduled"))]

    @rx.event
    @access.requires(Permission.REPORT_READ)
    async def unschedule(self, schedule: str) -> Any:
        """Let a report come no more."""
        lang, actor, found = lang_of_path(self.router.url.path), await actor_of(self), parse_id(schedule)
        if found is None:
            return None
        try:
            async with unit_of_work(actor) as uow:
                await schedules.remove(uow, found)
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        await self._read_schedules(actor)
        return toasts.ok(lang("report-unscheduled"))

    async def _filters(self) -> dict[str, Any]:
        if self.view == COMPLIANCE:
            shown = await self.get_state(ComplianceReportState)
            return {name: value or None for name, value in shown.chosen.items() if name != "status"} | {
                "status": shown.chosen["status"]
            }
        if self.view == BPF:
            return {"year": int((await self.get_state(BpfState)).year or 0) or None}
        shown = await self.get_state(FinancialReportState)
        return {"since": shown.since or None, "until": shown.until or None, "by": shown.by}

    async def _read_files(self, actor: Actor) -> None:
        lang = lang_of_path(self.router.url.path)
        async with unit_of_work(actor) as uow:
            found = await exports.own_exports(uow, chosen_organization(self, actor, Permission.REPORT_READ))
        self.files = [_file(lang, one) for one in found]
        self.writing = any(one.status in _UNDER_WAY for one in found)

    async def _read_schedules(self, actor: Actor) -> None:
        lang = lang_of_path(self.router.url.path)
        organization = chosen_organization(self, actor, Permission.REPORT_READ)
        if organization is None:
            return
        async with unit_of_work(actor) as uow:
            found = await schedules.schedules(uow, organization)
        self.schedules = [_schedule(lang, one) for one in found]


def _file(lang: Lang, one: ReportExportView) -> FileRow:
    tones: dict[str, Tone] = {ExportStatus.READY: "ok", ExportStatus.FAILED: "bad"}
    percent = 100 * one.done // one.total if one.total else 0
    size = format_number(lang.code, max(1, one.size // 1024))
    ready = one.status == ExportStatus.READY
    return FileRow(
        name=one.file_name or f"{lang(f'report-{one.report}')} · {one.format.upper()}",
        when=format_moment(lang.code, one.created_at),
        state=lang(f"report-file-{one.status}", percent=percent, size=size),
        tone=tones.get(one.status, "info"),
        path=f"/api/v1/reports/exports/{one.id}/download" if ready else "",
    )


def _schedule(lang: Lang, one: ScheduleView) -> ScheduleRow:
    stopped = bool(one.stopped_why)
    return ScheduleRow(
        id=str(one.id),
        title=f"{lang(f'report-{one.report}')} · {one.format.upper()}",
        recipient=one.recipient_name,
        when=lang(f"report-{one.frequency}"),
        state=lang("report-stopped") if stopped else lang("report-next", day=format_day(lang.code, one.next_on)),
        tone="bad" if stopped else "ok",
    )
