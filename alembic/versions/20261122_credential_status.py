"""Places of credentials in status lists."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "c3f1a86d05e2"
down_revision: str | None = "5a1d7c90e4b3"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_TABLES = ("credential_status_lists", "credential_status_entries")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "credential_status_lists",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_credential_status_lists_organization_id_organizations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credential_status_lists")),
    )
    op.create_index(op.f("ix_credential_status_lists_organization_id"), "credential_status_lists", ["organization_id"])
    op.create_table(
        "credential_status_entries",
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("position BETWEEN 0 AND 131071", name=op.f("ck_credential_status_entries_position")),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificates.id"],
            name=op.f("fk_credential_status_entries_certificate_id_certificates"),
        ),
        sa.ForeignKeyConstraint(
            ["list_id"],
            ["credential_status_lists.id"],
            name=op.f("fk_credential_status_entries_list_id_credential_status_lists"),
        ),
        sa.PrimaryKeyConstraint("certificate_id", name=op.f("pk_credential_status_entries")),
        sa.UniqueConstraint("list_id", "position", name=op.f("uq_credential_status_entries_list_id_position")),
    )
    # Published lists ask for the revoked ones among many.
    op.create_index(
        "ix_certificates_revoked", "certificates", ["id"], postgresql_where=sa.text("revoked_at IS NOT NULL")
    )
    for table in _TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY system ON {table} USING ((SELECT app_system()))")


def downgrade() -> None:
    """Undo."""
    op.drop_index("ix_certificates_revoked", "certificates")
    for table in reversed(_TABLES):
        op.drop_table(table)
