"""The two signatures of a credential: inside it (Data Integrity, Ed25519) and around it (JWT, P-256).

Both are deterministic: the same document, key and time give the same bytes, so that a job may be repeated.
"""

import base64
import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from pygmalion_app.certificates.credentials.linked_data import Place, canonical_statements
from pygmalion_app.certificates.keys.material import base58
from pygmalion_app.certificates.keys.plain import SigningKey

CRYPTOSUITE = "eddsa-rdfc-2022"
_COORDINATE_BYTES = 32


def moment(at: datetime) -> str:
    """Return a time as credentials spell it: UTC, whole seconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def with_proof(
    document: dict[str, Any], did: str, key: SigningKey, at: datetime, own: Sequence[Place] = ()
) -> dict[str, Any]:
    """Return a document with a Data Integrity proof by an Ed25519 key. CPU-bound: call it in a thread.

    `own` as `canonical_statements` takes it.
    """
    private = key.private
    if not isinstance(private, Ed25519PrivateKey):
        message = f"{CRYPTOSUITE} signs with Ed25519"
        raise TypeError(message)
    method, created = f"{did}#{key.public.kid}", moment(at)
    stated = _digest_of_proof(tuple(document["@context"]), method, created)
    signed = stated + hashlib.sha256(canonical_statements(document, own)).digest()
    proof = _proof(method, created)
    # The schema of Open Badges wants a list.
    return {**document, "proof": [{**proof, "proofValue": "z" + base58(private.sign(signed))}]}


def _proof(method: str, created: str) -> dict[str, str]:
    return {
        "type": "DataIntegrityProof",
        "cryptosuite": CRYPTOSUITE,
        "created": created,
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }


@lru_cache(maxsize=256)
def _digest_of_proof(contexts: tuple[str, ...], method: str, created: str) -> bytes:
    """Return the digest of what a proof says of itself: the same for all that one key signs in one second."""
    return hashlib.sha256(canonical_statements({"@context": list(contexts), **_proof(method, created)})).digest()


def as_jwt(claims: dict[str, Any], did: str, key: SigningKey, kind: str) -> str:
    """Return claims as a JWT signed with ES256; `kind` is the header's `typ`."""
    private = key.private
    if not isinstance(private, EllipticCurvePrivateKey):
        message = "ES256 signs with P-256"
        raise TypeError(message)
    header = {"alg": "ES256", "kid": f"{did}#{key.public.kid}", "typ": kind}
    signed = f"{_encoded(_json(header))}.{_encoded(_json(claims))}"
    # RFC 6979; the libraries for JWT draw a nonce instead, and a repeated job would give another document.
    r, s = decode_dss_signature(private.sign(signed.encode(), ECDSA(SHA256(), deterministic_signing=True)))
    return f"{signed}.{_encoded(r.to_bytes(_COORDINATE_BYTES) + s.to_bytes(_COORDINATE_BYTES))}"


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
