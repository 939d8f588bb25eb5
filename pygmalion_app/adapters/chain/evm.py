"""`ChainAnchor` on any EVM node: Polygon, Amoy, or the embedded chain."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import httpx

from pygmalion_app.adapters.chain import weighing
from pygmalion_app.adapters.chain.abi import call, verify_document_call, word, words
from pygmalion_app.adapters.chain.health import overview
from pygmalion_app.adapters.chain.rpc import (
    Ask,
    CallRevertedError,
    JsonRpc,
    NonsenseError,
    RefusedError,
    fields,
    number,
    octets,
)
from pygmalion_app.core.errors import UnavailableError
from pygmalion_app.core.keccak import keccak
from pygmalion_app.core.ports import (
    AnchorBatch,
    CallReceipt,
    ChainOverview,
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
    """Where the contract is and who signs."""

    urls: tuple[str, ...]
    contract: str
    signer_key: str = ""
    confirmations: int = 64
    """Blocks to wait where a node knows no `finalized` block."""
    max_fee_wei: int = 5_000 * 10**9
    """The most that is ever offered for a unit of gas."""


class EvmChain:
    """Anchors and verifies through nodes. Errors of nodes are UnavailableError and decide nothing.

    What each question takes from several nodes: `ports.ChainAnchor`, and `weighing` for the counting.
    """

    def __init__(
        self,
        connection: Callable[[], Connection],
        name: str = "EVM",
        *,
        chain_id: int = 0,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """Take what tells the connection; it is asked each time, as the embedded node may restart elsewhere."""
        self.name = name
        self._connection = connection
        self.rpc = JsonRpc(lambda: connection().urls, chain_id=chain_id, transport=transport)

    async def signer(self) -> SignerState:
        """Return who signs, where, and the first nonce that no mined transaction uses."""
        connection = self._connection()
        address = account(connection.signer_key).address

        async def nonce(ask: Ask) -> int:
            return number(await ask("eth_getTransactionCount", address, "latest"))

        chain_id = await self.rpc.chain_id()
        # The lower one of two: a nonce that is used already is noticed, one beyond a gap is never mined.
        return SignerState(chain_id, connection.contract, address, weighing.middle(await self.rpc.each(nonce)))

    async def sign(self, wanted: ContractCall, nonce: int) -> SignedCall:
        """Sign without sending. Fees are never above the installation's limit, whatever nodes say."""
        max_fee, tip = await self._fees()
        return await self._signed(wanted, nonce, max_fee, tip)

    async def sign_successor(self, wanted: ContractCall, stale: SignedCall) -> SignedCall | None:
        """Sign with fees that let it take a stale transaction's place; None where they would pass the limit."""
        max_fee, tip = await self._fees()
        max_fee, tip = max(max_fee, bumped(stale.max_fee)), max(tip, bumped(stale.priority_fee))
        if max(max_fee, tip) > self._connection().max_fee_wei:
            return None
        return await self._signed(wanted, stale.nonce, max_fee, tip)

    async def broadcast(self, raw: bytes) -> None:
        """Hand a signed transaction to every endpoint. What a node answers is not read: receipts decide."""
        await self.rpc.everywhere("eth_sendRawTransaction", "0x" + raw.hex())

    async def receipt(self, transaction_hash: bytes) -> CallReceipt | None:
        """Return what became of a transaction, None while it is in no block.

        A success is taken from any node, as nothing becomes final by it; a failure from most of them only.
        """
        wanted = "0x" + transaction_hash.hex()

        async def ask_receipt(ask: Ask) -> CallReceipt | None:
            return _receipt(await ask("eth_getTransactionReceipt", wanted), wanted)

        return weighing.receipt(await self.rpc.each(ask_receipt))

    async def effect(self, wanted: ContractCall, *, final: bool) -> Effect:
        """Tell what the contract holds of a call, now or at the last block that can no longer change."""
        if final:
            return weighing.certain(await self._effects(wanted, final=True), self.rpc.quorum) or Effect.ABSENT
        return weighing.likely(await self._effects(wanted, final=False))

    async def agreed(self, wanted: ContractCall) -> Effect | None:
        """Tell what most of the configured nodes say that the contract holds now; None when they do not agree."""
        return weighing.certain(await self._effects(wanted, final=False), self.rpc.quorum)

    async def locate(self, wanted: ContractCall) -> bytes | None:
        """Return the hash of the transaction that made a call; None where events are not found or not served."""
        signature, subject = (
            ("BatchAnchored(uint64,bytes32,uint32)", wanted.batch_id)
            if isinstance(wanted, AnchorBatch)
            else ("CertificateRevoked(uint256,uint16,uint256)", wanted.token_id)
        )
        topics = ["0x" + keccak(signature.encode()).hex(), "0x" + word(subject).hex()]
        where = {"address": self._connection().contract, "topics": topics, "fromBlock": "earliest", "toBlock": "latest"}
        try:
            events = await self.rpc("eth_getLogs", where)
            return octets(fields(events[0]).get("transactionHash")) if events else None
        except (UnavailableError, LookupError, TypeError):
            # Public nodes refuse long ranges; what is missing then is only for people to read.
            return None

    async def verify(self, token_id: int, commitment: bytes, proof: tuple[bytes, ...]) -> DocumentStatus:
        """Ask the contract about a document. Short: a person is waiting at a gate."""
        target = {
            "to": self._connection().contract,
            "data": "0x" + verify_document_call(token_id, commitment, proof).hex(),
        }
        found = words(octets(await self.rpc("eth_call", target, "latest", seconds=2.0)))
        return DOCUMENT_STATUSES[found[0]] if found and found[0] < len(DOCUMENT_STATUSES) else DocumentStatus.UNKNOWN

    async def overview(self) -> ChainOverview:
        """Return how the nodes and the signer are now."""
        try:
            connection = self._connection()
        except UnavailableError:
            return ChainOverview(None, "", "", None, (), 1)
        return await overview(self.rpc, self.name, connection.contract, connection.signer_key)

    async def aclose(self) -> None:
        """Close the connections."""
        await self.rpc.aclose()

    async def _effects(self, wanted: ContractCall, *, final: bool) -> list[Effect]:
        connection = self._connection()

        async def one(ask: Ask) -> Effect:
            block = await _finalized(ask, connection.confirmations) if final else "latest"
            return await _effect(ask, connection.contract, wanted, block)

        return await self.rpc.each(one)

    async def _fees(self) -> tuple[int, int]:
        """Return the fee limit and the tip, by the middle of what nodes say and never above our limit."""

        async def one(ask: Ask) -> tuple[int, int]:
            block = await ask("eth_getBlockByNumber", "latest", False)
            base = number(fields(block).get("baseFeePerGas"))
            return base, number(await ask("eth_maxPriorityFeePerGas"))

        answers = await self.rpc.each(one)
        limit = self._connection().max_fee_wei
        tip = min(weighing.middle([tip for _base, tip in answers]), limit)
        # Twice the base fee stays valid through six full blocks in a row.
        return min(2 * weighing.middle([base for base, _tip in answers]) + tip, limit), tip

    async def _signed(self, wanted: ContractCall, nonce: int, max_fee: int, tip: int) -> SignedCall:
        connection = self._connection()
        transaction: dict[str, Any] = {
            "type": 2,
            "chainId": await self.rpc.chain_id(),
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


async def _effect(ask: Ask, contract: str, wanted: ContractCall, block: str) -> Effect:
    if isinstance(wanted, AnchorBatch):
        found = words(await _read(ask, contract, call("batch(uint64)", wanted.batch_id), block))
        if not found or not found[0]:
            return Effect.ABSENT
        return _same((found[0], found[1]), (int.from_bytes(wanted.root, "big"), wanted.count))
    try:
        found = words(await _read(ask, contract, call("certificates(uint256)", wanted.token_id), block))
    except CallRevertedError:
        return Effect.ABSENT
    if not found or not found[4]:
        return Effect.ABSENT
    return _same((found[5], found[6]), (wanted.reason_code, wanted.replaced_by))


async def _read(ask: Ask, contract: str, data: bytes, block: str) -> bytes:
    return octets(await ask("eth_call", {"to": contract, "data": "0x" + data.hex()}, block))


async def _finalized(ask: Ask, confirmations: int) -> str:
    try:
        block = await ask("eth_getBlockByNumber", "finalized", False)
    except RefusedError:
        block = None
    if block is not None:
        return hex(number(fields(block).get("number")))
    return hex(max(number(await ask("eth_blockNumber")) - confirmations, 0))


def _receipt(answer: Any, wanted: str) -> CallReceipt | None:
    found = fields(answer) if answer is not None else {}
    if found.get("blockNumber") is None:
        return None
    if str(found.get("transactionHash", wanted)).lower() != wanted:
        raise NonsenseError
    return CallReceipt(
        succeeded=number(found.get("status")) == 1,
        block_number=number(found["blockNumber"]),
        block_hash=octets(found.get("blockHash")),
        gas_used=number(found.get("gasUsed", "0x0")),
        gas_price=number(found.get("effectiveGasPrice", "0x0")),
    )


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


def bumped(fee: int) -> int:
    """Return the lowest fee that may replace another."""
    return fee * _BUMP_NUMERATOR // _BUMP_DENOMINATOR + 1


def _same(found: tuple[int, int], wanted: tuple[int, int]) -> Effect:
    return Effect.SAME if found == wanted else Effect.DIFFERENT
