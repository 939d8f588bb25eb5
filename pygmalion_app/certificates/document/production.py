"""From a registered certificate to a signed document at rest and a commitment that waits for a batch.

Three steps, each of which may be repeated: gather all that it is made from (one transaction, which makes keys and draws
the place in a status list where there is none), make and store it (no lock held), record its hashes (one transaction,
once). Killed before the last, the certificate is made again; what was stored then is a ciphertext whose key is lost.
"""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, update
from sqlmodel import col

from pygmalion_app.certificates.credentials import status_lists
from pygmalion_app.certificates.credentials.building import facts_of
from pygmalion_app.certificates.document import kept
from pygmalion_app.certificates.document.dress import Dress
from pygmalion_app.certificates.document.making import Made, Order
from pygmalion_app.certificates.document.models import CertificateTemplate
from pygmalion_app.certificates.document.workshop import workshop
from pygmalion_app.certificates.keys.ring import signing_keys
from pygmalion_app.certificates.models import FORM, Certificate
from pygmalion_app.certificates.schemas import Content
from pygmalion_app.certificates.sealing import commitment, open_token
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, UnitOfWork, unit_of_work
from pygmalion_app.notifications.facts import both
from pygmalion_app.notifications.telling import Link, notify

SEAL_TASK = "certificates.seal"


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A certificate that has no document yet, and what it is made from."""

    certificate: Certificate
    order: Order


async def make_document(certificate_id: UUID, parts: Container | None = None) -> None:
    """Make, store and record the document unless that is done already."""
    async with unit_of_work(SYSTEM, parts) as uow:
        wanted = await _wanted(uow, certificate_id)
        files, ring = uow.ports.files, uow.settings.file_key_ring
    if wanted is None:
        return
    made = await workshop.make(wanted.order)
    sealed = kept.seal(ring, certificate_id, made.document)
    await files.put(sealed.key, sealed.content)
    async with unit_of_work(SYSTEM, parts) as uow:
        recorded = await _record(uow, wanted.certificate, made, sealed)
    if not recorded:
        # Another run was first.
        await files.delete(sealed.key)


async def _wanted(uow: UnitOfWork, certificate_id: UUID) -> _Wanted | None:
    certificate = await uow.session.get_one(Certificate, certificate_id)
    if certificate.commitment is not None or certificate.erased_at is not None:
        return None
    organization, settings = certificate.organization_id, uow.settings
    token = open_token(settings, certificate_id, certificate.token_sealed)
    facts = facts_of(
        settings,
        Content.model_validate(certificate.content),
        course_id=certificate.course_id,
        issued_at=certificate.issued_at,
        valid_until=certificate.valid_until,
        verification_url=f"{settings.base_url}/verify/{token}",
        place=await status_lists.allocate(uow, certificate_id, organization),
    )
    p256, ed25519 = await signing_keys(uow, organization)
    template = select(CertificateTemplate).where(col(CertificateTemplate.organization_id) == organization)
    order = Order(
        facts=facts,
        p256=p256,
        ed25519=ed25519,
        dress=Dress.of((await uow.session.execute(template)).scalar_one_or_none()),
        at=uow.clock.now(),
    )
    return _Wanted(certificate, order)


async def _record(uow: UnitOfWork, certificate: Certificate, made: Made, sealed: kept.SealedDocument) -> bool:
    """Write the hashes down, once; tell whether it was this making's."""
    document, credential = (hashlib.sha256(half).digest() for half in (made.document, made.credential.json))
    recorded = await uow.session.execute(
        update(Certificate)
        .where(
            col(Certificate.id) == certificate.id,
            col(Certificate.commitment).is_(None),
            col(Certificate.erased_at).is_(None),
        )
        .values(
            form=FORM,
            credential=made.credential.json,
            credential_jwt=made.credential.jwt,
            file_key=sealed.key,
            file_key_id=sealed.wrapped.key_id,
            file_wrapped_key=sealed.wrapped.value,
            file_sha256=document,
            credential_sha256=credential,
            commitment=commitment(certificate.salt, document, credential),
        )
        .returning(col(Certificate.user_id))
    )
    if recorded.first() is None:
        return False
    course = both(certificate.content["course"], certificate.content["courseEn"])
    await notify(uow, certificate.user_id, "certificate", {"course": course}, Link("certificates"))
    # Colleagues validated together are sealed together.
    await uow.defer(SEAL_TASK, queueing_lock=SEAL_TASK)
    return True
