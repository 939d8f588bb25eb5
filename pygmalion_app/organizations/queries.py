"""Reading organisations: one's own, all of them for the platform, and what each reader may know of one."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlmodel import col

from pygmalion_app.accounts.models import AccountStatus, User
from pygmalion_app.core.paging import Page, PageRequest
from pygmalion_app.core.permissions import Permission, Role
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.organizations import policy
from pygmalion_app.organizations.models import Organization, OrganizationKind, OrganizationMember
from pygmalion_app.organizations.numbers import siren_of
from pygmalion_app.organizations.schemas import OrganizationDetail, OrganizationSummary, PublicOrganization


def public_of(organization: Organization) -> PublicOrganization:
    """Return what everybody may know."""
    return PublicOrganization.model_validate(_facts(organization))


def detail_of(organization: Organization, *, can_manage: bool) -> OrganizationDetail:
    """Return what members see."""
    return OrganizationDetail.model_validate(_facts(organization) | {"can_manage": can_manage})


def _facts(organization: Organization) -> dict[str, Any]:
    return organization.model_dump() | {"siren": siren_of(organization.siret)}


async def find(uow: UnitOfWork, organization_id: UUID) -> OrganizationDetail | PublicOrganization:
    """Return an organisation, whole to its members; OrganizationNotFoundError for one that the actor may not know."""
    found = policy.require_visible(uow.actor, await uow.session.get(Organization, organization_id))
    if not policy.belongs(uow.actor, found.id):
        return public_of(found)
    return detail_of(found, can_manage=uow.actor.can(Permission.ORGANIZATION_UPDATE, found.id))


async def settings_of(uow: UnitOfWork, organization_id: UUID) -> OrganizationDetail:
    """Return an organisation to those who run it."""
    uow.actor.require(Permission.ORGANIZATION_UPDATE, organization_id)
    found = policy.require_visible(uow.actor, await uow.session.get(Organization, organization_id))
    return detail_of(found, can_manage=True)


async def list_organizations(
    uow: UnitOfWork, paging: PageRequest, *, q: str = "", kind: OrganizationKind | None = None
) -> Page[OrganizationSummary]:
    """Return the caller's organisations by name; to the platform's administrator all of them.

    `q` narrows by name, city or SIRET.
    """
    uow.actor.require_user()
    roles: dict[UUID, tuple[str, ...]] = {}
    for membership in uow.actor.memberships:
        roles[membership.organization_id] = (*roles.get(membership.organization_id, ()), membership.role.value)
    wanted = select(Organization).order_by(func.lower(col(Organization.name)), col(Organization.id))
    if not uow.actor.is_platform_admin:
        wanted = wanted.where(col(Organization.id).in_(roles))
    wanted = _narrowed(wanted, q, kind)
    total = (await uow.session.execute(select(func.count()).select_from(wanted.order_by(None).subquery()))).scalar_one()
    found = (await uow.session.execute(wanted.limit(paging.limit).offset(paging.offset))).scalars().all()
    sizes = await _sizes(uow, [row.id for row in found if uow.actor.can(Permission.MEMBER_READ, row.id)])
    items = tuple(
        OrganizationSummary.model_validate(
            row.model_dump() | {"members": sizes.get(row.id), "roles": roles.get(row.id, ())}
        )
        for row in found
    )
    return Page(items, total, paging)


async def school_admins(uow: UnitOfWork, organization_id: UUID | None) -> list[User]:
    """Return the active people who run a school, if it is one: they are told what concerns it, whoever caused it."""
    query = (
        select(User)
        .join(OrganizationMember, col(OrganizationMember.user_id) == col(User.id))
        .where(
            col(OrganizationMember.organization_id) == organization_id,
            col(OrganizationMember.role) == Role.TRAINING_ADMIN,
            col(User.status) == AccountStatus.ACTIVE,
        )
        .order_by(col(User.id))
    )
    async with uow.elevated():
        return list((await uow.session.execute(query)).scalars())


def _narrowed(wanted: Select[Any], q: str, kind: OrganizationKind | None) -> Select[Any]:
    if kind is not None:
        wanted = wanted.where(col(Organization.kind) == kind)
    if text := q.strip():
        digits = "".join(text.split())
        wanted = wanted.where(
            or_(
                col(Organization.name).icontains(text, autoescape=True),
                col(Organization.city).icontains(text, autoescape=True),
                col(Organization.siret).startswith(digits, autoescape=True),
            )
        )
    return wanted


async def _sizes(uow: UnitOfWork, ids: list[UUID]) -> dict[UUID, int]:
    """Return how many people each organisation has."""
    rows = await uow.session.execute(
        select(col(OrganizationMember.organization_id), func.count(func.distinct(col(OrganizationMember.user_id))))
        .where(col(OrganizationMember.organization_id).in_(ids))
        .group_by(col(OrganizationMember.organization_id))
    )
    return {row[0]: row[1] for row in rows}
