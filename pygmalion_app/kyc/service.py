"""The side of whoever is verified: what is needed, submit, take a document back."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from pygmalion_app.core import audit
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.kyc import policy, queries
from pygmalion_app.kyc.errors import CaseClosedError, CaseIncompleteError, DocumentNotFoundError
from pygmalion_app.kyc.models import CaseState, KycCase, KycDocument
from pygmalion_app.kyc.policy import Subject
from pygmalion_app.kyc.rules import EDITABLE, RENEWAL_FROM, SubjectKind, today
from pygmalion_app.kyc.schemas import CaseView, RequirementView
from pygmalion_app.kyc.steps import step

DELETE_TASK = "kyc.delete_file"


async def case_of(uow: UnitOfWork, subject: Subject) -> CaseView:
    """Return a subject's verification, to those who act for it; nothing is written."""
    policy.require_subject(uow.actor, subject)
    kind = await queries.subject_kind(uow, subject)
    case = await queries.current_case(uow, subject)
    approved = await queries.approved_case(uow, subject)
    day = today(uow.clock.now())
    editable = case is None or _is_editable(uow, case)
    # A lapsed case stays to be seen; what is sent next goes into a new one.
    documents = await queries.documents_of(uow, case.id) if case else ()
    counted = documents if case is not None and case.state != CaseState.EXPIRED else ()
    verified = approved is not None and queries.stands(approved, day)
    return CaseView(
        id=case.id if case else None,
        subject=kind,
        state=case.state if case else CaseState.DRAFT,
        state_at=case.state_at if case else None,
        reason=case.reason if case else None,
        note=case.note if case else "",
        editable=editable,
        verified=verified,
        verified_until=approved.valid_until if approved and verified else None,
        requirements=_requirements(kind, case, counted, day),
        documents=tuple(queries.document_view(one) for one in documents),
        history=tuple(queries.transition_view(one) for one in await queries.transitions_of(uow, case.id))
        if case
        else (),
    )


def _requirements(
    kind: SubjectKind, case: KycCase | None, documents: Sequence[KycDocument], day: date
) -> tuple[RequirementView, ...]:
    """Return what is asked and what is met; an approval that stands meets it all."""
    wanted = queries.requirement_views(kind, documents, day)
    if case is not None and queries.stands(case, day):
        return tuple(one.model_copy(update={"met": True}) for one in wanted)
    return wanted


async def require_editable(uow: UnitOfWork, subject: Subject) -> None:
    """Let those pass who may send a document for a subject now: asked before a byte of it is read.

    Raises NotAuthenticatedError, PermissionDeniedError, CaseClosedError.
    """
    policy.require_subject(uow.actor, subject)
    case = await queries.current_case(uow, subject)
    if case is not None and not _is_editable(uow, case):
        raise CaseClosedError(state=case.state)


async def locked_open_case(uow: UnitOfWork, subject: Subject) -> KycCase:
    """Return the subject's editable case, locked, made if there is none. Raises CaseClosedError."""
    await require_editable(uow, subject)
    now = uow.clock.now()
    row = {"id": new_id(), "user_id": subject.user_id, "organization_id": subject.organization_id}
    row |= {"state": CaseState.DRAFT, "state_at": now, "note": "", "created_at": now}
    # Two first documents at once make one case: the open one is unique.
    await uow.session.execute(insert(KycCase).values(row).on_conflict_do_nothing())
    owner = (
        col(KycCase.user_id) == subject.user_id
        if subject.organization_id is None
        else col(KycCase.organization_id) == subject.organization_id
    )
    query = select(KycCase).where(owner, col(KycCase.state).in_(EDITABLE)).with_for_update()
    case = (await uow.session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()
    if case is None:
        raise CaseClosedError(state=CaseState.SUBMITTED)
    return case


async def submit(uow: UnitOfWork, subject: Subject) -> CaseView:
    """Hand a case in for review. Raises CaseClosedError, CaseIncompleteError (`missing` lists what to add)."""
    case = await locked_open_case(uow, subject)
    await require_complete(uow, case)
    case.submitted_by, case.submitted_at, case.reviewer_id = uow.actor.user_id, uow.clock.now(), None
    await step(uow, case, CaseState.SUBMITTED)
    return await case_of(uow, subject)


async def require_complete(uow: UnitOfWork, case: KycCase) -> None:
    """Raise CaseIncompleteError unless every requirement is met by a document that is valid today."""
    kind = await queries.subject_kind(uow, Subject(case.user_id, case.organization_id))
    documents = await queries.documents_of(uow, case.id)
    wanted = queries.requirement_views(kind, documents, today(uow.clock.now()))
    missing = [one.name for one in wanted if not one.met]
    if missing:
        raise CaseIncompleteError(missing=", ".join(missing))


async def remove_document(uow: UnitOfWork, subject: Subject, document_id: UUID) -> None:
    """Take a document back before it is submitted; its file is deleted. Raises DocumentNotFoundError."""
    case = await locked_open_case(uow, subject)
    document = await uow.session.get(KycDocument, document_id)
    if document is None or document.case_id != case.id:
        raise DocumentNotFoundError
    await uow.session.delete(document)
    await uow.session.flush()
    await uow.defer(DELETE_TASK, document_id=str(document_id))
    await audit.record(
        uow, "kyc.document_removed", subject_id=document_id, organization_id=case.organization_id,
        facts={"case": case.id},
    )  # fmt: skip


def _is_editable(uow: UnitOfWork, case: KycCase) -> bool:
    if case.state in EDITABLE or case.state == CaseState.EXPIRED:
        return True
    if case.state != CaseState.APPROVED or case.valid_until is None:
        return False
    return case.valid_until - today(uow.clock.now()) <= RENEWAL_FROM
