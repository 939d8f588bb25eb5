"""From a validated enrolment to a certificate that holds on the real chain."""

import asyncio
import dataclasses
import hashlib
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import func, select, update

from pygmalion_app.certificates import issuing, jobs, revocation, service, verification
from pygmalion_app.certificates.errors import AlreadyRevokedError
from pygmalion_app.certificates.models import Certificate, RevocationReason
from pygmalion_app.certificates.schemas import CertificateView, RevokeCommand
from pygmalion_app.certificates.status import Status
from pygmalion_app.core.actor import ANONYMOUS, SYSTEM, Actor
from pygmalion_app.core.errors import NotAuthenticatedError, NotFoundError, PermissionDeniedError
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.notifications.models import OutgoingEmail
from tests.cast import Cast
from tests.certificates.conftest import Enroll, issue_all, seal_and_anchor
from tests.clock import MovableClock


async def mine(parts: Container, actor: Actor) -> list[CertificateView]:
    """Return an actor's certificates."""
    async with unit_of_work(actor, parts) as uow:
        return list((await service.list_mine(uow, PageRequest())).items)


async def test_a_validated_person_gets_one_certificate_that_verifies(
    container: Container, cast: Cast, enroll: Enroll
) -> None:
    await issue_all(container, await enroll(cast.lea, cast.marc))
    (pending,) = await mine(container, cast.lea)
    assert pending.status == Status.PENDING
    await seal_and_anchor(container)
    (view,) = await mine(container, cast.lea)
    assert view.status == Status.VALID
    found = await verification.verify_token(container, view.verification_token)
    assert found.status is Status.VALID
    assert {check.result for check in found.checks} == {"pass"}
    assert found.certificate is not None
    assert found.certificate.holder == "Lea Test"
    async with unit_of_work(cast.lea, container) as uow:
        document = await service.download(uow, view.id)
    assert hashlib.sha256(document.content).hexdigest() == view.file_sha256
    assert document.content.startswith(b"%PDF-")


async def test_issuing_twice_or_at_once_gives_one_certificate(container: Container, cast: Cast, enroll: Enroll) -> None:
    (enrollment,) = await enroll(cast.lea)
    ids = await asyncio.gather(*(issuing.issue(enrollment, container) for _ in range(5)))
    assert len(set(ids)) == 1
    async with unit_of_work(SYSTEM, container) as uow:
        assert (await uow.session.execute(select(func.count()).select_from(Certificate))).scalar_one() == 1


async def test_a_crash_before_the_document_is_made_up_for(container: Container, cast: Cast, enroll: Enroll) -> None:
    (enrollment,) = await enroll(cast.lea)
    async with unit_of_work(SYSTEM, container) as uow:
        registered = await issuing.register(uow, enrollment)
    (view,) = await mine(container, cast.lea)
    assert not view.downloadable
    assert await issuing.issue(enrollment, container) == registered
    (made,) = await mine(container, cast.lea)
    assert made.downloadable
    assert made.verification_token == view.verification_token


@pytest.mark.parametrize("changes", [{"present": False}, {"passed": False}, {"passed": None}, {"status": "CONFIRMED"}])
async def test_no_certificate_for_who_was_absent_or_failed(
    container: Container, cast: Cast, enroll: Enroll, changes: dict[str, Any]
) -> None:
    (enrollment,) = await enroll(cast.lea, **changes)
    assert await issuing.issue(enrollment, container) is None
    assert await mine(container, cast.lea) == []


async def test_who_may_see_a_certificate(container: Container, cast: Cast, enroll: Enroll) -> None:
    (certificate,) = await issue_all(container, await enroll(cast.lea))
    for actor in (cast.lea, cast.tom, cast.olga, cast.marc, cast.ada):
        async with unit_of_work(actor, container) as uow:
            assert (await service.get(uow, certificate)).id == certificate
            assert (await service.download(uow, certificate)).content
    async with unit_of_work(cast.stranger, container) as uow:
        with pytest.raises(NotFoundError):
            await service.get(uow, certificate)
        with pytest.raises(NotFoundError):
            await service.download(uow, certificate)
    async with unit_of_work(ANONYMOUS, container) as uow:
        with pytest.raises(NotAuthenticatedError):
            await service.get(uow, certificate)
    assert await mine(container, cast.marc) == []


async def test_certificates_of_enrolments_shows_only_what_one_may_see(
    container: Container, cast: Cast, enroll: Enroll
) -> None:
    enrollments = await enroll(cast.lea, cast.marc)
    await issue_all(container, enrollments)
    async with unit_of_work(cast.lea, container) as uow:
        assert set(await service.certificates_of(uow, enrollments)) == {enrollments[0]}
    async with unit_of_work(cast.tom, container) as uow:
        assert set(await service.certificates_of(uow, enrollments)) == set(enrollments)


async def test_revoking_counts_at_once_and_reaches_the_chain(container: Container, cast: Cast, enroll: Enroll) -> None:
    first, second = await issue_all(container, [*await enroll(cast.lea), *await enroll(cast.lea)])
    await seal_and_anchor(container)
    command = RevokeCommand(certificate_id=first, reason=RevocationReason.REPLACED, replaced_by=second)
    for actor, refusal in (
        (cast.stranger, NotFoundError),
        (cast.lea, PermissionDeniedError),
        (cast.tom, PermissionDeniedError),
    ):
        async with unit_of_work(actor, container) as uow:
            with pytest.raises(refusal):
                await revocation.revoke(uow, command)
    olga = dataclasses.replace(cast.olga, authenticated_at=container.clock.now())
    async with unit_of_work(olga, container) as uow:
        view = await revocation.revoke(uow, command)
    found = await verification.verify_token(container, view.verification_token)
    assert (found.status, found.revocation_reason) == (Status.REVOKED, "replaced")
    assert found.replaced_by is not None
    assert found.replaced_by.verification_path is not None
    await seal_and_anchor(container)
    async with unit_of_work(SYSTEM, container) as uow:
        row = await uow.session.get_one(Certificate, first)
    assert row.commitment is not None
    assert row.token_id is not None
    assert await container.ports.chain.verify(row.token_id, row.commitment, tuple(row.proof or ())) == "revoked"
    async with unit_of_work(olga, container) as uow:
        with pytest.raises(AlreadyRevokedError):
            await revocation.revoke(uow, command)


async def test_the_holder_is_told_by_mail_and_the_jobs_do_it_all(
    container: Container, cast: Cast, enroll: Enroll, run_jobs: Callable[[], Awaitable[None]]
) -> None:
    (enrollment,) = await enroll(cast.lea)
    async with unit_of_work(SYSTEM, container) as uow:
        await uow.defer("certificates.issue", enrollment_id=str(enrollment))
    # Each job queues the next one: make the document, send the mail, seal, anchor.
    for _ in range(4):
        await run_jobs()
    (view,) = await mine(container, cast.lea)
    assert view.status == Status.VALID
    async with unit_of_work(SYSTEM, container) as uow:
        mails = (await uow.session.execute(select(OutgoingEmail))).scalars().all()
    assert [(mail.to_address, mail.sent_at is not None) for mail in mails] == [("lea@test.example", True)]


async def test_the_sweep_makes_up_for_lost_jobs_and_is_not_stopped_by_a_bad_one(
    container: Container, cast: Cast, enroll: Enroll, clock: MovableClock
) -> None:
    lost, broken = await enroll(cast.lea, cast.marc)
    async with unit_of_work(SYSTEM, container) as uow:
        bad = await issuing.register(uow, broken)
        await uow.session.execute(update(Certificate).values(token_sealed=b"no longer readable"))
    clock.move(minutes=5)
    await jobs.sweep_enrollments(0)
    await jobs.sweep(0)
    (view,) = await mine(container, cast.lea)
    assert (view.enrollment_id, view.status) == (lost, Status.VALID)
    async with unit_of_work(SYSTEM, container) as uow:
        assert (await uow.session.get_one(Certificate, bad)).commitment is None
