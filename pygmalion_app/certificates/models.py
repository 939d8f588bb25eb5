"""Certificates and the batches in which they are anchored on chain. Nothing personal goes on chain."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, LargeBinary, Numeric, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field, SQLModel

from pygmalion_app.core.models import TIMESTAMP, Row, one_of


class BatchStatus(StrEnum):
    """The anchoring state machine (design/certificates.md); a conflict is an alarm for a person."""

    OPEN = "OPEN"
    SEALED = "SEALED"
    SIGNED = "SIGNED"
    MINED = "MINED"
    FINAL = "FINAL"
    CONFLICT = "CONFLICT"


class CertificateBatch(SQLModel, table=True):
    """Certificates whose Merkle root one transaction anchors. `id` is the contract's batch id."""

    __tablename__ = "certificate_batches"
    __table_args__ = (one_of("status", BatchStatus), UniqueConstraint("chain_id", "signer", "nonce"))

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    status: str = BatchStatus.OPEN
    root: bytes | None = Field(default=None, sa_type=LargeBinary)
    count: int = 0
    chain_id: int | None = Field(default=None, sa_type=BigInteger)
    contract: str | None = None
    signer: str | None = None
    nonce: int | None = Field(default=None, sa_type=BigInteger)
    raw_transaction: bytes | None = Field(default=None, sa_type=LargeBinary)
    transaction_hash: bytes | None = Field(default=None, sa_type=LargeBinary)
    block_number: int | None = Field(default=None, sa_type=BigInteger)
    block_hash: bytes | None = Field(default=None, sa_type=LargeBinary)
    created_at: datetime = Field(sa_type=TIMESTAMP)
    sealed_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    signed_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    mined_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    final_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)


class Certificate(Row, table=True):
    """One completed enrolment's certificate, with a snapshot of what it says."""

    __tablename__ = "certificates"
    __table_args__ = (
        UniqueConstraint("batch_id", "leaf_index"),
        CheckConstraint("(revoked_at IS NULL) = (revocation_reason IS NULL)", name="revocation"),
    )

    enrollment_id: UUID = Field(foreign_key="enrollments.id", unique=True)
    user_id: UUID = Field(foreign_key="users.id", index=True)
    organization_id: UUID = Field(foreign_key="organizations.id", index=True)
    course_id: UUID = Field(foreign_key="courses.id", index=True)
    session_id: UUID = Field(foreign_key="sessions.id", index=True)
    number: str = Field(unique=True)
    """What people read on the document: `PYG-2026-000123`."""
    content: dict[str, Any] = Field(sa_type=JSONB)
    """What the document says (holder, course, organisation, dates), as issued."""
    issued_at: datetime = Field(sa_type=TIMESTAMP)
    valid_until: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    token_hash: bytes = Field(sa_type=LargeBinary, unique=True)
    token_sealed: bytes = Field(sa_type=LargeBinary)
    """The verification token, encrypted, so that its holder can show the QR code again."""
    file_key: str | None = None
    file_sha256: bytes | None = Field(default=None, sa_type=LargeBinary, index=True)
    credential_sha256: bytes | None = Field(default=None, sa_type=LargeBinary)
    salt: bytes | None = Field(default=None, sa_type=LargeBinary)
    commitment: bytes | None = Field(default=None, sa_type=LargeBinary)
    batch_id: int | None = Field(default=None, foreign_key="certificate_batches.id", sa_type=BigInteger)
    leaf_index: int | None = None
    token_id: int | None = Field(default=None, sa_type=Numeric(78, 0), unique=True)
    proof: list[bytes] | None = Field(default=None, sa_type=ARRAY(LargeBinary))  # pyright: ignore[reportArgumentType]
    revoked_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    revocation_reason: int | None = None
    revocation_anchored_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    replaced_by: UUID | None = Field(default=None, foreign_key="certificates.id")
