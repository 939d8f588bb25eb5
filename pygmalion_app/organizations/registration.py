"""Registering an organisation, changing it, and asking one that is here already for an invitation."""

import re
import unicodedata
from dataclasses import asdict
from datetime import timedelta
from uuid import UUID

from psycopg.errors import UniqueViolation
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from pygmalion_app.accounts.models import User
from pygmalion_app.accounts.reauthentication import require_recent
from pygmalion_app.core import audit
from pygmalion_app.core.addresses import address
from pygmalion_app.core.errors import BusyError, NotFoundError
from pygmalion_app.core.ids import new_id, new_token
from pygmalion_app.core.limits import Limit, hit
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.notifications.service import queue_email
from pygmalion_app.organizations import policy
from pygmalion_app.organizations.errors import (
    InvalidSiretError,
    OrganizationNotFoundError,
    OwnFactorFirstError,
    SiretFixedError,
    SiretTakenError,
)
from pygmalion_app.organizations.models import JoinRequest, Organization, OrganizationMember, VatRegime
from pygmalion_app.organizations.numbers import read_iban, read_nda, read_siret, read_vat_number
from pygmalion_app.organizations.queries import detail_of
from pygmalion_app.organizations.schemas import (
    CreateOrganization,
    EstablishmentView,
    JoinRequestView,
    OrganizationDetail,
    UpdateOrganization,
)

ASK_AGAIN_AFTER = timedelta(days=1)
_SIRET_CONSTRAINT = "uq_organizations_siret"
_SLUG_CONSTRAINT = "uq_organizations_slug"
_SLUG_LENGTH = 80
_TEXTS = (
    "name", "vat_regime", "address_line1", "address_line2", "postal_code", "city", "country", "contact_email",
    "website", "description", "description_en", "strong_factor_required", "accepts_invoice_payment",
)  # fmt: skip


async def create(uow: UnitOfWork, command: CreateOrganization) -> OrganizationDetail:
    """Register an organisation; whoever does so runs it.

    Raises InvalidSiretError, InvalidNdaError, InvalidVatNumberError, or SiretTakenError for an establishment that is
    registered: `request_to_join` asks those who run it.
    """
    user_id = uow.actor.require_user()
    await hit(Limit.INVITATION, user_id)
    siret = read_siret(command.siret) if command.siret else None
    if siret is None and command.country == "FR":
        raise InvalidSiretError(reason="missing")
    organization = Organization(
        kind=command.kind,
        name=command.name,
        slug="",
        siret=siret,
        nda=read_nda(command.nda) if command.nda else None,
        vat_number=read_vat_number(command.vat_number, siret) if command.vat_number else None,
        address_line1=command.address_line1,
        address_line2=command.address_line2,
        postal_code=command.postal_code,
        city=command.city,
        country=command.country,
        contact_email=str(command.contact_email or ""),
        website=command.website,
        vat_regime=VatRegime.STANDARD,
    )
    role = policy.founding_role(command.kind)
    # Nobody runs it yet, so the founder cannot be let in as one who does.
    async with uow.elevated():
        organization.slug = await _free_slug(uow, command.name)
        await _save(uow, organization)
        uow.session.add(OrganizationMember(user_id=user_id, organization_id=organization.id, role=role))
        await uow.session.flush()
    await audit.record(
        uow, "organization.created", subject_id=organization.id, organization_id=organization.id,
        facts={"kind": command.kind},
    )  # fmt: skip
    return detail_of(organization, can_manage=True)


async def update(uow: UnitOfWork, organization_id: UUID, command: UpdateOrganization) -> OrganizationDetail:
    """Change what is given; an empty number is taken away.

    Raises the errors of `create`, SiretFixedError where the SIRET is known already: it says who this is, and
    ReauthenticationRequiredError for another bank account without a recent proof.
    """
    uow.actor.require(Permission.ORGANIZATION_UPDATE, organization_id)
    organization = await uow.session.get(Organization, organization_id, with_for_update=True)
    if organization is None:
        raise OrganizationNotFoundError
    given = command.model_dump(exclude_unset=True)
    if command.siret is not None:
        _change_siret(uow, organization, command.siret)
    if command.nda is not None:
        organization.nda = read_nda(command.nda) if command.nda else None
    if command.vat_number is not None:
        organization.vat_number = (
            read_vat_number(command.vat_number, organization.siret) if command.vat_number else None
        )
    account = organization.iban
    if command.iban is not None:
        _change_iban(uow, organization, read_iban(command.iban) if command.iban else None)
    if command.strong_factor_required and not organization.strong_factor_required:
        await _require_own_factor(uow)
    changed = [name for name in _TEXTS if given.get(name) is not None and getattr(organization, name) != given[name]]
    for name in changed:
        setattr(organization, name, given[name])
    await _save(uow, organization)
    await audit.record(
        uow, "organization.updated", subject_id=organization_id, organization_id=organization_id,
        facts={
            "strong_factor_required": organization.strong_factor_required,
            "account_changed": organization.iban != account,
        },
    )  # fmt: skip
    return detail_of(organization, can_manage=True)


def _change_iban(uow: UnitOfWork, organization: Organization, iban: str | None) -> None:
    """Let buyers' transfers go to another account, at the word of somebody who has just proved who they are."""
    if iban != organization.iban:
        require_recent(uow)
        organization.iban = iban


async def look_up(uow: UnitOfWork, siret: str) -> EstablishmentView:
    """Return what the public register says of an establishment, to spare whoever registers it the typing.

    Raises InvalidSiretError, NotFoundError for one that the register does not know (or where there is no register),
    and UnavailableError.
    """
    await hit(Limit.INVITATION, uow.actor.require_user())
    number, registry = read_siret(siret), uow.ports.registry
    found = await registry.establishment(number) if registry else None
    if registry is None or found is None:
        raise NotFoundError
    return EstablishmentView.model_validate(asdict(found) | {"demonstration": registry.demonstration})


async def request_to_join(uow: UnitOfWork, siret: str) -> None:
    """Ask those who run the establishment of a SIRET for an invitation.

    Repeating it within a day asks once. Raises InvalidSiretError, and NotFoundError where nobody has that number.
    Nothing is told of who they are.
    """
    user_id = uow.actor.require_user()
    await hit(Limit.INVITATION, user_id)
    number = read_siret(siret)
    async with uow.elevated():
        found = (
            await uow.session.execute(select(Organization).where(col(Organization.siret) == number))
        ).scalar_one_or_none()
        if found is None:
            raise NotFoundError
        if policy.belongs(uow.actor, found.id) or not await _note_request(uow, found.id, user_id):
            return
        asker = await uow.session.get_one(User, user_id)
        for manager in await _managers(uow, found.id):
            await queue_email(
                uow,
                manager.email,
                "join-request",
                manager.locale,
                path=address("organization-members", manager.locale),
                first_name=manager.first_name,
                organization=found.name,
                person=f"{asker.first_name} {asker.last_name}",
                email=asker.email,
            )
    await audit.record(uow, "organization.join_requested", subject_id=user_id, organization_id=found.id)


async def join_requests(uow: UnitOfWork, organization_id: UUID) -> tuple[JoinRequestView, ...]:
    """Return who asks for an invitation, oldest first."""
    uow.actor.require(Permission.MEMBER_MANAGE, organization_id)
    rows = await uow.session.execute(
        select(JoinRequest, User)
        .join(User, col(User.id) == col(JoinRequest.user_id))
        .where(col(JoinRequest.organization_id) == organization_id)
        .order_by(col(JoinRequest.created_at))
    )
    return tuple(
        JoinRequestView(
            id=request.id,
            email=user.email,
            first_name=user.first_name,
            last_name=user.last_name,
            created_at=request.created_at,
        )
        for request, user in rows
    )


async def dismiss_request(uow: UnitOfWork, organization_id: UUID, request_id: UUID) -> None:
    """Set a request aside without answering it; NotFoundError when there is none."""
    uow.actor.require(Permission.MEMBER_MANAGE, organization_id)
    gone = await uow.session.execute(
        delete(JoinRequest)
        .where(col(JoinRequest.id) == request_id, col(JoinRequest.organization_id) == organization_id)
        .returning(col(JoinRequest.user_id))
    )
    user_id = gone.scalar_one_or_none()
    if user_id is None:
        raise NotFoundError
    await audit.record(uow, "organization.join_dismissed", subject_id=user_id, organization_id=organization_id)


def _change_siret(uow: UnitOfWork, organization: Organization, text: str) -> None:
    siret = read_siret(text) if text else None
    if siret == organization.siret:
        return
    if organization.siret is not None and not uow.actor.is_platform_admin:
        raise SiretFixedError(field="siret")
    organization.siret = siret


async def _require_own_factor(uow: UnitOfWork) -> None:
    user = await uow.session.get(User, uow.actor.require_user())
    if user is None or not (user.strong_factor or user.is_platform_admin):
        raise OwnFactorFirstError(field="strongFactorRequired")


async def _note_request(uow: UnitOfWork, organization_id: UUID, user_id: UUID) -> bool:
    """Tell whether the request is new, or older than a day."""
    now = uow.clock.now()
    statement = insert(JoinRequest).values(
        id=new_id(), organization_id=organization_id, user_id=user_id, created_at=now
    )
    noted = await uow.session.execute(
        statement.on_conflict_do_update(
            index_elements=["organization_id", "user_id"],
            set_={"created_at": now},
            where=col(JoinRequest.created_at) < now - ASK_AGAIN_AFTER,
        ).returning(col(JoinRequest.id))
    )
    return noted.scalar_one_or_none() is not None


async def _managers(uow: UnitOfWork, organization_id: UUID) -> list[User]:
    rows = await uow.session.execute(
        select(User)
        .join(OrganizationMember, col(OrganizationMember.user_id) == col(User.id))
        .where(
            col(OrganizationMember.organization_id) == organization_id,
            col(OrganizationMember.role).in_(policy.RUNS),
            col(User.email_verified_at).is_not(None),
        )
        .distinct()
    )
    return list(rows.scalars())


async def _save(uow: UnitOfWork, organization: Organization) -> None:
    siret = organization.siret
    try:
        # The savepoint keeps the transaction usable, so that its reach can be given back.
        async with uow.savepoint():
            uow.session.add(organization)
            await uow.session.flush()
    except IntegrityError as error:
        constraint = error.orig.diag.constraint_name if isinstance(error.orig, UniqueViolation) else None
        if constraint == _SIRET_CONSTRAINT:
            raise SiretTakenError(field="siret", siret=siret) from error
        if constraint == _SLUG_CONSTRAINT:
            raise BusyError from error
        raise


async def _free_slug(uow: UnitOfWork, name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_SLUG_LENGTH].strip("-") or "organisation"
    taken = (await uow.session.execute(select(col(Organization.id)).where(col(Organization.slug) == slug))).first()
    return f"{slug}-{re.sub('[^a-z0-9]', '', new_token(6).lower())}" if taken else slug
