"""how a course is given can be searched: "e-learning", "présentiel", "à distance"."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "5d2b8f0c9e47"
down_revision: str | None = "c62e09fb51d7"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

# What people call it, in both languages. The least of a document's words: they rank nothing.
_MODALITY_WORDS = """
CREATE FUNCTION modality_words(modalities text[]) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT string_agg(CASE modality
    WHEN 'PRESENTIEL' THEN 'présentiel en salle on-site classroom'
    WHEN 'ELEARNING' THEN 'e-learning elearning en ligne à distance online'
    WHEN 'VIRTUEL' THEN 'classe virtuelle visioconférence à distance virtual classroom remote'
    WHEN 'BLENDED' THEN 'mixte blended e-learning présentiel'
    ELSE '' END, ' ') FROM unnest(modalities) AS modality
$$
"""
_DESCRIBED = "concat_ws(' ', c.description"
_DESCRIBED_AND_GIVEN = "concat_ws(' ', modality_words(c.modalities), c.description"


def _rewrite(old: str, new: str) -> None:
    """Change what the documents are made of, and make them all anew."""
    connection = op.get_bind()
    source = connection.execute(
        sa.text("SELECT pg_get_functiondef('refresh_course_documents(uuid[])'::regprocedure)")
    ).scalar_one()
    if source.count(old) != 1:
        message = "refresh_course_documents is not what this migration knows"
        raise RuntimeError(message)
    connection.exec_driver_sql(source.replace(old, new))
    # Everybody's courses.
    op.execute("SELECT set_config('app.scope', 'system', true)")
    op.execute(
        "SELECT refresh_course_documents(ARRAY (SELECT course_id FROM course_documents ORDER BY course_id)),"
        " set_config('app.scope', '', true)"
    )


def upgrade() -> None:
    """Apply."""
    op.execute(_MODALITY_WORDS)
    _rewrite(_DESCRIBED, _DESCRIBED_AND_GIVEN)


def downgrade() -> None:
    """Revert."""
    _rewrite(_DESCRIBED_AND_GIVEN, _DESCRIBED)
    op.execute("DROP FUNCTION modality_words")
