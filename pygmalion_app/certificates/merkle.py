"""Merkle trees as OpenZeppelin's StandardMerkleTree builds them, over leaves (uint256 tokenId, bytes32 commitment)."""

from collections.abc import Sequence
from dataclasses import dataclass

from pygmalion_app.core.keccak import keccak

WORD = 32
MAX_LEAVES = 2**32


@dataclass(frozen=True, slots=True)
class MerkleTree:
    """A root, and one proof for each leaf in the order given."""

    root: bytes
    proofs: tuple[tuple[bytes, ...], ...]


def leaf(token_id: int, commitment: bytes) -> bytes:
    """Return the leaf of one certificate; hashed twice so that no inner node can pass for a leaf."""
    return keccak(keccak(token_id.to_bytes(WORD, "big") + commitment))


def build(leaves: Sequence[bytes]) -> MerkleTree:
    """Build the tree over at least one leaf; ValueError for none."""
    if not leaves:
        message = "a tree needs a leaf"
        raise ValueError(message)
    size = 2 * len(leaves) - 1
    tree = [b""] * size
    position = [0] * len(leaves)
    # Leaves stand sorted at the end of the array, the smallest last.
    for rank, index in enumerate(sorted(range(len(leaves)), key=leaves.__getitem__)):
        position[index] = size - 1 - rank
        tree[position[index]] = leaves[index]
    for node in range(len(leaves) - 2, -1, -1):
        tree[node] = _pair(tree[2 * node + 1], tree[2 * node + 2])
    return MerkleTree(tree[0], tuple(_proof(tree, place) for place in position))


def root_from(start: bytes, proof: Sequence[bytes]) -> bytes:
    """Return the root to which a proof leads from a leaf."""
    node = start
    for sibling in proof:
        node = _pair(node, sibling)
    return node


def _proof(tree: Sequence[bytes], place: int) -> tuple[bytes, ...]:
    proof: list[bytes] = []
    while place > 0:
        proof.append(tree[place + 1 if place % 2 else place - 1])
        place = (place - 1) // 2
    return tuple(proof)


def _pair(first: bytes, second: bytes) -> bytes:
    return keccak(first + second if first < second else second + first)
