"""What time does: reminders, lapses, files left behind, keys that change."""

import asyncio
import base64
import dataclasses
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.config import Settings
from pygmalion_app.core.envelope import WrappedKey
from pygmalion_app.core.errors import NotFoundError, UnavailableError
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.kyc import documents, jobs, policy, queries, rotation, service, upkeep
from pygmalion_app.kyc.errors import CaseClosedError
from pygmalion_app.kyc.models import DocumentKind, KycDocument
from pygmalion_app.kyc.policy import Subject
from pygmalion_app.kyc.schemas import UploadDocument
from pygmalion_app.launch.paths import PROJECT
from tests.cast import Cast
from tests.clock import MovableClock
from tests.kyc.conftest import CONTENT, Send, Submitted, decided, far, view


async def _mails(container: Container, to: str) -> list[str]:
    async with unit_of_work(SYSTEM, container) as uow:
        rows = await uow.session.execute(
            text("SELECT subject FROM outgoing_emails WHERE to_address = :to ORDER BY id"), {"to": to}
        )
        return list(rows.scalars())


async def test_reminders_then_the_end(
    container: Container, cast: Cast, lea: Subject, submitted: Submitted, clock: MovableClock
) -> None:
    await decided(container, cast.ada, await submitted(cast.lea, lea))
    assert len(await _mails(container, "lea@test.example")) == 1
    seen: list[int] = []
    # The documents are valid for 400 days more.
    for days in (369, 1, 1, 22, 1, 5, 1, 1, 1):
        clock.move(days=days)
        for _ in range(2):
            await jobs.lapse(0)
        seen.append(len(await _mails(container, "lea@test.example")) - 1)
    # After 369 days: 31 left. Then 30 (first), 29, 7 (second), 6, 1, 0 (still stands), -1 (ended), -2.
    assert seen == [0, 1, 1, 2, 2, 2, 2, 3, 3]
    ended = await view(container, cast.lea, lea)
    assert (ended.state, ended.verified, ended.editable, ended.reason) == ("expired", False, True, None)
    assert ended.history[-1].by is None


async def test_a_reminder_that_was_missed_is_not_sent_late_and_twice(
    container: Container, cast: Cast, lea: Subject, submitted: Submitted, clock: MovableClock
) -> None:
    await decided(container, cast.ada, await submitted(cast.lea, lea))
    clock.move(days=396)
    await jobs.lapse(0)
    await jobs.lapse(0)
    assert len(await _mails(container, "lea@test.example")) == 2


async def test_an_organisation_whose_day_is_past_is_not_verified_even_before_the_job_runs(
    container: Container, cast: Cast, clock: MovableClock
) -> None:
    clock.move(days=901)
    async with unit_of_work(SYSTEM, container) as uow:
        assert not await queries.is_verified(uow, cast.school)
    await jobs.lapse(0)
    # A lapse stops publishing and payment, not what people have planned.
    async with unit_of_work(SYSTEM, container) as uow:
        rows = await uow.session.execute(text("SELECT count(*) FROM organizations WHERE sales_stopped_at IS NOT NULL"))
        assert rows.scalar_one() == 0
    assert len(await _mails(container, "olga@test.example")) == 1


class _FullDisk:
    """A store that fails where it is asked to write."""

    name = "full"

    def __init__(self, inner: object) -> None:
        self._inner = inner

    def __getattr__(self, name: str) -> object:
        return getattr(self._inner, name)

    async def put(self, _key: str, _content: bytes) -> None:
        raise UnavailableError(part="files")


async def test_an_upload_cut_short_leaves_nothing(
    container: Container, cast: Cast, lea: Subject, looked_at: None, clock: MovableClock,
    run_jobs: Callable[[], Awaitable[None]],
) -> None:  # fmt: skip
    from pygmalion_app.core import unit_of_work as units

    broken = dataclasses.replace(
        container, ports=dataclasses.replace(container.ports, files=_FullDisk(container.ports.files))
    )  # pyright: ignore[reportArgumentType]
    units.install(broken)
    with pytest.raises(UnavailableError):
        await documents.upload(
            cast.lea, lea, UploadDocument(kind=DocumentKind.PASSPORT, valid_until=far(container)), CONTENT
        )
    units.install(container)
    assert (await view(container, cast.lea, lea)).documents == ()
    # As if the file had been written and the process killed before it could say so.
    async with unit_of_work(SYSTEM, container) as uow:
        (left,) = (await uow.session.execute(text("SELECT id FROM kyc_documents"))).scalars().all()
    await container.ports.files.put(documents.file_key(left), b"sealed")
    async with unit_of_work(SYSTEM, container) as uow:
        assert await upkeep.sweep(uow) == 0
    clock.move(hours=3)
    async with unit_of_work(SYSTEM, container) as uow:
        assert await upkeep.sweep(uow) == 1
    await run_jobs()
    with pytest.raises(NotFoundError):
        await container.ports.files.get(documents.file_key(left))


async def test_a_document_taken_back_is_gone(
    container: Container, cast: Cast, lea: Subject, send: Send, run_jobs: Callable[[], Awaitable[None]]
) -> None:
    document = await send(cast.lea, lea, DocumentKind.PASSPORT)
    async with unit_of_work(cast.lea, container) as uow:
        await service.remove_document(uow, lea, document.id)
    await run_jobs()
    assert (await view(container, cast.lea, lea)).documents == ()
    with pytest.raises(NotFoundError):
        await container.ports.files.get(documents.file_key(document.id))


NEW_KEY = {"k2": base64.b64encode(b"2" * 32).decode()}


def _with_keys(container: Container, *, old: bool) -> Settings:
    """Return the settings with a second key that new documents use, with or without the first."""
    keys = NEW_KEY | (json.loads(container.settings.file_keys.get_secret_value()) if old else {})
    return Settings(
        **(container.settings.model_dump() | {"file_keys": SecretStr(json.dumps(keys)), "file_key_current": "k2"})
    )


async def test_the_key_changes_in_steps_and_no_document_is_lost(
    container: Container, cast: Cast, lea: Subject, send: Send
) -> None:
    sent = [await send(cast.lea, lea, DocumentKind.IDENTITY_CARD) for _ in range(5)]
    rotating = dataclasses.replace(container, settings=_with_keys(container, old=True))
    async with unit_of_work(SYSTEM, rotating) as uow:
        assert await rotation.rewrap_some(uow, 2) == 2
    # Killed in the middle of the next step: nothing of it stands.
    with pytest.raises(KeyboardInterrupt):
        await _killed_in_a_step(rotating)
    async with unit_of_work(SYSTEM, rotating) as uow:
        assert await rotation.keys_in_use(uow) == {"k1": 3, "k2": 2}
        for one in sent:
            assert await _opens(rotating, one.id, cast)
    while True:
        async with unit_of_work(SYSTEM, rotating) as uow:
            if not await rotation.rewrap_some(uow, 2):
                break
    without_old = dataclasses.replace(container, settings=_with_keys(container, old=False))
    for one in sent:
        assert await _opens(without_old, one.id, cast)


async def _killed_in_a_step(parts: Container) -> None:
    async with unit_of_work(SYSTEM, parts) as uow:
        assert await rotation.rewrap_some(uow, 2) == 2
        raise KeyboardInterrupt


async def _opens(parts: Container, document_id: object, cast: Cast) -> bool:
    async with unit_of_work(SYSTEM, parts) as uow:
        document = await uow.session.get_one(KycDocument, document_id)
        sealed = await uow.ports.files.get(documents.file_key(document.id))
    bound = policy.belongs_to(cast.lea.user_id, None, document.id)
    ring = parts.settings.file_key_ring
    return ring.open(sealed, WrappedKey(document.key_id, document.wrapped_key), bound) == CONTENT


def _killed_and_run_again(environment: dict[str, str]) -> str:
    command = [sys.executable, "-m", "pygmalion_app.commands.rotate_file_keys"]
    killed = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL)
    # Some are killed before they begin, some in the middle, some after the end: none of it may matter.
    time.sleep(random.uniform(0.5, 2))
    killed.send_signal(signal.SIGKILL)
    killed.wait(20)
    return subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=True).stdout


async def test_the_command_may_be_killed_and_run_again(
    container: Container, cast: Cast, lea: Subject, send: Send
) -> None:
    sent = [await send(cast.lea, lea, DocumentKind.IDENTITY_CARD) for _ in range(3)]
    rotated = _with_keys(container, old=True)
    environment = {
        **os.environ,
        "DATABASE_URL": container.settings.database_url.get_secret_value(),
        "PYGMALION_HOME": str(container.settings.pygmalion_home),
        "FILE_KEYS": rotated.file_keys.get_secret_value(),
        "FILE_KEY_CURRENT": "k2",
        "SESSION_SECRET": container.settings.session_secret.get_secret_value(),
    }
    assert "k1: 0 documents, may be removed" in await asyncio.to_thread(_killed_and_run_again, environment)
    rotating = dataclasses.replace(container, settings=rotated)
    for one in sent:
        assert await _opens(rotating, one.id, cast)


async def test_a_submitted_case_stays_closed_while_time_passes(
    container: Container, cast: Cast, lea: Subject, submitted: Submitted, send: Send, clock: MovableClock
) -> None:
    await submitted(cast.lea, lea)
    clock.move(days=30)
    await jobs.lapse(0)
    with pytest.raises(CaseClosedError):
        await send(cast.lea, lea, DocumentKind.PASSPORT)
