"""organisation invitations: offers of a role, requests to join, removals that can be undone, and an address.

Invitations and removals are seen by whoever runs the organisation; a request to join also by who made it.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "36d60b0ed3ab"
down_revision: str | None = "a7d10c9be451"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_RUNS = """
    (SELECT app_admin())
    OR organization_id = ANY ((SELECT app_orgs('manages'))::uuid[])
    OR organization_id = ANY ((SELECT app_orgs('administers'))::uuid[])
"""
_POLICIES = {
    "organization_invitations": _RUNS,
    "organization_join_requests": f"user_id = (SELECT app_user()) OR {_RUNS}",
    "organization_removals": _RUNS,
}
_ADDRESS = ("address_line1", "address_line2", "postal_code", "contact_email")


def upgrade() -> None:
    """Apply."""
    for name in _ADDRESS:
        op.add_column("organizations", sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.add_column("organizations", sa.Column("country", sa.String(), nullable=False, server_default="FR"))
    op.add_column("organizations", sa.Column("vat_number", sa.String(), nullable=True))
    _invitations()
    _join_requests()
    _removals()
    for table, condition in _POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own ON {table} USING ({condition}) WITH CHECK ({condition})")


def downgrade() -> None:
    """Revert."""
    for table in _POLICIES:
        op.drop_table(table)
    for name in (*_ADDRESS, "country", "vat_number"):
        op.drop_column("organizations", name)


def _key(table: str) -> tuple[sa.Column[object], sa.Column[object], sa.Constraint]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _refers(table: str, column: str, target: str) -> sa.Constraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"))


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _invitations() -> None:
    table = "organization_invitations"
    op.create_table(
        table,
        *_key(table),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("email", postgresql.CITEXT(), nullable=False),
        sa.Column("first_name", sa.String(), nullable=False),
        sa.Column("last_name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("job_role", sa.String(), nullable=True),
        sa.Column("token_hash", sa.LargeBinary(), nullable=True),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("invited_by", sa.Uuid(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_by", sa.Uuid(), nullable=True),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "role IN ('learner', 'trainer', 'training_admin', 'manager', 'airport_manager')",
            name=op.f(f"ck_{table}_role"),
        ),
        _refers(table, "organization_id", "organizations"),
        _refers(table, "invited_by", "users"),
        _refers(table, "accepted_by", "users"),
        sa.UniqueConstraint("token_hash", name=op.f(f"uq_{table}_token_hash")),
    )
    for column in ("organization_id", "email", "batch_id", "invited_by", "accepted_by"):
        _index(table, column)
    op.create_index(
        "uq_organization_invitations_waiting",
        table,
        ["organization_id", "email", "role"],
        unique=True,
        postgresql_where=sa.text("accepted_at IS NULL AND declined_at IS NULL AND withdrawn_at IS NULL"),
    )


def _join_requests() -> None:
    table = "organization_join_requests"
    op.create_table(
        table,
        *_key(table),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        _refers(table, "organization_id", "organizations"),
        _refers(table, "user_id", "users"),
        sa.UniqueConstraint("organization_id", "user_id", name=op.f(f"uq_{table}_organization_id_user_id")),
    )
    _index(table, "user_id")


def _removals() -> None:
    table = "organization_removals"
    op.create_table(
        table,
        *_key(table),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("removed_by", sa.Uuid(), nullable=False),
        sa.Column("roles", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("job_role", sa.String(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=False),
        _refers(table, "organization_id", "organizations"),
        _refers(table, "user_id", "users"),
        _refers(table, "removed_by", "users"),
    )
    for column in ("organization_id", "user_id", "removed_by"):
        _index(table, column)
