"""What identity checks hold on a person: given to them, and deleted when it need not be kept any more.

A person's own documents are kept five years after the relationship ends (specification 10.2), then deleted with their
files. Documents of an organisation are the organisation's; a person stands in them by id only.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlmodel import col

from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.kyc import queries, upkeep
from pygmalion_app.kyc.models import KycCase, KycDocument, KycTransition
from pygmalion_app.kyc.rules import RETENTION


async def export(uow: UnitOfWork, user_id: UUID) -> dict[str, Any]:
    """Return a person's verifications, machine-readable; the files are `documents.own_document` by their ids."""
    cases = await _cases(uow, user_id)
    shown: list[dict[str, Any]] = []
    for case in cases:
        documents = [
            queries.document_view(one).model_dump(mode="json") for one in await queries.documents_of(uow, case.id)
        ]
        steps = [
            queries.transition_view(one).model_dump(mode="json", exclude={"by"})
            for one in await queries.transitions_of(uow, case.id)
        ]
        facts = case.model_dump(
            mode="json", include={"id", "state", "submitted_at", "reason", "note", "valid_until", "created_at"}
        )
        shown.append(facts | {"documents": documents, "history": steps})
    return {"identity_verifications": shown}


async def erase(uow: UnitOfWork, user_id: UUID, ended_at: datetime | None = None) -> bool:
    """Delete a person's verifications and documents once five years have passed since the relationship ended.

    `ended_at` is when it did (now, if not given). Returns whether they are gone; False means they are kept until
    `ended_at + RETENTION`. What people wrote about them is emptied at once.
    """
    now = uow.clock.now()
    cases = await _cases(uow, user_id)
    ids = [case.id for case in cases]
    await uow.session.execute(update(KycTransition).where(col(KycTransition.case_id).in_(ids)).values(note=""))
    await uow.session.execute(update(KycDocument).where(col(KycDocument.case_id).in_(ids)).values(file_name="document"))
    for case in cases:
        case.note = ""
    await uow.session.flush()
    if (ended_at or now) + RETENTION > now:
        return not cases
    await purge(uow, cases)
    return True


async def purge(uow: UnitOfWork, cases: list[KycCase]) -> None:
    """Delete cases with everything that hangs on them; the files go after the commit."""
    for case in cases:
        found = await uow.session.execute(select(KycDocument).where(col(KycDocument.case_id) == case.id))
        await upkeep.delete_documents(uow, found.scalars().all())
        for one in await queries.transitions_of(uow, case.id):
            await uow.session.delete(one)
        await uow.session.flush()
        await uow.session.delete(case)
    await uow.session.flush()


async def _cases(uow: UnitOfWork, user_id: UUID) -> list[KycCase]:
    found = await uow.session.execute(
        select(KycCase).where(col(KycCase.user_id) == user_id).order_by(col(KycCase.created_at))
    )
    return list(found.scalars())
