"""Changing the key-encryption key: each document's own key is wrapped anew, its file stays as it is."""

from sqlalchemy import func, select
from sqlmodel import col

from pygmalion_app.core.envelope import WrappedKey
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.kyc import policy
from pygmalion_app.kyc.models import KycDocument


async def rewrap_some(uow: UnitOfWork, limit: int = 100) -> int:
    """Wrap the keys of some documents under the current key; returns how many, 0 when none is left.

    Run it again until it returns 0, a transaction each time: killed anywhere, each document's key is under the old
    key or under the new one, whole, and both open while both are configured. Two runs at once share the work.
    Raises TamperedError, UnknownKeyError.
    """
    ring = uow.settings.file_key_ring
    query = (
        select(KycDocument)
        .where(col(KycDocument.key_id) != ring.current)
        .order_by(col(KycDocument.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    found = (await uow.session.execute(query)).scalars().all()
    for document in found:
        bound = policy.belongs_to(document.user_id, document.organization_id, document.id)
        wrapped = ring.rewrap(WrappedKey(document.key_id, document.wrapped_key), bound)
        document.key_id, document.wrapped_key = wrapped.key_id, wrapped.value
    await uow.session.flush()
    return len(found)


async def keys_in_use(uow: UnitOfWork) -> dict[str, int]:
    """Return how many documents depend on each key-encryption key."""
    rows = await uow.session.execute(select(col(KycDocument.key_id), func.count()).group_by(col(KycDocument.key_id)))
    return dict(rows.all())
