"""audit events: append-only, chained by hashes as their transactions commit.

Two tables carry one event: `audit_queue` takes it when the act is done, and a deferred trigger moves it to
`audit_events` at commit. The chain's lock is taken there, after every other lock of the transaction, and held for the
length of a commit only. `audit_events` numbers and hashes whatever is inserted, refuses UPDATE and TRUNCATE, and lets
go only of what is over a year old and covered by a checkpoint (`audit_retire`).
"""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "a7d10c9be451"
down_revision: str | None = "5c9e21d7b04f"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

# Whoever acts, `audit_flush` and `audit_retire` see and write the chain in the system's name, for their own length.
_FUNCTIONS = (
    r"""CREATE FUNCTION audit_hash(e audit_events) RETURNS bytea LANGUAGE sql STABLE
    RETURN sha256(e.previous_hash || convert_to(concat_ws(E'\n',
      e.sequence::text,
      to_char(e.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      coalesce(e.actor_user_id::text, ''), coalesce(e.organization_id::text, ''),
      e.action, coalesce(e.subject_id::text, ''), e.facts::text), 'UTF8'))""",
    """CREATE FUNCTION audit_link() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
    DECLARE head record;
    BEGIN
      PERFORM pg_advisory_xact_lock(726174);
      -- A statement of its own, so that it sees what the lock's last holder committed.
      SELECT sequence, hash INTO head FROM (
        (SELECT sequence, hash FROM audit_events ORDER BY sequence DESC LIMIT 1)
        UNION ALL (SELECT sequence, hash FROM audit_checkpoints ORDER BY sequence DESC LIMIT 1)
      ) AS ends ORDER BY sequence DESC LIMIT 1;
      NEW.sequence := coalesce(head.sequence, 0) + 1;
      NEW.previous_hash := coalesce(head.hash, decode(repeat('00', 32), 'hex'));
      NEW.hash := audit_hash(NEW);
      RETURN NEW;
    END $$""",
    """CREATE FUNCTION audit_flush() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    DECLARE scope text := coalesce(current_setting('app.scope', true), '');
    BEGIN
      PERFORM set_config('app.scope', 'system', true);
      INSERT INTO audit_events (occurred_at, actor_user_id, organization_id, action, subject_id, facts)
      VALUES (NEW.occurred_at, NEW.actor_user_id, NEW.organization_id, NEW.action, NEW.subject_id, NEW.facts);
      DELETE FROM audit_queue WHERE id = NEW.id;
      PERFORM set_config('app.scope', scope, true);
      RETURN NULL;
    END $$""",
    """CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
    BEGIN
      IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'audit_events' THEN
        IF OLD.occurred_at < now() - interval '1 year'
          AND OLD.sequence <= (SELECT max(sequence) FROM audit_checkpoints) THEN
          RETURN OLD;
        END IF;
      END IF;
      RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END $$""",
    """CREATE FUNCTION audit_retire(before timestamptz) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    DECLARE
      scope text := coalesce(current_setting('app.scope', true), '');
      boundary timestamptz := least(before, now() - interval '1 year');
      last bigint;
      removed bigint;
    BEGIN
      PERFORM set_config('app.scope', 'system', true);
      PERFORM pg_advisory_xact_lock(726174);
      -- Only a beginning of the chain may go, so that what is left still holds together.
      SELECT coalesce((SELECT min(sequence) - 1 FROM audit_events WHERE occurred_at >= boundary), max(sequence))
        INTO last FROM audit_events;
      SELECT count(*) INTO removed FROM audit_events WHERE sequence <= last;
      IF removed > 0 THEN
        INSERT INTO audit_checkpoints (sequence, hash, removed, removed_at)
          SELECT sequence, hash, removed, now() FROM audit_events WHERE sequence = last;
        DELETE FROM audit_events WHERE sequence <= last;
      END IF;
      PERFORM set_config('app.scope', scope, true);
      RETURN removed;
    END $$""",
)
_TRIGGERS = (
    "CREATE TRIGGER link BEFORE INSERT ON audit_events FOR EACH ROW EXECUTE FUNCTION audit_link()",
    """CREATE CONSTRAINT TRIGGER flush AFTER INSERT ON audit_queue DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION audit_flush()""",
    *(
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH {level} EXECUTE FUNCTION audit_refuse()"
        for table in ("audit_events", "audit_checkpoints")
        for name, event, level in (("refuse", "UPDATE OR TRUNCATE", "STATEMENT"), ("refuse_delete", "DELETE", "ROW"))
    ),
)
# Anybody's act is written down; only administrators read. The functions above act in the system's name.
_POLICIES = (
    "CREATE POLICY writes ON audit_queue FOR INSERT WITH CHECK (true)",
    "CREATE POLICY moves ON audit_queue USING ((SELECT app_system()))",
    "CREATE POLICY reads ON audit_events FOR SELECT USING ((SELECT app_admin()))",
    "CREATE POLICY writes ON audit_events FOR INSERT WITH CHECK ((SELECT app_system()))",
    "CREATE POLICY retires ON audit_events FOR DELETE USING ((SELECT app_system()))",
    "CREATE POLICY reads ON audit_checkpoints FOR SELECT USING ((SELECT app_admin()))",
    "CREATE POLICY writes ON audit_checkpoints FOR INSERT WITH CHECK ((SELECT app_system()))",
)
_TABLES = ("audit_events", "audit_queue", "audit_checkpoints")
_INDEXED = ("action", "actor_user_id", "subject_id", "organization_id")


def _said() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_user_id", sa.Uuid(), nullable=True),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    )


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "audit_events",
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        *_said(),
        sa.Column("previous_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_audit_events")),
    )
    for column in _INDEXED:
        op.create_index(f"ix_audit_events_{column}", "audit_events", [column, "sequence"])
    op.create_index("ix_audit_events_occurred_at", "audit_events", ["occurred_at"])
    op.create_table(
        "audit_queue",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        *_said(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_queue")),
    )
    op.create_table(
        "audit_checkpoints",
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("removed", sa.BigInteger(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("removed > 0", name=op.f("ck_audit_checkpoints_removed")),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_audit_checkpoints")),
    )
    for statement in (*_FUNCTIONS, *_TRIGGERS):
        op.execute(statement)
    for table in _TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    for policy in _POLICIES:
        op.execute(policy)


def downgrade() -> None:
    """Revert."""
    op.execute("DROP FUNCTION audit_retire(timestamptz)")
    for table in _TABLES:
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    op.execute("DROP FUNCTION audit_hash(audit_events)")
    for table in _TABLES:
        op.drop_table(table)
    op.execute("DROP FUNCTION audit_link(), audit_flush(), audit_refuse()")
