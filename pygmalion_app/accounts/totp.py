"""Codes of an authenticator application (RFC 6238: six digits, 30 seconds, SHA-1), each accepted once."""

import secrets
from datetime import datetime
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pyotp import random_base32
from pyotp.exceptions import OTPVerificationError
from pyotp.totp import TOTP
from sqlalchemy import delete, select, update
from sqlmodel import col

from pygmalion_app.accounts.errors import InvalidCodeError
from pygmalion_app.accounts.factor_models import TotpFactor
from pygmalion_app.accounts.keys import derived_key
from pygmalion_app.core.config import Settings
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.unit_of_work import UnitOfWork

ISSUER = "Pygmalion"
MAX_ATTEMPTS = 5
"""Wrong codes before an enrolment must be begun anew."""
_NONCE_BYTES = 12
_WINDOW = 1
"""Steps of 30 seconds that a telephone's clock may be early or late (RFC 6238, 5.2)."""


async def begin(uow: UnitOfWork, user_id: UUID) -> tuple[TotpFactor, str]:
    """Return a new, unconfirmed factor and its secret; an earlier unconfirmed one is dropped."""
    await uow.session.execute(
        delete(TotpFactor).where(col(TotpFactor.user_id) == user_id, col(TotpFactor.confirmed_at).is_(None))
    )
    secret = random_base32()
    factor = TotpFactor(id=new_id(), user_id=user_id, sealed_secret=b"")
    factor.sealed_secret = _seal(uow.settings, factor, secret)
    uow.session.add(factor)
    await uow.session.flush()
    return factor, secret


def address_of(secret: str, email: str) -> str:
    """Return the `otpauth://` address that an authenticator application reads from a QR code."""
    return TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


async def confirm(uow: UnitOfWork, user_id: UUID, factor_id: UUID, code: str) -> None:
    """Make an enrolment count, in place of an earlier authenticator; InvalidCodeError when the code is wrong."""
    waiting = (
        await uow.session.execute(
            update(TotpFactor)
            .where(
                col(TotpFactor.id) == factor_id,
                col(TotpFactor.user_id) == user_id,
                col(TotpFactor.confirmed_at).is_(None),
                col(TotpFactor.attempts) < MAX_ATTEMPTS,
            )
            .values(attempts=col(TotpFactor.attempts) + 1)
            .returning(TotpFactor)
        )
    ).scalar_one_or_none()
    step = _step_of(uow.settings, waiting, code, uow.clock.now()) if waiting else None
    if waiting is None or step is None:
        raise InvalidCodeError(field="code")
    await uow.session.execute(
        delete(TotpFactor).where(col(TotpFactor.user_id) == user_id, col(TotpFactor.id) != factor_id)
    )
    waiting.confirmed_at, waiting.last_timecode = uow.clock.now(), step
    await uow.session.flush()


async def spend(uow: UnitOfWork, user_id: UUID, code: str) -> bool:
    """Tell whether a code is good now, and see to it that it never is again."""
    factor = await confirmed(uow, user_id)
    step = _step_of(uow.settings, factor, code, uow.clock.now()) if factor else None
    if factor is None or step is None:
        return False
    # The condition stands in the statement: of parallel tries with one code, one finds it true.
    spent = await uow.session.execute(
        update(TotpFactor)
        .where(col(TotpFactor.id) == factor.id, col(TotpFactor.last_timecode) < step)
        .values(last_timecode=step)
        .returning(col(TotpFactor.id))
        .execution_options(synchronize_session=False)
    )
    return spent.scalar_one_or_none() is not None


async def confirmed(uow: UnitOfWork, user_id: UUID) -> TotpFactor | None:
    """Return a person's authenticator, if they have one."""
    query = select(TotpFactor).where(col(TotpFactor.user_id) == user_id, col(TotpFactor.confirmed_at).is_not(None))
    return (await uow.session.execute(query)).scalar_one_or_none()


async def remove(uow: UnitOfWork, user_id: UUID) -> None:
    """Forget a person's authenticator."""
    await uow.session.execute(delete(TotpFactor).where(col(TotpFactor.user_id) == user_id))


def _step_of(settings: Settings, factor: TotpFactor, code: str, now: datetime) -> int | None:
    """Return the 30-second step in which a code is good, None when there is none (compared in constant time)."""
    authenticator = TOTP(_open(settings, factor))
    try:
        return authenticator.verify_and_get_timecode(code, for_time=now, valid_window=_WINDOW)
    except OTPVerificationError:
        return None


def _cipher(settings: Settings) -> AESGCM:
    return AESGCM(derived_key(settings, "totp-secret/1"))


def _bound_to(factor: TotpFactor) -> bytes:
    return factor.id.bytes + factor.user_id.bytes


def _seal(settings: Settings, factor: TotpFactor, secret: str) -> bytes:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + _cipher(settings).encrypt(nonce, secret.encode(), _bound_to(factor))


def _open(settings: Settings, factor: TotpFactor) -> str:
    """Return the secret; cryptography's InvalidTag when the row was tampered with or moved to another person."""
    sealed = factor.sealed_secret
    return _cipher(settings).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _bound_to(factor)).decode()
