"""Sealing: the certificates that wait become one batch with a Merkle root, and a call to the contract."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import and_, exists, func, select, text, update
from sqlmodel import col

from pygmalion_app.certificates import merkle, operations
from pygmalion_app.certificates.models import (
    Certificate,
    CertificateBatch,
    ChainOperation,
    OperationKind,
    OperationStatus,
    Trouble,
)
from pygmalion_app.certificates.operations import Operation
from pygmalion_app.certificates.service import ADVANCE_TASK
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, UnitOfWork, unit_of_work

MAX_BATCH = 10_000
_SEAL_LOCK = 0x50594753  # "PYGS"
_NEXT = text("SELECT nextval('certificate_batches_id_seq')")
_PLACE = """
UPDATE certificates SET batch_id = %(batch)s, leaf_index = placed.position - 1,
  token_id = (%(batch)s::bigint << 32) | (placed.position - 1),
  proof = ARRAY(SELECT substr(placed.nodes, 32 * i + 1, 32)
                FROM generate_series(0, length(placed.nodes) / 32 - 1) AS i ORDER BY i)
FROM unnest(%(certificates)s::uuid[], %(proofs)s::bytea[]) WITH ORDINALITY AS placed (id, nodes, position)
WHERE certificates.id = placed.id
"""


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
    batch_id = (await uow.session.execute(_NEXT)).scalar_one()
    tree, placed = _tree(batch_id, [(row[0], row[1] or b"") for row in waiting])
    now = uow.clock.now()
    uow.session.add(CertificateBatch(id=batch_id, root=tree.root, count=len(placed), sealed_at=now))
    await uow.session.flush()
    await _place(uow, batch_id, placed, tree.proofs)
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


async def may_seal(uow: UnitOfWork) -> bool:
    """Tell whether certificates wait for a batch and none that is sealed waits to be sent."""
    waiting = exists().where(col(Certificate.batch_id).is_(None), col(Certificate.commitment).is_not(None))
    unsent = exists().where(
        col(ChainOperation.kind) == OperationKind.ANCHOR, col(ChainOperation.status) == OperationStatus.SEALED
    )
    return bool((await uow.session.execute(select(and_(waiting, ~unsent)))).scalar_one())


async def next_number(parts: Container) -> int:
    """Return a batch number that was never given out here."""
    async with unit_of_work(SYSTEM, parts) as uow:
        return (await uow.session.execute(_NEXT)).scalar_one()


async def renumber(uow: UnitOfWork, operation: Operation, number: int) -> None:
    """Give a batch that was never sent another number, with the token ids, leaves and root that follow from it."""
    old = await uow.session.get_one(CertificateBatch, operation.batch_id)
    rows = (
        await uow.session.execute(
            select(col(Certificate.id), col(Certificate.commitment))
            .where(col(Certificate.batch_id) == old.id)
            .order_by(col(Certificate.leaf_index))
        )
    ).all()
    tree, placed = _tree(number, [(row[0], row[1] or b"") for row in rows])
    uow.session.add(
        CertificateBatch(
            id=number, root=tree.root, count=len(placed), sealed_at=old.sealed_at, renumbered_from=operation.batch_id
        )
    )
    await uow.session.flush()
    await operations.move(uow, operation, batch_id=number, trouble=Trouble.NUMBER_TAKEN)
    await _place(uow, number, placed, tree.proofs)
    await uow.session.delete(old)
    await uow.session.flush()


def _tree(batch_id: int, rows: list[tuple[UUID, bytes]]) -> tuple[merkle.MerkleTree, list[UUID]]:
    leaves = [merkle.leaf(token_id(batch_id, index), made) for index, (_id, made) in enumerate(rows)]
    return merkle.build(leaves), [row[0] for row in rows]


async def _place(
    uow: UnitOfWork, batch_id: int, certificates: Sequence[UUID], proofs: Sequence[tuple[bytes, ...]]
) -> None:
    """Give the certificates of a batch their places in it: one statement, however many they are."""
    await uow.sql(
        _PLACE,
        batch=batch_id,
        certificates=list(certificates),
        # PostgreSQL knows no arrays of arrays that differ in length.
        proofs=[b"".join(proof) for proof in proofs],
    )
