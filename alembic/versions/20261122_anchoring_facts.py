"""anchoring: what calls cost and what kept them, the signer's balance, batches that took another number."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "a3d86b51c0e7"
down_revision: str | None = "7c15e9d2a8f4"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_TROUBLES = "'refused', 'nonce_taken', 'reorganized', 'forgotten', 'redeployed', 'lost', 'disputed', 'fee_limit', 'number_taken'"


def upgrade() -> None:
    """Apply."""
    op.add_column("certificate_batches", sa.Column("renumbered_from", sa.BigInteger(), nullable=True))
    op.add_column("chain_operations", sa.Column("trouble", sa.String(), nullable=True))
    op.add_column("chain_operations", sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True))
    op.create_check_constraint(op.f("ck_chain_operations_trouble"), "chain_operations", f"trouble IN ({_TROUBLES})")
    op.add_column("chain_transactions", sa.Column("gas_used", sa.BigInteger(), nullable=True))
    op.add_column("chain_transactions", sa.Column("gas_price", sa.Numeric(78, 0), nullable=True))
    op.create_table(
        "chain_watches",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("swept_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("chain_id", sa.BigInteger(), nullable=True),
        sa.Column("signer", sa.String(), nullable=True),
        sa.Column("balance_wei", sa.Numeric(78, 0), nullable=True),
        sa.Column("balance_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("low_since", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_chain_watches_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chain_watches")),
    )
    op.execute("INSERT INTO chain_watches (id) VALUES (1)")
    op.execute("ALTER TABLE chain_watches ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY reads ON chain_watches FOR SELECT USING ((SELECT app_admin()))")
    op.execute("CREATE POLICY changes ON chain_watches FOR UPDATE USING ((SELECT app_system()))")


def downgrade() -> None:
    """Take back."""
    op.drop_table("chain_watches")
    op.drop_column("chain_transactions", "gas_price")
    op.drop_column("chain_transactions", "gas_used")
    op.drop_constraint(op.f("ck_chain_operations_trouble"), "chain_operations", type_="check")
    op.drop_column("chain_operations", "acknowledged_at")
    op.drop_column("chain_operations", "trouble")
    op.drop_column("certificate_batches", "renumbered_from")
