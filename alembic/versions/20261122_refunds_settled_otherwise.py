"""Refunds that a lost dispute covers or that are paid by hand; money taken back from organisations' accounts.

And the day until which the seats of one session can be changed, where it is another than its organisation's.
"""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "b06e93d1f4a7"
down_revision: str | None = "a3d86b51c0e7"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_SYSTEM = "(SELECT app_system())"
_READS = "(SELECT app_admin()) OR organization_id = ANY ((SELECT app_orgs('administers'))::uuid[])"
_REFUNDS = "'requested', 'pending', 'succeeded', 'failed'"
_ACCOUNTS = "'BUYER', 'SELLER', 'COMMISSION', 'COMMISSION_VAT', 'GATEWAY', 'GATEWAY_FEE', 'DISPUTE', 'THIRD_PARTY'"
_KINDS = (
    "'sale', 'credit', 'charge', 'refund', 'refund_failed', 'dispute', 'dispute_won', 'dispute_lost', 'outside',"
    " 'third_party', 'transfer_back', 'fee', 'payout', 'payout_failed'"
)


def upgrade() -> None:
    """Apply."""
    _hold("refunds", "status", f"{_REFUNDS}, 'covered', 'by_hand'")
    _hold("ledger_entries", "kind", f"{_KINDS}, 'refund_by_hand'")
    _hold("ledger_lines", "account", f"{_ACCOUNTS}, 'BANK'")
    for column in (
        sa.Column("dispute_id", sa.Uuid(), nullable=True),
        sa.Column("paid_reference", sa.String(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
    ):
        op.add_column("refunds", column)
    op.create_foreign_key(
        op.f("fk_refunds_dispute_id_disputes"), "refunds", "disputes", ["dispute_id"], ["id"], ondelete="SET NULL"
    )
    op.create_foreign_key(op.f("fk_refunds_settled_by_users"), "refunds", "users", ["settled_by"], ["id"])
    op.create_index(op.f("ix_refunds_dispute_id"), "refunds", ["dispute_id"])
    _create_transfers()
    op.add_column("sessions", sa.Column("changes_until_days", sa.Integer(), nullable=True))
    op.create_check_constraint(
        op.f("ck_sessions_changes_until_days"), "sessions", "changes_until_days BETWEEN 0 AND 60"
    )


def _hold(table: str, column: str, values: str) -> None:
    name = op.f(f"ck_{table}_{column}")
    op.drop_constraint(name, table, type_="check")
    op.create_check_constraint(name, table, f"{column} IN ({values})")


def _create_transfers() -> None:
    op.create_table(
        "transfers_back",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("dispute_id", sa.Uuid(), nullable=True),
        sa.Column("refund_id", sa.Uuid(), nullable=True),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("gateway_id", sa.String(), nullable=True),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("status IN ('requested', 'done', 'failed')", name=op.f("ck_transfers_back_status")),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_transfers_back_amount")),
        sa.CheckConstraint("num_nonnulls(dispute_id, refund_id) <= 1", name=op.f("ck_transfers_back_one_reason")),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payments.id"], name=op.f("fk_transfers_back_payment_id_payments"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_transfers_back_organization_id_organizations")
        ),
        sa.ForeignKeyConstraint(
            ["dispute_id"], ["disputes.id"], name=op.f("fk_transfers_back_dispute_id_disputes"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["refund_id"], ["refunds.id"], name=op.f("fk_transfers_back_refund_id_refunds"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfers_back")),
        sa.UniqueConstraint("dispute_id", name=op.f("uq_transfers_back_dispute_id")),
        sa.UniqueConstraint("refund_id", name=op.f("uq_transfers_back_refund_id")),
    )
    for column in ("payment_id", "organization_id"):
        op.create_index(op.f(f"ix_transfers_back_{column}"), "transfers_back", [column])
    op.create_index("ix_transfers_back_open", "transfers_back", ["id"], postgresql_where=sa.text("status <> 'done'"))
    op.execute("ALTER TABLE transfers_back ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY reads ON transfers_back FOR SELECT USING ({_READS})")
    op.execute(f"CREATE POLICY changes ON transfers_back FOR UPDATE USING ({_SYSTEM}) WITH CHECK ({_SYSTEM})")
    op.execute(f"CREATE POLICY adds ON transfers_back FOR INSERT WITH CHECK ({_SYSTEM})")
    op.execute(f"CREATE POLICY deletes ON transfers_back FOR DELETE USING ({_SYSTEM})")


def downgrade() -> None:
    """Revert; what stands under the new words must be gone by then."""
    op.drop_constraint(op.f("ck_sessions_changes_until_days"), "sessions", type_="check")
    op.drop_column("sessions", "changes_until_days")
    op.drop_table("transfers_back")
    for column in ("settled_by", "paid_on", "paid_reference", "dispute_id"):
        op.drop_column("refunds", column)
    _hold("ledger_lines", "account", _ACCOUNTS)
    _hold("ledger_entries", "kind", _KINDS)
    _hold("refunds", "status", _REFUNDS)
