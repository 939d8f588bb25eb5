"""`/reports`: an organisation's reports as JSON, as files made by a job, and by mail."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from pygmalion_app.api.deps import PathId, SignedInActor
from pygmalion_app.api.responses import Success, ok
from pygmalion_app.compliance.models import Status
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.reports import bpf, compliance, exports, financial, quality, schedules
from pygmalion_app.reports.bpf_schemas import BpfReport
from pygmalion_app.reports.compliance import ComplianceFilters, ComplianceReport
from pygmalion_app.reports.exports import ReportExportView, RequestReport
from pygmalion_app.reports.financial import FinancialReport, Grouping
from pygmalion_app.reports.quality import QualityReport
from pygmalion_app.reports.schedules import CreateSchedule, ScheduleView

router = APIRouter(prefix="/reports", tags=["reports"])
OrganizationId = Annotated[UUID | None, Query(alias="organizationId")]


@router.get("/compliance")
async def compliance_report(
    actor: SignedInActor,
    organization_id: OrganizationId = None,
    job_role_id: Annotated[UUID | None, Query(alias="jobRoleId")] = None,
    site_id: Annotated[UUID | None, Query(alias="siteId")] = None,
    contractor_type: Annotated[str | None, Query(alias="contractorType")] = None,
    cost_center: Annotated[str | None, Query(alias="costCenter")] = None,
    key: Annotated[str, Query()] = "",
    status: Annotated[Status | None, Query()] = None,
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    limit: Annotated[int, Query(ge=1, le=compliance.MOST_ROWS)] = 1_000,
) -> Success[ComplianceReport]:
    """Return one row for each person and requirement, a page at a time, and how many stand how.

    The rate counts `compliant`, `expiring` and `exempt`; `expired`, `missing` and `planned` not.
    """
    wanted = ComplianceFilters(
        job_role_id=job_role_id,
        site_id=site_id,
        contractor_type=contractor_type,
        cost_center=cost_center,
        key=key,
        status=status or "",
    )
    async with unit_of_work(actor) as uow:
        return ok(await compliance.compliance(uow, organization_id, wanted, limit=limit, offset=(page - 1) * limit))


@router.get("/financial")
async def financial_report(
    actor: SignedInActor,
    organization_id: OrganizationId = None,
    since: Annotated[date | None, Query()] = None,
    until: Annotated[date | None, Query()] = None,
    by: Annotated[Grouping, Query()] = Grouping.MONTH,
) -> Success[FinancialReport]:
    """Return what moved in a period (both days included; this year until today), by month, course or cost centre.

    Of a company: ordered, paid, refunded. Of a training organisation: revenue, commission, refunds. In cents.
    """
    async with unit_of_work(actor) as uow:
        first, last = financial.this_year(until or financial.local_day(uow))
        return ok(await financial.financial(uow, organization_id, since or first, last, by))


@router.get("/quality")
async def quality_report(
    actor: SignedInActor,
    organization_id: OrganizationId = None,
    since: Annotated[date | None, Query()] = None,
    until: Annotated[date | None, Query()] = None,
) -> Success[QualityReport]:
    """Return a training organisation's Qualiopi indicators of a period, by course too, and what data is missing.

    Of the sessions that ended in it (both days included; this year until today). Shares are from 0 to 1.
    """
    async with unit_of_work(actor) as uow:
        return ok(await quality.quality(uow, organization_id, since, until))


@router.get("/bpf")
async def bpf_report(
    actor: SignedInActor,
    organization_id: OrganizationId = None,
    year: Annotated[int | None, Query(ge=bpf.FIRST_YEAR, le=9_999)] = None,
) -> Success[BpfReport]:
    """Return a training organisation's yearly report (BPF, Cerfa 10443), and what its figures lack.

    Of a calendar year, last year without one. Amounts are cents excluding VAT, times minutes.
    """
    async with unit_of_work(actor) as uow:
        return ok(await bpf.bpf(uow, organization_id, year))


@router.post("/exports", status_code=202)
async def request_export(command: RequestReport, actor: SignedInActor) -> Success[ReportExportView]:
    """Have a report written as CSV, XLSX or PDF; the file lasts a day."""
    async with unit_of_work(actor) as uow:
        return ok(await exports.request(uow, command))


@router.get("/exports")
async def own_exports(actor: SignedInActor, organization_id: OrganizationId = None) -> Success[list[ReportExportView]]:
    """Return one's own files, newest first."""
    async with unit_of_work(actor) as uow:
        return ok(await exports.own_exports(uow, organization_id))


@router.get("/exports/{id}")
async def export(export_id: PathId, actor: SignedInActor) -> Success[ReportExportView]:
    """Return how a file stands: `done` of `total` rows."""
    async with unit_of_work(actor) as uow:
        return ok(await exports.export(uow, export_id))


@router.get("/exports/{id}/download", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
async def download(export_id: PathId, actor: SignedInActor) -> Response:
    """Return a report's file."""
    async with unit_of_work(actor) as uow:
        file = await exports.download(uow, export_id)
    headers = {
        "Content-Disposition": f'attachment; filename="{file.name}"',
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(file.content, media_type=file.media_type, headers=headers)


@router.get("/schedules")
async def report_schedules(actor: SignedInActor, organization_id: OrganizationId = None) -> Success[list[ScheduleView]]:
    """Return the reports that come by themselves in an organisation."""
    async with unit_of_work(actor) as uow:
        return ok(await schedules.schedules(uow, organization_id))


@router.post("/schedules", status_code=201)
async def create_schedule(command: CreateSchedule, actor: SignedInActor) -> Success[dict[str, UUID]]:
    """Have a report come every week or month to a member who may read it."""
    async with unit_of_work(actor) as uow:
        return ok({"id": await schedules.create(uow, command)})


@router.delete("/schedules/{id}")
async def remove_schedule(schedule_id: PathId, actor: SignedInActor) -> Success[dict[str, bool]]:
    """Let a report come no more."""
    async with unit_of_work(actor) as uow:
        await schedules.remove(uow, schedule_id)
    return ok({"removed": True})
