"""What an erasure leaves: a certificate that still proves the document in its holder's hands, and no way in."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from pygmalion_app.accounts.authentication import authenticate_session
from pygmalion_app.certificates import issuing
from pygmalion_app.certificates.verification import CheckName, CheckResult, verify_file
from pygmalion_app.core.actor import ANONYMOUS, SYSTEM, Actor
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.privacy import erasure
from pygmalion_app.privacy.errors import NoErasureError
from pygmalion_app.privacy.jobs import do_daily
from tests.accounts.signing import browser_of, mails_to
from tests.cast import Cast
from tests.certificates.conftest import Enroll, enroll  # noqa: F401 - a fixture
from tests.clock import MovableClock
from tests.privacy.conftest import recently

RunJobs = Callable[[], Awaitable[None]]


async def _ask(container: Container, person: Actor, clock: MovableClock) -> None:
    async with unit_of_work(recently(person, clock), container) as uow:
        await erasure.request_erasure(uow)


async def test_the_document_in_hand_still_verifies_and_names_nobody(
    container: Container,
    cast: Cast,
    clock: MovableClock,
    run_jobs: RunJobs,
    enroll: Enroll,  # noqa: F811
) -> None:
    (enrollment,) = await enroll(cast.lea)
    certificate = await issuing.issue(enrollment, container)
    async with unit_of_work(SYSTEM, container) as uow:
        (row,) = await uow.sql("SELECT file_sha256, file_key FROM certificates WHERE id = %(id)s", id=certificate)
    await _ask(container, cast.lea, clock)
    clock.move(days=31)
    await do_daily()
    await run_jobs()
    found = await verify_file(container, bytes(row["file_sha256"]))
    results = {check.name: check.result for check in found.checks}
    assert results[CheckName.CONTENT] is CheckResult.PASS
    assert results[CheckName.FILE] is CheckResult.PASS
    assert found.certificate
    assert found.certificate.holder == ""
    with pytest.raises(NotFoundError):
        await container.ports.files.get(row["file_key"])


async def test_nobody_gets_in_any_more_and_nobody_is_told_at_an_address_that_is_gone(
    container: Container, cast: Cast, clock: MovableClock, run_jobs: RunJobs
) -> None:
    await _ask(container, cast.lea, clock)
    assert ["effacé" in mail.subject for mail in await mails_to(run_jobs, "lea@test.example")] == [True]
    clock.move(days=30, minutes=1)
    token = await browser_of(cast.lea)
    assert await authenticate_session(token) != ANONYMOUS
    await do_daily()
    assert await authenticate_session(token) == ANONYMOUS
    assert await mails_to(run_jobs, "lea@test.example") == []
    async with unit_of_work(SYSTEM, container) as uow:
        (request,) = await uow.sql("SELECT status FROM erasure_requests")
        actions = [row["action"] for row in await uow.sql("SELECT action FROM audit_events ORDER BY sequence")]
    assert request["status"] == "done"
    assert actions[:2] == ["privacy.erasure_requested", "account.erased"]


async def test_a_withdrawn_request_erases_nothing(container: Container, cast: Cast, clock: MovableClock) -> None:
    await _ask(container, cast.lea, clock)
    async with unit_of_work(cast.lea, container) as uow:
        await erasure.withdraw_erasure(uow)
    async with unit_of_work(cast.lea, container) as uow:
        with pytest.raises(NoErasureError):
            await erasure.withdraw_erasure(uow)
    clock.move(days=60)
    await do_daily()
    async with unit_of_work(SYSTEM, container) as uow:
        assert await uow.sql("SELECT 1 FROM users WHERE email = 'lea@test.example'")


async def test_what_came_up_meanwhile_blocks_it_tells_once_and_lets_it_go_on(
    container: Container, cast: Cast, clock: MovableClock, run_jobs: RunJobs
) -> None:
    await _ask(container, cast.lea, clock)
    async with unit_of_work(SYSTEM, container) as uow:
        await uow.sql(
            "UPDATE sessions SET trainer_id = %(id)s, ends_at = ends_at + interval '90 days'", id=cast.lea.user_id
        )
    clock.move(days=31)
    await erasure.erase_due(container)
    await erasure.erase_due(container)
    told = [mail.subject for mail in await mails_to(run_jobs, "lea@test.example")]
    assert told.count("Votre compte n'a pas pu être effacé") == 1
    async with unit_of_work(SYSTEM, container) as uow:
        await uow.sql("UPDATE sessions SET trainer_id = NULL")
    assert await erasure.erase_due(container) == 1


async def test_two_requests_at_once_are_one(container: Container, cast: Cast, clock: MovableClock) -> None:
    asked = await asyncio.gather(
        *(_ask(container, cast.lea, clock) for _ in range(5)),
        return_exceptions=True,
    )
    assert [type(one).__name__ for one in asked].count("NoneType") == 1
    assert {type(one).__name__ for one in asked} == {"NoneType", "ErasureWaitingError"}
