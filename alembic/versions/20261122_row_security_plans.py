"""row security plans: indexes for those who bought, and look-ups that share their statement's snapshot."""

from collections.abc import Sequence

from alembic import op

revision: str = "5f9a0c73e1d6"
down_revision: str | None = "c40b6e2f8d17"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_INDEXED = ("buyer_user_id", "buyer_organization_id")
_LOOK_UPS = (
    "certificates_to_verify(bytea, bytea, uuid)",
    "course_opinions(uuid, integer)",
    "course_rating_counts(uuid)",
)


def upgrade() -> None:
    """Apply."""
    for column in _INDEXED:
        op.create_index(op.f(f"ix_enrollments_{column}"), "enrollments", [column], unique=False)
    for function in _LOOK_UPS:
        op.execute(f"ALTER FUNCTION {function} STABLE")


def downgrade() -> None:
    """Revert."""
    for function in _LOOK_UPS:
        op.execute(f"ALTER FUNCTION {function} VOLATILE")
    for column in _INDEXED:
        op.drop_index(op.f(f"ix_enrollments_{column}"), table_name="enrollments")
