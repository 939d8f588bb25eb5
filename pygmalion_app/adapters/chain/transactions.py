"""Single transactions that a person orders: estimated first, sent once, waited for.

Not for anchoring, which must survive anything (certificates/anchoring.py): who orders these looks at what came of it.
"""

import asyncio
from dataclasses import dataclass
from typing import Any

from pygmalion_app.adapters.chain.evm import account
from pygmalion_app.adapters.chain.rpc import JsonRpc, fields, number
from pygmalion_app.core.errors import UnavailableError

WAIT_SECONDS = 180
_POLL_SECONDS = 0.1
# The state may move on between the estimate and the block.
_MARGIN_PERCENT = 20

Overrides = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Fees:
    """What a unit of gas costs now, in wei."""

    base: int
    tip: int

    @property
    def now(self) -> int:
        """What would be paid in the next block."""
        return self.base + self.tip

    @property
    def limit(self) -> int:
        """What is offered: twice the base fee stays valid through six full blocks in a row."""
        return 2 * self.base + self.tip


@dataclass(frozen=True, slots=True)
class Transaction:
    """Something to do: a call of the contract at `to`, or with `to` empty a creation."""

    data: bytes
    to: str = ""
    gas: int = 0
    """The most it may use; 0 = what the node estimates, and a fifth."""


async def fees(rpc: JsonRpc) -> Fees:
    """Return what the node says that gas costs now."""
    block = fields(await rpc("eth_getBlockByNumber", "latest", False))
    return Fees(number(block.get("baseFeePerGas")), number(await rpc("eth_maxPriorityFeePerGas")))


async def estimate(rpc: JsonRpc, sender: str, wanted: Transaction, overrides: Overrides | None = None) -> int:
    """Return the gas that a transaction would use, nothing being sent.

    `overrides` supposes code where there is none yet. Raises CallRevertedError when it would be refused, RefusedError
    where the node cannot suppose.
    """
    what = {"from": sender, "data": "0x" + wanted.data.hex()} | ({"to": wanted.to} if wanted.to else {})
    return number(await rpc("eth_estimateGas", what, "latest", *([overrides] if overrides else [])))


async def send(rpc: JsonRpc, key: str, wanted: Transaction) -> dict[str, Any]:
    """Send a transaction and return its receipt.

    Raises CallRevertedError when it would be refused (nothing is sent then), UnavailableError when it was refused all
    the same, or is not mined in three minutes.
    """
    signer = account(key)
    gas = wanted.gas or await estimate(rpc, signer.address, wanted) * (100 + _MARGIN_PERCENT) // 100
    price = await fees(rpc)
    transaction: dict[str, Any] = {
        "type": 2,
        "chainId": await rpc.chain_id(),
        "nonce": number(await rpc("eth_getTransactionCount", signer.address, "latest")),
        "value": 0,
        "data": "0x" + wanted.data.hex(),
        "gas": gas,
        "maxFeePerGas": price.limit,
        "maxPriorityFeePerGas": price.tip,
    }
    if wanted.to:
        transaction["to"] = bytes.fromhex(wanted.to.removeprefix("0x"))
    signed = signer.sign_transaction(transaction)
    await rpc("eth_sendRawTransaction", "0x" + bytes(signed.raw_transaction).hex())
    receipt = await _mined(rpc, "0x" + bytes(signed.hash).hex())
    if number(receipt.get("status")) != 1:
        raise UnavailableError(part="chain", reason=f"transaction {receipt.get('transactionHash')} was reverted")
    return receipt


async def _mined(rpc: JsonRpc, transaction_hash: str) -> dict[str, Any]:
    for _ in range(int(WAIT_SECONDS / _POLL_SECONDS)):
        receipt = await rpc("eth_getTransactionReceipt", transaction_hash)
        if receipt is not None and fields(receipt).get("blockNumber") is not None:
            return fields(receipt)
        await asyncio.sleep(_POLL_SECONDS)
    reason = f"transaction {transaction_hash} was not mined in {WAIT_SECONDS} s; it still may be, so look it up first"
    raise UnavailableError(part="chain", reason=reason)
