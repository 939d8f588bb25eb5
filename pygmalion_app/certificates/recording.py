"""What a sweep writes down: each method is one transaction, and changes nothing where the operation moved on."""

import logging
from typing import Any

from pygmalion_app.certificates import alarms, batches, operations
from pygmalion_app.certificates.models import OperationStatus as S
from pygmalion_app.certificates.models import Trouble
from pygmalion_app.certificates.operations import Operation
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.ports import CallReceipt, SignedCall, SignerState
from pygmalion_app.core.unit_of_work import Container, unit_of_work

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


class Record:
    """Moves operations from state to state."""

    def __init__(self, parts: Container, signer: SignerState) -> None:
        """Take the process's parts and who signs now."""
        self._parts = parts
        self._signer = signer

    async def signed(self, operation: Operation, signed: SignedCall) -> bool:
        """Reserve the nonce and keep the signed transaction, together."""
        async with unit_of_work(SYSTEM, self._parts) as uow:
            values: dict[str, Any] = {
                "status": S.SIGNED,
                "chain_id": self._signer.chain_id,
                "contract": self._signer.contract,
                "signer": self._signer.address,
                "nonce": signed.nonce,
                "signed_at": uow.clock.now(),
                "retry_at": None,
            }
            if not await operations.move(uow, operation, **_FORGOTTEN | values):
                return False
            await operations.store_attempt(uow, operation.id, signed)
            return True

    async def successor(self, operation: Operation, signed: SignedCall) -> None:
        """Keep another transaction for the same nonce."""
        async with unit_of_work(SYSTEM, self._parts) as uow:
            await operations.store_attempt(uow, operation.id, signed)

    async def mined(self, operation: Operation, hashed: bytes | None, receipt: CallReceipt | None) -> None:
        """The contract holds the effect; the transaction may not be known."""
        async with unit_of_work(SYSTEM, self._parts) as uow:
            if hashed and receipt:
                await operations.store_cost(uow, hashed, receipt)
            await operations.move(
                uow,
                operation,
                status=S.MINED,
                chain_id=self._signer.chain_id,
                contract=self._signer.contract,
                transaction_hash=hashed,
                block_number=receipt.block_number if receipt else None,
                block_hash=receipt.block_hash if receipt else None,
                mined_at=uow.clock.now(),
                trouble=None,
            )

    async def cost(self, hashed: bytes, receipt: CallReceipt) -> None:
        """A transaction of ours was mined and refused: it cost all the same."""
        async with unit_of_work(SYSTEM, self._parts) as uow:
            await operations.store_cost(uow, hashed, receipt)

    async def final(self, operation: Operation) -> None:
        """It can no longer change."""
        async with unit_of_work(SYSTEM, self._parts) as uow:
            await operations.move(uow, operation, status=S.FINAL, final_at=uow.clock.now(), failures=0, trouble=None)

    async def unmined(self, operation: Operation) -> None:
        """Its block is gone: wait for another one, with the same transaction where we have it."""
        log.warning("operation %s: its block is gone (re-org), waiting for another", operation.id)
        if operation.nonce is None:
            await self.again(operation, Trouble.REORGANIZED)
            return
        async with unit_of_work(SYSTEM, self._parts) as uow:
            values: dict[str, Any] = {"transaction_hash": None, "block_number": None, "block_hash": None}
            await operations.move(uow, operation, status=S.SIGNED, trouble=Trouble.REORGANIZED, **values)

    async def again(self, operation: Operation, why: Trouble, **values: Any) -> None:
        """Start over with a new nonce; harmless if the old transaction is mined after all, as calls are idempotent."""
        log.warning("operation %s starts over: %s", operation.id, why.value)
        async with unit_of_work(SYSTEM, self._parts) as uow:
            await operations.move(uow, operation, **_FORGOTTEN | {"status": S.SEALED, "trouble": why} | values)

    async def trouble(self, operation: Operation, why: Trouble) -> None:
        """Say what keeps it; its state stays."""
        async with unit_of_work(SYSTEM, self._parts) as uow:
            await operations.move(uow, operation, trouble=why)

    async def renumbered(self, operation: Operation, number: int) -> None:
        """Give a batch that was never sent another number."""
        log.warning("batch %s becomes %s: the contract holds another root there", operation.batch_id, number)
        async with unit_of_work(SYSTEM, self._parts) as uow:
            await batches.renumber(uow, operation, number)

    async def conflict(self, operation: Operation) -> None:
        """The contract holds something else under our id: an alarm, once."""
        log.critical("CONFLICT: the contract holds something else for operation %s", operation.id)
        async with unit_of_work(SYSTEM, self._parts) as uow:
            if not await operations.move(uow, operation, status=S.CONFLICT, trouble=None):
                return
            await alarms.conflict(uow, operation)
            if operation.batch_id is not None:
                # Its root can never be anchored under this id; the certificates take another one.
                await batches.release(uow, operation.batch_id)
                await uow.defer("certificates.seal", queueing_lock="certificates.seal")
