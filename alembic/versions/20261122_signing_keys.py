"""Signing keys, what organisations put on their certificates, and the credential beside each document."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "5a1d7c90e4b3"
down_revision: str | None = "4d8e1f60b2c7"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_SCHOOL = "(SELECT app_admin()) OR organization_id = ANY ((SELECT app_orgs('administers'))::uuid[])"


def upgrade() -> None:
    """Apply."""
    _create_keys()
    _create_templates()
    _add_credentials()


def _create_keys() -> None:
    op.create_table(
        "signing_keys",
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
        "signing_keys",
        ["organization_id", "kind"],
        unique=True,
        postgresql_nulls_not_distinct=True,
        postgresql_where=sa.text("retired_at IS NULL"),
    )
    op.create_index("ix_signing_keys_organization_id", "signing_keys", ["organization_id"])
    op.create_index("ix_signing_keys_key_id", "signing_keys", ["key_id"])
    _wall("signing_keys", "(SELECT app_system())")


def _create_templates() -> None:
    op.create_table(
        "certificate_templates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("signatory", sa.String(), nullable=False),
        sa.Column("signatory_title", sa.String(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("wording_en", sa.Text(), nullable=False),
        sa.Column("accent", sa.String(), nullable=False),
        sa.Column("logo", sa.LargeBinary(), nullable=True),
        sa.Column("logo_format", sa.String(), nullable=True),
        sa.CheckConstraint("(logo IS NULL) = (logo_format IS NULL)", name=op.f("ck_certificate_templates_logo")),
        sa.CheckConstraint("logo_format IN ('png', 'svg')", name=op.f("ck_certificate_templates_logo_format")),
        sa.CheckConstraint("accent ~ '^#[0-9a-f]{6}$'", name=op.f("ck_certificate_templates_accent")),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_certificate_templates_organization_id_organizations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_templates")),
        sa.UniqueConstraint("organization_id", name=op.f("uq_certificate_templates_organization_id")),
    )
    _wall("certificate_templates", _SCHOOL)


def _add_credentials() -> None:
    """Certificates issued before keep form 1: their content's own JSON is what was committed, their file is plain."""
    op.add_column("certificates", sa.Column("form", sa.Integer(), server_default="1", nullable=False))
    op.add_column("certificates", sa.Column("credential", sa.LargeBinary(), nullable=True))
    op.add_column("certificates", sa.Column("credential_jwt", sa.Text(), nullable=True))
    op.add_column("certificates", sa.Column("file_key_id", sa.String(), nullable=True))
    op.add_column("certificates", sa.Column("file_wrapped_key", sa.LargeBinary(), nullable=True))
    op.create_index("ix_certificates_file_key_id", "certificates", ["file_key_id"])
    op.create_check_constraint("ck_certificates_form", "certificates", "form IN (1, 2)")


def _wall(table: str, who: str) -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY own ON {table} USING ({who}) WITH CHECK ({who})")


def downgrade() -> None:
    """Undo."""
    op.drop_constraint("ck_certificates_form", "certificates")
    op.drop_index("ix_certificates_file_key_id", "certificates")
    for column in ("file_wrapped_key", "file_key_id", "credential_jwt", "credential", "form"):
        op.drop_column("certificates", column)
    op.drop_table("certificate_templates")
    op.drop_table("signing_keys")
