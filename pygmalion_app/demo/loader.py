"""Loads the demonstration: once, in one transaction; later runs only keep enough sessions ahead."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from time import perf_counter
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import func, select, text
from sqlmodel import col

from pygmalion_app.accounts.passwords import hash_password
from pygmalion_app.catalog.models import Course
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, UnitOfWork, unit_of_work
from pygmalion_app.demo.accounts import PASSWORD
from pygmalion_app.demo.aftermath import follow, waiting_rows
from pygmalion_app.demo.asked import ask
from pygmalion_app.demo.bookings import Bookings
from pygmalion_app.demo.budgets import fund
from pygmalion_app.demo.certificates import issue_learners
from pygmalion_app.demo.compliance import comply
from pygmalion_app.demo.content import world
from pygmalion_app.demo.ids import demo_id
from pygmalion_app.demo.opinions import opine
from pygmalion_app.demo.payouts import account_rows, pay_out
from pygmalion_app.demo.people import Cast, Rows, build_cast
from pygmalion_app.demo.sessions import SCHOOL, WANTED_AHEAD, plan_sessions, upcoming
from pygmalion_app.demo.talk import talk
from pygmalion_app.demo.verification import send_documents, verified_rows
from pygmalion_app.organizations.models import Organization
from pygmalion_app.sessions.models import SessionStatus, TrainingSession

_TABLES: Final = (
    "course_types",
    "organizations",
    "users",
    "organization_members",
    "organization_invitations",
    "courses",
    "sessions",
    "orders",
    "payments",
    "ledger_entries",
    "ledger_lines",
    "testmode_objects",
    "testmode_movements",
    "enrollments",
    "reviews",
)
_ISSUE_TASK: Final = "certificates.issue"
_TEAM_CERTIFICATES: Final = timedelta(days=400)
"""Completions of the manager's team that are younger get their certificate from the job worker."""


@dataclass(frozen=True, slots=True)
class DemoSummary:
    """What a run did; all zero when there was nothing to do."""

    organizations: int
    courses: int
    sessions: int
    enrollments: int
    certificates: int
    seconds: float


async def load(container: Container) -> DemoSummary:
    """Load the demonstration, or keep it fresh. Never touches a row that is there already."""
    started = perf_counter()
    now = container.clock.now()
    async with unit_of_work(SYSTEM, container) as uow:
        if await uow.session.get(Organization, demo_id("organization", SCHOOL)) is not None:
            added = await _keep_sessions_ahead(uow, now)
            return DemoSummary(0, 0, added, 0, 0, perf_counter() - started)
    cast = build_cast(now, await hash_password(PASSWORD))
    Bookings(cast, now).fill(plan_sessions(cast, now.astimezone(ZoneInfo("Europe/Paris")).date()))
    async with unit_of_work(SYSTEM, container) as uow:
        await _insert(uow, cast.rows)
        verified = verified_rows(cast, container)
        await _insert_rows(uow, "kyc_cases", verified)
        theirs, ours = account_rows(cast, verified, container)
        await _insert_rows(uow, "testmode_objects", theirs)
        await _insert_rows(uow, "merchant_accounts", ours)
        await _insert_rows(uow, "waiting_list_entries", waiting_rows(cast, now))
        await _ask_for_team_certificates(uow, cast, now)
    await send_documents(container, cast)
    issued = await issue_learners(container, cast)
    await comply(container, cast)
    await fund(container, cast.accounts["manager"])
    await follow(container)
    await pay_out(container)
    await talk(container, cast)
    await opine(container)
    await ask(container, cast)
    return DemoSummary(
        organizations=len(cast.rows["organizations"]),
        courses=len(cast.rows["courses"]),
        sessions=len(cast.rows["sessions"]),
        enrollments=len(cast.rows["enrollments"]),
        certificates=issued,
        seconds=perf_counter() - started,
    )


async def _insert(uow: UnitOfWork, rows: Rows) -> None:
    for name in _TABLES:
        await _insert_rows(uow, name, rows[name])


async def _insert_rows(uow: UnitOfWork, table: str, rows: list[dict[str, Any]]) -> None:
    """Insert rows that are not there yet, in one statement: search documents are then made once, not row by row.

    One JSON parameter instead of thousands; the columns are those of the first row.
    """
    if not rows:
        return
    columns = ", ".join(rows[0])
    await uow.session.execute(
        text(
            f"INSERT INTO {table} ({columns}) SELECT {columns} FROM json_populate_recordset(NULL::{table}, :rows) "  # noqa: S608 - names from this package
            "ON CONFLICT DO NOTHING"
        ),
        {"rows": msgspec.json.encode(rows).decode()},
    )


async def _keep_sessions_ahead(uow: UnitOfWork, now: datetime) -> int:
    """Add a fresh half-year of sessions when too few lie ahead; returns how many."""
    ours = col(TrainingSession.organization_id).in_(
        [demo_id("organization", entry["slug"]) for entry in world()["schools"]]
    )
    ahead = select(func.count()).where(
        ours, col(TrainingSession.starts_at) > now, col(TrainingSession.status) == SessionStatus.SCHEDULED
    )
    if (await uow.session.execute(ahead)).scalar_one() >= WANTED_AHEAD:
        return 0
    cast = build_cast(now, "")
    today = now.astimezone(ZoneInfo("Europe/Paris")).date()
    rows = [planned.row for planned in upcoming(cast, today, today.isoformat())]
    known = set((await uow.session.execute(select(col(Course.id)))).scalars())
    rows = [row for row in rows if row["course_id"] in known]
    await _insert_rows(uow, "sessions", rows)
    return len(rows)


async def _ask_for_team_certificates(uow: UnitOfWork, cast: Cast, now: datetime) -> None:
    team = {person.id for person in cast.people if person.company == "escale-services-paris"}
    for row in cast.rows["enrollments"]:
        recent = row["completed_at"] is not None and now - row["completed_at"] < _TEAM_CERTIFICATES
        if recent and row["passed"] and row["user_id"] in team - {cast.accounts["learner"]}:
            await uow.defer(_ISSUE_TASK, enrollment_id=str(row["id"]))
