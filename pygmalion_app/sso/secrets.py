"""Secrets of single sign-on at rest (AES-256-GCM), and those that are derived and not kept at all."""

import base64
import hashlib
import hmac
import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pygmalion_app.accounts.keys import derived_key
from pygmalion_app.core.config import Settings

CLIENT_SECRET = "sso client secret"  # noqa: S105 - what a key is for
ID_TOKEN = "sso id token"  # noqa: S105
_STATE = "sso state"
_NONCE_BYTES = 12


class TamperedSecretError(Exception):
    """A ciphertext is not what was sealed here for this organisation and purpose."""


def seal(settings: Settings, purpose: str, organization_id: UUID, secret: str) -> bytes:
    """Encrypt a secret; what is sealed for one organisation opens for no other."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(derived_key(settings, purpose)).encrypt(nonce, secret.encode(), organization_id.bytes)


def unseal(settings: Settings, purpose: str, organization_id: UUID, sealed: bytes) -> str:
    """Decrypt a secret. Raises TamperedSecretError."""
    cipher = AESGCM(derived_key(settings, purpose))
    try:
        return cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], organization_id.bytes).decode()
    except (InvalidTag, ValueError) as error:
        raise TamperedSecretError from error


def derived(settings: Settings, purpose: str, state: str) -> str:
    """Return the nonce or verifier (43 characters) of a state: computed again on the way back, stored nowhere."""
    digest = hmac.digest(derived_key(settings, _STATE), f"{purpose}:{state}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def challenge_of(verifier: str) -> str:
    """Return the S256 challenge of a PKCE verifier (RFC 7636)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
