"""Numbers: gapless for each issuer and year whatever fails, one document for each key, none ever changed."""

import asyncio
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.invoicing.issuing import issue
from tests.cast import Cast
from tests.clock import MovableClock
from tests.invoicing.facts import facts


class _OnPurposeError(Exception):
    """Aborts a transaction."""


async def _numbers(issuer: UUID | None, year: int) -> list[int]:
    async with unit_of_work(SYSTEM) as uow:
        rows = await uow.sql(
            "SELECT sequence FROM invoices WHERE issuer_organization_id IS NOT DISTINCT FROM %(issuer)s"
            " AND year = %(year)s ORDER BY sequence",
            issuer=issuer,
            year=year,
        )
    return [row["sequence"] for row in rows]


async def test_twenty_at_once_some_aborted_leave_no_gap(container: Container, cast: Cast, clock: MovableClock) -> None:
    async def one(number: int) -> None:
        async with unit_of_work(SYSTEM) as uow:
            await issue(uow, facts(cast))
            if number % 4 == 0:
                raise _OnPurposeError

    results = await asyncio.gather(*(one(number) for number in range(20)), return_exceptions=True)
    assert sum(isinstance(result, _OnPurposeError) for result in results) == 5
    assert [result for result in results if result and not isinstance(result, _OnPurposeError)] == []
    assert await _numbers(cast.school, clock.now().year) == list(range(1, 16))


async def test_the_same_key_at_once_is_one_document_and_one_number(
    container: Container, cast: Cast, clock: MovableClock
) -> None:
    same = facts(cast)

    async def one() -> UUID:
        async with unit_of_work(SYSTEM) as uow:
            return await issue(uow, same)

    ids = await asyncio.gather(*(one() for _ in range(8)))
    assert len(set(ids)) == 1
    async with unit_of_work(SYSTEM) as uow:
        await issue(uow, facts(cast))
    assert await _numbers(cast.school, clock.now().year) == [1, 2]


async def test_each_issuer_and_each_year_counts_by_itself(
    container: Container, cast: Cast, clock: MovableClock
) -> None:
    # Half past eleven at night in UTC is the new year in France already.
    clock.set(datetime(2026, 12, 31, 22, 30, tzinfo=UTC))
    async with unit_of_work(SYSTEM) as uow:
        await issue(uow, facts(cast))
        await issue(uow, facts(cast, kind="commission", issuer_organization_id=None))
        await issue(uow, facts(cast, kind="commission", issuer_organization_id=None))
    clock.set(datetime(2026, 12, 31, 23, 30, tzinfo=UTC))
    async with unit_of_work(SYSTEM) as uow:
        await issue(uow, facts(cast))
        rows = await uow.sql("SELECT number FROM invoices ORDER BY number")
    assert [row["number"] for row in rows] == ["PYG-2026-00001", "PYG-2026-00001", "PYG-2026-00002", "PYG-2027-00001"]


async def test_an_issued_document_cannot_be_changed(container: Container, cast: Cast) -> None:
    async with unit_of_work(SYSTEM) as uow:
        issued = await issue(uow, facts(cast))
        await uow.sql("UPDATE invoices SET file_key = 'a', sha256 = 'b' WHERE id = %(id)s", id=issued)
    for change in (
        "total_cents = total_cents + 1, net_cents = net_cents + 1",
        "number = 'X'",
        "buyer = '{}'",
        "file_key = 'elsewhere'",
        "sha256 = ''",
    ):
        with pytest.raises(DBAPIError, match="never changed"):
            async with unit_of_work(SYSTEM) as uow:
                await uow.session.execute(text(f"UPDATE invoices SET {change}"))


async def test_the_counter_cannot_be_turned_back(container: Container, cast: Cast) -> None:
    async with unit_of_work(SYSTEM) as uow:
        await issue(uow, facts(cast))
    for value in ("last - 1", "last + 2"):
        with pytest.raises(DBAPIError, match="goes up by one"):
            async with unit_of_work(SYSTEM) as uow:
                await uow.session.execute(text(f"UPDATE invoice_counters SET last = {value}"))
