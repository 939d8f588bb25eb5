"""A sign-in between its two steps: it waits for a second factor, for minutes, and bears few wrong answers."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlmodel import col

from pygmalion_app.accounts.errors import InvalidCodeError
from pygmalion_app.accounts.models import LoginChallenge, SignInMethod, User
from pygmalion_app.accounts.schemas import ChallengeView
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.notifications.service import queue_email

LIFE = timedelta(minutes=10)
RESEND_AFTER = timedelta(seconds=25)
"""The page offers a new code after 30 seconds; clocks and networks are given the difference."""
MAX_ATTEMPTS = 5
_BY_EMAIL = (SignInMethod.EMAIL,)
_NO_CODE = b""


async def begin(
    uow: UnitOfWork,
    user: User | None,
    pending: dict[str, str],
    methods: Sequence[SignInMethod] = _BY_EMAIL,
    *,
    may_trust: bool = False,
) -> ChallengeView:
    """Open a challenge; with e-mail among the methods a code leaves (no user: a decoy, which nothing answers)."""
    challenge = LoginChallenge(
        id=new_id(),
        user_id=user.id if user else None,
        code_hash=_NO_CODE,
        pending=pending,
        expires_at=uow.clock.now() + LIFE,
    )
    uow.session.add(challenge)
    if SignInMethod.EMAIL in methods:
        code = f"{secrets.randbelow(1_000_000):06d}"
        challenge.code_hash = _code_hash(uow, challenge.id, code)
        if user is not None:
            await _mail(uow, user, code)
    await uow.session.flush()
    return ChallengeView(
        challenge_id=challenge.id, methods=tuple(methods), expires_at=challenge.expires_at, may_trust=may_trust
    )


async def end_for_another(uow: UnitOfWork, challenge_id: UUID) -> LoginChallenge:
    """Spend a challenge whose mailed code is asked for again; InvalidCodeError when it is spent, late or too young."""
    now = uow.clock.now()
    earlier = (
        await uow.session.execute(
            update(LoginChallenge)
            .where(
                col(LoginChallenge.id) == challenge_id,
                col(LoginChallenge.used_at).is_(None),
                col(LoginChallenge.expires_at) > now,
                col(LoginChallenge.expires_at) <= now + LIFE - RESEND_AFTER,
                col(LoginChallenge.code_hash) != _NO_CODE,
            )
            .values(used_at=now)
            .returning(LoginChallenge)
        )
    ).scalar_one_or_none()
    if earlier is None:
        raise InvalidCodeError(field="code")
    return earlier


async def attempt(uow: UnitOfWork, challenge_id: UUID) -> tuple[LoginChallenge, User]:
    """Count one answer to a live challenge and lock its person; InvalidCodeError for any that cannot be answered.

    The attempt is counted in one statement before the answer is looked at, so that parallel guesses all count; the
    row stays locked, so that they come one after the other.
    """
    counted = (
        await uow.session.execute(
            update(LoginChallenge)
            .where(
                col(LoginChallenge.id) == challenge_id,
                col(LoginChallenge.used_at).is_(None),
                col(LoginChallenge.expires_at) > uow.clock.now(),
                col(LoginChallenge.attempts) < MAX_ATTEMPTS,
            )
            .values(attempts=col(LoginChallenge.attempts) + 1)
            .returning(LoginChallenge)
        )
    ).scalar_one_or_none()
    if counted is None or counted.user_id is None:
        raise InvalidCodeError(field="code")
    return counted, await uow.session.get_one(User, counted.user_id, with_for_update=True)


async def live(uow: UnitOfWork, challenge_id: UUID) -> LoginChallenge | None:
    """Return a challenge that can still be answered."""
    query = select(LoginChallenge).where(
        col(LoginChallenge.id) == challenge_id,
        col(LoginChallenge.used_at).is_(None),
        col(LoginChallenge.expires_at) > uow.clock.now(),
        col(LoginChallenge.attempts) < MAX_ATTEMPTS,
    )
    return (await uow.session.execute(query)).scalar_one_or_none()


def is_mailed_code(uow: UnitOfWork, challenge: LoginChallenge, code: str) -> bool:
    """Tell whether this is the code that was mailed for this challenge, in constant time."""
    return hmac.compare_digest(challenge.code_hash, _code_hash(uow, challenge.id, code))


def _code_hash(uow: UnitOfWork, challenge_id: UUID, code: str) -> bytes:
    secret = uow.settings.session_secret.get_secret_value().encode()
    return hmac.new(secret, b"code:" + challenge_id.bytes + code.encode(), hashlib.sha256).digest()


async def _mail(uow: UnitOfWork, user: User, code: str) -> None:
    minutes = int(LIFE.total_seconds() // 60)
    await queue_email(
        uow, user.email, "sign-in-code", user.locale, code=code, first_name=user.first_name, minutes=minutes
    )
