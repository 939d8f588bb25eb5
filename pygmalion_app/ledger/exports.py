"""Exports of the books: asked for, written by a job piece by piece, downloaded, forgotten after a week."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal, LiteralString
from uuid import UUID

from pygmalion_app.core import audit
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.errors import ConflictError, NotFoundError
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.schemas import Command, View
from pygmalion_app.core.unit_of_work import UnitOfWork, unit_of_work
from pygmalion_app.ledger import formats
from pygmalion_app.ledger.export_models import ExportFormat, ExportStatus, LedgerExport
from pygmalion_app.ledger.finance import span
from pygmalion_app.ledger.formats import BookLine
from pygmalion_app.ledger.models import Account, Kind

EXPORT_TASK: Final = "ledger.export"
KEPT_FOR: Final = timedelta(days=7)
_PIECE: Final = 2_000
_NO_SIREN: Final = "000000000"

_COUNT: LiteralString = """
SELECT count(*) AS lines FROM ledger_lines l JOIN ledger_entries e ON e.id = l.entry_id
WHERE e.occurred_at >= %(since)s AND e.occurred_at < %(until)s
"""
_BEFORE: LiteralString = """
SELECT count(*) AS entries FROM ledger_entries WHERE occurred_at >= %(year)s AND occurred_at < %(since)s
"""
_LINES: LiteralString = """
SELECT e.id, e.kind, e.key, e.order_id, e.payment_id, e.source, e.currency, e.occurred_at, l.position, l.account,
  l.amount_cents, l.organization_id, o.name AS organization
FROM ledger_entries e JOIN ledger_lines l ON l.entry_id = e.id LEFT JOIN organizations o ON o.id = l.organization_id
WHERE e.occurred_at >= %(since)s AND e.occurred_at < %(until)s
  AND (e.occurred_at, e.id, l.position) > (%(last_at)s, %(last_id)s, %(last_position)s)
ORDER BY e.occurred_at, e.id, l.position LIMIT %(limit)s
"""


class RequestExport(Command):
    """Which books, of which days (both included), and how."""

    format: Literal["fec", "csv"]
    since: date
    until: date


class ExportView(View):
    """How an export stands: `done` of `total` lines are written."""

    id: UUID
    format: str
    since: date
    until: date
    status: str
    done: int
    total: int
    file_name: str
    size: int
    created_at: datetime
    expires_at: datetime


class ExportNotReadyError(ConflictError):
    """The file is still being written, or could not be."""

    code = "ledger_export_not_ready"


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file to download."""

    name: str
    content: bytes
    media_type: str


def file_key(export_id: UUID) -> str:
    """Return where the file lies in the file store."""
    return f"ledger-exports/{export_id}"


async def request_export(uow: UnitOfWork, command: RequestExport) -> ExportView:
    """Ask for the books of a period. For administrators. Raises InvalidInputError."""
    uow.actor.require_platform_admin()
    span(command.since, command.until)
    now = uow.clock.now()
    siren = uow.settings.platform_siret.replace(" ", "")[:9] or _NO_SIREN
    name = (
        formats.fec_name(siren, command.until)
        if command.format == ExportFormat.FEC
        else f"pygmalion-{command.since:%Y%m%d}-{command.until:%Y%m%d}.csv"
    )
    export = LedgerExport(
        requested_by=uow.actor.require_user(),
        format=command.format,
        since=command.since,
        until=command.until,
        locale=uow.actor.locale,
        file_name=name,
        created_at=now,
        expires_at=now + KEPT_FOR,
    )
    async with uow.elevated():
        uow.session.add(export)
        await uow.session.flush()
    await uow.defer(EXPORT_TASK, export_id=str(export.id))
    await audit.record(uow, "ledger.exported", subject_id=export.id, facts={"format": command.format})
    return ExportView.model_validate(export)


async def exports(uow: UnitOfWork) -> list[ExportView]:
    """Return the administrators' exports that are not forgotten yet, newest first."""
    uow.actor.require_platform_admin()
    rows = await uow.sql(
        "SELECT * FROM ledger_exports WHERE expires_at > %(now)s ORDER BY id DESC LIMIT 20", now=uow.clock.now()
    )
    return [ExportView.model_validate(row) for row in rows]


async def export(uow: UnitOfWork, export_id: UUID) -> ExportView:
    """Return how an export stands. For administrators. Raises NotFoundError."""
    uow.actor.require_platform_admin()
    found = await uow.session.get(LedgerExport, export_id)
    if found is None or found.expires_at <= uow.clock.now():
        raise NotFoundError(export=str(export_id))
    return ExportView.model_validate(found)


async def download(uow: UnitOfWork, export_id: UUID) -> ExportFile:
    """Return an export's file. For administrators. Raises ExportNotReadyError, NotFoundError."""
    found = await export(uow, export_id)
    if found.status != ExportStatus.READY:
        raise ExportNotReadyError(export=str(export_id), status=found.status)
    media = "text/plain" if found.format == ExportFormat.FEC else "text/csv"
    return ExportFile(found.file_name, await uow.ports.files.get(file_key(export_id)), f"{media}; charset=utf-8")


async def write(export_id: UUID) -> None:
    """Write an export's file, telling how far it is; done again from the start after a kill, it is the same file."""
    async with unit_of_work(SYSTEM) as uow:
        found = await uow.session.get(LedgerExport, export_id)
        if found is None or found.status == ExportStatus.READY:
            return
        since, until = span(found.since, found.until)
        found.status = ExportStatus.WRITING
        found.total = (await uow.sql(_COUNT, since=since, until=until))[0]["lines"]
        found.done = 0
    fec = found.format == ExportFormat.FEC
    pieces = [formats.fec_header() if fec else formats.csv_header(found.locale)]
    async for lines in _pieces(since, until):
        pieces.append(formats.fec_lines(lines) if fec else formats.csv_lines(found.locale, lines))
        async with _changing(export_id) as row:
            row.done += len(lines)
    content = "".join(pieces).encode()
    await uow.ports.files.put(file_key(export_id), content)
    async with _changing(export_id) as row:
        row.status, row.size, row.done = ExportStatus.READY, len(content), row.total


async def _pieces(since: datetime, until: datetime) -> AsyncIterator[list[BookLine]]:
    """Yield the lines of a span in order, a few thousand at a time, each in a short transaction."""
    year = since.replace(month=1, day=1)
    last = {"last_at": since, "last_id": UUID(int=0), "last_position": 0}
    async with unit_of_work(SYSTEM) as uow:
        number = (await uow.sql(_BEFORE, year=year, since=since))[0]["entries"]
    entry: UUID | None = None
    while True:
        async with unit_of_work(SYSTEM) as uow:
            rows = await uow.sql(_LINES, since=since, until=until, limit=_PIECE, **last)
        if not rows:
            return
        lines: list[BookLine] = []
        for row in rows:
            if row["id"] != entry:
                entry, number = row["id"], number + 1
            lines.append(_line(row, number))
        last = {"last_at": rows[-1]["occurred_at"], "last_id": entry or new_id(), "last_position": rows[-1]["position"]}
        yield lines


def _line(row: dict[str, object], number: int) -> BookLine:
    values = {name: value for name, value in row.items() if name not in {"id", "position", "kind", "account"}}
    return BookLine(number=number, kind=Kind(row["kind"]), account=Account(row["account"]), **values)  # pyright: ignore[reportArgumentType] - as the query types them


@asynccontextmanager
async def _changing(export_id: UUID) -> AsyncGenerator[LedgerExport]:
    async with unit_of_work(SYSTEM) as uow:
        yield await uow.session.get_one(LedgerExport, export_id, with_for_update=True)


async def give_up(export_id: UUID) -> None:
    """Say that an export cannot be made."""
    async with _changing(export_id) as row:
        row.status = ExportStatus.FAILED


async def forget(uow: UnitOfWork) -> int:
    """Delete the exports whose time is over, with their files, and return how many."""
    rows = await uow.sql("DELETE FROM ledger_exports WHERE expires_at <= %(now)s RETURNING id", now=uow.clock.now())
    for row in rows:
        await uow.ports.files.delete(file_key(row["id"]))
    return len(rows)
