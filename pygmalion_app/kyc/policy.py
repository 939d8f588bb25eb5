"""Who may see and do what with a verification.

Whoever is verified submits: a person for themselves, those with `kyb:submit` for their organisation. A reviewer is a
platform administrator who has nothing to do with the case: one who sent or submitted something for it reviews it no
more.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select
from sqlmodel import col

from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import PermissionDeniedError
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.kyc.errors import OwnCaseError
from pygmalion_app.kyc.models import KycCase, KycDocument, KycTransition
from pygmalion_app.organizations.models import OrganizationMember


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is verified: one of the two."""

    user_id: UUID | None = None
    organization_id: UUID | None = None


def belongs_to(user_id: UUID | None, organization_id: UUID | None, document_id: UUID) -> bytes:
    """Return what a document's encryption is bound to: its owner and itself."""
    owner = f"user:{user_id}" if user_id else f"organization:{organization_id}"
    return f"{owner}/document:{document_id}".encode()


def oneself(actor: Actor) -> Subject:
    """Return the caller as a subject; NotAuthenticatedError for a stranger."""
    return Subject(user_id=actor.require_user())


def require_subject(actor: Actor, subject: Subject) -> None:
    """Let those pass who act for a subject; NotAuthenticatedError, PermissionDeniedError for everybody else."""
    if subject.organization_id is not None:
        actor.require(Permission.KYB_SUBMIT, subject.organization_id)
    elif subject.user_id != actor.require_user():
        raise PermissionDeniedError(permission="kyc:submit")


def acts_from_inside(actor: Actor, subject: Subject) -> bool:
    """Tell whether somebody acts for a subject as themselves or its own, not as the platform's administrator."""
    return subject.organization_id is None or subject.organization_id in actor.organizations_with(Permission.KYB_SUBMIT)


async def is_own(uow: UnitOfWork, case: KycCase) -> bool:
    """Tell whether the actor has a part in a case: verified by it, submitted it, or belongs to the organisation."""
    actor = uow.actor.require_user()
    if actor in {case.user_id, case.submitted_by}:
        return True
    by_actor = select(col(KycDocument.id)).where(
        col(KycDocument.case_id) == case.id, col(KycDocument.uploaded_by) == actor
    )
    submitted = select(col(KycTransition.id)).where(
        col(KycTransition.case_id) == case.id,
        col(KycTransition.actor_id) == actor,
        col(KycTransition.to_state) == "submitted",
    )
    member = select(col(OrganizationMember.id)).where(
        col(OrganizationMember.organization_id) == case.organization_id, col(OrganizationMember.user_id) == actor
    )
    async with uow.elevated():
        found = await uow.session.execute(select(or_(by_actor.exists(), submitted.exists(), member.exists())))
    return bool(found.scalar_one())


async def require_reviewer(uow: UnitOfWork, case: KycCase) -> None:
    """Let a platform administrator pass who has nothing to do with the case.

    Raises NotAuthenticatedError, PermissionDeniedError, OwnCaseError.
    """
    uow.actor.require_platform_admin()
    if await is_own(uow, case):
        raise OwnCaseError(case=str(case.id))
