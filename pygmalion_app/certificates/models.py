"""Certificates, the batches in which they are anchored, and the queue of calls to the contract.

Nothing personal goes on chain: roots, counts, token ids and reason codes only.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, LargeBinary, Numeric, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field, SQLModel

from pygmalion_app.core.models import TEXT, TIMESTAMP, Row, one_of


class OperationKind(StrEnum):
    """What a call to the contract does."""

    ANCHOR = "ANCHOR"
    REVOKE = "REVOKE"


class OperationStatus(StrEnum):
    """The anchoring state machine (design/certificates.md); a conflict is an alarm for a person.

    A certificate that waits for a batch is OPEN: it has no batch yet, so that state is no row of its own.
    """

    SEALED = "SEALED"
    SIGNED = "SIGNED"
    MINED = "MINED"
    FINAL = "FINAL"
    CONFLICT = "CONFLICT"


class Trouble(StrEnum):
    """What last kept a call from going through; shown to administrators in words, gone once the call is final."""

    REFUSED = "refused"
    NONCE_TAKEN = "nonce_taken"
    REORGANIZED = "reorganized"
    FORGOTTEN = "forgotten"
    REDEPLOYED = "redeployed"
    LOST = "lost"
    DISPUTED = "disputed"
    FEE_LIMIT = "fee_limit"
    NUMBER_TAKEN = "number_taken"


class RevocationReason(StrEnum):
    """Why a certificate is taken back; on chain as the number of `REASON_CODES`."""

    ISSUED_IN_ERROR = "issued_in_error"
    FRAUD = "fraud"
    REPLACED = "replaced"
    ATTENDANCE_CORRECTED = "attendance_corrected"
    WITHDRAWN = "withdrawn"


FORM = 2
"""What new certificates commit to: `Certificate.form`."""
REASON_CODES = {reason: code for code, reason in enumerate(RevocationReason, start=1)}


class CertificateBatch(SQLModel, table=True):
    """Certificates whose Merkle root one call anchors. `id` is the contract's batch id; rows never change."""

    __tablename__ = "certificate_batches"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        # A token id is `id << 32 | leaf`, kept in a bigint.
        CheckConstraint("id < 2147483648", name="id"),
        CheckConstraint("count > 0", name="count"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    root: bytes = Field(sa_type=LargeBinary)
    count: int
    sealed_at: datetime = Field(sa_type=TIMESTAMP)
    renumbered_from: int | None = Field(default=None, sa_type=BigInteger)
    """The id it had until the contract was found to hold another root there: the database had been restored."""


class ChainOperation(SQLModel, table=True):
    """A call that the contract must end up having executed once: a batch's anchoring or a revocation."""

    __tablename__ = "chain_operations"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        one_of("kind", OperationKind),
        one_of("status", OperationStatus),
        one_of("trouble", Trouble),
        # Final ones are left out: a chain restored from an older state uses their nonces again.
        Index(
            "uq_chain_operations_nonce_in_use",
            "chain_id",
            "signer",
            "nonce",
            unique=True,
            postgresql_where=text("status IN ('SIGNED', 'MINED')"),
        ),
        CheckConstraint("(kind = 'ANCHOR') = (batch_id IS NOT NULL)", name="batch"),
        CheckConstraint("(kind = 'REVOKE') = (certificate_id IS NOT NULL)", name="certificate"),
        CheckConstraint("status <> 'SIGNED' OR nonce IS NOT NULL", name="nonce"),
        Index("ix_chain_operations_unfinished", "id", postgresql_where=text("status IN ('SEALED', 'SIGNED', 'MINED')")),
        Index("ix_chain_operations_final", "block_number", postgresql_where=text("status = 'FINAL'")),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    kind: str
    batch_id: int | None = Field(default=None, foreign_key="certificate_batches.id", unique=True, sa_type=BigInteger)
    certificate_id: UUID | None = Field(default=None, foreign_key="certificates.id", unique=True)
    status: str = OperationStatus.SEALED
    chain_id: int | None = Field(default=None, sa_type=BigInteger)
    contract: str | None = None
    signer: str | None = None
    nonce: int | None = Field(default=None, sa_type=BigInteger)
    transaction_hash: bytes | None = Field(default=None, sa_type=LargeBinary)
    """The transaction in the block; empty when the contract held the effect already (a restored database)."""
    block_number: int | None = Field(default=None, sa_type=BigInteger)
    block_hash: bytes | None = Field(default=None, sa_type=LargeBinary)
    failures: int = 0
    trouble: str | None = None
    retry_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    created_at: datetime = Field(sa_type=TIMESTAMP)
    signed_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    mined_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    final_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    acknowledged_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    """When an administrator had looked into a conflict."""


class ChainTransaction(SQLModel, table=True):
    """One signed transaction of an operation, stored before it is sent; a stale one gets a successor with its nonce."""

    __tablename__ = "chain_transactions"  # pyright: ignore[reportAssignmentType]

    hash: bytes = Field(primary_key=True, sa_type=LargeBinary)
    operation_id: int = Field(foreign_key="chain_operations.id", index=True, sa_type=BigInteger)
    nonce: int = Field(sa_type=BigInteger)
    raw: bytes = Field(sa_type=LargeBinary)
    max_fee: int = Field(sa_type=Numeric(78, 0))
    priority_fee: int = Field(sa_type=Numeric(78, 0))
    signed_at: datetime = Field(sa_type=TIMESTAMP)
    gas_used: int | None = Field(default=None, sa_type=BigInteger)
    gas_price: int | None = Field(default=None, sa_type=Numeric(78, 0))
    """Wei paid for each unit of gas; both are empty while it stands in no block."""


class ChainWatch(SQLModel, table=True):
    """What anchoring last knew of the chain and of the signer's account: one row."""

    __tablename__ = "chain_watches"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: int = Field(default=1, primary_key=True, sa_column_kwargs={"autoincrement": False})
    swept_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    """When a sweep last got through."""
    failing_since: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    failure: str | None = Field(default=None, sa_type=TEXT)
    """A node's or our own technical words; never an address, which may hold a key."""
    chain_id: int | None = Field(default=None, sa_type=BigInteger)
    signer: str | None = None
    balance_wei: int | None = Field(default=None, sa_type=Numeric(78, 0))
    balance_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    low_since: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    """Since when the balance is below the threshold; the administrators were told then."""


class Certificate(Row, table=True):
    """One completed enrolment's certificate, with a snapshot of what it says."""

    __tablename__ = "certificates"
    __table_args__ = (
        UniqueConstraint("batch_id", "leaf_index"),
        CheckConstraint("(revoked_at IS NULL) = (revocation_reason IS NULL)", name="revocation"),
        CheckConstraint("form IN (1, 2)", name="form"),
        CheckConstraint("batch_id IS NULL OR (token_id IS NOT NULL AND proof IS NOT NULL)", name="leaf"),
        Index("ix_certificates_user_id_issued_at", "user_id", "issued_at"),
        Index("ix_certificates_open", "id", postgresql_where=text("batch_id IS NULL")),
        Index("ix_certificates_replaced_by", "replaced_by", postgresql_where=text("replaced_by IS NOT NULL")),
        # Published status lists ask for the revoked ones among many.
        Index("ix_certificates_revoked", "id", postgresql_where=text("revoked_at IS NOT NULL")),
        # An enrolment is certified once; what follows are corrections, each of another one, and one of all is live.
        Index("uq_certificates_original", "enrollment_id", unique=True, postgresql_where=text("corrects IS NULL")),
        Index("uq_certificates_live", "enrollment_id", unique=True, postgresql_where=text("revoked_at IS NULL")),
        Index(
            "ix_certificates_ending",
            "valid_until",
            postgresql_where=text("revoked_at IS NULL AND valid_until IS NOT NULL"),
        ),
    )

    enrollment_id: UUID = Field(index=True)
    """No foreign key: a certificate outlives its enrolment, which is kept for 7 years."""
    user_id: UUID = Field(foreign_key="users.id")
    organization_id: UUID = Field(foreign_key="organizations.id", index=True)
    course_id: UUID = Field(foreign_key="courses.id", index=True)
    session_id: UUID = Field(foreign_key="sessions.id", index=True)
    number: str = Field(unique=True)
    """What people read on the document: `PYG-2026-7QK4-9F3D`."""
    content: dict[str, Any] = Field(sa_type=JSONB)
    """What the document says (holder, course, organisation, dates), as issued: `schemas.Content`."""
    issued_at: datetime = Field(sa_type=TIMESTAMP)
    valid_until: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    """First moment at which it no longer holds."""
    token_hash: bytes = Field(sa_type=LargeBinary, unique=True)
    token_sealed: bytes = Field(sa_type=LargeBinary)
    """The verification token, encrypted, so that its holder can show the QR code again."""
    form: int = Field(default=FORM, sa_column_kwargs={"server_default": "1"})
    """What is committed beside the document: 1 = the canonical JSON of `content`, 2 = `credential`, byte for byte."""
    credential: bytes | None = Field(default=None, sa_type=LargeBinary)
    """The Open Badges credential (JSON, Data Integrity proofs) as signed and committed; it says what `content` does."""
    credential_jwt: str | None = Field(default=None, sa_type=TEXT)
    """The same credential as VC-JWT."""
    file_key: str | None = None
    """Empty until the document is made; the commitment comes with it."""
    file_key_id: str | None = Field(default=None, index=True)
    """Which of the installation's keys `file_wrapped_key` is encrypted under; empty = the file is not encrypted."""
    file_wrapped_key: bytes | None = Field(default=None, sa_type=LargeBinary)
    file_sha256: bytes | None = Field(default=None, sa_type=LargeBinary, index=True)
    credential_sha256: bytes | None = Field(default=None, sa_type=LargeBinary)
    salt: bytes = Field(sa_type=LargeBinary)
    commitment: bytes | None = Field(default=None, sa_type=LargeBinary)
    batch_id: int | None = Field(default=None, foreign_key="certificate_batches.id", sa_type=BigInteger)
    leaf_index: int | None = None
    token_id: int | None = Field(default=None, sa_type=BigInteger, unique=True)
    proof: list[bytes] | None = Field(default=None, sa_type=ARRAY(LargeBinary))  # pyright: ignore[reportArgumentType]
    revoked_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    revocation_reason: str | None = None
    revocation_note: str = Field(default="", sa_type=TEXT, sa_column_kwargs={"server_default": ""})
    """The issuing organisation's own words on it, shown to nobody else and to no chain."""
    replaced_by: UUID | None = Field(default=None, foreign_key="certificates.id")
    corrects: UUID | None = Field(default=None, foreign_key="certificates.id", unique=True)
    """The version that this one was made to correct."""
    renews: UUID | None = Field(default=None, foreign_key="certificates.id", index=True)
    """The holder's certificate of the same course, or type of course, that this one follows in time."""
    name_masked: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    """Whether the public verification hides the holder's name and compares a typed one instead: the holder's choice."""
    erased_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    """Set when the holder's name was erased: the content names nobody, and what was hashed stands in its hashes."""
