"""From registered certificates to signed documents at rest and commitments that wait for a batch.

Three steps, each of which may be repeated: gather all that they are made from (one transaction, which makes keys and
draws places in a status list where there are none), make and store them (no lock held), record their hashes (one
transaction, once). Killed before the last, certificates are made again; what was stored then is ciphertext whose key is
lost.
"""

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.certificates.content import Content
from pygmalion_app.certificates.credentials import status_lists
from pygmalion_app.certificates.credentials.building import facts_of
from pygmalion_app.certificates.credentials.document import Facts
from pygmalion_app.certificates.document import kept
from pygmalion_app.certificates.document.dress import Dress
from pygmalion_app.certificates.document.making import Made, Order
from pygmalion_app.certificates.document.models import CertificateTemplate
from pygmalion_app.certificates.document.workshop import workshop
from pygmalion_app.certificates.keys.ring import signing_keys
from pygmalion_app.certificates.models import FORM
from pygmalion_app.certificates.sealing import commitment, open_token
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, UnitOfWork, unit_of_work
from pygmalion_app.notifications.facts import both
from pygmalion_app.notifications.telling import Link, notify_all

SEAL_TASK = "certificates.seal"


_UNMADE: LiteralString = """
SELECT id, user_id, organization_id, course_id, content, issued_at, valid_until, token_sealed, salt FROM certificates
WHERE id = ANY (%(certificates)s) AND commitment IS NULL AND erased_at IS NULL
ORDER BY id FOR NO KEY UPDATE
"""
# Locked in one order for all, so that two runs wait for each other instead of stopping each other.
_RECORD: LiteralString = """
WITH held AS MATERIALIZED (SELECT id FROM certificates WHERE id = ANY (%(id)s) ORDER BY id FOR NO KEY UPDATE)
UPDATE certificates c SET form = %(form)s, credential = m.credential, credential_jwt = m.jwt, file_key = m.file_key,
  file_key_id = m.file_key_id, file_wrapped_key = m.file_wrapped_key, file_sha256 = m.file_sha256,
  credential_sha256 = m.credential_sha256, commitment = m.commitment
FROM held JOIN unnest(%(id)s::uuid[], %(credential)s::bytea[], %(jwt)s::text[], %(file_key)s::text[],
  %(file_key_id)s::text[], %(file_wrapped_key)s::bytea[], %(file_sha256)s::bytea[], %(credential_sha256)s::bytea[],
  %(commitment)s::bytea[]) AS m (id, credential, jwt, file_key, file_key_id, file_wrapped_key, file_sha256,
  credential_sha256, commitment) ON m.id = held.id
WHERE c.id = held.id AND c.commitment IS NULL AND c.erased_at IS NULL
RETURNING c.id, c.user_id, c.content ->> 'course' AS course, c.content ->> 'courseEn' AS course_en
"""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A certificate that has no document yet, and what it is made from."""

    certificate_id: UUID
    salt: bytes
    order: Order


async def make_document(certificate_id: UUID, parts: Container | None = None) -> None:
    """Make, store and record a document unless that is done already."""
    await make_documents([certificate_id], parts)


async def make_documents(certificate_ids: Sequence[UUID], parts: Container | None = None) -> None:
    """Make, store and record the documents that are not yet: one that cannot be made leaves all of them unrecorded."""
    async with unit_of_work(SYSTEM, parts) as uow:
        wanted = await _wanted(uow, certificate_ids)
        files, ring = uow.ports.files, uow.settings.file_key_ring
    if not wanted:
        return
    made = await workshop.make_all([one.order for one in wanted])
    sealed = [kept.seal(ring, one.certificate_id, done.document) for one, done in zip(wanted, made, strict=True)]
    await asyncio.gather(*(files.put(one.key, one.content) for one in sealed))
    async with unit_of_work(SYSTEM, parts) as uow:
        recorded = await _record(uow, [_row(*each) for each in zip(wanted, made, sealed, strict=True)])
    for one, stored in zip(wanted, sealed, strict=True):
        if one.certificate_id not in recorded:
            # Another run was first.
            await files.delete(stored.key)


async def _wanted(uow: UnitOfWork, certificate_ids: Sequence[UUID]) -> list[_Wanted]:
    by_organization: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in await uow.sql(_UNMADE, certificates=list(certificate_ids)):
        by_organization[row["organization_id"]].append(row)
    return [
        one
        for organization, rows in sorted(by_organization.items())
        for one in await _of_an_organization(uow, organization, rows)
    ]


async def _of_an_organization(uow: UnitOfWork, organization: UUID, rows: list[dict[str, Any]]) -> list[_Wanted]:
    places = await status_lists.allocate_all(uow, [row["id"] for row in rows], organization)
    p256, ed25519 = await signing_keys(uow, organization)
    query = select(CertificateTemplate).where(col(CertificateTemplate.organization_id) == organization)
    dress, now = Dress.of((await uow.session.execute(query)).scalar_one_or_none()), uow.clock.now()
    return [
        _Wanted(
            row["id"],
            row["salt"],
            Order(facts=_facts(uow, row, places[row["id"]]), p256=p256, ed25519=ed25519, dress=dress, at=now),
        )
        for row in rows
    ]


def _facts(uow: UnitOfWork, row: Mapping[str, Any], place: status_lists.Place) -> Facts:
    token = open_token(uow.settings, row["id"], row["token_sealed"])
    return facts_of(
        uow.settings,
        Content.model_validate(row["content"]),
        course_id=row["course_id"],
        issued_at=row["issued_at"],
        valid_until=row["valid_until"],
        verification_url=f"{uow.settings.base_url}/verify/{token}",
        place=place,
    )


def _row(wanted: _Wanted, made: Made, sealed: kept.SealedDocument) -> dict[str, Any]:
    """Return what is recorded of a document."""
    document, credential = (hashlib.sha256(half).digest() for half in (made.document, made.credential.json))
    return {
        "id": wanted.certificate_id,
        "credential": made.credential.json,
        "jwt": made.credential.jwt,
        "file_key": sealed.key,
        "file_key_id": sealed.wrapped.key_id,
        "file_wrapped_key": sealed.wrapped.value,
        "file_sha256": document,
        "credential_sha256": credential,
        "commitment": commitment(wanted.salt, document, credential),
    }


async def _record(uow: UnitOfWork, rows: Sequence[Mapping[str, Any]]) -> set[UUID]:
    """Write the hashes down, once, and tell the holders; returns those for whom it was this making's."""
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    recorded = await uow.sql(_RECORD, form=FORM, **columns)
    if recorded:
        told = [(row["user_id"], {"course": both(row["course"], row["course_en"])}) for row in recorded]
        await notify_all(uow, "certificate", told, Link("certificates"))
        # Colleagues validated together are sealed together.
        await uow.defer(SEAL_TASK, queueing_lock=SEAL_TASK)
    return {row["id"] for row in recorded}
