"""Reports as files: asked for, written by a job that tells how far it is, downloaded, forgotten after a day."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from pydantic import Field

from pygmalion_app.accounts.queries import actor_of_user
from pygmalion_app.core import audit
from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.errors import ConflictError, NotFoundError
from pygmalion_app.core.i18n import format_day, supported
from pygmalion_app.core.schemas import Command, View
from pygmalion_app.core.unit_of_work import UnitOfWork, unit_of_work
from pygmalion_app.notifications.service import queue_email
from pygmalion_app.reports import kinds, policy
from pygmalion_app.reports.files import MEDIA_TYPES, FileFormat, write
from pygmalion_app.reports.kinds import Making
from pygmalion_app.reports.models import ExportStatus, ReportExport
from pygmalion_app.reports.tables import Document, rows_of

EXPORT_TASK: Final = "reports.export"
KEPT_FOR: Final = timedelta(days=1)
TOLD_EVERY: Final = 0.3
"""Seconds between two words on how far a file is."""


class RequestReport(Command):
    """Which report, of which organisation, chosen how, as what."""

    report: str
    format: FileFormat
    organization_id: UUID | None = None
    filters: dict[str, Any] = Field(default_factory=dict)
    locale: str | None = None


class ReportExportView(View):
    """How a file stands: `done` of `total` rows are written."""

    id: UUID
    organization_id: UUID
    report: str
    format: str
    status: str
    done: int
    total: int
    file_name: str
    size: int
    created_at: datetime
    expires_at: datetime


class ReportNotReadyError(ConflictError):
    """The file is still being written, or could not be."""

    code = "report_not_ready"


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A file to download."""

    name: str
    content: bytes
    media_type: str


def file_key(export_id: UUID) -> str:
    """Return where the file lies in the file store."""
    return f"report-exports/{export_id}"


async def request(uow: UnitOfWork, command: RequestReport) -> ReportExportView:
    """Ask for a report as a file. Raises InvalidInputError, NotFoundError, PermissionDeniedError."""
    organization_id = policy.chosen(uow.actor, command.organization_id)
    await uow.require_reach(organization_id)
    kind = kinds.kind_of(command.report)
    chosen = kinds.read_filters(kind, command.filters)
    now = uow.clock.now()
    export = ReportExport(
        organization_id=organization_id,
        requested_by=uow.actor.require_user(),
        report=kind.name,
        filters=chosen.model_dump(mode="json"),
        format=command.format,
        locale=supported(command.locale or uow.actor.locale),
        created_at=now,
        expires_at=now + KEPT_FOR,
    )
    uow.session.add(export)
    await uow.session.flush()
    await uow.defer(EXPORT_TASK, export_id=str(export.id))
    facts = {"report": kind.name, "format": command.format}
    await audit.record(uow, "report.exported", organization_id=organization_id, subject_id=export.id, facts=facts)
    return ReportExportView.model_validate(export)


async def own_exports(uow: UnitOfWork, organization_id: UUID | None = None) -> list[ReportExportView]:
    """Return the caller's files that are not forgotten yet, newest first."""
    rows = await uow.sql(
        """SELECT * FROM report_exports WHERE requested_by = %(user)s AND expires_at > %(now)s
        AND organization_id = coalesce(%(organization)s, organization_id) ORDER BY id DESC LIMIT 10""",
        user=uow.actor.require_user(),
        now=uow.clock.now(),
        organization=organization_id,
    )
    return [ReportExportView.model_validate(row) for row in rows]


async def _own(uow: UnitOfWork, export_id: UUID) -> ReportExport:
    found = await uow.session.get(ReportExport, export_id)
    user_id = uow.actor.require_user()
    if found is None or found.requested_by != user_id or found.expires_at <= uow.clock.now():
        raise NotFoundError(export=str(export_id))
    policy.require_read(uow.actor, found.organization_id)
    return found


async def export(uow: UnitOfWork, export_id: UUID) -> ReportExportView:
    """Return how one's file stands. Raises NotFoundError, and PermissionDeniedError for who may not read it now."""
    return ReportExportView.model_validate(await _own(uow, export_id))


async def download(uow: UnitOfWork, export_id: UUID) -> ReportFile:
    """Return one's file. Raises NotFoundError, PermissionDeniedError, ReportNotReadyError."""
    found = await _own(uow, export_id)
    if found.status != ExportStatus.READY:
        raise ReportNotReadyError(export=str(export_id), status=found.status)
    content = await uow.ports.files.get(file_key(export_id))
    return ReportFile(found.file_name, content, MEDIA_TYPES[FileFormat(found.format)])


async def make(export_id: UUID, *, tell: bool = False) -> None:
    """Write a file as its reader, if they may read it still, and `tell` them by mail.

    Done again after a kill, it is the same file, and one mail.
    """
    async with unit_of_work(SYSTEM) as uow:
        found = await uow.session.get(ReportExport, export_id)
        if found is None or found.status == ExportStatus.READY:
            return
        found.status, found.done = ExportStatus.WRITING, 0
    document = await document_for(await actor_of_user(found.requested_by), found)
    total = sum(map(rows_of, document.sheets))
    async with changing(export_id) as row:
        row.total, row.file_name = total, f"{document.name}.{found.format}"
    content = await _written(export_id, document, FileFormat(found.format))
    async with unit_of_work(SYSTEM) as uow:
        # No row is locked yet: the file store may be far away.
        await uow.ports.files.put(file_key(export_id), content)
        row = await uow.session.get_one(ReportExport, export_id, with_for_update=True)
        row.status, row.size, row.done = ExportStatus.READY, len(content), row.total
        if tell:
            await _tell(uow, row, document)


async def _tell(uow: UnitOfWork, row: ReportExport, document: Document) -> None:
    (reader,) = await uow.sql("SELECT email, locale FROM users WHERE id = %(id)s", id=row.requested_by)
    await queue_email(
        uow,
        reader["email"],
        "report-ready",
        reader["locale"],
        path=f"/{reader['locale']}/reports",
        enclosed=document.facts,
        title=document.title,
        organization=document.organization,
        until=format_day(reader["locale"], row.expires_at),
    )


async def document_for(actor: Actor | None, wanted: ReportExport) -> Document:
    """Return the report as its reader may see it now; NotFoundError when there is no such person any more."""
    if actor is None:
        raise NotFoundError
    kind = kinds.kind_of(wanted.report)
    making = Making(wanted.organization_id, wanted.locale, kinds.read_filters(kind, wanted.filters))
    async with unit_of_work(actor) as uow:
        return await kind.document(uow, making)


async def _written(export_id: UUID, document: Document, wanted: FileFormat) -> bytes:
    """Write in a thread, and tell now and then how many rows are done."""
    done = 0

    def progress(rows: int) -> None:
        nonlocal done
        done += rows

    writing = asyncio.create_task(asyncio.to_thread(write, document, wanted, progress))
    while not (await asyncio.wait({writing}, timeout=TOLD_EVERY))[0]:
        async with changing(export_id) as row:
            row.done = min(done, row.total)
    return writing.result()


@asynccontextmanager
async def changing(export_id: UUID) -> AsyncGenerator[ReportExport]:
    """Lend an export's row, locked, in a transaction of its own."""
    async with unit_of_work(SYSTEM) as uow:
        yield await uow.session.get_one(ReportExport, export_id, with_for_update=True)


async def give_up(export_id: UUID) -> None:
    """Say that a file cannot be made."""
    async with changing(export_id) as row:
        row.status = ExportStatus.FAILED


async def forget(uow: UnitOfWork) -> int:
    """Delete the files whose time is over, and return how many."""
    rows = await uow.sql("DELETE FROM report_exports WHERE expires_at <= %(now)s RETURNING id", now=uow.clock.now())
    for row in rows:
        await uow.ports.files.delete(file_key(row["id"]))
    return len(rows)
