"""Consents, exports, erasures, and what the daily retention did."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, text
from sqlmodel import Field

from pygmalion_app.core.models import TIMESTAMP, Row, Table, one_of
from pygmalion_app.core.privacy import Ground


class Purpose(StrEnum):
    """What a person may agree to; nothing of it happens without."""

    PRODUCT_NEWS = "product_news"
    TEAM_STATUS = "team_status"


class Consent(Row, table=True):
    """One decision of a person. Rows are only added: the newest of a purpose holds, the others are its history."""

    __tablename__ = "consents"
    __table_args__ = (
        one_of("purpose", Purpose),
        Index("ix_consents_user_id_purpose", "user_id", "purpose", "decided_at"),
    )

    user_id: UUID = Field(foreign_key="users.id")
    purpose: str
    version: str
    """Of the words that the person was shown."""
    given: bool
    decided_at: datetime = Field(sa_type=TIMESTAMP)


class ExportStatus(StrEnum):
    """An export is made by a job."""

    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"


class PrivacyExport(Row, table=True):
    """An archive of everything held on a person, encrypted in the file store under `exports/<id>` for some days."""

    __tablename__ = "privacy_exports"
    __table_args__ = (
        one_of("status", ExportStatus),
        CheckConstraint("status <> 'ready' OR wrapped_key IS NOT NULL", name="ready"),
        Index("uq_privacy_exports_waiting", "user_id", unique=True, postgresql_where=text("status = 'waiting'")),
    )

    user_id: UUID = Field(foreign_key="users.id", index=True)
    status: str = ExportStatus.WAITING
    done: int = 0
    parts: int
    """Of how many parts `done` are in."""
    requested_at: datetime = Field(sa_type=TIMESTAMP)
    ready_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    expires_at: datetime = Field(sa_type=TIMESTAMP)
    size_bytes: int | None = None
    key_id: str | None = None
    wrapped_key: bytes | None = Field(default=None, sa_type=LargeBinary)


class ErasureStatus(StrEnum):
    """A request waits out its days of grace; what stands in the way then keeps it waiting, blocked."""

    WAITING = "waiting"
    BLOCKED = "blocked"
    WITHDRAWN = "withdrawn"
    DONE = "done"


class ErasureRequest(Row, table=True):
    """Somebody's wish to be erased, and what became of it: kept as proof, with nothing in it that names them."""

    __tablename__ = "erasure_requests"
    __table_args__ = (
        one_of("status", ErasureStatus),
        one_of("ground", Ground),
        Index(
            "uq_erasure_requests_open",
            "user_id",
            unique=True,
            postgresql_where=text("status IN ('waiting', 'blocked')"),
        ),
    )

    user_id: UUID
    """No foreign key: the proof outlives the account."""
    ground: str = Ground.REQUESTED
    status: str = ErasureStatus.WAITING
    requested_at: datetime = Field(sa_type=TIMESTAMP)
    due_at: datetime = Field(sa_type=TIMESTAMP)
    closed_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)


class AccountLifecycle(Table, table=True):
    """When an account last did anything, whether its owner was warned, and when it was erased."""

    __tablename__ = "account_lifecycles"

    user_id: UUID = Field(primary_key=True, foreign_key="users.id", ondelete="CASCADE")
    last_active_at: datetime = Field(sa_type=TIMESTAMP, index=True)
    warned_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    erased_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)


class RetentionRun(Row, table=True):
    """What one rule did on one day."""

    __tablename__ = "retention_runs"
    __table_args__ = (Index("ix_retention_runs_rule", "rule", "started_at"),)

    rule: str
    before: datetime = Field(sa_type=TIMESTAMP)
    """Older than this was too old."""
    rows: int = 0
    failed: bool = False
    started_at: datetime = Field(sa_type=TIMESTAMP)
    finished_at: datetime = Field(sa_type=TIMESTAMP)
