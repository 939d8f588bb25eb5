"""Keys and dice of the demonstration: the same on every machine."""

import random
from typing import Final
from uuid import UUID, uuid5

NAMESPACE: Final = UUID("6f1d3f0e-7c55-4f0b-9f0a-2a6f0c3e2026")
SEED: Final = 2026


def demo_id(kind: str, *key: object) -> UUID:
    """Return the key of a thing."""
    return uuid5(NAMESPACE, ":".join([kind, *map(str, key)]))


def dice(*key: object) -> random.Random:
    """Return dice of one's own, so that a change in one place moves nothing elsewhere."""
    return random.Random(f"{SEED}:{key}")  # noqa: S311 - plausible data, no secret
