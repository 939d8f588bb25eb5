"""Organisations: who belongs where, and a company's team."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.accounts.models import User
from pygmalion_app.accounts.schemas import MembershipView
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.permissions import Permission, Role
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.organizations.models import Organization, OrganizationMember
from pygmalion_app.organizations.schemas import OrganizationView, TeamMember


async def my_memberships(uow: UnitOfWork) -> tuple[MembershipView, ...]:
    """Return the caller's roles with the organisations' names."""
    rows = await uow.session.execute(
        select(col(Organization.id), col(Organization.name), col(Organization.kind), col(OrganizationMember.role))
        .join(OrganizationMember, col(OrganizationMember.organization_id) == col(Organization.id))
        .where(col(OrganizationMember.user_id) == uow.actor.require_user())
        .order_by(col(Organization.name))
    )
    return tuple(
        MembershipView(organization_id=id_, organization_name=name, organization_kind=kind, role=role)
        for id_, name, kind, role in rows
    )


async def team(uow: UnitOfWork, organization_id: UUID) -> tuple[TeamMember, ...]:
    """Return the people of an organisation by name; for its managers."""
    uow.actor.require(Permission.TEAM_READ, organization_id)
    return await _members(uow, organization_id, Role.LEARNER)


async def trainers(uow: UnitOfWork, organization_id: UUID) -> tuple[TeamMember, ...]:
    """Return who trains for an organisation, by name; for those who plan its sessions."""
    uow.actor.require(Permission.SESSION_CREATE, organization_id)
    return await _members(uow, organization_id, Role.TRAINER)


async def organization(uow: UnitOfWork, organization_id: UUID) -> OrganizationView:
    """Return an organisation's public facts; NotFoundError when there is none."""
    found = await uow.session.get(Organization, organization_id)
    if found is None:
        raise NotFoundError(organization=str(organization_id))
    return OrganizationView.model_validate(found)


async def _members(uow: UnitOfWork, organization_id: UUID, role: Role) -> tuple[TeamMember, ...]:
    rows = await uow.session.execute(
        select(
            col(User.id), col(User.email), col(User.first_name), col(User.last_name), col(OrganizationMember.job_role)
        )
        .join(OrganizationMember, col(OrganizationMember.user_id) == col(User.id))
        .where(col(OrganizationMember.organization_id) == organization_id, col(OrganizationMember.role) == role)
        .order_by(col(User.last_name), col(User.first_name), col(User.id))
    )
    return tuple(
        TeamMember(user_id=id_, email=email, first_name=first, last_name=last, job_role=job)
        for id_, email, first, last, job in rows
    )
