"""what the yearly training report cannot know by itself: who a participant was, and which trainers are external."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "9d07c4e6b2f8"
down_revision: str | None = "e71b5d90c2a4"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Apply."""
    op.add_column("enrollments", sa.Column("trainee_kind", sa.String(), server_default="", nullable=False))
    op.create_check_constraint(
        op.f("ck_enrollments_trainee_kind"),
        "enrollments",
        "trainee_kind IN ('', 'employee', 'apprentice', 'jobseeker', 'individual', 'other')",
    )
    op.add_column("organization_members", sa.Column("external", sa.Boolean(), nullable=True))


def downgrade() -> None:
    """Revert."""
    op.drop_column("organization_members", "external")
    op.drop_constraint(op.f("ck_enrollments_trainee_kind"), "enrollments")
    op.drop_column("enrollments", "trainee_kind")
