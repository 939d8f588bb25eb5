"""threads of messages on enrolments and sessions."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "b9d34e07f1a2"
down_revision: str | None = "c7f1a4e92d38"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_ME = "(SELECT app_user())"
_SYSTEM = "(SELECT app_system())"
# The platform's administrators are no party to anything that people write to one another.
_PARTY = f"""{_SYSTEM} OR learner_id = {_ME} OR buyer_user_id = {_ME}
    OR buyer_organization_id = ANY ((SELECT app_orgs('manages'))::uuid[])
    OR seller_organization_id = ANY ((SELECT app_orgs('trains_for'))::uuid[])
    OR (enrollment_id IS NULL AND EXISTS (SELECT FROM enrollments e WHERE e.session_id = message_threads.session_id
      AND e.user_id = {_ME} AND e.status IN ('CONFIRMED', 'IN_PROGRESS', 'COMPLETED')))"""  # noqa: S608 - constants
_THEIRS = "EXISTS (SELECT FROM message_threads t WHERE t.id = thread_id)"
# Table -> who reads, who changes, who adds, who deletes.
_POLICIES = {
    "message_threads": (_PARTY, _SYSTEM, _SYSTEM, _SYSTEM),
    "messages": (_THEIRS, _SYSTEM, f"{_SYSTEM} OR (author_id = {_ME} AND {_THEIRS})", _SYSTEM),
    "message_reads": (
        f"{_SYSTEM} OR user_id = {_ME}",
        f"{_SYSTEM} OR user_id = {_ME}",
        f"{_SYSTEM} OR (user_id = {_ME} AND {_THEIRS})",
        _SYSTEM,
    ),
}


def upgrade() -> None:
    """Apply."""
    _create_threads()
    _create_messages()
    for table, (reads, changes, adds, deletes) in _POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY reads ON {table} FOR SELECT USING ({reads})")
        op.execute(f"CREATE POLICY changes ON {table} FOR UPDATE USING ({changes}) WITH CHECK ({changes})")
        op.execute(f"CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({adds})")
        op.execute(f"CREATE POLICY deletes ON {table} FOR DELETE USING ({deletes})")
    op.execute("""CREATE FUNCTION messages_tell() RETURNS trigger LANGUAGE plpgsql
        SET search_path = public, pg_temp AS $$
        BEGIN
          PERFORM pg_notify('messages', NEW.thread_id::text);
          RETURN NULL;
        END $$""")
    op.execute("""CREATE TRIGGER tell AFTER INSERT ON messages
        FOR EACH ROW EXECUTE FUNCTION messages_tell()""")


def _key(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _row() -> tuple[sa.Column[object], sa.Column[object]]:
    created = sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False)
    return _key("id"), created


def _leads_to(table: str, column: str, target: str, **options: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"), **options)


def _create_threads() -> None:
    table = "message_threads"
    op.create_table(
        table,
        *_row(),
        _key("session_id"),
        _key("enrollment_id", nullable=True),
        _key("learner_id", nullable=True),
        _key("buyer_user_id", nullable=True),
        _key("buyer_organization_id", nullable=True),
        _key("seller_organization_id"),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(enrollment_id IS NULL) = (learner_id IS NULL)", name=op.f(f"ck_{table}_learner")),
        _leads_to(table, "session_id", "sessions"),
        _leads_to(table, "enrollment_id", "enrollments", ondelete="CASCADE"),
        _leads_to(table, "learner_id", "users"),
        _leads_to(table, "buyer_user_id", "users"),
        _leads_to(table, "buyer_organization_id", "organizations"),
        _leads_to(table, "seller_organization_id", "organizations"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("enrollment_id", "learner_id", name=op.f(f"uq_{table}_enrollment_id_learner_id")),
    )
    for column in ("session_id", "learner_id", "buyer_user_id", "buyer_organization_id", "seller_organization_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    op.create_index(
        "uq_message_threads_session",
        table,
        ["session_id"],
        unique=True,
        postgresql_where=sa.text("enrollment_id IS NULL"),
    )


def _create_messages() -> None:
    table = "messages"
    op.create_table(
        table,
        *_row(),
        _key("thread_id"),
        _key("author_id"),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        _leads_to(table, "thread_id", "message_threads", ondelete="CASCADE"),
        _leads_to(table, "author_id", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index("ix_messages_thread_id_id", table, ["thread_id", "id"])
    op.create_index(op.f("ix_messages_author_id"), table, ["author_id"])
    reads = "message_reads"
    op.create_table(
        reads,
        *_row(),
        _key("thread_id"),
        _key("user_id"),
        sa.Column("read_until", sa.DateTime(timezone=True), nullable=False),
        _leads_to(reads, "thread_id", "message_threads", ondelete="CASCADE"),
        _leads_to(reads, "user_id", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{reads}")),
        sa.UniqueConstraint("thread_id", "user_id", name=op.f(f"uq_{reads}_thread_id_user_id")),
    )
    op.create_index(op.f("ix_message_reads_user_id"), reads, ["user_id"])


def downgrade() -> None:
    """Take back; what was written is lost."""
    for table in ("message_reads", "messages", "message_threads"):
        op.drop_table(table)
    op.execute("DROP FUNCTION messages_tell()")
