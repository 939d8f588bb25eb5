"""refunds get rows; the gateway's events remember their attempts, what they failed with, and their replays."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "6c0f4e92ab17"
down_revision: str | None = "a9c4e07d31b6"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_SYSTEM = "(SELECT app_system())"
# The payment's own policy decides whether this finds it.
_READS = "(SELECT app_admin()) OR EXISTS (SELECT FROM payments p WHERE p.id = refunds.payment_id)"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "refunds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("payment_intent", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("commission_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("gateway_id", sa.String(), nullable=True),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_refunds_amount")),
        sa.CheckConstraint("commission_cents BETWEEN 0 AND amount_cents", name=op.f("ck_refunds_commission")),
        sa.CheckConstraint("status IN ('requested', 'pending', 'succeeded', 'failed')", name=op.f("ck_refunds_status")),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payments.id"], name=op.f("fk_refunds_payment_id_payments"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refunds")),
        sa.UniqueConstraint("key", name=op.f("uq_refunds_key")),
    )
    op.create_index(op.f("ix_refunds_payment_id"), "refunds", ["payment_id"])
    op.create_index(op.f("ix_refunds_gateway_id"), "refunds", ["gateway_id"])
    op.execute("SELECT set_config('app.scope', 'system', true)")
    # What went back before there were rows: with the keys that the ledger has for it.
    op.execute(
        """INSERT INTO refunds (id, payment_id, payment_intent, key, reason, amount_cents, commission_cents, currency,
          status, attempt, settled_at)
        SELECT gen_random_uuid(), id, payment_intent, id || '\\:before', 'cancelled', refunded_cents,
          (commission_cents::bigint * refunded_cents / amount_cents)::integer, currency, 'succeeded', 1, now()
        FROM payments WHERE refunded_cents > 0 AND payment_intent IS NOT NULL"""
    )
    op.execute("ALTER TABLE refunds ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY reads ON refunds FOR SELECT USING ({_READS})")
    op.execute(f"CREATE POLICY changes ON refunds FOR UPDATE USING ({_SYSTEM}) WITH CHECK ({_SYSTEM})")
    op.execute(f"CREATE POLICY adds ON refunds FOR INSERT WITH CHECK ({_SYSTEM})")
    op.execute(f"CREATE POLICY deletes ON refunds FOR DELETE USING ({_SYSTEM})")
    for column in (
        sa.Column("attempts", sa.Integer(), server_default="1", nullable=False),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.Column("reference", sa.Uuid(), nullable=True),
        sa.Column("account", sa.String(), nullable=True),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=True),
        sa.Column("replayed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replayed_by", sa.Uuid(), nullable=True),
    ):
        op.add_column("webhook_events", column)
    op.create_foreign_key(
        op.f("fk_webhook_events_replayed_by_users"), "webhook_events", "users", ["replayed_by"], ["id"]
    )
    op.create_index(op.f("ix_webhook_events_received_at"), "webhook_events", ["received_at"])


def downgrade() -> None:
    """Revert."""
    op.drop_index(op.f("ix_webhook_events_received_at"), table_name="webhook_events")
    for column in ("replayed_by", "replayed_at", "fingerprint", "account", "reference", "last_error", "attempts"):
        op.drop_column("webhook_events", column)
    op.drop_table("refunds")
