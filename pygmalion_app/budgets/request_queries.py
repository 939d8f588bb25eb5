"""Requests as they are read: one's own, and a company's queue. One statement each."""

from typing import Any, LiteralString, cast
from uuid import UUID

from pygmalion_app.budgets.schemas import RequestView
from pygmalion_app.core.paging import Page, PageRequest
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments.pricing import VAT_BASIS_POINTS, price_of

_VIEW: LiteralString = """
SELECT r.*, c.title AS course_title, coalesce(nullif(c.title_en, ''), c.title) AS course_title_en,
  c.slug AS course_slug, s.starts_at, s.ends_at, s.time_zone, s.location, s.price_cents, s.currency, o.vat_regime,
  greatest(0, s.capacity - s.seats_taken) AS seats_left, ordered.total_cents,
  asker.first_name || ' ' || asker.last_name AS requested_by_name,
  coalesce(first.first_name || ' ' || first.last_name, '') AS first_approved_by_name,
  (SELECT coalesce(array_agg(u.first_name || ' ' || u.last_name ORDER BY u.last_name, u.first_name, u.id), '{}')
    FROM users u WHERE u.id = ANY (r.user_ids)) AS people,
  count(*) OVER () AS total
FROM training_requests r JOIN sessions s ON s.id = r.session_id JOIN courses c ON c.id = s.course_id
JOIN organizations o ON o.id = s.organization_id JOIN users asker ON asker.id = r.requested_by
LEFT JOIN users first ON first.id = r.first_approved_by LEFT JOIN orders ordered ON ordered.id = r.order_id
"""
_QUEUE: LiteralString = """
WHERE r.organization_id = %(organization)s
  AND (r.state IN ('requested', 'seconded') AND s.starts_at > %(now)s AND s.status = 'scheduled') = %(open)s
ORDER BY CASE WHEN %(open)s THEN s.starts_at END, r.created_at DESC, r.id LIMIT %(limit)s OFFSET %(offset)s
"""
_MINE: LiteralString = """
WHERE r.requested_by = %(user)s ORDER BY r.created_at DESC, r.id LIMIT %(limit)s OFFSET %(offset)s
"""
_ONE: LiteralString = "WHERE r.id = %(id)s"


async def queue(
    uow: UnitOfWork, organization_id: UUID, paging: PageRequest, *, is_open: bool = True
) -> Page[RequestView]:
    """Return what a company's people ask for: what waits for an answer, the soonest session first, or what is over."""
    uow.actor.require(Permission.BUDGET_MANAGE, organization_id)
    await uow.require_reach(organization_id)
    query = cast("LiteralString", _VIEW + _QUEUE)
    return await _read(uow, query, paging, organization=organization_id, now=uow.clock.now(), open=is_open)


async def mine(uow: UnitOfWork, paging: PageRequest) -> Page[RequestView]:
    """Return what the caller has asked for, the newest first."""
    return await _read(uow, cast("LiteralString", _VIEW + _MINE), paging, user=uow.actor.require_user())


async def one(uow: UnitOfWork, request_id: UUID) -> RequestView:
    """Return a request that the caller was allowed to see."""
    found = await _read(uow, cast("LiteralString", _VIEW + _ONE), PageRequest(), id=request_id)
    return found.items[0]


async def _read(uow: UnitOfWork, query: LiteralString, paging: PageRequest, **facts: object) -> Page[RequestView]:
    async with uow.elevated():
        rows = await uow.sql(query, limit=paging.limit, offset=paging.offset, **facts)
    return Page(tuple(_view(row) for row in rows), rows[0]["total"] if rows else 0, paging)


def _view(row: dict[str, Any]) -> RequestView:
    price = price_of(row["price_cents"], len(row["user_ids"]), VAT_BASIS_POINTS[row["vat_regime"]])
    amount = price.total_cents if row["total_cents"] is None else row["total_cents"]
    return RequestView(**{name: row[name] for name in RequestView.model_fields if name in row}, amount_cents=amount)
