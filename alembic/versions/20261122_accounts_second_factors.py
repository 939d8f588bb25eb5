"""accounts second factors: authenticators, recovery codes, passkeys, trusted devices; roles that wait for one.

`actor_memberships` says what an actor is made of: a role for which its organisation demands a strong factor carries a
third word, `withheld`, until its holder has one.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "a94c7e05d31b"
down_revision: str | None = "e4b80d5c1f27"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_SECRETS = ("totp_factors", "recovery_codes", "passkeys", "passkey_challenges", "trusted_devices")

_MEMBERSHIPS = """
CREATE FUNCTION actor_memberships(wanted uuid) RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT ARRAY(
        SELECT m.organization_id::text || ' ' || m.role
               || CASE WHEN o.strong_factor_required AND NOT u.strong_factor
                            AND m.role IN ('training_admin', 'manager', 'airport_manager')
                       THEN ' withheld' ELSE '' END
        FROM organization_members m
        JOIN organizations o ON o.id = m.organization_id JOIN users u ON u.id = m.user_id
        WHERE m.user_id = wanted ORDER BY m.created_at, m.id)
$$
"""
_PLAIN = """ARRAY(SELECT m.organization_id::text || ' ' || m.role FROM organization_members m WHERE m.user_id = u.id
                 ORDER BY m.created_at, m.id)"""
_ACTOR = """
CREATE OR REPLACE FUNCTION {name}({parameters})
RETURNS TABLE (user_id uuid, locale varchar, is_platform_admin boolean, memberships text[], session_id uuid,
               authenticated_at timestamptz, active_organization_id uuid, last_seen_at timestamptz)
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    before text := coalesce(current_setting('app.scope', true), '');
BEGIN
    PERFORM set_config('app.scope', 'system', true);
    RETURN QUERY
    SELECT u.id, u.locale, u.is_platform_admin, {memberships},
           s.id, s.authenticated_at, s.active_organization_id, s.last_seen_at
    FROM {source} s JOIN users u ON u.id = s.user_id
    WHERE {condition};
    PERFORM set_config('app.scope', before, true);
END
$$
"""
_LOOK_UPS = (
    {
        "name": "actor_by_session",
        "parameters": "wanted bytea, moment timestamptz, seen_after timestamptz",
        "source": "browser_sessions",
        "condition": "s.token_hash = wanted AND s.revoked_at IS NULL AND s.expires_at > moment"
        " AND s.last_seen_at > seen_after",
    },
    {
        "name": "actor_by_family",
        "parameters": "wanted uuid, wanted_user uuid, moment timestamptz",
        "source": "token_families",
        "condition": "s.id = wanted AND s.user_id = wanted_user AND s.revoked_at IS NULL AND s.expires_at > moment",
    },
    {
        "name": "actor_by_user",
        "parameters": "wanted uuid",
        "source": "(SELECT o.id AS user_id, NULL::uuid AS id, NULL::timestamptz AS authenticated_at,"
        " NULL::uuid AS active_organization_id, NULL::timestamptz AS last_seen_at FROM users o)",
        "condition": "u.id = wanted",
    },
)


def _key_and_owner(table: str, *, required: bool = True) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=not required),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f(f"fk_{table}_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    """Apply."""
    off = {"server_default": "false", "nullable": False}
    op.add_column("users", sa.Column("strong_factor", sa.Boolean(), **off))
    op.add_column("organizations", sa.Column("strong_factor_required", sa.Boolean(), **off))
    _create_tables()
    for table in _SECRETS:
        op.create_index(op.f(f"ix_{table}_user_id"), table, ["user_id"], unique=False)
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY system ON {table} USING ((SELECT app_system()))")
    op.execute(_MEMBERSHIPS)
    for look_up in _LOOK_UPS:
        op.execute(_ACTOR.format(memberships="actor_memberships(u.id)", **look_up))


def _create_tables() -> None:
    op.create_table(
        "totp_factors",
        *_key_and_owner("totp_factors"),
        sa.Column("sealed_secret", sa.LargeBinary(), nullable=False),
        sa.Column("last_timecode", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        _moment("confirmed_at", nullable=True),
    )
    op.create_index(
        "uq_totp_factors_one_confirmed",
        "totp_factors",
        ["user_id"],
        unique=True,
        postgresql_where=sa.text("confirmed_at IS NOT NULL"),
    )
    op.create_table(
        "recovery_codes",
        *_key_and_owner("recovery_codes"),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        _moment("used_at", nullable=True),
        sa.UniqueConstraint("code_hash", name=op.f("uq_recovery_codes_code_hash")),
    )
    op.create_table(
        "passkeys",
        *_key_and_owner("passkeys"),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("transports", postgresql.JSONB(), nullable=False),
        sa.Column("backed_up", sa.Boolean(), nullable=False),
        _moment("last_used_at", nullable=True),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkeys_credential_id")),
    )
    op.create_table(
        "passkey_challenges",
        *_key_and_owner("passkey_challenges", required=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("login_challenge_id", sa.Uuid(), nullable=True),
        sa.Column("challenge", sa.LargeBinary(), nullable=False),
        _moment("expires_at"),
        _moment("used_at", nullable=True),
        sa.CheckConstraint(
            "purpose IN ('register', 'sign_in', 'second_factor')", name=op.f("ck_passkey_challenges_purpose")
        ),
        sa.ForeignKeyConstraint(
            ["login_challenge_id"],
            ["login_challenges.id"],
            name=op.f("fk_passkey_challenges_login_challenge_id_login_challenges"),
            ondelete="CASCADE",
        ),
    )
    for column in ("login_challenge_id", "expires_at"):
        op.create_index(op.f(f"ix_passkey_challenges_{column}"), "passkey_challenges", [column], unique=False)
    op.create_table(
        "trusted_devices",
        *_key_and_owner("trusted_devices"),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        _moment("expires_at"),
        _moment("last_used_at"),
        _moment("revoked_at", nullable=True),
        sa.UniqueConstraint("token_hash", name=op.f("uq_trusted_devices_token_hash")),
    )


def downgrade() -> None:
    """Revert."""
    for look_up in _LOOK_UPS:
        op.execute(_ACTOR.format(memberships=_PLAIN, **look_up))
    op.execute("DROP FUNCTION actor_memberships(uuid)")
    for table in reversed(_SECRETS):
        op.drop_table(table)
    op.drop_column("organizations", "strong_factor_required")
    op.drop_column("users", "strong_factor")
