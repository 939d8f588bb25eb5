"""A chain whose troubles a test chooses: lost answers, crashes at any call, re-orgs, foreign transactions.

It follows the rules that the anchoring code relies on: nonces in order, replacement by higher fees, a final part that
never changes, and a contract whose calls are idempotent.
"""

from dataclasses import dataclass, field
from random import Random

from pygmalion_app.core.errors import UnavailableError
from pygmalion_app.core.ports import (
    AnchorBatch,
    CallReceipt,
    ChainNetwork,
    ChainOverview,
    ContractCall,
    DocumentStatus,
    Effect,
    SignedCall,
    SignerState,
)

FINALITY = 3


class CrashError(BaseException):
    """The process dies here: whatever was not committed is lost."""


@dataclass
class Pending:
    """A transaction that waits; `wanted` is empty for somebody else's."""

    nonce: int
    hash: bytes
    wanted: AnchorBatch | None
    fee: int


@dataclass
class Block:
    """Mined transactions."""

    transactions: list[Pending] = field(default_factory=list[Pending])
    hash: bytes = b""


class SimulatedChain:
    """Implements ChainAnchor on memory."""

    name = "simulated"

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.trouble = 0.0
        """Chance of a fault at each call."""
        self.blocks: list[Block] = [Block()]
        self.mempool: dict[int, Pending] = {}
        self.known: dict[bytes, Pending] = {}
        self.faults = 0
        self.contract = "0x" + "11" * 20
        self.deadly = True
        """Whether a fault may kill the process."""
        self.finality = FINALITY
        """How many blocks may still be undone."""
        self.fee_limit = 10**9
        self.balance = 10**20

    # --- what the network does --------------------------------------------------------------------------------------

    def mine(self) -> None:
        """Put what may go into a block."""
        block = Block(hash=self.random.randbytes(32))
        nonce = self._next_nonce()
        while (found := self.mempool.pop(nonce, None)) is not None:
            block.transactions.append(found)
            nonce += 1
        self.blocks.append(block)

    def reorg(self) -> None:
        """Undo blocks that are not final; their transactions go back to the pool, or are forgotten."""
        depth = self.random.randint(1, self.finality - 1)
        for block in [self.blocks.pop() for _ in range(min(depth, len(self.blocks) - 1))]:
            for transaction in block.transactions:
                if self.random.random() < 0.6:
                    self.mempool.setdefault(transaction.nonce, transaction)

    def forget_pool(self) -> None:
        """Drop what waits."""
        self.mempool.clear()

    def foreign(self) -> None:
        """Let another program with the same key take the next nonce."""
        nonce = self._next_nonce()
        self.mempool[nonce] = Pending(nonce, self.random.randbytes(32), None, 10**12)

    def foreign_anchoring(self, batch_id: int) -> None:
        """Let another program with the same key anchor something else under a number of ours."""
        nonce = self._next_nonce()
        wanted = AnchorBatch(batch_id, self.random.randbytes(32), 1)
        self.mempool[nonce] = Pending(nonce, self.random.randbytes(32), wanted, 10**12)

    def wipe(self) -> None:
        """Lose everything: the contract is deployed anew at the same address."""
        self.blocks = [Block()]
        self.mempool.clear()

    # --- the contract -----------------------------------------------------------------------------------------------

    def roots(self, *, final: bool) -> dict[int, AnchorBatch]:
        """Return what the contract holds."""
        held: dict[int, AnchorBatch] = {}
        for block in self.blocks[: len(self.blocks) - self.finality] if final else self.blocks:
            for transaction in block.transactions:
                if transaction.wanted is not None:
                    held.setdefault(transaction.wanted.batch_id, transaction.wanted)
        return held

    # --- the port ---------------------------------------------------------------------------------------------------

    async def signer(self) -> SignerState:
        """Return the state of the only signer."""
        self._maybe_fail()
        return SignerState(1, self.contract, "0x" + "22" * 20, self._next_nonce())

    async def sign(self, wanted: ContractCall, nonce: int) -> SignedCall:
        """Sign; the hash stands for the raw transaction."""
        self._maybe_fail()
        return self._signed(wanted, nonce, 100)

    async def sign_successor(self, wanted: ContractCall, stale: SignedCall) -> SignedCall | None:
        """Sign with higher fees, up to a limit."""
        self._maybe_fail()
        fee = stale.max_fee * 1125 // 1000 + 1
        return self._signed(wanted, stale.nonce, fee) if fee <= self.fee_limit else None

    def _signed(self, wanted: ContractCall, nonce: int, fee: int) -> SignedCall:
        assert isinstance(wanted, AnchorBatch)
        hashed = self.random.randbytes(32)
        self.known[hashed] = Pending(nonce, hashed, wanted, fee)
        return SignedCall(nonce, hashed, hashed, fee, fee)

    async def broadcast(self, raw: bytes) -> None:
        """Take a transaction into the pool, by the rules of real nodes."""
        self._maybe_fail()
        sent = self.known[raw]
        waiting = self.mempool.get(sent.nonce)
        replaces = waiting is None or sent.fee * 1000 >= waiting.fee * 1125
        mined = any(raw == one.hash for block in self.blocks for one in block.transactions)
        if sent.nonce >= self._next_nonce() and replaces and not mined:
            self.mempool[sent.nonce] = sent
        self._maybe_fail()

    async def receipt(self, transaction_hash: bytes) -> CallReceipt | None:
        """Return where a transaction was mined."""
        self._maybe_fail()
        for number, block in enumerate(self.blocks):
            if any(transaction_hash == one.hash for one in block.transactions):
                return CallReceipt(True, number, block.hash, gas_used=85_816, gas_price=30 * 10**9)
        return None

    async def effect(self, wanted: ContractCall, *, final: bool) -> Effect:
        """Tell what the contract holds."""
        self._maybe_fail()
        assert isinstance(wanted, AnchorBatch)
        held = self.roots(final=final).get(wanted.batch_id)
        if held is None:
            return Effect.ABSENT
        return Effect.SAME if held == wanted else Effect.DIFFERENT

    async def agreed(self, wanted: ContractCall) -> Effect | None:
        """Say the same as every node would."""
        return await self.effect(wanted, final=False)

    async def locate(self, wanted: ContractCall) -> bytes | None:
        """Find the transaction whose call had the effect."""
        self._maybe_fail()
        for block in self.blocks:
            for transaction in block.transactions:
                if transaction.wanted == wanted:
                    return transaction.hash
        return None

    async def overview(self) -> ChainOverview:
        """Tell what the signer has."""
        return ChainOverview(ChainNetwork(1, "simulated", "SIM"), self.contract, "0x" + "22" * 20, self.balance, (), 1)

    async def verify(self, token_id: int, commitment: bytes, proof: tuple[bytes, ...]) -> DocumentStatus:
        """Is not asked here."""
        raise NotImplementedError

    def _next_nonce(self) -> int:
        return sum(len(block.transactions) for block in self.blocks)

    def _maybe_fail(self) -> None:
        if self.random.random() >= self.trouble:
            return
        self.faults += 1
        if self.deadly and self.random.random() < 0.4:
            raise CrashError
        raise UnavailableError(part="chain", reason="simulated")
