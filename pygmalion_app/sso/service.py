"""An organisation's connection to its provider, as its managers set it up."""

from uuid import UUID

from sqlalchemy import delete, func, select
from sqlmodel import col

from pygmalion_app.accounts.reauthentication import require_recent
from pygmalion_app.core import audit
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.identity import ProviderClient, ProviderFault
from pygmalion_app.core.permissions import Permission, Role
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.organizations import policy as organizations
from pygmalion_app.organizations.models import Organization, OrganizationKind
from pygmalion_app.sso import secrets
from pygmalion_app.sso.domains import proven_domains
from pygmalion_app.sso.errors import SsoNoLearnersError, SsoNotTriedError, SsoOffError, SsoSecretNeededError
from pygmalion_app.sso.models import SsoConnection, SsoDomain, SsoDomainCode, SsoIdentity
from pygmalion_app.sso.schemas import CheckView, ConnectionView, DomainView, SaveConnection


def redirect_uri(uow: UnitOfWork, organization_id: UUID) -> str:
    """Return where a provider sends people back to: an address for each organisation.

    One provider's answer can so never be taken for another's, even where it does not name itself (RFC 9700, 4.4).
    """
    return f"{uow.settings.base_url}/auth/sso/callback/{organization_id}"


def signed_out_uri(uow: UnitOfWork) -> str:
    """Return where a provider sends people after they signed out there."""
    return f"{uow.settings.base_url}/"


def client_of(uow: UnitOfWork, connection: SsoConnection) -> ProviderClient:
    """Return what the provider's port needs, the secret in clear: for the length of a call."""
    organization_id = connection.organization_id
    return ProviderClient(
        issuer=connection.issuer,
        client_id=connection.client_id,
        client_secret=secrets.unseal(uow.settings, secrets.CLIENT_SECRET, organization_id, connection.secret),
        redirect_uri=redirect_uri(uow, organization_id),
    )


async def connection_of(uow: UnitOfWork, organization_id: UUID) -> ConnectionView:
    """Return an organisation's single sign-on to its managers."""
    uow.actor.require(Permission.SSO_MANAGE, organization_id)
    organization = await _organization(uow, organization_id)
    found = await uow.session.get(SsoConnection, organization_id)
    view = ConnectionView(
        organization_id=organization_id,
        organization_name=organization.name,
        configured=found is not None,
        redirect_uri=redirect_uri(uow, organization_id),
        signed_out_uri=signed_out_uri(uow),
        can_join=_has_learners(organization),
        domains=await _domains(uow, organization_id),
    )
    if found is None:
        return view
    return view.model_copy(
        update={
            "issuer": found.issuer,
            "client_id": found.client_id,
            "enabled": found.enabled,
            "demanded": found.demanded,
            "second_factor_trusted": found.second_factor_trusted,
            "joins_members": found.joins_members,
            "checked_at": found.checked_at,
            "faults": tuple(found.faults),
            "people": await _people(uow, found),
        }
    )


async def save(uow: UnitOfWork, organization_id: UUID, command: SaveConnection) -> ConnectionView:
    """Connect a provider, or change how it is used.

    Raises SsoSecretNeededError, SsoNoLearnersError, and SsoNotTriedError when it is demanded before anybody came in
    through it.
    """
    uow.actor.require(Permission.SSO_MANAGE, organization_id)
    require_recent(uow)
    organization = await _organization(uow, organization_id)
    if command.joins_members and not _has_learners(organization):
        raise SsoNoLearnersError(field="joinsMembers")
    found = await uow.session.get(SsoConnection, organization_id, with_for_update=True)
    same = found is not None and (found.issuer, found.client_id) == (command.issuer, command.client_id)
    if command.client_secret is None and not same:
        raise SsoSecretNeededError(field="clientSecret")
    if found is None:
        found = SsoConnection(organization_id=organization_id, issuer="", client_id="", secret=b"")
        uow.session.add(found)
    if command.client_secret is not None:
        secret = command.client_secret.get_secret_value()
        found.secret = secrets.seal(uow.settings, secrets.CLIENT_SECRET, organization_id, secret)
        found.checked_at, found.faults = None, []
    for name, value in command.model_dump(exclude={"client_secret"}).items():
        setattr(found, name, value)
    await uow.session.flush()
    if found.demanded and not (await _people(uow, found) and await proven_domains(uow, organization_id)):
        raise SsoNotTriedError(field="demanded")
    await audit.record(
        uow,
        "sso.connection_saved",
        organization_id=organization_id,
        facts={
            "enabled": found.enabled,
            "demanded": found.demanded,
            "second_factor_trusted": found.second_factor_trusted,
            "joins_members": found.joins_members,
            "provider_changed": not same,
            "secret_changed": command.client_secret is not None,
        },
    )
    return await connection_of(uow, organization_id)


async def remove(uow: UnitOfWork, organization_id: UUID) -> None:
    """Disconnect the provider; people keep their accounts and sign in by password or passkey. Domains stay proven."""
    uow.actor.require(Permission.SSO_MANAGE, organization_id)
    require_recent(uow)
    # Who came in through it, and what waits or runs, goes with it (foreign keys).
    async with uow.elevated():
        gone = await uow.session.execute(
            delete(SsoConnection)
            .where(col(SsoConnection.organization_id) == organization_id)
            .returning(col(SsoConnection.organization_id))
        )
    if gone.scalar_one_or_none() is None:
        raise NotFoundError
    await audit.record(uow, "sso.connection_removed", organization_id=organization_id)


async def client_to_check(uow: UnitOfWork, organization_id: UUID) -> ProviderClient:
    """Return what a test needs; SsoOffError when nothing is connected. The test itself runs outside of any lock."""
    uow.actor.require(Permission.SSO_MANAGE, organization_id)
    found = await uow.session.get(SsoConnection, organization_id)
    if found is None:
        raise SsoOffError
    return client_of(uow, found)


async def note_check(uow: UnitOfWork, organization_id: UUID, faults: tuple[ProviderFault, ...]) -> CheckView:
    """Keep what a test found."""
    uow.actor.require(Permission.SSO_MANAGE, organization_id)
    found = await uow.session.get(SsoConnection, organization_id, with_for_update=True)
    if found is None:
        raise SsoOffError
    found.checked_at, found.faults = uow.clock.now(), [fault.value for fault in faults]
    await uow.session.flush()
    return CheckView(ok=not faults, faults=tuple(found.faults))


async def _organization(uow: UnitOfWork, organization_id: UUID) -> Organization:
    found = await uow.session.get(Organization, organization_id)
    if found is None:
        raise NotFoundError
    return found


def _has_learners(organization: Organization) -> bool:
    return Role.LEARNER in organizations.ROLES[OrganizationKind(organization.kind)]


async def _people(uow: UnitOfWork, connection: SsoConnection) -> int:
    query = select(func.count()).where(
        col(SsoIdentity.organization_id) == connection.organization_id, col(SsoIdentity.issuer) == connection.issuer
    )
    async with uow.elevated():
        return (await uow.session.execute(query)).scalar_one()


async def _domains(uow: UnitOfWork, organization_id: UUID) -> tuple[DomainView, ...]:
    async with uow.elevated():
        rows = (
            await uow.session.execute(
                select(SsoDomain, col(SsoDomainCode.mailbox))
                .outerjoin(
                    SsoDomainCode,
                    (col(SsoDomainCode.domain_id) == col(SsoDomain.id))
                    & (col(SsoDomainCode.expires_at) > uow.clock.now()),
                )
                .where(col(SsoDomain.organization_id) == organization_id)
                .order_by(col(SsoDomain.domain))
            )
        ).all()
    return tuple(
        DomainView(
            domain=domain.domain,
            proven_at=domain.proven_at,
            proven_by=domain.proven_by,
            mailbox=f"{mailbox}@{domain.domain}" if mailbox else None,
        )
        for domain, mailbox in rows
    )
