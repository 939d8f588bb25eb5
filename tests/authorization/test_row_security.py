"""The database by itself: what each role's settings show on a bare connection of the application's role.

How to add a table: give it ENABLE and FORCE ROW LEVEL SECURITY and policies in its migration, then name here, in
`SEEN_BY`, which roles of the home side see the row that `world` plants in it (nobody of the other side ever may). A
table that holds nobody's rows goes into `world.UNWALLED` with its reason.
"""

import contextlib
from typing import Any

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege
from psycopg.types.json import Jsonb
from sqlalchemy import make_url, text

from pygmalion_app.bootstrap import metadata
from pygmalion_app.core.actor import ANONYMOUS, SYSTEM, Actor
from pygmalion_app.core.row_security import APPLY_PLAIN, settings_of
from pygmalion_app.core.unit_of_work import Container, reading_as, unit_of_work
from pygmalion_app.sessions.models import TrainingSession
from tests import servers
from tests.authorization.world import OPEN_TABLES, World, primary_key
from tests.cast import add_session

pytestmark = [pytest.mark.timeout(600), pytest.mark.xdist_group("world")]

Connection = psycopg.AsyncConnection[tuple[Any, ...]]

NOBODY = ""
ADMIN = "admin"
SCHOOL = "admin training_admin trainer"
SEEN_BY = {
    # The learner: themselves, those who manage their company, and the school that trains them.
    "users": "admin learner manager training_admin trainer",
    "organizations": "admin learner manager",
    # Of the boss at the airport.
    "organization_members": "admin airport_manager",
    "courses": SCHOOL,
    "sessions": SCHOOL,
    "reviews": "admin learner training_admin",
    "content_reports": "admin learner",
    "orders": "admin learner manager training_admin trainer",
    "enrollments": "admin learner manager training_admin trainer",
    "enrollment_changes": "admin learner manager training_admin trainer",
    **dict.fromkeys(("discount_codes", "certificate_templates"), "admin training_admin"),
    "surveys": "learner",
    "attendance_marks": "admin learner manager training_admin trainer",
    "attendance_countersignatures": "admin training_admin trainer",
    "waiting_list_entries": "admin learner manager training_admin trainer",
    "payments": "admin manager training_admin",
    **dict.fromkeys(("merchant_accounts", "payables", "payouts", "payout_items"), "admin training_admin"),
    "transfers_back": "admin training_admin",
    **dict.fromkeys(("contracts", "withdrawals", "instalments"), "admin manager training_admin"),
    "disputes": "admin training_admin",
    "order_funding": "admin manager training_admin",
    "invoices": "admin manager training_admin",
    "invoice_transfers": "admin manager training_admin",
    "invoice_counters": NOBODY,
    "invoice_reminders": NOBODY,
    "refunds": "admin manager training_admin",
    "reconciliations": ADMIN,
    "reconciliation_differences": ADMIN,
    "ledger_exports": ADMIN,
    "report_exports": "learner",
    "job_failures": ADMIN,
    "report_schedules": "admin manager",
    "webhook_events": ADMIN,
    "certificates": "admin learner manager training_admin trainer",
    "certificate_events": "admin learner manager training_admin trainer",
    **dict.fromkeys(("certificate_campaigns", "certificate_campaign_items"), "admin training_admin"),
    "external_certificates": "admin learner manager",
    **dict.fromkeys(("cost_centers", "budget_charges"), "admin manager"),
    "training_requests": "admin learner manager",
    **dict.fromkeys(("plans", "plan_bookings", "plan_gaps", "plan_progress", "plan_shift_minimums"), "admin manager"),
    "plan_unavailabilities": "admin learner manager",
    **dict.fromkeys(
        (
            *("job_roles", "sites", "requirement_sets", "requirement_set_versions", "requirements"),
            "course_equivalences",
        ),
        "admin manager",
    ),
    # The company's trainer, who works there too.
    "positions": "admin manager trainer",
    **dict.fromkeys(("exemptions", "compliance_statuses", "compliance_standings"), "admin learner manager"),
    "compliance_queue": NOBODY,
    "tenant_sharings": "admin airport_manager manager",
    "kyc_cases": "admin manager",
    "kyc_documents": "admin manager",
    "kyc_transitions": "admin manager",
    "organization_invitations": "admin manager",
    "organization_join_requests": "admin learner manager",
    "organization_removals": "admin manager",
    "sso_connections": "admin manager",
    "sso_domains": "admin manager",
    "sso_identities": NOBODY,
    "sso_attempts": NOBODY,
    "sso_sessions": NOBODY,
    "sso_domain_codes": NOBODY,
    "consents": "learner",
    **dict.fromkeys(("notifications", "notification_preferences", "calendar_feeds"), "learner"),
    **dict.fromkeys(("push_subscriptions", "session_wishes"), "learner"),
    "calendar_entries": NOBODY,
    **dict.fromkeys(("message_threads", "messages"), "learner manager training_admin trainer"),
    "message_reads": "learner",
    "privacy_exports": "learner",
    "erasure_requests": "learner",
    "account_lifecycles": NOBODY,
    "retention_runs": ADMIN,
    "risk_assessments": ADMIN,
    "risk_decisions": ADMIN,
    "token_families": "learner",
    **dict.fromkeys(
        (
            *("login_challenges", "refresh_tokens", "browser_sessions", "sign_in_tickets", "email_changes"),
            *("password_resets", "totp_factors", "passkeys", "passkey_challenges", "recovery_codes"),
            *("trusted_devices", "outgoing_emails", "mailbox_messages", "signing_keys"),
            *("credential_status_lists", "credential_status_entries"),
            *("testmode_checkouts", "testmode_events", "testmode_objects", "testmode_movements"),
        ),
        NOBODY,
    ),
}
"""Table -> the roles of its own side that see the planted row."""
REFERENCE = {"courses", "sessions", "organizations"}
"""What is also an offer to everybody: published courses, their sessions, schools."""


async def _as(container: Container, actor: Actor) -> Connection:
    """Open a bare connection that knows nothing but the actor's settings."""
    url = make_url(container.settings.database_url.get_secret_value()).set(drivername="postgresql")
    connection = await psycopg.AsyncConnection.connect(url.render_as_string(hide_password=False))
    await connection.execute(APPLY_PLAIN, settings_of(actor, elevated=False))
    return connection


async def test_every_table_is_walled_or_says_why_not(container: Container) -> None:
    async with reading_as(ANONYMOUS, container) as connection:
        cursor = await connection.execute(
            """SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class
            WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"""
        )
        tables = {
            row["relname"]: (row["relrowsecurity"], row["relforcerowsecurity"]) for row in await cursor.fetchall()
        }
        cursor = await connection.execute("SELECT rolsuper OR rolbypassrls AS past FROM pg_roles WHERE rolname = user")
        role = await cursor.fetchone()
    open_tables = {name for name, flags in tables.items() if flags != (True, True)}
    assert {name for name in open_tables if not name.startswith("procrastinate_")} == OPEN_TABLES
    assert role == {"past": False}


def test_every_walled_table_says_who_sees_it(world: World) -> None:
    assert set(world.home.rows) == set(SEEN_BY)


async def test_each_role_sees_its_own_rows_and_nobody_elses(container: Container, world: World) -> None:
    wrong: list[str] = []
    for role, actor in world.roles.items():
        connection = await _as(container, actor)
        async with connection:
            for table, seen_by in SEEN_BY.items():
                key = primary_key(metadata().tables[table])
                rows = await (await connection.execute(f"SELECT {key} FROM {table}".encode())).fetchall()
                seen = {row[0] for row in rows}
                for side in (world.home, world.foreign):
                    own = role == "stranger" if side is world.foreign else role != "stranger"
                    if own and role == "stranger":
                        continue
                    expected = role in seen_by.split() and (own or role == "admin")
                    if (side.key(table) in seen) != expected:
                        wrong.append(f"{role}: {side.name} {table} {'hidden' if expected else 'shown'}")
                if role != "admin" and table not in REFERENCE and len(seen) > _own_rows(table, role):
                    wrong.append(f"{role}: {len(seen)} rows of {table}")
    assert not wrong, "\n".join(wrong)


def _own_rows(table: str, role: str) -> int:
    """Return how many rows a role may see at most: those of its own side's people."""
    people = {"users": 6, "organization_members": 7, "positions": 5}
    return people.get(table, 1) if role != "anonymous" else 0


async def test_offers_are_everybodys_drafts_are_not(container: Container, world: World) -> None:
    async with container.reader.connection() as connection:
        courses = {row["id"] for row in await (await connection.execute("SELECT id FROM courses")).fetchall()}
        sessions = {row["id"] for row in await (await connection.execute("SELECT id FROM sessions")).fetchall()}
        schools = {row["id"] for row in await (await connection.execute("SELECT id FROM organizations")).fetchall()}
        people = await (await connection.execute("SELECT id FROM users")).fetchall()
    assert courses == {world.home.course, world.foreign.course}
    assert sessions == {world.home.session, world.foreign.session}
    assert schools == {world.home.school, world.foreign.school}
    assert people == []


@pytest.mark.parametrize("role", ["anonymous", "learner", "trainer", "training_admin", "manager", "airport_manager"])
async def test_nothing_is_written_into_a_foreign_organisation(container: Container, world: World, role: str) -> None:
    """Every row of the other side withstands UPDATE and DELETE, and its twin cannot be inserted."""
    connection = await _as(container, world.roles[role])
    wrong: list[str] = []
    async with connection:
        for table, row in world.foreign.rows.items():
            key = primary_key(metadata().tables[table])
            of_row = {"key": world.foreign.key(table)}
            for statement in (
                f"UPDATE {table} SET {key} = {key} WHERE {key} = %(key)s",
                f"DELETE FROM {table} WHERE {key} = %(key)s",
            ):
                try:
                    async with connection.transaction():
                        cursor = await connection.execute(statement.encode(), of_row)
                        if cursor.rowcount:
                            wrong.append(statement)
                except InsufficientPrivilege:
                    continue
            if len(row) > 1 and await _inserts(connection, table, row):
                wrong.append(f"INSERT INTO {table}")
    assert not wrong, "\n".join(wrong)


async def _inserts(connection: Connection, table: str, row: dict[str, Any]) -> bool:
    """Tell whether a row's twin gets past the policy; whatever stops it later does not count."""
    columns = ", ".join(row)
    values = {name: Jsonb(value) if isinstance(value, dict) else value for name, value in row.items()}
    try:
        async with connection.transaction(force_rollback=True):
            await connection.execute(
                f"INSERT INTO {table} ({columns}) VALUES ({', '.join(f'%({name})s' for name in row)})".encode(), values
            )
    except InsufficientPrivilege:
        return False
    except psycopg.Error:
        return True
    return True


async def test_a_row_cannot_be_moved_to_another_organisation(container: Container, world: World) -> None:
    home, foreign = world.home, world.foreign
    moves = {
        "UPDATE courses SET organization_id = %(to)s WHERE id = %(key)s": (home.training_admin, home.course),
        "UPDATE sessions SET organization_id = %(to)s WHERE id = %(key)s": (home.training_admin, home.session),
        "UPDATE certificates SET organization_id = %(to)s WHERE id = %(key)s": (
            home.training_admin,
            home.key("certificates"),
        ),
    }
    for statement, (actor, key) in moves.items():
        connection = await _as(container, actor)
        async with connection:
            with pytest.raises(InsufficientPrivilege):
                await connection.execute(statement.encode(), {"to": foreign.school, "key": key})


async def test_nobody_makes_themselves_the_platforms_administrator(container: Container, world: World) -> None:
    connection = await _as(container, world.home.learner)
    async with connection:
        with pytest.raises(InsufficientPrivilege):
            await connection.execute(
                "UPDATE users SET is_platform_admin = true WHERE id = %s", (world.home.learner.user_id,)
            )


async def test_an_enrolment_cannot_lie_about_who_bought_it(container: Container, world: World) -> None:
    row = world.home.rows["enrollments"]
    connection = await _as(container, world.home.training_admin)
    async with connection:
        await connection.execute(
            "UPDATE enrollments SET seller_organization_id = %s, buyer_user_id = %s WHERE id = %s",
            (world.foreign.school, world.foreign.manager.user_id, row["id"]),
        )
        cursor = await connection.execute("SELECT seller_organization_id, buyer_user_id FROM enrollments")
        assert await cursor.fetchall() == [(world.home.school, world.home.manager.user_id)]


async def test_publishing_shows_a_drafts_sessions_and_new_ones(container: Container, world: World) -> None:
    home = world.home
    async with unit_of_work(home.training_admin, container) as uow:
        later = await add_session(uow, home.draft, home.school, None, in_days=90)
        assert (await uow.session.get_one(TrainingSession, later)).hidden_by == home.school
    async with unit_of_work(home.training_admin, container) as uow:
        await uow.sql("UPDATE courses SET status = 'published' WHERE id = %(id)s", id=home.draft)
    async with container.reader.connection() as connection:
        cursor = await connection.execute("SELECT id FROM sessions WHERE course_id = %s", (home.draft,))
        assert {row["id"] for row in await cursor.fetchall()} == {home.draft_session, later}


async def test_settings_end_with_their_transaction(container: Container, world: World) -> None:
    """The next user of a pooled connection is nobody until told otherwise, whatever happened before."""
    count = "SELECT count(*) FROM enrollments"
    for actor in (world.home.learner, SYSTEM):
        async with unit_of_work(actor, container) as uow:
            assert (await uow.session.execute(text(count))).scalar_one()
        with contextlib.suppress(ZeroDivisionError):
            async with unit_of_work(actor, container) as uow, uow.elevated():
                assert (await uow.session.execute(text(count))).scalar_one() == 2
                raise ZeroDivisionError
        async with reading_as(actor, container) as connection:
            assert (await (await connection.execute(count)).fetchone() or {})["count"]
    for _ in range(20):
        async with container.engine.connect() as connection:
            assert (await connection.execute(text(count))).scalar_one() == 0
        async with container.reader.connection() as connection:
            assert await (await connection.execute(count)).fetchone() == {"count": 0}


async def test_a_block_that_is_elevated_ends_so(container: Container, world: World) -> None:
    async def seen() -> int:
        return (await uow.session.execute(text("SELECT count(*) FROM enrollments"))).scalar_one()

    async with unit_of_work(world.home.learner, container) as uow:
        async with uow.elevated():
            assert await seen() == 2
            async with uow.elevated():
                assert await seen() == 2
            assert await seen() == 2
        assert await seen() == 1
        with pytest.raises(ZeroDivisionError):
            async with uow.elevated():
                raise ZeroDivisionError
        assert await seen() == 1
        with pytest.raises(Exception, match="division"):
            async with uow.savepoint(), uow.elevated():
                await uow.session.execute(text("SELECT 1 / 0"))
        assert await seen() == 1


async def test_the_wall_stands_for_the_tables_owner_too(container: Container, world: World) -> None:
    """Where one role migrates and serves (`DATABASE_URL` of somebody's own server), FORCE holds it to the policies."""
    name = make_url(container.settings.database_url.get_secret_value()).database
    url = servers.test_server().url(servers.OWNER, str(name))
    async with await psycopg.AsyncConnection.connect(url) as connection:
        for table in world.home.rows.keys() - REFERENCE - {"audit_queue"}:
            assert await (await connection.execute(f"SELECT * FROM {table}".encode())).fetchall() == [], table
        await connection.execute(APPLY_PLAIN, settings_of(world.home.learner, elevated=False))
        rows = await (await connection.execute("SELECT user_id FROM enrollments")).fetchall()
        assert rows == [(world.home.learner.user_id,)]
