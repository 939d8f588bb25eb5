"""Everything held on a person, as one archive: JSON for each area, and their files."""

import asyncio
import io
import re
import zipfile
from datetime import timedelta
from uuid import UUID

import msgspec
from sqlalchemy import delete, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from pygmalion_app.core import audit
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.addresses import address
from pygmalion_app.core.envelope import WrappedKey
from pygmalion_app.core.errors import BusyError, NotFoundError
from pygmalion_app.core.i18n import translate
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.limits import Limit, hit
from pygmalion_app.core.privacy import Held, Person, erase_file, holders
from pygmalion_app.core.unit_of_work import Container, UnitOfWork, unit_of_work
from pygmalion_app.notifications.service import queue_email
from pygmalion_app.privacy.errors import ExportExpiredError, ExportNotReadyError
from pygmalion_app.privacy.models import ExportStatus, PrivacyExport
from pygmalion_app.privacy.people import person_of
from pygmalion_app.privacy.schemas import ExportView

BUILD_TASK = "privacy.build_export"
LIFE = timedelta(days=7)
_STUCK_AFTER = timedelta(hours=1)
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


async def request_export(uow: UnitOfWork) -> ExportView:
    """Have an archive made of everything held on the caller; one that is being made already is given back.

    A new one takes the place of those before. Raises TooManyRequestsError, NotAuthenticatedError.
    """
    user_id = uow.actor.require_user()
    earlier = await _newest(uow, user_id)
    waiting = earlier is not None and earlier.status == ExportStatus.WAITING
    if earlier is not None and waiting and uow.clock.now() - earlier.requested_at < _STUCK_AFTER:
        return _view(earlier)
    await hit(Limit.EXPORT, user_id)
    await forget_exports(uow, user_id)
    now = uow.clock.now()
    values = {"id": new_id(), "user_id": user_id, "status": ExportStatus.WAITING, "done": 0, "parts": len(holders())}
    wanted = insert(PrivacyExport).values(**values, requested_at=now, expires_at=now + LIFE)
    # Of two requests at once, the second finds the first one's.
    once = wanted.on_conflict_do_nothing(index_elements=["user_id"], index_where=text("status = 'waiting'"))
    made = (await uow.session.execute(once.returning(PrivacyExport))).scalar_one_or_none()
    export = made or await _newest(uow, user_id)
    if export is None:
        raise BusyError
    if made is None:
        return _view(export)
    await audit.record(uow, "privacy.export_requested", subject_id=user_id)
    await uow.defer(BUILD_TASK, export_id=str(export.id))
    return _view(export)


async def my_export(uow: UnitOfWork) -> ExportView | None:
    """Return the caller's export that is under way or can be downloaded, None when there is none."""
    newest = await _newest(uow, uow.actor.require_user())
    if newest is None or newest.expires_at <= uow.clock.now():
        return None
    return _view(newest)


async def download(uow: UnitOfWork, export_id: UUID) -> bytes:
    """Return an archive to its owner.

    Raises NotFoundError to anybody else, ExportNotReadyError while it is made, ExportExpiredError after its days.
    """
    user_id = uow.actor.require_user()
    export = await uow.session.get(PrivacyExport, export_id)
    if export is None or export.user_id != user_id:
        raise NotFoundError(export=str(export_id))
    if export.expires_at <= uow.clock.now():
        raise ExportExpiredError
    if export.status != ExportStatus.READY or export.wrapped_key is None or export.key_id is None:
        raise ExportNotReadyError
    await audit.record(uow, "privacy.export_downloaded", subject_id=user_id)
    sealed = await uow.ports.files.get(file_key(export.id))
    wrapped = WrappedKey(export.key_id, export.wrapped_key)
    return await asyncio.to_thread(uow.settings.file_key_ring.open, sealed, wrapped, _bound(export))


async def build(export_id: UUID, parts: Container | None = None) -> None:
    """Gather, pack, encrypt and store an archive, then tell its owner. Doing it again does it anew."""
    async with unit_of_work(SYSTEM, parts) as uow:
        export = await uow.session.get(PrivacyExport, export_id)
        if export is None or export.status != ExportStatus.WAITING:
            return
        person = await person_of(uow, export.user_id)
    gathered: dict[str, Held] = {}
    for number, holder in enumerate(holders(), start=1):
        async with unit_of_work(SYSTEM, parts) as uow:
            gathered[holder.area] = await holder.export(uow, person)
            await uow.session.execute(
                update(PrivacyExport).where(col(PrivacyExport.id) == export_id).values(done=number)
            )
    archive = await asyncio.to_thread(pack, gathered, person)
    sealed, wrapped = await asyncio.to_thread(uow.settings.file_key_ring.seal, archive, _bound(export))
    await uow.ports.files.put(file_key(export_id), sealed)
    async with unit_of_work(SYSTEM, parts) as uow:
        await _finish(uow, export_id, person, wrapped, len(archive))


async def _finish(uow: UnitOfWork, export_id: UUID, person: Person, wrapped: WrappedKey, size: int) -> None:
    finished = await uow.session.get(PrivacyExport, export_id, with_for_update=True)
    if finished is None:
        # Its owner was erased, or asked anew, meanwhile.
        await erase_file(uow, file_key(export_id))
        return
    now = uow.clock.now()
    finished.status, finished.ready_at, finished.expires_at = ExportStatus.READY, now, now + LIFE
    finished.size_bytes, finished.key_id, finished.wrapped_key = size, wrapped.key_id, wrapped.value
    await uow.session.flush()
    path = address("privacy", person.locale)
    await queue_email(uow, person.email, "export-ready", person.locale, path=path, days=LIFE.days)


async def give_up(export_id: UUID) -> None:
    """Mark an export as failed once its job has tried often enough; its owner may ask again."""
    async with unit_of_work(SYSTEM) as uow:
        await uow.session.execute(
            update(PrivacyExport)
            .where(col(PrivacyExport.id) == export_id, col(PrivacyExport.status) == ExportStatus.WAITING)
            .values(status=ExportStatus.FAILED)
        )


async def forget_exports(uow: UnitOfWork, user_id: UUID) -> None:
    """Delete somebody's archives."""
    rows = await uow.session.execute(
        delete(PrivacyExport).where(col(PrivacyExport.user_id) == user_id).returning(col(PrivacyExport.id))
    )
    for export_id in rows.scalars().all():
        await erase_file(uow, file_key(export_id))


async def forget_expired(uow: UnitOfWork) -> int:
    """Delete the archives whose days are over and return how many there were."""
    rows = await uow.session.execute(
        delete(PrivacyExport).where(col(PrivacyExport.expires_at) <= uow.clock.now()).returning(col(PrivacyExport.id))
    )
    gone = rows.scalars().all()
    for export_id in gone:
        await erase_file(uow, file_key(export_id))
    return len(gone)


def pack(gathered: dict[str, Held], person: Person) -> bytes:
    """Return the archive: `readme.txt`, `data/<area>.json`, and files under `files/`."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", translate(person.locale, "privacy-export-readme"))
        for area, held in gathered.items():
            data = msgspec.json.format(msgspec.json.encode(held.records), indent=2)
            archive.writestr(f"data/{area}.json", data)
            for number, file in enumerate(held.files, start=1):
                folder, _, name = file.name.rpartition("/")
                # A name somebody chose must not lead out of the folder in which this is unpacked.
                safe = f"{number:03d}-{_UNSAFE.sub('_', name)[-100:]}"
                archive.writestr(f"files/{_UNSAFE.sub('_', folder) or area}/{safe}", file.content)
    return content.getvalue()


def file_key(export_id: UUID) -> str:
    """Return where an archive is stored."""
    return f"exports/{export_id}"


def _bound(export: PrivacyExport) -> bytes:
    return b"export" + export.user_id.bytes + export.id.bytes


async def _newest(uow: UnitOfWork, user_id: UUID) -> PrivacyExport | None:
    query = (
        select(PrivacyExport)
        .where(col(PrivacyExport.user_id) == user_id)
        .order_by(col(PrivacyExport.requested_at).desc())
        .limit(1)
    )
    return (await uow.session.execute(query)).scalar_one_or_none()


def _view(export: PrivacyExport) -> ExportView:
    ready = export.status == ExportStatus.READY
    return ExportView(
        id=export.id,
        status=export.status,
        done=export.done,
        parts=export.parts,
        requested_at=export.requested_at,
        ready_at=export.ready_at,
        expires_at=export.expires_at,
        size_bytes=export.size_bytes,
        download_path=f"/api/v1/privacy/export/{export.id}/download" if ready else None,
    )
