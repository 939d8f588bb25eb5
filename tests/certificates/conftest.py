"""A real chain for the tests of certificates, and certificates on it."""

import dataclasses
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any, TypeAlias
from uuid import UUID

import pytest

from pygmalion_app import bootstrap
from pygmalion_app.adapters.chain.deploy import deploy
from pygmalion_app.adapters.chain.embedded import embedded_connection
from pygmalion_app.adapters.chain.evm import EvmChain
from pygmalion_app.certificates import anchoring, batches, issuing
from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.config import Settings
from pygmalion_app.core.unit_of_work import Container, UnitOfWork, unit_of_work
from pygmalion_app.enrollments.models import Enrollment, EnrollmentStatus, Order, OrderStatus, Payer
from tests.cast import Cast, add_session
from tests.clock import MovableClock
from tests.nodes import embedded

Enroll: TypeAlias = Callable[..., Coroutine[Any, Any, list[UUID]]]


@pytest.fixture(scope="session")
def chain_home(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Run the embedded chain for this test process."""
    home = tmp_path_factory.mktemp("chain-home")
    with embedded(home, Path(pytestconfig.cache.mkdir("anvil"))):  # pyright: ignore[reportOptionalMemberAccess]
        yield home


@pytest.fixture
async def chain(chain_home: Path) -> AsyncIterator[EvmChain]:
    """Return the adapter of the real chain, on a contract of this test's own: its database counts batches from 1."""
    shared = embedded_connection(chain_home)()
    node = EvmChain(lambda: shared)
    mine = dataclasses.replace(shared, contract=await deploy(node.rpc, shared.signer_key))
    await node.aclose()
    adapter = EvmChain(lambda: mine)
    yield adapter
    await adapter.aclose()


@pytest.fixture
async def container(settings: Settings, clock: MovableClock, chain: EvmChain) -> AsyncIterator[Container]:
    """Run the application's parts on the real chain."""
    built = bootstrap.build(settings, clock=clock, change=lambda ports: dataclasses.replace(ports, chain=chain))
    async with bootstrap.running(built) as running:
        yield running


@pytest.fixture
async def enroll(container: Container, cast: Cast) -> Enroll:
    """Return a function that enrols people, paid by Marc's company, present and passed unless told otherwise."""

    async def completed(*people: Actor, days_ago: float = 1, **changes: Any) -> list[UUID]:
        async with unit_of_work(SYSTEM, container) as uow:
            session = await add_session(uow, cast.course, cast.school, cast.tom.user_id, capacity=50, in_days=-days_ago)
            order = await _order(uow, cast, session, len(people))
            rows = [
                Enrollment(
                    **{
                        "order_id": order,
                        "session_id": session,
                        "course_id": cast.course,
                        "user_id": person.user_id,
                        "status": EnrollmentStatus.COMPLETED,
                        "present": True,
                        "passed": True,
                        "validated_by": cast.tom.user_id,
                        "completed_at": container.clock.now(),
                    }
                    | changes
                )
                for person in people
            ]
            uow.session.add_all(rows)
            await uow.session.flush()
            return [row.id for row in rows]

    return completed


async def _order(uow: UnitOfWork, cast: Cast, session: UUID, quantity: int) -> UUID:
    order = Order(
        buyer_user_id=cast.marc.require_user(),
        buyer_organization_id=cast.company,
        seller_organization_id=cast.school,
        session_id=session,
        payer=Payer.COMPANY,
        quantity=quantity,
        unit_price_cents=95_000,
        net_cents=95_000 * quantity,
        vat_cents=0,
        total_cents=95_000 * quantity,
        vat_regime="exempt_261_4_4",
        status=OrderStatus.CONFIRMED,
        hold_expires_at=uow.clock.now(),
    )
    uow.session.add(order)
    await uow.session.flush()
    return order.id


async def seal_and_anchor(parts: Container) -> int | None:
    """Seal what waits and follow it until it is final."""
    async with unit_of_work(SYSTEM, parts) as uow:
        batch = await batches.seal(uow)
    for _ in range(100):
        if not await anchoring.advance(parts):
            break
    else:
        pytest.fail("anchoring never came to rest")
    return batch


async def issue_all(parts: Container, enrollments: list[UUID]) -> list[UUID]:
    """Issue certificates and return their ids."""
    issued = [await issuing.issue(enrollment, parts) for enrollment in enrollments]
    return [certificate for certificate in issued if certificate is not None]
