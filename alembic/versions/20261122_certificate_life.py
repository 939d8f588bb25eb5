"""certificate life: versions and renewals, events, issuing in bulk, certificates obtained elsewhere."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "7c15e9d2a8f4"
down_revision: str | None = "c3f1a86d05e2"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_SYSTEM = "(SELECT app_system())"
_ADMIN = "(SELECT app_admin())"
_OWN = "user_id = (SELECT app_user())"
_SCHOOL = f"{_ADMIN} OR organization_id = ANY ((SELECT app_orgs('administers'))::uuid[])"
_CHECKS = f"{_ADMIN} OR organization_id = ANY ((SELECT app_orgs('manages'))::uuid[])"
# Table -> who reads, who changes, who adds, who deletes.
_POLICIES = {
    # Who sees a certificate sees its life.
    "certificate_events": (
        "EXISTS (SELECT FROM certificates c WHERE c.id = certificate_id)",
        _SYSTEM,
        _SYSTEM,
        _SYSTEM,
    ),
    "certificate_campaigns": (_SCHOOL, _SYSTEM, _SYSTEM, _SYSTEM),
    "certificate_campaign_items": (_SCHOOL, _SYSTEM, _SYSTEM, _SYSTEM),
    "external_certificates": (
        f"{_OWN} OR {_CHECKS}",
        _CHECKS,
        f"{_SYSTEM} OR {_OWN}",
        f"{_SYSTEM} OR {_OWN}",
    ),
}
_KINDS = "'issued', 'corrected', 'revoked', 'expiring', 'expired', 'renewed', 'reminded'"
_REASONS = "'unreadable', 'other_person', 'out_of_date', 'wrong_course', 'dates_differ', 'doubtful'"


def upgrade() -> None:
    """Apply."""
    _change_certificates()
    _create_events()
    _create_campaigns()
    _create_external()
    for table, (reads, changes, adds, deletes) in _POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY reads ON {table} FOR SELECT USING ({reads})")
        op.execute(f"CREATE POLICY changes ON {table} FOR UPDATE USING ({changes}) WITH CHECK ({changes})")
        op.execute(f"CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({adds})")
        op.execute(f"CREATE POLICY deletes ON {table} FOR DELETE USING ({deletes})")


def _key(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _row() -> tuple[sa.Column[object], sa.Column[object]]:
    created = sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False)
    return _key("id"), created


def _leads_to(table: str, column: str, target: str, key: str = "id", **options: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.{key}"], name=name, **options)


def _change_certificates() -> None:
    op.add_column("certificates", sa.Column("revocation_note", sa.Text(), server_default="", nullable=False))
    for name in ("corrects", "renews"):
        op.add_column("certificates", _key(name, nullable=True))
        op.create_foreign_key(
            op.f(f"fk_certificates_{name}_certificates"), "certificates", "certificates", [name], ["id"]
        )
    op.create_unique_constraint(op.f("uq_certificates_corrects"), "certificates", ["corrects"])
    op.create_index(op.f("ix_certificates_renews"), "certificates", ["renews"])
    op.drop_constraint(op.f("uq_certificates_enrollment_id"), "certificates", type_="unique")
    op.create_index(op.f("ix_certificates_enrollment_id"), "certificates", ["enrollment_id"])
    for name, condition in (("original", "corrects IS NULL"), ("live", "revoked_at IS NULL")):
        op.create_index(
            f"uq_certificates_{name}", "certificates", ["enrollment_id"], unique=True,
            postgresql_where=sa.text(condition),
        )  # fmt: skip
    op.create_index(
        "ix_certificates_ending",
        "certificates",
        ["valid_until"],
        postgresql_where=sa.text("revoked_at IS NULL AND valid_until IS NOT NULL"),
    )


def _create_events() -> None:
    table = "certificate_events"
    op.create_table(
        table,
        *_row(),
        _key("certificate_id"),
        sa.Column("kind", sa.String(), nullable=False),
        _moment("at"),
        _key("actor_id", nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        _key("related_id", nullable=True),
        sa.Column("lead_days", sa.Integer(), nullable=True),
        sa.CheckConstraint(f"kind IN ({_KINDS})", name=op.f(f"ck_{table}_kind")),
        sa.CheckConstraint("(kind = 'reminded') = (lead_days IS NOT NULL)", name=op.f(f"ck_{table}_lead_days")),
        _leads_to(table, "certificate_id", "certificates"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_certificate_id"), table, ["certificate_id"])
    op.create_index(
        "uq_certificate_events_once",
        table,
        ["certificate_id", "kind", "lead_days"],
        unique=True,
        postgresql_nulls_not_distinct=True,
        postgresql_where=sa.text("kind <> 'renewed'"),
    )
    op.execute("""INSERT INTO certificate_events (id, certificate_id, kind, at)
        SELECT gen_random_uuid(), id, 'issued', issued_at FROM certificates""")
    op.execute("""INSERT INTO certificate_events (id, certificate_id, kind, at, reason, related_id)
        SELECT gen_random_uuid(), id, 'revoked', revoked_at, revocation_reason, replaced_by FROM certificates
        WHERE revoked_at IS NOT NULL""")
    op.execute("""CREATE FUNCTION certificate_events_refuse() RETURNS trigger LANGUAGE plpgsql
        SET search_path = public, pg_temp AS $$
        BEGIN
          RAISE EXCEPTION 'certificate_events is append-only' USING ERRCODE = 'insufficient_privilege';
        END $$""")
    op.execute("""CREATE TRIGGER refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON certificate_events
        FOR EACH STATEMENT EXECUTE FUNCTION certificate_events_refuse()""")


def _create_campaigns() -> None:
    table = "certificate_campaigns"
    op.create_table(
        table,
        *_row(),
        _key("organization_id"),
        _key("requested_by"),
        _moment("requested_at"),
        _moment("finished_at", nullable=True),
        _leads_to(table, "organization_id", "organizations"),
        _leads_to(table, "requested_by", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    for column in ("organization_id", "requested_by", "finished_at"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    items = "certificate_campaign_items"
    op.create_table(
        items,
        *_row(),
        _key("campaign_id"),
        _key("organization_id"),
        _key("enrollment_id"),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'issued', 'failed')", name=op.f(f"ck_{items}_state")),
        sa.CheckConstraint("(state = 'failed') = (failure IS NOT NULL)", name=op.f(f"ck_{items}_failure")),
        _leads_to(items, "campaign_id", table, ondelete="CASCADE"),
        _leads_to(items, "organization_id", "organizations"),
        _leads_to(items, "enrollment_id", "enrollments", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{items}")),
        sa.UniqueConstraint("campaign_id", "enrollment_id", name=op.f(f"uq_{items}_campaign_id_enrollment_id")),
    )
    op.create_index(op.f(f"ix_{items}_enrollment_id"), items, ["enrollment_id"])
    op.create_index(f"ix_{items}_waiting", items, ["campaign_id", "id"], postgresql_where=sa.text("state = 'waiting'"))


def _create_external() -> None:
    table = "external_certificates"
    op.create_table(
        table,
        *_row(),
        _key("user_id"),
        _key("organization_id", nullable=True),
        sa.Column("type_code", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("obtained_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        _moment("stored_at", nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        _key("decided_by", nullable=True),
        _moment("decided_at", nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'accepted', 'refused')", name=op.f(f"ck_{table}_state")),
        sa.CheckConstraint(f"reason IN ({_REASONS})", name=op.f(f"ck_{table}_reason")),
        sa.CheckConstraint("(state = 'refused') = (reason IS NOT NULL)", name=op.f(f"ck_{table}_refusal")),
        sa.CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name=op.f(f"ck_{table}_decision")),
        sa.CheckConstraint("valid_until IS NULL OR valid_until >= obtained_on", name=op.f(f"ck_{table}_dates")),
        _leads_to(table, "user_id", "users"),
        _leads_to(table, "organization_id", "organizations"),
        _leads_to(table, "type_code", "course_types", "code"),
        _leads_to(table, "decided_by", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    for column in ("user_id", "type_code"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    op.create_index(
        f"ix_{table}_queue", table, ["organization_id", "id"], postgresql_where=sa.text("state = 'waiting'")
    )
    op.create_index(f"ix_{table}_key_id", table, ["key_id"])


def downgrade() -> None:
    """Corrections would be lost: enrolments had one certificate each."""
    message = "certificates cannot be taken back to one per enrolment: restore a backup"
    raise RuntimeError(message)
