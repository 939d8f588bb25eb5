"""an index of the statuses that will end: who loses what, in an organisation, within some days or months."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "b4d07f2a96e3"
down_revision: str | None = "f3b86e1c09d5"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Apply."""
    op.create_index(
        "ix_compliance_statuses_ending",
        "compliance_statuses",
        ["organization_id", "until"],
        postgresql_where=sa.text("status IN ('compliant', 'expiring')"),
    )


def downgrade() -> None:
    """Revert."""
    op.drop_index("ix_compliance_statuses_ending", "compliance_statuses")
