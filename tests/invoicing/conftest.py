"""A school that takes transfers, and a company that can be found."""

from typing import Any

import httpx
import pytest

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from tests.cast import Cast
from tests.enrollments.test_booking import bearer, order

IBAN = "FR7630006000011234567890189"


@pytest.fixture
async def partners(container: Container, cast: Cast) -> Cast:
    """Return the cast, its company with a SIRET, its school with a SIRET and an IBAN."""
    async with unit_of_work(SYSTEM) as uow:
        await uow.sql("UPDATE organizations SET siret = '35600000000048' WHERE id = %(id)s", id=cast.company)
        await uow.sql(
            "UPDATE organizations SET siret = '55210055400013', iban = %(iban)s WHERE id = %(id)s",
            id=cast.school,
            iban=IBAN,
        )
    return cast


async def buy(api: httpx.AsyncClient, container: Container, cast: Cast, *names: str, **changes: Any) -> httpx.Response:
    """Order by invoice, as the company's manager."""
    body = order(cast.session, *names) | {"paymentMethod": "invoice", "purchaseOrder": "PO-77"} | changes
    return await api.post("/enrollments", json=body, headers=bearer(container, cast.marc))


async def rows(query: Any, **values: object) -> list[dict[str, Any]]:
    """Read as the system."""
    async with unit_of_work(SYSTEM) as uow:
        return await uow.sql(query, **values)


async def books(order_id: object) -> dict[str, int]:
    """Return what stands on each account for an order."""
    found = await rows(
        "SELECT l.account, sum(l.amount_cents)::bigint AS cents FROM ledger_lines l"
        " JOIN ledger_entries e ON e.id = l.entry_id WHERE e.order_id = %(order)s GROUP BY l.account",
        order=order_id,
    )
    return {row["account"]: row["cents"] for row in found if row["cents"]}
