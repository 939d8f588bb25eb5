"""From what a provider says to an account: whose it is, what still has to be shown, and what follows."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from pygmalion_app.accounts.models import AccountStatus, User
from pygmalion_app.accounts.schemas import PersonName
from pygmalion_app.core import audit
from pygmalion_app.core.identity import ProviderIdentity
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.organizations.models import OrganizationMember
from pygmalion_app.sso.domains import domain_of, proven_domains
from pygmalion_app.sso.errors import (
    SsoAdministratorError,
    SsoForeignAddressError,
    SsoNotMemberError,
    SsoStaleError,
    SsoUnverifiedEmailError,
)
from pygmalion_app.sso.models import SsoConnection, SsoIdentity

_KINDS: Final = (
    frozenset({"pwd", "pin", "kba"}),
    frozenset({"otp", "hwk", "swk", "sms", "tel", "sc", "pop"}),
    frozenset({"face", "fpt", "iris", "retina", "vbm"}),
)
"""What one knows, has and is, as `amr` values (RFC 8176)."""
_STRONG_CONTEXTS: Final = frozenset(
    {
        "phr",
        "phrh",
        "https://refeds.org/profile/mfa",
        "http://schemas.openid.net/pape/policies/2007/06/multi-factor",
        "http://schemas.openid.net/pape/policies/2007/06/multi-factor-physical",
    }
)
"""`acr` values that mean several factors, or one that resists phishing (OpenID EAP, REFEDS MFA, PAPE)."""
_NAME: Final = TypeAdapter[str](PersonName)


@dataclass(frozen=True, slots=True)
class Resolved:
    """Whose account it is. `known`: this identity was linked before."""

    user: User
    known: bool
    second_factor_shown: bool
    claimed: dict[str, str]
    """What a new account begins with once its mailbox is proven."""


def shows_second_factor(connection: SsoConnection, identity: ProviderIdentity) -> bool:
    """Tell whether the provider asked for more than one factor: it says so itself, or its organisation does."""
    kinds = sum(bool(kind & set(identity.methods)) for kind in _KINDS)
    return (
        connection.second_factor_trusted
        or "mfa" in identity.methods
        or kinds > 1
        or identity.context in _STRONG_CONTEXTS
    )


async def resolve(uow: UnitOfWork, connection: SsoConnection, identity: ProviderIdentity) -> Resolved:
    """Return the account that an identity belongs to, or may come to belong to. For system scope.

    Raises SsoUnverifiedEmailError, SsoForeignAddressError, SsoAdministratorError, SsoNotMemberError.
    """
    answers_for = await proven_domains(uow, connection.organization_id)
    user = await _linked(uow, connection, identity)
    known = user is not None
    if user is None:
        if not identity.email or not identity.email_verified:
            raise SsoUnverifiedEmailError
        if domain_of(identity.email) not in answers_for:
            raise SsoForeignAddressError
        user = await _by_address(uow, identity)
    # An organisation speaks for addresses at its own domains: an account that has moved on is out of its reach.
    if domain_of(user.email) not in answers_for:
        raise SsoForeignAddressError
    if user.is_platform_admin:
        raise SsoAdministratorError
    if not connection.joins_members and not await _is_member(uow, connection.organization_id, user.id):
        raise SsoNotMemberError
    claimed: dict[str, str] = {}
    if user.status == AccountStatus.UNVERIFIED:
        # Nobody has proven this mailbox yet, so a password that somebody set in advance must not outlive the proof.
        user.password_hash = None
        claimed = {"first_name": _name(identity.first_name, user.first_name)}
        claimed["last_name"] = _name(identity.last_name, user.last_name)
    return Resolved(user, known, shows_second_factor(connection, identity), claimed)


async def link(uow: UnitOfWork, connection: SsoConnection, user: User, issuer: str, subject: str) -> None:
    """Note that this identity is this person's, and let them join if the organisation says so.

    Raises SsoStaleError when the identity has become somebody else's meanwhile. For system scope.
    """
    now, organization_id = uow.clock.now(), connection.organization_id
    row = {"id": new_id(), "organization_id": organization_id, "issuer": issuer, "subject": subject}
    owner = await uow.session.execute(
        insert(SsoIdentity)
        .values(row | {"user_id": user.id, "created_at": now, "last_used_at": now})
        .on_conflict_do_update(
            index_elements=["organization_id", "issuer", "subject"],
            set_={"last_used_at": now},
            where=col(SsoIdentity.user_id) == user.id,
        )
        .returning(col(SsoIdentity.id))
    )
    linked = owner.scalar_one_or_none()
    if linked is None:
        raise SsoStaleError
    # An address that the provider has given to a new subject is no longer the old one's.
    await uow.session.execute(
        delete(SsoIdentity).where(
            col(SsoIdentity.organization_id) == organization_id,
            col(SsoIdentity.user_id) == user.id,
            col(SsoIdentity.id) != linked,
        )
    )
    if linked == row["id"]:
        await audit.record(
            uow,
            "sso.identity_linked",
            subject_id=user.id,
            organization_id=organization_id,
            actor_user_id=user.id,
        )
    await _join(uow, connection, user)


async def _linked(uow: UnitOfWork, connection: SsoConnection, identity: ProviderIdentity) -> User | None:
    query = (
        select(User)
        .join(SsoIdentity, col(SsoIdentity.user_id) == col(User.id))
        .where(
            col(SsoIdentity.organization_id) == connection.organization_id,
            col(SsoIdentity.issuer) == identity.issuer,
            col(SsoIdentity.subject) == identity.subject,
        )
        .with_for_update(of=User)
    )
    return (await uow.session.execute(query)).scalar_one_or_none()


async def _by_address(uow: UnitOfWork, identity: ProviderIdentity) -> User:
    """Return the account of an address, a new unverified one where there is none."""
    local = identity.email.partition("@")[0]
    fresh = {
        "id": new_id(),
        "email": identity.email,
        "first_name": _name(identity.first_name, _name(local, "?")),
        "last_name": _name(identity.last_name, "-"),
        "status": AccountStatus.UNVERIFIED,
        "is_platform_admin": False,
    }
    await uow.session.execute(insert(User).values(fresh).on_conflict_do_nothing(index_elements=["email"]))
    query = select(User).where(col(User.email) == identity.email).with_for_update()
    return (await uow.session.execute(query)).scalar_one()


async def _is_member(uow: UnitOfWork, organization_id: UUID, user_id: UUID) -> bool:
    query = (
        select(col(OrganizationMember.id))
        .where(col(OrganizationMember.organization_id) == organization_id, col(OrganizationMember.user_id) == user_id)
        .limit(1)
    )
    return (await uow.session.execute(query)).first() is not None


async def _join(uow: UnitOfWork, connection: SsoConnection, user: User) -> None:
    """Make the person a learner unless they have a role here already."""
    organization_id = connection.organization_id
    if not connection.joins_members or await _is_member(uow, organization_id, user.id):
        return
    row = {"id": new_id(), "user_id": user.id, "organization_id": organization_id, "role": Role.LEARNER}
    await uow.session.execute(insert(OrganizationMember).values(row).on_conflict_do_nothing())
    await audit.record(
        uow,
        "sso.member_joined",
        subject_id=user.id,
        organization_id=organization_id,
        actor_user_id=user.id,
        facts={"role": Role.LEARNER},
    )


def _name(given: str, otherwise: str) -> str:
    """Return a name that is fit to be one: the provider's, or what stands already."""
    try:
        return _NAME.validate_python(given)
    except ValidationError:
        return otherwise
