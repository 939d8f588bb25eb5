"""Accounts: registration, sign-in with a code by e-mail, profile."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from pygmalion_app.accounts.errors import InvalidCodeError, InvalidCredentialsError, WeakPasswordError
from pygmalion_app.accounts.models import AccountStatus, LoginChallenge, User
from pygmalion_app.accounts.passwords import hash_password, verify_password
from pygmalion_app.accounts.schemas import (
    ChallengeView,
    Login,
    Person,
    ProfileView,
    Register,
    UpdateProfile,
    VerifyCode,
)
from pygmalion_app.core.errors import NotAuthenticatedError
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.notifications.service import queue_email

CODE_LIFE = timedelta(minutes=10)
RESEND_AFTER = timedelta(seconds=25)
"""The page offers a new code after 30 seconds; clocks and networks are given the difference."""
MAX_ATTEMPTS = 5
METHODS = ("email",)

_ENSURE_PEOPLE = """
INSERT INTO users (id, email, first_name, last_name, locale, status, is_platform_admin)
SELECT id, email, first_name, last_name, %(locale)s, 'unverified', false
FROM unnest(%(ids)s::uuid[], %(emails)s::text[], %(first_names)s::text[], %(last_names)s::text[])
     AS person (id, email, first_name, last_name)
ON CONFLICT (email) DO UPDATE SET email = users.email
RETURNING id, email
"""


async def register(uow: UnitOfWork, command: Register) -> ChallengeView:
    """Open an account and mail a code that proves the address.

    The answer is the same whether the address is new or not: an account that exists is told by mail. Until a code
    proves the mailbox, the password belongs to the attempt and not to the account, so nobody can lay claim to
    somebody else's address in advance.
    """
    email = str(command.email).lower()
    password = command.password.get_secret_value()
    if password.lower() in {email, email.split("@", maxsplit=1)[0]} or len(set(password)) < 5:  # noqa: PLR2004
        raise WeakPasswordError(field="password")
    claimed = {
        "password_hash": await hash_password(password),
        "first_name": command.first_name,
        "last_name": command.last_name,
        "locale": command.locale,
    }
    row = claimed | {"id": new_id(), "email": email, "status": AccountStatus.UNVERIFIED, "is_platform_admin": False}
    await uow.session.execute(insert(User).values(row).on_conflict_do_nothing(index_elements=["email"]))
    user = (await uow.session.execute(select(User).where(col(User.email) == email).with_for_update())).scalar_one()
    if user.status == AccountStatus.ACTIVE:
        await queue_email(uow, user.email, "already-registered", user.locale, first_name=user.first_name)
        return await _challenge(uow, None, {})
    user.password_hash = claimed["password_hash"]
    return await _challenge(uow, user, claimed)


async def login(uow: UnitOfWork, command: Login) -> ChallengeView:
    """Check the password and mail a code; InvalidCredentialsError says no more than that they do not go together."""
    user = await _user_by_email(uow, str(command.email))
    stored = user.password_hash if user else None
    if not await verify_password(command.password.get_secret_value(), stored) or user is None:
        raise InvalidCredentialsError
    unverified = user.status == AccountStatus.UNVERIFIED
    return await _challenge(uow, user, {"password_hash": str(stored)} if unverified else {})


async def resend_code(uow: UnitOfWork, challenge_id: UUID) -> ChallengeView:
    """Mail a new code for a sign-in under way; the earlier code is worth nothing any more.

    Raises InvalidCodeError for a challenge that is spent, late, or younger than `RESEND_AFTER`.
    """
    now = uow.clock.now()
    earlier = (
        await uow.session.execute(
            update(LoginChallenge)
            .where(
                col(LoginChallenge.id) == challenge_id,
                col(LoginChallenge.used_at).is_(None),
                col(LoginChallenge.expires_at) > now,
                col(LoginChallenge.expires_at) <= now + CODE_LIFE - RESEND_AFTER,
            )
            .values(used_at=now)
            .returning(LoginChallenge)
        )
    ).scalar_one_or_none()
    if earlier is None:
        raise InvalidCodeError(field="code")
    user = await uow.session.get(User, earlier.user_id) if earlier.user_id else None
    return await _challenge(uow, user, earlier.pending)


async def verify_code(uow: UnitOfWork, command: VerifyCode) -> UUID:
    """Spend a challenge and return who signed in; InvalidCodeError for a wrong, late, used or over-tried code."""
    # One atomic statement counts the attempt before the code is looked at: parallel guesses all count.
    attempted = (
        await uow.session.execute(
            update(LoginChallenge)
            .where(
                col(LoginChallenge.id) == command.challenge_id,
                col(LoginChallenge.used_at).is_(None),
                col(LoginChallenge.expires_at) > uow.clock.now(),
                col(LoginChallenge.attempts) < MAX_ATTEMPTS,
            )
            .values(attempts=col(LoginChallenge.attempts) + 1)
            .returning(LoginChallenge)
        )
    ).scalar_one_or_none()
    if attempted is None or attempted.user_id is None:
        raise InvalidCodeError(field="code")
    if not hmac.compare_digest(attempted.code_hash, _code_hash(uow, attempted.id, command.code)):
        raise InvalidCodeError(field="code")
    attempted.used_at = uow.clock.now()
    user = await uow.session.get_one(User, attempted.user_id, with_for_update=True)
    if user.status == AccountStatus.UNVERIFIED:
        user.status, user.email_verified_at = AccountStatus.ACTIVE, uow.clock.now()
        for name, value in attempted.pending.items():
            setattr(user, name, value)
    await uow.session.flush()
    return user.id


async def profile(uow: UnitOfWork) -> ProfileView:
    """Return the caller's own profile (memberships are added by the organisations feature)."""
    user = await uow.session.get(User, uow.actor.require_user())
    if user is None:
        raise NotAuthenticatedError
    return ProfileView.model_validate(user)


async def update_profile(uow: UnitOfWork, command: UpdateProfile) -> ProfileView:
    """Change the caller's own profile."""
    user = await uow.session.get(User, uow.actor.require_user(), with_for_update=True)
    if user is None:
        raise NotAuthenticatedError
    for name, value in command.model_dump(exclude_unset=True, exclude_none=True).items():
        setattr(user, name, value)
    await uow.session.flush()
    return ProfileView.model_validate(user)


async def ensure_people(uow: UnitOfWork, people: Sequence[Person]) -> dict[str, UUID]:
    """Return the ids of people by lower-case address, making an unverified account for each new one.

    The names of a person who is known already stay as they are: an employer does not rename people.
    """
    # Always in the same order, so that two orders with the same people cannot lock each other out.
    ordered = sorted(people, key=lambda person: str(person.email).lower())
    found = await uow.sql(
        _ENSURE_PEOPLE,
        ids=[new_id() for _ in ordered],
        emails=[str(person.email).lower() for person in ordered],
        first_names=[person.first_name for person in ordered],
        last_names=[person.last_name for person in ordered],
        locale=uow.actor.locale,
    )
    return {str(row["email"]).lower(): row["id"] for row in found}


async def _user_by_email(uow: UnitOfWork, email: str) -> User | None:
    return (await uow.session.execute(select(User).where(col(User.email) == email))).scalar_one_or_none()


def _code_hash(uow: UnitOfWork, challenge_id: UUID, code: str) -> bytes:
    secret = uow.settings.session_secret.get_secret_value().encode()
    return hmac.new(secret, b"code:" + challenge_id.bytes + code.encode(), hashlib.sha256).digest()


async def _challenge(uow: UnitOfWork, user: User | None, pending: dict[str, str]) -> ChallengeView:
    code = f"{secrets.randbelow(1_000_000):06d}"
    challenge = LoginChallenge(
        id=new_id(),
        user_id=user.id if user else None,
        code_hash=b"",
        pending=pending,
        expires_at=uow.clock.now() + CODE_LIFE,
    )
    challenge.code_hash = _code_hash(uow, challenge.id, code)
    uow.session.add(challenge)
    if user is not None:
        minutes = int(CODE_LIFE.total_seconds() // 60)
        await queue_email(
            uow, user.email, "sign-in-code", user.locale, code=code, first_name=user.first_name, minutes=minutes
        )
    await uow.session.flush()
    return ChallengeView(challenge_id=challenge.id, methods=METHODS, expires_at=challenge.expires_at)
