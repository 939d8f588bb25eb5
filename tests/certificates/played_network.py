"""A network of several JSON-RPC nodes, each with troubles of its own, behind the adapter that the product uses.

The chain itself is one list of blocks; a node shows it, an older part of it, or lies about it.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
from eth_account import Account
from eth_account.typed_transactions.typed_transaction import TypedTransaction
from hexbytes import HexBytes

from pygmalion_app.adapters.chain.abi import selector, word
from pygmalion_app.adapters.chain.evm import Connection, EvmChain
from pygmalion_app.core.keccak import keccak

CHAIN_ID = 80002
CONTRACT = "0x" + "c0" * 20
KEY = "4c" * 32
FINALITY = 2
BASE_FEE, TIP = 30 * 10**9, 25 * 10**9
_ANCHOR = selector("anchorBatch(uint64,bytes32,uint32)")
_ANCHORED = "0x" + keccak(b"BatchAnchored(uint64,bytes32,uint32)").hex()
Answer = Callable[["Node", str, list[Any]], Any]
"""A lie: what a node answers to a call, or `HONEST` for the truth."""
HONEST = object()


@dataclass
class Transaction:
    """A decoded anchoring."""

    nonce: int
    hash: str
    fee: int
    batch: int
    root: int
    count: int


@dataclass
class Block:
    """Mined transactions."""

    hash: str
    transactions: list[Transaction] = field(default_factory=list[Transaction])


class Network:
    """What is true."""

    def __init__(self, *names: str) -> None:
        self.blocks = [Block(_hash(0, 0))]
        self.mempool: dict[int, Transaction] = {}
        self.balance = 5 * 10**18
        self.forks = 0
        self.jammed = False
        """Whether transactions get lost on their way to whoever makes blocks."""
        self.nodes = {name: Node(self, name) for name in names}

    def mine(self, blocks: int = 1) -> None:
        """Put what may go into the next block, and add empty ones."""
        for _ in range(blocks):
            block = Block(_hash(len(self.blocks), self.forks))
            nonce = self.next_nonce(self.blocks)
            while (found := self.mempool.pop(nonce, None)) is not None:
                block.transactions.append(found)
                nonce += 1
            self.blocks.append(block)

    def go_back(self, blocks: int) -> None:
        """Restart every node with an older state: whatever came after is forgotten."""
        del self.blocks[-blocks:]
        self.mempool.clear()
        self.forks += 1

    def take(self, raw: str) -> None:
        """Take a transaction into the pool by the rules of real nodes."""
        if self.jammed:
            return
        sent = decode(raw)
        waiting = self.mempool.get(sent.nonce)
        replaces = waiting is None or sent.fee * 1000 >= waiting.fee * 1125
        if sent.nonce >= self.next_nonce(self.blocks) and replaces:
            self.mempool[sent.nonce] = sent

    def anchorings(self, blocks: list[Block]) -> dict[int, Transaction]:
        """Return what the contract holds: the first of each number."""
        held: dict[int, Transaction] = {}
        for block in blocks:
            for sent in block.transactions:
                held.setdefault(sent.batch, sent)
        return held

    def transactions(self) -> list[Transaction]:
        """Return everything that was ever mined."""
        return [sent for block in self.blocks for sent in block.transactions]

    @staticmethod
    def next_nonce(blocks: list[Block]) -> int:
        """Return the first nonce that no block uses."""
        return sum(len(block.transactions) for block in blocks)

    def chain(self, urls: tuple[str, ...] = (), max_fee_wei: int = 5_000 * 10**9, chain_id: int = 0) -> EvmChain:
        """Return the product's adapter with these nodes (all of them if none are named), as a fresh process has it."""
        addresses = tuple(f"http://{name}" for name in urls or self.nodes)
        connection = Connection(addresses, CONTRACT, KEY, confirmations=FINALITY, max_fee_wei=max_fee_wei)
        return EvmChain(lambda: connection, chain_id=chain_id, transport=httpx.MockTransport(self._serve))

    def _serve(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content)
        return self.nodes[request.url.host].serve(body["method"], body["params"])


class Node:
    """One node: shows the network's blocks, up to `sees` where that is set."""

    def __init__(self, network: Network, name: str) -> None:
        self.network = network
        self.name = name
        self.silent = False
        self.chain_id = CHAIN_ID
        self.sees: int | None = None
        self.says_underpriced = False
        self.drops = False
        """Whether it takes transactions and never passes them on."""
        self.lie: Answer | None = None
        self.told: list[Transaction] = []
        """What a liar was sent."""
        self.calls: list[str] = []

    def serve(self, method: str, params: list[Any]) -> httpx.Response:
        """Answer one call."""
        self.calls.append(method)
        if self.silent:
            raise httpx.ReadTimeout(self.name)
        if method == "eth_sendRawTransaction":
            if not self.drops:
                self.network.take(params[0])
            if self.says_underpriced:
                return httpx.Response(200, json={"error": {"code": -32000, "message": "transaction underpriced"}})
        result = self.lie(self, method, params) if self.lie else HONEST
        if result is HONEST:
            result = self.truth(method, params)
        return httpx.Response(200, json={"jsonrpc": "2.0", "id": 1, "result": result})

    @property
    def blocks(self) -> list[Block]:
        """Return what this node knows of the chain."""
        return self.network.blocks[: self.sees]

    def truth(self, method: str, params: list[Any]) -> Any:  # noqa: PLR0911 - one line for each method
        """Return what an honest node says."""
        match method:
            case "eth_chainId":
                return hex(self.chain_id)
            case "eth_blockNumber":
                return hex(len(self.blocks) - 1)
            case "eth_getTransactionCount":
                return hex(Network.next_nonce(self.blocks))
            case "eth_getBalance":
                return hex(self.network.balance)
            case "eth_maxPriorityFeePerGas":
                return hex(TIP)
            case "eth_getBlockByNumber":
                head = len(self.blocks) - 1
                number = max(head - FINALITY, 0) if params[0] == "finalized" else head
                return {"number": hex(number), "baseFeePerGas": hex(BASE_FEE)}
            case "eth_getTransactionReceipt":
                return self._receipt(params[0])
            case "eth_call":
                return self._call(params[0]["data"], params[1])
            case "eth_getLogs":
                batch = int(params[0]["topics"][1], 16)
                assert params[0]["topics"][0] == _ANCHORED
                held = self.network.anchorings(self.blocks).get(batch)
                return [{"transactionHash": held.hash}] if held else []
            case _:
                return "0x" + "00" * 32

    def _receipt(self, hashed: str) -> Any:
        for number, block in enumerate(self.blocks):
            if any(sent.hash == hashed for sent in block.transactions):
                return receipt(hashed, number, block.hash)
        return None

    def _call(self, data: str, block: str) -> str:
        batch = int(data[10:], 16)
        blocks = self.blocks if block == "latest" else self.blocks[: int(block, 16) + 1]
        held = self.network.anchorings(blocks).get(batch)
        return "0x" + (word(held.root) + word(held.count) + word(1) if held else bytes(96)).hex()


def receipt(hashed: str, number: int, block_hash: str) -> dict[str, str]:
    """Return a receipt of success."""
    return {
        "transactionHash": hashed,
        "status": "0x1",
        "blockNumber": hex(number),
        "blockHash": block_hash,
        "gasUsed": hex(85_816),
        "effectiveGasPrice": hex(BASE_FEE + TIP),
    }


def signer_address() -> str:
    """Return whose transactions these are."""
    return str(Account.from_key(KEY).address)


def decode(raw: str) -> Transaction:
    plain = TypedTransaction.from_bytes(HexBytes(raw)).as_dict()
    assert Account.recover_transaction(raw) == signer_address()
    assert plain["chainId"] == CHAIN_ID
    data = bytes(plain["data"])
    assert data[:4] == _ANCHOR
    batch, root, count = (int.from_bytes(data[i : i + 32], "big") for i in (4, 36, 68))
    hashed = "0x" + keccak(bytes.fromhex(raw.removeprefix("0x"))).hex()
    return Transaction(plain["nonce"], hashed, plain["maxFeePerGas"], batch, root, count)


def _hash(number: int, fork: int) -> str:
    return "0x" + keccak(f"{number}/{fork}".encode()).hex()
