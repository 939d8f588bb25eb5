"""Signing keys of organisations and the platform."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "5a1d7c90e4b3"
down_revision: str | None = "4d8e1f60b2c7"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_TABLE = "signing_keys"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        _TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("chain", postgresql.ARRAY(sa.LargeBinary()), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("key_id", sa.String(), nullable=True),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('p256', 'ed25519', 'authority')", name=op.f("ck_signing_keys_kind")),
        sa.CheckConstraint("kind <> 'authority' OR organization_id IS NULL", name=op.f("ck_signing_keys_authority")),
        sa.CheckConstraint("(retired_at IS NULL) = (sealed IS NOT NULL)", name=op.f("ck_signing_keys_retired")),
        sa.CheckConstraint("(sealed IS NULL) = (wrapped_key IS NULL)", name=op.f("ck_signing_keys_wrapped")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_signing_keys_organization_id_organizations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_keys")),
    )
    op.create_index(
        "uq_signing_keys_in_use",
        _TABLE,
        ["organization_id", "kind"],
        unique=True,
        postgresql_nulls_not_distinct=True,
        postgresql_where=sa.text("retired_at IS NULL"),
    )
    op.create_index("ix_signing_keys_organization_id", _TABLE, ["organization_id"])
    op.create_index("ix_signing_keys_key_id", _TABLE, ["key_id"])
    op.execute(f"ALTER TABLE {_TABLE} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {_TABLE} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY system ON {_TABLE} USING ((SELECT app_system()))")


def downgrade() -> None:
    """Undo."""
    op.drop_table(_TABLE)
