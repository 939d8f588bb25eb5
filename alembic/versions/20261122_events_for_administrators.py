"""The platform's administrators read the gateway's events under their own name."""

from collections.abc import Sequence

from alembic import op

revision: str = "4d8e1f60b2c7"
down_revision: str | None = "7c1e5f08a2d9"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Apply."""
    op.execute("CREATE POLICY administrators_read ON webhook_events FOR SELECT USING ((SELECT app_admin()))")


def downgrade() -> None:
    """Undo."""
    op.execute("DROP POLICY administrators_read ON webhook_events")
