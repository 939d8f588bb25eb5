"""Certificates obtained elsewhere: taken in as identity documents are (looked at, scanned, encrypted), given out."""

import asyncio
import logging
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import LiteralString
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col

from pygmalion_app.catalog.models import CourseType
from pygmalion_app.certificates import external_queries
from pygmalion_app.certificates.errors import (
    ExternalInfectedError,
    ExternalRefusedFileError,
    ExternalUnreadableError,
    TooManyExternalError,
)
from pygmalion_app.certificates.external_schemas import ExternalView, UploadExternal
from pygmalion_app.certificates.life_models import ExternalCertificate, ExternalState
from pygmalion_app.core import audit
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.envelope import TamperedError, WrappedKey
from pygmalion_app.core.errors import InvalidInputError, NotFoundError
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.limits import Limit, hit
from pygmalion_app.core.unit_of_work import UnitOfWork, unit_of_work
from pygmalion_app.kyc.inspection import service as inspection
from pygmalion_app.kyc.inspection.verdict import Clean, RefusedError

DELETE_TASK = "certificates.delete_external"
MAX_WAITING = 20
_LEFT_BEHIND = timedelta(hours=2)
_LONGEST_NAME = 80
_SUFFIXES = {"application/pdf": "pdf", "image/jpeg": "jpg"}
# The company that checks: one that somebody else than the holder manages.
_CHECKING: LiteralString = """
SELECT o.id FROM organization_members m JOIN organizations o ON o.id = m.organization_id
WHERE m.user_id = %(user)s AND o.kind <> 'training' AND EXISTS (
  SELECT FROM organization_members b WHERE b.organization_id = o.id AND b.user_id <> m.user_id
    AND b.role IN ('manager', 'airport_manager'))
ORDER BY o.id = %(active)s DESC, m.id LIMIT 1
"""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ExternalFile:
    """A file's content, decrypted."""

    name: str
    media_type: str
    content: bytes


def file_key(certificate_id: UUID) -> str:
    """Return where a file is in the store."""
    return f"external/{certificate_id}"


def belongs_to(user_id: UUID, certificate_id: UUID) -> bytes:
    """Return what a file's encryption is bound to: its holder and itself."""
    return f"user:{user_id}/external:{certificate_id}".encode()


async def begin_upload(actor: Actor) -> None:
    """Let an upload begin, before its bytes are read. Raises NotAuthenticatedError, TooManyRequestsError."""
    await hit(Limit.UPLOAD, actor.require_user())


async def upload(actor: Actor, command: UploadExternal, content: bytes) -> ExternalView:
    """Look at, scan, encrypt and keep a certificate of the caller's, and have it checked by a person.

    Raises NotAuthenticatedError, ExternalRefusedFileError, ExternalInfectedError, TooManyExternalError,
    InvalidInputError (an unknown type of course, a date to come), UnavailableError (the scanner does not answer).
    """
    async with unit_of_work(actor) as uow:
        await _require_sense(uow, command)
    try:
        clean = await inspection.inspect(content)
    except RefusedError as error:
        raise ExternalRefusedFileError(field="file", fault=error.fault.value) from None
    if uow.ports.scanner is not None and (found := await uow.ports.scanner.scan(content)) is not None:
        log.warning("an uploaded certificate was refused by %s: %s", uow.ports.scanner.name, found)
        raise ExternalInfectedError(field="file")
    return await keep(actor, command, clean)


async def keep(actor: Actor, command: UploadExternal, clean: Clean) -> ExternalView:
    """Encrypt and keep a certificate that was looked at.

    The row is there before the file and complete after it: killed in between, the daily job removes both.
    """
    async with unit_of_work(actor) as uow:
        await _require_sense(uow, command)
        row, sealed = await _announced(uow, command, clean)
    await uow.ports.files.put(file_key(row.id), sealed)
    async with unit_of_work(actor) as uow:
        async with uow.elevated():
            stored = await uow.session.get(ExternalCertificate, row.id, with_for_update=True)
            if stored is None:
                raise NotFoundError(certificate=str(row.id))
            stored.stored_at = uow.clock.now()
            await uow.session.flush()
        await audit.record(uow, "certificate.external_uploaded", subject_id=row.id, organization_id=row.organization_id)
        return await external_queries.one(uow, row.id)


async def read_file(actor: Actor, certificate_id: UUID, page: int | None = None) -> ExternalFile:
    """Return a file (or one page of it as a picture) to its holder or a reviewer, whose reading is audited.

    Raises NotAuthenticatedError, NotFoundError, ExternalUnreadableError.
    """
    async with unit_of_work(actor) as uow:
        await external_queries.one(uow, certificate_id)
        row = await uow.session.get_one(ExternalCertificate, certificate_id)
        if page is not None and not 1 <= page <= row.pages:
            raise NotFoundError(page=page)
        if row.user_id != actor.user_id:
            await audit.record(uow, "certificate.external_read", subject_id=row.id, organization_id=row.organization_id)
    opened = await _opened(uow, row)
    if page is None or row.media_type != "application/pdf":
        return opened
    try:
        return ExternalFile(f"{page}.jpg", "image/jpeg", await inspection.page_picture(opened.content, page))
    except RefusedError:
        raise ExternalUnreadableError(certificate=str(certificate_id)) from None


async def take_back(uow: UnitOfWork, certificate_id: UUID) -> None:
    """Delete one's own certificate obtained elsewhere, whatever was decided. Raises NotFoundError."""
    row = await uow.session.get(ExternalCertificate, certificate_id)
    if row is None or row.user_id != uow.actor.require_user():
        raise NotFoundError(certificate=str(certificate_id))
    await uow.session.delete(row)
    await uow.session.flush()
    await uow.defer(DELETE_TASK, certificate_id=str(certificate_id))


async def sweep(uow: UnitOfWork) -> int:
    """Remove what was left by uploads that were cut short; returns how many."""
    query = select(ExternalCertificate).where(
        col(ExternalCertificate.stored_at).is_(None),
        col(ExternalCertificate.created_at) < uow.clock.now() - _LEFT_BEHIND,
    )
    found = (await uow.session.execute(query)).scalars().all()
    for row in found:
        await uow.session.delete(row)
        await uow.defer(DELETE_TASK, certificate_id=str(row.id))
    await uow.session.flush()
    return len(found)


async def delete_file(uow: UnitOfWork, certificate_id: UUID) -> None:
    """Delete a file unless its row is there; deleting twice is no error."""
    if await uow.session.get(ExternalCertificate, certificate_id) is None:
        await uow.ports.files.delete(file_key(certificate_id))


async def rewrap_some(uow: UnitOfWork, limit: int = 100) -> int:
    """Wrap some files' keys under the current key-encryption key, as `kyc.rotation.rewrap_some`; returns how many."""
    ring = uow.settings.file_key_ring
    query = (
        select(ExternalCertificate)
        .where(col(ExternalCertificate.key_id) != ring.current)
        .order_by(col(ExternalCertificate.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    found = (await uow.session.execute(query)).scalars().all()
    for row in found:
        wrapped = ring.rewrap(WrappedKey(row.key_id, row.wrapped_key), belongs_to(row.user_id, row.id))
        row.key_id, row.wrapped_key = wrapped.key_id, wrapped.value
    await uow.session.flush()
    return len(found)


async def keys_in_use(uow: UnitOfWork) -> dict[str, int]:
    """Return how many files depend on each key-encryption key."""
    column = col(ExternalCertificate.key_id)
    return dict((await uow.session.execute(select(column, func.count()).group_by(column))).all())


async def _require_sense(uow: UnitOfWork, command: UploadExternal) -> None:
    user = uow.actor.require_user()
    if command.obtained_on > uow.clock.now().date():
        raise InvalidInputError(field="obtainedOn")
    if command.type_code is not None:
        known = select(col(CourseType.id)).where(col(CourseType.code) == command.type_code)
        if (await uow.session.execute(known)).first() is None:
            raise InvalidInputError(field="typeCode")
    waiting = select(func.count()).where(
        col(ExternalCertificate.user_id) == user, col(ExternalCertificate.state) == ExternalState.WAITING
    )
    if (await uow.session.execute(waiting)).scalar_one() >= MAX_WAITING:
        raise TooManyExternalError(limit=MAX_WAITING)


async def _announced(uow: UnitOfWork, command: UploadExternal, clean: Clean) -> tuple[ExternalCertificate, bytes]:
    """Write the row of a file that is about to be stored; returns it and the file, encrypted."""
    user, row_id = uow.actor.require_user(), new_id()
    sealed, wrapped = await asyncio.to_thread(uow.settings.file_key_ring.seal, clean.content, belongs_to(user, row_id))
    async with uow.elevated():
        checking = await uow.sql(_CHECKING, user=user, active=uow.actor.active_organization_id)
    row = ExternalCertificate(
        id=row_id,
        user_id=user,
        organization_id=checking[0]["id"] if checking else None,
        type_code=command.type_code,
        title=command.title,
        issuer=command.issuer,
        obtained_on=command.obtained_on,
        valid_until=command.valid_until,
        file_name=_shown_name(command.file_name, clean.media_type),
        media_type=clean.media_type,
        size_bytes=len(clean.content),
        pages=clean.pages,
        key_id=wrapped.key_id,
        wrapped_key=wrapped.value,
        created_at=uow.clock.now(),
    )
    uow.session.add(row)
    await uow.session.flush()
    return row, sealed


def _shown_name(sent: str, media_type: str) -> str:
    """Return a name that is safe in headers and on disks, ending as what the file is."""
    stem = re.sub(r"[^\w .()'’-]+", " ", sent.replace("\\", "/").rsplit("/", 1)[-1]).strip(" .")
    stem = re.sub(r"\.(pdf|jpe?g|png)$", "", stem, flags=re.IGNORECASE).strip(" .")[:_LONGEST_NAME]
    return f"{stem or 'certificat'}.{_SUFFIXES[media_type]}"


async def _opened(uow: UnitOfWork, row: ExternalCertificate) -> ExternalFile:
    """Return the content; the ports and settings of a unit of work outlive its transaction."""
    try:
        sealed = await uow.ports.files.get(file_key(row.id))
        wrapped = WrappedKey(row.key_id, row.wrapped_key)
        bound = belongs_to(row.user_id, row.id)
        content = await asyncio.to_thread(uow.settings.file_key_ring.open, sealed, wrapped, bound)
    except (TamperedError, NotFoundError) as error:
        log.exception("the file of certificate %s is missing or was altered", row.id)
        raise ExternalUnreadableError(certificate=str(row.id)) from error
    return ExternalFile(row.file_name, row.media_type, content)
