"""Reading verifications."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.kyc.errors import OrganizationNotVerifiedError
from pygmalion_app.kyc.models import CaseState, KycCase, KycDocument, KycTransition
from pygmalion_app.kyc.policy import Subject
from pygmalion_app.kyc.rules import OPEN, REQUIREMENTS, SubjectKind, today
from pygmalion_app.kyc.schemas import DocumentView, RequirementView, TransitionView
from pygmalion_app.organizations.models import Organization


async def is_verified(uow: UnitOfWork, organization_id: UUID) -> bool:
    """Tell whether an organisation's verification stands today: without it, nothing is published and nobody is paid.

    What is published stays bookable when a verification merely lapses (a certificate's end, while its renewal is
    looked at): people's plans hang on it, and money waits. It stops being bookable when a review refuses or
    withdraws the verification: `organizations.sales_stopped_at`.
    """
    async with uow.elevated():
        found = await approved_case(uow, Subject(organization_id=organization_id))
    return found is not None and stands(found, today(uow.clock.now()))


async def require_verified(uow: UnitOfWork, organization_id: UUID) -> None:
    """Raise OrganizationNotVerifiedError unless an organisation's verification stands today."""
    if not await is_verified(uow, organization_id):
        raise OrganizationNotVerifiedError(organization=str(organization_id))


def stands(case: KycCase, day: date) -> bool:
    """Tell whether an approval holds on a day; the daily job may not have run yet."""
    return case.state == CaseState.APPROVED and (case.valid_until is None or case.valid_until >= day)


async def current_case(uow: UnitOfWork, subject: Subject) -> KycCase | None:
    """Return the case under way, else the approved one, else the last that lapsed."""
    cases = await _cases(uow, subject)
    return next(
        (
            case
            for wanted in (OPEN, {CaseState.APPROVED}, {CaseState.EXPIRED})
            for case in cases
            if case.state in wanted
        ),
        None,
    )


async def approved_case(uow: UnitOfWork, subject: Subject) -> KycCase | None:
    """Return a subject's approved case, whether or not its last day is past."""
    return next((case for case in await _cases(uow, subject) if case.state == CaseState.APPROVED), None)


async def _cases(uow: UnitOfWork, subject: Subject) -> Sequence[KycCase]:
    """Return a subject's cases, newest first."""
    owner = (
        col(KycCase.user_id) == subject.user_id
        if subject.organization_id is None
        else col(KycCase.organization_id) == subject.organization_id
    )
    query = select(KycCase).where(owner).order_by(col(KycCase.created_at).desc(), col(KycCase.id).desc())
    return (await uow.session.execute(query.execution_options(populate_existing=True))).scalars().all()


async def subject_kind(uow: UnitOfWork, subject: Subject) -> SubjectKind:
    """Return what a subject is."""
    if subject.organization_id is None:
        return SubjectKind.PERSON
    async with uow.elevated():
        organization = await uow.session.get_one(Organization, subject.organization_id)
    return SubjectKind(organization.kind)


async def documents_of(uow: UnitOfWork, case_id: UUID) -> Sequence[KycDocument]:
    """Return a case's documents that are stored, oldest first."""
    query = (
        select(KycDocument)
        .where(col(KycDocument.case_id) == case_id, col(KycDocument.stored_at).is_not(None))
        .order_by(col(KycDocument.created_at), col(KycDocument.id))
    )
    return (await uow.session.execute(query)).scalars().all()


async def transitions_of(uow: UnitOfWork, case_id: UUID) -> Sequence[KycTransition]:
    """Return a case's steps, oldest first."""
    query = (
        select(KycTransition).where(col(KycTransition.case_id) == case_id).order_by(KycTransition.at, KycTransition.id)  # pyright: ignore[reportArgumentType]
    )
    return (await uow.session.execute(query)).scalars().all()


def requirement_views(kind: SubjectKind, documents: Iterable[KycDocument], day: date) -> tuple[RequirementView, ...]:
    """Return what is asked of a subject and what its documents meet on a day."""
    valid = {document.kind for document in documents if document.valid_until is None or document.valid_until >= day}
    return tuple(
        RequirementView(name=one.name, kinds=one.kinds, dated=one.dated, met=any(kind in valid for kind in one.kinds))
        for one in REQUIREMENTS[kind]
    )


def document_view(document: KycDocument) -> DocumentView:
    """Return a document as people see it."""
    return DocumentView.model_validate(document)


def transition_view(step: KycTransition, by: str | None = None) -> TransitionView:
    """Return a step as people see it; `by` names the actor for reviewers."""
    return TransitionView.model_validate(step).model_copy(update={"by": by})
