"""Sessions that people ask for."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "a6d13f7be820"
down_revision: str | None = "9d07c4e6b2f8"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_TABLE = "session_wishes"
_OWN = "(SELECT app_system()) OR user_id = (SELECT app_user())"
_SYSTEM = "(SELECT app_system())"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        _TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("from_month", sa.Date(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("seats BETWEEN 1 AND 50", name=op.f(f"ck_{_TABLE}_seats")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f(f"fk_{_TABLE}_user_id_users")),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name=op.f(f"fk_{_TABLE}_course_id_courses"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f(f"fk_{_TABLE}_session_id_sessions"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_TABLE}")),
    )
    for column in ("user_id", "course_id", "session_id"):
        op.create_index(op.f(f"ix_{_TABLE}_{column}"), _TABLE, [column])
    op.create_index(
        "uq_session_wishes_open",
        _TABLE,
        ["course_id", "user_id"],
        unique=True,
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.execute(f"ALTER TABLE {_TABLE} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY reads ON {_TABLE} FOR SELECT USING ({_OWN})")
    op.execute(f"CREATE POLICY changes ON {_TABLE} FOR UPDATE USING ({_SYSTEM}) WITH CHECK ({_SYSTEM})")
    op.execute(f"CREATE POLICY adds ON {_TABLE} FOR INSERT WITH CHECK ({_SYSTEM})")
    op.execute(f"CREATE POLICY deletes ON {_TABLE} FOR DELETE USING ({_SYSTEM})")


def downgrade() -> None:
    """Take back; what was asked for is lost."""
    op.drop_table(_TABLE)
