"""`/organizations/{id}/budget`: cost centres, the figures of a year, and the orders behind them."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query

from pygmalion_app.api.deps import Paging, PathId, SignedInActor
from pygmalion_app.api.responses import Listed, Success, listed, ok
from pygmalion_app.budgets import service
from pygmalion_app.budgets.schemas import (
    BudgetYear,
    ChangeCostCenter,
    ChargedOrder,
    NewCostCenter,
)
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.schemas import Command
from pygmalion_app.core.unit_of_work import unit_of_work

router = APIRouter(tags=["budgets"])
Year = Annotated[int | None, Query(ge=2000, le=2100)]


class Allot(Command):
    """Which cost centre an order is charged to; empty: none."""

    cost_center_id: UUID | None


async def _center_id(value: Annotated[str, Path(alias="centerId")]) -> UUID:
    found = parse_id(value)
    if found is None:
        raise NotFoundError
    return found


async def _order_id(value: Annotated[str, Path(alias="orderId")]) -> UUID:
    found = parse_id(value)
    if found is None:
        raise NotFoundError
    return found


CenterId = Annotated[UUID, Depends(_center_id)]
OrderId = Annotated[UUID, Depends(_order_id)]


@router.get("/organizations/{id}/budget")
async def budget(organization_id: PathId, actor: SignedInActor, year: Year = None) -> Success[BudgetYear]:
    """Return a company's cost centres of a year: allocated, committed, spent and reversed, in cents including VAT."""
    async with unit_of_work(actor) as uow:
        return ok(await service.budget(uow, organization_id, year))


@router.get("/organizations/{id}/budget/orders")
async def orders(
    organization_id: PathId,
    actor: SignedInActor,
    paging: Paging,
    year: Year = None,
    center_id: Annotated[UUID | None, Query(alias="costCenterId")] = None,
    figure: Annotated[Literal["all", "committed", "spent", "reversed"], Query()] = "all",
    *,
    allotted: Annotated[bool, Query()] = True,
) -> Listed[ChargedOrder]:
    """Return the orders behind a figure; `allotted=false`: those that no cost centre is charged for."""
    async with unit_of_work(actor) as uow:
        found = await service.orders(
            uow, organization_id, paging, year, center_id=center_id, allotted=allotted, figure=figure
        )
        return listed(found, lambda item: item)


@router.post("/organizations/{id}/budget/centers", status_code=201)
async def create(organization_id: PathId, command: NewCostCenter, actor: SignedInActor) -> Success[BudgetYear]:
    """Add a cost centre, and return its year."""
    async with unit_of_work(actor) as uow:
        await service.create(uow, organization_id, command)
        return ok(await service.budget(uow, organization_id, command.year))


@router.put("/organizations/{id}/budget/centers/{centerId}")
async def change(
    organization_id: PathId, center_id: CenterId, command: ChangeCostCenter, actor: SignedInActor
) -> Success[BudgetYear]:
    """Change a cost centre; never to less than is used already."""
    async with unit_of_work(actor) as uow:
        await service.change(uow, organization_id, center_id, command)
        return ok(await service.budget(uow, organization_id))


@router.delete("/organizations/{id}/budget/centers/{centerId}")
async def remove(organization_id: PathId, center_id: CenterId, actor: SignedInActor) -> Success[BudgetYear]:
    """Remove a cost centre that nothing is charged to."""
    async with unit_of_work(actor) as uow:
        await service.remove(uow, organization_id, center_id)
        return ok(await service.budget(uow, organization_id))


@router.put("/organizations/{id}/budget/orders/{orderId}")
async def allot(
    organization_id: PathId, order_id: OrderId, command: Allot, actor: SignedInActor
) -> Success[BudgetYear]:
    """Charge an order to a cost centre, to another one, or to none."""
    async with unit_of_work(actor) as uow:
        await service.allot(uow, organization_id, order_id, command.cost_center_id)
        return ok(await service.budget(uow, organization_id))
