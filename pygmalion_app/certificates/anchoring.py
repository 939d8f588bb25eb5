"""The anchoring state machine: SEALED -> SIGNED -> MINED -> FINAL, or CONFLICT, which is an alarm.

Rules (design/certificates.md), each of which answers a way of losing or doubling a batch:
1. One sweep per signer at a time, under an advisory lock.
2. The nonce is reserved and the signed transaction stored in one database transaction; only then is it sent.
3. Receipts and the contract decide, never what a node says of a sending.
4. Without a receipt the stored transaction is sent again; stale at the head of the queue, it gets a successor with the
   same nonce and call and higher fees, stored first, up to the installation's fee limit.
5. A receipt that vanishes (re-org) takes the operation back to SIGNED.
6. A nonce that something else used: the contract is read; what it holds is adopted, else a new nonce is taken.
7. FINAL only when most of the configured nodes say that the contract holds the effect at a block that can no longer
   change. A conflict, or a loss, is believed by the same count.
8. Before the first sending the contract is read: a restored database may have forgotten what it sent. Where the
   contract holds another root under the number of a batch that was never signed, the batch takes a free number.
9. What was FINAL and is there no longer (a lost or replaced chain) is SEALED again, and anchored identically.
10. Nothing is sealed while the chain is silent or a sealed batch waits to be sent: what gathers meanwhile goes into
    one transaction.

An UnavailableError anywhere ends the sweep and changes nothing; the next sweep goes on.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta

from sqlalchemy import text

from pygmalion_app.certificates import batches, chain_watch
from pygmalion_app.certificates.sweep import Sweep
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.errors import UnavailableError
from pygmalion_app.core.unit_of_work import Container, unit_of_work


async def advance(parts: Container, stale_after: timedelta = timedelta(seconds=45)) -> bool:
    """Run one sweep unless another process does; tell whether operations are still under way.

    Raises UnavailableError when no node answers; whatever was done until then stands.
    """
    async with _signer_lock(parts) as mine:
        if not mine:
            return True
        try:
            signer = await parts.ports.chain.signer()
            under_way = await Sweep(parts, signer, stale_after).run()
        except UnavailableError as error:
            await chain_watch.failed(parts, str(error.facts.get("reason", error.code)))
            raise
        await chain_watch.succeeded(parts, signer)
        return under_way


async def seal(parts: Container) -> int | None:
    """Seal what waits if it can be sent now, and return the batch's id; None when nothing was sealed.

    Raises UnavailableError when no node answers: then certificates go on gathering.
    """
    async with unit_of_work(SYSTEM, parts) as uow:
        if not await batches.may_seal(uow):
            return None
    await parts.ports.chain.signer()
    async with unit_of_work(SYSTEM, parts) as uow:
        return await batches.seal(uow)


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
