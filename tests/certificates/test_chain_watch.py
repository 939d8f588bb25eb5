"""The signer's balance, and what administrators see and do about anchoring."""

import contextlib
import dataclasses
from collections.abc import AsyncGenerator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from pygmalion_app import bootstrap
from pygmalion_app.certificates import anchoring, anchoring_admin, chain_watch
from pygmalion_app.certificates.alarms import format_coins
from pygmalion_app.core.actor import ANONYMOUS, SYSTEM
from pygmalion_app.core.config import Settings
from pygmalion_app.core.errors import NotFoundError, PermissionDeniedError, PygmalionError
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from tests.cast import Cast, seed
from tests.certificates.many import add_certificates
from tests.certificates.simulated_chain import SimulatedChain
from tests.clock import MovableClock

GWEI = 10**9


@contextlib.asynccontextmanager
async def started(settings: Settings, clock: MovableClock, chain: SimulatedChain) -> AsyncGenerator[Container]:
    """Run a process on a played chain."""
    played: Any = chain
    built = bootstrap.build(settings, clock=clock, change=lambda ports: dataclasses.replace(ports, chain=played))
    async with bootstrap.running(built) as parts:
        yield parts


async def mails(parts: Container) -> list[dict[str, Any]]:
    """Return what is in the outbox."""
    async with unit_of_work(SYSTEM, parts) as uow:
        return await uow.sql("SELECT to_address, subject, text FROM outgoing_emails ORDER BY created_at")


async def test_a_low_balance_is_mailed_once_each_time_it_falls(settings: Settings, clock: MovableClock) -> None:
    chain = SimulatedChain(1)
    async with started(settings, clock, chain) as parts:
        await seed(parts)
        await chain_watch.look_at_balance(parts)
        assert await mails(parts) == []
        chain.balance = 2 * 10**17
        for _ in range(3):
            await chain_watch.look_at_balance(parts)
            clock.move(minutes=10)
        (mail,) = await mails(parts)
        assert mail["to_address"] == "ada@test.example"
        assert "0,2\xa0SIM" in mail["subject"] or "0.2 SIM" in mail["subject"] or "0,2 SIM" in mail["subject"]
        assert "0x" + "22" * 20 in mail["text"]
        chain.balance = 10**19
        await chain_watch.look_at_balance(parts)
        chain.balance = 10**17
        await chain_watch.look_at_balance(parts)
        assert len(await mails(parts)) == 2


async def test_only_administrators_see_and_steer_anchoring(settings: Settings, clock: MovableClock) -> None:
    async with started(settings, clock, SimulatedChain(2)) as parts:
        cast = await seed(parts)
        for actor in (ANONYMOUS, cast.lea, cast.olga, cast.marc):
            async with unit_of_work(actor, parts) as uow:
                for attempt in (
                    anchoring_admin.totals(uow),
                    anchoring_admin.operations(uow, "", PageRequest()),
                    anchoring_admin.retry(uow),
                    anchoring_admin.acknowledge(uow, 1),
                ):
                    with pytest.raises((PermissionDeniedError, PygmalionError)):
                        await attempt
                # The database says the same: nobody but administrators reads the row, and nobody writes it.
                assert await uow.sql("SELECT * FROM chain_watches") == []
                assert await uow.sql("UPDATE chain_watches SET failure = 'x' RETURNING id") == []
        async with unit_of_work(cast.ada, parts) as uow:
            assert len(await uow.sql("SELECT * FROM chain_watches")) == 1
            assert await uow.sql("UPDATE chain_watches SET failure = 'x' RETURNING id") == []


async def test_the_queue_in_figures_and_page_by_page(settings: Settings, clock: MovableClock) -> None:
    chain = SimulatedChain(3)
    async with started(settings, clock, chain) as parts:
        cast = await seed(parts)
        for number in range(3):
            await add_certificates(parts, cast, 10, mark=f"m{number}")
            await anchoring.seal(parts)
            while await anchoring.advance(parts, timedelta(seconds=30)):
                chain.mine()
                clock.move(seconds=12)
        await add_certificates(parts, cast, 4, mark="waiting")
        async with unit_of_work(cast.ada, parts) as uow:
            totals = await anchoring_admin.totals(uow)
            first = await anchoring_admin.operations(uow, "FINAL", PageRequest(1, 2))
            second = await anchoring_admin.operations(uow, "FINAL", PageRequest(2, 2))
            none = await anchoring_admin.operations(uow, anchoring_admin.IN_TROUBLE, PageRequest())
        assert (totals.anchored_certificates, totals.waiting_certificates, totals.under_way) == (30, 4, 0)
        assert totals.cost_wei == 3 * 85_816 * 30 * GWEI
        assert totals.gas_per_certificate == pytest.approx(85_816 / 10)
        assert [row.batch_id for row in (*first.items, *second.items)] == [3, 2, 1]
        assert (first.total, none.total) == (3, 0)
        assert {row.cost_wei for row in first.items} == {85_816 * 30 * GWEI}


async def test_a_conflict_stays_an_alarm_until_somebody_looked(settings: Settings, clock: MovableClock) -> None:
    chain = SimulatedChain(4)
    async with started(settings, clock, chain) as parts:
        cast: Cast = await seed(parts)
        await add_certificates(parts, cast, 2)
        await anchoring.seal(parts)
        await anchoring.advance(parts)
        chain.foreign_anchoring(1)
        chain.mine()
        await anchoring.advance(parts)
        (mail,) = await mails(parts)
        assert mail["to_address"] == "ada@test.example"
        async with unit_of_work(cast.ada, parts) as uow:
            (row,) = (await anchoring_admin.operations(uow, anchoring_admin.IN_TROUBLE, PageRequest())).items
            assert (await anchoring_admin.totals(uow)).conflicts == 1
            await anchoring_admin.acknowledge(uow, row.id)
        async with unit_of_work(cast.ada, parts) as uow:
            assert (await anchoring_admin.totals(uow)).conflicts == 0
            with pytest.raises(NotFoundError):
                await anchoring_admin.acknowledge(uow, row.id)


async def test_trying_again_takes_the_waiting_time_away(settings: Settings, clock: MovableClock) -> None:
    async with started(settings, clock, SimulatedChain(5)) as parts:
        cast = await seed(parts)
        await add_certificates(parts, cast, 2)
        await anchoring.seal(parts)
        async with unit_of_work(SYSTEM, parts) as uow:
            await uow.sql(
                "UPDATE chain_operations SET retry_at = %(later)s, trouble = 'refused', failures = 4",
                later=clock.now() + timedelta(hours=1),
            )
        assert await anchoring.advance(parts) is False
        async with unit_of_work(cast.ada, parts) as uow:
            await anchoring_admin.retry(uow)
        assert await anchoring.advance(parts) is True
        async with unit_of_work(SYSTEM, parts) as uow:
            (row,) = await uow.sql("SELECT status FROM chain_operations")
            jobs = await uow.sql("SELECT 1 FROM procrastinate_jobs WHERE task_name = 'certificates.advance'")
        assert (row["status"], len(jobs)) == ("SIGNED", 1)


@pytest.mark.parametrize(
    ("amount", "french", "english"),
    [
        ("1234.567", "1\u202f234,57", "1,234.57"),
        ("0", "0", "0"),
        ("0.0025744800", "0,00257", "0.00257"),
        ("0.000000012345", "0,0000000123", "0.0000000123"),
        ("4.5", "4,5", "4.5"),
    ],
)
def test_small_amounts_keep_the_digits_that_tell_something(amount: str, french: str, english: str) -> None:
    assert format_coins("fr", Decimal(amount)) == french
    assert format_coins("en", Decimal(amount)) == english
