"""Passwords: argon2id, off the event loop."""

import asyncio
from functools import cache

from pwdlib import PasswordHash

_hasher = PasswordHash.recommended()


@cache
def _decoy() -> str:
    """Return a hash that no password matches, so that an unknown address takes as long as a known one."""
    return _hasher.hash("no account has this password")


async def hash_password(password: str) -> str:
    """Return what is stored of a password."""
    return await asyncio.to_thread(_hasher.hash, password)


async def verify_password(password: str, stored: str | None) -> bool:
    """Tell whether a password is the stored one; takes as long when there is none."""
    matches = await asyncio.to_thread(lambda: _hasher.verify(password, stored or _decoy()))
    return matches and stored is not None
