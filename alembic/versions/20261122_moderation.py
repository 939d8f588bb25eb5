"""courses and reviews that people report, and those that are hidden."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0c95d2e7ab41"
down_revision: str | None = "b4d07f2a96e3"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_SYSTEM = "(SELECT app_system())"
_ADMIN = "(SELECT app_admin())"
_ME = "(SELECT app_user())"
_REASONS = "'misleading', 'unlawful', 'unsafe', 'offensive', 'private', 'fake', 'other'"


def upgrade() -> None:
    """Apply."""
    op.add_column("courses", sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("reviews", sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True))
    _create_reports()
    op.execute("DROP FUNCTION course_opinions(uuid, integer)")
    op.execute(_opinions("id uuid, ", "r.id, ", " AND r.hidden_at IS NULL"))
    op.execute(_counts(" AND r.hidden_at IS NULL"))


def downgrade() -> None:
    """Revert."""
    op.execute(_counts(""))
    op.execute("DROP FUNCTION course_opinions(uuid, integer)")
    op.execute(_opinions("", "", ""))
    op.drop_table("content_reports")
    op.drop_column("reviews", "hidden_at")
    op.drop_column("courses", "suspended_at")


def _create_reports() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "content_reports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", moment, server_default=sa.text("now()"), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=True),
        sa.Column("reporter_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", moment, nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.CheckConstraint(f"reason IN ({_REASONS})", name=op.f("ck_content_reports_reason")),
        sa.CheckConstraint("state IN ('open', 'kept', 'hidden')", name=op.f("ck_content_reports_state")),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name=op.f("fk_content_reports_course_id_courses"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["reviews.id"], name=op.f("fk_content_reports_review_id_reviews"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["reporter_id"], ["users.id"], name=op.f("fk_content_reports_reporter_id_users")),
        sa.ForeignKeyConstraint(["decided_by"], ["users.id"], name=op.f("fk_content_reports_decided_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_reports")),
    )
    for column in ("course_id", "review_id", "decided_by"):
        op.create_index(op.f(f"ix_content_reports_{column}"), "content_reports", [column])
    op.create_index(
        "uq_content_reports_open",
        "content_reports",
        ["reporter_id", "course_id", sa.text("coalesce(review_id, course_id)")],
        unique=True,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.execute("ALTER TABLE content_reports ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY reads ON content_reports FOR SELECT USING ({_ADMIN} OR reporter_id = {_ME})")
    op.execute(f"CREATE POLICY changes ON content_reports FOR UPDATE USING ({_ADMIN}) WITH CHECK ({_ADMIN})")
    op.execute(
        f"CREATE POLICY adds ON content_reports FOR INSERT WITH CHECK ({_SYSTEM}"
        f" OR (reporter_id = {_ME} AND state = 'open'))"
    )
    op.execute(f"CREATE POLICY deletes ON content_reports FOR DELETE USING ({_SYSTEM})")


def _opinions(columns: str, values: str, shown: str) -> str:
    return f"""CREATE FUNCTION course_opinions(wanted uuid, most integer)
    RETURNS TABLE ({columns}author text, rating integer, comment text, created_at timestamptz)
    LANGUAGE plpgsql STABLE ROWS 10 AS $$
    DECLARE
      before text := coalesce(current_setting('app.scope', true), '');
    BEGIN
      PERFORM set_config('app.scope', 'system', true);
      RETURN QUERY SELECT {values}concat_ws(' ', u.first_name, left(u.last_name, 1) || '.'), r.rating, r.comment,
          r.created_at
        FROM reviews r JOIN users u ON u.id = r.user_id WHERE r.course_id = wanted AND r.comment <> ''{shown}
        ORDER BY r.created_at DESC LIMIT most;
      PERFORM set_config('app.scope', before, true);
    END $$"""  # noqa: S608 - constants


def _counts(shown: str) -> str:
    return f"""CREATE OR REPLACE FUNCTION course_rating_counts(wanted uuid) RETURNS bigint[] LANGUAGE plpgsql STABLE AS $$
    DECLARE
      before text := coalesce(current_setting('app.scope', true), '');
      counts bigint[];
    BEGIN
      PERFORM set_config('app.scope', 'system', true);
      SELECT ARRAY[count(*) FILTER (WHERE r.rating = 1), count(*) FILTER (WHERE r.rating = 2),
        count(*) FILTER (WHERE r.rating = 3), count(*) FILTER (WHERE r.rating = 4), count(*) FILTER (WHERE r.rating = 5)]
        INTO counts FROM reviews r WHERE r.course_id = wanted{shown};
      PERFORM set_config('app.scope', before, true);
      RETURN counts;
    END $$"""  # noqa: S608 - constants
