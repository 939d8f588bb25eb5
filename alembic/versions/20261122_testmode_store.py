"""What the test-mode gateway keeps as Stripe would: payments, refunds, disputes, accounts, payouts, balances."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "2f6b9d10c7a4"
down_revision: str | None = "1d8e5b7c3f42"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_TABLES = ("testmode_objects", "testmode_movements")
_KINDS = (
    "'charge', 'transfer', 'commission', 'refund', 'transfer_reversal', 'commission_refund', 'dispute',"
    " 'dispute_reversal', 'payout', 'other'"
)


def _row() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
    )


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "testmode_objects",
        *_row(),
        sa.Column("object_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("idempotency_key", sa.String(), nullable=True),
        sa.Column("parent", sa.String(), nullable=True),
        sa.Column("body", postgresql.JSONB(), nullable=False),
        sa.Column("own", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_testmode_objects")),
        sa.UniqueConstraint("object_id", name=op.f("uq_testmode_objects_object_id")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_testmode_objects_idempotency_key")),
    )
    op.create_index(op.f("ix_testmode_objects_parent"), "testmode_objects", ["parent"])
    op.create_table(
        "testmode_movements",
        *_row(),
        sa.Column("movement_id", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("fee_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"kind IN ({_KINDS})", name=op.f("ck_testmode_movements_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_testmode_movements")),
        sa.UniqueConstraint("movement_id", name=op.f("uq_testmode_movements_movement_id")),
    )
    op.create_index("ix_testmode_movements_account", "testmode_movements", ["account", "moved_at"])
    for table in _TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY gateway ON {table} USING ((SELECT app_system())) WITH CHECK ((SELECT app_system()))")


def downgrade() -> None:
    """Undo."""
    for table in reversed(_TABLES):
        op.drop_table(table)
