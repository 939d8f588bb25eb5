"""Proving once more who one is: the password, then a second factor. It renews the caller's own session only."""

from uuid import UUID

from pygmalion_app.accounts import challenges, factors, passkeys, sessions
from pygmalion_app.accounts.errors import InvalidCodeError, InvalidPasskeyError, WrongPasswordError
from pygmalion_app.accounts.factor_models import PasskeyPurpose
from pygmalion_app.accounts.factor_schemas import AnswerPasskey
from pygmalion_app.accounts.models import LoginChallenge, SignInMethod, User
from pygmalion_app.accounts.passwords import verify_password
from pygmalion_app.accounts.schemas import ChallengeView, VerifyCode
from pygmalion_app.accounts.security_schemas import Reauthenticate
from pygmalion_app.core import audit
from pygmalion_app.core.errors import NotAuthenticatedError
from pygmalion_app.core.limits import Limit, hit
from pygmalion_app.core.unit_of_work import UnitOfWork

_SESSION = "reauthenticates"
"""The key, in a challenge, of the session that it renews: no other sign-in's challenge does."""


async def begin(uow: UnitOfWork, command: Reauthenticate) -> ChallengeView:
    """Check the password and ask for the second factor; a code is mailed to those who have no stronger one.

    Raises WrongPasswordError, TooManyRequestsError, and NotAuthenticatedError for who speaks in no session.
    """
    user_id, session_id = _session_of(uow)
    await hit(Limit.REAUTHENTICATION, user_id)
    async with uow.elevated():
        user = await uow.session.get_one(User, user_id)
        await check_password(user, command.password.get_secret_value())
        methods = await factors.methods_of(uow, user)
        return await challenges.begin(uow, user, {_SESSION: str(session_id)}, methods)


async def confirm(uow: UnitOfWork, command: VerifyCode) -> None:
    """Take the mailed, authenticator's or recovery code; InvalidCodeError for a wrong, late or over-tried one."""
    async with uow.elevated():
        challenge, user = await _attempt(uow, command.challenge_id)
        if await factors.methods_of(uow, user) != (SignInMethod.EMAIL,):
            method = await factors.check_code(uow, user, command.code, command.method)
        elif challenges.is_mailed_code(uow, challenge, command.code):
            method = SignInMethod.EMAIL
        else:
            raise InvalidCodeError(field="code")
        await _renew(uow, challenge, method)


async def confirm_by_passkey(uow: UnitOfWork, command: AnswerPasskey) -> None:
    """Take a passkey's answer to what `service.ask_passkey` asked; InvalidPasskeyError when it does not fit."""
    async with uow.elevated():
        asked = await passkeys.take(uow, command.challenge_id, PasskeyPurpose.SECOND_FACTOR)
        if asked.login_challenge_id is None:
            raise InvalidPasskeyError
        challenge, user = await _attempt(uow, asked.login_challenge_id)
        passkey = await passkeys.verify(uow, asked, command.credential)
        if passkey.user_id != user.id:
            raise InvalidPasskeyError
        await _renew(uow, challenge, SignInMethod.PASSKEY)


async def check_password(user: User, password: str) -> None:
    """Raise WrongPasswordError unless it is the person's own; whoever never set one has none to be asked for."""
    if user.password_hash is not None and not await verify_password(password, user.password_hash):
        raise WrongPasswordError(field="password")


def _session_of(uow: UnitOfWork) -> tuple[UUID, UUID]:
    if uow.actor.session_id is None:
        raise NotAuthenticatedError
    return uow.actor.require_user(), uow.actor.session_id


async def _attempt(uow: UnitOfWork, challenge_id: UUID) -> tuple[LoginChallenge, User]:
    user_id, session_id = _session_of(uow)
    await hit(Limit.CODE, user_id)
    challenge, user = await challenges.attempt(uow, challenge_id)
    if user.id != user_id or challenge.pending.get(_SESSION) != str(session_id):
        raise InvalidCodeError(field="code")
    return challenge, user


async def _renew(uow: UnitOfWork, challenge: LoginChallenge, method: SignInMethod) -> None:
    user_id, session_id = _session_of(uow)
    challenge.used_at = uow.clock.now()
    await sessions.mark_proven(uow, session_id)
    await audit.record(uow, "account.reauthenticated", subject_id=user_id, facts={"method": method})
