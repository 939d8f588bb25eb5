"""What is bought, moved, passed, corrected, renewed and revoked by people's own services shows where they work."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, LiteralString
from uuid import UUID

import httpx
import pytest

from pygmalion_app.certificates import corrections, issuing, revocation
from pygmalion_app.certificates.models import RevocationReason
from pygmalion_app.certificates.schemas import CorrectCommand, RevokeCommand
from pygmalion_app.compliance import rules
from pygmalion_app.compliance.rule_schemas import CreateSet, RequirementInput, WriteRequirements
from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.enrollments import service, transfers
from pygmalion_app.enrollments.cancellation import cancel
from pygmalion_app.enrollments.schemas import MoveSeat, Validation
from pygmalion_app.organizations.models import OrganizationMember
from pygmalion_app.sessions.models import TrainingSession
from tests.cast import add_session
from tests.clock import day_in_france
from tests.compliance.conftest import Company
from tests.enrollments.test_booking import bearer, order, play

RunJobs = Callable[[], Awaitable[None]]
KEY = "SUR-1126"
_WRITTEN: LiteralString = """
SELECT status, until, planned_on, decided_by_id FROM compliance_statuses
WHERE organization_id = %(organization)s AND user_id = %(user)s AND requirement_key = 'SUR-1126'
"""


class Life:
    """Lea, who works for two companies, and Zoe, who works for Marc's; both go to the course for SUR-1126."""

    def __init__(self, company: Company, other: UUID, zoe: UUID, run_jobs: RunJobs) -> None:
        """Take whom it is about."""
        self.company, self.other, self.zoe, self.run_jobs = company, other, zoe, run_jobs
        self.lea = company.lea
        self.container, self.cast = company.container, company.cast

    async def of(self, user_id: UUID, organization_id: UUID | None = None) -> dict[str, Any]:
        """Return what is written of somebody once the jobs have run."""
        await self.run_jobs()
        async with unit_of_work(SYSTEM, self.container) as uow:
            (row,) = await uow.sql(_WRITTEN, organization=organization_id or self.company.id, user=user_id)
        return row

    async def told(self) -> dict[str, Any]:
        """Return what is written of Lea, the same in both of her companies."""
        here, there = await self.of(self.lea), await self.of(self.lea, self.other)
        assert here == there
        return here

    async def status(self, user_id: UUID) -> tuple[str, date | None]:
        """Return somebody's status and the day of the session that is booked."""
        row = await self.of(user_id)
        return row["status"], row["planned_on"]

    async def session(self, in_days: float) -> tuple[UUID, datetime]:
        """Add a session."""
        async with unit_of_work(SYSTEM, self.container) as uow:
            made = await add_session(
                uow, self.cast.course, self.cast.school, self.cast.tom.require_user(), in_days=in_days
            )
            return made, (await uow.session.get_one(TrainingSession, made)).starts_at

    async def pass_course(self, seat: UUID, starts_at: datetime) -> UUID:
        """Have a seat's course taken and passed; return the certificate."""
        clock: Any = self.container.clock
        clock.set(starts_at + timedelta(hours=8))
        async with unit_of_work(self.cast.tom, self.container) as uow:
            await service.complete(uow, seat, Validation())
        await self.run_jobs()
        # The job has issued it already: this finds the same one.
        issued = await issuing.issue(seat, self.container)
        assert issued is not None
        return issued

    @property
    def olga(self) -> Actor:
        """The school's administrator, who has just signed in."""
        return replace(self.cast.olga, authenticated_at=self.container.clock.now())


@pytest.fixture
async def life(company: Company, run_jobs: RunJobs) -> Life:
    """Return Lea's and Zoe's life at work; Lea's second company asks for the same course."""
    other = company.cast.stranger.memberships[0].organization_id
    async with unit_of_work(SYSTEM, company.container) as uow:
        uow.session.add(OrganizationMember(user_id=company.lea, organization_id=other, role=Role.LEARNER))
    async with unit_of_work(company.cast.stranger, company.container) as uow:
        made = await rules.create(uow, other, CreateSet(name="Tous"))
        await rules.write(uow, made.versions[0].id, WriteRequirements(requirements=[RequirementInput(codes=[KEY])]))
        await rules.publish(uow, made.versions[0].id)
    return Life(company, other, await company.person("zoe"), run_jobs)


async def bought(api: httpx.AsyncClient, life: Life, session: UUID, *names: str) -> tuple[dict[str, Any], list[UUID]]:
    """Have Marc order seats; return the order, and the seats in the order of the names."""
    body = order(session) | {
        "participants": [
            {"email": f"{name}@test.example", "firstName": name.title(), "lastName": "Test"} for name in names
        ]
    }
    answer = await api.post("/enrollments", json=body, headers=bearer(life.container, life.cast.marc))
    assert answer.status_code == 201, answer.text
    booked = answer.json()["data"]
    seats = {one["userId"]: parse_id(one["id"]) for one in booked["enrollments"]}
    return booked, [seats[str(getattr(life, name))] for name in names]  # pyright: ignore[reportReturnType]


async def test_a_seat_is_followed_until_it_is_passed(api: httpx.AsyncClient, life: Life) -> None:
    booked, (lea, zoe) = await bought(api, life, life.cast.session, "lea", "zoe")
    assert await life.status(life.lea) == await life.status(life.zoe) == ("missing", None)
    await play(api, booked, "success")
    async with unit_of_work(SYSTEM, life.container) as uow:
        day = day_in_france((await uow.session.get_one(TrainingSession, life.cast.session)).starts_at)
    assert await life.status(life.zoe) == ("planned", day)
    assert (await life.told())["planned_on"] == day
    # Both go later; then Zoe does not go at all.
    later, starts_at = await life.session(40)
    async with unit_of_work(life.cast.marc, life.container) as uow:
        for seat in (lea, zoe):
            await transfers.move(uow, seat, MoveSeat(session_id=later))
    assert await life.status(life.zoe) == ("planned", day_in_france(starts_at))
    async with unit_of_work(life.cast.marc, life.container) as uow:
        await cancel(uow, zoe)
    assert await life.status(life.zoe) == ("missing", None)
    assert (await life.told())["planned_on"] == day_in_france(starts_at)
    certificate = await life.pass_course(lea, starts_at)
    found = await life.told()
    assert (found["status"], found["planned_on"], found["decided_by_id"]) == ("compliant", None, certificate)
    assert await life.status(life.zoe) == ("missing", None)


async def test_a_certificate_is_followed_through_its_life(
    api: httpx.AsyncClient, container: Container, life: Life
) -> None:
    booked, (seat,) = await bought(api, life, life.cast.session, "lea")
    await play(api, booked, "success")
    async with unit_of_work(SYSTEM, container) as uow:
        starts_at = (await uow.session.get_one(TrainingSession, life.cast.session)).starts_at
    first = await life.pass_course(seat, starts_at)
    until = (await life.told())["until"]
    async with unit_of_work(life.olga, container) as uow:
        wanted = CorrectCommand(certificate_id=first, completed_on=day_in_france(starts_at), holder="Léa Test")
        corrected = (await corrections.correct(uow, wanted)).id
    found = await life.told()
    assert (found["status"], found["until"], found["decided_by_id"]) == ("compliant", until, corrected)
    # Two years on she does it again: the newer one counts, and gives way to the older one when it is taken back.
    clock: Any = container.clock
    clock.move(days=720)
    again, begins = await life.session(20)
    booked, (seat,) = await bought(api, life, again, "lea")
    await play(api, booked, "success")
    renewed = await life.pass_course(seat, begins)
    found = await life.told()
    assert found["decided_by_id"] == renewed
    assert found["until"] > until
    for certificate, status, decides in ((renewed, "compliant", corrected), (corrected, "missing", None)):
        async with unit_of_work(life.olga, container) as uow:
            await revocation.revoke(
                uow, RevokeCommand(certificate_id=certificate, reason=RevocationReason.ISSUED_IN_ERROR)
            )
        found = await life.told()
        assert (found["status"], found["decided_by_id"]) == (status, decides)
    assert await life.status(life.zoe) == ("missing", None)
