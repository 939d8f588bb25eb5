"""The secrets and hashes of one certificate: its token, its salt, its commitment."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

if TYPE_CHECKING:
    from pygmalion_app.core.config import Settings

TOKEN_BYTES = 16
_DOMAIN = b"PYG1"
_NONCE_BYTES = 12
# No I, L, O, U: people read these numbers aloud.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_verification_token() -> str:
    """Return 128 random bits as they stand in the QR code: 22 characters."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def new_number(year: int) -> str:
    """Return what people read on the document: `PYG-2026-7QK4-9F3D`, 40 random bits, so that nobody can count us."""
    drawn = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    return f"PYG-{year}-{drawn[:4]}-{drawn[4:]}"


def seal_token(settings: "Settings", certificate_id: UUID, token: str) -> bytes:
    """Encrypt a token for its holder, bound to its certificate."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + _cipher(settings).encrypt(nonce, token.encode(), certificate_id.bytes)


def open_token(settings: "Settings", certificate_id: UUID, sealed: bytes) -> str:
    """Return the token; cryptography's InvalidTag when the secret has changed or the row was tampered with."""
    opened = _cipher(settings).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], certificate_id.bytes)
    return opened.decode()


def canonical(content: Mapping[str, Any]) -> bytes:
    """Return the one spelling of a certificate's content that is hashed and attached to the document."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def commitment(salt: bytes, file_sha256: bytes, credential_sha256: bytes) -> bytes:
    """Return what goes into the Merkle tree; the salt keeps anyone from testing guesses against the chain."""
    return hashlib.sha256(_DOMAIN + salt + file_sha256 + credential_sha256).digest()


def _cipher(settings: "Settings") -> AESGCM:
    secret = settings.session_secret.get_secret_value()
    if not secret:
        message = "SESSION_SECRET is empty: certificates cannot keep their verification tokens"
        raise ValueError(message)
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"pygmalion/certificate-token/1").derive(secret.encode())
    return AESGCM(key)
