"""Reports on their way to being files, and those that come by mail."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from pygmalion_app.core.models import TIMESTAMP, Row, one_of
from pygmalion_app.reports.files import FileFormat


class ExportStatus(StrEnum):
    """A file waits for its job, is written by it, and can then be downloaded, or has failed."""

    WAITING = "waiting"
    WRITING = "writing"
    READY = "ready"
    FAILED = "failed"


class Frequency(StrEnum):
    """How often a report comes: on Mondays, or on the first of each month."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"


class ReportExport(Row, table=True):
    """A report as a file `report-exports/<id>`, for who asked for it; `done` of `total` rows are written."""

    __tablename__ = "report_exports"
    __table_args__ = (one_of("format", FileFormat), one_of("status", ExportStatus))

    organization_id: UUID = Field(foreign_key="organizations.id", index=True)
    requested_by: UUID = Field(foreign_key="users.id", index=True)
    report: str
    """A name that `kinds` knows."""
    filters: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
    """What was chosen on the screen, as the report's own command reads it."""
    format: str
    locale: str
    status: str = ExportStatus.WAITING
    done: int = 0
    total: int = 0
    file_name: str = ""
    size: int = 0
    """Of the file, in bytes."""
    expires_at: datetime = Field(sa_type=TIMESTAMP, index=True)


class ReportSchedule(Row, table=True):
    """A report that is made again and again for one person; who may no longer read it gets nothing."""

    __tablename__ = "report_schedules"
    __table_args__ = (
        one_of("format", FileFormat),
        one_of("frequency", Frequency),
        CheckConstraint("(stopped_at IS NULL) = (stopped_why = '')", name="stopped"),
        Index("ix_report_schedules_due", "next_on", postgresql_where="stopped_at IS NULL"),
    )

    organization_id: UUID = Field(foreign_key="organizations.id", index=True)
    recipient_id: UUID = Field(foreign_key="users.id", index=True)
    created_by: UUID = Field(foreign_key="users.id", index=True)
    report: str
    filters: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
    format: str
    frequency: str
    next_on: date
    """The day, in Paris, on which it is made next."""
    last_on: date | None = None
    stopped_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    stopped_why: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """An error's code: why it comes no more."""
