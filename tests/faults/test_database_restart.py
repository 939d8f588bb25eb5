"""PostgreSQL stopped in the middle of 500 checkouts and started again: nothing lost, nothing twice, nothing made up."""

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from pydantic import SecretStr

from pygmalion_app import bootstrap
from pygmalion_app.adapters.database.embedded import OWNER, EmbeddedPostgres, grant_application
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.config import Settings
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.launch.children import dies_with_parent
from pygmalion_app.launch.paths import PROJECT
from tests import servers
from tests.cast import Cast, add_session, seed
from tests.enrollments.machine.checks import broken_rules
from tests.enrollments.test_booking import bearer, order
from tests.faults.street import open_database
from tests.ledger import imbalance

CHECKOUTS, BUYERS, SESSIONS = 500, 25, 5
PAID_EVERY = 5
# A stopped server loses nothing that it said was committed; only a power cut needs fsync.
_SETTINGS = (("fsync", "off"), ("full_page_writes", "off"))


@pytest.fixture
def server() -> Iterator[EmbeddedPostgres]:
    # Not in pytest's own folder, which each run of pytest closes to PostgreSQL's account anew.
    with tempfile.TemporaryDirectory(prefix="pygmalion-test-") as name:
        server = EmbeddedPostgres(Path(name) / "postgres", Path(name) / "log", _SETTINGS)
        server.initialise()
        yield server
        server.stop_orphan()


def _start(server: EmbeddedPostgres) -> subprocess.Popen[bytes]:
    process = server.start(dies_with_parent(signal.SIGQUIT))
    server.wait_ready(process)
    return process


def _migrate(server: EmbeddedPostgres) -> None:
    server.ensure_roles()
    environment = {**os.environ, "DATABASE_URL": server.url(OWNER)}
    command = [sys.executable, "-m", "alembic", "upgrade", "head"]
    subprocess.run(command, cwd=PROJECT, env=environment, check=True, capture_output=True)
    grant_application(server.url(OWNER))


class Rush:
    """500 buyers, some of whom pay; each asks again under its key until it has its answer."""

    def __init__(self, container: Container, cast: Cast, sessions: list[UUID]) -> None:
        self.container, self.sessions = container, sessions
        self.headers = bearer(container, cast.marc)
        self.left = list(range(CHECKOUTS))
        self.orders: dict[int, dict[str, Any]] = {}
        self.paid: set[int] = set()
        self.failures = 0

    async def buyer(self) -> None:
        """Place orders, one after the other."""
        url = f"{self.container.settings.own_url}/api/v1"
        async with httpx.AsyncClient(base_url=url, verify=servers.PLAIN, trust_env=False, timeout=30) as client:
            while self.left:
                number = self.left.pop()
                body = order(self.sessions[number % SESSIONS], f"n{number}")
                headers = self.headers | {"Idempotency-Key": f"rush-{number}"}
                self.orders[number] = await self._until_answered(client, "/enrollments", body, headers)
                if number % PAID_EVERY == 0:
                    page = str(self.orders[number]["checkoutUrl"]).rpartition("/")[2]
                    await self._until_answered(client, f"/dev/pay/{page}", {"outcome": "success"}, {})
                    self.paid.add(number)

    async def _until_answered(
        self, client: httpx.AsyncClient, path: str, body: dict[str, Any], headers: dict[str, str]
    ) -> dict[str, Any]:
        while True:
            try:
                answer = await client.post(path, json=body, headers=headers)
            except httpx.TransportError:
                self.failures += 1
                continue
            if answer.is_success:
                return answer.json()["data"]
            # Paid already, by a call whose answer got lost.
            if answer.status_code == httpx.codes.CONFLICT and answer.json()["code"] == "checkout_closed":
                return {}
            assert answer.status_code in {500, 503}, answer.text
            self.failures += 1
            await asyncio.sleep(0.05)


@pytest.mark.timeout(240)
async def test_a_database_that_stops_and_starts_loses_and_doubles_nothing(
    server: EmbeddedPostgres, settings: Settings
) -> None:
    process = await asyncio.to_thread(_start, server)
    await asyncio.to_thread(_migrate, server)
    settings = settings.model_copy(update={"database_url": SecretStr(server.url()), "database_pool_idle": 1})
    async with bootstrap.running(bootstrap.build(settings)) as container:
        cast = await seed(container)
        async with unit_of_work(SYSTEM) as uow:
            sessions = [
                await add_session(uow, cast.course, cast.school, None, capacity=CHECKOUTS) for _ in range(SESSIONS)
            ]
        rush = Rush(container, cast, sessions)
        async with servers.serving_api(container):
            buyers = asyncio.gather(*(rush.buyer() for _ in range(BUYERS)))
            while len(rush.orders) < CHECKOUTS // 4:  # noqa: ASYNC110 - half-way is what is waited for
                await asyncio.sleep(0.02)
            process.send_signal(signal.SIGQUIT)
            await asyncio.to_thread(process.wait)
            await asyncio.sleep(0.5)
            process = await asyncio.to_thread(_start, server)
            await buyers
            # What could not be told while there was no database, jobs tell now.
            await _deliver_the_rest()
        assert rush.failures > 0, "nobody noticed: the database was not gone"
        _check(rush, settings, sessions, container)
    process.send_signal(signal.SIGINT)
    await asyncio.to_thread(process.wait)


async def _deliver_the_rest() -> None:
    from pygmalion_app.adapters.payments.testmode.delivery import deliver_held

    await deliver_held()


def _check(rush: Rush, settings: Settings, sessions: list[UUID], container: Container) -> None:
    with open_database(settings) as database:

        def rows(query: Any, **values: object) -> list[dict[str, Any]]:
            cursor = database.execute(query, values)
            return cursor.fetchall() if cursor.description else []

        found = {row["idempotency_key"]: row for row in rows("SELECT id, idempotency_key, status FROM orders")}
        assert len(found) == len(rows("SELECT id FROM orders")) == CHECKOUTS
        for number, told in rush.orders.items():
            kept = found[f"rush-{number}"]
            assert str(kept["id"]) == told["orderId"]
            assert kept["status"] == ("CONFIRMED" if number in rush.paid else "PENDING")
        assert rows("SELECT count(*) AS n FROM testmode_checkouts") == [{"n": CHECKOUTS}]
        assert rows("SELECT count(*) AS n FROM ledger_entries WHERE kind = 'charge'") == [{"n": len(rush.paid)}]
        assert broken_rules(rows, sessions, container.clock.now()) == []
        assert imbalance(database) == []
