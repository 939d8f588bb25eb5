"""notifications in the application, and how each person wants their mails."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "5e8d20c7b1f3"
down_revision: str | None = "d5a2c81e93f7"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_OWN = "(SELECT app_system()) OR user_id = (SELECT app_user())"
_SYSTEM = "(SELECT app_system())"
# Table -> who reads, who changes, who adds, who deletes.
_POLICIES = {
    "notifications": (_OWN, _OWN, _SYSTEM, _SYSTEM),
    "notification_preferences": (_OWN, _OWN, _OWN, _SYSTEM),
}
_TOPICS = "'bookings', 'orders', 'waiting', 'certificates', 'team', 'documents', 'messages'"


def upgrade() -> None:
    """Apply."""
    _create_notifications()
    _create_preferences()
    for table, (reads, changes, adds, deletes) in _POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY reads ON {table} FOR SELECT USING ({reads})")
        op.execute(f"CREATE POLICY changes ON {table} FOR UPDATE USING ({changes}) WITH CHECK ({changes})")
        op.execute(f"CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({adds})")
        op.execute(f"CREATE POLICY deletes ON {table} FOR DELETE USING ({deletes})")
    # Open pages of the person are told, whoever caused it; the same person named twice in a transaction is told once.
    op.execute("""CREATE FUNCTION notifications_tell() RETURNS trigger LANGUAGE plpgsql
        SET search_path = public, pg_temp AS $$
        BEGIN
          PERFORM pg_notify('notifications', NEW.user_id::text);
          RETURN NULL;
        END $$""")
    op.execute("""CREATE TRIGGER tell AFTER INSERT OR UPDATE OF read_at ON notifications
        FOR EACH ROW EXECUTE FUNCTION notifications_tell()""")


def _row() -> tuple[sa.Column[object], sa.Column[object]]:
    created = sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False)
    return sa.Column("id", sa.Uuid(), nullable=False), created


def _person(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["users.id"], name=op.f(f"fk_{table}_{column}_users"))


def _create_notifications() -> None:
    table = "notifications"
    op.create_table(
        table,
        *_row(),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("facts", postgresql.JSONB(), nullable=False),
        sa.Column("page", sa.String(), nullable=False),
        sa.Column("parameters", postgresql.JSONB(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("in_digest", sa.Boolean(), nullable=False),
        sa.CheckConstraint(f"topic IN ({_TOPICS})", name=op.f(f"ck_{table}_topic")),
        _person(table, "user_id"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index("ix_notifications_user_id_id", table, ["user_id", "id"])
    op.create_index("ix_notifications_unread", table, ["user_id"], postgresql_where=sa.text("read_at IS NULL"))
    op.create_index("ix_notifications_digest", table, ["user_id"], postgresql_where=sa.text("in_digest"))


def _create_preferences() -> None:
    table = "notification_preferences"
    op.create_table(
        table,
        *_row(),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("delivery", sa.String(), nullable=False),
        sa.CheckConstraint(f"topic IN ({_TOPICS})", name=op.f(f"ck_{table}_topic")),
        sa.CheckConstraint("delivery IN ('at_once', 'daily', 'none')", name=op.f(f"ck_{table}_delivery")),
        _person(table, "user_id"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("user_id", "topic", name=op.f(f"uq_{table}_user_id_topic")),
    )


def downgrade() -> None:
    """Take back; what people were told and chose is lost."""
    for table in ("notification_preferences", "notifications"):
        op.drop_table(table)
    op.execute("DROP FUNCTION notifications_tell()")
