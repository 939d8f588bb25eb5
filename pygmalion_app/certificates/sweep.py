"""One pass over the queue of contract calls: SEALED -> SIGNED -> MINED -> FINAL, or CONFLICT, which is an alarm.

The rules stand in `anchoring`.
"""

import logging
from datetime import datetime, timedelta
from itertools import count

from pygmalion_app.certificates import batches, operations
from pygmalion_app.certificates.models import OperationStatus as S
from pygmalion_app.certificates.models import Trouble
from pygmalion_app.certificates.operations import Attempt, Operation, Queue
from pygmalion_app.certificates.recording import Record
from pygmalion_app.core.ports import (
    AnchorBatch,
    CallReceipt,
    ChainAnchor,
    ContractCall,
    Effect,
    SignedCall,
    SignerState,
)
from pygmalion_app.core.unit_of_work import Container

IN_FLIGHT = 16
_NUMBERS_TRIED = 64
_RETRY_CAP = timedelta(hours=1)

log = logging.getLogger(__name__)


class Sweep:
    """One pass by the process that holds the signer's lock."""

    def __init__(self, parts: Container, signer: SignerState, stale_after: timedelta) -> None:
        """Take the process's parts and the age at which a transaction without receipt is given a successor."""
        self._parts = parts
        self._chain: ChainAnchor = parts.ports.chain
        self._signer = signer
        self._stale_after = stale_after
        self._record = Record(parts, signer)

    async def run(self) -> bool:
        """Move every operation as far as it goes now; tell whether some are still under way."""
        await self._find_lost()
        queue = await self._unfinished()
        for operation in _by_nonce(queue[S.SIGNED]):
            await self._follow(operation)
        await self._send_waiting(await self._unfinished())
        for operation in (await self._unfinished())[S.MINED]:
            await self._settle(operation)
        queue = await self._unfinished()
        return bool(queue[S.SIGNED] or queue[S.MINED]) or any(operation.call for operation in queue[S.SEALED])

    # --- SEALED -----------------------------------------------------------------------------------------------------

    async def _send_waiting(self, queue: Queue) -> None:
        taken = {operation.nonce for operation in (*queue[S.SIGNED], *queue[S.MINED]) if self._is_ours(operation)}
        flying = len(queue[S.SIGNED])
        for operation in queue[S.SEALED]:
            if flying >= IN_FLIGHT:
                return
            # The lowest free one: beyond a gap nothing is ever mined.
            nonce = next(number for number in count(self._signer.next_nonce) if number not in taken)
            if operation.call is not None and await self._send(operation, operation.call, nonce):
                taken.add(nonce)
                flying += 1

    async def _send(self, operation: Operation, call: ContractCall, nonce: int) -> bool:
        effect = await self._chain.effect(call, final=False)
        if effect is not Effect.ABSENT:
            await self._take(operation, call, effect)
            return False
        signed = await self._chain.sign(call, nonce)
        if not await self._record.signed(operation, signed):
            return False
        await self._chain.broadcast(signed.raw)
        return True

    # --- SIGNED -----------------------------------------------------------------------------------------------------

    async def _follow(self, operation: Operation) -> None:
        call = operation.call
        if call is None:
            # A revocation whose batch was lost: it waits for it again.
            await self._record.again(operation, Trouble.LOST)
            return
        if not self._is_ours(operation):
            # Signed for another contract or by another key, before a redeployment: it can have no effect here.
            await self._record.again(operation, Trouble.REDEPLOYED)
            return
        sent = await operations.attempts(self._parts, operation)
        for attempt in sent:
            receipt = await self._chain.receipt(attempt.signed.hash)
            if receipt is not None:
                await self._included(operation, call, attempt.signed.hash, receipt)
                return
        if operation.nonce is not None and operation.nonce < self._signer.next_nonce:
            effect = await self._chain.effect(call, final=False)
            if effect is Effect.ABSENT:
                await self._record.again(operation, Trouble.NONCE_TAKEN)
            else:
                await self._take(operation, call, effect)
            return
        await self._push(operation, call, sent)

    async def _push(self, operation: Operation, call: ContractCall, sent: list[Attempt]) -> None:
        """Send again; a stale head of the queue gets higher fees, a stale transaction beyond a gap a new nonce."""
        if not sent:
            await self._record.again(operation, Trouble.FORGOTTEN)
            return
        newest, stale = sent[0].signed, sent[0].at <= self._now() - self._stale_after
        if not stale:
            await self._chain.broadcast(newest.raw)
        elif operation.nonce == self._signer.next_nonce:
            await self._outbid(operation, call, newest)
        elif not any(found.nonce == self._signer.next_nonce for found in (await self._unfinished())[S.SIGNED]):
            await self._record.again(operation, Trouble.FORGOTTEN)
        else:
            await self._chain.broadcast(newest.raw)

    async def _outbid(self, operation: Operation, call: ContractCall, stale: SignedCall) -> None:
        """Replace a transaction by one with higher fees, stored first; at the fee limit, send the same again."""
        successor = await self._chain.sign_successor(call, stale)
        if successor is None:
            await self._record.trouble(operation, Trouble.FEE_LIMIT)
        else:
            await self._record.successor(operation, successor)
        await self._chain.broadcast((successor or stale).raw)

    async def _included(self, operation: Operation, call: ContractCall, hashed: bytes, receipt: CallReceipt) -> None:
        """A transaction of ours stands in a block; what it cost is written down, whatever came of it."""
        if receipt.succeeded:
            await self._record.mined(operation, hashed, receipt)
            return
        await self._record.cost(hashed, receipt)
        effect = await self._chain.effect(call, final=False)
        if effect is not Effect.ABSENT:
            await self._take(operation, call, effect)
            return
        delay = min(timedelta(seconds=5 * 2 ** min(operation.failures, 12)), _RETRY_CAP)
        log.error("the contract refused operation %s; next try in %s", operation.id, delay)
        await self._record.again(
            operation, Trouble.REFUSED, failures=operation.failures + 1, retry_at=self._now() + delay
        )

    # --- MINED ------------------------------------------------------------------------------------------------------

    async def _settle(self, operation: Operation) -> None:
        call = operation.call
        if call is None:
            await self._record.again(operation, Trouble.LOST)
            return
        if operation.transaction_hash is not None:
            receipt = await self._chain.receipt(operation.transaction_hash)
            if receipt is None:
                await self._record.unmined(operation)
                return
            if receipt.block_hash != operation.block_hash:
                await self._record.mined(operation, operation.transaction_hash, receipt)
                return
        effect = await self._chain.effect(call, final=True)
        if effect is Effect.SAME:
            await self._record.final(operation)
        elif effect is Effect.DIFFERENT:
            await self._take(operation, call, effect)
        elif operation.transaction_hash is None and await self._chain.effect(call, final=False) is Effect.ABSENT:
            await self._record.again(operation, Trouble.LOST)
        elif operation.mined_at is None or operation.mined_at <= self._now() - self._stale_after:
            await self._doubt(operation, call)

    async def _doubt(self, operation: Operation, call: ContractCall) -> None:
        """Not final for long: where the nodes do not agree that it is there at all, one of them may have lied.

        The same transaction can be sent again and even outbid, as only one of its nonce is ever mined.
        """
        if await self._chain.agreed(call) is Effect.SAME:
            return
        await self._record.trouble(operation, Trouble.DISPUTED)
        sent = await operations.attempts(self._parts, operation)
        if not sent or operation.nonce is None or operation.nonce < self._signer.next_nonce:
            return
        if operation.nonce == self._signer.next_nonce and sent[0].at <= self._now() - self._stale_after:
            await self._outbid(operation, call, sent[0].signed)
        else:
            await self._chain.broadcast(sent[0].signed.raw)

    # --- FINAL ------------------------------------------------------------------------------------------------------

    async def _find_lost(self) -> None:
        """Look at the newest final effect and at any other one; when one is gone, look at them all."""
        for operation in await operations.final_sample(self._parts):
            if await self._is_lost(operation):
                for suspect in await operations.newest_final(self._parts, 10**6):
                    if await self._is_lost(suspect):
                        await self._record.again(suspect, Trouble.LOST)
                return

    async def _is_lost(self, operation: Operation) -> bool:
        call = operation.call
        return call is None or await self._chain.agreed(call) is Effect.ABSENT

    # --- shared -----------------------------------------------------------------------------------------------------

    async def _take(self, operation: Operation, call: ContractCall, effect: Effect) -> None:
        """Record what the contract holds: ours (MINED), or something else under our id."""
        if effect is Effect.SAME:
            hashed = await self._chain.locate(call)
            receipt = await self._chain.receipt(hashed) if hashed else None
            await self._record.mined(operation, hashed if receipt else None, receipt)
        elif await self._chain.agreed(call) is not Effect.DIFFERENT:
            await self._record.trouble(operation, Trouble.DISPUTED)
        elif isinstance(call, AnchorBatch) and not await operations.was_ever_signed(self._parts, operation):
            await self._renumber(operation, call)
        else:
            await self._record.conflict(operation)

    async def _renumber(self, operation: Operation, call: AnchorBatch) -> None:
        """The number was used before the database was restored: this batch, never sent, takes a free one."""
        for _ in range(_NUMBERS_TRIED):
            number = await batches.next_number(self._parts)
            held = await self._chain.agreed(AnchorBatch(number, call.root, call.count))
            if held is None:
                return
            if held is Effect.ABSENT:
                await self._record.renumbered(operation, number)
                return

    async def _unfinished(self) -> Queue:
        return await operations.unfinished(self._parts, self._now())

    def _is_ours(self, operation: Operation) -> bool:
        signer = self._signer
        return (operation.chain_id, operation.contract, operation.signer) == (
            signer.chain_id,
            signer.contract,
            signer.address,
        )

    def _now(self) -> datetime:
        return self._parts.clock.now()


def _by_nonce(signed: list[Operation]) -> list[Operation]:
    return sorted(signed, key=lambda operation: operation.nonce or 0)
