"""What is to be known before a team is booked: of each person, of each session, and of the budget."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any, Literal, LiteralString
from uuid import UUID

from pygmalion_app.budgets import figures
from pygmalion_app.budgets.errors import NotInTeamError
from pygmalion_app.budgets.models import CostCenter
from pygmalion_app.budgets.schemas import Assign, AssignPreview, BudgetEffect, PersonCheck, SessionCheck
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments.invoice_orders import refusal
from pygmalion_app.enrollments.pricing import VAT_BASIS_POINTS, price_of

STILL_LONG = timedelta(days=90)
"""Whoever holds a certificate for longer than this after the session need not come yet."""

Fault = Literal["", "past", "full", "sales_stopped", "booked"]
Row = dict[str, Any]

_PEOPLE: LiteralString = """
SELECT u.id, u.email, u.first_name, u.last_name FROM users u
WHERE u.id = ANY (%(people)s::uuid[]) AND EXISTS (
  SELECT FROM organization_members m WHERE m.user_id = u.id AND m.organization_id = %(organization)s
) ORDER BY u.last_name, u.first_name, u.id
"""
_SESSIONS: LiteralString = """
SELECT s.id AS session_id, s.course_id, c.title AS course_title,
  coalesce(nullif(c.title_en, ''), c.title) AS course_title_en, c.slug AS course_slug, o.name AS organization_name,
  s.organization_id, o.vat_regime, s.starts_at, s.ends_at, s.time_zone, s.location, s.price_cents, s.currency,
  s.status = 'scheduled' AND c.status = 'published' AND s.starts_at > %(now)s AS open,
  o.sales_stopped_at IS NOT NULL AS sales_stopped, greatest(0, s.capacity - s.seats_taken) AS free,
  (SELECT min(w.quantity) FROM waiting_tickets(ARRAY[s.id]) w) AS smallest_waiting
FROM sessions s JOIN courses c ON c.id = s.course_id JOIN organizations o ON o.id = s.organization_id
WHERE s.id = ANY (%(sessions)s::uuid[]) ORDER BY s.starts_at, s.id
"""
_BOOKED: LiteralString = """
SELECT e.user_id, e.session_id FROM enrollments e JOIN orders o ON o.id = e.order_id
WHERE e.session_id = ANY (%(sessions)s::uuid[]) AND e.user_id = ANY (%(people)s::uuid[]) AND e.status <> 'CANCELLED'
  AND (e.status <> 'PENDING' OR o.hold_expires_at > %(now)s)
"""
_CONFLICTS: LiteralString = """
SELECT e.user_id, w.id AS session_id, s.starts_at, c.title, coalesce(nullif(c.title_en, ''), c.title) AS title_en
FROM enrollments e JOIN orders o ON o.id = e.order_id JOIN sessions s ON s.id = e.session_id
JOIN courses c ON c.id = s.course_id
JOIN sessions w ON w.id <> s.id AND w.starts_at < s.ends_at AND w.ends_at > s.starts_at
WHERE w.id = ANY (%(sessions)s::uuid[]) AND e.user_id = ANY (%(people)s::uuid[])
  AND e.buyer_organization_id = %(organization)s AND e.status IN ('PENDING', 'CONFIRMED', 'IN_PROGRESS')
  AND (e.status <> 'PENDING' OR o.hold_expires_at > %(now)s) AND s.status = 'scheduled'
ORDER BY s.starts_at
"""
# Read within the manager's own reach: certificates that their company has bought, or was given to check.
_HOLDS: LiteralString = """
SELECT held.user_id, w.id AS session_id, nullif(max(coalesce(held.until, 'infinity')), 'infinity') AS until
FROM sessions w JOIN courses wanted ON wanted.id = w.course_id JOIN (
  SELECT ce.user_id, ce.course_id, c.type_code, ce.valid_until AS until
  FROM certificates ce JOIN courses c ON c.id = ce.course_id
  WHERE ce.user_id = ANY (%(people)s::uuid[]) AND ce.revoked_at IS NULL
  UNION ALL
  SELECT x.user_id, NULL, x.type_code, (x.valid_until + 1)::timestamp AT TIME ZONE 'Europe/Paris'
  FROM external_certificates x WHERE x.user_id = ANY (%(people)s::uuid[]) AND x.state = 'accepted'
    AND x.organization_id = %(organization)s
) AS held ON held.course_id = wanted.id OR held.type_code = wanted.type_code
WHERE w.id = ANY (%(sessions)s::uuid[]) AND coalesce(held.until, 'infinity') > w.ends_at + %(still)s
GROUP BY held.user_id, w.id
"""


async def team(uow: UnitOfWork, organization_id: UUID, user_ids: Iterable[UUID]) -> dict[UUID, Row]:
    """Return a company's chosen people by id; NotInTeamError when one of them is not its own."""
    wanted = set(user_ids)
    rows = await uow.sql(_PEOPLE, people=list(wanted), organization=organization_id)
    if len(rows) < len(wanted):
        raise NotInTeamError(field="user_ids")
    return {row["id"]: row for row in rows}


def company_of(uow: UnitOfWork, organization_id: UUID | None) -> UUID:
    """Return the company that a manager books for; PermissionDeniedError when they book for none, or not for it."""
    uow.actor.require_user()
    allowed = uow.actor.organizations_with(Permission.ENROLLMENT_CREATE)
    chosen = organization_id or next(iter(allowed), None)
    if chosen is None or chosen not in allowed:
        raise uow.actor.denied(Permission.ENROLLMENT_CREATE, chosen)
    return chosen


async def preview(uow: UnitOfWork, command: Assign) -> AssignPreview:
    """Return what booking would mean; nothing is held. The number of statements does not grow with the people."""
    company = company_of(uow, command.organization_id)
    center = await _center(uow, company, command.cost_center_id)
    people = await team(uow, company, (one for seats in command.bookings for one in seats.user_ids))
    facts = await _Facts.read(uow, company, [seats.session_id for seats in command.bookings], list(people))
    limit = center.approval_limit_cents if center else None
    checks = tuple(
        facts.check(row, people, seats.user_ids, limit)
        for row in facts.sessions
        for seats in command.bookings
        if seats.session_id == row["session_id"]
    )
    total = sum(check.amount_cents for check in checks)
    budget = await _effect(uow, center, total) if center else None
    bookable = all(not check.fault for check in checks) and (budget is None or budget.fits)
    if command.payment_method == "invoice":
        bookable &= not any(check.invoice_refusal for check in checks)
    return AssignPreview(sessions=checks, amount_cents=total, budget=budget, bookable=bookable)


async def _center(uow: UnitOfWork, company: UUID, center_id: UUID | None) -> CostCenter | None:
    if center_id is None:
        return None
    found = await uow.session.get(CostCenter, center_id, populate_existing=True)
    if found is None or found.organization_id != company:
        raise NotFoundError(cost_center=str(center_id))
    return found


async def _effect(uow: UnitOfWork, center: CostCenter, total: int) -> BudgetEffect:
    async with uow.elevated():
        left = center.allocated_cents - await figures.used_of_center(uow, center.id)
    return BudgetEffect(
        id=center.id,
        code=center.code,
        name=center.name,
        allocated_cents=center.allocated_cents,
        left_before_cents=left,
        left_after_cents=left - total,
        fits=total <= left,
    )


class _Facts:
    """What the database says of some people and some sessions."""

    def __init__(self, sessions: list[Row], refusals: Mapping[UUID, str]) -> None:
        """Keep the sessions; what is known of people follows."""
        self.sessions = sessions
        self.refusals = refusals
        self.booked: set[tuple[UUID, UUID]] = set()
        self.conflicts: dict[tuple[UUID, UUID], Row] = {}
        self.holds: dict[tuple[UUID, UUID], Row] = {}

    @classmethod
    async def read(cls, uow: UnitOfWork, company: UUID, sessions: Sequence[UUID], people: Sequence[UUID]) -> "_Facts":
        asked = {"sessions": list(sessions), "people": list(people), "organization": company, "now": uow.clock.now()}
        rows = await uow.sql(_SESSIONS, **asked)
        if len(rows) < len(set(sessions)):
            raise NotFoundError(field="session_id")
        async with uow.elevated():
            # Whoever bought the seat; of what else somebody does, their company learns nothing.
            booked = await uow.sql(_BOOKED, **asked)
            refusals = {one: await refusal(uow, one, company) for one in {row["organization_id"] for row in rows}}
        facts = cls(rows, refusals)
        facts.booked = {(row["user_id"], row["session_id"]) for row in booked}
        for row in await uow.sql(_CONFLICTS, **asked):
            facts.conflicts.setdefault((row["user_id"], row["session_id"]), row)
        for row in await uow.sql(_HOLDS, **asked, still=STILL_LONG):
            facts.holds[row["user_id"], row["session_id"]] = row
        return facts

    def check(
        self, row: Row, people: Mapping[UUID, Row], chosen: Sequence[UUID], limit_cents: int | None
    ) -> SessionCheck:
        listed = tuple(self._person(person, row) for person in people.values() if person["id"] in chosen)
        wanted = sum(not one.booked for one in listed)
        waiting = row["smallest_waiting"]
        # As at the till: free seats go to those who wait, where they fit.
        left = 0 if waiting is not None and waiting <= row["free"] else row["free"]
        amount = price_of(row["price_cents"], wanted, VAT_BASIS_POINTS[row["vat_regime"]]).total_cents
        return SessionCheck(
            **{name: row[name] for name in SessionCheck.model_fields if name in row},
            seats_left=left,
            wanted=wanted,
            unit_price_cents=row["price_cents"],
            amount_cents=amount,
            fault=_fault(row, wanted, left),
            invoice_refusal=self.refusals[row["organization_id"]],
            needs_second=limit_cents is not None and amount > limit_cents,
            people=listed,
        )

    def _person(self, person: Row, session: Row) -> PersonCheck:
        key = (person["id"], session["session_id"])
        conflict, held = self.conflicts.get(key, {}), self.holds.get(key)
        return PersonCheck(
            user_id=person["id"],
            name=f"{person['first_name']} {person['last_name']}",
            booked=key in self.booked,
            holds=held is not None,
            valid_until=held["until"] if held else None,
            conflict_title=conflict.get("title", ""),
            conflict_title_en=conflict.get("title_en", ""),
            conflict_starts_at=conflict.get("starts_at"),
        )


def _fault(row: Row, wanted: int, left: int) -> Fault:
    if not row["open"]:
        return "past"
    if row["sales_stopped"]:
        return "sales_stopped"
    if not wanted:
        return "booked"
    return "full" if wanted > left else ""
