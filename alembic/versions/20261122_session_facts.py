"""session facts: from where and how a session signed in, when it was last seen; families of API tokens.

`actor_by_session` and `actor_by_family` are the two look-ups made before anybody is known: they alone lift the row
security, for one statement, and give back what an actor is made of and nothing else.
"""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "5c9e21d7b04f"
down_revision: str | None = "0b7c1f6d2a90"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_METHODS = "'email', 'totp', 'recovery_code', 'passkey', 'sso', 'trusted_device'"

_ACTOR = """
CREATE FUNCTION {name}({parameters})
RETURNS TABLE (user_id uuid, locale varchar, is_platform_admin boolean, memberships text[], session_id uuid,
               authenticated_at timestamptz, active_organization_id uuid, last_seen_at timestamptz)
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    before text := coalesce(current_setting('app.scope', true), '');
BEGIN
    PERFORM set_config('app.scope', 'system', true);
    RETURN QUERY
    SELECT u.id, u.locale, u.is_platform_admin,
           ARRAY(SELECT m.organization_id::text || ' ' || m.role FROM organization_members m WHERE m.user_id = u.id
                 ORDER BY m.created_at, m.id),
           s.id, s.authenticated_at, s.active_organization_id, s.last_seen_at
    FROM {source} s JOIN users u ON u.id = s.user_id
    WHERE {condition};
    PERFORM set_config('app.scope', before, true);
END
$$
"""


def upgrade() -> None:
    """Apply."""
    op.add_column("sign_in_tickets", sa.Column("method", sa.String(), server_default="email", nullable=False))
    op.create_check_constraint(op.f("ck_sign_in_tickets_method"), "sign_in_tickets", f"method IN ({_METHODS})")
    _describe_browser_sessions()
    _gather_token_families()
    op.execute(
        _ACTOR.format(
            name="actor_by_session",
            parameters="wanted bytea, moment timestamptz, seen_after timestamptz",
            source="browser_sessions",
            condition="s.token_hash = wanted AND s.revoked_at IS NULL AND s.expires_at > moment"
            " AND s.last_seen_at > seen_after",
        )
    )
    op.execute(
        _ACTOR.format(
            name="actor_by_family",
            parameters="wanted uuid, wanted_user uuid, moment timestamptz",
            source="token_families",
            condition="s.id = wanted AND s.user_id = wanted_user AND s.revoked_at IS NULL AND s.expires_at > moment",
        )
    )
    op.execute(
        _ACTOR.format(
            name="actor_by_user",
            parameters="wanted uuid",
            source="(SELECT o.id AS user_id, NULL::uuid AS id, NULL::timestamptz AS authenticated_at,"
            " NULL::uuid AS active_organization_id, NULL::timestamptz AS last_seen_at FROM users o)",
            condition="u.id = wanted",
        )
    )


def _describe_browser_sessions() -> None:
    op.add_column("browser_sessions", sa.Column("authenticated_at", sa.DateTime(timezone=True)))
    op.add_column("browser_sessions", sa.Column("method", sa.String(), server_default="email", nullable=False))
    op.add_column("browser_sessions", sa.Column("address", sa.String(), server_default="", nullable=False))
    op.add_column("browser_sessions", sa.Column("user_agent", sa.String(), server_default="", nullable=False))
    op.add_column(
        "browser_sessions",
        sa.Column("last_seen_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
    )
    op.add_column("browser_sessions", sa.Column("active_organization_id", sa.Uuid()))
    op.create_check_constraint(op.f("ck_browser_sessions_method"), "browser_sessions", f"method IN ({_METHODS})")


def _gather_token_families() -> None:
    op.create_table(
        "token_families",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("authenticated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("method", sa.String(), server_default="email", nullable=False),
        sa.Column("address", sa.String(), server_default="", nullable=False),
        sa.Column("user_agent", sa.String(), server_default="", nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("active_organization_id", sa.Uuid(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(f"method IN ({_METHODS})", name=op.f("ck_token_families_method")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_token_families_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_token_families")),
    )
    op.create_index(op.f("ix_token_families_user_id"), "token_families", ["user_id"], unique=False)
    op.execute(
        """INSERT INTO token_families (id, user_id, created_at, last_seen_at, expires_at, revoked_at)
        SELECT family_id, user_id, min(created_at), max(created_at), min(created_at) + interval '90 days',
               max(revoked_at)
        FROM refresh_tokens GROUP BY family_id, user_id"""
    )
    op.create_foreign_key(
        op.f("fk_refresh_tokens_family_id_token_families"), "refresh_tokens", "token_families", ["family_id"], ["id"]
    )
    op.drop_column("refresh_tokens", "revoked_at")
    op.execute("ALTER TABLE token_families ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE token_families FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY own ON token_families USING (app_system() OR user_id = (SELECT app_user()))")


def downgrade() -> None:
    """Revert."""
    op.execute("DROP FUNCTION actor_by_user(uuid)")
    op.execute("DROP FUNCTION actor_by_family(uuid, uuid, timestamptz)")
    op.execute("DROP FUNCTION actor_by_session(bytea, timestamptz, timestamptz)")
    op.add_column("refresh_tokens", sa.Column("revoked_at", sa.DateTime(timezone=True)))
    op.execute("SELECT set_config('app.scope', 'system', true)")
    op.execute("UPDATE refresh_tokens t SET revoked_at = f.revoked_at FROM token_families f WHERE f.id = t.family_id")
    op.drop_constraint(op.f("fk_refresh_tokens_family_id_token_families"), "refresh_tokens")
    op.drop_table("token_families")
    for column in ("active_organization_id", "last_seen_at", "user_agent", "address", "method", "authenticated_at"):
        op.drop_column("browser_sessions", column)
    op.drop_column("sign_in_tickets", "method")
