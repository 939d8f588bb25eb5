"""The rows of the queue of contract calls: read with what each call says, moved from state to state."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
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
from pygmalion_app.core.ports import AnchorBatch, ContractCall, RevokeCertificate, SignedCall
from pygmalion_app.core.unit_of_work import Container, UnitOfWork, reading_as, unit_of_work

_SELECT = """
SELECT o.*, b.root, b.count, c.token_id, c.revocation_reason, c.replaced_by, s.token_id AS successor,
       a.status AS anchoring
FROM chain_operations o
LEFT JOIN certificate_batches b ON b.id = o.batch_id
LEFT JOIN certificates c ON c.id = o.certificate_id
LEFT JOIN certificates s ON s.id = c.replaced_by
LEFT JOIN chain_operations a ON a.batch_id = c.batch_id
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
    failures: int


async def with_status(parts: Container, status: OperationStatus, now: datetime, limit: int = 500) -> list[Operation]:
    """Return the operations in a state whose time has come, oldest first (SIGNED ones by nonce)."""
    order = "o.nonce" if status is OperationStatus.SIGNED else "o.id"
    return await _query(
        parts,
        f"WHERE o.status = %s AND (o.retry_at IS NULL OR o.retry_at <= %s) ORDER BY {order} LIMIT %s",
        (status, now, limit),
    )


async def newest_final(parts: Container, limit: int) -> list[Operation]:
    """Return the operations made final last, newest first."""
    return await _query(parts, "WHERE o.status = 'FINAL' ORDER BY o.final_at DESC, o.id DESC LIMIT %s", (limit,))


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
    """Write down a signed transaction; this comes before sending it."""
    uow.session.add(
        ChainTransaction(
            hash=signed.hash,
            operation_id=operation_id,
            nonce=signed.nonce,
            raw=signed.raw,
            max_fee=signed.max_fee,
            priority_fee=signed.priority_fee,
            signed_at=uow.clock.now(),
        )
    )
    await uow.session.flush()


async def _query(parts: Container, condition: str, arguments: tuple[Any, ...]) -> list[Operation]:
    async with reading_as(SYSTEM, parts) as connection:
        rows = await (await connection.execute((_SELECT + condition).encode(), arguments)).fetchall()
    return [_operation(row) for row in rows]


def _operation(row: dict[str, Any]) -> Operation:
    names = ("id", "batch_id", "status", "chain_id", "contract", "signer", "nonce", "block_number", "failures")
    hashed = bytes(row["transaction_hash"]) if row["transaction_hash"] is not None else None
    return Operation(call=_call(row), transaction_hash=hashed, **{name: row[name] for name in names})


def _call(row: dict[str, Any]) -> ContractCall | None:
    if row["kind"] == OperationKind.ANCHOR:
        return AnchorBatch(row["batch_id"], bytes(row["root"]), row["count"])
    # The contract refuses an unknown certificate, and a second revocation that differs: wait until all is known.
    successor_known = row["replaced_by"] is None or row["successor"] is not None
    if row["anchoring"] not in _ON_CHAIN or not successor_known:
        return None
    code = REASON_CODES[RevocationReason(row["revocation_reason"])]
    return RevokeCertificate(row["token_id"], code, row["successor"] or 0)
