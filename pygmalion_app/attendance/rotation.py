"""Signatures under a new key-encryption key (`commands.rotate_file_keys`)."""

from collections import Counter

from sqlalchemy import func, select
from sqlmodel import col

from pygmalion_app.attendance import drawing
from pygmalion_app.attendance.models import AttendanceCountersignature, AttendanceMark
from pygmalion_app.core.unit_of_work import UnitOfWork

_TABLES = (AttendanceMark, AttendanceCountersignature)


async def rewrap_some(uow: UnitOfWork, limit: int = 100) -> int:
    """Wrap some signatures' keys under the current key-encryption key, as `kyc.rotation.rewrap_some`."""
    ring = uow.settings.file_key_ring
    for table in _TABLES:
        query = (
            select(table)
            .where(col(table.key_id).is_not(None), col(table.key_id) != ring.current)
            .order_by(col(table.id))
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        found = (await uow.session.execute(query)).scalars().all()
        for row in found:
            drawing.rewrap(ring, row)
        await uow.session.flush()
        if found:
            return len(found)
    return 0


async def keys_in_use(uow: UnitOfWork) -> dict[str, int]:
    """Return how many signatures depend on each key-encryption key."""
    used = Counter[str]()
    for table in _TABLES:
        column = col(table.key_id)
        query = select(column, func.count()).where(column.is_not(None)).group_by(column)
        used.update({str(key): count for key, count in (await uow.session.execute(query)).all()})
    return dict(used)
