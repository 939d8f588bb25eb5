"""why jobs failed."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "a40d6c93e17b"
down_revision: str | None = "6be1f40a9d27"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_SYSTEM = "(SELECT app_system())"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "job_failures",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("job_id", sa.BigInteger(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_failures")),
    )
    op.create_index(op.f("ix_job_failures_job_id"), "job_failures", ["job_id"])
    op.execute("ALTER TABLE job_failures ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY reads ON job_failures FOR SELECT USING ((SELECT app_admin()))")
    op.execute(f"CREATE POLICY adds ON job_failures FOR INSERT WITH CHECK ({_SYSTEM})")
    op.execute(f"CREATE POLICY deletes ON job_failures FOR DELETE USING ({_SYSTEM})")


def downgrade() -> None:
    """Revert."""
    op.drop_table("job_failures")
