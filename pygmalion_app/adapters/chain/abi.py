"""The contract's artifacts, and its few calls encoded by hand.

Every argument of ours is a static word except the proof, so this needs none of the Ethereum packages, which cost a
process 1.5 to 2.6 s and 30 to 50 MB. The process that serves verifications never loads them; only signing does.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from pygmalion_app.core.keccak import keccak

ARTIFACTS = Path(__file__).parent / "artifacts"
WORD = 32


@cache
def artifact(name: str) -> dict[str, Any]:
    """Return a compiled contract: `abi`, `bytecode`, `storage` (see contracts/compile.mjs)."""
    return json.loads((ARTIFACTS / f"{name}.json").read_text())


@cache
def selector(signature: str) -> bytes:
    """Return the four bytes that name a function in a call, e.g. of `batch(uint64)`."""
    return keccak(signature.encode())[:4]


def word(value: int | bytes | str) -> bytes:
    """Return an unsigned number, a bytes32 or an address (`0x...`) as one 32-byte word."""
    if isinstance(value, str):
        return bytes.fromhex(value.removeprefix("0x")).rjust(WORD, b"\0")
    if isinstance(value, int):
        return value.to_bytes(WORD, "big")
    if len(value) != WORD:
        message = f"a bytes32 has 32 bytes, not {len(value)}"
        raise ValueError(message)
    return value


def call(signature: str, *arguments: int | bytes | str) -> bytes:
    """Return the call data of a function whose arguments are all static words."""
    return selector(signature) + b"".join(word(argument) for argument in arguments)


def verify_document_call(token_id: int, commitment: bytes, proof: tuple[bytes, ...]) -> bytes:
    """Return the call data of `verifyDocument`; its third argument is an array, hence an offset and a length."""
    head = call("verifyDocument(uint256,bytes32,bytes32[])", token_id, commitment, 3 * WORD)
    return head + word(len(proof)) + b"".join(word(node) for node in proof)


def words(data: bytes) -> list[int]:
    """Return the words of an answer as numbers."""
    return [int.from_bytes(data[i : i + WORD], "big") for i in range(0, len(data), WORD)]
