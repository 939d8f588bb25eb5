"""A person's own second factors. Each change asks for a recent proof of who one is, and is told by mail."""

from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col

from pygmalion_app.accounts import passkeys, recovery_codes, totp
from pygmalion_app.accounts.errors import InvalidCodeError, StrongFactorDemandedError
from pygmalion_app.accounts.factor_models import Passkey
from pygmalion_app.accounts.factor_schemas import (
    AddPasskey,
    ConfirmTotp,
    DemandingOrganization,
    FactorsView,
    PasskeyAdded,
    PasskeyOptions,
    PasskeyView,
    RecoveryCodes,
    TotpEnrolment,
)
from pygmalion_app.accounts.models import SignInMethod, User
from pygmalion_app.accounts.reauthentication import require_recent
from pygmalion_app.core import audit
from pygmalion_app.core.addresses import address
from pygmalion_app.core.errors import NotAuthenticatedError, NotFoundError
from pygmalion_app.core.permissions import STRONG_FACTOR_ROLES
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.notifications.service import queue_email

_METHODS = """
SELECT EXISTS (SELECT FROM passkeys WHERE user_id = %(user)s) AS passkey,
       EXISTS (SELECT FROM totp_factors WHERE user_id = %(user)s AND confirmed_at IS NOT NULL) AS totp,
       EXISTS (SELECT FROM recovery_codes WHERE user_id = %(user)s AND used_at IS NULL) AS recovery_code
"""
_DEMANDING = """
SELECT DISTINCT o.id, o.name FROM organizations o JOIN organization_members m ON m.organization_id = o.id
WHERE m.user_id = %(user)s AND o.strong_factor_required AND m.role = ANY (%(roles)s) ORDER BY o.name
"""


async def methods_of(uow: UnitOfWork, user: User) -> tuple[SignInMethod, ...]:
    """Return the second factors that let a person in, the strongest first; for system scope.

    The mailed code counts for those only who have nothing better: it would be the weakest link otherwise.
    """
    if not user.strong_factor:
        return (SignInMethod.EMAIL,)
    (has,) = await uow.sql(_METHODS, user=user.id)
    ordered = (SignInMethod.PASSKEY, SignInMethod.TOTP, SignInMethod.RECOVERY_CODE)
    return tuple(method for method in ordered if has[method.value])


async def demanding(uow: UnitOfWork, user_id: UUID) -> tuple[DemandingOrganization, ...]:
    """Return the organisations that demand a strong factor of a person; for system scope."""
    rows = await uow.sql(_DEMANDING, user=user_id, roles=[role.value for role in STRONG_FACTOR_ROLES])
    return tuple(DemandingOrganization(id=row["id"], name=row["name"]) for row in rows)


async def check_code(uow: UnitOfWork, user: User, code: str, method: str | None = None) -> SignInMethod:
    """Spend an authenticator's or a recovery code and return which it was; InvalidCodeError for any other.

    For system scope. The caller counts the attempts.
    """
    if len(code) == recovery_codes.LENGTH and method in {None, SignInMethod.RECOVERY_CODE}:
        if await recovery_codes.spend(uow, user.id, code):
            left = await recovery_codes.left(uow, user.id)
            await _tell(uow, user, "recovery-code-used", left=left)
            await audit.record(uow, "account.recovery_code_used", subject_id=user.id, facts={"left": left})
            return SignInMethod.RECOVERY_CODE
    elif method in {None, SignInMethod.TOTP} and await totp.spend(uow, user.id, code):
        return SignInMethod.TOTP
    raise InvalidCodeError(field="code")


async def overview(uow: UnitOfWork) -> FactorsView:
    """Return what the caller has beside the password, and who demands a strong factor of them."""
    user_id = uow.actor.require_user()
    async with uow.elevated():
        authenticator = await totp.confirmed(uow, user_id)
        kept = await passkeys.passkeys_of(uow, user_id)
        return FactorsView(
            totp_since=authenticator.confirmed_at if authenticator else None,
            recovery_codes_left=await recovery_codes.left(uow, user_id),
            passkeys=tuple(PasskeyView.model_validate(passkey) for passkey in kept),
            demanded_by=await demanding(uow, user_id),
            strong=authenticator is not None or bool(kept),
        )


async def begin_totp(uow: UnitOfWork) -> TotpEnrolment:
    """Make a secret for an authenticator application; it counts once `confirm_totp` has seen a code of it."""
    require_recent(uow)
    async with uow.elevated():
        user = await _myself(uow)
        factor, secret = await totp.begin(uow, user.id)
        return TotpEnrolment(factor_id=factor.id, secret=secret, uri=totp.address_of(secret, user.email))


async def confirm_totp(uow: UnitOfWork, command: ConfirmTotp) -> RecoveryCodes:
    """Take the authenticator into use; returns recovery codes when it is the first strong factor."""
    require_recent(uow)
    async with uow.elevated():
        user = await _myself(uow)
        await totp.confirm(uow, user.id, command.factor_id, command.code)
        return RecoveryCodes(recovery_codes=await _added(uow, user, SignInMethod.TOTP))


async def remove_totp(uow: UnitOfWork) -> None:
    """Forget the authenticator; StrongFactorDemandedError when it is the last strong factor and one is demanded."""
    require_recent(uow)
    async with uow.elevated():
        user = await _myself(uow)
        if await totp.confirmed(uow, user.id) is None:
            raise NotFoundError
        await totp.remove(uow, user.id)
        await _removed(uow, user, SignInMethod.TOTP)


async def new_recovery_codes(uow: UnitOfWork) -> RecoveryCodes:
    """Make ten new recovery codes in place of the earlier ones; NotFoundError for who has no strong factor."""
    require_recent(uow)
    async with uow.elevated():
        user = await _myself(uow)
        if not user.strong_factor:
            raise NotFoundError
        codes = await recovery_codes.make(uow, user.id)
        await _tell(uow, user, "recovery-codes-made")
        await audit.record(uow, "account.recovery_codes_made", subject_id=user.id)
        return RecoveryCodes(recovery_codes=codes)


async def begin_passkey(uow: UnitOfWork) -> PasskeyOptions:
    """Return what the browser needs to make a passkey for the caller."""
    require_recent(uow)
    async with uow.elevated():
        return await passkeys.registration_options(uow, await _myself(uow))


async def add_passkey(uow: UnitOfWork, command: AddPasskey) -> PasskeyAdded:
    """Keep the passkey that the browser made; with recovery codes when it is the first strong factor."""
    require_recent(uow)
    async with uow.elevated():
        user = await _myself(uow)
        kept = await passkeys.register(uow, user.id, command)
        codes = await _added(uow, user, SignInMethod.PASSKEY)
        return PasskeyAdded(passkey=PasskeyView.model_validate(kept), recovery_codes=codes)


async def remove_passkey(uow: UnitOfWork, passkey_id: UUID) -> None:
    """Forget one of the caller's passkeys; NotFoundError when it is not theirs, else as `remove_totp`."""
    require_recent(uow)
    async with uow.elevated():
        user = await _myself(uow)
        gone = await uow.session.execute(
            delete(Passkey)
            .where(col(Passkey.id) == passkey_id, col(Passkey.user_id) == user.id)
            .returning(col(Passkey.id))
        )
        if gone.scalar_one_or_none() is None:
            raise NotFoundError(passkey=str(passkey_id))
        await _removed(uow, user, SignInMethod.PASSKEY)


async def _myself(uow: UnitOfWork) -> User:
    """Return the caller's account, locked: changes of one person's factors come one after the other."""
    user = await uow.session.get(User, uow.actor.require_user(), with_for_update=True)
    if user is None:
        raise NotAuthenticatedError
    return user


async def _added(uow: UnitOfWork, user: User, factor: SignInMethod) -> tuple[str, ...]:
    user.strong_factor = True
    codes = () if await recovery_codes.left(uow, user.id) else await recovery_codes.make(uow, user.id)
    await _tell(uow, user, "factor-added", factor=factor.value)
    await audit.record(uow, "account.factor_added", subject_id=user.id, facts={"factor": factor})
    return codes


async def _removed(uow: UnitOfWork, user: User, factor: SignInMethod) -> None:
    (has,) = await uow.sql(_METHODS, user=user.id)
    user.strong_factor = has["passkey"] or has["totp"]
    if not user.strong_factor:
        if demanded := await demanding(uow, user.id):
            raise StrongFactorDemandedError(organization=demanded[0].name)
        await recovery_codes.remove(uow, user.id)
    await _tell(uow, user, "factor-removed", factor=factor.value)
    await audit.record(uow, "account.factor_removed", subject_id=user.id, facts={"factor": factor})


async def _tell(uow: UnitOfWork, user: User, template: str, **facts: object) -> None:
    path = address("security", user.locale)
    words = facts | {"first_name": user.first_name}
    await queue_email(uow, user.email, template, user.locale, path=path, enclosed=(), attached=None, **words)
