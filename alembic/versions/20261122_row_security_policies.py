"""row security on every table that holds somebody's data.

Columns first, so that the policies need no look-ups: an enrolment knows who bought and who sells it, and a session
whose draft hides it. Then one list of policies. Tables without one are named, with their reasons, in
tests/authorization/test_row_security.py.
"""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "7e2d9a41c5b8"
down_revision: str | None = "d95b3f60a814"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_PARTIES = ("buyer_user_id", "buyer_organization_id", "seller_organization_id")

_FUNCTIONS = (
    # Copied from the order, whatever the statement says: the policies rely on it.
    """CREATE FUNCTION enrollment_parties() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      SELECT o.buyer_user_id, o.buyer_organization_id, o.seller_organization_id
        INTO NEW.buyer_user_id, NEW.buyer_organization_id, NEW.seller_organization_id
        FROM orders o WHERE o.id = NEW.order_id;
      RETURN NEW;
    END $$""",
    # The lock waits for a publication under way, which would not see this session. A course out of sight hides too.
    """CREATE FUNCTION session_hidden_by() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      state text;
    BEGIN
      SELECT c.status INTO state FROM courses c WHERE c.id = NEW.course_id FOR SHARE;
      NEW.hidden_by := CASE WHEN coalesce(state, 'draft') = 'draft' THEN NEW.organization_id END;
      RETURN NEW;
    END $$""",
    """CREATE FUNCTION course_hides_sessions() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE sessions SET hidden_by = CASE WHEN NEW.status = 'draft' THEN NEW.organization_id END
      WHERE course_id = NEW.id;
      RETURN NULL;
    END $$""",
    # The look-ups of these two go through the policies of the tables they read, none of which leads back here.
    """CREATE FUNCTION app_takes_part_in(wanted uuid) RETURNS boolean LANGUAGE plpgsql STABLE COST 1000 AS $$
    BEGIN
      RETURN EXISTS (SELECT FROM enrollments e WHERE e.order_id = wanted AND e.user_id = app_user());
    END $$""",
    """CREATE FUNCTION app_has_booked(wanted uuid) RETURNS boolean LANGUAGE plpgsql STABLE COST 1000 AS $$
    BEGIN
      RETURN EXISTS (SELECT FROM enrollments e WHERE e.course_id = wanted
        AND (e.user_id = app_user() OR e.buyer_user_id = app_user()
             OR e.buyer_organization_id = ANY (app_orgs('manages'))));
    END $$""",
    # Whom one works with: the members of one's organisations, and who takes part in or buys what these buy or sell.
    """CREATE FUNCTION app_knows(wanted uuid) RETURNS boolean LANGUAGE plpgsql STABLE COST 1000 AS $$
    DECLARE
      manages uuid[] := app_orgs('manages');
      trains_for uuid[] := app_orgs('trains_for');
      me uuid := app_user();
    BEGIN
      RETURN EXISTS (SELECT FROM organization_members m WHERE m.user_id = wanted
          AND (m.organization_id = ANY (manages) OR m.organization_id = ANY (trains_for)))
        OR EXISTS (SELECT FROM enrollments e WHERE e.user_id = wanted
          AND (e.buyer_user_id = me OR e.buyer_organization_id = ANY (manages)
               OR e.seller_organization_id = ANY (trains_for)))
        OR EXISTS (SELECT FROM orders o WHERE o.buyer_user_id = wanted
          AND (o.buyer_organization_id = ANY (manages) OR o.seller_organization_id = ANY (trains_for)));
    END $$""",
    # What everybody reads of reviews: an opinion under a first name and an initial, and how often each rating was given.
    """CREATE FUNCTION course_opinions(wanted uuid, most integer)
    RETURNS TABLE (author text, rating integer, comment text, created_at timestamptz)
    LANGUAGE plpgsql VOLATILE ROWS 10 AS $$
    DECLARE
      before text := coalesce(current_setting('app.scope', true), '');
    BEGIN
      PERFORM set_config('app.scope', 'system', true);
      RETURN QUERY SELECT concat_ws(' ', u.first_name, left(u.last_name, 1) || '.'), r.rating, r.comment, r.created_at
        FROM reviews r JOIN users u ON u.id = r.user_id WHERE r.course_id = wanted AND r.comment <> ''
        ORDER BY r.created_at DESC LIMIT most;
      PERFORM set_config('app.scope', before, true);
    END $$""",
    """CREATE FUNCTION course_rating_counts(wanted uuid) RETURNS bigint[] LANGUAGE plpgsql VOLATILE AS $$
    DECLARE
      before text := coalesce(current_setting('app.scope', true), '');
      counts bigint[];
    BEGIN
      PERFORM set_config('app.scope', 'system', true);
      SELECT ARRAY[count(*) FILTER (WHERE r.rating = 1), count(*) FILTER (WHERE r.rating = 2),
        count(*) FILTER (WHERE r.rating = 3), count(*) FILTER (WHERE r.rating = 4), count(*) FILTER (WHERE r.rating = 5)]
        INTO counts FROM reviews r WHERE r.course_id = wanted;
      PERFORM set_config('app.scope', before, true);
      RETURN counts;
    END $$""",
    # Public verification: by the secret of the QR code, the digest of the document, or an id that the caller may see.
    """CREATE FUNCTION certificates_to_verify(token bytea, document bytea, wanted uuid) RETURNS SETOF certificates
    LANGUAGE plpgsql VOLATILE ROWS 1 AS $$
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
    END $$""",
    """CREATE FUNCTION users_protected() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT app_system() THEN
        RAISE EXCEPTION 'only the system makes administrators' USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NEW;
    END $$""",
)
_TRIGGERS = (
    (
        "CREATE TRIGGER parties BEFORE INSERT OR UPDATE OF order_id, buyer_user_id, buyer_organization_id,"
        " seller_organization_id ON enrollments FOR EACH ROW EXECUTE FUNCTION enrollment_parties()"
    ),
    (
        "CREATE TRIGGER hidden_by BEFORE INSERT OR UPDATE OF course_id, organization_id ON sessions"
        " FOR EACH ROW EXECUTE FUNCTION session_hidden_by()"
    ),
    (
        "CREATE TRIGGER hides_sessions AFTER UPDATE OF status ON courses FOR EACH ROW"
        " WHEN ((OLD.status = 'draft') IS DISTINCT FROM (NEW.status = 'draft'))"
        " EXECUTE FUNCTION course_hides_sessions()"
    ),
    (
        "CREATE TRIGGER protected BEFORE UPDATE OF is_platform_admin ON users FOR EACH ROW"
        " WHEN (OLD.is_platform_admin IS DISTINCT FROM NEW.is_platform_admin) EXECUTE FUNCTION users_protected()"
    ),
)

_ME = "(SELECT app_user())"
_SYSTEM = "(SELECT app_system())"
_ADMIN = "(SELECT app_admin())"


def _in(column: str, *kinds: str) -> str:
    """Return the condition that an organisation is one of the actor's; each list is read once a statement."""
    return " OR ".join(f"{column} = ANY ((SELECT app_orgs('{kind}'))::uuid[])" for kind in kinds)


_OWN_ORGANIZATION = f"{_ADMIN} OR {_in('id', 'manages', 'administers')}"
_MEMBERS = f"{_ADMIN} OR {_in('organization_id', 'manages', 'administers')}"
_OWN_COURSES = f"{_ADMIN} OR {_in('organization_id', 'administers')}"
_VALIDATES = f"{_ADMIN} OR {_in('seller_organization_id', 'trains_for')}"
_BOUGHT = f"{_ADMIN} OR buyer_user_id = {_ME} OR {_in('buyer_organization_id', 'manages')}"

# Table -> who reads, who changes, who adds and deletes. Where somebody may do nothing by themselves, services reach
# further in elevated blocks, after their policy has allowed it.
_POLICIES: dict[str, tuple[str, str, str]] = {
    "users": (
        f"{_ADMIN} OR id = {_ME} OR ({_ME} IS NOT NULL AND app_knows(id))",
        f"{_SYSTEM} OR id = {_ME}",
        _SYSTEM,
    ),
    "organizations": (f"kind = 'training' OR {_ADMIN} OR {_in('id', 'belongs_to')}", _OWN_ORGANIZATION, _SYSTEM),
    "organization_members": (
        f"{_ADMIN} OR user_id = {_ME} OR {_in('organization_id', 'manages', 'trains_for')}",
        _MEMBERS,
        _MEMBERS,
    ),
    "courses": (
        (
            f"status = 'published' OR {_ADMIN} OR {_in('organization_id', 'trains_for')}"
            f" OR (status = 'archived' AND {_ME} IS NOT NULL AND app_has_booked(id))"
        ),
        _OWN_COURSES,
        _OWN_COURSES,
    ),
    # The only column of its condition is in the indexes that searches are answered from.
    "sessions": (
        f"hidden_by IS NULL OR {_ADMIN} OR {_in('hidden_by', 'trains_for')}",
        _OWN_COURSES,
        _OWN_COURSES,
    ),
    "reviews": (
        (
            f"{_ADMIN} OR user_id = {_ME} OR EXISTS (SELECT FROM courses c WHERE c.id = course_id"
            f" AND ({_in('c.organization_id', 'administers')}))"
        ),
        f"{_SYSTEM} OR user_id = {_ME}",
        f"{_SYSTEM} OR user_id = {_ME}",
    ),
    "orders": (
        f"{_BOUGHT} OR {_in('seller_organization_id', 'trains_for')} OR ({_ME} IS NOT NULL AND app_takes_part_in(id))",
        _SYSTEM,
        _SYSTEM,
    ),
    "enrollments": (
        f"{_BOUGHT} OR user_id = {_ME} OR {_in('seller_organization_id', 'trains_for')}",
        _VALIDATES,
        _SYSTEM,
    ),
    "payments": (
        (
            f"{_ADMIN} OR payer_user_id = {_ME} OR {_in('payer_organization_id', 'manages', 'administers')}"
            f" OR {_in('payee_organization_id', 'manages', 'administers')}"
        ),
        _SYSTEM,
        _SYSTEM,
    ),
    "certificates": (
        (
            f"{_ADMIN} OR user_id = {_ME} OR {_in('organization_id', 'administers')}"  # noqa: S608 - constants
            f" OR EXISTS (SELECT FROM sessions s WHERE s.id = session_id AND s.trainer_id = {_ME}"
            f" AND ({_in('s.organization_id', 'trains_for')}))"
            f" OR EXISTS (SELECT FROM enrollments e WHERE e.id = enrollment_id"
            f" AND ({_in('e.buyer_organization_id', 'manages')}))"
        ),
        f"{_ADMIN} OR {_in('organization_id', 'administers')}",
        _SYSTEM,
    ),
    # Secrets, mail, and what stands for other people's systems.
    **dict.fromkeys(
        (
            "login_challenges",
            "refresh_tokens",
            "browser_sessions",
            "sign_in_tickets",
            "webhook_events",
            "outgoing_emails",
            "mailbox_messages",
            "testmode_checkouts",
            "testmode_events",
        ),
        (_SYSTEM, _SYSTEM, _SYSTEM),
    ),
}
_OPEN = sa.text("status = 'scheduled'")


def upgrade() -> None:
    """Apply."""
    for name in _PARTIES:
        op.add_column("enrollments", sa.Column(name, sa.Uuid(), nullable=True))
    op.execute(
        f"""UPDATE enrollments SET {", ".join(f"{name} = o.{name}" for name in _PARTIES)}
        FROM orders o WHERE o.id = enrollments.order_id"""  # noqa: S608 - constants
    )
    op.alter_column("enrollments", "buyer_user_id", nullable=False)
    op.alter_column("enrollments", "seller_organization_id", nullable=False)
    op.add_column("sessions", sa.Column("hidden_by", sa.Uuid(), nullable=True))
    op.execute(
        """UPDATE sessions SET hidden_by = sessions.organization_id
        FROM courses c WHERE c.id = sessions.course_id AND c.status = 'draft'"""
    )
    _index_sessions(["hidden_by"])
    for statement in (*_FUNCTIONS, *_TRIGGERS):
        op.execute(statement)
    for table, (reads, changes, adds) in _POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY reads ON {table} FOR SELECT USING ({reads})")
        op.execute(f"CREATE POLICY changes ON {table} FOR UPDATE USING ({changes}) WITH CHECK ({changes})")
        op.execute(f"CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({adds})")
        op.execute(f"CREATE POLICY deletes ON {table} FOR DELETE USING ({adds})")


def _index_sessions(more: list[str]) -> None:
    """Write the indexes of open sessions anew, with what the policy of sessions asks for."""
    for name in ("ix_sessions_open_course", "ix_sessions_open_month", "ix_sessions_open_place"):
        op.drop_index(name, table_name="sessions")
    op.create_index(
        "ix_sessions_open_course",
        "sessions",
        ["course_id", "starts_at"],
        postgresql_where=_OPEN,
        postgresql_include=more,
    )
    op.create_index(
        "ix_sessions_open_month",
        "sessions",
        ["local_month", "course_id", "starts_at"],
        postgresql_where=_OPEN,
        postgresql_include=more,
    )
    op.create_index(
        "ix_sessions_open_place",
        "sessions",
        ["place_key", "starts_at"],
        postgresql_ops={"place_key": "text_pattern_ops"},
        postgresql_where=_OPEN,
        postgresql_include=["course_id", "location", *more],
    )


def downgrade() -> None:
    """Revert."""
    for table in _POLICIES:
        for policy in ("reads", "changes", "adds", "deletes"):
            op.execute(f"DROP POLICY {policy} ON {table}")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY")
    op.execute("DROP TRIGGER parties ON enrollments")
    op.execute("DROP TRIGGER hidden_by ON sessions")
    op.execute("DROP TRIGGER hides_sessions ON courses")
    op.execute("DROP TRIGGER protected ON users")
    op.execute(
        "DROP FUNCTION enrollment_parties(), session_hidden_by(), course_hides_sessions(), app_takes_part_in(uuid),"
        " app_has_booked(uuid), app_knows(uuid), course_opinions(uuid, integer), course_rating_counts(uuid),"
        " certificates_to_verify(bytea, bytea, uuid), users_protected()"
    )
    _index_sessions([])
    op.drop_column("sessions", "hidden_by")
    for name in _PARTIES:
        op.drop_column("enrollments", name)
