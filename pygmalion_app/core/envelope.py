"""Files encrypted at rest: AES-256-GCM, a key for each file, wrapped by a key-encryption key that has an id.

Each ciphertext is bound to what it belongs to (the associated data: owner and document): a file, or a wrapped key, that
is put in the place of another does not open. Rotating the key-encryption key re-wraps 32 bytes a file and leaves the
files alone.
"""

import base64
import binascii
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pygmalion_app.core.errors import UnavailableError

KEY_BYTES = 32
_NONCE_BYTES = 12
_FILE = b"pygmalion file v1\x00"
_WRAP = b"pygmalion key v1\x00"


class TamperedError(Exception):
    """A ciphertext is not what was sealed for this owner and document: swapped, cut or altered."""


class UnknownKeyError(UnavailableError):
    """The key-encryption key of a file is not configured here; the file is not lost."""


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """A file's own key, encrypted under the key-encryption key `key_id`."""

    key_id: str
    value: bytes


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The key-encryption keys by id; new files use `current`."""

    keys: Mapping[str, bytes]
    current: str

    def seal(self, content: bytes, belongs_to: bytes) -> tuple[bytes, WrappedKey]:
        """Encrypt a file under a fresh key; returns the ciphertext and that key, wrapped."""
        key = os.urandom(KEY_BYTES)
        return _encrypt(key, content, _FILE + belongs_to), self._wrap(key, belongs_to)

    def open(self, sealed: bytes, wrapped: WrappedKey, belongs_to: bytes) -> bytes:
        """Decrypt a file. Raises TamperedError, UnknownKeyError."""
        return _decrypt(self._unwrap(wrapped, belongs_to), sealed, _FILE + belongs_to)

    def rewrap(self, wrapped: WrappedKey, belongs_to: bytes) -> WrappedKey:
        """Return the same file key under the current key-encryption key. Raises TamperedError, UnknownKeyError."""
        key = self._unwrap(wrapped, belongs_to)
        again = self._wrap(key, belongs_to)
        if self._unwrap(again, belongs_to) != key:
            raise TamperedError
        return again

    def _wrap(self, key: bytes, belongs_to: bytes) -> WrappedKey:
        bound = _WRAP + self.current.encode() + b"\x00" + belongs_to
        return WrappedKey(self.current, _encrypt(self._key(self.current), key, bound))

    def _unwrap(self, wrapped: WrappedKey, belongs_to: bytes) -> bytes:
        bound = _WRAP + wrapped.key_id.encode() + b"\x00" + belongs_to
        return _decrypt(self._key(wrapped.key_id), wrapped.value, bound)

    def _key(self, key_id: str) -> bytes:
        try:
            return self.keys[key_id]
        except KeyError:
            raise UnknownKeyError(part="file-keys", key=key_id) from None


def key_ring(keys_json: str, current: str) -> KeyRing:
    """Read the settings `FILE_KEYS` (JSON: id -> 32 bytes in base64) and `FILE_KEY_CURRENT`.

    Raises ValueError that says what is wrong, never with a key in it.
    """
    try:
        listed: Any = json.loads(keys_json)
    except ValueError:
        listed = None
    if not isinstance(listed, dict) or not listed:
        message = "FILE_KEYS must be JSON: an id and a base64 key of 32 bytes for each key"
        raise ValueError(message)
    keys = {str(key_id): _decoded(str(key_id), value) for key_id, value in listed.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    if current not in keys:
        message = "FILE_KEY_CURRENT must be the id of one of FILE_KEYS"
        raise ValueError(message)
    return KeyRing(keys, current)


def _decoded(key_id: str, value: object) -> bytes:
    try:
        key = base64.b64decode(value, validate=True) if isinstance(value, str) else b""
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        message = f"FILE_KEYS: the key {key_id!r} is not {KEY_BYTES} bytes in base64"
        raise ValueError(message)
    return key


# The cipher is loaded when first used: settings are read by processes that never see a file, and stay small.
def _encrypt(key: bytes, content: bytes, bound: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, bound)


def _decrypt(key: bytes, sealed: bytes, bound: bytes) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], bound)
    except (InvalidTag, ValueError) as error:
        raise TamperedError from error
