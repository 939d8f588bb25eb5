"""A company with a team and a cost centre, and its figures in plain SQL."""

from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID

from pygmalion_app.budgets import service
from pygmalion_app.budgets.schemas import Assign, BudgetSummary, NewCostCenter, Seats
from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import unit_of_work
from tests.cast import Cast, add_person

SEAT = 114_000
"""What a seat costs, VAT included."""
YEAR = 2026

# Told the other way round than `budgets.figures` does: by what each order's buyer owes, pays and gets back.
_PLAIN: LiteralString = """
SELECT coalesce(sum(p.amount_cents) FILTER (WHERE o.status = 'PENDING'
    OR (o.status = 'CONFIRMED' AND p.paid_at IS NULL)), 0)::bigint AS committed,
  coalesce(sum(p.amount_cents) FILTER (WHERE p.paid_at IS NOT NULL), 0)::bigint AS spent,
  coalesce(sum(r.cents), 0)::bigint AS reversed
FROM orders o JOIN budget_charges b ON b.order_id = o.id JOIN payments p ON p.reference = o.id
LEFT JOIN (SELECT payment_id, sum(amount_cents) AS cents FROM refunds GROUP BY payment_id) r ON r.payment_id = p.id
WHERE b.cost_center_id = %(center)s
"""


@dataclass(frozen=True)
class Team:
    """Marc's team: the cast, three colleagues of Lea's, a second manager, and a cost centre."""

    cast: Cast
    people: tuple[UUID, ...]
    second: Actor
    center: UUID


async def add_team(cast: Cast, *, seats: int = 4, limit: int | None = None) -> Team:
    """Add colleagues, a second manager, and a cost centre that pays for so many seats."""
    async with unit_of_work(SYSTEM) as uow:
        names = ("ana", "bob", "cleo")
        people = [await add_person(uow, name, (cast.company, Role.LEARNER)) for name in names]
        second = await add_person(uow, "nora", (cast.company, Role.MANAGER))
    async with unit_of_work(cast.marc) as uow:
        year = (await service.summary(uow, cast.company)).year
        command = NewCostCenter(
            code="PISTE", name="Piste", year=year, allocated_cents=seats * SEAT, approval_limit_cents=limit
        )
        center = await service.create(uow, cast.company, command)
    return Team(cast, tuple(one.user_id for one in people if one.user_id), second, center)


def booking(team: Team, *people: UUID, session: UUID | None = None, **more: Any) -> Assign:
    """Return a booking of people on a session, charged to the cost centre."""
    seats = Seats(session_id=session or team.cast.session, user_ids=people or team.people)
    return Assign.model_validate({"bookings": (seats,), "cost_center_id": team.center} | more)


async def summary(team: Team) -> BudgetSummary:
    """Return the company's figures."""
    async with unit_of_work(team.cast.marc) as uow:
        return await service.summary(uow, team.cast.company)


async def plain(team: Team) -> tuple[int, int, int]:
    """Return committed, spent and reversed in plain SQL."""
    async with unit_of_work(SYSTEM) as uow:
        (row,) = await uow.sql(_PLAIN, center=team.center)
    return row["committed"], row["spent"], row["reversed"]


def told(figures: BudgetSummary) -> tuple[int, int, int]:
    """Return the same of a summary."""
    return figures.committed_cents, figures.spent_cents, figures.reversed_cents
