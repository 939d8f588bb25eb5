"""Recovery codes: ten, each good once, for the day the telephone is lost. Only their keyed hashes are kept."""

import hashlib
import hmac
import secrets
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlmodel import col

from pygmalion_app.accounts.factor_models import RecoveryCode
from pygmalion_app.accounts.keys import derived_key
from pygmalion_app.core.unit_of_work import UnitOfWork

COUNT = 10
LENGTH = 10
"""Characters of 5 bits each: 50 bits a code, far beyond five guesses an attempt."""
# No I, L, O, U: people copy these from paper.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans("ILO", "110")


async def make(uow: UnitOfWork, user_id: UUID) -> tuple[str, ...]:
    """Return ten new codes, as `7QK4N-9F3DB`; the earlier ones are worth nothing any more."""
    await remove(uow, user_id)
    codes = tuple("".join(secrets.choice(_ALPHABET) for _ in range(LENGTH)) for _ in range(COUNT))
    uow.session.add_all(RecoveryCode(user_id=user_id, code_hash=_hash(uow, user_id, code)) for code in codes)
    await uow.session.flush()
    return tuple(f"{code[:5]}-{code[5:]}" for code in codes)


async def spend(uow: UnitOfWork, user_id: UUID, code: str) -> bool:
    """Tell whether a code (written without dashes, in capitals) was good; it is not any more."""
    spent = await uow.session.execute(
        update(RecoveryCode)
        .where(
            col(RecoveryCode.code_hash) == _hash(uow, user_id, code.translate(_LOOKALIKES)),
            col(RecoveryCode.user_id) == user_id,
            col(RecoveryCode.used_at).is_(None),
        )
        .values(used_at=uow.clock.now())
        .returning(col(RecoveryCode.id))
    )
    return spent.scalar_one_or_none() is not None


async def left(uow: UnitOfWork, user_id: UUID) -> int:
    """Return how many codes are still good."""
    query = (
        select(func.count())
        .select_from(RecoveryCode)
        .where(col(RecoveryCode.user_id) == user_id, col(RecoveryCode.used_at).is_(None))
    )
    return (await uow.session.execute(query)).scalar_one()


async def remove(uow: UnitOfWork, user_id: UUID) -> None:
    """Forget a person's codes."""
    await uow.session.execute(delete(RecoveryCode).where(col(RecoveryCode.user_id) == user_id))


def _hash(uow: UnitOfWork, user_id: UUID, code: str) -> bytes:
    key = derived_key(uow.settings, "recovery-code/1")
    return hmac.new(key, user_id.bytes + code.encode(), hashlib.sha256).digest()
