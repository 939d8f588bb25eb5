"""Invitations: an offer of a role to an address, which only an account that has proven the address may take up."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from pygmalion_app.accounts.models import User
from pygmalion_app.core import audit
from pygmalion_app.core.addresses import address
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.i18n import translate
from pygmalion_app.core.ids import new_id, new_token, token_hash
from pygmalion_app.core.limits import Limit, hit
from pygmalion_app.core.paging import Page, PageRequest
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.notifications.service import queue_email
from pygmalion_app.organizations import policy
from pygmalion_app.organizations.errors import (
    AlreadyMemberError,
    InvitationOverError,
    JustSentError,
    OrganizationNotFoundError,
    OtherAddressError,
    TooManyInvitationsError,
)
from pygmalion_app.organizations.models import Invitation, JoinRequest, Organization, OrganizationMember
from pygmalion_app.organizations.schemas import InvitationOffer, InvitationView, Invite

LIFE = timedelta(days=7)
RESEND_AFTER = timedelta(minutes=1)
MOST_WAITING = 5_000
STATES = ("pending", "expired", "accepted", "declined", "withdrawn")
_LONGEST_TOKEN = 100


async def invite(uow: UnitOfWork, organization_id: UUID, command: Invite) -> InvitationView:
    """Offer a role by mail; repeated, the waiting invitation is sent anew (at most once a minute).

    Whether the address has an account makes no difference here. Raises RoleNotOfferedError, AlreadyMemberError,
    TooManyInvitationsError, or JustSentError.
    """
    uow.actor.require(Permission.MEMBER_MANAGE, organization_id)
    await hit(Limit.INVITATION, uow.actor.user_id)
    organization = await uow.session.get(Organization, organization_id)
    if organization is None:
        raise OrganizationNotFoundError
    policy.require_offered(organization.kind, command.role)
    email = str(command.email).lower()
    await _require_no_member(uow, organization_id, email, command.role.value)
    await require_room(uow, organization_id, 1)
    now = uow.clock.now()
    statement = insert(Invitation).values(
        id=new_id(),
        organization_id=organization_id,
        email=email,
        first_name=command.first_name,
        last_name=command.last_name,
        role=command.role,
        job_role=command.job_role or None,
        invited_by=uow.actor.user_id,
        expires_at=now + LIFE,
    )
    await uow.session.execute(
        statement.on_conflict_do_nothing(index_elements=["organization_id", "email", "role"], index_where=WAITING)
    )
    found = await uow.session.execute(
        select(Invitation)
        .where(
            col(Invitation.organization_id) == organization_id,
            col(Invitation.email) == email,
            col(Invitation.role) == command.role,
            WAITING,
        )
        .with_for_update()
    )
    invitation = found.scalar_one()
    await _require_time_to_resend(uow, invitation)
    await send(uow, invitation, organization.name)
    await _forget_request(uow, organization_id, email)
    await audit.record(
        uow, "organization.member_invited", subject_id=invitation.id, organization_id=organization_id,
        facts={"role": command.role},
    )  # fmt: skip
    return await _one(uow, invitation.id)


async def resend(uow: UnitOfWork, organization_id: UUID, invitation_id: UUID) -> InvitationView:
    """Send a waiting or late invitation again under a new link, good for 7 days; the earlier link ends.

    Raises NotFoundError, InvitationOverError, or JustSentError within a minute.
    """
    uow.actor.require(Permission.MEMBER_MANAGE, organization_id)
    await hit(Limit.INVITATION, uow.actor.user_id)
    invitation = await _locked(uow, organization_id, invitation_id)
    _require_open(invitation, uow.clock.now(), late_too=True)
    await _require_time_to_resend(uow, invitation)
    organization = await uow.session.get_one(Organization, organization_id)
    await send(uow, invitation, organization.name)
    await audit.record(uow, "organization.invitation_resent", subject_id=invitation_id, organization_id=organization_id)
    return await _one(uow, invitation_id)


async def withdraw(uow: UnitOfWork, organization_id: UUID, invitation_id: UUID) -> InvitationView:
    """Take an invitation back; withdrawing twice is no error. InvitationOverError once it was answered."""
    invitation = await _locked(uow, organization_id, invitation_id)
    if invitation.withdrawn_at is None:
        _require_open(invitation, uow.clock.now(), late_too=True)
        invitation.withdrawn_at = uow.clock.now()
        await uow.session.flush()
        await audit.record(
            uow, "organization.invitation_withdrawn", subject_id=invitation_id, organization_id=organization_id
        )
    return await _one(uow, invitation_id)


async def list_invitations(
    uow: UnitOfWork, organization_id: UUID, paging: PageRequest, *, state: str = ""
) -> Page[InvitationView]:
    """Return invitations, latest first; `state` is one of `STATES`, `open` (waiting or late), or empty for all."""
    uow.actor.require(Permission.MEMBER_READ, organization_id)
    wanted = _with_inviter().where(col(Invitation.organization_id) == organization_id)
    if state:
        wanted = wanted.where(_in_state(state, uow.clock.now()))
    total = (await uow.session.execute(select(func.count()).select_from(wanted.subquery()))).scalar_one()
    rows: Any = await uow.session.execute(
        wanted.order_by(col(Invitation.created_at).desc(), col(Invitation.id).desc())
        .limit(paging.limit)
        .offset(paging.offset)
    )
    now = uow.clock.now()
    return Page(tuple(_view(row[0], row[1], now) for row in rows), total, paging)


async def offer(uow: UnitOfWork, token: str) -> InvitationOffer:
    """Return what a link offers, to whoever holds it; NotFoundError for a link that is none, or was replaced."""
    async with uow.elevated():
        invitation = await _by_token(uow, token)
        return await _offer(uow, invitation)


async def accept(uow: UnitOfWork, token: str) -> InvitationOffer:
    """Join, as the account that has proven the invited address; accepting twice is accepting once.

    Raises NotFoundError, InvitationOverError, or OtherAddressError.
    """
    user_id = uow.actor.require_user()
    async with uow.elevated():
        invitation = await _by_token(uow, token, lock=True)
        await _require_address(uow, user_id, invitation)
        if invitation.accepted_by != user_id:
            _require_open(invitation, uow.clock.now())
            row = {"id": new_id(), "user_id": user_id, "organization_id": invitation.organization_id}
            await uow.session.execute(
                insert(OrganizationMember)
                .values(row | {"role": invitation.role, "job_role": invitation.job_role})
                .on_conflict_do_nothing(index_elements=["user_id", "organization_id", "role"])
            )
            invitation.accepted_at, invitation.accepted_by = uow.clock.now(), user_id
            await _record_answer(uow, invitation, "accepted")
        return await _offer(uow, invitation)


async def decline(uow: UnitOfWork, token: str) -> InvitationOffer:
    """Say no; the link suffices, so that nobody needs an account to do so. InvitationOverError once it is over."""
    async with uow.elevated():
        invitation = await _by_token(uow, token, lock=True)
        if invitation.declined_at is None:
            _require_open(invitation, uow.clock.now(), late_too=True)
            invitation.declined_at = uow.clock.now()
            await _record_answer(uow, invitation, "declined")
        return await _offer(uow, invitation)


async def send(uow: UnitOfWork, invitation: Invitation, organization_name: str) -> None:
    """Write an invitation's mail under a new link; the earlier one ends. Call with its row locked."""
    async with uow.elevated():
        users = await uow.session.execute(
            select(User).where(or_(col(User.email) == invitation.email, col(User.id) == invitation.invited_by))
        )
        people = {str(user.email).lower(): user for user in users.scalars()}
        invited = people.pop(invitation.email.lower(), None)
        inviter = next((user for user in people.values() if user.id == invitation.invited_by), invited)
        reader = invited or inviter
        locale = reader.locale if reader else uow.actor.locale
        token = new_token()
        invitation.token_hash = token_hash(token)
        invitation.sent_at = uow.clock.now()
        invitation.expires_at = uow.clock.now() + LIFE
        await queue_email(
            uow,
            invitation.email,
            "invitation",
            locale,
            path=address("invitation", locale, token=token),
            first_name=invitation.first_name or (invited.first_name if invited else ""),
            organization=organization_name,
            inviter=f"{inviter.first_name} {inviter.last_name}" if inviter else organization_name,
            role=translate(locale, f"role-{invitation.role}"),
            days=LIFE.days,
        )


async def require_room(uow: UnitOfWork, organization_id: UUID, more: int) -> None:
    """Raise TooManyInvitationsError when `more` waiting invitations would be too many."""
    waiting = await uow.session.execute(
        select(func.count()).where(col(Invitation.organization_id) == organization_id, WAITING)
    )
    if waiting.scalar_one() + more > MOST_WAITING:
        raise TooManyInvitationsError(most=MOST_WAITING)


async def withdraw_of_removed(uow: UnitOfWork, organization_id: UUID, user_id: UUID) -> None:
    """Withdraw what waits for a removed person, and what they sent: neither may lead back in."""
    email = select(col(User.email)).where(col(User.id) == user_id).scalar_subquery()
    await uow.session.execute(
        update(Invitation)
        .where(
            col(Invitation.organization_id) == organization_id,
            or_(col(Invitation.invited_by) == user_id, col(Invitation.email) == email),
            WAITING,
        )
        .values(withdrawn_at=uow.clock.now())
    )


WAITING: ColumnElement[bool] = and_(
    col(Invitation.accepted_at).is_(None), col(Invitation.declined_at).is_(None), col(Invitation.withdrawn_at).is_(None)
)


def state_of(invitation: Invitation, now: datetime) -> str:
    """Return where an invitation stands."""
    for name in ("accepted", "declined", "withdrawn"):
        if getattr(invitation, f"{name}_at") is not None:
            return name
    return "pending" if invitation.expires_at > now else "expired"


def _in_state(state: str, now: datetime) -> ColumnElement[bool]:
    if state == "open":
        return WAITING
    if state in {"pending", "expired"}:
        late = col(Invitation.expires_at) <= now
        return and_(WAITING, late if state == "expired" else ~late)
    column = {"accepted": Invitation.accepted_at, "declined": Invitation.declined_at}.get(state)
    return col(column if column is not None else Invitation.withdrawn_at).is_not(None)


def _require_open(invitation: Invitation, now: datetime, *, late_too: bool = False) -> None:
    state = state_of(invitation, now)
    if state != "pending" and not (late_too and state == "expired"):
        raise InvitationOverError(state=state)


async def _require_time_to_resend(uow: UnitOfWork, invitation: Invitation) -> None:
    if invitation.sent_at is not None:
        wait = invitation.sent_at + RESEND_AFTER - uow.clock.now()
        if wait > timedelta(0):
            raise JustSentError(seconds=int(wait.total_seconds()) + 1)


async def _require_no_member(uow: UnitOfWork, organization_id: UUID, email: str, role: str) -> None:
    found = await uow.session.execute(
        select(col(OrganizationMember.id))
        .join(User, col(User.id) == col(OrganizationMember.user_id))
        .where(
            col(OrganizationMember.organization_id) == organization_id,
            col(OrganizationMember.role) == role,
            col(User.email) == email,
        )
    )
    if found.first() is not None:
        raise AlreadyMemberError(field="email", email=email)


async def _require_address(uow: UnitOfWork, user_id: UUID, invitation: Invitation) -> None:
    user = await uow.session.get_one(User, user_id)
    if user.email_verified_at is None or str(user.email).lower() != invitation.email.lower():
        raise OtherAddressError(email=invitation.email)


async def _forget_request(uow: UnitOfWork, organization_id: UUID, email: str) -> None:
    """Drop the request to join that this invitation answers."""
    async with uow.elevated():
        found = await uow.session.execute(
            select(JoinRequest)
            .join(User, col(User.id) == col(JoinRequest.user_id))
            .where(col(JoinRequest.organization_id) == organization_id, col(User.email) == email)
        )
        for request in found.scalars():
            await uow.session.delete(request)


async def _record_answer(uow: UnitOfWork, invitation: Invitation, answer: str) -> None:
    await uow.session.flush()
    await audit.record(
        uow,
        f"organization.invitation_{answer}",
        subject_id=invitation.id,
        organization_id=invitation.organization_id,
        facts={"role": invitation.role},
    )


async def _by_token(uow: UnitOfWork, token: str, *, lock: bool = False) -> Invitation:
    if len(token) > _LONGEST_TOKEN:
        raise NotFoundError
    query = select(Invitation).where(col(Invitation.token_hash) == token_hash(token))
    found = (await uow.session.execute(query.with_for_update() if lock else query)).scalar_one_or_none()
    if found is None:
        raise NotFoundError
    return found


async def _locked(uow: UnitOfWork, organization_id: UUID, invitation_id: UUID) -> Invitation:
    uow.actor.require(Permission.MEMBER_MANAGE, organization_id)
    found = await uow.session.get(Invitation, invitation_id, with_for_update=True)
    if found is None or found.organization_id != organization_id:
        raise NotFoundError
    return found


def _with_inviter() -> Any:
    name: Any = func.concat_ws(" ", col(User.first_name), col(User.last_name))
    return select(Invitation, name).outerjoin(User, col(User.id) == col(Invitation.invited_by))


async def _one(uow: UnitOfWork, invitation_id: UUID) -> InvitationView:
    await uow.session.flush()
    row: Any = (
        await uow.session.execute(
            _with_inviter().where(col(Invitation.id) == invitation_id).execution_options(populate_existing=True)
        )
    ).one()
    return _view(row[0], row[1], uow.clock.now())


def _view(invitation: Invitation, inviter: str, now: datetime) -> InvitationView:
    return InvitationView.model_validate(
        invitation.model_dump() | {"state": state_of(invitation, now), "invited_by": inviter}
    )


async def _offer(uow: UnitOfWork, invitation: Invitation) -> InvitationOffer:
    organization = await uow.session.get_one(Organization, invitation.organization_id)
    inviter = await uow.session.get(User, invitation.invited_by) if invitation.invited_by else None
    return InvitationOffer(
        organization_id=organization.id,
        organization_name=organization.name,
        organization_kind=organization.kind,
        role=invitation.role,
        email=invitation.email,
        invited_by=f"{inviter.first_name} {inviter.last_name}" if inviter else "",
        state=state_of(invitation, uow.clock.now()),
        expires_at=invitation.expires_at,
    )
