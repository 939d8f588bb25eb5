"""course search covering indexes: results and counts are read from indexes alone."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "4d1f6b0c92ae"
down_revision: str | None = "e8c532d5436a"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_OPEN = sa.text("status = 'scheduled'")


def upgrade() -> None:
    """Apply."""
    op.drop_index("ix_course_documents_quality", table_name="course_documents")
    op.create_index(
        "ix_course_documents_quality",
        "course_documents",
        ["quality", "course_id"],
        postgresql_include=["category", "modalities", "languages", "price_from_cents", "next_starts_at"],
    )
    op.drop_index("ix_sessions_open_month", table_name="sessions")
    op.create_index(
        "ix_sessions_open_month", "sessions", ["local_month", "course_id", "starts_at"], postgresql_where=_OPEN
    )
    op.drop_index("ix_sessions_open_place", table_name="sessions")
    op.create_index(
        "ix_sessions_open_place",
        "sessions",
        ["place_key", "starts_at"],
        postgresql_ops={"place_key": "text_pattern_ops"},
        postgresql_where=_OPEN,
        postgresql_include=["course_id", "location"],
    )


def downgrade() -> None:
    """Revert."""
    op.drop_index("ix_sessions_open_place", table_name="sessions")
    op.create_index(
        "ix_sessions_open_place",
        "sessions",
        ["place_key", "starts_at"],
        postgresql_ops={"place_key": "text_pattern_ops"},
        postgresql_where=_OPEN,
    )
    op.drop_index("ix_sessions_open_month", table_name="sessions")
    op.create_index("ix_sessions_open_month", "sessions", ["local_month"], postgresql_where=_OPEN)
    op.drop_index("ix_course_documents_quality", table_name="course_documents")
    op.create_index("ix_course_documents_quality", "course_documents", ["quality", "course_id"])
