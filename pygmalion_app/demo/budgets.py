"""Budgets of the demonstration's companies that somebody can sign in to, and what their people ask for."""

from typing import Any, Final, LiteralString
from uuid import UUID

from pygmalion_app.budgets import figures
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, UnitOfWork, unit_of_work
from pygmalion_app.demo.compliance import LOOKED_AT, TEAM
from pygmalion_app.demo.ids import demo_id

_CENTERS: Final = (("ESC-01", "Assistance en escale"), ("SUR-02", "Sûreté"), ("ENC-03", "Encadrement et sécurité"))
_LIMIT_CENTS: Final = 500_000
_ROUND_CENTS: Final = 100_000
_NOT_ALLOTTED: Final = 7
"""Every so manieth order is left for the manager to allot."""

_ADD: LiteralString = """
INSERT INTO cost_centers (id, organization_id, code, name, year, allocated_cents, approval_limit_cents)
VALUES (%(id)s, %(organization)s, %(code)s, %(name)s, %(year)s, 0, %(limit)s) ON CONFLICT DO NOTHING
"""
_ORDERS: LiteralString = """
SELECT o.id, o.buyer_user_id, o.created_at, c.category FROM orders o
JOIN sessions s ON s.id = o.session_id JOIN courses c ON c.id = s.course_id
WHERE o.buyer_organization_id = %(organization)s AND o.created_at >= %(since)s AND o.created_at < %(until)s
  AND o.status <> 'EXPIRED' ORDER BY o.created_at, o.id
"""
_CHARGE: LiteralString = """
INSERT INTO budget_charges (id, order_id, cost_center_id, organization_id, charged_by, charged_at)
VALUES (%(id)s, %(order)s, %(center)s, %(organization)s, %(user)s, %(at)s) ON CONFLICT DO NOTHING
"""
_ALLOCATE: LiteralString = "UPDATE cost_centers SET allocated_cents = %(cents)s WHERE id = %(center)s"
# The soonest sessions in which somebody has no seat yet.
_OPEN: LiteralString = """
SELECT s.id FROM sessions s JOIN courses c ON c.id = s.course_id
WHERE s.status = 'scheduled' AND c.status = 'published' AND s.starts_at > %(now)s + interval '12 days'
  AND s.capacity - s.seats_taken >= 3
  AND NOT EXISTS (SELECT FROM enrollments e WHERE e.session_id = s.id AND e.user_id = %(user)s)
ORDER BY s.starts_at, s.id LIMIT 2 OFFSET %(skip)s
"""
_PEOPLE: LiteralString = """
SELECT u.id FROM organization_members m JOIN users u ON u.id = m.user_id
WHERE m.organization_id = %(organization)s AND m.role = 'learner'
ORDER BY u.email = 'learner@pygmalion.example' DESC, u.last_name, u.id LIMIT 3
"""
_ASK: LiteralString = """
INSERT INTO training_requests (id, created_at, organization_id, session_id, requested_by, user_ids, reason,
  payment_method, state, decided_by, note, closed_at)
VALUES (%(id)s, %(at)s, %(organization)s, %(session)s, %(user)s, ARRAY[%(user)s]::uuid[], %(reason)s, 'card',
  %(state)s, %(by)s, %(note)s, %(closed)s) ON CONFLICT DO NOTHING
"""
_REQUESTS: Final = (
    ("requested", "Mon badge de la zone réservée arrive à échéance au printemps.", ""),
    ("requested", "Je passe chef d'équipe en janvier.", ""),
    ("refused", "Pour changer de poste.", "Voyons cela à l'entretien annuel."),
)


async def fund(container: Container, manager: UUID) -> None:
    """Give the companies cost centres for this year, charge most orders to them, and let people ask for training."""
    async with unit_of_work(SYSTEM, container) as uow:
        for slug in LOOKED_AT:
            await _fund(uow, demo_id("organization", slug))
        await _ask(uow, demo_id("organization", TEAM), manager)


async def _fund(uow: UnitOfWork, organization_id: UUID) -> None:
    year = figures.year_of(uow.clock.now())
    centers = [demo_id("cost-center", organization_id, year, code) for code, _ in _CENTERS]
    for center, (code, name) in zip(centers, _CENTERS, strict=True):
        limit = _LIMIT_CENTS if center == centers[-1] else None
        facts = {"id": center, "organization": organization_id, "code": code, "name": name, "year": year}
        await uow.sql(_ADD, limit=limit, **facts)
    orders = await uow.sql(_ORDERS, organization=organization_id, **figures.bounds(year))
    for number, order in enumerate(orders):
        if number % _NOT_ALLOTTED == _NOT_ALLOTTED - 1:
            continue
        await uow.sql(
            _CHARGE,
            id=demo_id("budget-charge", order["id"]),
            order=order["id"],
            center=centers[_place(order, number)],
            organization=organization_id,
            user=order["buyer_user_id"],
            at=order["created_at"],
        )
    for number, center in enumerate(centers):
        used = await figures.used_of_center(uow, center)
        # Some are nearly used up, some are not.
        whole = used * (10 + 2 * number) // 9
        await uow.sql(_ALLOCATE, center=center, cents=(whole // _ROUND_CENTS + 5) * _ROUND_CENTS)


def _place(order: dict[str, Any], number: int) -> int:
    return 1 if order["category"] == "SECURITY" else 2 * (number % 3 == 0)


async def _ask(uow: UnitOfWork, organization_id: UUID, manager: UUID) -> None:
    now = uow.clock.now()
    people = await uow.sql(_PEOPLE, organization=organization_id)
    for number, (person, (state, reason, note)) in enumerate(zip(people, _REQUESTS, strict=False)):
        over = state == "refused"
        for session in (await uow.sql(_OPEN, now=now, user=person["id"], skip=2 * number))[:1]:
            await uow.sql(
                _ASK,
                id=demo_id("training-request", person["id"]),
                at=now,
                organization=organization_id,
                session=session["id"],
                user=person["id"],
                reason=reason,
                state=state,
                by=manager if over else None,
                note=note,
                closed=now if over else None,
            )
