"""Issuing in bulk: everybody's outcome, in the words of why; killed anywhere, it goes on."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest

from pygmalion_app.certificates import bulk, bulk_queries, issuing
from pygmalion_app.certificates.bulk_schemas import CampaignView, StartCampaign
from pygmalion_app.certificates.errors import CampaignEmptyError
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.errors import NotFoundError, PermissionDeniedError, UnavailableError
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from tests.cast import Cast, add_session
from tests.clock import MovableClock
from tests.life.conftest import Complete, proven

RunJobs = Callable[[], Awaitable[None]]


async def _sessions(container: Container, enrollments: list[UUID]) -> tuple[UUID, ...]:
    async with unit_of_work(SYSTEM, container) as uow:
        rows = await uow.sql("SELECT DISTINCT session_id FROM enrollments WHERE id = ANY (%(ids)s)", ids=enrollments)
    return tuple(row["session_id"] for row in rows)


async def _now(container: Container, cast: Cast, campaign: UUID) -> CampaignView:
    async with unit_of_work(cast.olga, container) as uow:
        return await bulk_queries.campaign(uow, campaign)


async def test_a_campaign_issues_all_it_can_and_says_of_each_other_why_not(
    container: Container, cast: Cast, complete: Complete, run_jobs: RunJobs
) -> None:
    people = await complete(cast.lea, cast.marc)
    absent = await complete(cast.ada, days_ago=2, present=False)
    failed = await complete(cast.stranger, days_ago=3, passed=False)
    sessions = await _sessions(container, people + absent + failed)
    command = StartCampaign(organization_id=cast.school, session_ids=sessions)
    for actor in (cast.tom, cast.marc):
        async with unit_of_work(actor, container) as uow:
            with pytest.raises(PermissionDeniedError):
                await bulk.start(uow, command)
    async with unit_of_work(proven(cast.olga, container), container) as uow:
        begun = await bulk.start(uow, command)
    assert (begun.total, begun.waiting, begun.sessions) == (4, 4, 3)
    await run_jobs()
    done = await _now(container, cast, begun.id)
    assert (done.issued, done.failed, done.waiting, done.finished_at is not None) == (2, 2, 0, True)
    assert {(one.person, one.reason) for one in done.failures} == {("Ada Test", "absent"), ("Stan Test", "not_passed")}
    async with unit_of_work(cast.olga, container) as uow:
        found = await bulk_queries.candidates(uow, cast.school)
    assert {(one.people, one.entitled, one.certified, one.to_issue) for one in found} == {(2, 2, 2, 0), (1, 0, 0, 0)}
    async with unit_of_work(cast.stranger, container) as uow:
        with pytest.raises(NotFoundError):
            await bulk_queries.campaign(uow, begun.id)


async def test_killed_in_the_middle_it_is_taken_up_and_nobody_gets_two(
    container: Container, cast: Cast, complete: Complete, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = await complete(cast.lea, cast.marc, cast.tom, cast.ada)
    async with unit_of_work(cast.olga, container) as uow:
        sessions = await _sessions(container, people)
        begun = await bulk.start(uow, StartCampaign(organization_id=cast.school, session_ids=sessions))
    real, calls = issuing.issue, []

    async def issue(enrollment: UUID, parts: Container | None = None) -> UUID | None:
        calls.append(enrollment)
        if len(calls) == 2:
            raise UnavailableError(part="store")
        if len(calls) == 3:
            raise _KilledError
        return await real(enrollment, parts)

    monkeypatch.setattr(bulk, "_AT_ONCE", 1)
    monkeypatch.setattr(issuing, "issue", issue)
    with pytest.raises(_KilledError):
        await bulk.run(begun.id, container)
    left = await _now(container, cast, begun.id)
    assert left.waiting >= 1
    assert left.finished_at is None
    clock.move(minutes=3)
    async with unit_of_work(SYSTEM, container) as uow:
        assert await bulk.resume(uow) == 1
    await bulk.run(begun.id, container)
    done = await _now(container, cast, begun.id)
    assert (done.issued, done.failed) == (3, 1)
    assert done.failures[0].reason == "unavailable"
    async with unit_of_work(cast.olga, container) as uow:
        assert (await bulk.retry(uow, begun.id)).waiting == 1
    await bulk.run(begun.id, container)
    assert (await _now(container, cast, begun.id)).issued == 4
    async with unit_of_work(SYSTEM, container) as uow:
        assert (await uow.sql("SELECT count(*) AS n FROM certificates"))[0]["n"] == 4
        assert await bulk.resume(uow) == 0


class _KilledError(BaseException):
    """The process is gone."""


async def test_sessions_are_the_schools_own_and_somebody_was_there(container: Container, cast: Cast) -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        empty = await add_session(uow, cast.course, cast.school, None, in_days=-3)
        foreign = await add_session(uow, cast.course, cast.company, None, in_days=-3)
    for session, refusal in ((empty, CampaignEmptyError), (foreign, NotFoundError)):
        async with unit_of_work(cast.olga, container) as uow:
            with pytest.raises(refusal):
                await bulk.start(uow, StartCampaign(organization_id=cast.school, session_ids=(session,)))
