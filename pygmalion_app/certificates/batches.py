"""Sealing: the certificates that wait become one batch with a Merkle root, and a call to the contract."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, inspect, select, text, update
from sqlmodel import col

from pygmalion_app.certificates import merkle
from pygmalion_app.certificates.models import Certificate, CertificateBatch, ChainOperation, OperationKind
from pygmalion_app.certificates.service import ADVANCE_TASK
from pygmalion_app.core.unit_of_work import UnitOfWork

MAX_BATCH = 10_000
_SEAL_LOCK = 0x50594753  # "PYGS"


def token_id(batch_id: int, leaf_index: int) -> int:
    """Return a certificate's id in the contract."""
    return batch_id << 32 | leaf_index


async def seal(uow: UnitOfWork, limit: int = MAX_BATCH) -> int | None:
    """Make one batch of the certificates that wait and return its id, None when none waits.

    Token ids are allocated here, before anything is sent, so that a repeated call names the same certificates.
    """
    # One sealing at a time: two would each take half of what waits, for twice the gas.
    await uow.session.execute(select(func.pg_advisory_xact_lock(_SEAL_LOCK)))
    waiting = (
        await uow.session.execute(
            select(col(Certificate.id), col(Certificate.commitment))
            .where(col(Certificate.batch_id).is_(None), col(Certificate.commitment).is_not(None))
            .order_by(col(Certificate.id))
            .limit(limit)
        )
    ).all()
    if not waiting:
        return None
    batch_id = (await uow.session.execute(text("SELECT nextval('certificate_batches_id_seq')"))).scalar_one()
    rows: list[tuple[UUID, bytes]] = [(row[0], row[1] or b"") for row in waiting]
    leaves = [merkle.leaf(token_id(batch_id, index), made) for index, (_id, made) in enumerate(rows)]
    tree = merkle.build(leaves)
    now = uow.clock.now()
    uow.session.add(CertificateBatch(id=batch_id, root=tree.root, count=len(rows), sealed_at=now))
    await uow.session.flush()
    await _place(uow, batch_id, rows, tree.proofs)
    uow.session.add(ChainOperation(kind=OperationKind.ANCHOR, batch_id=batch_id, created_at=now))
    await uow.session.flush()
    await uow.defer(ADVANCE_TASK, queueing_lock=ADVANCE_TASK)
    return batch_id


async def release(uow: UnitOfWork, batch_id: int) -> None:
    """Let the certificates of a batch that the contract will never hold wait for another one."""
    await uow.session.execute(
        update(Certificate)
        .where(col(Certificate.batch_id) == batch_id)
        .values(batch_id=None, leaf_index=None, token_id=None, proof=None)
    )


async def _place(
    uow: UnitOfWork, batch_id: int, rows: Sequence[tuple[UUID, bytes]], proofs: Sequence[tuple[bytes, ...]]
) -> None:
    table: Any = inspect(Certificate).local_table
    statement = (
        update(table)
        .where(table.c.id == bindparam("certificate"))
        .values(batch_id=batch_id, leaf_index=bindparam("leaf"), token_id=bindparam("token"), proof=bindparam("nodes"))
    )
    await uow.session.execute(
        statement,
        [
            {"certificate": row[0], "leaf": index, "token": token_id(batch_id, index), "nodes": list(proof)}
            for index, (row, proof) in enumerate(zip(rows, proofs, strict=True))
        ],
    )
