"""Accounts: registration, sign-in with a second factor, profile.

Signing in happens in elevated units of work: nobody is known yet.
"""

import hmac
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, LiteralString
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from pygmalion_app.accounts import challenges, factors, passkeys, trusted_devices
from pygmalion_app.accounts.errors import (
    InvalidCodeError,
    InvalidCredentialsError,
    InvalidPasskeyError,
)
from pygmalion_app.accounts.factor_models import PasskeyPurpose
from pygmalion_app.accounts.factor_schemas import AnswerPasskey, AskPasskey, PasskeyOptions
from pygmalion_app.accounts.keys import derived_key
from pygmalion_app.accounts.models import AccountStatus, BrowserSession, LoginChallenge, SignInMethod, User
from pygmalion_app.accounts.passwords import check_acceptable, hash_password, verify_password
from pygmalion_app.accounts.schemas import (
    ChallengeView,
    Login,
    Person,
    ProfileView,
    Register,
    SignedIn,
    UpdateProfile,
    VerifyCode,
)
from pygmalion_app.core import audit
from pygmalion_app.core.batches import Statement
from pygmalion_app.core.caller import current_caller
from pygmalion_app.core.errors import NotAuthenticatedError
from pygmalion_app.core.ids import new_id, token_hash
from pygmalion_app.core.limits import Limit, hit, hit_from_here, network_of
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.notifications.service import queue_email

_MAILBOX = "mailbox"
_ENSURE_PEOPLE: LiteralString = """
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
    await hit_from_here(Limit.REGISTRATION)
    mailbox = _mailbox(uow, email)
    await hit(Limit.CODE_SENT, mailbox)
    password = command.password.get_secret_value()
    check_acceptable(password, email=email, names=(command.first_name, command.last_name))
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
        # The decoy knows its mailbox, so that asking for more codes is limited alike.
        return await challenges.begin(uow, None, {_MAILBOX: mailbox})
    user.password_hash = claimed["password_hash"]
    return await challenges.begin(uow, user, claimed)


async def login(uow: UnitOfWork, command: Login) -> ChallengeView:
    """Check the password and ask for a second factor; InvalidCredentialsError tells only that they do not fit."""
    user = await _with_password(uow, command)
    return await _second_step(uow, user, await factors.methods_of(uow, user))


async def login_in_browser(uow: UnitOfWork, command: Login, device: str | None) -> ChallengeView | SignedIn:
    """Check the password as `login` does; in a browser that its owner trusts, it is enough in place of a mailed code.

    `device` is the browser's token (`trusted_devices.COOKIE`), if it has one. Whoever has a strong factor, or is asked
    for one by an organisation, is always asked for it.
    """
    user = await _with_password(uow, command)
    methods = await factors.methods_of(uow, user)
    if (
        methods == (SignInMethod.EMAIL,)
        and user.status == AccountStatus.ACTIVE
        and await trusted_devices.recognise(uow, user.id, device)
        and not await factors.demanding(uow, user.id)
    ):
        return await _signed_in(uow, user.id, SignInMethod.TRUSTED_DEVICE)
    return await _second_step(uow, user, methods)


async def resend_code(uow: UnitOfWork, challenge_id: UUID) -> ChallengeView:
    """Mail a new code for a sign-in under way; the earlier code is worth nothing any more.

    Raises InvalidCodeError for a challenge that is spent, late, or younger than `challenges.RESEND_AFTER`.
    """
    earlier = await challenges.end_for_another(uow, challenge_id)
    user = await uow.session.get(User, earlier.user_id) if earlier.user_id else None
    await hit(Limit.CODE_SENT, _mailbox(uow, user.email) if user else earlier.pending.get(_MAILBOX))
    return await challenges.begin(uow, user, earlier.pending, may_trust=await _may_trust(uow, user))


async def verify_code(uow: UnitOfWork, command: VerifyCode) -> SignedIn:
    """Finish a sign-in with a mailed, authenticator or recovery code.

    Raises InvalidCodeError for a wrong, late, used or over-tried one, and for one of a factor that the person has not.
    """
    await hit_from_here(Limit.CODE_FROM)
    challenge, user = await challenges.attempt(uow, command.challenge_id)
    if user.status == AccountStatus.ACTIVE:
        # Not for new accounts: a decoy has nobody to count by, and the difference would tell which it is.
        await hit(Limit.CODE, user.id)
    if await factors.methods_of(uow, user) == (SignInMethod.EMAIL,):
        if command.method not in {None, SignInMethod.EMAIL} or not challenges.is_mailed_code(
            uow, challenge, command.code
        ):
            raise InvalidCodeError(field="code")
        _activate(uow, challenge, user)
        method = SignInMethod.EMAIL
    else:
        method = await factors.check_code(uow, user, command.code, command.method)
    challenge.used_at = uow.clock.now()
    return await _signed_in(uow, user.id, method)


async def ask_passkey(uow: UnitOfWork, command: AskPasskey) -> PasskeyOptions:
    """Return what the browser needs to ask for a passkey: alone, or as the second factor of a sign-in under way.

    Raises InvalidCodeError when that sign-in is over, InvalidPasskeyError when its person has no passkey.
    """
    await hit_from_here(Limit.CODE_FROM)
    if command.challenge_id is None:
        return await passkeys.request_options(uow)
    challenge = await challenges.live(uow, command.challenge_id)
    if challenge is None or challenge.user_id is None:
        raise InvalidCodeError
    if not await passkeys.passkeys_of(uow, challenge.user_id):
        raise InvalidPasskeyError
    return await passkeys.request_options(uow, challenge.user_id, challenge.id)


async def answer_passkey(uow: UnitOfWork, command: AnswerPasskey) -> SignedIn:
    """Finish a sign-in with what a passkey has signed; InvalidPasskeyError for anything that does not fit."""
    await hit_from_here(Limit.CODE_FROM)
    asked = await passkeys.take(uow, command.challenge_id, PasskeyPurpose.SIGN_IN, PasskeyPurpose.SECOND_FACTOR)
    sign_in = None
    if asked.login_challenge_id is not None:
        sign_in, user = await challenges.attempt(uow, asked.login_challenge_id)
        await hit(Limit.CODE, user.id)
    passkey = await passkeys.verify(uow, asked, command.credential)
    if sign_in is not None:
        sign_in.used_at = uow.clock.now()
    return await _signed_in(uow, passkey.user_id, SignInMethod.PASSKEY)


async def trust_browser(uow: UnitOfWork, session_token: str) -> str | None:
    """Return the token by which the browser of a new session is trusted; None where that would not spare a code.

    Only a session that a mailed code has opened makes its browser trusted.
    """
    session = (
        await uow.session.execute(
            select(BrowserSession).where(
                col(BrowserSession.token_hash) == token_hash(session_token),
                col(BrowserSession.method) == SignInMethod.EMAIL,
            )
        )
    ).scalar_one_or_none()
    user = await uow.session.get(User, session.user_id) if session else None
    if user is None or not await _may_trust(uow, user):
        return None
    await audit.record(uow, "account.device_trusted", subject_id=user.id, actor_user_id=user.id)
    return await trusted_devices.trust(uow, user.id)


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
    return ids_by_address((await uow.pipeline(ensuring(uow, people)))[0])


def ensuring(uow: UnitOfWork, people: Sequence[Person]) -> Statement:
    """Return what `ensure_people` sends, for callers that send more with it; `ids_by_address` reads its rows."""
    # Always in the same order, so that two orders with the same people cannot lock each other out.
    ordered = sorted(people, key=lambda person: str(person.email).lower())
    return _ENSURE_PEOPLE, {
        "ids": [new_id() for _ in ordered],
        "emails": [str(person.email).lower() for person in ordered],
        "first_names": [person.first_name for person in ordered],
        "last_names": [person.last_name for person in ordered],
        "locale": uow.actor.locale,
    }


def ids_by_address(rows: Iterable[Mapping[str, Any]]) -> dict[str, UUID]:
    """Return what `ensuring` found: ids by lower-case address."""
    return {str(row["email"]).lower(): row["id"] for row in rows}


async def _user_by_email(uow: UnitOfWork, email: str) -> User | None:
    return (await uow.session.execute(select(User).where(col(User.email) == email))).scalar_one_or_none()


def _mailbox(uow: UnitOfWork, email: str) -> str:
    """Return what an address is counted by; a decoy keeps it, and must not hold the address of whoever has it."""
    return hmac.digest(derived_key(uow.settings, "mailbox/1"), email.lower().encode(), "sha256").hex()


async def _with_password(uow: UnitOfWork, command: Login) -> User:
    """Return whose password this is; attempts are counted by account, by address, and by both."""
    email = str(command.email)
    await hit_from_here(Limit.SIGN_IN_FROM)
    await hit(Limit.SIGN_IN, email, network_of(current_caller().address))
    await hit(Limit.SIGN_IN_ACCOUNT, email)
    user = await _user_by_email(uow, email)
    stored = user.password_hash if user else None
    if not await verify_password(command.password.get_secret_value(), stored) or user is None:
        # Written for unknown addresses too, so that both refusals take the same time.
        await audit.record(uow, "account.sign_in_refused", subject_id=user.id if user else None)
        raise InvalidCredentialsError
    return user


async def _signed_in(uow: UnitOfWork, user_id: UUID, method: SignInMethod) -> SignedIn:
    await uow.session.flush()
    await audit.record(
        uow, "account.signed_in", subject_id=user_id, actor_user_id=user_id, facts={"method": method.value}
    )
    return SignedIn(user_id=user_id, method=method)


async def _second_step(uow: UnitOfWork, user: User, methods: tuple[SignInMethod, ...]) -> ChallengeView:
    if SignInMethod.EMAIL in methods:
        await hit(Limit.CODE_SENT, _mailbox(uow, user.email))
    unverified = user.status == AccountStatus.UNVERIFIED
    pending = {"password_hash": str(user.password_hash)} if unverified else {}
    return await challenges.begin(uow, user, pending, methods, may_trust=await _may_trust(uow, user))


async def _may_trust(uow: UnitOfWork, user: User | None) -> bool:
    """Tell whether trusting a browser would spare this person a code.

    Not for unverified accounts either: whether an address was known before must not show in a registration's answer.
    """
    if user is None or user.status != AccountStatus.ACTIVE or user.strong_factor:
        return False
    return not await factors.demanding(uow, user.id)


def _activate(uow: UnitOfWork, challenge: LoginChallenge, user: User) -> None:
    """Let an account begin: the mailed code has proved its mailbox, so what was claimed with it holds."""
    if user.status == AccountStatus.UNVERIFIED:
        user.status, user.email_verified_at = AccountStatus.ACTIVE, uow.clock.now()
        for name, value in challenge.pending.items():
            setattr(user, name, value)
