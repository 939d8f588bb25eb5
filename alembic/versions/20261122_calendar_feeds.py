"""calendar feeds: each person's private address, and what was last said of each seat."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "8a4c1f6e25d9"
down_revision: str | None = "3f9b7c41d0a6"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_SYSTEM = "(SELECT app_system())"
_OWN = f"{_SYSTEM} OR user_id = (SELECT app_user())"
# Table -> who reads and adds, who changes, who deletes.
_POLICIES = {
    "calendar_feeds": (_OWN, _OWN, _SYSTEM),
    "calendar_entries": (_SYSTEM, _SYSTEM, _SYSTEM),
}


def upgrade() -> None:
    """Apply."""
    feeds = "calendar_feeds"
    op.create_table(
        feeds,
        *_row(),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("renewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f(f"fk_{feeds}_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{feeds}")),
        sa.UniqueConstraint("token_hash", name=op.f(f"uq_{feeds}_token_hash")),
        sa.UniqueConstraint("user_id", name=op.f(f"uq_{feeds}_user_id")),
    )
    entries = "calendar_entries"
    op.create_table(
        entries,
        *_row(),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("enrollment_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f(f"fk_{entries}_user_id_users")),
        sa.ForeignKeyConstraint(
            ["enrollment_id"],
            ["enrollments.id"],
            name=op.f(f"fk_{entries}_enrollment_id_enrollments"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{entries}")),
        sa.UniqueConstraint("enrollment_id", name=op.f(f"uq_{entries}_enrollment_id")),
    )
    op.create_index(op.f(f"ix_{entries}_user_id"), entries, ["user_id"])
    for table, (reads, changes, deletes) in _POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY reads ON {table} FOR SELECT USING ({reads})")
        op.execute(f"CREATE POLICY changes ON {table} FOR UPDATE USING ({changes}) WITH CHECK ({changes})")
        op.execute(f"CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({changes})")
        op.execute(f"CREATE POLICY deletes ON {table} FOR DELETE USING ({deletes})")


def _row() -> tuple[sa.Column[object], sa.Column[object]]:
    created = sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False)
    return sa.Column("id", sa.Uuid(), nullable=False), created


def downgrade() -> None:
    """Take back; calendars find nothing at their addresses any more."""
    op.drop_table("calendar_entries")
    op.drop_table("calendar_feeds")
