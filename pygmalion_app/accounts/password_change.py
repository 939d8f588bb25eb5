"""Another password: every other session ends, and the person is told."""

from uuid import UUID

from sqlalchemy import update
from sqlmodel import col

from pygmalion_app.accounts import sessions
from pygmalion_app.accounts.models import PasswordReset, User
from pygmalion_app.accounts.passwords import check_acceptable, hash_password
from pygmalion_app.accounts.proofs import check_password
from pygmalion_app.accounts.reauthentication import require_recent
from pygmalion_app.accounts.security_schemas import ChangePassword
from pygmalion_app.core import audit
from pygmalion_app.core.addresses import address
from pygmalion_app.core.limits import Limit, hit
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.notifications.service import queue_email


async def change_password(uow: UnitOfWork, command: ChangePassword) -> None:
    """Set the caller's new password; all their other sessions and trusted browsers end.

    Raises WrongPasswordError, WeakPasswordError, TooManyRequestsError, and ReauthenticationRequiredError when the
    current password is left out and the last proof of who one is lies more than ten minutes back.
    """
    user_id = uow.actor.require_user()
    if command.current_password is None:
        require_recent(uow)
    async with uow.elevated():
        if command.current_password is not None:
            await hit(Limit.REAUTHENTICATION, user_id)
            await check_password(await uow.session.get_one(User, user_id), command.current_password.get_secret_value())
        await replace(uow, user_id, command.new_password.get_secret_value(), keep=uow.actor.session_id)
    await audit.record(uow, "account.password_changed", subject_id=user_id)


async def replace(uow: UnitOfWork, user_id: UUID, password: str, *, keep: UUID | None = None) -> User:
    """Set a person's password, end their sessions but one, and tell them; WeakPasswordError. For system scope."""
    user = await uow.session.get_one(User, user_id, with_for_update=True)
    check_acceptable(password, email=user.email, names=(user.first_name, user.last_name))
    user.password_hash = await hash_password(password)
    await uow.session.execute(
        update(PasswordReset)
        .where(col(PasswordReset.user_id) == user_id, col(PasswordReset.used_at).is_(None))
        .values(used_at=uow.clock.now())
    )
    await uow.session.flush()
    await sessions.end_all(uow, user_id, keep=keep)
    await queue_email(
        uow,
        user.email,
        "password-changed",
        user.locale,
        path=address("reset-password", user.locale),
        first_name=user.first_name,
    )
    return user
