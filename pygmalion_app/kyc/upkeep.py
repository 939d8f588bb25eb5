"""What time does to verifications: reminders, lapses, files left behind, and the end of keeping."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.kyc import mails
from pygmalion_app.kyc.models import CaseState, KycCase, KycDocument
from pygmalion_app.kyc.rules import REMINDER_DAYS, today
from pygmalion_app.kyc.service import DELETE_TASK
from pygmalion_app.kyc.steps import step

_LEFT_BEHIND = timedelta(hours=2)


async def lapse_and_remind(uow: UnitOfWork) -> tuple[int, int]:
    """End approvals whose last day is past and remind of those that end soon; returns (lapsed, reminded).

    Each lead time is reminded of once, also when the job runs twice or was down for some days.
    """
    day = today(uow.clock.now())
    query = (
        select(KycCase)
        .where(
            col(KycCase.state) == CaseState.APPROVED, col(KycCase.valid_until) <= day + timedelta(max(REMINDER_DAYS))
        )
        .order_by(col(KycCase.id))
        .with_for_update()
    )
    lapsed = reminded = 0
    for case in (await uow.session.execute(query)).scalars().all():
        if case.valid_until is None:
            continue
        left = (case.valid_until - day).days
        if left < 0:
            await step(uow, case, CaseState.EXPIRED)
            await mails.tell_end(uow, case, None)
            lapsed += 1
            continue
        due = min(lead for lead in REMINDER_DAYS if left <= lead)
        if case.reminded_days is None or case.reminded_days > due:
            case.reminded_days = due
            await uow.session.flush()
            await mails.tell_end(uow, case, left)
            reminded += 1
    return lapsed, reminded


async def sweep(uow: UnitOfWork) -> int:
    """Remove documents whose storing was cut short, and their files if there are any; returns how many."""
    query = select(KycDocument).where(
        col(KycDocument.stored_at).is_(None), col(KycDocument.created_at) < uow.clock.now() - _LEFT_BEHIND
    )
    return await delete_documents(uow, (await uow.session.execute(query)).scalars().all())


async def delete_documents(uow: UnitOfWork, documents: Sequence[KycDocument]) -> int:
    """Delete documents; their files go after the commit. Returns how many."""
    for document in documents:
        await uow.session.delete(document)
        await uow.defer(DELETE_TASK, document_id=str(document.id))
    await uow.session.flush()
    return len(documents)


async def delete_file(uow: UnitOfWork, document_id: UUID, key: str) -> None:
    """Delete a document's file unless the document is (again) there; deleting twice is no error."""
    if await uow.session.get(KycDocument, document_id) is None:
        await uow.ports.files.delete(key)
