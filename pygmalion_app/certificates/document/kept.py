"""Documents at rest: encrypted, each under a key of its own, which is wrapped by the installation's."""

import asyncio
import secrets
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col

from pygmalion_app.certificates.errors import DocumentNotReadyError
from pygmalion_app.certificates.models import Certificate
from pygmalion_app.core.envelope import KeyRing, WrappedKey
from pygmalion_app.core.ports import FileStore
from pygmalion_app.core.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class SealedDocument:
    """An encrypted document, where it goes, and what opens it."""

    key: str
    content: bytes
    wrapped: WrappedKey


def seal(ring: KeyRing, certificate_id: UUID, document: bytes) -> SealedDocument:
    """Encrypt a document. Each making has a place of its own, so that two at once do not write over each other."""
    content, wrapped = ring.seal(document, _bound(certificate_id))
    return SealedDocument(f"certificates/{certificate_id}-{secrets.token_hex(4)}", content, wrapped)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where documents are read from; it outlives the unit of work that it was taken from."""

    files: FileStore
    ring: KeyRing

    @classmethod
    def of(cls, uow: UnitOfWork) -> "Shelf":
        """Return the shelf of a unit of work."""
        return cls(uow.ports.files, uow.settings.file_key_ring)

    async def document(self, certificate_id: UUID, key: str, key_id: str | None, wrapped_key: bytes | None) -> bytes:
        """Return a document, decrypted where it is encrypted (those of the first form are not).

        Raises NotFoundError where the file is missing, TamperedError, UnknownKeyError.
        """
        stored = await self.files.get(key)
        if key_id is None or wrapped_key is None:
            return stored
        return await asyncio.to_thread(self.ring.open, stored, WrappedKey(key_id, wrapped_key), _bound(certificate_id))


async def document_of(uow: UnitOfWork, certificate: Certificate) -> bytes:
    """Return a certificate's signed PDF. The caller has asked whether the person may have it.

    Raises DocumentNotReadyError before it is made, and as `Shelf.document`.
    """
    if certificate.file_key is None:
        raise DocumentNotReadyError(certificate=str(certificate.id))
    return await Shelf.of(uow).document(
        certificate.id, certificate.file_key, certificate.file_key_id, certificate.file_wrapped_key
    )


async def rewrap_some(uow: UnitOfWork, limit: int = 100) -> int:
    """Wrap the keys of some documents under the installation's current key, as `kyc.rotation.rewrap_some`."""
    ring = uow.settings.file_key_ring
    query = (
        select(Certificate)
        .where(col(Certificate.file_key_id) != ring.current)
        .order_by(col(Certificate.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    found = (await uow.session.execute(query)).scalars().all()
    for certificate in found:
        if certificate.file_key_id is not None and certificate.file_wrapped_key is not None:
            old = WrappedKey(certificate.file_key_id, certificate.file_wrapped_key)
            wrapped = ring.rewrap(old, _bound(certificate.id))
            certificate.file_key_id, certificate.file_wrapped_key = wrapped.key_id, wrapped.value
    await uow.session.flush()
    return len(found)


async def keys_in_use(uow: UnitOfWork) -> dict[str, int]:
    """Return how many documents depend on each of the installation's keys."""
    query = (
        select(col(Certificate.file_key_id), func.count())
        .where(col(Certificate.file_key_id).is_not(None))
        .group_by(col(Certificate.file_key_id))
    )
    return {str(key_id): count for key_id, count in (await uow.session.execute(query)).all()}


def _bound(certificate_id: UUID) -> bytes:
    return b"certificate document" + certificate_id.bytes
