"""Identifiers and random secrets."""

import hashlib
import secrets
from uuid import UUID

from uuid_utils.compat import uuid7

__all__ = ["new_id", "new_token", "parse_id", "token_hash"]


def new_id() -> UUID:
    """Return a UUIDv7: sorted by creation time, so indexes stay compact."""
    return uuid7()


def new_token(size: int = 32) -> str:
    """Return an URL-safe random secret of `size` bytes."""
    return secrets.token_urlsafe(size)


def token_hash(token: str) -> bytes:
    """Return what is stored of a random token: its SHA-256 (the token has enough entropy to need no salt)."""
    return hashlib.sha256(token.encode()).digest()


def parse_id(text: str) -> UUID | None:
    """Return the UUID that `text` spells, or None."""
    try:
        return UUID(text)
    except (ValueError, AttributeError, TypeError):
        return None
