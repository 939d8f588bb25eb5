"""the daily comparison with the gateway's balance, and exports of the books."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "93b7d2e06fa4"
down_revision: str | None = "e61b7a30c9d4"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_TABLES = ("reconciliations", "reconciliation_differences", "ledger_exports")
_ADMIN = "(SELECT app_admin())"
_SYSTEM = "(SELECT app_system())"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "reconciliations",
        *_row(),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("movements", sa.Integer(), nullable=False),
        sa.Column("differences", sa.Integer(), nullable=False),
        sa.Column("fees_cents", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconciliations")),
        sa.UniqueConstraint("day", name=op.f("uq_reconciliations_day")),
    )
    _create_differences()
    _create_exports()
    for table in _TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY reads ON {table} FOR SELECT USING ({_ADMIN})")
        op.execute(f"CREATE POLICY changes ON {table} FOR UPDATE USING ({_SYSTEM}) WITH CHECK ({_SYSTEM})")
        op.execute(f"CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({_SYSTEM})")
        op.execute(f"CREATE POLICY deletes ON {table} FOR DELETE USING ({_SYSTEM})")


def _row() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
    )


def _create_differences() -> None:
    op.create_table(
        "reconciliation_differences",
        *_row(),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("here_cents", sa.BigInteger(), nullable=True),
        sa.Column("there_cents", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("resolved_by", sa.Uuid(), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('missing_here', 'missing_there', 'other_amount')", name=op.f("ck_reconciliation_differences_kind")
        ),
        sa.CheckConstraint(
            "state IN ('open', 'cleared', 'resolved')", name=op.f("ck_reconciliation_differences_state")
        ),
        sa.ForeignKeyConstraint(
            ["resolved_by"], ["users.id"], name=op.f("fk_reconciliation_differences_resolved_by_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconciliation_differences")),
        sa.UniqueConstraint("source", "subject", name=op.f("uq_reconciliation_differences_source_subject")),
    )
    op.create_index(op.f("ix_reconciliation_differences_day"), "reconciliation_differences", ["day"])


def _create_exports() -> None:
    op.create_table(
        "ledger_exports",
        *_row(),
        sa.Column("requested_by", sa.Uuid(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("format IN ('fec', 'csv')", name=op.f("ck_ledger_exports_format")),
        sa.CheckConstraint(
            "status IN ('waiting', 'writing', 'ready', 'failed')", name=op.f("ck_ledger_exports_status")
        ),
        sa.CheckConstraint("since <= until", name=op.f("ck_ledger_exports_period")),
        sa.ForeignKeyConstraint(["requested_by"], ["users.id"], name=op.f("fk_ledger_exports_requested_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_exports")),
    )
    op.create_index(op.f("ix_ledger_exports_requested_by"), "ledger_exports", ["requested_by"])
    op.create_index(op.f("ix_ledger_exports_expires_at"), "ledger_exports", ["expires_at"])


def downgrade() -> None:
    """Revert."""
    for table in reversed(_TABLES):
        op.drop_table(table)
