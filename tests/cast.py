"""The named people of the tests, and the little world in which they meet."""

import asyncio
import pickle
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from pygmalion_app import bootstrap
from pygmalion_app.accounts.models import AccountStatus, User
from pygmalion_app.accounts.passwords import HASHER
from pygmalion_app.catalog.models import Category, Course, CourseStatus, Modality
from pygmalion_app.core.actor import SYSTEM, Actor, Membership
from pygmalion_app.core.config import Settings
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import Container, UnitOfWork, unit_of_work
from pygmalion_app.kyc.models import CaseState, KycCase
from pygmalion_app.organizations.models import Organization, OrganizationKind, OrganizationMember, VatRegime
from pygmalion_app.sessions.models import TrainingSession
from tests import servers
from tests.clock import MovableClock, day_in_france

AS_GOOD_AS_NOW = timedelta(seconds=20)
"""How long the written cast serves other tests: their clocks begin at its moment, and lag that far at most."""
PASSWORD = "Correct-Horse-2026"


@cache
def _password_hash() -> str:
    """Return the cast's stored password; argon2 is slow on purpose, so once is enough."""
    return HASHER.hash(PASSWORD)


_ZONE = ZoneInfo("Europe/Paris")


@dataclass(frozen=True)
class Cast:
    """Lea learns, Marc manages Aeroport Services, Olga runs the school where Tom trains, Ada administers."""

    lea: Actor
    marc: Actor
    olga: Actor
    tom: Actor
    ada: Actor
    stranger: Actor
    """Signed in, and nothing to do with anybody here; manages another company."""
    company: UUID
    school: UUID
    course: UUID
    session: UUID
    """In 30 days, 5 seats, 950.00 EUR excl. VAT, refunded 100 % until 14 days before and 50 % until 7."""


async def add_person(uow: UnitOfWork, name: str, *roles: tuple[UUID, Role], admin: bool = False) -> Actor:
    """Add an active account `<name>@test.example` with roles, and return its actor."""
    user = User(
        email=f"{name}@test.example",
        password_hash=_password_hash(),
        first_name=name.title(),
        last_name="Test",
        status=AccountStatus.ACTIVE,
        email_verified_at=uow.clock.now(),
        is_platform_admin=admin,
    )
    uow.session.add(user)
    await uow.session.flush()
    for organization_id, role in roles:
        uow.session.add(OrganizationMember(user_id=user.id, organization_id=organization_id, role=role))
    await uow.session.flush()
    memberships = tuple(Membership(organization_id, role) for organization_id, role in roles)
    return Actor(user_id=user.id, memberships=memberships, is_platform_admin=admin)


async def add_organization(uow: UnitOfWork, name: str, kind: OrganizationKind) -> UUID:
    """Add an organisation whose sales carry 20 % VAT."""
    organization = Organization(
        kind=kind, name=name, slug=name.lower().replace(" ", "-"), vat_regime=VatRegime.STANDARD
    )
    uow.session.add(organization)
    await uow.session.flush()
    return organization.id


async def add_verification(uow: UnitOfWork, organization_id: UUID, *, days: int = 900) -> UUID:
    """Have an organisation verified for so many days."""
    now = uow.clock.now()
    case = KycCase(
        organization_id=organization_id,
        state=CaseState.APPROVED,
        state_at=now,
        submitted_at=now,
        valid_until=(now + timedelta(days=days)).date(),
    )
    uow.session.add(case)
    await uow.session.flush()
    return case.id


async def add_course(uow: UnitOfWork, school: UUID, title: str = "Sûreté aéroportuaire") -> UUID:
    """Add a published course."""
    course = Course(
        organization_id=school,
        slug=title.lower().replace(" ", "-").replace("û", "u").replace("é", "e"),
        title=title,
        title_en="Airport security",
        description="Accès aux zones de sûreté à accès réglementé.",
        category=Category.SECURITY,
        modalities=[Modality.PRESENTIEL],
        duration_minutes=210,
        price_cents=95_000,
        validity_months=36,
        refund_tiers=[{"days_before": 14, "percent": 100}, {"days_before": 7, "percent": 50}],
        status=CourseStatus.PUBLISHED,
        published_at=uow.clock.now(),
    )
    uow.session.add(course)
    await uow.session.flush()
    return course.id


async def add_session(
    uow: UnitOfWork, course: UUID, school: UUID, trainer: UUID | None, *, capacity: int = 5, in_days: float = 30
) -> UUID:
    """Add a one-day session."""
    starts_at = uow.clock.now() + timedelta(days=in_days)
    # One day's training, whatever the hour of the tests.
    midnight = datetime.combine(day_in_france(starts_at) + timedelta(days=1), time(), _ZONE)
    session = TrainingSession(
        course_id=course,
        organization_id=school,
        trainer_id=trainer,
        starts_at=starts_at,
        ends_at=min(starts_at + timedelta(hours=7), midnight - timedelta(seconds=1)),
        location="Paris CDG",
        modality=Modality.PRESENTIEL,
        capacity=capacity,
        price_cents=95_000,
    )
    uow.session.add(session)
    await uow.session.flush()
    return session.id


async def seed(container: Container) -> Cast:
    """Write the cast into the database."""
    async with unit_of_work(SYSTEM, container) as uow:
        company = await add_organization(uow, "Aeroport Services", OrganizationKind.COMPANY)
        rival = await add_organization(uow, "Autre Escale", OrganizationKind.COMPANY)
        school = await add_organization(uow, "Ecole du Ciel", OrganizationKind.TRAINING)
        for verified in (company, school):
            await add_verification(uow, verified)
        tom = await add_person(uow, "tom", (school, Role.TRAINER))
        course = await add_course(uow, school)
        return Cast(
            lea=await add_person(uow, "lea", (company, Role.LEARNER)),
            marc=await add_person(uow, "marc", (company, Role.MANAGER)),
            olga=await add_person(uow, "olga", (school, Role.TRAINING_ADMIN)),
            tom=tom,
            ada=await add_person(uow, "ada", admin=True),
            stranger=await add_person(uow, "stan", (rival, Role.MANAGER)),
            company=company,
            school=school,
            course=course,
            session=await add_session(uow, course, school, tom.user_id),
        )


@dataclass(frozen=True)
class Seeded:
    """A database with the cast in it."""

    url: str
    moment: datetime
    """When it was written, and what the clock told then."""
    cast: Cast


@contextmanager
def seeded_database(secrets: Path) -> Iterator[Seeded]:
    """Give a database of one's own with the cast: a copy (25 ms) of one that is written anew every few seconds."""
    # What others copy must not go away meanwhile.
    with servers.only_one("cast") as kept:
        written: Seeded | None = pickle.loads(kept.read_bytes()) if kept.exists() else None
        if written is None or datetime.now(UTC) - written.moment > AS_GOOD_AS_NOW:
            if written:
                servers.drop(written.url)
            written = _write(secrets)
            kept.write_bytes(pickle.dumps(written))
        name = servers.clone(written.url)
    try:
        yield replace(written, url=servers.address(name))
    finally:
        servers.drop(name)


def _write(secrets: Path) -> Seeded:
    """Write the cast into a database, which is named in the place of its address."""
    name, clock = servers.clone(), MovableClock()
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(
            _env_file=secrets,  # pyright: ignore[reportCallIssue]
            pygmalion_home=Path(home),
            database_url=SecretStr(servers.address(name)),
        )

        async def write() -> Cast:
            parts = bootstrap.build(settings, clock=clock)
            try:
                return await seed(parts)
            finally:
                await parts.engine.dispose()

        # In a thread: the test that asks for the cast may be running a loop here.
        with ThreadPoolExecutor(1) as thread:
            return Seeded(name, clock.now(), thread.submit(asyncio.run, write()).result())
