"""public verification: connections that may read certificates alone, masked names, the chain's last word."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "b2e84d71f6c9"
down_revision: str | None = "b06e93d1f4a7"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_FUNCTION = """CREATE FUNCTION certificates_to_verify(token bytea, document bytea, wanted uuid) RETURNS SETOF certificates
LANGUAGE plpgsql STABLE ROWS 1 AS $$
DECLARE
  before text := coalesce(current_setting('app.scope', true), '');
BEGIN
  PERFORM set_config('app.scope', 'system', true);
  IF token IS NOT NULL THEN
    RETURN QUERY SELECT * FROM certificates c WHERE c.token_hash = token;
  ELSIF document IS NOT NULL THEN
    RETURN QUERY SELECT * FROM certificates c WHERE c.file_sha256 = document;
  ELSE
    RETURN QUERY SELECT * FROM certificates c WHERE c.id = wanted;
  END IF;
  PERFORM set_config('app.scope', before, true);
END $$"""

_ME = "(SELECT app_user())"
_ADMIN = "(SELECT app_admin())"
_OWN = f"{_ADMIN} OR user_id = {_ME} OR organization_id = ANY ((SELECT app_orgs('administers'))::uuid[])"
_TRAINED = f"""EXISTS (SELECT FROM sessions s WHERE s.id = session_id AND s.trainer_id = {_ME}
  AND (s.organization_id = ANY ((SELECT app_orgs('trains_for'))::uuid[])))"""
_PAID = """EXISTS (SELECT FROM enrollments e WHERE e.id = enrollment_id
  AND (e.buyer_organization_id = ANY ((SELECT app_orgs('manages'))::uuid[])))"""
# The same two questions. Written into the policy, they and the policies of the tables that they read make twenty parts
# of each plan, which cost a verification more than its own look-ups though none of them is ever asked.
_TAKES_PART = """CREATE FUNCTION app_trained_or_paid(wanted_session uuid, wanted_enrollment uuid) RETURNS boolean
LANGUAGE plpgsql STABLE COST 1000 AS $$
BEGIN
  RETURN EXISTS (SELECT FROM sessions s WHERE s.id = wanted_session AND s.trainer_id = app_user()
      AND s.organization_id = ANY (app_orgs('trains_for')))
    OR EXISTS (SELECT FROM enrollments e WHERE e.id = wanted_enrollment
      AND e.buyer_organization_id = ANY (app_orgs('manages')));
END $$"""


def upgrade() -> None:
    """Apply."""
    op.add_column("certificates", sa.Column("name_masked", sa.Boolean(), server_default="false", nullable=False))
    # A certificate's versions are followed in both directions.
    op.create_index(
        op.f("ix_certificates_replaced_by"),
        "certificates",
        ["replaced_by"],
        postgresql_where=sa.text("replaced_by IS NOT NULL"),
    )
    table = "chain_readings"
    op.create_table(
        table,
        sa.Column("contract", sa.String(), nullable=False),
        sa.Column("token_id", sa.BigInteger(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("said IN ('unknown', 'valid', 'revoked')", name=op.f(f"ck_{table}_said")),
        sa.PrimaryKeyConstraint("contract", "token_id", name=op.f(f"pk_{table}")),
    )
    op.execute(_TAKES_PART)
    op.execute(f"""ALTER POLICY reads ON certificates USING
        ({_OWN} OR ({_ME} IS NOT NULL AND app_trained_or_paid(session_id, enrollment_id)))""")
    # PostgreSQL tries a table's policies from the last name to the first: this one is answered before the other.
    op.execute("""CREATE POLICY verifies ON certificates FOR SELECT
        USING ((SELECT current_setting('app.scope', true) = 'verification'))""")
    op.execute("DROP FUNCTION certificates_to_verify(bytea, bytea, uuid)")


def downgrade() -> None:
    """Revert."""
    op.execute(_FUNCTION)
    op.execute("DROP POLICY verifies ON certificates")
    op.execute(f"ALTER POLICY reads ON certificates USING ({_OWN} OR {_TRAINED} OR {_PAID})")
    op.execute("DROP FUNCTION app_trained_or_paid(uuid, uuid)")
    op.drop_table("chain_readings")
    op.drop_index(op.f("ix_certificates_replaced_by"), table_name="certificates")
    op.drop_column("certificates", "name_masked")
