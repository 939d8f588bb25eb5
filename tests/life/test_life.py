"""Revoked, corrected, renewed: in any order, one version at most is live, and everything says the same of it."""

import random
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from psycopg.errors import InsufficientPrivilege

from pygmalion_app.accounts.errors import ReauthenticationRequiredError
from pygmalion_app.certificates import corrections, issuing, passport, revocation, service, verification
from pygmalion_app.certificates.errors import AlreadyRevokedError, NothingToCorrectError
from pygmalion_app.certificates.models import Certificate, RevocationReason
from pygmalion_app.certificates.schemas import CertificateView, CorrectCommand, RevokeCommand
from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.errors import InvalidInputError, NotFoundError, PermissionDeniedError, PygmalionError
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from tests.cast import Cast, add_course
from tests.clock import MovableClock
from tests.life.conftest import Complete, Register, proven

RunJobs = Callable[[], Awaitable[None]]


async def revoke(container: Container, actor: Actor, certificate: UUID, **facts: Any) -> CertificateView:
    command = RevokeCommand(
        **{"certificate_id": certificate, "reason": RevocationReason.FRAUD, "note": "seen on camera"} | facts
    )
    async with unit_of_work(proven(actor, container), container) as uow:
        return await revocation.revoke(uow, command)


async def correct(container: Container, actor: Actor, certificate: UUID, **changes: Any) -> CertificateView:
    async with unit_of_work(proven(actor, container), container) as uow:
        return await corrections.correct(uow, CorrectCommand(certificate_id=certificate, **changes))


async def mails(container: Container, subject: str) -> list[str]:
    async with unit_of_work(SYSTEM, container) as uow:
        rows = await uow.sql("SELECT to_address, subject, text FROM outgoing_emails ORDER BY id")
    return [row["text"] for row in rows if subject in row["subject"]]


async def test_revoking_asks_who_it_is_tells_the_holder_and_keeps_the_note(
    container: Container, cast: Cast, register: Register
) -> None:
    certificate = await register(cast.lea)
    async with unit_of_work(cast.olga, container) as uow:
        with pytest.raises(ReauthenticationRequiredError):
            await revocation.revoke(uow, RevokeCommand(certificate_id=certificate, reason=RevocationReason.FRAUD))
    for actor, refusal in (
        (cast.stranger, NotFoundError),
        (cast.marc, PermissionDeniedError),
        (cast.tom, PermissionDeniedError),
        (cast.lea, PermissionDeniedError),
    ):
        with pytest.raises(refusal):
            await revoke(container, actor, certificate)
    view = await revoke(container, cast.olga, certificate)
    assert (view.status, view.life) == ("revoked", "revoked")
    with pytest.raises(AlreadyRevokedError):
        await revoke(container, cast.olga, certificate)
    assert (await verification.verify_certificate(container, certificate)).status == "revoked"
    (mail,) = await mails(container, "révoqué")
    assert "fraude" in mail
    async with unit_of_work(cast.lea, container) as uow:
        told = await passport.passport(uow)
        page = await service.list_mine(uow, PageRequest())
    assert "camera" not in mail + told.model_dump_json() + page.items[0].model_dump_json()
    async with unit_of_work(SYSTEM, container) as uow:
        assert (await uow.session.get_one(Certificate, certificate)).revocation_note == "seen on camera"


async def test_a_correction_takes_the_place_of_what_was_wrong(
    container: Container, cast: Cast, register: Register, run_jobs: RunJobs
) -> None:
    old = await register(cast.lea, days_ago=3)
    async with unit_of_work(cast.lea, container) as uow:
        before = await service.get(uow, old)
    with pytest.raises(NothingToCorrectError):
        await correct(container, cast.olga, old, holder="Lea Test")
    for wrong in (before.completed_on - timedelta(days=9), container.clock.now().date() + timedelta(days=2)):
        with pytest.raises(InvalidInputError):
            await correct(container, cast.olga, old, completed_on=wrong)
    moved = before.completed_on + timedelta(days=1)
    view = await correct(container, cast.olga, old, holder="Léa Testé", completed_on=moved, note="typing error")
    assert (view.holder, view.completed_on, view.corrects) == ("Léa Testé", moved, old)
    assert view.valid_until is not None
    assert before.valid_until is not None
    assert view.valid_until > before.valid_until
    await run_jobs()
    async with unit_of_work(cast.lea, container) as uow:
        replaced, corrected = await service.get(uow, old), await service.get(uow, view.id)
        linked = await service.certificates_of(uow, [view.enrollment_id])
    assert (replaced.life, replaced.replaced_by) == ("corrected", view.id)
    assert (corrected.life, corrected.downloadable) == ("pending", True)
    assert linked[view.enrollment_id].id == view.id
    found = await verification.verify_certificate(container, old)
    assert found.status == "revoked"
    assert found.replaced_by is not None
    assert found.replaced_by.number == view.number
    assert len(await mails(container, "corrigé")) == 1
    # Asked again for the enrolment's certificate, a lost job finds the corrected one and issues nothing.
    assert await issuing.issue(view.enrollment_id, container) == view.id


async def test_a_successor_is_live_and_of_the_same_holder_and_school(
    container: Container, cast: Cast, register: Register
) -> None:
    first, second, marcs = await register(cast.lea), await register(cast.lea), await register(cast.marc)
    replaced: dict[str, Any] = {"reason": RevocationReason.REPLACED}
    for successor in (None, first, marcs):
        with pytest.raises(InvalidInputError):
            await revoke(container, cast.olga, first, replaced_by=successor, **replaced)
    await revoke(container, cast.olga, first, replaced_by=second, **replaced)
    with pytest.raises(InvalidInputError):
        await revoke(container, cast.olga, second, replaced_by=first, **replaced)


async def test_a_newer_completion_of_the_same_course_renews(
    container: Container, cast: Cast, register: Register, clock: MovableClock
) -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        other = await add_course(uow, cast.school, "Autre chose")
    old = await register(cast.lea, days_ago=1090)
    await register(cast.lea, days_ago=2, course=other)
    new = await register(cast.lea, days_ago=1)
    async with unit_of_work(cast.lea, container) as uow:
        view = await service.get(uow, old)
        assert (view.life, view.renewed_by, view.status) == ("renewed", new, "pending")
        book = await passport.passport(uow)
    by_size = {len(one.certificates): one for one in book.lineages}
    assert by_size[2].current == new
    assert [event.kind for event in by_size[2].events if event.certificate_id == old] == ["renewed", "issued"]
    corrected = await correct(container, cast.olga, new, holder="Léa")
    async with unit_of_work(cast.lea, container) as uow:
        assert (await service.get(uow, old)).renewed_by == corrected.id
    # Taken back, it renews nothing any more.
    await revoke(container, cast.olga, corrected.id)
    clock.move(days=30)
    async with unit_of_work(cast.lea, container) as uow:
        assert (await service.get(uow, old)).life == "expired"
        assert {event.kind for event in (await passport.history(uow, old)).events} == {
            "issued", "renewed", "corrected", "revoked",
        }  # fmt: skip


async def test_events_are_only_ever_added(container: Container, cast: Cast, register: Register) -> None:
    await register(cast.lea)
    for statement in ("UPDATE certificate_events SET kind = 'expired'", "DELETE FROM certificate_events"):
        with pytest.raises(InsufficientPrivilege):
            async with unit_of_work(SYSTEM, container) as uow:
                await uow.sql(statement)  # pyright: ignore[reportArgumentType]


async def test_in_any_order_one_version_is_live_and_all_records_agree(
    container: Container, cast: Cast, complete: Complete, clock: MovableClock
) -> None:
    """Random histories, always the same ones: whatever is refused changes nothing, whatever is not is told alike."""
    chance = random.Random(5)
    known: list[UUID] = []
    for _ in range(60):
        clock.move(hours=1)
        act = chance.choice(["register", "register", "again", "revoke", "replace", "correct", "correct", "correct"])
        one, other = (chance.choice(known[-5:]) if known else None for _ in range(2))
        try:
            if act == "register" or one is None:
                (enrollment,) = await complete(chance.choice([cast.lea, cast.marc]), days_ago=chance.randint(1, 900))
                async with unit_of_work(SYSTEM, container) as uow:
                    known.append(await issuing.register(uow, enrollment) or UUID(int=0))
            elif act == "again":
                async with unit_of_work(SYSTEM, container) as uow:
                    row = await uow.session.get_one(Certificate, one)
                    await issuing.register(uow, row.enrollment_id)
            elif act == "revoke":
                await revoke(container, cast.olga, one)
            elif act == "replace":
                await revoke(container, cast.olga, one, reason=RevocationReason.REPLACED, replaced_by=other)
            else:
                known.append((await correct(container, cast.olga, one, holder=f"Holder {chance.random()}")).id)
        except PygmalionError:
            pass
        await _agree(container)
    assert len(known) > 15


_FACTS = """
SELECT c.id, c.enrollment_id, c.user_id, c.revoked_at IS NOT NULL AS revoked, c.replaced_by, c.corrects, c.renews,
  c.content->>'completedOn' AS completed,
  (SELECT count(*) FROM chain_operations o WHERE o.certificate_id = c.id) AS calls,
  (SELECT array_agg(kind ORDER BY kind) FROM certificate_events e WHERE e.certificate_id = c.id
    AND kind IN ('issued', 'revoked', 'corrected')) AS events
FROM certificates c
"""


async def _agree(container: Container) -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        rows = {row["id"]: row for row in await uow.sql(_FACTS)}
    for row in rows.values():
        assert row["calls"] == (1 if row["revoked"] else 0)
        assert len(row["events"]) == (2 if row["revoked"] else 1)
        assert (row["replaced_by"] is None) or row["revoked"]
        if row["corrects"]:
            assert rows[row["corrects"]]["replaced_by"] == row["id"]
        if row["renews"]:
            before = rows[row["renews"]]
            assert (before["user_id"], before["enrollment_id"] != row["enrollment_id"]) == (row["user_id"], True)
            assert date.fromisoformat(before["completed"]) < date.fromisoformat(row["completed"])
    for enrollment in {row["enrollment_id"] for row in rows.values()}:
        versions = [row for row in rows.values() if row["enrollment_id"] == enrollment]
        (tip,) = [row for row in versions if not any(other["corrects"] == row["id"] for other in versions)]
        assert [row["id"] for row in versions if not row["revoked"]] == ([] if tip["revoked"] else [tip["id"]])
        # Wherever a chain of replacements leads, it ends.
        seen, at = set(), tip
        while at["replaced_by"]:
            assert at["id"] not in seen
            seen.add(at["id"])
            at = rows[at["replaced_by"]]
