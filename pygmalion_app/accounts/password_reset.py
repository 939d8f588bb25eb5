"""A forgotten password: a link by mail, good once and for half an hour.

It replaces the first factor only: signing in with the new password still asks for the second one.
"""

from datetime import timedelta

from sqlalchemy import select, update
from sqlmodel import col

from pygmalion_app.accounts import password_change
from pygmalion_app.accounts.errors import InvalidLinkError
from pygmalion_app.accounts.models import PasswordReset, User
from pygmalion_app.accounts.security_schemas import AskPasswordReset, ResetPassword
from pygmalion_app.core import audit
from pygmalion_app.core.addresses import address
from pygmalion_app.core.ids import new_token, token_hash
from pygmalion_app.core.limits import Limit, hit, hit_from_here
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.notifications.service import queue_email

LIFE = timedelta(minutes=30)
MAIL_TASK = "accounts.mail_password_reset"


async def ask(uow: UnitOfWork, command: AskPasswordReset) -> None:
    """Have a link mailed if there is such an account; TooManyRequestsError.

    The account is looked for by a job: neither the answer nor the time it takes tells whether there is one.
    """
    email = str(command.email).lower()
    await hit_from_here(Limit.PASSWORD_RESET_FROM)
    await hit(Limit.PASSWORD_RESET, email)
    await uow.defer(MAIL_TASK, email=email)


async def mail_link(uow: UnitOfWork, email: str) -> None:
    """Mail the link, if there is such an account; a job calls this."""
    user = (await uow.session.execute(select(User).where(col(User.email) == email))).scalar_one_or_none()
    if user is None:
        return
    token = new_token()
    uow.session.add(PasswordReset(user_id=user.id, token_hash=token_hash(token), expires_at=uow.clock.now() + LIFE))
    await audit.record(uow, "account.password_reset_asked", subject_id=user.id)
    # Behind `#`, the token is sent to no server: it stays out of logs and of the next site's Referer.
    await queue_email(
        uow,
        user.email,
        "password-reset",
        user.locale,
        path=f"{address('reset-password', user.locale)}#{token}",
        first_name=user.first_name,
        minutes=int(LIFE.total_seconds() // 60),
    )


async def reset(uow: UnitOfWork, command: ResetPassword) -> None:
    """Set the new password and end every session of the person, who then signs in as ever.

    Raises InvalidLinkError, WeakPasswordError (the link stays good then) and TooManyRequestsError.
    """
    await hit_from_here(Limit.CODE_FROM)
    async with uow.elevated():
        user_id = (
            await uow.session.execute(
                update(PasswordReset)
                .where(
                    col(PasswordReset.token_hash) == token_hash(command.token),
                    col(PasswordReset.used_at).is_(None),
                    col(PasswordReset.expires_at) > uow.clock.now(),
                )
                .values(used_at=uow.clock.now())
                .returning(col(PasswordReset.user_id))
            )
        ).scalar_one_or_none()
        if user_id is None:
            raise InvalidLinkError(field="token")
        await password_change.replace(uow, user_id, command.password.get_secret_value())
    await audit.record(uow, "account.password_reset", subject_id=user_id, actor_user_id=user_id)
