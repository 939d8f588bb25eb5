"""what a mail brings with it: made as it is sent, shown by the embedded mailbox."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "f3b86e1c09d5"
down_revision: str | None = "a6d13f7be820"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Apply."""
    op.add_column("outgoing_emails", sa.Column("attached", sa.String(), server_default="", nullable=False))
    op.add_column("outgoing_emails", sa.Column("attached_id", sa.Uuid(), nullable=True))
    op.add_column(
        "mailbox_messages",
        sa.Column("attachments", postgresql.JSONB(), server_default=sa.text("'[]'::jsonb"), nullable=False),
    )


def downgrade() -> None:
    """Revert."""
    op.drop_column("mailbox_messages", "attachments")
    op.drop_column("outgoing_emails", "attached_id")
    op.drop_column("outgoing_emails", "attached")
