"""Content identifiers as IPFS computes them: CIDv1, UnixFS, raw leaves of 1 MiB, 1,024 links a node, balanced.

The profile is part of the identifier: another size of chunks gives another one for the same bytes. It is fixed here,
sent to the node with each file, and what the node answers is compared.
"""

import hashlib
from base64 import b32encode
from typing import NamedTuple

CHUNK = 1 << 20
LINKS = 1024
_RAW, _DAG_PB = 0x55, 0x70
_SHA256 = b"\x12\x20"
_FILE = 2


class _Node(NamedTuple):
    """A block: its binary CID, the bytes of the file below it, and of all blocks below it."""

    cid: bytes
    file_size: int
    tree_size: int


def cid_of(content: bytes, chunk: int = CHUNK, links: int = LINKS) -> str:
    """Return the identifier of a file's content, in base32."""
    pieces = [content[start : start + chunk] for start in range(0, len(content), chunk)] or [b""]
    level = [_Node(_cid(_RAW, piece), len(piece), len(piece)) for piece in pieces]
    while len(level) > 1:
        level = [_parent(level[start : start + links]) for start in range(0, len(level), links)]
    return "b" + b32encode(level[0].cid).decode().lower().rstrip("=")


def _parent(children: list[_Node]) -> _Node:
    """Return the node above some others: a dag-pb block (links first, then data) with UnixFS data."""
    size = sum(child.file_size for child in children)
    sizes = b"".join(_number(4, child.file_size) for child in children)
    data = _number(1, _FILE) + _number(3, size) + sizes
    linked = b"".join(
        _bytes(2, _bytes(1, child.cid) + _bytes(2, b"") + _number(3, child.tree_size)) for child in children
    )
    block = linked + _bytes(1, data)
    return _Node(_cid(_DAG_PB, block), size, len(block) + sum(child.tree_size for child in children))


def _cid(codec: int, block: bytes) -> bytes:
    return b"\x01" + _varint(codec) + _SHA256 + hashlib.sha256(block).digest()


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:  # noqa: PLR2004 - seven bits a byte
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)
