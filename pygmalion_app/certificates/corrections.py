"""Corrections: a certificate that says something wrong is taken back in favour of one that says the right thing.

A document cannot be changed once it is in somebody's hands; its successor takes its place in the chain of versions.
"""

import secrets
from datetime import date
from zoneinfo import ZoneInfo

from pygmalion_app.catalog.models import Course
from pygmalion_app.certificates import life, revocation, service
from pygmalion_app.certificates.content import Content
from pygmalion_app.certificates.errors import CertificateErasedError, NothingToCorrectError
from pygmalion_app.certificates.life_models import EventKind
from pygmalion_app.certificates.models import Certificate, RevocationReason
from pygmalion_app.certificates.schemas import CertificateView, CorrectCommand
from pygmalion_app.certificates.sealing import new_number, new_verification_token, seal_token
from pygmalion_app.certificates.validity import expiry, last_valid_day
from pygmalion_app.core import audit
from pygmalion_app.core.errors import InvalidInputError
from pygmalion_app.core.ids import new_id, token_hash
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.notifications.facts import both
from pygmalion_app.notifications.telling import Link, notify
from pygmalion_app.sessions.models import TrainingSession

DOCUMENT_TASK = "certificates.make_document"
_SALT_BYTES = 32


async def correct(uow: UnitOfWork, command: CorrectCommand) -> CertificateView:
    """Take a certificate back and issue its corrected version, in one transaction; a job makes the new document.

    Raises NotFoundError, PermissionDeniedError, ReauthenticationRequiredError, AlreadyRevokedError,
    CertificateErasedError, NothingToCorrectError, InvalidInputError (a completion in the future or before the course).
    """
    old = await revocation.locked_for_change(uow, command.certificate_id)
    if old.erased_at is not None:
        raise CertificateErasedError(certificate=str(old.id))
    async with uow.elevated():
        session = await uow.session.get_one(TrainingSession, old.session_id)
        content = await _corrected(uow, old, command, session.time_zone)
        new = await _supersede(uow, old, content, command.note, session.time_zone)
        await _tell_holder(uow, old, new)
    return await service.get(uow, new.id)


async def _corrected(uow: UnitOfWork, old: Certificate, command: CorrectCommand, time_zone: str) -> Content:
    said = Content.model_validate(old.content)
    changes: dict[str, object] = {
        name: value
        for name, value in (
            ("holder", command.holder),
            ("completed_on", command.completed_on),
            ("location", command.location),
        )
        if value is not None and value != getattr(said, name)
    }
    if not changes:
        raise NothingToCorrectError(certificate=str(old.id))
    today = uow.clock.now().astimezone(ZoneInfo(time_zone)).date()
    if command.completed_on is not None and not said.starts_on <= command.completed_on <= today:
        raise InvalidInputError(field="completedOn")
    if "completed_on" in changes:
        changes["valid_until"] = await _last_day(uow, old, command.completed_on or said.completed_on)
    return said.model_copy(update={**changes, "id": new_id(), "number": new_number(today.year), "issued_on": today})


async def _last_day(uow: UnitOfWork, old: Certificate, completed_on: date) -> date | None:
    course = await uow.session.get_one(Course, old.course_id)
    return last_valid_day(completed_on, course.validity_months, course.validity_anchor)


async def _supersede(uow: UnitOfWork, old: Certificate, content: Content, note: str, time_zone: str) -> Certificate:
    """Put the corrected version in the old one's place; the old one goes first, as one may be live."""
    await revocation.take_back(uow, old, RevocationReason.REPLACED, note, None)
    token = new_verification_token()
    new = Certificate(
        id=content.id,
        enrollment_id=old.enrollment_id,
        user_id=old.user_id,
        organization_id=old.organization_id,
        course_id=old.course_id,
        session_id=old.session_id,
        number=content.number,
        content=content.model_dump(mode="json", by_alias=True),
        issued_at=uow.clock.now(),
        valid_until=expiry(content.valid_until, time_zone),
        token_hash=token_hash(token),
        token_sealed=seal_token(uow.settings, content.id, token),
        salt=secrets.token_bytes(_SALT_BYTES),
        corrects=old.id,
        name_masked=old.name_masked,
    )
    uow.session.add(new)
    await uow.session.flush()
    old.replaced_by = new.id
    await life.hand_over(uow, old, new)
    await life.tell(uow, old.id, EventKind.CORRECTED, reason=RevocationReason.REPLACED, related_id=new.id)
    await life.begin(uow, new.id)
    await audit.record(
        uow,
        "certificate.corrected",
        subject_id=new.id,
        organization_id=new.organization_id,
        facts={"holder": new.user_id, "corrects": old.id},
    )
    await uow.defer(DOCUMENT_TASK, certificate_id=str(new.id))
    return new


async def _tell_holder(uow: UnitOfWork, old: Certificate, new: Certificate) -> None:
    facts = {
        "course": both(new.content["course"], new.content["courseEn"]),
        "number": new.number,
        "old": old.number,
        "organization": new.content["organization"],
    }
    await notify(uow, new.user_id, "certificate-corrected", facts, Link("certificates"))
