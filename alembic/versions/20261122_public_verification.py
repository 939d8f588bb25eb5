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
    # PostgreSQL tries a table's policies from the last name to the first: this one is answered before it looks for the
    # sessions and enrolments that the other asks about.
    op.execute("""CREATE POLICY verifies ON certificates FOR SELECT
        USING ((SELECT current_setting('app.scope', true) = 'verification'))""")
    op.execute("DROP FUNCTION certificates_to_verify(bytea, bytea, uuid)")


def downgrade() -> None:
    """Revert."""
    op.execute(_FUNCTION)
    op.execute("DROP POLICY verifies ON certificates")
    op.drop_table("chain_readings")
    op.drop_index(op.f("ix_certificates_replaced_by"), table_name="certificates")
    op.drop_column("certificates", "name_masked")
