"""compliance standings: all statuses of a person in one row, written by what writes the statuses.

Dashboards and the matrix count 2,000 rows in place of 80,000. A letter stands for each status, in the order of its key;
a capital where a session is booked (`planned_on`). Triggers keep them, in the transaction that writes the statuses.
"""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "a1f4c7de8b25"
down_revision: str | None = "0c95d2e7ab41"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_TABLE = "compliance_standings"
_SYSTEM = "(SELECT app_system())"
_READS = (
    "user_id = (SELECT app_user()) OR (SELECT app_admin())"
    " OR organization_id = ANY ((SELECT app_orgs('manages'))::uuid[])"
)
_LETTER = """translate(CASE c.status WHEN 'missing' THEN 'm' WHEN 'expired' THEN 'x' WHEN 'planned' THEN 'p'
  WHEN 'expiring' THEN 'e' WHEN 'compliant' THEN 'c' WHEN 'exempt' THEN 'n' END,
  CASE WHEN c.planned_on IS NULL THEN '' ELSE 'mxpecn' END, CASE WHEN c.planned_on IS NULL THEN '' ELSE 'MXPECN' END)"""
_WRITTEN = f"""
SELECT c.organization_id, c.user_id, json_agg(c.requirement_key ORDER BY c.requirement_key COLLATE "C")::text AS keys,
  string_agg({_LETTER}, '' ORDER BY c.requirement_key COLLATE "C") AS marks
"""
_FUNCTION = f"""
CREATE FUNCTION compliance_stand() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  before text := coalesce(current_setting('app.scope', true), '');
  orgs uuid[];
  people uuid[];
BEGIN
  PERFORM set_config('app.scope', 'system', true);
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(organization_id), array_agg(user_id) INTO orgs, people
      FROM (SELECT DISTINCT organization_id, user_id FROM added) AS d;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(organization_id), array_agg(user_id) INTO orgs, people
      FROM (SELECT DISTINCT organization_id, user_id FROM removed) AS d;
  ELSE
    SELECT array_agg(organization_id), array_agg(user_id) INTO orgs, people FROM (
      SELECT DISTINCT organization_id, user_id
      FROM removed o FULL JOIN added n USING (organization_id, user_id, requirement_key)
      WHERE (o.status, o.planned_on IS NULL) IS DISTINCT FROM (n.status, n.planned_on IS NULL)) AS d;
  END IF;
  IF people IS NOT NULL THEN
    INSERT INTO {_TABLE} (organization_id, user_id, keys, marks)
      SELECT w.o, w.u, '[]', '' FROM unnest(orgs, people) AS w (o, u) WHERE EXISTS (
        SELECT FROM compliance_statuses c WHERE c.organization_id = w.o AND c.user_id = w.u)
      ORDER BY w.o, w.u ON CONFLICT DO NOTHING;
    -- Who writes the same people's statuses at this moment waits here for the other one, and then sees those too.
    PERFORM FROM {_TABLE} s JOIN unnest(orgs, people) AS w (o, u) ON s.organization_id = w.o AND s.user_id = w.u
      ORDER BY s.organization_id, s.user_id FOR UPDATE OF s;
    UPDATE {_TABLE} s SET keys = f.keys, marks = f.marks FROM (
      {_WRITTEN} FROM compliance_statuses c JOIN unnest(orgs, people) AS w (o, u)
      ON c.organization_id = w.o AND c.user_id = w.u GROUP BY 1, 2) AS f
      WHERE s.organization_id = f.organization_id AND s.user_id = f.user_id
      AND (s.keys, s.marks) IS DISTINCT FROM (f.keys, f.marks);
    IF TG_OP <> 'INSERT' THEN
      DELETE FROM {_TABLE} s USING unnest(orgs, people) AS w (o, u)
        WHERE s.organization_id = w.o AND s.user_id = w.u AND NOT EXISTS (
          SELECT FROM compliance_statuses c WHERE c.organization_id = w.o AND c.user_id = w.u);
    END IF;
  END IF;
  PERFORM set_config('app.scope', before, true);
  RETURN NULL;
END $$
"""  # noqa: S608 - constants
_SEEN = {
    "INSERT": "NEW TABLE AS added",
    "UPDATE": "OLD TABLE AS removed NEW TABLE AS added",
    "DELETE": "OLD TABLE AS removed",
}


def upgrade() -> None:
    """Apply."""
    op.create_table(
        _TABLE,
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("keys", sa.Text(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "user_id"],
            ["positions.organization_id", "positions.user_id"],
            name=f"fk_{_TABLE}_position",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organization_id", "user_id", name=op.f(f"pk_{_TABLE}")),
    )
    op.create_index(f"ix_{_TABLE}_user_id", _TABLE, ["user_id"])
    op.execute(f"ALTER TABLE {_TABLE} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY reads ON {_TABLE} FOR SELECT USING ({_READS})")
    op.execute(f"CREATE POLICY changes ON {_TABLE} FOR UPDATE USING ({_SYSTEM}) WITH CHECK ({_SYSTEM})")
    op.execute(f"CREATE POLICY adds ON {_TABLE} FOR INSERT WITH CHECK ({_SYSTEM})")
    op.execute(f"CREATE POLICY deletes ON {_TABLE} FOR DELETE USING ({_SYSTEM})")
    op.execute(_FUNCTION)
    for event, tables in _SEEN.items():
        op.execute(f"""CREATE TRIGGER stand_{event.lower()} AFTER {event} ON compliance_statuses REFERENCING {tables}
            FOR EACH STATEMENT EXECUTE FUNCTION compliance_stand()""")
    op.execute("SET LOCAL app.scope = 'system'")
    op.execute(f"INSERT INTO {_TABLE} (organization_id, user_id, keys, marks) {_WRITTEN}"
               " FROM compliance_statuses c GROUP BY 1, 2")  # fmt: skip
    op.execute("SET LOCAL app.scope = ''")


def downgrade() -> None:
    """Revert."""
    for event in _SEEN:
        op.execute(f"DROP TRIGGER stand_{event.lower()} ON compliance_statuses")
    op.execute("DROP FUNCTION compliance_stand()")
    op.drop_table(_TABLE)
