"""What the contract says of certificates, asked sparingly: a person waits at a gate, and thousands may at once.

An answer is kept for 15 s per certificate (its time is shown). A root can never change in the contract and a
revocation of ours counts at once through the database, so the only thing that this can be late to tell is a revocation
made by somebody else's hand on chain. A node that does not answer is left alone for 5 s; nothing becomes invalid by
that, the last answer and its time are shown instead.
"""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from time import monotonic

from pygmalion_app.core.clock import Clock
from pygmalion_app.core.errors import UnavailableError
from pygmalion_app.core.ports import AnchorBatch, ChainAnchor, DocumentStatus, Effect

KEEP_SECONDS = 15.0
REST_SECONDS = 5.0
_AT_ONCE = 16
_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class OnChain:
    """The contract's word on a document at a time; `batch` tells an absent batch from a proof that does not fit."""

    document: DocumentStatus
    batch: Effect
    at: datetime


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the contract."""

    token_id: int
    commitment: bytes
    proof: tuple[bytes, ...]
    batch: AnchorBatch


class ChainView:
    """The answers that one process keeps."""

    def __init__(self, chain: ChainAnchor, clock: Clock) -> None:
        """Ask this chain."""
        self._chain = chain
        self._clock = clock
        self._kept: OrderedDict[tuple[int, bytes], tuple[float, OnChain]] = OrderedDict()
        self._asking: dict[tuple[int, bytes], asyncio.Task[OnChain | None]] = {}
        self._rest_until = 0.0
        self._places = asyncio.Semaphore(_AT_ONCE)

    async def ask(self, question: Question) -> tuple[OnChain | None, bool]:
        """Return the contract's word (None if it was never heard) and whether it is fresh."""
        key = (question.token_id, question.commitment)
        kept = self._kept.get(key)
        if kept and monotonic() - kept[0] < KEEP_SECONDS:
            return kept[1], True
        if monotonic() >= self._rest_until:
            # One question for all who ask the same at once; shielded, as one of them may hang up.
            task = self._asking.get(key)
            if task is None:
                task = self._asking[key] = asyncio.create_task(self._really_ask(key, question))
                task.add_done_callback(lambda _done: self._asking.pop(key, None))
            if (answer := await asyncio.shield(task)) is not None:
                return answer, True
        return (kept[1] if kept else None), False

    async def _really_ask(self, key: tuple[int, bytes], question: Question) -> OnChain | None:
        try:
            async with self._places:
                document = await self._chain.verify(question.token_id, question.commitment, question.proof)
                batch = Effect.SAME
                if document is DocumentStatus.UNKNOWN:
                    batch = await self._chain.effect(question.batch, final=False)
        except UnavailableError:
            self._rest_until = monotonic() + REST_SECONDS
            return None
        answer = OnChain(document, batch, self._clock.now())
        self._kept[key] = (monotonic(), answer)
        self._kept.move_to_end(key)
        if len(self._kept) > _REMEMBERED:
            self._kept.popitem(last=False)
        return answer


@lru_cache(maxsize=4)
def view_of(chain: ChainAnchor, clock: Clock) -> ChainView:
    """Return the process's view of a chain."""
    return ChainView(chain, clock)
