"""A company with two job roles, and what makes people hold something."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import pytest

from pygmalion_app.catalog.models import Course, CourseType
from pygmalion_app.certificates.life_models import ExternalCertificate, ExternalState
from pygmalion_app.compliance import rules
from pygmalion_app.compliance.recompute import recompute
from pygmalion_app.compliance.rule_schemas import CreateSet, RequirementInput, WriteRequirements
from pygmalion_app.compliance.workplace_schemas import JobRoleView
from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.organizations.models import OrganizationMember
from tests.cast import Cast, add_person

TYPES = ("SUR-1126", "SST", "DGR-75")


@dataclass
class Company:
    """The cast's company, whose manager is Marc, under one set for everybody: SUR-1126 and SST."""

    container: Container
    cast: Cast
    set_id: UUID
    version_id: UUID

    @property
    def id(self) -> UUID:
        """The company."""
        return self.cast.company

    @property
    def marc(self) -> Actor:
        """Its manager."""
        return self.cast.marc

    @property
    def lea(self) -> UUID:
        """Somebody who works there."""
        return self.cast.lea.require_user()

    @property
    def today(self) -> date:
        """The day that it is in Paris."""
        from pygmalion_app.compliance.facts import local_day

        return local_day(self.container.clock.now())

    async def person(self, name: str, job_role: str | None = None) -> UUID:
        """Add somebody who works there."""
        async with unit_of_work(SYSTEM, self.container) as uow:
            actor = await add_person(uow, name)
            uow.session.add(
                OrganizationMember(
                    user_id=actor.require_user(), organization_id=self.id, role=Role.LEARNER, job_role=job_role
                )
            )
        return actor.require_user()

    async def hold(self, user_id: UUID, code: str, until: date | None, obtained: date | None = None) -> UUID:
        """Let somebody hold what was obtained elsewhere, accepted."""
        row = ExternalCertificate(
            user_id=user_id,
            organization_id=self.id,
            type_code=code,
            title=code,
            issuer="Ailleurs",
            obtained_on=obtained or self.today - timedelta(days=30),
            valid_until=until,
            file_name="x.pdf",
            media_type="application/pdf",
            size_bytes=1,
            pages=1,
            key_id="k",
            wrapped_key=b"k",
            state=ExternalState.ACCEPTED,
            decided_at=self.container.clock.now(),
        )
        async with unit_of_work(SYSTEM, self.container) as uow:
            uow.session.add(row)
        return row.id

    async def statuses(self, user_id: UUID) -> dict[str, str]:
        """Return what is written of somebody."""
        async with unit_of_work(SYSTEM, self.container) as uow:
            rows = await uow.sql(
                """SELECT requirement_key AS key, status FROM compliance_statuses
                WHERE organization_id = %(organization)s AND user_id = %(user)s""",
                organization=self.id,
                user=user_id,
            )
        return {row["key"]: row["status"] for row in rows}

    async def recompute(self) -> int:
        """Write everybody's statuses."""
        async with unit_of_work(SYSTEM, self.container) as uow:
            return await recompute(uow, self.id)

    async def publish(self, *wanted: RequirementInput, name: str, role: JobRoleView | None = None) -> UUID:
        """Publish a set from today on; return its id."""
        async with unit_of_work(self.marc, self.container) as uow:
            made = await rules.create(uow, self.id, CreateSet(name=name, job_role_id=role.id if role else None))
            draft = made.versions[0].id
            await rules.write(uow, draft, WriteRequirements(requirements=list(wanted)))
            await rules.publish(uow, draft)
        return made.id


@pytest.fixture
async def company(container: Container, cast: Cast) -> Company:
    """Return the company, its statuses written."""
    async with unit_of_work(SYSTEM, container) as uow:
        for code in TYPES:
            uow.session.add(
                CourseType(
                    id=new_id(),
                    code=code,
                    title=f"Titre {code}",
                    title_en=f"Title {code}",
                    category="SECURITY",
                    modalities=["PRESENTIEL"],
                    duration_minutes=210,
                    validity_months=24,
                )
            )
        await uow.session.flush()
        course = await uow.session.get_one(Course, cast.course)
        course.type_code = "SUR-1126"
    made = Company(container, cast, new_id(), new_id())
    made.set_id = await made.publish(RequirementInput(codes=["SUR-1126"]), RequirementInput(codes=["SST"]), name="Tous")
    await made.recompute()
    return made
