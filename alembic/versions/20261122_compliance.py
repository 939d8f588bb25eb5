"""compliance: job roles, positions, requirement sets, and each person's statuses kept up to date.

Triggers say who is to be computed again (`compliance_queue`); at commit, one job is queued for all of a transaction.
They look and write in the system's name, for their own length. Organisations without requirement sets cost nothing.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "d5a2c81e93f7"
down_revision: str | None = "b2e84d71f6c9"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_SYSTEM = "(SELECT app_system())"
_ADMIN = "(SELECT app_admin())"
_OWN = "user_id = (SELECT app_user())"


def _managed(column: str) -> str:
    return f"{column} = ANY ((SELECT app_orgs('manages'))::uuid[])"


_MANAGES = f"{_ADMIN} OR {_managed('organization_id')}"
_TENANT = f"{_ADMIN} OR {_managed('tenant_organization_id')}"
# Table -> who reads, who changes, who adds, who deletes.
_POLICIES = {
    **dict.fromkeys(
        ("job_roles", "sites", "requirement_sets", "requirement_set_versions", "requirements"),
        (_MANAGES, _MANAGES, _MANAGES, _MANAGES),
    ),
    "positions": (f"{_OWN} OR {_MANAGES}", _MANAGES, _SYSTEM, _SYSTEM),
    "course_equivalences": (
        f"{_MANAGES} OR (organization_id IS NULL AND (SELECT app_user()) IS NOT NULL)",
        _MANAGES,
        _MANAGES,
        _MANAGES,
    ),
    "exemptions": (f"{_OWN} OR {_MANAGES}", _MANAGES, _MANAGES, _MANAGES),
    "compliance_statuses": (f"{_OWN} OR {_MANAGES}", _SYSTEM, _SYSTEM, _SYSTEM),
    "compliance_queue": (_SYSTEM, _SYSTEM, _SYSTEM, _SYSTEM),
    # An airport may ask; the consent itself is the tenant's to write.
    "tenant_sharings": (
        f"{_TENANT} OR {_managed('airport_organization_id')}",
        _TENANT,
        f"{_TENANT} OR (consented_at IS NULL AND {_managed('airport_organization_id')})",
        _TENANT,
    ),
}
_FUNCTIONS = (
    # One person's position follows their memberships; whoever has none left worked there until yesterday. Called in the
    # system's name.
    """CREATE FUNCTION compliance_place(org uuid, person uuid) RETURNS void LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
    DECLARE
      since timestamptz;
      work text;
      work_id uuid;
    BEGIN
      IF NOT EXISTS (SELECT FROM organizations o WHERE o.id = org AND o.kind <> 'training') THEN
        RETURN;
      END IF;
      SELECT min(m.created_at),
          (array_agg(btrim(m.job_role) ORDER BY m.created_at, m.id) FILTER (WHERE btrim(m.job_role) <> ''))[1]
        INTO since, work FROM organization_members m WHERE m.organization_id = org AND m.user_id = person;
      IF since IS NULL THEN
        UPDATE positions p SET active_until = current_date - 1
          WHERE p.organization_id = org AND p.user_id = person AND coalesce(p.active_until, current_date) >= current_date;
        RETURN;
      END IF;
      IF work IS NOT NULL THEN
        INSERT INTO job_roles (id, organization_id, name) VALUES (gen_random_uuid(), org, work)
          ON CONFLICT (organization_id, lower(name)) DO UPDATE SET archived_at = NULL
          WHERE job_roles.archived_at IS NOT NULL;
        SELECT r.id INTO work_id FROM job_roles r WHERE r.organization_id = org AND lower(r.name) = lower(work);
      END IF;
      INSERT INTO positions AS p (id, organization_id, user_id, job_role_id, active_from)
        VALUES (gen_random_uuid(), org, person, work_id, (since AT TIME ZONE 'UTC')::date)
        ON CONFLICT (organization_id, user_id) DO UPDATE
          SET job_role_id = EXCLUDED.job_role_id,
              active_until = CASE WHEN p.active_until >= current_date THEN p.active_until END
          WHERE p.job_role_id IS DISTINCT FROM EXCLUDED.job_role_id OR p.active_until < current_date;
    END $$""",
    """CREATE FUNCTION compliance_member() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      before text := coalesce(current_setting('app.scope', true), '');
    BEGIN
      PERFORM set_config('app.scope', 'system', true);
      IF TG_OP <> 'INSERT' THEN
        PERFORM compliance_place(OLD.organization_id, OLD.user_id);
      END IF;
      IF TG_OP <> 'DELETE' THEN
        PERFORM compliance_place(NEW.organization_id, NEW.user_id);
      END IF;
      PERFORM set_config('app.scope', before, true);
      RETURN NULL;
    END $$""",
    # Wherever they work under requirement sets.
    """CREATE FUNCTION compliance_queue_people(people uuid[]) RETURNS void LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
    DECLARE
      before text := coalesce(current_setting('app.scope', true), '');
    BEGIN
      PERFORM set_config('app.scope', 'system', true);
      INSERT INTO compliance_queue (id, organization_id, user_id)
        SELECT gen_random_uuid(), p.organization_id, p.user_id FROM positions p WHERE p.user_id = ANY (people)
        AND EXISTS (SELECT FROM requirement_sets s WHERE s.organization_id = p.organization_id);
      PERFORM set_config('app.scope', before, true);
    END $$""",
    """CREATE FUNCTION compliance_queue_organization(org uuid) RETURNS void LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
    DECLARE
      before text := coalesce(current_setting('app.scope', true), '');
    BEGIN
      PERFORM set_config('app.scope', 'system', true);
      INSERT INTO compliance_queue (id, organization_id)
        SELECT gen_random_uuid(), s.organization_id FROM requirement_sets s
        WHERE org IS NULL OR s.organization_id = org GROUP BY s.organization_id;
      PERFORM set_config('app.scope', before, true);
    END $$""",
    # Of a row with somebody's `user_id`.
    """CREATE FUNCTION compliance_of_person() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' THEN
        PERFORM compliance_queue_people(ARRAY[OLD.user_id]);
      ELSIF TG_OP = 'UPDATE' THEN
        PERFORM compliance_queue_people(ARRAY[OLD.user_id, NEW.user_id]);
      ELSE
        PERFORM compliance_queue_people(ARRAY[NEW.user_id]);
      END IF;
      RETURN NULL;
    END $$""",
    # Of all rows that a statement added, or of positions that it changed: one look however many they are.
    """CREATE FUNCTION compliance_of_people() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      people uuid[];
    BEGIN
      IF TG_TABLE_NAME = 'external_certificates' THEN
        people := ARRAY(SELECT DISTINCT user_id FROM added WHERE state = 'accepted');
      ELSIF TG_TABLE_NAME = 'enrollments' THEN
        people := ARRAY(SELECT DISTINCT user_id FROM added WHERE status IN ('CONFIRMED', 'IN_PROGRESS'));
      ELSIF TG_OP = 'UPDATE' THEN
        people := ARRAY(SELECT DISTINCT n.user_id FROM added n JOIN removed o ON o.id = n.id
          WHERE (n.job_role_id, n.site_id, n.contractor_type, n.active_from, n.active_until)
            IS DISTINCT FROM (o.job_role_id, o.site_id, o.contractor_type, o.active_from, o.active_until));
      ELSE
        people := ARRAY(SELECT DISTINCT user_id FROM added);
      END IF;
      IF people <> '{}' THEN
        PERFORM compliance_queue_people(people);
      END IF;
      RETURN NULL;
    END $$""",
    # Of a row that is about a whole organisation.
    """CREATE FUNCTION compliance_of_organization() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' THEN
        PERFORM compliance_queue_organization(OLD.organization_id);
      ELSE
        PERFORM compliance_queue_organization(NEW.organization_id);
      END IF;
      RETURN NULL;
    END $$""",
    """CREATE FUNCTION compliance_of_session() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
    DECLARE
      before text := coalesce(current_setting('app.scope', true), '');
    BEGIN
      PERFORM set_config('app.scope', 'system', true);
      PERFORM compliance_queue_people(ARRAY(SELECT e.user_id FROM enrollments e
        WHERE e.session_id = NEW.id AND e.status IN ('CONFIRMED', 'IN_PROGRESS')));
      PERFORM set_config('app.scope', before, true);
      RETURN NULL;
    END $$""",
    """CREATE FUNCTION compliance_of_course() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
    DECLARE
      before text := coalesce(current_setting('app.scope', true), '');
    BEGIN
      PERFORM set_config('app.scope', 'system', true);
      PERFORM compliance_queue_people(ARRAY(SELECT c.user_id FROM certificates c WHERE c.course_id = NEW.id
        UNION SELECT e.user_id FROM enrollments e WHERE e.course_id = NEW.id));
      PERFORM set_config('app.scope', before, true);
      RETURN NULL;
    END $$""",
    # At commit, when no other lock is to come. A job that waits already finds these rows; a sweep sees to the rest.
    """CREATE FUNCTION compliance_call() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
    DECLARE
      this text := pg_current_xact_id()::text;
    BEGIN
      IF current_setting('pygmalion.compliance_called', true) IS DISTINCT FROM this THEN
        IF NOT EXISTS (SELECT FROM procrastinate_jobs j WHERE j.queue_name = 'compliance' AND j.status = 'todo'
            AND j.task_name = 'compliance.recompute' AND j.scheduled_at IS NULL) THEN
          PERFORM procrastinate_defer_jobs_v1(ARRAY[ROW('compliance', 'compliance.recompute', 0, NULL, NULL,
            '{}'::jsonb, NULL)::procrastinate_job_to_defer_v1]);
        END IF;
        PERFORM set_config('pygmalion.compliance_called', this, true);
      END IF;
      RETURN NULL;
    END $$""",
)
_BOOKED = "IN ('CONFIRMED', 'IN_PROGRESS')"
# Name, table, event, condition, function.
_TRIGGERS = (
    ("placed", "organization_members", "INSERT OR DELETE", "", "compliance_member"),
    ("replaced", "organization_members", "UPDATE OF organization_id, user_id, job_role", "", "compliance_member"),
    (
        *("compliance_changed", "certificates", "UPDATE"),
        (
            "(OLD.revoked_at, OLD.user_id, OLD.course_id, OLD.content) IS DISTINCT FROM"
            " (NEW.revoked_at, NEW.user_id, NEW.course_id, NEW.content)"
        ),
        "compliance_of_person",
    ),
    (
        *("compliance_changed", "external_certificates", "UPDATE"),
        "'accepted' IN (OLD.state, NEW.state) AND OLD.* IS DISTINCT FROM NEW.*",
        "compliance_of_person",
    ),
    ("compliance_gone", "external_certificates", "DELETE", "OLD.state = 'accepted'", "compliance_of_person"),
    (
        *("compliance_changed", "enrollments", "UPDATE"),
        (
            f"(OLD.status {_BOOKED} OR NEW.status {_BOOKED}) AND (OLD.status, OLD.user_id, OLD.session_id, OLD.course_id)"
            " IS DISTINCT FROM (NEW.status, NEW.user_id, NEW.session_id, NEW.course_id)"
        ),
        "compliance_of_person",
    ),
    ("compliance_gone", "enrollments", "DELETE", f"OLD.status {_BOOKED}", "compliance_of_person"),
    (
        *("compliance_changed", "sessions", "UPDATE OF starts_at, ends_at, status, time_zone"),
        (
            "(OLD.starts_at, OLD.ends_at, OLD.status, OLD.time_zone) IS DISTINCT FROM"
            " (NEW.starts_at, NEW.ends_at, NEW.status, NEW.time_zone)"
        ),
        "compliance_of_session",
    ),
    (
        *("compliance_changed", "courses", "UPDATE OF type_code"),
        "OLD.type_code IS DISTINCT FROM NEW.type_code",
        "compliance_of_course",
    ),
    ("compliance", "exemptions", "INSERT OR UPDATE OR DELETE", "", "compliance_of_person"),
    ("compliance", "requirement_sets", "UPDATE OR DELETE", "", "compliance_of_organization"),
    (
        *("compliance_made", "requirement_set_versions", "INSERT"),
        "NEW.published_at IS NOT NULL",
        "compliance_of_organization",
    ),
    (
        *("compliance_changed", "requirement_set_versions", "UPDATE"),
        "NEW.published_at IS NOT NULL OR OLD.published_at IS NOT NULL",
        "compliance_of_organization",
    ),
    (
        *("compliance_gone", "requirement_set_versions", "DELETE"),
        "OLD.published_at IS NOT NULL",
        "compliance_of_organization",
    ),
    ("compliance", "course_equivalences", "INSERT OR UPDATE OR DELETE", "", "compliance_of_organization"),
    (
        *("compliance", "sites", "UPDATE OF time_zone"),
        "OLD.time_zone IS DISTINCT FROM NEW.time_zone",
        "compliance_of_organization",
    ),
)
_ADDED = ("positions", "certificates", "external_certificates", "enrollments")


def upgrade() -> None:
    """Apply."""
    _create_people()
    _create_rules()
    _create_statuses()
    for table, (reads, changes, adds, deletes) in _POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY reads ON {table} FOR SELECT USING ({reads})")
        op.execute(f"CREATE POLICY changes ON {table} FOR UPDATE USING ({changes}) WITH CHECK ({changes})")
        op.execute(f"CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({adds})")
        op.execute(f"CREATE POLICY deletes ON {table} FOR DELETE USING ({deletes})")
    for function in _FUNCTIONS:
        op.execute(function)
    op.execute("SET LOCAL app.scope = 'system'")
    op.execute("""SELECT compliance_place(organization_id, user_id) FROM organization_members
        GROUP BY organization_id, user_id ORDER BY organization_id, min(created_at)""")
    op.execute("SET LOCAL app.scope = ''")
    for name, table, event, condition, function in _TRIGGERS:
        when = f"WHEN ({condition}) " if condition else ""
        op.execute(f"CREATE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW {when}EXECUTE FUNCTION {function}()")
    for table in _ADDED:
        op.execute(f"""CREATE TRIGGER compliance_made AFTER INSERT ON {table} REFERENCING NEW TABLE AS added
            FOR EACH STATEMENT EXECUTE FUNCTION compliance_of_people()""")
    op.execute("""CREATE TRIGGER compliance_changed AFTER UPDATE ON positions
        REFERENCING OLD TABLE AS removed NEW TABLE AS added
        FOR EACH STATEMENT EXECUTE FUNCTION compliance_of_people()""")
    op.execute("""CREATE CONSTRAINT TRIGGER call AFTER INSERT ON compliance_queue DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION compliance_call()""")


def _key(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=True)


def _text(name: str, *, nullable: bool = False, default: str | None = None) -> sa.Column[object]:
    return sa.Column(name, sa.String(), nullable=nullable, server_default=default)


def _row() -> tuple[sa.Column[object], sa.Column[object]]:
    created = sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False)
    return _key("id"), created


def _leads_to(table: str, column: str, target: str, key: str = "id", **options: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.{key}"], name=name, **options)


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _create(table: str, *parts: sa.Column[object] | sa.Constraint, indexes: tuple[str, ...] = ()) -> None:
    op.create_table(table, *_row(), *parts, sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")))
    for column in indexes:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _unique(table: str, *columns: str, **options: bool) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"), **options)


def _create_people() -> None:
    _create(
        "job_roles",
        _key("organization_id"),
        _text("name"),
        _moment("archived_at"),
        _check("job_roles", "name", "btrim(name) <> ''"),
        _leads_to("job_roles", "organization_id", "organizations"),
    )
    op.create_index("uq_job_roles_name", "job_roles", ["organization_id", sa.text("lower(name)")], unique=True)
    _create(
        "sites",
        _key("organization_id"),
        _text("name"),
        _text("time_zone"),
        _key("airport_organization_id", nullable=True),
        _leads_to("sites", "organization_id", "organizations"),
        _leads_to("sites", "airport_organization_id", "organizations"),
        _unique("sites", "organization_id", "name"),
        indexes=("airport_organization_id",),
    )
    _create(
        "positions",
        _key("organization_id"),
        _key("user_id"),
        _key("job_role_id", nullable=True),
        _key("site_id", nullable=True),
        _text("contractor_type", default=""),
        _text("cost_center", default=""),
        sa.Column("active_from", sa.Date(), nullable=False),
        sa.Column("active_until", sa.Date(), nullable=True),
        _leads_to("positions", "organization_id", "organizations"),
        _leads_to("positions", "user_id", "users"),
        _leads_to("positions", "job_role_id", "job_roles"),
        _leads_to("positions", "site_id", "sites"),
        _unique("positions", "organization_id", "user_id"),
        indexes=("user_id", "job_role_id", "site_id"),
    )


def _create_rules() -> None:
    sets, versions, table = "requirement_sets", "requirement_set_versions", "requirements"
    _create(
        sets,
        _key("organization_id"),
        _text("name"),
        _key("job_role_id", nullable=True),
        _key("site_id", nullable=True),
        _text("contractor_type", nullable=True),
        _moment("archived_at"),
        _leads_to(sets, "organization_id", "organizations"),
        _leads_to(sets, "job_role_id", "job_roles"),
        _leads_to(sets, "site_id", "sites"),
        _unique(sets, "organization_id", "name"),
        indexes=("job_role_id", "site_id"),
    )
    _create(
        versions,
        _key("organization_id"),
        _key("set_id"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=True),
        _moment("published_at"),
        _key("published_by", nullable=True),
        _check(versions, "effective", "published_at IS NULL OR effective_from IS NOT NULL"),
        _leads_to(versions, "organization_id", "organizations"),
        _leads_to(versions, "set_id", sets),
        _leads_to(versions, "published_by", "users"),
        _unique(versions, "set_id", "version"),
        indexes=("organization_id", "published_by"),
    )
    op.create_index(
        "uq_requirement_set_versions_draft", versions, ["set_id"], unique=True,
        postgresql_where=sa.text("published_at IS NULL"),
    )  # fmt: skip
    numbers = ("months", "recency_months", "hours_per_period", "period_months")
    _create(
        table,
        _key("organization_id"),
        _key("version_id"),
        _text("key"),
        _text("title"),
        _text("title_en"),
        sa.Column("codes", postgresql.ARRAY(sa.Text()), nullable=False),
        _text("anchor"),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in numbers),
        sa.Column("window_months", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        _check(table, "anchor", "anchor IN ('date', 'month_end', 'semester')"),
        _check(table, "codes", "cardinality(codes) > 0"),
        _check(table, "months", "months BETWEEN 1 AND 600"),
        _check(table, "window_months", "window_months BETWEEN 0 AND 24"),
        _check(table, "recency_months", "recency_months BETWEEN 1 AND 600"),
        _check(table, "hours_per_period", "hours_per_period BETWEEN 1 AND 2000"),
        _check(table, "period_months", "period_months BETWEEN 1 AND 600"),
        _check(table, "period", "(hours_per_period IS NULL) = (period_months IS NULL)"),
        _leads_to(table, "organization_id", "organizations"),
        _leads_to(table, "version_id", versions, ondelete="CASCADE"),
        _unique(table, "version_id", "key"),
        indexes=("organization_id",),
    )
    _create(
        "course_equivalences",
        _key("organization_id", nullable=True),
        _text("code"),
        _text("satisfies_code"),
        _check("course_equivalences", "other", "code <> satisfies_code"),
        _leads_to("course_equivalences", "organization_id", "organizations"),
        sa.UniqueConstraint(
            *("organization_id", "code", "satisfies_code"),
            name=op.f("uq_course_equivalences_organization_id_code_satisfies_code"),
            postgresql_nulls_not_distinct=True,
        ),
    )


def _create_statuses() -> None:
    _create(
        "exemptions",
        _key("organization_id"),
        _key("user_id"),
        _text("requirement_key"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        _key("granted_by", nullable=True),
        _leads_to("exemptions", "organization_id", "organizations"),
        _leads_to("exemptions", "user_id", "users"),
        _leads_to("exemptions", "granted_by", "users"),
        _unique("exemptions", "organization_id", "user_id", "requirement_key"),
        indexes=("user_id", "granted_by"),
    )
    table = "compliance_statuses"
    op.create_table(
        table,
        _key("organization_id"),
        _key("user_id"),
        _text("requirement_key"),
        _text("status"),
        sa.Column("until", sa.Date(), nullable=True),
        _text("decided_by_kind"),
        _key("decided_by_id", nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        _check(table, "status", "status IN ('missing', 'expired', 'planned', 'expiring', 'compliant', 'exempt')"),
        _check(
            table, "decided_by_kind", "decided_by_kind IN ('certificate', 'external', 'enrollment', 'exemption', '')"
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "user_id"],
            ["positions.organization_id", "positions.user_id"],
            name="fk_compliance_statuses_position",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organization_id", "user_id", "requirement_key", name=op.f(f"pk_{table}")),
    )
    op.create_index(f"ix_{table}_user_id", table, ["user_id"])
    _create(
        "compliance_queue",
        _key("user_id", nullable=True),
        _key("organization_id", nullable=True),
        _check("compliance_queue", "whom", "user_id IS NOT NULL OR organization_id IS NOT NULL"),
    )
    table = "tenant_sharings"
    _create(
        table,
        _key("airport_organization_id"),
        _key("tenant_organization_id"),
        _moment("requested_at"),
        _moment("consented_at"),
        _key("consented_by", nullable=True),
        sa.Column("with_names", sa.Boolean(), server_default="false", nullable=False),
        _moment("withdrawn_at"),
        _check(table, "other", "airport_organization_id <> tenant_organization_id"),
        _leads_to(table, "airport_organization_id", "organizations"),
        _leads_to(table, "tenant_organization_id", "organizations"),
        _leads_to(table, "consented_by", "users"),
        _unique(table, "airport_organization_id", "tenant_organization_id"),
        indexes=("tenant_organization_id", "consented_by"),
    )


def downgrade() -> None:
    """Undo."""
    for name, table in (*((it[0], it[1]) for it in _TRIGGERS), *(("compliance_made", table) for table in _ADDED)):
        if table not in _POLICIES:
            op.execute(f"DROP TRIGGER {name} ON {table}")
    for table in reversed(_ORDER):
        op.drop_table(table)
    for function in (
        *("compliance_call()", "compliance_of_course()", "compliance_of_session()", "compliance_of_organization()"),
        *(
            "compliance_of_people()",
            "compliance_of_person()",
            "compliance_queue_organization(uuid)",
            "compliance_queue_people(uuid[])",
        ),
        *("compliance_member()", "compliance_place(uuid, uuid)"),
    ):
        op.execute(f"DROP FUNCTION {function}")


_ORDER = (
    *("job_roles", "sites", "positions", "requirement_sets", "requirement_set_versions", "requirements"),
    *("course_equivalences", "exemptions", "compliance_statuses", "compliance_queue", "tenant_sharings"),
)
