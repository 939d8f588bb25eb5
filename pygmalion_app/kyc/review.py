"""The side of the platform: the queue, one case, and what is decided. One reviewer at a time, never one's own file."""

from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from pygmalion_app.accounts.models import User
from pygmalion_app.core.paging import Page, PageRequest
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.kyc import mails, policy, queries
from pygmalion_app.kyc.errors import (
    CaseDecidedError,
    CaseNotFoundError,
    CaseTakenError,
    ReasonNeededError,
)
from pygmalion_app.kyc.models import CaseState, KycCase, KycDocument, Reason
from pygmalion_app.kyc.policy import Subject
from pygmalion_app.kyc.rules import LONGEST_VALIDITY, REVIEWERS_REASONS, TAKE_OVER_AFTER, SubjectKind, today
from pygmalion_app.kyc.schemas import Decide, Decision, QueueRow, ReviewedCase, Withdraw
from pygmalion_app.kyc.service import require_complete
from pygmalion_app.kyc.steps import step
from pygmalion_app.organizations.models import Organization

_TO_STATE = {
    Decision.APPROVE: CaseState.APPROVED,
    Decision.REJECT: CaseState.REJECTED,
    Decision.ASK: CaseState.MORE_INFORMATION,
}


async def queue(
    uow: UnitOfWork, paging: PageRequest, *, states: tuple[CaseState, ...], subject: SubjectKind | None = None
) -> Page[QueueRow]:
    """Return cases in some states, those that have waited longest first; drafts are nobody's business."""
    uow.actor.require_platform_admin()
    reviewer = aliased(User)
    wanted = (
        select(KycCase, User, Organization, reviewer)
        .outerjoin(User, col(User.id) == col(KycCase.user_id))
        .outerjoin(Organization, col(Organization.id) == col(KycCase.organization_id))
        .outerjoin(reviewer, reviewer.id == col(KycCase.reviewer_id))  # pyright: ignore[reportArgumentType]
        .where(col(KycCase.state).in_(set(states) - {CaseState.DRAFT}))
    )
    if subject is SubjectKind.PERSON:
        wanted = wanted.where(col(KycCase.user_id).is_not(None))
    elif subject is not None:
        wanted = wanted.where(col(Organization.kind) == subject.value)
    total = (await uow.session.execute(select(func.count()).select_from(wanted.subquery()))).scalar_one()
    rows = (
        await uow.session.execute(
            wanted.order_by(col(KycCase.submitted_at), col(KycCase.id)).limit(paging.limit).offset(paging.offset)
        )
    ).all()
    counts = await _document_counts(uow, [case.id for case, *_ in rows])
    items = [
        QueueRow(
            id=case.id,
            subject=SubjectKind(organization.kind) if organization else SubjectKind.PERSON,
            name=organization.name if organization else _name(person),
            state=case.state,
            submitted_at=case.submitted_at,
            documents=counts.get(case.id, 0),
            reviewer=_name(by) if by else None,
            own=await policy.is_own(uow, case),
        )
        for case, person, organization, by in rows
    ]
    return Page(tuple(items), total, paging)


async def reviewed_case(uow: UnitOfWork, case_id: UUID) -> ReviewedCase:
    """Return one case to a reviewer. Raises CaseNotFoundError, also for a draft; OwnCaseError."""
    uow.actor.require_platform_admin()
    case = await uow.session.get(KycCase, case_id, populate_existing=True)
    if case is None or case.state == CaseState.DRAFT:
        raise CaseNotFoundError
    await policy.require_reviewer(uow, case)
    documents = await queries.documents_of(uow, case.id)
    steps = await queries.transitions_of(uow, case.id)
    async with uow.elevated():
        people = await _people(
            uow, {case.user_id, case.submitted_by, case.reviewer_id, *(one.actor_id for one in steps)}
        )
        organization = await uow.session.get(Organization, case.organization_id) if case.organization_id else None
    kind = SubjectKind(organization.kind) if organization else SubjectKind.PERSON
    person = people.get(case.user_id) if case.user_id else None
    names = {user_id: _name(user) for user_id, user in people.items()}
    mine = case.state == CaseState.IN_REVIEW and case.reviewer_id == uow.actor.user_id
    return ReviewedCase(
        id=case.id,
        subject=kind,
        name=organization.name if organization else _name(person),
        facts=_organization_facts(organization) if organization else _person_facts(person),
        state=case.state,
        state_at=case.state_at,
        submitted_at=case.submitted_at,
        submitted_by=names.get(case.submitted_by) if case.submitted_by else None,
        reviewer=names.get(case.reviewer_id) if case.reviewer_id else None,
        mine=mine,
        own=False,
        takeable=not mine and _is_takeable(uow, case),
        reason=case.reason,
        note=case.note,
        valid_until=case.valid_until,
        requirements=queries.requirement_views(kind, documents, today(uow.clock.now())),
        documents=tuple(queries.document_view(one) for one in documents),
        history=tuple(queries.transition_view(one, names.get(one.actor_id) if one.actor_id else None) for one in steps),
    )


async def take(uow: UnitOfWork, case_id: UUID) -> ReviewedCase:
    """Begin the review of a submitted case: the first of two reviewers has it, the other is told.

    A case that somebody took and left for an hour can be taken over. Raises CaseTakenError, CaseDecidedError,
    CaseNotFoundError, OwnCaseError, PermissionDeniedError.
    """
    case = await _locked(uow, case_id)
    if case.state == CaseState.IN_REVIEW and case.reviewer_id == uow.actor.user_id:
        return await reviewed_case(uow, case_id)
    if not _is_takeable(uow, case):
        raise CaseTakenError if case.state == CaseState.IN_REVIEW else CaseDecidedError(state=case.state)
    case.reviewer_id = uow.actor.user_id
    await step(uow, case, CaseState.IN_REVIEW)
    return await reviewed_case(uow, case_id)


async def decide(uow: UnitOfWork, case_id: UUID, command: Decide) -> ReviewedCase:
    """Approve, refuse or ask for more, on a case that one has taken; whoever submitted is told by mail.

    Raises CaseTakenError, CaseDecidedError, CaseIncompleteError, ReasonNeededError, CaseNotFoundError, OwnCaseError,
    PermissionDeniedError.
    """
    case = await _locked(uow, case_id)
    if case.state != CaseState.IN_REVIEW:
        raise CaseDecidedError(state=case.state)
    if case.reviewer_id != uow.actor.user_id:
        raise CaseTakenError
    if command.decision is Decision.APPROVE:
        await _approve(uow, case)
        await step(uow, case, CaseState.APPROVED, None, command.note)
    else:
        reason = _required_reason(command.reason, command.note)
        await step(uow, case, _TO_STATE[command.decision], reason, command.note)
    if command.decision is Decision.REJECT and await queries.approved_case(uow, _subject(case)) is None:
        await _stop_sales(uow, case, stopped=True)
    await mails.tell_decision(uow, case)
    return await reviewed_case(uow, case_id)


async def withdraw(uow: UnitOfWork, case_id: UUID, command: Withdraw) -> ReviewedCase:
    """Take an approval back: it ends now, and an organisation's published courses cannot be booked any more.

    Raises CaseDecidedError unless the case is approved, ReasonNeededError, CaseNotFoundError, OwnCaseError,
    PermissionDeniedError.
    """
    case = await _locked(uow, case_id)
    if case.state != CaseState.APPROVED:
        raise CaseDecidedError(state=case.state)
    await step(uow, case, CaseState.EXPIRED, _required_reason(command.reason, command.note), command.note)
    await _stop_sales(uow, case, stopped=True)
    await mails.tell_decision(uow, case)
    return await reviewed_case(uow, case_id)


async def _locked(uow: UnitOfWork, case_id: UUID) -> KycCase:
    """Return a case whose row is locked: lock, then check, so that of two reviewers one wins."""
    uow.actor.require_platform_admin()
    case = await uow.session.get(KycCase, case_id, with_for_update=True, populate_existing=True)
    if case is None or case.state == CaseState.DRAFT:
        raise CaseNotFoundError
    await policy.require_reviewer(uow, case)
    return case


def _is_takeable(uow: UnitOfWork, case: KycCase) -> bool:
    left = case.state == CaseState.IN_REVIEW and case.state_at <= uow.clock.now() - TAKE_OVER_AFTER
    return left or case.state == CaseState.SUBMITTED


async def _approve(uow: UnitOfWork, case: KycCase) -> None:
    """Set until when the approval holds, end the one that it replaces, and let the organisation sell."""
    await require_complete(uow, case)
    earlier = await queries.approved_case(uow, _subject(case))
    if earlier is not None:
        await step(uow, earlier, CaseState.EXPIRED, Reason.REPLACED)
    ends = [one.valid_until for one in await queries.documents_of(uow, case.id) if one.valid_until is not None]
    case.valid_until = min([*ends, _latest(today(uow.clock.now()))])
    case.reminded_days = None
    await _stop_sales(uow, case, stopped=False)


def _latest(day: date) -> date:
    return day + LONGEST_VALIDITY


async def _stop_sales(uow: UnitOfWork, case: KycCase, *, stopped: bool) -> None:
    if case.organization_id is None:
        return
    async with uow.elevated():
        organization = await uow.session.get_one(Organization, case.organization_id)
        organization.sales_stopped_at = uow.clock.now() if stopped else None
        await uow.session.flush()


def _required_reason(reason: Reason | None, note: str) -> Reason:
    if reason is None or reason not in REVIEWERS_REASONS or (reason is Reason.OTHER and not note.strip()):
        raise ReasonNeededError(field="reason" if reason is None else "note")
    return reason


def _subject(case: KycCase) -> Subject:
    return Subject(case.user_id, case.organization_id)


async def _document_counts(uow: UnitOfWork, ids: list[UUID]) -> dict[UUID, int]:
    rows = await uow.session.execute(
        select(col(KycDocument.case_id), func.count())
        .where(col(KycDocument.case_id).in_(ids), col(KycDocument.stored_at).is_not(None))
        .group_by(col(KycDocument.case_id))
    )
    return dict(rows.all())


async def _people(uow: UnitOfWork, ids: set[UUID | None]) -> dict[UUID, User]:
    found = await uow.session.execute(select(User).where(col(User.id).in_([one for one in ids if one])))
    return {user.id: user for user in found.scalars()}


def _name(person: User | None) -> str:
    return f"{person.first_name} {person.last_name}" if person else "—"


def _person_facts(person: User | None) -> dict[str, str]:
    if person is None:
        return {}
    return {"name": _name(person), "email": person.email, "phone": person.phone or "", "job": person.job_title or ""}


def _organization_facts(organization: Organization) -> dict[str, str]:
    return {
        "name": organization.name,
        "siret": organization.siret or "",
        "nda": organization.nda or "",
        "city": organization.city,
        "website": organization.website,
        "certifier": organization.qualiopi_certifier or "",
    }
