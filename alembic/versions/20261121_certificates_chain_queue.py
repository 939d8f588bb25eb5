"""certificates and their queue of chain calls."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "4b44b91f7064"
down_revision: str | None = "e8cd502d9680"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Apply: nothing was released with the first shape of these two tables, so they are made anew."""
    op.drop_table("certificates")
    op.drop_table("certificate_batches")
    op.create_table(
        "certificate_batches",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("count > 0", name=op.f("ck_certificate_batches_count")),
        sa.CheckConstraint("id < 2147483648", name=op.f("ck_certificate_batches_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_batches")),
    )
    op.create_table(
        "certificates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("enrollment_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("token_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("file_key", sa.String(), nullable=True),
        sa.Column("file_sha256", sa.LargeBinary(), nullable=True),
        sa.Column("credential_sha256", sa.LargeBinary(), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("commitment", sa.LargeBinary(), nullable=True),
        sa.Column("batch_id", sa.BigInteger(), nullable=True),
        sa.Column("leaf_index", sa.Integer(), nullable=True),
        sa.Column("token_id", sa.BigInteger(), nullable=True),
        sa.Column("proof", postgresql.ARRAY(sa.LargeBinary()), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revocation_reason", sa.String(), nullable=True),
        sa.Column("replaced_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(revoked_at IS NULL) = (revocation_reason IS NULL)", name=op.f("ck_certificates_revocation")
        ),
        sa.CheckConstraint(
            "batch_id IS NULL OR (token_id IS NOT NULL AND proof IS NOT NULL)", name=op.f("ck_certificates_leaf")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["certificate_batches.id"], name=op.f("fk_certificates_batch_id_certificate_batches")
        ),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_certificates_course_id_courses")),
        sa.ForeignKeyConstraint(
            ["enrollment_id"], ["enrollments.id"], name=op.f("fk_certificates_enrollment_id_enrollments")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_certificates_organization_id_organizations")
        ),
        sa.ForeignKeyConstraint(
            ["replaced_by"], ["certificates.id"], name=op.f("fk_certificates_replaced_by_certificates")
        ),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_certificates_session_id_sessions")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_certificates_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificates")),
        sa.UniqueConstraint("batch_id", "leaf_index", name=op.f("uq_certificates_batch_id_leaf_index")),
        sa.UniqueConstraint("enrollment_id", name=op.f("uq_certificates_enrollment_id")),
        sa.UniqueConstraint("number", name=op.f("uq_certificates_number")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_certificates_token_hash")),
        sa.UniqueConstraint("token_id", name=op.f("uq_certificates_token_id")),
    )
    op.create_index(op.f("ix_certificates_course_id"), "certificates", ["course_id"], unique=False)
    op.create_index(op.f("ix_certificates_file_sha256"), "certificates", ["file_sha256"], unique=False)
    op.create_index(
        "ix_certificates_open", "certificates", ["id"], unique=False, postgresql_where=sa.text("batch_id IS NULL")
    )
    op.create_index(op.f("ix_certificates_organization_id"), "certificates", ["organization_id"], unique=False)
    op.create_index(op.f("ix_certificates_session_id"), "certificates", ["session_id"], unique=False)
    op.create_index("ix_certificates_user_id_issued_at", "certificates", ["user_id", "issued_at"], unique=False)
    op.create_table(
        "chain_operations",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=True),
        sa.Column("certificate_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("chain_id", sa.BigInteger(), nullable=True),
        sa.Column("contract", sa.String(), nullable=True),
        sa.Column("signer", sa.String(), nullable=True),
        sa.Column("nonce", sa.BigInteger(), nullable=True),
        sa.Column("transaction_hash", sa.LargeBinary(), nullable=True),
        sa.Column("block_number", sa.BigInteger(), nullable=True),
        sa.Column("block_hash", sa.LargeBinary(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("retry_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("final_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(kind = 'ANCHOR') = (batch_id IS NOT NULL)", name=op.f("ck_chain_operations_batch")),
        sa.CheckConstraint(
            "(kind = 'REVOKE') = (certificate_id IS NOT NULL)", name=op.f("ck_chain_operations_certificate")
        ),
        sa.CheckConstraint("kind IN ('ANCHOR', 'REVOKE')", name=op.f("ck_chain_operations_kind")),
        sa.CheckConstraint("status <> 'SIGNED' OR nonce IS NOT NULL", name=op.f("ck_chain_operations_nonce")),
        sa.CheckConstraint(
            "status IN ('SEALED', 'SIGNED', 'MINED', 'FINAL', 'CONFLICT')", name=op.f("ck_chain_operations_status")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["certificate_batches.id"], name=op.f("fk_chain_operations_batch_id_certificate_batches")
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificates.id"], name=op.f("fk_chain_operations_certificate_id_certificates")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chain_operations")),
        sa.UniqueConstraint("batch_id", name=op.f("uq_chain_operations_batch_id")),
        sa.UniqueConstraint("certificate_id", name=op.f("uq_chain_operations_certificate_id")),
        sa.UniqueConstraint("chain_id", "signer", "nonce", name=op.f("uq_chain_operations_chain_id_signer_nonce")),
    )
    op.create_index(
        "ix_chain_operations_final",
        "chain_operations",
        ["block_number"],
        unique=False,
        postgresql_where=sa.text("status = 'FINAL'"),
    )
    op.create_index(
        "ix_chain_operations_unfinished",
        "chain_operations",
        ["id"],
        unique=False,
        postgresql_where=sa.text("status IN ('SEALED', 'SIGNED', 'MINED')"),
    )
    op.create_table(
        "chain_transactions",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("operation_id", sa.BigInteger(), nullable=False),
        sa.Column("nonce", sa.BigInteger(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("max_fee", sa.Numeric(precision=78, scale=0), nullable=False),
        sa.Column("priority_fee", sa.Numeric(precision=78, scale=0), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["operation_id"], ["chain_operations.id"], name=op.f("fk_chain_transactions_operation_id_chain_operations")
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_chain_transactions")),
    )
    op.create_index(op.f("ix_chain_transactions_operation_id"), "chain_transactions", ["operation_id"], unique=False)


def downgrade() -> None:
    """Refuse: the first shape never held data and is not worth keeping."""
    message = "certificates cannot be taken back to their first shape: restore a backup"
    raise NotImplementedError(message)
