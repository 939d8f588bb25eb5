"""The demonstration data: whole, plausible, and harmless when loaded again."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import httpx
import pytest
from sqlalchemy import func, select, text
from sqlmodel import col
from stdnum.fr import siret

from pygmalion_app.accounts.models import User
from pygmalion_app.accounts.passwords import verify_password
from pygmalion_app.catalog.models import Category, CourseType
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.demo.accounts import ACCOUNTS, PASSWORD
from pygmalion_app.demo.content import course_types
from pygmalion_app.demo.loader import load
from pygmalion_app.demo.timetable import period, previous_working_day, working_day
from pygmalion_app.organizations.models import Organization
from pygmalion_app.sessions.models import TrainingSession
from tests.clock import MovableClock
from tests.ledger import imbalance_now

RunJobs = Callable[[], Awaitable[None]]
TABLES = (
    "course_types",
    "organizations",
    "users",
    "organization_members",
    "courses",
    "sessions",
    "orders",
    "payments",
    "enrollments",
    "reviews",
    "certificates",
    "course_documents",
    "contracts",
    "instalments",
    "disputes",
    "waiting_list_entries",
)


async def counts(container: Container) -> dict[str, int]:
    """Return the rows of each table."""
    async with unit_of_work(SYSTEM, container) as uow:
        return {
            table: (await uow.session.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one() for table in TABLES
        }


def test_every_course_type_has_its_words_in_both_languages() -> None:
    types = course_types()
    assert len(types) == 40
    for course in types.values():
        words = course.texts
        assert all(len(words[name]) > 200 for name in ("description", "description_en")), course.code
        assert len(words["objectives"]) == len(words["objectives_en"]) >= 3, course.code
        assert all(words[name] for name in ("title_en", "bring", "prerequisites_en")), course.code
        assert course.category in set(Category)


def test_sessions_keep_office_hours() -> None:
    friday = datetime(2026, 11, 27, tzinfo=UTC).date()
    start, end = period(friday, 840, "PRESENTIEL", "Indian/Reunion")
    local = ZoneInfo("Indian/Reunion")
    assert start.astimezone(local).strftime("%a %H:%M") == "Fri 09:00"
    assert end.astimezone(local).strftime("%a %H:%M") == "Mon 17:00"
    assert period(friday, 210, "PRESENTIEL", "Europe/Paris")[1] - start < timedelta(hours=8)
    assert working_day(datetime(2026, 12, 25, tzinfo=UTC).date()).isoformat() == "2026-12-28"
    assert previous_working_day(datetime(2026, 11, 23, tzinfo=UTC).date()).isoformat() == "2026-11-20"


async def test_a_second_load_changes_nothing_and_spares_what_users_did(
    container: Container, clock: MovableClock, client: httpx.AsyncClient
) -> None:
    first = await load(container)
    assert (first.organizations, first.courses) == (14, 94)
    assert first.sessions >= 180
    assert first.certificates == 6
    before = await counts(container)
    assert (before["contracts"], before["disputes"], before["waiting_list_entries"]) == (8, 1, 6)
    assert await _instalments(container) >= {"paid", "scheduled"}
    async with unit_of_work(SYSTEM, container) as uow:
        learner = (
            await uow.session.execute(select(User).where(col(User.email) == "learner@pygmalion.example"))
        ).scalar_one()
        learner.phone = "+33 1 23 45 67 89"
    second = await load(container)
    assert (second.organizations, second.sessions, second.certificates) == (0, 0, 0)
    assert await counts(container) == before
    async with unit_of_work(SYSTEM, container) as uow:
        assert (await uow.session.get_one(User, learner.id)).phone == "+33 1 23 45 67 89"
        await _check_consistency(uow.session)
    assert await imbalance_now(container) == []
    await _check_search(client)
    await _check_compliance(container)
    clock.move(days=100)
    third = await load(container)
    assert third.sessions > 100
    assert (await load(container)).sessions == 0


async def _check_compliance(container: Container) -> None:
    """The manager's team and the airport's show every standing; most of it is in order."""
    async with unit_of_work(SYSTEM, container) as uow:
        rows = await uow.sql("""SELECT o.slug, c.status, count(*) AS number FROM compliance_statuses c
            JOIN organizations o ON o.id = c.organization_id GROUP BY 1, 2""")
    team = {row["status"]: row["number"] for row in rows if row["slug"] == "escale-services-paris"}
    assert set(team) == {"compliant", "expiring", "expired", "missing", "planned", "exempt"}
    assert (team["compliant"] + team["expiring"] + team["exempt"]) / sum(team.values()) > 0.5
    airport = {row["status"] for row in rows if row["slug"] == "aeroport-val-d-yerres"}
    assert {"compliant", "expiring", "missing"} <= airport


async def _instalments(container: Container) -> set[str]:
    async with unit_of_work(SYSTEM, container) as uow:
        return {row["status"] for row in await uow.sql("SELECT DISTINCT status FROM instalments")}


async def _check_consistency(session) -> None:  # noqa: ANN001 - the unit of work's
    organizations = (await session.execute(select(Organization))).scalars().all()
    assert all(siret.is_valid(organization.siret) for organization in organizations)
    assert len({organization.vat_regime for organization in organizations if organization.kind == "training"}) == 3
    assert (await session.execute(select(func.count()).select_from(CourseType))).scalar_one() == 40
    wrong = await session.execute(
        text("""SELECT count(*) FROM sessions s WHERE seats_taken <>
        (SELECT count(*) FROM enrollments e WHERE e.session_id = s.id AND e.status <> 'CANCELLED')""")
    )
    assert wrong.scalar_one() == 0
    unpaid = await session.execute(
        text(
            "SELECT count(*) FROM orders o LEFT JOIN payments p ON p.reference = o.id "
            "WHERE p.amount_cents IS DISTINCT FROM o.total_cents"
        )
    )
    assert unpaid.scalar_one() == 0
    ahead = (
        (await session.execute(select(TrainingSession).where(col(TrainingSession.starts_at) > datetime.now(UTC))))
        .scalars()
        .all()
    )
    assert len(ahead) >= 110
    assert any(item.seats_taken == item.capacity for item in ahead)
    assert sum(1 <= item.capacity - item.seats_taken <= 3 for item in ahead) > 10
    for item in ahead:
        start = item.starts_at.astimezone(ZoneInfo(item.time_zone))
        assert start.weekday() < 5
        assert start.hour in {9, 13}, item
    for account in ACCOUNTS:
        user = (await session.execute(select(User).where(col(User.email) == account.email))).scalar_one()
        assert user.status == "active"
        assert user.is_platform_admin == (account.name == "admin")
    hashes = {row.password_hash for row in (await session.execute(select(User))).scalars() if row.password_hash}
    assert all([await verify_password(PASSWORD, stored) for stored in hashes])


async def _check_search(client: httpx.AsyncClient) -> None:
    for typed in ("surete", "sureté aeroportuare", "DGR cat 6", "securite", "live animals", "pompiers", "permis t"):
        found = (await client.get("/api/v1/formations/search", params={"q": typed})).json()
        assert found["meta"]["total"] > 0, typed
    everything = (await client.get("/api/v1/formations", params={"limit": 100})).json()
    assert everything["meta"]["total"] == 94
    assert all(card["titleEn"] and card["nextSession"] for card in everything["data"])


@pytest.mark.parametrize("days", [0, 1, 2, 5])
async def test_first_pages_have_something_to_show_whatever_the_day(
    container: Container, clock: MovableClock, run_jobs: RunJobs, days: int
) -> None:
    clock.move(days=days)
    await load(container)
    now = clock.now()
    async with unit_of_work(SYSTEM, container) as uow:
        waiting = await uow.session.execute(
            text("""SELECT count(*) FROM enrollments e JOIN sessions s ON s.id = e.session_id
            JOIN users u ON u.id = s.trainer_id WHERE u.email = 'trainer@pygmalion.example' AND e.status = 'CONFIRMED'
            AND e.present IS NULL AND s.starts_at BETWEEN CAST(:now AS timestamptz) - interval '5 days' AND :now"""),
            {"now": now},
        )
        assert waiting.scalar_one() >= 4
        mine = await uow.session.execute(
            text("""SELECT count(*) FILTER (WHERE s.starts_at > :now), count(*) FILTER (WHERE e.status = 'COMPLETED')
            FROM enrollments e JOIN sessions s ON s.id = e.session_id JOIN users u ON u.id = e.user_id
            WHERE u.email = 'learner@pygmalion.example'"""),
            {"now": now},
        )
        assert tuple(mine.one()) == (2, 6)
        states = await uow.session.execute(
            text("""SELECT count(*) FILTER (WHERE c.revoked_at IS NOT NULL),
            count(*) FILTER (WHERE c.valid_until < :now),
            count(*) FILTER (WHERE c.valid_until BETWEEN :now AND CAST(:now AS timestamptz) + interval '90 days')
            FROM certificates c JOIN users u ON u.id = c.user_id WHERE u.email = 'learner@pygmalion.example'"""),
            {"now": now},
        )
        # One revoked, one corrected; one ended, one renewed since; one that ends soon.
        assert tuple(states.one()) == (2, 2, 1)
