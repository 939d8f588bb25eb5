"""The books against the gateway's own account of what moved, day by day; its fees enter the books from there.

Each movement of the platform's balance has a subject and a source (a payment intent, a refund, a dispute); the ledger
knows the same sources. Compared is what both must say: the charge, the refund, a refund that came back, a disputed sum
and its return, what was taken back from an organisation's account (a reversed transfer that belongs to no refund); and,
where a charge or a refund was shared with an organisation's account, what stayed the platform's.
The platform's own payouts to its bank are no part of the orders' books.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, LiteralString
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.core import audit
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.gateway import BalanceMovement, MovementKind
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.paging import Page, PageRequest
from pygmalion_app.core.unit_of_work import UnitOfWork, container, unit_of_work
from pygmalion_app.payments import accounting
from pygmalion_app.payments.errors import DifferenceClosedError
from pygmalion_app.payments.models import Payment
from pygmalion_app.payments.reconciliation_models import DifferenceKind, DifferenceState, ReconciliationDifference
from pygmalion_app.payments.schemas import DifferenceView

NEIGHBOURS: Final = timedelta(days=2)
"""How far the gateway's clock and ours may put the same thing on different days."""
CATCH_UP_DAYS: Final = 7
Key = tuple[str, str]
"""Source and subject."""

_SHARED: Final = {
    MovementKind.TRANSFER: "charge_share",
    MovementKind.COMMISSION: "charge_share",
    MovementKind.TRANSFER_REVERSAL: "refund_share",
    MovementKind.COMMISSION_REFUND: "refund_share",
}
_SUBJECTS: Final = {
    MovementKind.CHARGE: "charge",
    MovementKind.DISPUTE: "dispute",
    MovementKind.DISPUTE_REVERSAL: "dispute_return",
}
_HERE: LiteralString = """
SELECT e.source, e.currency, e.order_id,
  CASE e.kind WHEN 'dispute_won' THEN 'dispute_return' ELSE e.kind END AS subject,
  -- What is taken back stays at the gateway: it changes hands there, and the platform's side of it is compared.
  sum(l.amount_cents) FILTER (WHERE l.account = 'GATEWAY' AND (e.kind <> 'transfer_back' OR l.organization_id IS NULL)
    )::bigint AS cents,
  coalesce(sum(l.amount_cents) FILTER (WHERE l.account = 'GATEWAY' AND l.organization_id IS NULL), 0)::bigint AS share
FROM ledger_entries e JOIN ledger_lines l ON l.entry_id = e.id
WHERE e.kind IN ('charge', 'refund', 'refund_failed', 'dispute', 'dispute_won', 'transfer_back')
  AND e.source IS NOT NULL
  AND (e.source = ANY (%(sources)s) OR (e.occurred_at >= %(since)s AND e.occurred_at < %(until)s))
GROUP BY e.source, e.currency, e.order_id, e.kind
"""
_KEEP: LiteralString = """
INSERT INTO reconciliation_differences
  (id, created_at, day, kind, subject, source, here_cents, there_cents, currency, order_id, state, note)
VALUES (%(id)s, %(now)s, %(day)s, %(kind)s, %(subject)s, %(source)s, %(here)s, %(there)s, %(currency)s, %(order)s,
  'open', '')
ON CONFLICT (source, subject) DO UPDATE SET kind = EXCLUDED.kind, here_cents = EXCLUDED.here_cents,
  there_cents = EXCLUDED.there_cents,
  state = CASE WHEN reconciliation_differences.state = 'cleared' THEN 'open' ELSE reconciliation_differences.state END
"""
_CLEAR: LiteralString = """
UPDATE reconciliation_differences SET state = 'cleared', resolved_at = %(now)s
WHERE state = 'open' AND source = %(source)s AND subject = %(subject)s
"""
_DONE: LiteralString = """
INSERT INTO reconciliations (id, created_at, day, movements, differences, fees_cents, finished_at)
VALUES (%(id)s, %(now)s, %(day)s, %(movements)s, %(differences)s, %(fees)s, %(now)s)
ON CONFLICT (day) DO UPDATE SET movements = EXCLUDED.movements, differences = EXCLUDED.differences,
  fees_cents = EXCLUDED.fees_cents, finished_at = EXCLUDED.finished_at
"""


@dataclass(slots=True)
class Told:
    """What the gateway tells of a span of time, by source and subject."""

    cents: dict[Key, int] = field(default_factory=lambda: defaultdict(int))
    currency: dict[Key, str] = field(default_factory=dict[Key, str])


@dataclass(frozen=True, slots=True)
class Booked:
    """What the books hold of a source and subject."""

    cents: int
    currency: str
    order_id: UUID | None


async def reconcile(day: date) -> int:
    """Compare one day (UTC) and return how many differences it has. Doing it again finds the same, and what cleared.

    The gateway is asked before the transaction. Raises UnavailableError.
    """
    parts = container()
    since = datetime.combine(day, time(), UTC)
    until = since + timedelta(days=1)
    around = [moved async for moved in parts.ports.balance.movements(since - NEIGHBOURS, until + NEIGHBOURS)]
    of_day = [moved for moved in around if since <= moved.created_at < until]
    async with unit_of_work(SYSTEM, parts) as uow:
        fees = await _post_fees(uow, of_day)
        refunds = {moved.source for moved in around if moved.kind is MovementKind.REFUND}
        told, nearby = _told(of_day, refunds), _told(around, refunds)
        books = await _booked(uow, [source for source, _ in nearby.cents], since, until)
        within = await _booked(uow, [], since, until)
        count = 0
        for key in {*told.cents, *within}:
            here, there = books.get(key), nearby.cents.get(key)
            if key[1].endswith("_share") and there is None:
                continue  # an organisation without an account of its own: all of it stayed here
            if (here.cents if here else None) != there:
                count += 1
                await _keep(uow, day, key, here, there, nearby.currency.get(key, ""))
        await _clear(uow, nearby)
        await uow.sql(
            _DONE, id=new_id(), now=uow.clock.now(), day=day, movements=len(of_day), differences=count, fees=fees
        )
    return count


def _told(movements: Iterable[BalanceMovement], refunds: set[str]) -> Told:
    told = Told()
    shares: Told = Told()
    for moved in movements:
        subject = _subject(moved, refunds)
        if subject is not None:
            key = (moved.source, subject)
            told.cents[key] += moved.amount_cents
            told.currency[key] = moved.currency.upper()
        share = _SHARED.get(moved.kind)
        if share:
            key = (moved.source, share)
            shares.cents[key] += moved.amount_cents
            shares.currency[key] = moved.currency.upper()
    for (source, share), cents in shares.cents.items():
        whole = told.cents.get((source, share.removesuffix("_share")))
        if whole is not None:
            told.cents[source, share] = whole + cents
            told.currency[source, share] = shares.currency[source, share]
    return told


def _subject(moved: BalanceMovement, refunds: set[str]) -> str | None:
    """Return what a movement is about; None of one that is only the organisation's share of another."""
    match moved.kind:
        case MovementKind.REFUND:
            return "refund" if moved.amount_cents < 0 else "refund_failed"
        case MovementKind.TRANSFER_REVERSAL:
            return None if moved.source in refunds else "transfer_back"
        case MovementKind.OTHER:
            return "other" if moved.amount_cents else None
        case kind:
            return _SUBJECTS.get(kind)


async def _booked(uow: UnitOfWork, sources: list[str], since: datetime, until: datetime) -> dict[Key, Booked]:
    found: dict[Key, Booked] = {}
    for row in await uow.sql(_HERE, sources=sources, since=since, until=until):
        source, subject = row["source"], row["subject"]
        found[source, subject] = Booked(row["cents"], row["currency"], row["order_id"])
        if subject in {"charge", "refund"}:
            found[source, f"{subject}_share"] = Booked(row["share"], row["currency"], row["order_id"])
    return found


async def _post_fees(uow: UnitOfWork, movements: list[BalanceMovement]) -> int:
    """Enter what the gateway kept, each movement's once, and return the sum."""
    charged = [moved for moved in movements if moved.fee_cents]
    owners = await uow.sql(
        "SELECT DISTINCT ON (source) source, payment_id FROM ledger_entries"
        " WHERE source = ANY (%(sources)s) AND payment_id IS NOT NULL",
        sources=[moved.source for moved in charged],
    )
    ids = {row["source"]: row["payment_id"] for row in owners}
    rows = await uow.session.execute(select(Payment).where(col(Payment.id).in_(set(ids.values()))))
    payments = {payment.id: payment for payment in rows.scalars()}
    for moved in charged:
        payment = payments.get(ids[moved.source]) if moved.source in ids else None
        await accounting.fee(uow, moved.fee_cents, moved.currency.upper(), moved.source, moved.id, payment)
    return sum(moved.fee_cents for moved in charged)


async def _keep(uow: UnitOfWork, day: date, key: Key, here: Booked | None, there: int | None, currency: str) -> None:
    kind = DifferenceKind.OTHER_AMOUNT
    if here is None or there is None:
        kind = DifferenceKind.MISSING_HERE if here is None else DifferenceKind.MISSING_THERE
    await uow.sql(
        _KEEP,
        id=new_id(),
        now=uow.clock.now(),
        day=day,
        kind=kind.value,
        source=key[0],
        subject=key[1],
        here=here.cents if here else None,
        there=there,
        currency=here.currency if here else currency,
        order=here.order_id if here else None,
    )


async def _clear(uow: UnitOfWork, nearby: Told) -> None:
    """Close the open differences about which both sides agree by now: an event that came days late."""
    query = select(ReconciliationDifference).where(col(ReconciliationDifference.state) == DifferenceState.OPEN)
    differences = (await uow.session.execute(query)).scalars().all()
    if not differences:
        return
    now = uow.clock.now()
    books = await _booked(uow, [difference.source for difference in differences], now, now)
    for difference in differences:
        key = (difference.source, difference.subject)
        here = books.get(key)
        there = nearby.cents.get(key, difference.there_cents)
        if here is not None and here.cents == there:
            await uow.sql(_CLEAR, now=now, source=key[0], subject=key[1])


async def days_to_do(uow: UnitOfWork) -> list[date]:
    """Return yesterday, and the days of the week before that nobody has compared yet, the oldest first."""
    yesterday = uow.clock.now().date() - timedelta(days=1)
    days = [yesterday - timedelta(days=back) for back in range(CATCH_UP_DAYS)]
    done = {
        row["day"] for row in await uow.sql("SELECT day FROM reconciliations WHERE day = ANY (%(days)s)", days=days)
    }
    return sorted(day for day in days if day not in done or day == yesterday)


async def differences(uow: UnitOfWork, paging: PageRequest, *, only_open: bool = True) -> Page[DifferenceView]:
    """Return the differences, newest first. For administrators."""
    uow.actor.require_platform_admin()
    states = ["open"] if only_open else ["open", "cleared", "resolved"]
    total = await uow.sql(
        "SELECT count(*) AS rows FROM reconciliation_differences WHERE state = ANY (%(states)s)", states=states
    )
    rows = await uow.sql(
        "SELECT * FROM reconciliation_differences WHERE state = ANY (%(states)s)"
        " ORDER BY day DESC, id DESC LIMIT %(limit)s OFFSET %(offset)s",
        states=states,
        limit=paging.limit,
        offset=paging.offset,
    )
    return Page(tuple(DifferenceView.model_validate(row) for row in rows), total[0]["rows"], paging)


async def resolve(uow: UnitOfWork, difference_id: UUID, note: str) -> DifferenceView:
    """Close a difference with a word on why. For administrators. Raises DifferenceClosedError, NotFoundError."""
    uow.actor.require_platform_admin()
    async with uow.elevated():
        found = await uow.session.get(ReconciliationDifference, difference_id, with_for_update=True)
        if found is None:
            raise NotFoundError(difference=str(difference_id))
        if found.state != DifferenceState.OPEN:
            raise DifferenceClosedError(difference=str(difference_id))
        found.state, found.note = DifferenceState.RESOLVED, note
        found.resolved_by, found.resolved_at = uow.actor.user_id, uow.clock.now()
        await uow.session.flush()
        await audit.record(
            uow, "reconciliation.resolved", subject_id=found.id, facts={"kind": found.kind, "subject": found.subject}
        )
    return DifferenceView.model_validate(found)
