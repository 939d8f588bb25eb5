"""What only the browser can read: message encryption for web push (RFC 8291, coding `aes128gcm` of RFC 8188)."""

import os
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

LONGEST: Final = 3_000
"""Bytes of a message; push services take 4,096 of what it becomes."""
_RECORD: Final = 4_096
_LAST: Final = b"\x02"
"""Ends the last record; there is only one."""


def encrypt(
    message: bytes,
    browser_key: bytes,
    secret: bytes,
    *,
    own: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """Return the body of a push for a browser's public key (uncompressed P-256 point) and its secret (16 bytes).

    `own` and `salt` are new for each message; only a test gives them. Raises ValueError for a key that is no point of
    the curve, or a message too long.
    """
    if len(message) > LONGEST:
        raise ValueError(len(message))
    own, salt = own or ec.generate_private_key(ec.SECP256R1()), salt or os.urandom(16)
    mine = raw(own.public_key())
    shared = own.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), browser_key))
    seed = _derive(shared, secret, b"WebPush: info\x00" + browser_key + mine, 32)
    key = _derive(seed, salt, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = _derive(seed, salt, b"Content-Encoding: nonce\x00", 12)
    head = salt + _RECORD.to_bytes(4, "big") + bytes([len(mine)]) + mine
    return head + AESGCM(key).encrypt(nonce, message + _LAST, None)


def raw(key: ec.EllipticCurvePublicKey) -> bytes:
    """Return a key as browsers write it: the uncompressed point."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _derive(secret: bytes, salt: bytes, purpose: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, purpose).derive(secret)
