"""reports as files, and reports that come by mail."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "5c1e7d90ab34"
down_revision: str | None = "5e8d20c7b1f3"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_SYSTEM = "(SELECT app_system())"
_ME = "(SELECT app_user())"
_RUN = " OR ".join(
    f"organization_id = ANY ((SELECT app_orgs('{kind}'))::uuid[])" for kind in ("manages", "administers")
)
# A file is its reader's alone; what comes by mail concerns everybody who runs the organisation.
_POLICIES = {
    "report_exports": f"{_SYSTEM} OR requested_by = {_ME}",
    "report_schedules": f"(SELECT app_admin()) OR {_RUN}",
}


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "report_exports",
        *_row(),
        sa.Column("requested_by", sa.Uuid(), nullable=False),
        *_made(),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("format IN ('csv', 'xlsx', 'pdf')", name=op.f("ck_report_exports_format")),
        sa.CheckConstraint(
            "status IN ('waiting', 'writing', 'ready', 'failed')", name=op.f("ck_report_exports_status")
        ),
        *_keys("report_exports", "requested_by"),
    )
    op.create_table(
        "report_schedules",
        *_row(),
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        *_made(),
        sa.Column("frequency", sa.String(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_why", sa.String(), server_default="", nullable=False),
        sa.CheckConstraint("format IN ('csv', 'xlsx', 'pdf')", name=op.f("ck_report_schedules_format")),
        sa.CheckConstraint("frequency IN ('weekly', 'monthly')", name=op.f("ck_report_schedules_frequency")),
        sa.CheckConstraint("(stopped_at IS NULL) = (stopped_why = '')", name=op.f("ck_report_schedules_stopped")),
        *_keys("report_schedules", "recipient_id", "created_by"),
    )
    for table, column in (
        *(("report_exports", name) for name in ("organization_id", "requested_by", "expires_at")),
        *(("report_schedules", name) for name in ("organization_id", "recipient_id", "created_by")),
    ):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    op.create_index(
        "ix_report_schedules_due", "report_schedules", ["next_on"], postgresql_where=sa.text("stopped_at IS NULL")
    )
    for table, reach in _POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own ON {table} USING ({reach}) WITH CHECK ({reach})")


def _row() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
    )


def _made() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("report", sa.String(), nullable=False),
        sa.Column("filters", postgresql.JSONB(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
    )


def _keys(table: str, *people: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f(f"fk_{table}_organization_id_organizations")
        ),
        *(sa.ForeignKeyConstraint([name], ["users.id"], name=op.f(f"fk_{table}_{name}_users")) for name in people),
    )


def downgrade() -> None:
    """Revert."""
    for table in reversed(_POLICIES):
        op.drop_table(table)
