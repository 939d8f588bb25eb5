"""Exports of the books: made by a job, kept in the file store for some days."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from pygmalion_app.core.models import TIMESTAMP, Row, one_of


class ExportFormat(StrEnum):
    """For the tax administration, or for a spreadsheet."""

    FEC = "fec"
    CSV = "csv"


class ExportStatus(StrEnum):
    """An export waits for its job, is written by it, and can then be downloaded, or has failed."""

    WAITING = "waiting"
    WRITING = "writing"
    READY = "ready"
    FAILED = "failed"


class LedgerExport(Row, table=True):
    """The books of a period as a file `ledger-exports/<id>`; `done` of `total` lines are written."""

    __tablename__ = "ledger_exports"
    __table_args__ = (
        one_of("format", ExportFormat),
        one_of("status", ExportStatus),
        CheckConstraint("since <= until", name="period"),
    )

    requested_by: UUID = Field(foreign_key="users.id", index=True)
    format: str
    since: date
    until: date
    locale: str
    status: str = ExportStatus.WAITING
    done: int = 0
    total: int = 0
    file_name: str
    size: int = 0
    """Of the file, in bytes."""
    expires_at: datetime = Field(sa_type=TIMESTAMP, index=True)
