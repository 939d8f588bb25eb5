"""Cost centres, what is charged to them, and the figures of a company's year.

Lock order: the cost centre, then people, sessions, payments, as everywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, LiteralString
from uuid import UUID

from psycopg.errors import ForeignKeyViolation, LockNotAvailable, UniqueViolation
from sqlalchemy import func, select
from sqlmodel import col

from pygmalion_app.budgets import figures
from pygmalion_app.budgets.errors import (
    BelowUsedError,
    BudgetExceededError,
    CostCenterExistsError,
    CostCenterInUseError,
    OrderNotChargeableError,
)
from pygmalion_app.budgets.models import OPEN, BudgetCharge, CostCenter, TrainingRequest
from pygmalion_app.budgets.schemas import (
    BudgetSummary,
    BudgetYear,
    ChangeCostCenter,
    ChargedOrder,
    CostCenterFigures,
    Figures,
    NewCostCenter,
)
from pygmalion_app.core import audit
from pygmalion_app.core.errors import BusyError, NotFoundError
from pygmalion_app.core.i18n import format_money
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.paging import Page, PageRequest
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments.models import Order

MANAGE = Permission.BUDGET_MANAGE
Figure = Literal["all", "committed", "spent", "reversed"]

_LOCK: LiteralString = """
SELECT id, organization_id, code, name, year, allocated_cents, approval_limit_cents FROM cost_centers
WHERE id = %(center)s FOR UPDATE
"""
_CHARGE: LiteralString = """
INSERT INTO budget_charges (id, order_id, cost_center_id, organization_id, charged_by, charged_at)
VALUES (%(id)s, %(order)s, %(center)s, %(organization)s, %(user)s, %(now)s)
ON CONFLICT (order_id) DO UPDATE
SET cost_center_id = excluded.cost_center_id, charged_by = excluded.charged_by, charged_at = excluded.charged_at
"""
_ADD: LiteralString = """
INSERT INTO cost_centers (id, organization_id, code, name, year, allocated_cents, approval_limit_cents)
VALUES (%(id)s, %(organization)s, %(code)s, %(name)s, %(year)s, %(allocated_cents)s, %(approval_limit_cents)s)
"""
_CHANGE: LiteralString = """
UPDATE cost_centers SET code = %(code)s, name = %(name)s, allocated_cents = %(allocated_cents)s,
  approval_limit_cents = %(approval_limit_cents)s WHERE id = %(id)s
"""


@dataclass(frozen=True, slots=True)
class LockedCenter:
    """A cost centre whose row is locked until the transaction ends. Amounts in cents."""

    id: UUID
    organization_id: UUID
    code: str
    name: str
    year: int
    allocated_cents: int
    approval_limit_cents: int | None


async def summary(uow: UnitOfWork, organization_id: UUID, year: int | None = None) -> BudgetSummary:
    """Return a company's figures of a year, by default the current one. One statement."""
    uow.actor.require(MANAGE, organization_id)
    year = year or figures.year_of(uow.clock.now())
    async with uow.elevated():
        return summed(organization_id, year, await figures.by_center(uow, organization_id, year))


async def budget(uow: UnitOfWork, organization_id: UUID, year: int | None = None) -> BudgetYear:
    """Return a company's cost centres of a year with their figures, what is not allotted, and the sum of it all."""
    uow.actor.require(MANAGE, organization_id)
    year = year or figures.year_of(uow.clock.now())
    async with uow.elevated():
        rows = await figures.by_center(uow, organization_id, year)
        query = select(col(CostCenter.year)).where(col(CostCenter.organization_id) == organization_id).distinct()
        years = set((await uow.session.execute(query)).scalars())
    rest = next((row for row in rows if row["id"] is None), {})
    return BudgetYear(
        summary=summed(organization_id, year, rows),
        centers=tuple(_center(row) for row in rows if row["id"] is not None),
        not_allotted=Figures(**_figures(rest)),
        not_allotted_orders=rest.get("orders", 0),
        years=tuple(sorted(years | {year, figures.year_of(uow.clock.now())})),
    )


async def orders(
    uow: UnitOfWork,
    organization_id: UUID,
    paging: PageRequest,
    year: int | None = None,
    *,
    center_id: UUID | None = None,
    allotted: bool = True,
    figure: Figure = "all",
) -> Page[ChargedOrder]:
    """Return the orders behind a figure: of a cost centre, of all, or (not `allotted`) of none. One statement."""
    uow.actor.require(MANAGE, organization_id)
    async with uow.elevated():
        rows = await figures.listed(
            uow,
            organization_id,
            year or figures.year_of(uow.clock.now()),
            center_id=center_id,
            everything=allotted,
            figure=figure,
            limit=paging.limit,
            offset=paging.offset,
        )
    return Page(tuple(ChargedOrder(**row) for row in rows), rows[0]["total"] if rows else 0, paging)


async def create(uow: UnitOfWork, organization_id: UUID, command: NewCostCenter) -> UUID:
    """Add a cost centre; CostCenterExistsError for a code that the year has already."""
    uow.actor.require(MANAGE, organization_id)
    center_id = new_id()
    async with uow.elevated():
        try:
            await uow.sql(_ADD, id=center_id, organization=organization_id, **command.model_dump())
        except UniqueViolation as error:
            raise CostCenterExistsError(field="code") from error
        await _note(uow, "budget.added", center_id, organization_id, command.allocated_cents)
    return center_id


async def change(uow: UnitOfWork, organization_id: UUID, center_id: UUID, command: ChangeCostCenter) -> None:
    """Change a cost centre. Raises BelowUsedError, CostCenterExistsError, NotFoundError."""
    uow.actor.require(MANAGE, organization_id)
    async with uow.elevated():
        locked = await lock_center(uow, organization_id, center_id)
        used = await figures.used_of_center(uow, locked.id)
        if command.allocated_cents < min(used, locked.allocated_cents):
            used_amount = format_money(uow.actor.locale, used)
            raise BelowUsedError(field="allocated_cents", used=used, used_amount=used_amount)
        try:
            await uow.sql(_CHANGE, id=center_id, **command.model_dump())
        except UniqueViolation as error:
            raise CostCenterExistsError(field="code") from error
        await _note(uow, "budget.changed", center_id, organization_id, command.allocated_cents)


async def remove(uow: UnitOfWork, organization_id: UUID, center_id: UUID) -> None:
    """Remove a cost centre that nothing was ever charged to; CostCenterInUseError otherwise."""
    uow.actor.require(MANAGE, organization_id)
    async with uow.elevated():
        await lock_center(uow, organization_id, center_id)
        for column, more in (
            (col(BudgetCharge.cost_center_id), ()),
            (col(TrainingRequest.cost_center_id), (col(TrainingRequest.state).in_(OPEN),)),
        ):
            count = (await uow.session.execute(select(func.count()).where(column == center_id, *more))).scalar_one()
            if count:
                raise CostCenterInUseError(orders=count)
        await uow.sql(
            "UPDATE training_requests SET cost_center_id = NULL WHERE cost_center_id = %(center)s", center=center_id
        )
        try:
            await uow.sql("DELETE FROM cost_centers WHERE id = %(center)s", center=center_id)
        except ForeignKeyViolation as error:
            # A higher feature's rows name it: a plan that is to be paid from it.
            raise CostCenterInUseError(orders=1) from error
        await _note(uow, "budget.removed", center_id, organization_id, 0)


async def allot(uow: UnitOfWork, organization_id: UUID, order_id: UUID, center_id: UUID | None) -> None:
    """Charge an order of the company to a cost centre, to another one, or to none again.

    Raises BudgetExceededError, OrderNotChargeableError, NotFoundError.
    """
    uow.actor.require(MANAGE, organization_id)
    async with uow.elevated():
        known = await uow.session.get(Order, order_id)
        if known is None or known.buyer_organization_id != organization_id:
            raise NotFoundError(order=str(order_id))
        if center_id is None:
            await _release(uow, organization_id, order_id)
            return
        center = await lock_center(uow, organization_id, center_id)
        await charge(uow, center, order_id)
        await require_within(uow, center, await figures.used_of_order(uow, order_id))
        await _note(uow, "budget.allotted", order_id, organization_id, 0)


async def _release(uow: UnitOfWork, organization_id: UUID, order_id: UUID) -> None:
    await uow.sql("DELETE FROM budget_charges WHERE order_id = %(order)s", order=order_id)
    await _note(uow, "budget.released", order_id, organization_id, 0)


async def lock_center(uow: UnitOfWork, organization_id: UUID, center_id: UUID) -> LockedCenter:
    """Lock a company's cost centre, before every other lock; NotFoundError when it is not theirs, BusyError in time."""
    try:
        rows: Sequence[dict[str, Any]] = await uow.sql(_LOCK, center=center_id)
    except LockNotAvailable as error:
        raise BusyError(cost_center=str(center_id)) from error
    if not rows or rows[0]["organization_id"] != organization_id:
        raise NotFoundError(cost_center=str(center_id))
    return LockedCenter(**rows[0])


async def charge(uow: UnitOfWork, center: LockedCenter, order_id: UUID) -> None:
    """Charge an order to a locked cost centre; `require_within` is to follow in the same transaction."""
    await uow.session.flush()
    order = await uow.session.get_one(Order, order_id)
    if order.buyer_organization_id != center.organization_id or order.status == "EXPIRED":
        raise OrderNotChargeableError(order=str(order_id))
    await uow.sql(
        _CHARGE,
        id=new_id(),
        order=order_id,
        center=center.id,
        organization=center.organization_id,
        user=uow.actor.require_user(),
        now=uow.clock.now(),
    )


async def require_within(uow: UnitOfWork, center: LockedCenter, wanted: int) -> None:
    """Raise BudgetExceededError when more is charged to a locked cost centre than was allocated to it.

    `wanted` are the cents that were charged last.
    """
    used = await figures.used_of_center(uow, center.id)
    if used > center.allocated_cents:
        left = center.allocated_cents - used + wanted
        raise BudgetExceededError(
            field="cost_center_id",
            center=center.name,
            left=left,
            wanted=wanted,
            # For the sentence: a catalogue cannot write cents as an amount.
            left_amount=format_money(uow.actor.locale, max(0, left)),
            wanted_amount=format_money(uow.actor.locale, wanted),
        )


async def _note(uow: UnitOfWork, action: str, subject: UUID, organization_id: UUID, cents: int) -> None:
    facts = {"cents": cents} if cents else {}
    await audit.record(uow, action, subject_id=subject, organization_id=organization_id, facts=facts)


def _figures(row: dict[str, Any]) -> dict[str, int]:
    return {name: row.get(name, 0) for name in ("committed_cents", "spent_cents", "reversed_cents")}


def _center(row: dict[str, Any]) -> CostCenterFigures:
    used = Figures(**_figures(row)).used_cents
    return CostCenterFigures(**row, left_cents=row["allocated_cents"] - used)


def summed(organization_id: UUID, year: int, rows: Sequence[dict[str, Any]]) -> BudgetSummary:
    """Return a year of the rows of its cost centres, and of one without an id for what is not allotted."""
    total = Figures(**{name: sum(row[name] for row in rows) for name in _figures({})})
    allocated = sum(row["allocated_cents"] or 0 for row in rows)
    rest = sum(Figures(**_figures(row)).used_cents for row in rows if row["id"] is None)
    return BudgetSummary(
        **total.model_dump(),
        organization_id=organization_id,
        year=year,
        allocated_cents=allocated,
        left_cents=allocated - total.used_cents,
        used_share=total.used_cents / allocated if allocated else 0.0,
        not_allotted_cents=rest,
    )
