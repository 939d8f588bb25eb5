"""Passwords: argon2id, off the event loop, and which ones are taken.

The rule is that of NIST SP 800-63B and ASVS 5 (6.2): twelve characters and no composition, none that attackers try
first, none made of what is known of the person or of the product's name.
"""

import asyncio
import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from pygmalion_app.accounts.common_passwords import is_common
from pygmalion_app.accounts.errors import WeakPasswordError

SHORTEST = 12
LONGEST = 200
_FEWEST_DIFFERENT = 5
_FEWEST_OF_ONES_OWN = 8
"""Letters and digits that must be left when the e-mail address, the names and the product's name are taken out."""
_SHORTEST_WORD = 3
_PRODUCT = "pygmalion"

# What OWASP's Password Storage Cheat Sheet asks of argon2id (ASVS 5, 11.4.2). The library's own choice (64 MiB, 3
# passes, 4 lanes) takes five times the processor: a morning's sign-ins at once would stop everything else.
HASHER = PasswordHash((Argon2Hasher(memory_cost=19_456, time_cost=2, parallelism=1),))


def check_acceptable(password: str, *, email: str, names: Iterable[str] = ()) -> None:
    """Raise WeakPasswordError, with the `reason`, for a password that should not be taken.

    Reasons: `length` (12 to 200 characters), `repetitive`, `personal` (mostly the person's address or name, or the
    product's), `common` (breached, or a common word with digits around it).
    """
    if reason := _fault(password, email, names):
        raise WeakPasswordError(field="password", reason=reason, shortest=SHORTEST, longest=LONGEST)


async def hash_password(password: str) -> str:
    """Return what is stored of a password."""
    return await asyncio.to_thread(HASHER.hash, password)


async def verify_password(password: str, stored: str | None) -> bool:
    """Tell whether a password is the stored one; takes as long when there is none."""
    matches = await asyncio.to_thread(lambda: HASHER.verify(password, stored or _decoy()))
    return matches and stored is not None


@cache
def _decoy() -> str:
    """Return a hash that no password matches, so that an unknown address takes as long as a known one."""
    return HASHER.hash("no account has this password")


def _fault(password: str, email: str, names: Iterable[str]) -> str:
    if not SHORTEST <= len(password) <= LONGEST:
        return "length"
    if len(set(password)) < _FEWEST_DIFFERENT:
        return "repetitive"
    if _is_mostly_known(password, (email, *names, _PRODUCT)):
        return "personal"
    return "common" if is_common(password) else ""


def _is_mostly_known(password: str, about: Iterable[str]) -> bool:
    """Tell whether little is left of a password without what anybody knows of its owner."""
    known = {word for text in about for word in re.split(r"[\W_]+", _plain(text)) if len(word) >= _SHORTEST_WORD}
    whole = rest = _plain(password)
    for word in sorted(known, key=len, reverse=True):
        rest = rest.replace(word, "")
    return rest != whole and sum(map(str.isalnum, rest)) < _FEWEST_OF_ONES_OWN


def _plain(text: str) -> str:
    """Return a text without capitals and accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
