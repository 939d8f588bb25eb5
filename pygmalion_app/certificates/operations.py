"""The rows of the queue of contract calls: read with what each call says, moved from state to state."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from pygmalion_app.certificates.models import (
    REASON_CODES,
    ChainOperation,
    ChainTransaction,
    OperationKind,
    OperationStatus,
    RevocationReason,
)
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.ports import AnchorBatch, CallReceipt, ContractCall, RevokeCertificate, SignedCall
from pygmalion_app.core.unit_of_work import Container, UnitOfWork, reading_as, unit_of_work

_SELECT = """
SELECT o.*, b.root, b.count, c.token_id, c.revocation_reason, c.replaced_by, s.token_id AS successor,
       a.status AS anchoring, sa.status AS successor_anchoring
FROM chain_operations o
LEFT JOIN certificate_batches b ON b.id = o.batch_id
LEFT JOIN certificates c ON c.id = o.certificate_id
LEFT JOIN certificates s ON s.id = c.replaced_by
LEFT JOIN chain_operations a ON a.batch_id = c.batch_id
LEFT JOIN chain_operations sa ON sa.batch_id = s.batch_id
"""
_ON_CHAIN = {OperationStatus.MINED, OperationStatus.FINAL}


@dataclass(frozen=True, slots=True)
class Operation:
    """One row of the queue; `call` is None while it cannot be made yet (a revocation waits for its batch)."""

    id: int
    batch_id: int | None
    status: str
    call: ContractCall | None
    chain_id: int | None
    contract: str | None
    signer: str | None
    nonce: int | None
    transaction_hash: bytes | None
    block_number: int | None
    block_hash: bytes | None
    mined_at: datetime | None
    failures: int


Queue = dict[OperationStatus, list[Operation]]
_UNFINISHED = (OperationStatus.SEALED, OperationStatus.SIGNED, OperationStatus.MINED)


async def unfinished(parts: Container, now: datetime, limit: int = 1_000) -> Queue:
    """Return the operations under way whose time has come, by state, the oldest first."""
    found = await _query(
        parts,
        """WHERE o.status IN ('SEALED', 'SIGNED', 'MINED') AND (o.retry_at IS NULL OR o.retry_at <= %s)
        ORDER BY o.id LIMIT %s""",
        (now, limit),
    )
    queue: Queue = {status: [] for status in _UNFINISHED}
    for operation in found:
        queue[OperationStatus(operation.status)].append(operation)
    return queue


async def newest_final(parts: Container, limit: int) -> list[Operation]:
    """Return the operations made final last, newest first."""
    return await _query(parts, "WHERE o.status = 'FINAL' ORDER BY o.final_at DESC, o.id DESC LIMIT %s", (limit,))


async def final_sample(parts: Container) -> list[Operation]:
    """Return the operation made final last and any other final one: in time, each is looked at again."""
    return await _query(
        parts,
        """WHERE o.id IN (
          (SELECT id FROM chain_operations WHERE status = 'FINAL' ORDER BY final_at DESC, id DESC LIMIT 1),
          (SELECT id FROM chain_operations WHERE status = 'FINAL' ORDER BY id LIMIT 1
           OFFSET floor(random() * (SELECT count(*) FROM chain_operations WHERE status = 'FINAL'))))
        ORDER BY o.final_at DESC, o.id DESC""",
        (),
    )


async def was_ever_signed(parts: Container, operation: Operation) -> bool:
    """Tell whether a transaction was ever signed for an operation, as far as this database knows."""
    async with unit_of_work(SYSTEM, parts) as uow:
        query = select(col(ChainTransaction.hash)).where(col(ChainTransaction.operation_id) == operation.id).limit(1)
        return (await uow.session.execute(query)).first() is not None


@dataclass(frozen=True, slots=True)
class Attempt:
    """A transaction signed for an operation, and when."""

    signed: SignedCall
    at: datetime


async def attempts(parts: Container, operation: Operation) -> list[Attempt]:
    """Return the transactions signed for an operation's present nonce, newest first."""
    async with unit_of_work(SYSTEM, parts) as uow:
        query = (
            select(ChainTransaction)
            .where(
                col(ChainTransaction.operation_id) == operation.id,
                col(ChainTransaction.nonce) == operation.nonce,
            )
            .order_by(col(ChainTransaction.signed_at).desc(), col(ChainTransaction.max_fee).desc())
        )
        rows: Sequence[ChainTransaction] = (await uow.session.execute(query)).scalars().all()
    return [
        Attempt(SignedCall(row.nonce, row.hash, row.raw, int(row.max_fee), int(row.priority_fee)), row.signed_at)
        for row in rows
    ]


async def move(uow: UnitOfWork, operation: Operation, **values: Any) -> bool:
    """Change an operation unless it has moved on meanwhile; tell whether it was changed."""
    moved = await uow.session.execute(
        update(ChainOperation)
        .where(
            col(ChainOperation.id) == operation.id,
            col(ChainOperation.status) == operation.status,
        )
        .values(**values)
        .returning(col(ChainOperation.id))
    )
    return moved.first() is not None


async def store_attempt(uow: UnitOfWork, operation_id: int, signed: SignedCall) -> None:
    """Write down a signed transaction; this comes before sending it.

    On a chain that went back, the same call with the same nonce and fees is the same transaction again.
    """
    facts: dict[str, Any] = {"signed_at": uow.clock.now(), "gas_used": None, "gas_price": None}
    await uow.session.execute(
        insert(ChainTransaction)
        .values(
            hash=signed.hash,
            operation_id=operation_id,
            nonce=signed.nonce,
            raw=signed.raw,
            max_fee=signed.max_fee,
            priority_fee=signed.priority_fee,
            **facts,
        )
        .on_conflict_do_update(index_elements=[col(ChainTransaction.hash)], set_=facts)
    )


async def store_cost(uow: UnitOfWork, transaction_hash: bytes, receipt: CallReceipt) -> None:
    """Write down what a mined transaction cost; nothing where it was not signed by this database's knowledge."""
    await uow.session.execute(
        update(ChainTransaction)
        .where(col(ChainTransaction.hash) == transaction_hash)
        .values(gas_used=receipt.gas_used, gas_price=receipt.gas_price)
    )


async def _query(parts: Container, condition: str, arguments: tuple[Any, ...]) -> list[Operation]:
    async with reading_as(SYSTEM, parts) as connection:
        rows = await (await connection.execute((_SELECT + condition).encode(), arguments)).fetchall()
    return [_operation(row) for row in rows]


def _operation(row: dict[str, Any]) -> Operation:
    names = ("id", "batch_id", "status", "chain_id", "contract", "signer", "nonce", "block_number", "mined_at")
    hashes = {name: bytes(row[name]) if row[name] is not None else None for name in ("transaction_hash", "block_hash")}
    return Operation(call=_call(row), failures=row["failures"], **hashes, **{name: row[name] for name in names})


def _call(row: dict[str, Any]) -> ContractCall | None:
    if row["kind"] == OperationKind.ANCHOR:
        return AnchorBatch(row["batch_id"], bytes(row["root"]), row["count"])
    # The contract refuses an unknown certificate, and a second revocation that differs: wait until all is known, and
    # the successor's number can no longer become another.
    successor_known = row["replaced_by"] is None or row["successor_anchoring"] in _ON_CHAIN
    if row["anchoring"] not in _ON_CHAIN or not successor_known:
        return None
    code = REASON_CODES[RevocationReason(row["revocation_reason"])]
    return RevokeCertificate(row["token_id"], code, row["successor"] or 0)
