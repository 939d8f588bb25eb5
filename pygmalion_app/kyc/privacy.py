"""What verifications hold on people: their own documents, what reviewers said, and what they did for organisations.

A person's own file is kept for 5 years after they leave (Code monétaire et financier L561-12), then goes with its
documents; one that was never submitted goes at once. An organisation's file belongs to the organisation: who submitted
or reviewed it stands there as an id.
"""

from datetime import datetime
from typing import Final, LiteralString
from uuid import UUID

from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.privacy import (
    Ground,
    Held,
    HeldFile,
    Holder,
    Kept,
    Period,
    Person,
    Rule,
    erase_file,
    erase_rows,
    records,
    register,
)
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.kyc.documents import file_key, own_document
from pygmalion_app.kyc.policy import Subject

_FIVE_YEARS: Final = Period(years=5)
_DRAFTS: LiteralString = "SELECT id FROM kyc_cases WHERE user_id = %(user)s AND state = 'draft'"
# The relationship ends when the account is erased.
_ENDED: LiteralString = """
SELECT c.id FROM kyc_cases c JOIN account_lifecycles l ON l.user_id = c.user_id WHERE l.erased_at < %(before)s
"""


async def _export(uow: UnitOfWork, person: Person) -> Held:
    cases = await records(
        uow, "SELECT * FROM kyc_cases WHERE user_id = %(user)s ORDER BY created_at", person, hide=("reviewer_id",)
    )
    steps = await records(
        uow, "SELECT * FROM kyc_transitions WHERE user_id = %(user)s ORDER BY at", person, hide=("actor_id",)
    )
    documents = await records(
        uow,
        "SELECT * FROM kyc_documents WHERE user_id = %(user)s ORDER BY created_at",
        person,
        hide=("wrapped_key", "key_id"),
    )
    for_others = await records(
        uow,
        "SELECT id, case_id, organization_id, kind, created_at FROM kyc_documents"
        " WHERE uploaded_by = %(user)s AND user_id IS DISTINCT FROM %(user)s ORDER BY created_at",
        person,
    )
    files = [await _file(person, row["id"]) for row in documents if row["stored_at"] is not None]
    held = {
        "verifications": cases,
        "steps": steps,
        "documents": documents,
        "documents_sent_for_organizations": for_others,
    }
    return Held(held, tuple(file for file in files if file is not None))


async def _file(person: Person, document_id: UUID) -> HeldFile | None:
    try:
        document = await own_document(Actor(user_id=person.id), Subject(user_id=person.id), document_id)
    except PygmalionError:
        return None
    return HeldFile(f"identity/{document.name}", document.content)


async def _erase(uow: UnitOfWork, person: Person, _ground: Ground) -> None:
    drafts = await uow.sql(_DRAFTS, user=person.id)
    await _delete_cases(uow, [row["id"] for row in drafts])
    # The documents are the evidence; what people called them and wrote about them is not.
    await erase_rows(
        uow,
        person,
        "UPDATE kyc_cases SET note = '' WHERE user_id = %(user)s",
        "UPDATE kyc_transitions SET note = '' WHERE user_id = %(user)s",
        "UPDATE kyc_documents SET file_name = 'document' WHERE user_id = %(user)s",
    )


async def _forget_ended(uow: UnitOfWork, before: datetime) -> int:
    ended = await uow.sql(_ENDED, before=before)
    await _delete_cases(uow, [row["id"] for row in ended])
    return len(ended)


async def _delete_cases(uow: UnitOfWork, ids: list[UUID]) -> None:
    gone = await uow.sql("DELETE FROM kyc_documents WHERE case_id = ANY (%(ids)s) RETURNING id", ids=ids)
    for row in gone:
        await erase_file(uow, file_key(row["id"]))
    await uow.sql("DELETE FROM kyc_transitions WHERE case_id = ANY (%(ids)s)", ids=ids)
    await uow.sql("DELETE FROM kyc_cases WHERE id = ANY (%(ids)s)", ids=ids)


register(
    Holder(
        area="identity",
        export=_export,
        erase=_erase,
        kept=(
            Kept(
                "identity",
                # Counted from the erasure that is being looked at.
                "SELECT max(%(now)s::timestamptz) AS since FROM kyc_cases"
                " WHERE user_id = %(user)s AND state <> 'draft'",
                _FIVE_YEARS,
            ),
        ),
        rules=(Rule("identity", _FIVE_YEARS, _forget_ended),),
    )
)
