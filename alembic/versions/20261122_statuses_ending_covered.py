"""the index of what ends answers alone: who, what, and whether a session is booked."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "c62e09fb51d7"
down_revision: str | None = "a1f4c7de8b25"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_NAME, _TABLE = "ix_compliance_statuses_ending", "compliance_statuses"


def _replace(*included: str) -> None:
    op.drop_index(_NAME, _TABLE)
    op.create_index(
        _NAME,
        _TABLE,
        ["organization_id", "until"],
        postgresql_where=sa.text("status IN ('compliant', 'expiring')"),
        postgresql_include=list(included),
    )


def upgrade() -> None:
    """Apply."""
    _replace("user_id", "requirement_key", "status", "planned_on")


def downgrade() -> None:
    """Revert."""
    _replace()
