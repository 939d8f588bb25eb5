"""An individual's contract, the instalments of their payment, and their withdrawal."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "a83e51c09d27"
down_revision: str | None = "2f6b9d10c7a4"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_SYSTEM = "(SELECT app_system())"
# The buyer, and who runs the training organisation.
_PARTIES = (
    "(SELECT app_admin()) OR buyer_user_id = (SELECT app_user())"
    " OR seller_organization_id = ANY ((SELECT app_orgs('administers'))::uuid[])"
)
_READS = {
    "contracts": _PARTIES,
    "withdrawals": _PARTIES,
    # Whoever sees the payment.
    "instalments": f"{_SYSTEM} OR EXISTS (SELECT FROM payments p WHERE p.id = payment_id)",
}
_STATUSES = "'pending', 'processing', 'succeeded', 'saved', 'failed', 'expired', 'refunding', 'refunded'"


def upgrade() -> None:
    """Apply."""
    _create_documents("contracts", "accepted_at")
    _create_documents("withdrawals", "withdrawn_at")
    _create_instalments()
    for table, reads in _READS.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY reads ON {table} FOR SELECT USING ({reads})")
        op.execute(f"CREATE POLICY changes ON {table} FOR UPDATE USING ({_SYSTEM}) WITH CHECK ({_SYSTEM})")
        op.execute(f"CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({_SYSTEM})")
        op.execute(f"CREATE POLICY deletes ON {table} FOR DELETE USING ({_SYSTEM})")
    op.drop_constraint(op.f("ck_payments_status"), "payments", type_="check")
    op.create_check_constraint(op.f("ck_payments_status"), "payments", f"status IN ({_STATUSES}, 'cancelled')")


def _create_documents(table: str, moment: str) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("buyer_user_id", sa.Uuid(), nullable=False),
        sa.Column("seller_organization_id", sa.Uuid(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("content_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("file_key", sa.String(), nullable=True),
        sa.Column("file_sha256", sa.LargeBinary(), nullable=True),
        sa.Column(moment, sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name=op.f(f"fk_{table}_order_id_orders"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["buyer_user_id"], ["users.id"], name=op.f(f"fk_{table}_buyer_user_id_users")),
        sa.ForeignKeyConstraint(
            ["seller_organization_id"],
            ["organizations.id"],
            name=op.f(f"fk_{table}_seller_organization_id_organizations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("order_id", name=op.f(f"uq_{table}_order_id")),
    )
    for column in ("buyer_user_id", "seller_organization_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _create_instalments() -> None:
    op.create_table(
        "instalments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("commission_cents", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("payment_intent", sa.String(), nullable=True),
        sa.Column("checkout_id", sa.String(), nullable=True),
        sa.Column("checkout_url", sa.String(), nullable=True),
        sa.Column("checkout_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "status IN ('scheduled', 'charging', 'paid', 'failed', 'cancelled')", name=op.f("ck_instalments_status")
        ),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_instalments_amount")),
        sa.CheckConstraint("commission_cents BETWEEN 0 AND amount_cents", name=op.f("ck_instalments_commission")),
        sa.CheckConstraint("status <> 'paid' OR paid_at IS NOT NULL", name=op.f("ck_instalments_paid")),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payments.id"], name=op.f("fk_instalments_payment_id_payments"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instalments")),
        sa.UniqueConstraint("payment_id", "number", name=op.f("uq_instalments_payment_id_number")),
        sa.UniqueConstraint("payment_intent", name=op.f("uq_instalments_payment_intent")),
        sa.UniqueConstraint("checkout_id", name=op.f("uq_instalments_checkout_id")),
    )
    op.create_index(
        "ix_instalments_next_attempt_at",
        "instalments",
        ["next_attempt_at"],
        postgresql_where=sa.text("next_attempt_at IS NOT NULL"),
    )


def downgrade() -> None:
    """Revert."""
    op.drop_constraint(op.f("ck_payments_status"), "payments", type_="check")
    op.create_check_constraint(op.f("ck_payments_status"), "payments", f"status IN ({_STATUSES})")
    for table in ("instalments", "withdrawals", "contracts"):
        op.drop_table(table)
