"""attendance: half-days signed by participants, and by the trainer under them."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "3f9b7c41d0a6"
down_revision: str | None = "5d8a17c2be64"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_SYSTEM = "(SELECT app_system())"
_READS = {
    # Who sees a seat sees whether its person came.
    "attendance_marks": "EXISTS (SELECT FROM enrollments e WHERE e.id = enrollment_id)",
    "attendance_countersignatures": (
        "(SELECT app_admin()) OR organization_id = ANY ((SELECT app_orgs('administers'))::uuid[])"
        " OR user_id = (SELECT app_user()) OR EXISTS (SELECT FROM sessions s WHERE s.id = session_id"
        " AND s.trainer_id = (SELECT app_user()))"
    ),
}
_REASONS = "'', 'transport', 'illness', 'work', 'family', 'unknown', 'other'"


def upgrade() -> None:
    """Apply."""
    _create_marks()
    _create_countersignatures()
    for table, reads in _READS.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY reads ON {table} FOR SELECT USING ({reads})")
        op.execute(f"CREATE POLICY changes ON {table} FOR UPDATE USING ({_SYSTEM}) WITH CHECK ({_SYSTEM})")
        op.execute(f"CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({_SYSTEM})")
        op.execute(f"CREATE POLICY deletes ON {table} FOR DELETE USING ({_SYSTEM})")


def downgrade() -> None:
    """Revert."""
    op.drop_table("attendance_countersignatures")
    op.drop_table("attendance_marks")


def _key(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _signed() -> tuple[sa.Column[object], ...]:
    moment = sa.DateTime(timezone=True)
    return (
        _key("id"),
        sa.Column("created_at", moment, server_default=sa.text("now()"), nullable=False),
        _key("session_id"),
        _key("organization_id"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        _key("client_id"),
        sa.Column("signed_at", moment, nullable=False),
        sa.Column("received_at", moment, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("key_id", sa.String(), nullable=True),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=True),
    )


def _constraints(table: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.CheckConstraint("part IN (1, 2)", name=op.f(f"ck_{table}_part")),
        sa.CheckConstraint("(sealed IS NULL) = (wrapped_key IS NULL)", name=op.f(f"ck_{table}_wrapped")),
        _leads_to(table, "session_id", "sessions"),
        _leads_to(table, "organization_id", "organizations"),
        _leads_to(table, "user_id", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("client_id", name=op.f(f"uq_{table}_client_id")),
    )


def _leads_to(table: str, column: str, target: str, **options: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"), **options)


def _create_marks() -> None:
    table = "attendance_marks"
    op.create_table(
        table,
        *_signed(),
        _key("enrollment_id"),
        _key("user_id"),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("minutes_late", sa.Integer(), nullable=True),
        sa.Column("method", sa.String(), nullable=False),
        _key("recorded_by", nullable=True),
        *_constraints(table),
        sa.CheckConstraint("state IN ('present', 'late', 'absent')", name=op.f(f"ck_{table}_state")),
        sa.CheckConstraint(f"reason IN ({_REASONS})", name=op.f(f"ck_{table}_reason")),
        sa.CheckConstraint("method IN ('handed', 'code', 'stated')", name=op.f(f"ck_{table}_method")),
        sa.CheckConstraint("minutes_late BETWEEN 1 AND 720", name=op.f(f"ck_{table}_minutes_late")),
        _leads_to(table, "enrollment_id", "enrollments", ondelete="CASCADE"),
        _leads_to(table, "recorded_by", "users"),
        sa.UniqueConstraint(
            "session_id", "user_id", "day", "part", name=op.f(f"uq_{table}_session_id_user_id_day_part")
        ),
    )
    for column in ("organization_id", "enrollment_id", "user_id", "key_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _create_countersignatures() -> None:
    table = "attendance_countersignatures"
    op.create_table(
        table,
        *_signed(),
        _key("user_id"),
        *_constraints(table),
        sa.UniqueConstraint("session_id", "day", "part", name=op.f(f"uq_{table}_session_id_day_part")),
    )
    for column in ("organization_id", "user_id", "key_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
