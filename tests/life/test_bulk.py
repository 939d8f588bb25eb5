"""Issuing in bulk: everybody's outcome, in the words of why; killed anywhere, it goes on."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest

from pygmalion_app.certificates import bulk, bulk_queries, issuing
from pygmalion_app.certificates.bulk_schemas import CampaignView, StartCampaign
from pygmalion_app.certificates.document import production
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


@pytest.mark.parametrize("step", ["registered", "stored", "recorded"])
async def test_killed_in_the_middle_it_is_taken_up_and_nobody_gets_two(
    container: Container,
    cast: Cast,
    complete: Complete,
    clock: MovableClock,
    monkeypatch: pytest.MonkeyPatch,
    run_jobs: RunJobs,
    step: str,
) -> None:
    people = await complete(cast.lea, cast.marc, cast.tom, cast.ada)
    async with unit_of_work(cast.olga, container) as uow:
        sessions = await _sessions(container, people)
        begun = await bulk.start(uow, StartCampaign(organization_id=cast.school, session_ids=sessions))
        await uow.sql("DELETE FROM procrastinate_jobs")
    monkeypatch.setattr(bulk, "_PORTION", 2)
    monkeypatch.setattr(bulk, "_AT_ONCE", 1)
    with monkeypatch.context() as patch:
        _kill_second_portion(patch, container, step)
        with pytest.raises(BaseExceptionGroup) as killed:
            await bulk.run(begun.id, container)
    assert killed.group_contains(_KilledError)
    left = await _now(container, cast, begun.id)
    assert (left.issued, left.waiting, left.finished_at) == (2, 2, None)
    clock.move(minutes=3)
    async with unit_of_work(SYSTEM, container) as uow:
        assert await bulk.resume(uow) == 1
    # Its job was not lost after all: two runs at once.
    await asyncio.gather(bulk.run(begun.id, container), bulk.run(begun.id, container))
    done = await _now(container, cast, begun.id)
    assert (done.issued, done.failed, done.finished_at is not None) == (4, 0, True)
    await run_jobs()
    async with unit_of_work(SYSTEM, container) as uow:
        (made,) = await uow.sql(_ALL_THERE_IS)
        assert set(made.values()) == {4}
        assert await bulk.resume(uow) == 0


_ALL_THERE_IS = """
SELECT (SELECT count(*) FROM certificates WHERE commitment IS NOT NULL) AS certificates,
  (SELECT count(*) FROM certificates c JOIN enrollments e ON e.id = c.enrollment_id AND e.user_id = c.user_id
    JOIN users u ON u.id = e.user_id AND c.content ->> 'holder' = u.first_name || ' ' || u.last_name) AS own,
  (SELECT count(DISTINCT (certificate_id, position)) FROM credential_status_entries) AS places,
  (SELECT count(*) FROM certificate_events WHERE kind = 'issued') AS events,
  (SELECT count(*) FROM audit_events WHERE action = 'certificate.issued' AND facts ? 'holder') AS audited,
  (SELECT count(*) FROM notifications n JOIN certificates c USING (user_id) WHERE kind = 'certificate') AS told,
  (SELECT count(*) FROM outgoing_emails m JOIN users u ON u.email = m.to_address
    JOIN certificates c ON c.user_id = u.id WHERE sent_at IS NOT NULL) AS mailed
"""


def _kill_second_portion(patch: pytest.MonkeyPatch, container: Container, step: str) -> None:
    """Have the process die in the second portion once it is registered, stored or recorded."""
    seam, calls_a_portion = {
        "registered": ((production, "make_documents"), 1),
        "stored": ((production, "_record"), 1),
        "recorded": ((bulk, "at_once"), 2),
    }[step]
    real, calls = getattr(*seam), []

    async def last(*arguments: object) -> object:
        calls.append(arguments)
        if len(calls) == 2 * calls_a_portion:
            raise _KilledError
        return await real(*arguments)

    patch.setattr(*seam, last)


async def test_one_that_cannot_be_made_keeps_no_other_from_being_issued(
    container: Container, cast: Cast, complete: Complete, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = await complete(cast.lea, cast.marc, cast.tom)
    async with unit_of_work(SYSTEM, container) as uow:
        broken = await issuing.register(uow, people[1])
        await uow.sql("UPDATE certificates SET token_sealed = 'unreadable' WHERE id = %(id)s", id=broken)
    async with unit_of_work(cast.olga, container) as uow:
        sessions = await _sessions(container, people)
        begun = await bulk.start(uow, StartCampaign(organization_id=cast.school, session_ids=sessions))
    await bulk.run(begun.id, container)
    done = await _now(container, cast, begun.id)
    assert (done.issued, [(one.person, one.reason) for one in done.failures]) == (2, [("Marc Test", "unexpected")])
    async with unit_of_work(cast.olga, container) as uow:
        assert (await bulk.retry(uow, begun.id)).waiting == 1

    async def away(*_: object) -> None:
        raise UnavailableError(part="store")

    with monkeypatch.context() as patch:
        patch.setattr(production, "make_documents", away)
        await bulk.run(begun.id, container)
    assert [one.reason for one in (await _now(container, cast, begun.id)).failures] == ["unavailable"]


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
