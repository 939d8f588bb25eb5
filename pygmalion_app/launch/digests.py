"""What files say, in a few characters: what was made of them is made again only when they change."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest_of(paths: Iterable[Path], root: Path) -> str:
    """Return a digest of the files' names below a folder and of what is in them, in whatever order they come."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(str(path.relative_to(root)).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
