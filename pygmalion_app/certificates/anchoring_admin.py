"""Anchoring as the platform's administrators see it: the queue of contract calls, their cost, what keeps them."""

from datetime import datetime
from typing import Final, LiteralString

from pygmalion_app.certificates.models import OperationKind, OperationStatus, Trouble
from pygmalion_app.certificates.service import ADVANCE_TASK
from pygmalion_app.core import audit
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.paging import Page, PageRequest
from pygmalion_app.core.schemas import View
from pygmalion_app.core.unit_of_work import UnitOfWork

IN_TROUBLE: Final = "TROUBLE"
"""A filter beside the states: whatever something keeps, and conflicts that nobody looked into."""

_IN_TROUBLE: LiteralString = "(o.trouble IS NOT NULL OR (o.status = 'CONFLICT' AND o.acknowledged_at IS NULL))"
_WHERE: LiteralString = (
    "WHERE (%(state)s = '' OR o.status = %(state)s OR (%(state)s = 'TROUBLE' AND " + _IN_TROUBLE + "))"
)
_COUNT: LiteralString = "SELECT count(*) AS rows FROM chain_operations o " + _WHERE  # noqa: S608 - constants
_CALLS: LiteralString = """
SELECT o.id, o.kind, o.batch_id, coalesce(b.count, 1) AS certificates, b.renumbered_from, o.status, o.trouble,
  o.failures, o.retry_at, o.transaction_hash, o.block_number, o.chain_id, o.created_at, o.signed_at, o.mined_at,
  o.final_at, o.acknowledged_at, paid.cost AS cost_wei, paid.attempts
FROM chain_operations o LEFT JOIN certificate_batches b ON b.id = o.batch_id
CROSS JOIN LATERAL (SELECT sum(gas_used * gas_price) AS cost, count(*) AS attempts
                    FROM chain_transactions t WHERE t.operation_id = o.id) AS paid
"""
_LIST: LiteralString = _CALLS + _WHERE + " ORDER BY o.id DESC LIMIT %(limit)s OFFSET %(offset)s"
_TOTALS: LiteralString = """
SELECT (SELECT coalesce(sum(gas_used * gas_price), 0) FROM chain_transactions) AS cost_wei,
  (SELECT count(*) FROM chain_transactions WHERE gas_used IS NOT NULL) AS transactions,
  (SELECT coalesce(sum(t.gas_used), 0) FROM chain_transactions t JOIN chain_operations o ON o.id = t.operation_id
   WHERE o.kind = 'ANCHOR' AND o.status = 'FINAL') AS anchoring_gas,
  (SELECT coalesce(sum(b.count), 0) FROM chain_operations o JOIN certificate_batches b ON b.id = o.batch_id
   WHERE o.status = 'FINAL' AND EXISTS (SELECT FROM chain_transactions t
                                        WHERE t.operation_id = o.id AND t.gas_used IS NOT NULL)) AS paid_certificates,
  (SELECT coalesce(sum(b.count), 0) FROM chain_operations o JOIN certificate_batches b ON b.id = o.batch_id
   WHERE o.status = 'FINAL') AS anchored_certificates,
  (SELECT count(*) FROM certificates WHERE batch_id IS NULL AND commitment IS NOT NULL) AS waiting_certificates,
  (SELECT count(*) FROM chain_operations WHERE status = 'CONFLICT' AND acknowledged_at IS NULL) AS conflicts,
  (SELECT count(*) FROM chain_operations WHERE status IN ('SEALED', 'SIGNED', 'MINED')) AS under_way
"""
_WATCH: LiteralString = "SELECT swept_at, failing_since, failure, balance_wei, balance_at FROM chain_watches"


class OperationRow(View):
    """One call to the contract. Costs are in wei, and None where no transaction of it is known to be mined."""

    id: int
    kind: OperationKind
    batch_id: int | None
    certificates: int
    renumbered_from: int | None
    status: OperationStatus
    trouble: Trouble | None
    failures: int
    retry_at: datetime | None
    transaction_hash: bytes | None
    block_number: int | None
    chain_id: int | None
    created_at: datetime
    signed_at: datetime | None
    mined_at: datetime | None
    final_at: datetime | None
    acknowledged_at: datetime | None
    cost_wei: int | None
    attempts: int


class AnchoringTotals(View):
    """Everything at once; `gas_per_certificate` over the final batches whose cost is known."""

    cost_wei: int
    transactions: int
    gas_per_certificate: float | None
    anchored_certificates: int
    waiting_certificates: int
    under_way: int
    conflicts: int
    swept_at: datetime | None
    failing_since: datetime | None
    failure: str | None
    balance_wei: int | None
    balance_at: datetime | None


async def totals(uow: UnitOfWork) -> AnchoringTotals:
    """Return the queue in figures, and when a sweep last got through. For administrators."""
    uow.actor.require_platform_admin()
    row = (await uow.sql(_TOTALS))[0]
    watch = (await uow.sql(_WATCH))[0]
    gas, paid = int(row.pop("anchoring_gas")), int(row.pop("paid_certificates"))
    return AnchoringTotals(**row, **watch, gas_per_certificate=gas / paid if paid else None)


async def operations(uow: UnitOfWork, state: str, paging: PageRequest) -> Page[OperationRow]:
    """Return the calls, newest first; `state` is a state, `IN_TROUBLE`, or empty for all. For administrators."""
    uow.actor.require_platform_admin()
    total = (await uow.sql(_COUNT, state=state))[0]["rows"]
    rows = await uow.sql(_LIST, state=state, limit=paging.limit, offset=paging.offset)
    return Page(tuple(OperationRow.model_validate(row) for row in rows), total, paging)


async def retry(uow: UnitOfWork) -> None:
    """Let nothing wait for its time: everything is tried now. For administrators."""
    uow.actor.require_platform_admin()
    await uow.sql("UPDATE chain_operations SET retry_at = NULL WHERE status = 'SEALED' AND retry_at IS NOT NULL")
    await uow.defer(ADVANCE_TASK, queueing_lock=ADVANCE_TASK)
    await audit.record(uow, "anchoring.retried")


async def acknowledge(uow: UnitOfWork, operation_id: int) -> None:
    """Put a conflict's alarm out once a person has looked into it. For administrators. Raises NotFoundError."""
    uow.actor.require_platform_admin()
    changed = await uow.sql(
        "UPDATE chain_operations SET acknowledged_at = %(now)s WHERE id = %(id)s AND status = 'CONFLICT'"
        " AND acknowledged_at IS NULL RETURNING id",
        now=uow.clock.now(),
        id=operation_id,
    )
    if not changed:
        raise NotFoundError(operation=operation_id)
    await audit.record(uow, "anchoring.conflict_acknowledged", facts={"operation": operation_id})
