"""Making keys, and the forms in which others read their public parts."""

import base64
import hashlib
import json
from typing import TypeAlias

from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
    load_der_public_key,
)

from pygmalion_app.certificates.keys.kinds import KeyKind

Private: TypeAlias = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey
Public: TypeAlias = ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey

_COORDINATE_BYTES = 32
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
# Multicodec prefixes of public keys, as varints: p256-pub (0x1200), ed25519-pub (0xed).
_P256_PREFIX, _ED25519_PREFIX = b"\x80\x24", b"\xed\x01"


def generate(kind: KeyKind) -> Private:
    """Return a new key."""
    return ed25519.Ed25519PrivateKey.generate() if kind is KeyKind.ED25519 else ec.generate_private_key(ec.SECP256R1())


def private_der(key: Private) -> bytes:
    """Return a private key as PKCS #8, not encrypted: for `seal` and for processes that sign, never for disks."""
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def private_from(der: bytes) -> Private:
    """Return the key of a PKCS #8 structure; TypeError for another kind of key."""
    key = load_der_private_key(der, None)
    if not isinstance(key, ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey):
        message = f"no key of ours: {type(key).__name__}"
        raise TypeError(message)
    return key


def public_der(key: Public) -> bytes:
    """Return a public key as SubjectPublicKeyInfo."""
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def public_from(der: bytes) -> Public:
    """Return the key of a SubjectPublicKeyInfo; TypeError for another kind of key."""
    key = load_der_public_key(der)
    if not isinstance(key, ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey):
        message = f"no key of ours: {type(key).__name__}"
        raise TypeError(message)
    return key


def jwk_of(key: Public) -> dict[str, str]:
    """Return a public key as JWK (RFC 7517, RFC 8037), without a `kid`."""
    if isinstance(key, ed25519.Ed25519PublicKey):
        return {"kty": "OKP", "crv": "Ed25519", "x": _base64url(key.public_bytes_raw())}
    numbers = key.public_numbers()
    x, y = (_base64url(number.to_bytes(_COORDINATE_BYTES)) for number in (numbers.x, numbers.y))
    return {"kty": "EC", "crv": "P-256", "x": x, "y": y}


def thumbprint(key: Public) -> str:
    """Return the JWK thumbprint (RFC 7638): 43 characters that name a key wherever it is shown."""
    return _base64url(hashlib.sha256(json.dumps(jwk_of(key), sort_keys=True, separators=(",", ":")).encode()).digest())


def multibase(key: Public) -> str:
    """Return a public key as Multikey's `publicKeyMultibase` (`z6Mk...`, `zDn...`)."""
    if isinstance(key, ed25519.Ed25519PublicKey):
        return "z" + base58(_ED25519_PREFIX + key.public_bytes_raw())
    return "z" + base58(_P256_PREFIX + key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint))


def base58(content: bytes) -> str:
    """Return bytes in base 58 as Bitcoin spells it."""
    number, digits = int.from_bytes(content), ""
    while number:
        number, digit = divmod(number, len(_BASE58))
        digits = _BASE58[digit] + digits
    return _BASE58[0] * (len(content) - len(content.lstrip(b"\0"))) + digits


def _base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
