"""Writing to the books, and reading what stands on an account.

Nobody but `payments.accounting` posts: it alone knows what a sale or a refund does to which account.
"""

from typing import LiteralString
from uuid import UUID

from pygmalion_app.core.ids import new_id
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.ledger.errors import EntryConflictError, UnbalancedEntryError
from pygmalion_app.ledger.models import Account
from pygmalion_app.ledger.schemas import Balance, Entry, Line

_POST: LiteralString = """
WITH entry AS (
  INSERT INTO ledger_entries (id, key, kind, order_id, payment_id, source, currency, occurred_at)
  VALUES (%(id)s, %(key)s, %(kind)s, %(order_id)s, %(payment_id)s, %(source)s, %(currency)s, %(now)s)
  ON CONFLICT (key) DO NOTHING RETURNING id
)
INSERT INTO ledger_lines (entry_id, position, account, amount_cents, organization_id)
SELECT entry.id, line.position, line.account, line.amount, line.organization
FROM entry, unnest(%(accounts)s::text[], %(amounts)s::bigint[], %(organizations)s::uuid[])
  WITH ORDINALITY AS line (account, amount, organization, position)
RETURNING position
"""
_POSTED: LiteralString = """
SELECT e.kind, e.currency, e.order_id, e.payment_id, l.account, l.amount_cents, l.organization_id
FROM ledger_entries e JOIN ledger_lines l ON l.entry_id = e.id WHERE e.key = %(key)s ORDER BY l.position
"""
_BALANCES: LiteralString = """
SELECT l.account, e.currency, sum(l.amount_cents)::bigint AS amount_cents
FROM ledger_lines l JOIN ledger_entries e ON e.id = l.entry_id
WHERE (%(organization)s::uuid IS NULL OR l.organization_id = %(organization)s)
  AND (%(order)s::uuid IS NULL OR e.order_id = %(order)s)
GROUP BY l.account, e.currency ORDER BY e.currency, l.account
"""


async def post(uow: UnitOfWork, entry: Entry) -> bool:
    """Write an entry in the caller's transaction; False when its key has told of it already.

    One statement. Raises UnbalancedEntryError, and EntryConflictError where the key tells of something else.
    """
    lines = _lines(entry)
    if not lines:
        return False  # a sale of nothing moves nothing
    async with uow.elevated():
        posted = await uow.sql(_POST, **_row(uow, entry, lines))
        if not posted:
            await _require_same(uow, entry)
    return bool(posted)


async def post_along(uow: UnitOfWork, entry: Entry) -> None:
    """Write an entry as `post` does, but with the transaction's next statement: EntryConflictError is raised there.

    For who does not ask whether it was written before.
    """
    if lines := _lines(entry):
        async with uow.elevated():
            uow.send_along(_POST, lambda: _require_same(uow, entry), **_row(uow, entry, lines))


def _lines(entry: Entry) -> tuple[Line, ...]:
    lines = tuple(line for line in entry.lines if line.amount_cents)
    if sum(line.amount_cents for line in lines):
        raise UnbalancedEntryError(key=entry.key)
    return lines


def _row(uow: UnitOfWork, entry: Entry, lines: tuple[Line, ...]) -> dict[str, object]:
    return {
        "id": new_id(),
        "key": entry.key,
        "kind": entry.kind.value,
        "order_id": entry.order_id,
        "payment_id": entry.payment_id,
        "source": entry.source,
        "currency": entry.currency,
        "now": uow.clock.now(),
        "accounts": [line.account.value for line in lines],
        "amounts": [line.amount_cents for line in lines],
        "organizations": [line.organization_id for line in lines],
    }


async def _require_same(uow: UnitOfWork, entry: Entry) -> None:
    async with uow.elevated():
        rows = await uow.sql(_POSTED, key=entry.key)
    known = [(row["account"], row["amount_cents"], row["organization_id"]) for row in rows]
    told = [(line.account.value, line.amount_cents, line.organization_id) for line in _lines(entry)]
    about = (entry.kind.value, entry.currency, entry.order_id, entry.payment_id)
    if known != told or about != tuple(rows[0][name] for name in ("kind", "currency", "order_id", "payment_id")):
        raise EntryConflictError(key=entry.key)


async def balances(uow: UnitOfWork) -> list[Balance]:
    """Return what stands on every account of the platform. For its administrators."""
    uow.actor.require_platform_admin()
    return await _balances(uow)


async def organization_balances(uow: UnitOfWork, organization_id: UUID) -> list[Balance]:
    """Return what stands on an organisation's accounts, for those who may read its payments."""
    uow.actor.require(Permission.PAYMENT_READ, organization_id)
    return await _balances(uow, organization=organization_id)


async def order_balances(uow: UnitOfWork, order_id: UUID) -> dict[Account, int]:
    """Return what stands on each account for one order: BUYER is what is owed minus what was paid.

    The caller has checked the actor.
    """
    async with uow.elevated():
        found = await _balances(uow, order=order_id)
    return {balance.account: balance.amount_cents for balance in found}


async def _balances(uow: UnitOfWork, organization: UUID | None = None, order: UUID | None = None) -> list[Balance]:
    rows = await uow.sql(_BALANCES, organization=organization, order=order)
    return [Balance(Account(row["account"]), row["currency"], row["amount_cents"]) for row in rows]
