"""Who belongs to an organisation, with which roles; it never loses the last person who runs it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by, insert
from sqlmodel import col

from pygmalion_app.accounts.models import User
from pygmalion_app.core import audit
from pygmalion_app.core.errors import NotFoundError, PermissionDeniedError
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.paging import Page, PageRequest
from pygmalion_app.core.permissions import Permission, Role
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.organizations import policy
from pygmalion_app.organizations.errors import LastAdministratorError, OrganizationNotFoundError, UndoTooLateError
from pygmalion_app.organizations.invitations import withdraw_of_removed
from pygmalion_app.organizations.models import Organization, OrganizationMember, Removal
from pygmalion_app.organizations.schemas import MemberView, SetRoles

UNDO_WITHIN = timedelta(minutes=10)
Member = OrganizationMember
_ROLES: Any = func.array_agg(aggregate_order_by(col(Member.role), col(Member.created_at)))


async def members(
    uow: UnitOfWork, organization_id: UUID, paging: PageRequest, *, q: str = "", role: Role | None = None
) -> Page[MemberView]:
    """Return the people of an organisation by name; `q` narrows by name, address or work."""
    uow.actor.require(Permission.MEMBER_READ, organization_id)
    everybody = (
        select(
            col(User.id),
            col(User.email),
            col(User.first_name),
            col(User.last_name),
            _ROLES.label("roles"),
            func.max(col(Member.job_role)).label("job_role"),
            func.min(col(Member.created_at)).label("since"),
        )
        .join(Member, col(Member.user_id) == col(User.id))
        .where(col(Member.organization_id) == organization_id)
        .group_by(col(User.id))
    )
    if text := q.strip():
        name = func.concat(col(User.first_name), " ", col(User.last_name), " ", col(User.email))
        everybody = everybody.having(
            or_(
                name.icontains(text, autoescape=True),
                func.max(col(Member.job_role)).icontains(text, autoescape=True),
            )
        )
    if role is not None:
        everybody = everybody.having(func.bool_or(col(Member.role) == role))
    total = (await uow.session.execute(select(func.count()).select_from(everybody.subquery()))).scalar_one()
    rows = await uow.session.execute(
        everybody.order_by(func.lower(col(User.last_name)), func.lower(col(User.first_name)), col(User.id))
        .limit(paging.limit)
        .offset(paging.offset)
    )
    return Page(tuple(_view(uow, row) for row in rows), total, paging)


async def member(uow: UnitOfWork, organization_id: UUID, user_id: UUID) -> MemberView:
    """Return one member; NotFoundError for somebody who does not belong there."""
    uow.actor.require(Permission.MEMBER_READ, organization_id)
    rows = await _rows_of(uow, organization_id, user_id)
    user = await uow.session.get(User, user_id) if rows else None
    if user is None:
        raise NotFoundError
    return MemberView(
        user_id=user_id,
        email=user.email,
        first_name=user.first_name,
        last_name=user.last_name,
        roles=tuple(row.role for row in rows),
        job_role=next((row.job_role for row in rows if row.job_role), None),
        since=min(row.created_at for row in rows),
        is_self=user_id == uow.actor.user_id,
    )


async def set_roles(uow: UnitOfWork, organization_id: UUID, user_id: UUID, command: SetRoles) -> MemberView:
    """Give a member exactly these roles.

    Raises NotFoundError, RoleNotOfferedError, or LastAdministratorError when nobody would be left to run it.
    """
    uow.actor.require(Permission.MEMBER_MANAGE, organization_id)
    organization = await _locked(uow, organization_id)
    wanted = tuple(dict.fromkeys(command.roles))
    for role in wanted:
        policy.require_offered(organization.kind, role)
    rows = await _rows_of(uow, organization_id, user_id)
    if not rows:
        raise NotFoundError
    if not policy.RUNS.intersection(wanted):
        await _require_another_who_runs(uow, organization_id, user_id)
    work = (
        command.job_role if command.job_role is not None else next((row.job_role for row in rows if row.job_role), "")
    )
    await _write(uow, organization_id, user_id, wanted, work or None)
    before = {row.role for row in rows}
    for role in {role.value for role in wanted} ^ before:
        kind = "given" if role not in before else "taken"
        await audit.record(
            uow, f"organization.role_{kind}", subject_id=user_id, organization_id=organization_id, facts={"role": role}
        )
    return await member(uow, organization_id, user_id)


async def remove(uow: UnitOfWork, organization_id: UUID, user_id: UUID) -> None:
    """End a membership, in force at the person's next call; anybody may leave by themselves.

    Their waiting invitations there end too: those for them, and those they sent. Bookings and certificates stay.
    Raises NotFoundError, or LastAdministratorError when nobody would be left to run it.
    """
    if user_id != uow.actor.require_user():
        uow.actor.require(Permission.MEMBER_MANAGE, organization_id)
    # Leaving is everybody's right, also of those who may not write memberships.
    async with uow.elevated():
        await _locked(uow, organization_id)
        rows = await _rows_of(uow, organization_id, user_id)
        if not rows:
            raise NotFoundError
        await _require_another_who_runs(uow, organization_id, user_id)
        now = uow.clock.now()
        await uow.session.execute(
            delete(Removal).where(
                col(Removal.organization_id) == organization_id,
                (col(Removal.removed_at) < now - UNDO_WITHIN) | (col(Removal.user_id) == user_id),
            )
        )
        uow.session.add(
            Removal(
                organization_id=organization_id,
                user_id=user_id,
                removed_by=uow.actor.require_user(),
                roles=[row.role for row in rows],
                job_role=next((row.job_role for row in rows if row.job_role), None),
                removed_at=now,
            )
        )
        await _delete(uow, organization_id, user_id)
        await withdraw_of_removed(uow, organization_id, user_id)
    await audit.record(uow, "organization.member_removed", subject_id=user_id, organization_id=organization_id)


async def restore(uow: UnitOfWork, organization_id: UUID, user_id: UUID) -> MemberView:
    """Undo a removal of the last minutes; UndoTooLateError later, or for somebody who left by themselves."""
    uow.actor.require(Permission.MEMBER_MANAGE, organization_id)
    await _locked(uow, organization_id)
    gone = await uow.session.execute(
        delete(Removal)
        .where(
            col(Removal.organization_id) == organization_id,
            col(Removal.user_id) == user_id,
            col(Removal.removed_by) != user_id,
            col(Removal.removed_at) >= uow.clock.now() - UNDO_WITHIN,
        )
        .returning(Removal)
    )
    removal = gone.scalar_one_or_none()
    if removal is None:
        raise UndoTooLateError
    await _write(uow, organization_id, user_id, [Role(role) for role in removal.roles], removal.job_role)
    await audit.record(uow, "organization.member_restored", subject_id=user_id, organization_id=organization_id)
    return await member(uow, organization_id, user_id)


def _view(uow: UnitOfWork, row: Any) -> MemberView:
    return MemberView(
        user_id=row.id,
        email=row.email,
        first_name=row.first_name,
        last_name=row.last_name,
        roles=tuple(row.roles),
        job_role=row.job_role,
        since=row.since,
        is_self=row.id == uow.actor.user_id,
    )


async def _locked(uow: UnitOfWork, organization_id: UUID) -> Organization:
    """Return the organisation, locked: changes of who runs it wait for each other."""
    found = await uow.session.get(Organization, organization_id, with_for_update=True)
    if found is None:
        raise OrganizationNotFoundError
    return found


async def _rows_of(uow: UnitOfWork, organization_id: UUID, user_id: UUID) -> list[Member]:
    rows = await uow.session.execute(
        select(Member)
        .where(col(Member.organization_id) == organization_id, col(Member.user_id) == user_id)
        .order_by(col(Member.created_at), col(Member.role))
        .execution_options(populate_existing=True)
    )
    return list(rows.scalars())


async def _require_another_who_runs(uow: UnitOfWork, organization_id: UUID, user_id: UUID) -> None:
    """Raise LastAdministratorError when this person alone runs the organisation. Call under its lock.

    Raises PermissionDeniedError for an actor who was removed while waiting for the lock.
    """
    rows = await uow.session.execute(
        select(col(Member.user_id)).where(
            col(Member.organization_id) == organization_id, col(Member.role).in_(policy.RUNS)
        )
    )
    running = set(rows.scalars())
    actor = uow.actor
    if not (actor.is_platform_admin or actor.is_system or actor.user_id == user_id or actor.user_id in running):
        raise PermissionDeniedError(permission=Permission.MEMBER_MANAGE.value)
    if running == {user_id}:
        raise LastAdministratorError


async def _write(
    uow: UnitOfWork, organization_id: UUID, user_id: UUID, roles: Iterable[Role], job_role: str | None
) -> None:
    """Make these the person's roles, keeping the date of those that stay."""
    kept = list(roles)
    await uow.session.execute(
        delete(Member).where(
            col(Member.organization_id) == organization_id,
            col(Member.user_id) == user_id,
            col(Member.role).not_in(kept),
        )
    )
    for role in kept:
        row = {"id": new_id(), "user_id": user_id, "organization_id": organization_id, "role": role}
        statement = insert(Member).values(row | {"job_role": job_role})
        await uow.session.execute(
            statement.on_conflict_do_update(
                index_elements=["user_id", "organization_id", "role"], set_={"job_role": job_role}
            )
        )


async def _delete(uow: UnitOfWork, organization_id: UUID, user_id: UUID) -> None:
    await uow.session.execute(
        delete(Member).where(col(Member.organization_id) == organization_id, col(Member.user_id) == user_id)
    )
