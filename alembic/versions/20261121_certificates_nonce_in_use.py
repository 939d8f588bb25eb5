"""certificates nonce in use."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "e8c532d5436a"
down_revision: str | None = "935d47cafbd9"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Apply."""
    op.drop_constraint(op.f("uq_chain_operations_chain_id_signer_nonce"), "chain_operations", type_="unique")
    op.create_index(
        "uq_chain_operations_nonce_in_use",
        "chain_operations",
        ["chain_id", "signer", "nonce"],
        unique=True,
        postgresql_where=sa.text("status IN ('SIGNED', 'MINED')"),
    )


def downgrade() -> None:
    """Revert."""
    op.drop_index(
        "uq_chain_operations_nonce_in_use",
        table_name="chain_operations",
        postgresql_where=sa.text("status IN ('SIGNED', 'MINED')"),
    )
    op.create_unique_constraint(
        op.f("uq_chain_operations_chain_id_signer_nonce"),
        "chain_operations",
        ["chain_id", "signer", "nonce"],
        postgresql_nulls_not_distinct=False,
    )
