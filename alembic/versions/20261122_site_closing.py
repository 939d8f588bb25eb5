"""places of work that are closed stay for what is past, and free their name."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "e71b5d90c2a4"
down_revision: str | None = "e4b7a92c61d8"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Apply."""
    op.add_column("sites", sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_constraint(op.f("uq_sites_organization_id_name"), "sites", type_="unique")
    op.create_index(
        "uq_sites_name",
        "sites",
        ["organization_id", "name"],
        unique=True,
        postgresql_where=sa.text("archived_at IS NULL"),
    )


def downgrade() -> None:
    """Revert."""
    op.execute("UPDATE sites SET name = name || ' (' || id || ')' WHERE archived_at IS NOT NULL")
    op.drop_index("uq_sites_name", "sites")
    op.create_unique_constraint(op.f("uq_sites_organization_id_name"), "sites", ["organization_id", "name"])
    op.drop_column("sites", "archived_at")
