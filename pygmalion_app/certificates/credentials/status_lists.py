"""Bitstring status lists: a place for each credential, and the lists as they are published.

A published list is made from the database at each request; only its signature is kept while its bits are the same, so
that a revocation shows with the commit that made it.
"""

import asyncio
import gzip
import hashlib
import secrets
from base64 import urlsafe_b64encode
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from pygmalion_app.certificates.credentials import addresses
from pygmalion_app.certificates.credentials.linked_data import CREDENTIALS_V2
from pygmalion_app.certificates.credentials.models import LIST_SIZE, StatusEntry, StatusList
from pygmalion_app.certificates.credentials.signing import as_jwt, moment, with_proof
from pygmalion_app.certificates.keys.models import KeyKind
from pygmalion_app.certificates.keys.ring import SigningKey, signing_key
from pygmalion_app.certificates.sealing import canonical
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.unit_of_work import Container, UnitOfWork, unit_of_work

JWT_FORM = "?format=jwt"
"""What a list's address ends with where it is wanted as a JWT."""
MAX_AGE_SECONDS = 60
"""How long others may keep a list before they ask again."""
_GOOD_FOR = timedelta(hours=1)
_SIGN_AGAIN_AFTER = timedelta(minutes=10)
# The clock of whoever checks may be behind ours.
_BEFORE = timedelta(minutes=5)
_TRIES = 8
_KEPT = 64


class Place(NamedTuple):
    """Where a credential's status stands."""

    list_id: UUID
    position: int


@dataclass(frozen=True, slots=True)
class _Signed:
    """A list's two forms, signed at a time over certain bits; each is made when first asked for."""

    bits: bytes
    at: datetime
    forms: dict[str, bytes]


_signed: OrderedDict[UUID, _Signed] = OrderedDict()


async def allocate(uow: UnitOfWork, certificate_id: UUID, organization_id: UUID) -> Place:
    """Return a certificate's place in its organisation's lists, drawn now where it has none. For jobs (SYSTEM).

    Nothing is counted and nothing locked: once so many draws hit taken places, the list is full enough (the chance that
    this happens to a list filled to a half is 1 in 256) and the next one is begun.
    """
    if place := await _place_of(uow, certificate_id):
        return place
    list_id = await _newest_list(uow, organization_id) or await _begin_list(uow, organization_id, None)
    while True:
        for _ in range(_TRIES):
            if place := await _draw(uow, certificate_id, list_id):
                return place
        list_id = await _begin_list(uow, organization_id, list_id)


async def published(parts: Container, list_id: UUID, *, as_token: bool) -> bytes:
    """Return a list as it is served: a JWT, or JSON with a Data Integrity proof. NotFoundError for no list. Public."""
    async with unit_of_work(SYSTEM, parts) as uow:
        rows = await uow.sql(_LIST, list=list_id)
        if not rows:
            raise NotFoundError
        bits = bitstring(row["position"] for row in await uow.sql(_REVOKED, list=list_id))
        kept = _kept(list_id, bits, uow.clock.now())
        form = "jwt" if as_token else "json"
        if form in kept.forms:
            return kept.forms[form]
        kind = KeyKind.P256 if as_token else KeyKind.ED25519
        key = await signing_key(uow, rows[0]["organization_id"], kind)
        did = addresses.organization_did(uow.settings, rows[0]["slug"])
        document = _document(addresses.status_list(uow.settings, list_id), did, kept)
    kept.forms[form] = await asyncio.to_thread(_token if as_token else _proven, document, did, key, kept.at)
    return kept.forms[form]


def bitstring(positions: Iterable[int]) -> bytes:
    """Return a list's bits, those at the given positions set; position 0 is the first byte's highest bit."""
    bits = bytearray(LIST_SIZE // 8)
    for position in positions:
        bits[position >> 3] |= 0x80 >> (position & 7)
    return bytes(bits)


_LIST = """
SELECT l.organization_id, o.slug FROM credential_status_lists l JOIN organizations o ON o.id = l.organization_id
WHERE l.id = %(list)s
"""
_REVOKED = """
SELECT e.position FROM credential_status_entries e JOIN certificates c ON c.id = e.certificate_id
WHERE e.list_id = %(list)s AND c.revoked_at IS NOT NULL
"""


def _kept(list_id: UUID, bits: bytes, now: datetime) -> _Signed:
    kept = _signed.get(list_id)
    if kept is None or kept.bits != bits or not kept.at <= now < kept.at + _SIGN_AGAIN_AFTER:
        kept = _signed[list_id] = _Signed(bits, now, {})
        _signed.move_to_end(list_id)
        if len(_signed) > _KEPT:
            _signed.popitem(last=False)
    return kept


def _document(address: str, did: str, kept: _Signed) -> dict[str, Any]:
    # A list that somebody keeps to show a revoked credential as good runs out within the hour.
    return {
        "@context": [CREDENTIALS_V2],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": did,
        "validFrom": moment(kept.at - _BEFORE),
        "validUntil": moment(kept.at + _GOOD_FOR),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": "u" + urlsafe_b64encode(gzip.compress(kept.bits, mtime=0)).rstrip(b"=").decode(),
        },
    }


def _proven(document: dict[str, Any], did: str, key: SigningKey, at: datetime) -> bytes:
    return canonical(with_proof(document, did, key, at))


def _token(document: dict[str, Any], did: str, key: SigningKey, at: datetime) -> bytes:
    address = document["id"] + JWT_FORM
    claims = {**document, "id": address, "iss": did, "jti": address, "nbf": int((at - _BEFORE).timestamp())}
    claims["exp"] = int((at + _GOOD_FOR).timestamp())
    return as_jwt(claims, did, key, "vc+jwt").encode()


async def _place_of(uow: UnitOfWork, certificate_id: UUID) -> Place | None:
    entry = await uow.session.get(StatusEntry, certificate_id)
    return Place(entry.list_id, entry.position) if entry else None


async def _draw(uow: UnitOfWork, certificate_id: UUID, list_id: UUID) -> Place | None:
    position = secrets.randbelow(LIST_SIZE)
    drawn = insert(StatusEntry).values(certificate_id=certificate_id, list_id=list_id, position=position)
    drawn = drawn.on_conflict_do_nothing().returning(col(StatusEntry.certificate_id))
    if (await uow.session.execute(drawn)).first() is not None:
        return Place(list_id, position)
    # Either the position is taken, or another run has just placed this very certificate.
    return await _place_of(uow, certificate_id)


async def _newest_list(uow: UnitOfWork, organization_id: UUID) -> UUID | None:
    query = select(col(StatusList.id)).where(col(StatusList.organization_id) == organization_id)
    return (await uow.session.execute(query.order_by(col(StatusList.id).desc()).limit(1))).scalar_one_or_none()


async def _begin_list(uow: UnitOfWork, organization_id: UUID, full: UUID | None) -> UUID:
    """Begin the list after a full one (None = the first), once: who waits meanwhile takes the one begun."""
    key = int.from_bytes(hashlib.sha256(b"status list" + organization_id.bytes).digest()[:8], signed=True)
    await uow.sql("SELECT pg_advisory_xact_lock(%(key)s)", key=key)
    newest = await _newest_list(uow, organization_id)
    if newest is not None and newest != full:
        return newest
    begun = StatusList(organization_id=organization_id)
    uow.session.add(begun)
    await uow.session.flush()
    return begun.id
