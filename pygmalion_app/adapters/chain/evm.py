"""`ChainAnchor` on any EVM node: Polygon, Amoy, or the embedded chain."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from pygmalion_app.adapters.chain.abi import call, verify_document_call, words
from pygmalion_app.adapters.chain.rpc import CallRevertedError, JsonRpc, RefusedError
from pygmalion_app.core.errors import UnavailableError
from pygmalion_app.core.ports import (
    AnchorBatch,
    CallReceipt,
    ContractCall,
    DocumentStatus,
    Effect,
    RevokeCertificate,
    SignedCall,
    SignerState,
)

if TYPE_CHECKING:
    from eth_account.signers.local import LocalAccount

# Our calls use 50 to 90 thousand; a fixed limit spares an estimate, which fails while the contract is paused.
GAS_LIMIT = 160_000
# A node accepts a replacement only when both fees rise by at least an eighth.
_BUMP_NUMERATOR, _BUMP_DENOMINATOR = 1125, 1000
DOCUMENT_STATUSES = (DocumentStatus.UNKNOWN, DocumentStatus.VALID, DocumentStatus.REVOKED)


@dataclass(frozen=True, slots=True)
class Connection:
    """Where the contract is and who signs; `confirmations` counts where a node knows no `finalized` block."""

    urls: tuple[str, ...]
    contract: str
    signer_key: str = ""
    confirmations: int = 64


class EvmChain:
    """Anchors and verifies through a node. Errors of the node are UnavailableError and decide nothing."""

    def __init__(self, connection: Callable[[], Connection], name: str = "evm") -> None:
        """Take what tells the connection; it is asked each time, as the embedded node may restart elsewhere."""
        self.name = name
        self._connection = connection
        self.rpc = JsonRpc(lambda: connection().urls)
        self._chain_id: int | None = None

    async def signer(self) -> SignerState:
        """Return who signs, where, and the first nonce that no mined transaction uses."""
        connection = self._connection()
        address = account(connection.signer_key).address
        chain_id = int(await self.rpc("eth_chainId"), 16)
        nonce = int(await self.rpc("eth_getTransactionCount", address, "latest"), 16)
        return SignerState(chain_id=chain_id, contract=connection.contract, address=address, next_nonce=nonce)

    async def sign(self, wanted: ContractCall, nonce: int, replacing: SignedCall | None = None) -> SignedCall:
        """Sign without sending; `replacing` asks for fees that let it take a stale transaction's place."""
        connection = self._connection()
        block = await self.rpc("eth_getBlockByNumber", "latest", False)
        tip = int(await self.rpc("eth_maxPriorityFeePerGas"), 16)
        # Twice the base fee stays valid through six full blocks in a row.
        max_fee = 2 * int(block["baseFeePerGas"], 16) + tip
        if replacing is not None:
            tip, max_fee = max(tip, _bumped(replacing.priority_fee)), max(max_fee, _bumped(replacing.max_fee))
        transaction: dict[str, Any] = {
            "type": 2,
            "chainId": int(await self.rpc("eth_chainId"), 16),
            "nonce": nonce,
            "to": bytes.fromhex(connection.contract.removeprefix("0x")),
            "value": 0,
            "data": call_data(wanted),
            "gas": GAS_LIMIT,
            "maxFeePerGas": max_fee,
            "maxPriorityFeePerGas": tip,
        }
        signed = account(connection.signer_key).sign_transaction(transaction)
        return SignedCall(nonce, bytes(signed.hash), bytes(signed.raw_transaction), max_fee, tip)

    async def broadcast(self, raw: bytes) -> None:
        """Hand a signed transaction to every endpoint. What a node answers is not read: receipts decide."""
        await self.rpc.everywhere("eth_sendRawTransaction", "0x" + raw.hex())

    async def receipt(self, transaction_hash: bytes) -> CallReceipt | None:
        """Return what became of a transaction, None while it is in no block."""
        found = await self.rpc("eth_getTransactionReceipt", "0x" + transaction_hash.hex())
        if found is None or found.get("blockNumber") is None:
            return None
        return CallReceipt(
            succeeded=int(found["status"], 16) == 1,
            block_number=int(found["blockNumber"], 16),
            block_hash=bytes.fromhex(found["blockHash"].removeprefix("0x")),
        )

    async def effect(self, wanted: ContractCall, *, final: bool) -> Effect:
        """Tell what the contract holds of a call, now or at the last block that can no longer change."""
        block = await self._finalized() if final else "latest"
        if isinstance(wanted, AnchorBatch):
            found = words(await self._read(call("batch(uint64)", wanted.batch_id), block))
            if not found or not found[0]:
                return Effect.ABSENT
            return _same((found[0], found[1]), (int.from_bytes(wanted.root, "big"), wanted.count))
        try:
            found = words(await self._read(call("certificates(uint256)", wanted.token_id), block))
        except CallRevertedError:
            return Effect.ABSENT
        if not found or not found[4]:
            return Effect.ABSENT
        return _same((found[5], found[6]), (wanted.reason_code, wanted.replaced_by))

    async def verify(self, token_id: int, commitment: bytes, proof: tuple[bytes, ...]) -> DocumentStatus:
        """Ask the contract about a document. Short: a person is waiting at a gate."""
        answer = await self._read(verify_document_call(token_id, commitment, proof), "latest", seconds=2.0)
        found = words(answer)
        return DOCUMENT_STATUSES[found[0]] if found else DocumentStatus.UNKNOWN

    async def aclose(self) -> None:
        """Close the connections."""
        await self.rpc.aclose()

    async def _read(self, data: bytes, block: str, seconds: float | None = None) -> bytes:
        target = {"to": self._connection().contract, "data": "0x" + data.hex()}
        answer = await self.rpc("eth_call", target, block, seconds=seconds)
        return bytes.fromhex(answer.removeprefix("0x"))

    async def _finalized(self) -> str:
        try:
            block = await self.rpc("eth_getBlockByNumber", "finalized", False)
        except RefusedError:
            block = None
        if block is not None:
            return str(block["number"])
        head = int(await self.rpc("eth_blockNumber"), 16)
        return hex(max(head - self._connection().confirmations, 0))


def call_data(wanted: ContractCall) -> bytes:
    """Return the contract's bytes for a call."""
    match wanted:
        case AnchorBatch(batch_id, root, count):
            return call("anchorBatch(uint64,bytes32,uint32)", batch_id, root, count)
        case RevokeCertificate(token_id, reason_code, replaced_by):
            return call("revokeCertificate(uint256,uint16,uint256)", token_id, reason_code, replaced_by)


@cache
def account(key: str) -> "LocalAccount":
    """Return the signing account of a private key (hexadecimal)."""
    if not key:
        raise UnavailableError(part="chain", reason="CHAIN_SIGNER_KEY is not set")
    from eth_account import Account

    return Account.from_key(key)


def _bumped(fee: int) -> int:
    return fee * _BUMP_NUMERATOR // _BUMP_DENOMINATOR + 1


def _same(found: tuple[int, int], wanted: tuple[int, int]) -> Effect:
    return Effect.SAME if found == wanted else Effect.DIFFERENT
