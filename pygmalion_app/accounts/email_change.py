"""Another e-mail address: a code proves the new one, and the old one can put itself back for a week."""

import hashlib
import hmac
import secrets
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from pygmalion_app.accounts import sessions
from pygmalion_app.accounts.errors import EmailTakenError, InvalidCodeError, InvalidLinkError
from pygmalion_app.accounts.models import AccountStatus, EmailChange, LoginChallenge, User
from pygmalion_app.accounts.reauthentication import require_recent
from pygmalion_app.accounts.security_schemas import (
    ChangeEmail,
    ConfirmEmailChange,
    EmailChangeView,
    UndoEmailChange,
)
from pygmalion_app.core import audit
from pygmalion_app.core.addresses import address
from pygmalion_app.core.errors import InvalidInputError
from pygmalion_app.core.ids import new_id, new_token, token_hash
from pygmalion_app.core.limits import Limit, hit, hit_from_here
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.notifications.service import queue_email

CODE_LIFE = timedelta(minutes=30)
UNDO_LIFE = timedelta(days=7)
MAX_ATTEMPTS = 5


async def ask(uow: UnitOfWork, command: ChangeEmail) -> EmailChangeView:
    """Mail a code to the new address; ReauthenticationRequiredError without a recent proof of who one is.

    The answer is the same when the address has an account already; its owner is told by mail.
    """
    user_id, email = uow.actor.require_user(), str(command.email).lower()
    require_recent(uow)
    await hit(Limit.CODE_SENT, user_id)
    async with uow.elevated():
        user = await uow.session.get_one(User, user_id, with_for_update=True)
        if email == user.email.lower():
            raise InvalidInputError(field="email")
        await _end_waiting(uow, user_id)
        change = EmailChange(
            id=new_id(),
            user_id=user_id,
            old_email=user.email,
            new_email=email,
            expires_at=uow.clock.now() + CODE_LIFE,
        )
        uow.session.add(change)
        taken = (await uow.session.execute(select(User).where(col(User.email) == email))).scalar_one_or_none()
        if taken is None:
            code = f"{secrets.randbelow(1_000_000):06d}"
            change.code_hash = _code_hash(uow, change.id, code)
            minutes = int(CODE_LIFE.total_seconds() // 60)
            await queue_email(
                uow, email, "email-change-code", user.locale, code=code, first_name=user.first_name, minutes=minutes
            )
        else:
            await queue_email(uow, email, "email-change-taken", taken.locale, first_name=taken.first_name)
        await uow.session.flush()
    return EmailChangeView(change_id=change.id, expires_at=change.expires_at)


async def confirm(uow: UnitOfWork, command: ConfirmEmailChange) -> None:
    """Move the account to the new address and write to the old one how to undo it.

    Raises InvalidCodeError (wrong, late, over-tried), TooManyRequestsError, and EmailTakenError when somebody else
    proved the address first.
    """
    user_id = uow.actor.require_user()
    require_recent(uow)
    await hit(Limit.CODE, user_id)
    async with uow.elevated():
        change = await _attempt(uow, user_id, command)
        user = await uow.session.get_one(User, user_id, with_for_update=True)
        undo = new_token()
        change.confirmed_at, change.code_hash = uow.clock.now(), None
        change.old_email, change.undo_hash = user.email, token_hash(undo)
        change.expires_at = uow.clock.now() + UNDO_LIFE
        await _move(uow, user, change.new_email)
        await sessions.end_all(uow, user_id, keep=uow.actor.session_id)
        await queue_email(
            uow,
            change.old_email,
            "email-changed",
            user.locale,
            path=f"{address('undo-email-change', user.locale)}#{undo}",
            first_name=user.first_name,
            days=UNDO_LIFE.days,
        )
    await audit.record(uow, "account.email_changed", subject_id=user_id)


async def undo(uow: UnitOfWork, command: UndoEmailChange) -> None:
    """Put the former address back: ends every session and drops the password, for whoever moved the account knew it.

    Raises InvalidLinkError and EmailTakenError. The person is mailed how to set a new password.
    """
    await hit_from_here(Limit.CODE_FROM)
    async with uow.elevated():
        change = await _undone(uow, command.token)
        user = await uow.session.get_one(User, change.user_id, with_for_update=True)
        await _make_room(uow, change.old_email)
        await _move(uow, user, change.old_email)
        user.password_hash = None
        # Whatever was changed after it goes with it: the later links are a thief's.
        await uow.session.execute(
            update(EmailChange)
            .where(
                col(EmailChange.user_id) == user.id,
                col(EmailChange.id) > change.id,
                col(EmailChange.ended_at).is_(None),
            )
            .values(ended_at=uow.clock.now())
        )
        await uow.session.flush()
        await sessions.end_all(uow, user.id)
        path = address("reset-password", user.locale)
        await queue_email(uow, user.email, "email-change-undone", user.locale, path=path, first_name=user.first_name)
    await audit.record(uow, "account.email_change_undone", subject_id=user.id, actor_user_id=user.id)


async def _attempt(uow: UnitOfWork, user_id: UUID, command: ConfirmEmailChange) -> EmailChange:
    """Count the attempt, then look at the code: parallel guesses all count."""
    change = (
        await uow.session.execute(
            update(EmailChange)
            .where(
                col(EmailChange.id) == command.change_id,
                col(EmailChange.user_id) == user_id,
                col(EmailChange.confirmed_at).is_(None),
                col(EmailChange.ended_at).is_(None),
                col(EmailChange.expires_at) > uow.clock.now(),
                col(EmailChange.attempts) < MAX_ATTEMPTS,
            )
            .values(attempts=col(EmailChange.attempts) + 1)
            .returning(EmailChange)
        )
    ).scalar_one_or_none()
    given = _code_hash(uow, command.change_id, command.code)
    if change is None or change.code_hash is None or not hmac.compare_digest(change.code_hash, given):
        raise InvalidCodeError(field="code")
    return change


async def _undone(uow: UnitOfWork, token: str) -> EmailChange:
    now = uow.clock.now()
    change = (
        await uow.session.execute(
            update(EmailChange)
            .where(
                col(EmailChange.undo_hash) == token_hash(token),
                col(EmailChange.ended_at).is_(None),
                col(EmailChange.expires_at) > now,
            )
            .values(ended_at=now)
            .returning(EmailChange)
        )
    ).scalar_one_or_none()
    if change is None:
        raise InvalidLinkError(field="token")
    return change


async def _end_waiting(uow: UnitOfWork, user_id: UUID) -> None:
    await uow.session.execute(
        update(EmailChange)
        .where(
            col(EmailChange.user_id) == user_id,
            col(EmailChange.confirmed_at).is_(None),
            col(EmailChange.ended_at).is_(None),
        )
        .values(ended_at=uow.clock.now())
    )


async def _move(uow: UnitOfWork, user: User, email: str) -> None:
    try:
        async with uow.savepoint():
            user.email, user.email_verified_at = email, uow.clock.now()
            await uow.session.flush()
    except IntegrityError as error:
        raise EmailTakenError(field="email") from error


async def _make_room(uow: UnitOfWork, email: str) -> None:
    """Drop a registration of the former address that nobody has proved: it must not bar the way back."""
    claimed = select(col(User.id)).where(col(User.email) == email, col(User.status) == AccountStatus.UNVERIFIED)
    try:
        async with uow.savepoint():
            await uow.session.execute(delete(LoginChallenge).where(col(LoginChallenge.user_id).in_(claimed)))
            await uow.session.execute(delete(User).where(col(User.id).in_(claimed)))
    except IntegrityError:
        # Something hangs on it (an order): then the address stays taken, and the error says so.
        return


def _code_hash(uow: UnitOfWork, change_id: UUID, code: str) -> bytes:
    secret = uow.settings.session_secret.get_secret_value().encode()
    return hmac.new(secret, b"email-change:" + change_id.bytes + code.encode(), hashlib.sha256).digest()
