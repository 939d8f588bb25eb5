"""what the public must know of a course, and what the yearly training report asks."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "c2e81f5a7d04"
down_revision: str | None = "a40d6c93e17b"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_COLUMNS = ("methods", "methods_en", "evaluation", "evaluation_en", "accessibility", "accessibility_en", "nsf_code")


def upgrade() -> None:
    """Apply."""
    for name in _COLUMNS:
        op.add_column("courses", sa.Column(name, sa.String(), server_default="", nullable=False))
    op.add_column("courses", sa.Column("bpf_objective", sa.String(), server_default="", nullable=False))
    op.create_check_constraint(
        op.f("ck_courses_bpf_objective"),
        "courses",
        "bpf_objective IN ('', 'rncp', 'rs', 'cqp', 'professional', 'assessment', 'experience')",
    )


def downgrade() -> None:
    """Revert."""
    op.drop_constraint(op.f("ck_courses_bpf_objective"), "courses")
    for name in ("bpf_objective", *reversed(_COLUMNS)):
        op.drop_column("courses", name)
