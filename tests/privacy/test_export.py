"""An export holds everything that is held on a person, and nothing of anybody else."""

import base64
import io
import json
import zipfile
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.kyc.models import DocumentKind
from pygmalion_app.kyc.policy import Subject
from pygmalion_app.privacy import exports
from pygmalion_app.privacy.errors import ExportExpiredError
from pygmalion_app.privacy.jobs import do_daily
from pygmalion_app.privacy.schemas import ExportView
from tests.cast import Cast, add_session
from tests.clock import MovableClock
from tests.kyc.conftest import CONTENT, Send, looked_at, send  # noqa: F401 - fixtures
from tests.privacy.planting import CANARY, OTHER, Plant, plant

RunJobs = Callable[[], Awaitable[None]]

WITHHELD = {
    "users.password_hash": "a secret of the account",
    "totp_factors.sealed_secret": "a secret of the account",
    "passkey_challenges.challenge": "a secret of the account",
    "kyc_documents.wrapped_key": "the document itself is in the archive, decrypted",
    "kyc_documents.key_id": "names a key of the installation",
    "external_certificates.wrapped_key": "the file itself is in the archive, decrypted",
    "external_certificates.key_id": "names a key of the installation",
    **{
        f"{table}.{column}": "the drawing itself is in the archive, decrypted"
        for table in ("attendance_marks", "attendance_countersignatures")
        for column in ("sealed", "wrapped_key", "key_id")
    },
    "calendar_entries.digest": "a hash of what one's own calendar feed said",
    "privacy_exports.wrapped_key": "an archive's own key",
    "privacy_exports.key_id": "names a key of the installation",
}
"""Columns that are not given out, each with its reason; hashes and sealed tokens are known by their names."""
_SECRET_ENDINGS = ("_hash", "_sealed", "id_token")


async def _planted(container: Container, cast: Cast, clock: MovableClock, person: Actor, mark: str) -> Plant:
    async with unit_of_work(SYSTEM, container) as uow:
        past = await add_session(uow, cast.course, cast.school, cast.tom.user_id, in_days=-2)
        planted = await plant(uow.session, cast, person, mark, clock.now(), past)
        await uow.sql("DELETE FROM privacy_exports WHERE user_id = %(id)s", id=person.user_id)
    await container.ports.files.put(f"certificates/{mark}.pdf", f"%PDF {mark}-document".encode())
    return planted


async def _exported(container: Container, person: Actor, run_jobs: RunJobs) -> ExportView:
    async with unit_of_work(person, container) as uow:
        await exports.request_export(uow)
    await run_jobs()
    async with unit_of_work(person, container) as uow:
        found = await exports.my_export(uow)
    assert found
    assert found.status == "ready"
    return found


def _said(value: Any) -> str:
    """Return how a value reads in the archive's JSON."""
    if isinstance(value, dict):
        return str(next(one for one in value.values() if CANARY in str(one)))
    if isinstance(value, list):
        return _said(value[0])
    return base64.b64encode(value).decode() if isinstance(value, bytes) else json.dumps(str(value))[1:-1]


async def test_everything_held_on_a_person_and_on_nobody_else_comes_out(
    container: Container, cast: Cast, clock: MovableClock, run_jobs: RunJobs
) -> None:
    planted = await _planted(container, cast, clock, cast.lea, CANARY)
    await _planted(container, cast, clock, cast.marc, OTHER)
    found = await _exported(container, cast.lea, run_jobs)
    async with unit_of_work(cast.lea, container) as uow:
        archive = zipfile.ZipFile(io.BytesIO(await exports.download(uow, found.id)))
    names = archive.namelist()
    everything = "\n".join(archive.read(name).decode("utf-8", "replace") for name in names)
    missing = {
        column
        for column, value in planted.columns.items()
        if not column.endswith(_SECRET_ENDINGS)
        and column not in WITHHELD
        and not column.startswith("privacy_exports.")
        and _said(value) not in everything
    }
    assert not missing, f"held, and not in the export: {sorted(missing)}"
    assert OTHER not in everything
    assert str(cast.marc.user_id) not in everything
    assert f"%PDF {CANARY}-document" in everything
    for secret in ("password_hash", "token_hash", "sealed_secret"):
        assert secret not in everything


async def test_ones_own_identity_documents_come_out_readable(
    container: Container,
    cast: Cast,
    run_jobs: RunJobs,
    send: Send,  # noqa: F811
) -> None:
    await send(cast.lea, Subject(user_id=cast.lea.user_id), DocumentKind.PASSPORT)
    found = await _exported(container, cast.lea, run_jobs)
    async with unit_of_work(cast.lea, container) as uow:
        archive = zipfile.ZipFile(io.BytesIO(await exports.download(uow, found.id)))
    (document,) = [name for name in archive.namelist() if name.startswith("files/identity/")]
    assert archive.read(document) == CONTENT


async def test_an_archive_is_its_owners_alone_and_does_not_stay(
    container: Container, cast: Cast, clock: MovableClock, run_jobs: RunJobs
) -> None:
    found = await _exported(container, cast.lea, run_jobs)
    stored = container.settings.pygmalion_home / "files" / exports.file_key(found.id)
    assert b"PK" not in stored.read_bytes()[:4], "stored in the clear"
    for somebody in (cast.marc, cast.ada):
        async with unit_of_work(somebody, container) as uow:
            with pytest.raises(NotFoundError):
                await exports.download(uow, found.id)
    clock.move(days=7, seconds=1)
    async with unit_of_work(cast.lea, container) as uow:
        assert await exports.my_export(uow) is None
        with pytest.raises(ExportExpiredError):
            await exports.download(uow, found.id)
    await do_daily()
    await run_jobs()
    assert not stored.exists()


async def test_a_new_archive_takes_the_old_ones_place(container: Container, cast: Cast, run_jobs: RunJobs) -> None:
    first = await _exported(container, cast.lea, run_jobs)
    second = await _exported(container, cast.lea, run_jobs)
    files = container.settings.pygmalion_home / "files" / "exports"
    assert [path.name for path in files.iterdir()] == [str(second.id)]
    assert first.id != second.id
