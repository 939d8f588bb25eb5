"""single sign-on: organisations' identity providers, the domains they answer for, and who came through them.

Managers see and write the connection and the domains of the organisations they run. Codes, identities, attempts and
sessions are reached in the system's name only.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "c81f2ab95e64"
down_revision: str | None = "e31f7a60c85d"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_MANAGED = (
    "(SELECT app_admin()) OR organization_id = ANY ((SELECT app_orgs('manages'))::uuid[])"
    " OR organization_id = ANY ((SELECT app_orgs('administers'))::uuid[])"
)
_SYSTEM = "(SELECT app_system())"
_POLICIES = {
    "sso_connections": _MANAGED,
    "sso_domains": _MANAGED,
    "sso_domain_codes": _SYSTEM,
    "sso_identities": _SYSTEM,
    "sso_attempts": _SYSTEM,
    "sso_sessions": _SYSTEM,
}


def _moment(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _created() -> sa.Column[object]:
    return sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False)


def _goes_with(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    referred = target.split(".", maxsplit=1)[0]
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}_{referred}"), ondelete="CASCADE")


def upgrade() -> None:
    """Apply."""
    _create_connections()
    _create_domains()
    _create_identities()
    _create_attempts()
    for table, condition in _POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own ON {table} USING ({condition}) WITH CHECK ({condition})")


def _create_connections() -> None:
    op.create_table(
        "sso_connections",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        _created(),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("client_id", sa.String(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        *[
            sa.Column(name, sa.Boolean(), nullable=False)
            for name in ("enabled", "demanded", "second_factor_trusted", "joins_members")
        ],
        _moment("checked_at"),
        sa.Column("faults", postgresql.ARRAY(sa.String()), nullable=False),
        _goes_with("sso_connections", "organization_id", "organizations.id"),
        sa.PrimaryKeyConstraint("organization_id", name=op.f("pk_sso_connections")),
    )


def _create_domains() -> None:
    op.create_table(
        "sso_domains",
        sa.Column("id", sa.Uuid(), nullable=False),
        _created(),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        _moment("proven_at"),
        sa.Column("proven_by", sa.String(), nullable=True),
        sa.CheckConstraint("proven_by IN ('mailbox', 'platform')", name=op.f("ck_sso_domains_proven_by")),
        _goes_with("sso_domains", "organization_id", "organizations.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sso_domains")),
        sa.UniqueConstraint("organization_id", "domain", name=op.f("uq_sso_domains_organization_id_domain")),
    )
    op.create_index(op.f("ix_sso_domains_organization_id"), "sso_domains", ["organization_id"])
    op.create_index(
        "uq_sso_domains_proven",
        "sso_domains",
        ["domain"],
        unique=True,
        postgresql_where=sa.text("proven_at IS NOT NULL"),
    )
    op.create_table(
        "sso_domain_codes",
        sa.Column("domain_id", sa.Uuid(), nullable=False),
        sa.Column("mailbox", sa.String(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        _moment("expires_at", nullable=False),
        _goes_with("sso_domain_codes", "domain_id", "sso_domains.id"),
        sa.PrimaryKeyConstraint("domain_id", name=op.f("pk_sso_domain_codes")),
    )


def _create_identities() -> None:
    op.create_table(
        "sso_identities",
        sa.Column("id", sa.Uuid(), nullable=False),
        _created(),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        _moment("last_used_at", nullable=False),
        _goes_with("sso_identities", "organization_id", "sso_connections.organization_id"),
        _goes_with("sso_identities", "user_id", "users.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sso_identities")),
        sa.UniqueConstraint(
            "organization_id", "issuer", "subject", name=op.f("uq_sso_identities_organization_id_issuer_subject")
        ),
    )
    op.create_index(op.f("ix_sso_identities_organization_id"), "sso_identities", ["organization_id"])
    op.create_index(op.f("ix_sso_identities_user_id"), "sso_identities", ["user_id"])


def _create_attempts() -> None:
    op.create_table(
        "sso_attempts",
        sa.Column("id", sa.Uuid(), nullable=False),
        _created(),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("state_hash", sa.LargeBinary(), nullable=False),
        sa.Column("browser_hash", sa.LargeBinary(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("next_path", sa.String(), nullable=False),
        _moment("expires_at", nullable=False),
        _moment("used_at"),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("challenge_id", sa.Uuid(), nullable=True),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("is_known", sa.Boolean(), nullable=False),
        _moment("proven_at"),
        sa.Column("id_token", sa.LargeBinary(), nullable=True),
        _moment("confirmed_at"),
        _moment("finished_at"),
        _goes_with("sso_attempts", "organization_id", "sso_connections.organization_id"),
        _goes_with("sso_attempts", "user_id", "users.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sso_attempts")),
        sa.UniqueConstraint("state_hash", name=op.f("uq_sso_attempts_state_hash")),
    )
    for column in ("organization_id", "expires_at", "user_id"):
        op.create_index(op.f(f"ix_sso_attempts_{column}"), "sso_attempts", [column])
    op.create_table(
        "sso_sessions",
        sa.Column("browser_session_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id_token", sa.LargeBinary(), nullable=False),
        _goes_with("sso_sessions", "browser_session_id", "browser_sessions.id"),
        _goes_with("sso_sessions", "organization_id", "sso_connections.organization_id"),
        sa.PrimaryKeyConstraint("browser_session_id", name=op.f("pk_sso_sessions")),
    )
    op.create_index(op.f("ix_sso_sessions_organization_id"), "sso_sessions", ["organization_id"])


def downgrade() -> None:
    """Revert."""
    for table in reversed(_POLICIES):
        op.drop_table(table)
