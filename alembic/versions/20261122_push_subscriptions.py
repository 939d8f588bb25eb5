"""Browsers that ring, and which topics ring."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "e4b7a92c61d8"
down_revision: str | None = "c2e81f5a7d04"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_TABLE = "push_subscriptions"
_OWN = "(SELECT app_system()) OR user_id = (SELECT app_user())"
_SYSTEM = "(SELECT app_system())"


def upgrade() -> None:
    """Apply."""
    op.add_column(
        "notification_preferences", sa.Column("push", sa.Boolean(), server_default=sa.text("true"), nullable=False)
    )
    op.create_table(
        _TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f(f"fk_{_TABLE}_user_id_users")),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["browser_sessions.id"],
            name=op.f(f"fk_{_TABLE}_session_id_browser_sessions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_TABLE}")),
        sa.UniqueConstraint("endpoint", name=op.f(f"uq_{_TABLE}_endpoint")),
    )
    op.create_index(op.f(f"ix_{_TABLE}_user_id"), _TABLE, ["user_id"])
    op.create_index(op.f(f"ix_{_TABLE}_session_id"), _TABLE, ["session_id"])
    op.execute(f"ALTER TABLE {_TABLE} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY reads ON {_TABLE} FOR SELECT USING ({_OWN})")
    op.execute(f"CREATE POLICY changes ON {_TABLE} FOR UPDATE USING ({_SYSTEM}) WITH CHECK ({_SYSTEM})")
    op.execute(f"CREATE POLICY adds ON {_TABLE} FOR INSERT WITH CHECK ({_SYSTEM})")
    op.execute(f"CREATE POLICY deletes ON {_TABLE} FOR DELETE USING ({_OWN})")


def downgrade() -> None:
    """Take back; devices ring no more."""
    op.drop_table(_TABLE)
    op.drop_column("notification_preferences", "push")
