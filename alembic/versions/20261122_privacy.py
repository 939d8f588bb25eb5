"""privacy: consents, exports, erasures, account lifecycles, retention runs; certificates that outlive their holders.

A certificate keeps its hashes when its holder is erased and when its enrolment is let go: `erased_at`, and no foreign
key to the enrolment any more.
"""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "d95b3f60a814"
down_revision: str | None = "c81f2ab95e64"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_OWN = "(SELECT app_system()) OR user_id = (SELECT app_user())"
_POLICIES = (
    f"CREATE POLICY own ON consents USING ({_OWN}) WITH CHECK ({_OWN})",
    f"CREATE POLICY own ON privacy_exports USING ({_OWN}) WITH CHECK ({_OWN})",
    f"CREATE POLICY own ON erasure_requests USING ({_OWN}) WITH CHECK ({_OWN})",
    "CREATE POLICY system ON account_lifecycles USING ((SELECT app_system()))",
    "CREATE POLICY reads ON retention_runs FOR SELECT USING ((SELECT app_admin()))",
    "CREATE POLICY system ON retention_runs USING ((SELECT app_system()))",
)
_TABLES = ("consents", "privacy_exports", "erasure_requests", "account_lifecycles", "retention_runs")


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _row() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
    )


def upgrade() -> None:
    """Apply."""
    _consents_and_exports()
    _erasures()
    op.create_table(
        "retention_runs",
        *_row(),
        sa.Column("rule", sa.String(), nullable=False),
        _moment("before"),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Boolean(), nullable=False),
        _moment("started_at"),
        _moment("finished_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_runs")),
    )
    op.create_index("ix_retention_runs_rule", "retention_runs", ["rule", "started_at"])
    for table in _TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    for policy in _POLICIES:
        op.execute(policy)
    op.add_column("certificates", _moment("erased_at", nullable=True))
    op.drop_constraint(op.f("fk_certificates_enrollment_id_enrollments"), "certificates", type_="foreignkey")


def _consents_and_exports() -> None:
    op.create_table(
        "consents",
        *_row(),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        _moment("decided_at"),
        sa.CheckConstraint("purpose IN ('product_news', 'team_status')", name=op.f("ck_consents_purpose")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_consents_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index("ix_consents_user_id_purpose", "consents", ["user_id", "purpose", "decided_at"])
    op.create_table(
        "privacy_exports",
        *_row(),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        _moment("requested_at"),
        _moment("ready_at", nullable=True),
        _moment("expires_at"),
        sa.Column("size_bytes", sa.Integer(), nullable=True),
        sa.Column("key_id", sa.String(), nullable=True),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("status IN ('waiting', 'ready', 'failed')", name=op.f("ck_privacy_exports_status")),
        sa.CheckConstraint("status <> 'ready' OR wrapped_key IS NOT NULL", name=op.f("ck_privacy_exports_ready")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_privacy_exports_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_exports")),
    )
    op.create_index(op.f("ix_privacy_exports_user_id"), "privacy_exports", ["user_id"])
    op.create_index(
        "uq_privacy_exports_waiting",
        "privacy_exports",
        ["user_id"],
        unique=True,
        postgresql_where=sa.text("status = 'waiting'"),
    )


def _erasures() -> None:
    op.create_table(
        "erasure_requests",
        *_row(),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        _moment("requested_at"),
        _moment("due_at"),
        _moment("closed_at", nullable=True),
        sa.CheckConstraint("ground IN ('requested', 'inactive')", name=op.f("ck_erasure_requests_ground")),
        sa.CheckConstraint(
            "status IN ('waiting', 'blocked', 'withdrawn', 'done')", name=op.f("ck_erasure_requests_status")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure_requests")),
    )
    op.create_index(
        "uq_erasure_requests_open",
        "erasure_requests",
        ["user_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('waiting', 'blocked')"),
    )
    op.create_table(
        "account_lifecycles",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        _moment("last_active_at"),
        _moment("warned_at", nullable=True),
        _moment("erased_at", nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_account_lifecycles_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_account_lifecycles")),
    )
    op.create_index(op.f("ix_account_lifecycles_last_active_at"), "account_lifecycles", ["last_active_at"])


def downgrade() -> None:
    """Revert."""
    op.create_foreign_key(
        op.f("fk_certificates_enrollment_id_enrollments"), "certificates", "enrollments", ["enrollment_id"], ["id"]
    )
    op.drop_column("certificates", "erased_at")
    for table in reversed(_TABLES):
        op.drop_table(table)
