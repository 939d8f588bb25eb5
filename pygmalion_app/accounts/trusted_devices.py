"""Browsers that a person trusts for 30 days: there the password is enough where the mailed code would be asked for."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlmodel import col

from pygmalion_app.accounts.factor_models import TrustedDevice
from pygmalion_app.accounts.factor_schemas import TrustedDeviceView
from pygmalion_app.core.caller import current_caller
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.ids import new_token, token_hash
from pygmalion_app.core.unit_of_work import UnitOfWork

LIFE = timedelta(days=30)
COOKIE = "pygmalion_device"
_MAX_LENGTH = 200


async def trust(uow: UnitOfWork, user_id: UUID) -> str:
    """Return the token by which this browser is known from now on, for this person only; for system scope."""
    token, now = new_token(), uow.clock.now()
    uow.session.add(
        TrustedDevice(
            user_id=user_id,
            token_hash=token_hash(token),
            label=current_caller().user_agent,
            expires_at=now + LIFE,
            last_used_at=now,
        )
    )
    await uow.session.flush()
    return token


async def recognise(uow: UnitOfWork, user_id: UUID, token: str | None) -> bool:
    """Tell whether a browser's token is one that this person trusts; its life is not prolonged. For system scope."""
    if not token or len(token) > _MAX_LENGTH:
        return False
    now = uow.clock.now()
    known = await uow.session.execute(
        update(TrustedDevice)
        .where(
            col(TrustedDevice.token_hash) == token_hash(token),
            col(TrustedDevice.user_id) == user_id,
            col(TrustedDevice.revoked_at).is_(None),
            col(TrustedDevice.expires_at) > now,
        )
        .values(last_used_at=now)
        .returning(col(TrustedDevice.id))
    )
    return known.scalar_one_or_none() is not None


async def devices_of(uow: UnitOfWork) -> tuple[TrustedDeviceView, ...]:
    """Return the browsers that the caller trusts now, the newest first."""
    user_id = uow.actor.require_user()
    query = (
        select(TrustedDevice)
        .where(
            col(TrustedDevice.user_id) == user_id,
            col(TrustedDevice.revoked_at).is_(None),
            col(TrustedDevice.expires_at) > uow.clock.now(),
        )
        .order_by(col(TrustedDevice.created_at).desc())
    )
    async with uow.elevated():
        rows = (await uow.session.execute(query)).scalars().all()
    return tuple(TrustedDeviceView.model_validate(row) for row in rows)


async def forget_device(uow: UnitOfWork, device_id: UUID) -> None:
    """Trust one of the caller's browsers no more; NotFoundError when it is not theirs."""
    user_id = uow.actor.require_user()
    async with uow.elevated():
        forgotten = await uow.session.execute(
            update(TrustedDevice)
            .where(
                col(TrustedDevice.id) == device_id,
                col(TrustedDevice.user_id) == user_id,
                col(TrustedDevice.revoked_at).is_(None),
            )
            .values(revoked_at=uow.clock.now())
            .returning(col(TrustedDevice.id))
        )
    if forgotten.scalar_one_or_none() is None:
        raise NotFoundError(device=str(device_id))


async def forget_all(uow: UnitOfWork, user_id: UUID) -> None:
    """Trust none of a person's browsers any more: after a change of password, or signing out everywhere."""
    async with uow.elevated():
        await uow.session.execute(
            update(TrustedDevice)
            .where(col(TrustedDevice.user_id) == user_id, col(TrustedDevice.revoked_at).is_(None))
            .values(revoked_at=uow.clock.now())
        )
