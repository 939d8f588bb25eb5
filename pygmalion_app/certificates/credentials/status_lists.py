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
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.certificates.credentials import addresses
from pygmalion_app.certificates.credentials.addresses import JWT_FORM, Place
from pygmalion_app.certificates.credentials.linked_data import CREDENTIALS_V2
from pygmalion_app.certificates.credentials.models import LIST_SIZE, StatusList
from pygmalion_app.certificates.credentials.signing import as_jwt, moment, with_proof
from pygmalion_app.certificates.keys.kinds import KeyKind
from pygmalion_app.certificates.keys.plain import SigningKey
from pygmalion_app.certificates.keys.ring import signing_key
from pygmalion_app.certificates.sealing import canonical
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.unit_of_work import Container, UnitOfWork, unit_of_work

MAX_AGE_SECONDS = 60
"""How long others may keep a list before they ask again."""
_GOOD_FOR = timedelta(hours=1)
_SIGN_AGAIN_AFTER = timedelta(minutes=10)
# The clock of whoever checks may be behind ours.
_BEFORE = timedelta(minutes=5)
_TRIES = 8
_KEPT = 64


@dataclass(frozen=True, slots=True)
class _Signed:
    """A list's two forms, signed at a time over certain bits; each is made when first asked for."""

    bits: bytes
    at: datetime
    forms: dict[str, bytes]


_signed: OrderedDict[UUID, _Signed] = OrderedDict()


async def allocate(uow: UnitOfWork, certificate_id: UUID, organization_id: UUID) -> Place:
    """Return a certificate's place in its organisation's lists, as `allocate_all`."""
    return (await allocate_all(uow, [certificate_id], organization_id))[certificate_id]


async def allocate_all(uow: UnitOfWork, certificate_ids: Sequence[UUID], organization_id: UUID) -> dict[UUID, Place]:
    """Return certificates' places in their organisation's lists, drawn now where they have none. For jobs (SYSTEM).

    Nothing is counted and nothing locked: once so many draws hit taken places, the list is full enough (the chance that
    this happens to a list filled to a half is 1 in 256 a certificate) and the next one is begun.
    """
    wanted = list(certificate_ids)
    placed = _placed(await uow.sql(_PLACES, certificates=wanted))
    list_id: UUID | None = None
    while missing := [one for one in wanted if one not in placed]:
        full = list_id
        list_id = (await _newest_list(uow, organization_id) if full is None else None) or await _begin_list(
            uow, organization_id, full
        )
        for _ in range(_TRIES):
            placed |= await _draw(uow, missing, list_id)
            missing = [one for one in missing if one not in placed]
            if not missing:
                break
    return placed


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


_PLACES = """
SELECT certificate_id, list_id, position FROM credential_status_entries WHERE certificate_id = ANY (%(certificates)s)
"""
# In one order for all, so that two runs wait for each other instead of stopping each other.
_DRAW = """
INSERT INTO credential_status_entries (certificate_id, list_id, position)
SELECT certificate_id, %(list)s, position FROM unnest(%(certificates)s::uuid[], %(positions)s::int[])
  AS drawn (certificate_id, position) ORDER BY position
ON CONFLICT DO NOTHING
"""
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


async def _draw(uow: UnitOfWork, certificate_ids: Sequence[UUID], list_id: UUID) -> dict[UUID, Place]:
    """Return the places of those that have one now: drawn here, or by another run that came first."""
    drawn = {
        "certificates": list(certificate_ids),
        "positions": [secrets.randbelow(LIST_SIZE) for _ in certificate_ids],
        "list": list_id,
    }
    return _placed((await uow.pipeline((_DRAW, drawn), (_PLACES, drawn)))[1])


def _placed(rows: Iterable[Mapping[str, Any]]) -> dict[UUID, Place]:
    return {row["certificate_id"]: Place(row["list_id"], row["position"]) for row in rows}


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
