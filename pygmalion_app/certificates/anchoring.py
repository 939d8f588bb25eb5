"""The anchoring state machine: SEALED -> SIGNED -> MINED -> FINAL, or CONFLICT, which is an alarm.

Rules (design/certificates.md), each of which answers a way of losing or doubling a batch:
1. One sweep per signer at a time, under an advisory lock.
2. The nonce is reserved and the signed transaction stored in one database transaction; only then is it sent.
3. Receipts and the contract decide, never what a node says of a sending.
4. Without a receipt the stored transaction is sent again; stale at the head of the queue, it gets a successor with the
   same nonce and call and higher fees, stored first.
5. A receipt that vanishes (re-org) takes the operation back to SIGNED.
6. A nonce that something else used: the contract is read; what it holds is adopted, else a new nonce is taken.
7. FINAL only when the contract holds the effect at a block that can no longer change.
8. Before the first sending the contract is read: a restored database may have forgotten what it sent.
9. What was FINAL and is there no longer (a lost or replaced chain) is SEALED again, and anchored identically.

An UnavailableError anywhere ends the sweep and changes nothing; the next sweep goes on.
"""

import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import text

from pygmalion_app.certificates import batches, operations
from pygmalion_app.certificates.models import OperationStatus as S
from pygmalion_app.certificates.operations import Attempt, Operation
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.ports import CallReceipt, ChainAnchor, ContractCall, Effect, SignedCall, SignerState
from pygmalion_app.core.unit_of_work import Container, unit_of_work

IN_FLIGHT = 16
_LOST_CHECK = 1
_RETRY_CAP = timedelta(hours=1)
_FORGOTTEN: dict[str, Any] = {
    "nonce": None,
    "transaction_hash": None,
    "block_number": None,
    "block_hash": None,
    "signed_at": None,
    "mined_at": None,
    "final_at": None,
}

log = logging.getLogger(__name__)


class Sweep:
    """One pass over the queue by the process that holds the signer's lock."""

    def __init__(self, parts: Container, stale_after: timedelta) -> None:
        """Take the process's parts and the age at which a transaction without receipt is given a successor."""
        self._parts = parts
        self._chain: ChainAnchor = parts.ports.chain
        self._stale_after = stale_after
        self._signer: SignerState = None  # pyright: ignore[reportAttributeAccessIssue]

    async def run(self) -> bool:
        """Move every operation as far as it goes now; tell whether some are still under way."""
        self._signer = await self._chain.signer()
        await self._find_lost()
        for operation in await self._with(S.SIGNED):
            await self._follow(operation)
        for operation in await self._with(S.SEALED):
            if operation.call is not None:
                await self._send(operation, operation.call)
        for operation in await self._with(S.MINED):
            await self._settle(operation, _known(operation))
        return any([await self._with(status) for status in (S.SIGNED, S.MINED)]) or any(
            operation.call for operation in await self._with(S.SEALED)
        )

    # --- SEALED -----------------------------------------------------------------------------------------------------

    async def _send(self, operation: Operation, call: ContractCall) -> None:
        effect = await self._chain.effect(call, final=False)
        if effect is not Effect.ABSENT:
            await self._take(operation, effect, None, None)
            return
        taken = {found.nonce for found in await self._with(S.SIGNED) if self._is_ours(found)}
        if len(taken) >= IN_FLIGHT:
            return
        taken |= {found.nonce for found in await self._with(S.MINED) if self._is_ours(found)}
        # The lowest free one: beyond a gap nothing is ever mined.
        nonce = next(number for number in count(self._signer.next_nonce) if number not in taken)
        signed = await self._chain.sign(call, nonce)
        async with unit_of_work(SYSTEM, self._parts) as uow:
            moved = await operations.move(
                uow,
                operation,
                **_FORGOTTEN
                | {
                    "status": S.SIGNED,
                    "chain_id": self._signer.chain_id,
                    "contract": self._signer.contract,
                    "signer": self._signer.address,
                    "nonce": signed.nonce,
                    "signed_at": uow.clock.now(),
                    "retry_at": None,
                },
            )
            if not moved:
                return
            await operations.store_attempt(uow, operation.id, signed)
        await self._chain.broadcast(signed.raw)

    # --- SIGNED -----------------------------------------------------------------------------------------------------

    async def _follow(self, operation: Operation) -> None:
        call = _known(operation)
        if not self._is_ours(operation):
            # Signed for another contract or by another key, before a redeployment: it can have no effect here.
            await self._again(operation, "signed for another contract")
            return
        sent = await operations.attempts(self._parts, operation)
        for attempt in sent:
            receipt = await self._chain.receipt(attempt.signed.hash)
            if receipt is not None:
                await self._mined(operation, call, attempt.signed, receipt)
                return
        if operation.nonce is not None and operation.nonce < self._signer.next_nonce:
            effect = await self._chain.effect(call, final=False)
            if effect is Effect.ABSENT:
                await self._again(operation, "its nonce was used by another transaction")
            else:
                await self._take(operation, effect, None, None)
            return
        await self._push(operation, call, sent)

    async def _push(self, operation: Operation, call: ContractCall, sent: list[Attempt]) -> None:
        """Send again; a stale head of the queue gets higher fees, a stale transaction beyond a gap a new nonce."""
        if not sent:
            await self._again(operation, "its signed transaction is missing")
            return
        newest, stale = sent[0].signed, sent[0].at <= self._now() - self._stale_after
        if not stale:
            await self._chain.broadcast(newest.raw)
        elif operation.nonce == self._signer.next_nonce:
            successor = await self._chain.sign(call, newest.nonce, replacing=newest)
            async with unit_of_work(SYSTEM, self._parts) as uow:
                await operations.store_attempt(uow, operation.id, successor)
            await self._chain.broadcast(successor.raw)
        elif not any(found.nonce == self._signer.next_nonce for found in await self._with(S.SIGNED)):
            await self._again(operation, "the chain has forgotten the transactions before it")
        else:
            await self._chain.broadcast(newest.raw)

    async def _mined(self, operation: Operation, call: ContractCall, attempt: SignedCall, receipt: CallReceipt) -> None:
        if receipt.succeeded:
            await self._take(operation, Effect.SAME, attempt.hash, receipt)
            return
        effect = await self._chain.effect(call, final=False)
        if effect is not Effect.ABSENT:
            await self._take(operation, effect, None, None)
            return
        delay = min(timedelta(seconds=5 * 2 ** min(operation.failures, 12)), _RETRY_CAP)
        log.error("the contract refused operation %s; next try in %s", operation.id, delay)
        await self._again(operation, "refused", failures=operation.failures + 1, retry_at=self._now() + delay)

    # --- MINED ------------------------------------------------------------------------------------------------------

    async def _settle(self, operation: Operation, call: ContractCall) -> None:
        if operation.transaction_hash is not None and await self._chain.receipt(operation.transaction_hash) is None:
            log.warning("operation %s: its block is gone (re-org), waiting for another", operation.id)
            async with unit_of_work(SYSTEM, self._parts) as uow:
                await operations.move(
                    uow, operation, status=S.SIGNED, transaction_hash=None, block_number=None, block_hash=None
                )
            return
        effect = await self._chain.effect(call, final=True)
        if effect is Effect.SAME:
            async with unit_of_work(SYSTEM, self._parts) as uow:
                await operations.move(uow, operation, status=S.FINAL, final_at=uow.clock.now(), failures=0)
        elif effect is Effect.DIFFERENT:
            await self._take(operation, effect, None, None)
        elif operation.transaction_hash is None and await self._chain.effect(call, final=False) is Effect.ABSENT:
            await self._again(operation, "the contract no longer holds it")

    # --- FINAL ------------------------------------------------------------------------------------------------------

    async def _find_lost(self) -> None:
        """Look at the newest final effect; when it is gone, look at them all."""
        for operation in await operations.newest_final(self._parts, _LOST_CHECK):
            if await self._is_lost(operation):
                for suspect in await operations.newest_final(self._parts, 10**6):
                    if await self._is_lost(suspect):
                        await self._again(suspect, "the chain no longer holds it")

    async def _is_lost(self, operation: Operation) -> bool:
        call = operation.call
        return call is None or await self._chain.effect(call, final=False) is Effect.ABSENT

    # --- shared -----------------------------------------------------------------------------------------------------

    async def _take(
        self, operation: Operation, effect: Effect, transaction: bytes | None, receipt: CallReceipt | None
    ) -> None:
        """Record what the contract holds: ours (MINED), or something else under our id (CONFLICT)."""
        async with unit_of_work(SYSTEM, self._parts) as uow:
            if effect is Effect.SAME:
                await operations.move(
                    uow,
                    operation,
                    status=S.MINED,
                    chain_id=self._signer.chain_id,
                    contract=self._signer.contract,
                    transaction_hash=transaction,
                    block_number=receipt.block_number if receipt else None,
                    block_hash=receipt.block_hash if receipt else None,
                    mined_at=uow.clock.now(),
                )
                return
            log.critical("CONFLICT: the contract holds something else for operation %s", operation.id)
            if await operations.move(uow, operation, status=S.CONFLICT) and operation.batch_id is not None:
                # Its root can never be anchored under this id; the certificates take another one.
                await batches.release(uow, operation.batch_id)
                await uow.defer("certificates.seal", queueing_lock="certificates.seal")

    async def _again(self, operation: Operation, why: str, **values: Any) -> None:
        """Start over with a new nonce; harmless if the old transaction is mined after all, as calls are idempotent."""
        log.warning("operation %s starts over: %s", operation.id, why)
        async with unit_of_work(SYSTEM, self._parts) as uow:
            await operations.move(uow, operation, **_FORGOTTEN | {"status": S.SEALED} | values)

    async def _with(self, status: S) -> list[Operation]:
        return await operations.with_status(self._parts, status, self._now())

    def _is_ours(self, operation: Operation) -> bool:
        signer = self._signer
        return (operation.chain_id, operation.contract, operation.signer) == (
            signer.chain_id,
            signer.contract,
            signer.address,
        )

    def _now(self) -> datetime:
        return self._parts.clock.now()


async def advance(parts: Container, stale_after: timedelta = timedelta(seconds=45)) -> bool:
    """Run one sweep unless another process does; tell whether operations are still under way.

    Raises UnavailableError when no node answers; whatever was done until then stands.
    """
    async with _signer_lock(parts) as mine:
        return await Sweep(parts, stale_after).run() if mine else True


@asynccontextmanager
async def _signer_lock(parts: Container) -> AsyncGenerator[bool]:
    """Hold the lock that makes this process the only one to send; it falls with the connection.

    Should the connection break in mid-sweep, the unique (chain, signer, nonce) still keeps two from signing the same.
    """
    async with parts.engine.connect() as plain:
        connection = await plain.execution_options(isolation_level="AUTOCOMMIT")
        key = {"key": 0x50594741}  # "PYGA"; one signer per installation
        mine = bool((await connection.execute(text("SELECT pg_try_advisory_lock(:key)"), key)).scalar_one())
        try:
            yield mine
        finally:
            if mine:
                await connection.execute(text("SELECT pg_advisory_unlock(:key)"), key)


def _known(operation: Operation) -> ContractCall:
    if operation.call is None:
        message = f"operation {operation.id} was sent and can no longer be spelt"
        raise RuntimeError(message)
    return operation.call
