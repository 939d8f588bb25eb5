"""Disputes before those who answer them: what is open, what would be answered, and the answer itself."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Final, LiteralString
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.certificates.document.kept import Shelf
from pygmalion_app.core import audit
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.gateway import DisputeEvidence
from pygmalion_app.core.paging import Page, PageRequest
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork, unit_of_work
from pygmalion_app.disputes import facts as known
from pygmalion_app.disputes.bundle import bundle
from pygmalion_app.disputes.errors import DisputeOverError, DisputeUnlinkedError, EvidenceSentError
from pygmalion_app.disputes.evidence import Writer
from pygmalion_app.disputes.facts import Facts
from pygmalion_app.disputes.schemas import DisputeView, Evidence, SubmitEvidence
from pygmalion_app.payments.dispute_models import Dispute, DisputeStatus, EvidenceStatus

SEND_TASK: Final = "disputes.send_evidence"
_ANSWERABLE = {DisputeStatus.WARNING, DisputeStatus.NEEDS_RESPONSE}

_VIEW: LiteralString = """
SELECT d.*, p.reference AS order_id, d.payee_organization_id AS organization_id, count(*) OVER () AS total,
  coalesce(o.name, '') AS organization_name, coalesce(p.description, '') AS description,
  coalesce(b.name, concat_ws(' ', u.first_name, u.last_name), '') AS buyer_name
FROM disputes d LEFT JOIN payments p ON p.id = d.payment_id LEFT JOIN organizations o ON o.id = d.payee_organization_id
LEFT JOIN organizations b ON b.id = p.payer_organization_id LEFT JOIN users u ON u.id = p.payer_user_id
"""
_LIST: LiteralString = (
    _VIEW
    + """
WHERE d.id = ANY (%(ids)s) AND (%(everybody)s OR d.payee_organization_id = ANY (%(organizations)s))
  AND (%(state)s = '' OR d.status = %(state)s)
ORDER BY d.status NOT IN ('warning', 'needs_response'), d.due_by, d.id DESC LIMIT %(limit)s OFFSET %(offset)s
"""
)
_ONE: LiteralString = _VIEW + " WHERE d.id = %(id)s"


async def disputes(uow: UnitOfWork, paging: PageRequest, *, state: DisputeStatus | None = None) -> Page[DisputeView]:
    """Return disputes, the most urgent first: all to administrators, theirs to who reads an organisation's payments."""
    actor = uow.actor
    actor.require_user()
    values: dict[str, Any] = {
        "everybody": actor.is_platform_admin,
        "organizations": list(actor.organizations_with(Permission.PAYMENT_READ)),
        "state": state.value if state else "",
        "limit": paging.limit,
        "offset": paging.offset,
    }
    values["ids"] = [row["id"] for row in await uow.sql("SELECT id FROM disputes")]
    # The buyer's name is of somebody whom an organisation may not know otherwise; of its own sale it may.
    async with uow.elevated():
        rows = await uow.sql(_LIST, **values)
    return Page(tuple(_view(row) for row in rows), rows[0]["total"] if rows else 0, paging)


async def dispute(uow: UnitOfWork, dispute_id: UUID) -> DisputeView:
    """Return one dispute to the platform and to the organisation whose sale it is; NotFoundError to anybody else."""
    uow.actor.require_user()
    await _require_seen(uow, dispute_id)
    async with uow.elevated():
        rows = await uow.sql(_ONE, id=dispute_id)
    if not rows or not uow.actor.can(Permission.PAYMENT_READ, rows[0]["organization_id"]):
        raise NotFoundError(dispute=str(dispute_id))
    return _view(rows[0])


async def preview(uow: UnitOfWork, dispute_id: UUID, command: SubmitEvidence) -> Evidence:
    """Return what would be answered now. For administrators. Raises NotFoundError, DisputeUnlinkedError."""
    uow.actor.require_platform_admin()
    found = await _known(uow, dispute_id)
    return Writer(found, command.locale, command.note).evidence()


async def document(uow: UnitOfWork, dispute_id: UUID, command: SubmitEvidence) -> bytes:
    """Return the PDF as it was sent; before that, as it would be. For administrators."""
    uow.actor.require_platform_admin()
    found = await _known(uow, dispute_id)
    if found.dispute.evidence_key is not None:
        return await uow.ports.files.get(found.dispute.evidence_key)
    evidence = Writer(found, command.locale, command.note).evidence()
    return await bundle(Shelf.of(uow), found, evidence, uow.clock.now().date())


async def submit(uow: UnitOfWork, dispute_id: UUID, command: SubmitEvidence) -> DisputeView:
    """Answer a dispute: a job sends what the platform knows and what the administrator adds.

    A bank takes one answer. Raises NotFoundError, DisputeOverError, EvidenceSentError, DisputeUnlinkedError.
    """
    uow.actor.require_platform_admin()
    async with uow.elevated():
        query = select(Dispute).where(col(Dispute.id) == dispute_id).with_for_update()
        found = (await uow.session.execute(query)).scalar_one_or_none()
        if found is None:
            raise NotFoundError(dispute=str(dispute_id))
        if found.payment_id is None:
            raise DisputeUnlinkedError(dispute=str(dispute_id))
        if found.evidence_status in {EvidenceStatus.SENDING, EvidenceStatus.SENT}:
            raise EvidenceSentError(dispute=str(dispute_id))
        if found.status not in _ANSWERABLE or (found.due_by is not None and found.due_by <= uow.clock.now()):
            raise DisputeOverError(dispute=str(dispute_id))
        found.evidence_status, found.evidence_attempt = EvidenceStatus.SENDING, found.evidence_attempt + 1
        found.evidence_note, found.evidence_locale = command.note, command.locale
        found.sent_by = uow.actor.user_id
        await uow.session.flush()
        await uow.defer(SEND_TASK, dispute_id=str(dispute_id), attempt=found.evidence_attempt)
        await audit.record(
            uow,
            "dispute.answered",
            subject_id=dispute_id,
            organization_id=found.payee_organization_id,
            facts={"attempt": found.evidence_attempt},
        )
    return await dispute(uow, dispute_id)


@dataclass(frozen=True, slots=True)
class _Answer:
    request: DisputeEvidence
    key: str


async def send(dispute_id: UUID, attempt: int) -> None:
    """Hand the answer to the gateway, without a lock; repeating an attempt sends it once. For the job.

    Raises UnavailableError, upon which the job comes again.
    """
    answer = await _answer(dispute_id, attempt)
    if answer is None:
        return
    async with unit_of_work(SYSTEM) as uow:
        payments = uow.ports.payments
    await payments.submit_evidence(answer.request, idempotency_key=f"evidence:{dispute_id}:{attempt}")
    async with unit_of_work(SYSTEM) as uow:
        found = await uow.session.get_one(Dispute, dispute_id, with_for_update=True)
        if found.evidence_status == EvidenceStatus.SENDING:
            content = answer.request.documents["service_documentation"]
            found.evidence_status, found.sent_at = EvidenceStatus.SENT, uow.clock.now()
            found.evidence_key, found.evidence_sha256 = answer.key, hashlib.sha256(content).digest()
            if found.status in _ANSWERABLE:
                found.status = DisputeStatus.UNDER_REVIEW if found.status != DisputeStatus.WARNING else found.status


async def give_up(dispute_id: UUID, attempt: int) -> None:
    """Let an answer be sent anew by a person after the job has tried often enough."""
    async with unit_of_work(SYSTEM) as uow:
        found = await uow.session.get_one(Dispute, dispute_id, with_for_update=True)
        if found.evidence_status == EvidenceStatus.SENDING and found.evidence_attempt == attempt:
            found.evidence_status = EvidenceStatus.FAILED


async def _answer(dispute_id: UUID, attempt: int) -> _Answer | None:
    """Make the answer and keep its document; None when it was sent already or is of an earlier attempt."""
    async with unit_of_work(SYSTEM) as uow:
        found = await uow.session.get_one(Dispute, dispute_id)
        if found.evidence_status != EvidenceStatus.SENDING or found.evidence_attempt != attempt:
            return None
        about = await known.read(uow, found)
        if about is None:
            return None
        evidence = Writer(about, found.evidence_locale, found.evidence_note).evidence()
        files, shelf, day = uow.ports.files, Shelf.of(uow), uow.clock.now().date()
    # Killed after the gateway was asked, the same attempt says the same: the gateway refuses anything else.
    document, words = file_keys(dispute_id, attempt)
    try:
        texts, content = json.loads(await files.get(words)), await files.get(document)
    except NotFoundError:
        texts, content = evidence.texts, await bundle(shelf, about, evidence, day)
        await files.put(document, content)
        await files.put(words, json.dumps(texts).encode())
    return _Answer(DisputeEvidence(about.dispute.gateway_id, texts, {"service_documentation": content}), document)


def file_keys(dispute_id: UUID, attempt: int) -> tuple[str, str]:
    """Return where an answer's document and texts are kept."""
    return f"disputes/{dispute_id}-{attempt}.pdf", f"disputes/{dispute_id}-{attempt}.json"


async def _require_seen(uow: UnitOfWork, dispute_id: UUID) -> None:
    """Raise NotFoundError for a dispute that the database does not show to the actor."""
    if not await uow.sql("SELECT 1 FROM disputes WHERE id = %(id)s", id=dispute_id):
        raise NotFoundError(dispute=str(dispute_id))


async def _known(uow: UnitOfWork, dispute_id: UUID) -> Facts:
    await _require_seen(uow, dispute_id)
    async with uow.elevated():
        found = await uow.session.get(Dispute, dispute_id)
        if found is None:
            raise NotFoundError(dispute=str(dispute_id))
        about = await known.read(uow, found)
    if about is None:
        raise DisputeUnlinkedError(dispute=str(dispute_id))
    return about


def _view(row: dict[str, Any]) -> DisputeView:
    return DisputeView(**{name: row[name] for name in DisputeView.model_fields})
