"""A company under two requirements, and sessions that its people could go to."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from pygmalion_app.catalog.models import Course, CourseType
from pygmalion_app.compliance.facts import local_day
from pygmalion_app.compliance.models import Requirement, RequirementSet, RequirementSetVersion, Site
from pygmalion_app.compliance.recompute import recompute
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.organizations.models import Organization
from pygmalion_app.sessions.models import TrainingSession
from tests.cast import Cast, add_course, add_person

_PARIS = ZoneInfo("Europe/Paris")
SEAT = 12_000
"""What a seat of the made sessions costs, VAT included."""


@dataclass
class Team:
    """Marc's company: everybody needs SUR-1126 and SST; Ana and Bob work in Lyon, where Lea and Marc do not."""

    container: Container
    cast: Cast
    ana: UUID
    bob: UUID
    lyon: UUID
    courses: dict[str, UUID]

    @property
    def today(self) -> date:
        """The day that it is in Paris."""
        return local_day(self.container.clock.now())

    def day(self, days: int) -> date:
        """Return the day in so many days."""
        return self.today + timedelta(days=days)

    async def session(
        self, code: str, in_days: int, *, seats: int = 5, place: str = "Lyon", cents: int = 10_000
    ) -> UUID:
        """Add a session of one day, from nine to five."""
        starts_at, ends_at = (datetime.combine(self.day(in_days), time(hour), _PARIS) for hour in (9, 17))
        row = TrainingSession(
            course_id=self.courses[code],
            organization_id=self.cast.school,
            starts_at=starts_at,
            ends_at=ends_at,
            location=place,
            modality="PRESENTIEL",
            capacity=seats,
            price_cents=cents,
        )
        async with unit_of_work(SYSTEM, self.container) as uow:
            uow.session.add(row)
        return row.id

    async def recompute(self) -> None:
        """Bring the statuses up to date."""
        async with unit_of_work(SYSTEM, self.container) as uow:
            await recompute(uow, self.cast.company)

    async def statuses(self) -> dict[str, int]:
        """Return how many statuses of each kind there are."""
        async with unit_of_work(SYSTEM, self.container) as uow:
            rows = await uow.sql("SELECT status, count(*) AS count FROM compliance_statuses GROUP BY status")
        return {row["status"]: row["count"] for row in rows}


@pytest.fixture
async def team(container: Container, cast: Cast) -> Team:
    """Return the company, nobody of which holds anything."""
    async with unit_of_work(SYSTEM, container) as uow:
        courses: dict[str, UUID] = {}
        for code in ("SUR-1126", "SST"):
            uow.session.add(
                CourseType(
                    code=code, title=code, title_en=code, category="SECURITY", modalities=[], duration_minutes=420
                )
            )
            courses[code] = await add_course(uow, cast.school, f"Formation {code}")
            await uow.session.flush()
            course = await uow.session.get_one(Course, courses[code])
            course.type_code = code
        lyon = Site(organization_id=cast.company, name="Lyon")
        wanted = RequirementSet(organization_id=cast.company, name="Tous")
        uow.session.add_all((lyon, wanted))
        await uow.session.flush()
        version = RequirementSetVersion(
            organization_id=cast.company,
            set_id=wanted.id,
            version=1,
            effective_from=local_day(container.clock.now()) - timedelta(days=1),
            published_at=container.clock.now(),
        )
        uow.session.add(version)
        await uow.session.flush()
        uow.session.add_all(
            Requirement(
                organization_id=cast.company, version_id=version.id, key=code, title=code, codes=[code], months=24
            )
            for code in courses
        )
        ana = (await add_person(uow, "ana", (cast.company, Role.LEARNER))).require_user()
        bob = (await add_person(uow, "bob", (cast.company, Role.LEARNER))).require_user()
        await uow.sql(
            "UPDATE positions SET site_id = %(site)s WHERE user_id = ANY (%(people)s)", site=lyon.id, people=[ana, bob]
        )
        # They can pay by invoice.
        school = await uow.session.get_one(Organization, cast.school)
        company = await uow.session.get_one(Organization, cast.company)
        school.iban, company.siret = "FR7630006000011234567890189", "73282932000074"
    made = Team(container, cast, ana, bob, lyon.id, courses)
    await made.recompute()
    return made
