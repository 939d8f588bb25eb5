"""A process that is started and killed again and again, beside a database and a gateway that live on."""

import asyncio
import json
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import DictRow, dict_row

from pygmalion_app import bootstrap
from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.config import Settings
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.enrollments import contracts, gateway_events, service
from pygmalion_app.enrollments.models import Payer
from pygmalion_app.enrollments.schemas import OrderView, PlaceOrder
from tests.cast import Cast, add_session
from tests.clock import MovableClock
from tests.enrollments.machine.checks import broken_rules
from tests.enrollments.machine.kill import Axe, Killed
from tests.enrollments.machine.world import LEFT_OUT, MONEY_JOBS, SWEEPS, command
from tests.ledger import imbalance

KILLED = 137
Deed = Callable[[], Awaitable[object]]


@dataclass
class Street:
    """One session of two seats, and a product that dies; `restarted` is the process that comes after."""

    settings: Settings
    clock: MovableClock
    runner: asyncio.Runner
    restarted: Container
    cast: Cast
    database: psycopg.Connection[DictRow]
    session: UUID = field(default=UUID(int=0))
    placed: int = 0

    def do(self, deed: Deed) -> Any:
        """Do something in the process that is not killed."""
        return self.runner.run(_awaited(deed))

    def rows(self, query: Any, **values: object) -> list[DictRow]:
        """Look at the database."""
        cursor = self.database.execute(query, values)
        return cursor.fetchall() if cursor.description else []

    def begin(self) -> None:
        """Begin with a session where nothing is sold and a queue without jobs."""
        self.rows("DELETE FROM procrastinate_jobs WHERE status = 'todo'")

        async def add() -> UUID:
            async with unit_of_work(SYSTEM, self.restarted) as uow:
                return await add_session(uow, self.cast.course, self.cast.school, None, capacity=2)

        self.session = self.do(add)

    def killed_at(self, moment: int, deed: Deed) -> bool:
        """Do something in a process of its own that ends at its n-th moment, as by kill -9; tell whether it did.

        Nothing is cleaned up there: no rollback, no goodbye to the database, no handler runs.
        """
        child = os.fork()
        if child == 0:
            try:
                asyncio.run(self._die(moment, deed))
            except Killed:
                os._exit(KILLED)
            except BaseException:  # noqa: BLE001 - whatever it is, this process must not go on as pytest
                import traceback

                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(status) in {0, KILLED}, "the operation failed by itself"
        return os.waitstatus_to_exitcode(status) == KILLED

    async def _die(self, moment: int, deed: Deed) -> None:
        axe = Axe()
        axe.at_once = lambda: os._exit(KILLED)
        async with bootstrap.running(bootstrap.build(self.settings, clock=self.clock)):
            with axe.over_database():
                axe.set(moment)
                await deed()
                os._exit(0)

    # What people do.

    def order(self, *people: int) -> tuple[PlaceOrder, str]:
        """Return an order of the company's manager and its key."""
        self.placed += 1
        return command(self.session, *(people or (1, 2))), f"key-{self.placed}"

    def enroll(self, placed: tuple[PlaceOrder, str], actor: Actor | None = None) -> OrderView:
        """Place an order."""
        return self.do(lambda: service.enroll(actor or self.cast.marc, *placed))

    def signed(self) -> tuple[PlaceOrder, str]:
        """Return Lea's order for herself, its contract accepted."""

        async def show() -> str:
            async with unit_of_work(self.cast.lea) as uow:
                return (await contracts.contract(uow, self.session, "fr")).hash

        lea = {"email": "lea@test.example", "firstName": "Lea", "lastName": "Test"}
        self.placed += 1
        terms = {"contractAccepted": True, "contractHash": self.do(show), "participants": (lea,)}
        body = {"sessionId": self.session, "payer": Payer.INDIVIDUAL} | terms
        return PlaceOrder.model_validate(body), f"key-{self.placed}"

    def pay(self, view: OrderView, card: str = "") -> None:
        """Pay on the gateway's page; its events are kept until `deliver`."""
        from pygmalion_app.adapters.payments.testmode.cashier import play
        from pygmalion_app.adapters.payments.testmode.delivery import Delivery
        from pygmalion_app.adapters.payments.testmode.outcomes import Outcome

        page = str(view.checkout_url).rpartition("/")[2]
        self.do(lambda: play(page, Outcome.SUCCESS, card=card, delivery=Delivery.HELD))

    # What the gateway, the worker and time do.

    def events(self) -> list[dict[str, Any]]:
        """Return what the gateway still has to tell."""
        rows = self.rows("SELECT payload FROM testmode_events WHERE delivered_at IS NULL ORDER BY id")
        return [json.loads(row["payload"]) for row in rows]

    def deliver(self, *, times: int = 1) -> None:
        """Let the gateway tell everything that was not told, so many times each."""
        for event in self.events():
            for _ in range(times):
                self.do(lambda event=event: gateway_events.receive(event))
        self.rows("UPDATE testmode_events SET delivered_at = now() WHERE delivered_at IS NULL")

    def work(self) -> None:
        """Run all jobs of the orders' lives that are due, and what follows from them."""
        while rows := self.rows(
            "DELETE FROM procrastinate_jobs WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= %(now)s)"
            " RETURNING task_name, args, id",
            now=self.clock.now(),
        ):
            for row in sorted(rows, key=lambda row: row["id"]):
                if row["task_name"].startswith(MONEY_JOBS) and row["task_name"] not in LEFT_OUT:
                    self.do(lambda row=row: self.job(row["task_name"], **row["args"]))

    def job(self, name: str, **arguments: Any) -> Awaitable[Any]:
        """Run a job, in whichever process this is."""
        return self.restarted.jobs.app.tasks[name].func(**arguments)

    def queued(self, name: str) -> dict[str, Any]:
        """Return the arguments of the one job of a name that waits."""
        (row,) = self.rows("SELECT args FROM procrastinate_jobs WHERE task_name = %(name)s", name=name)
        return row["args"]

    def later(self, **by: float) -> None:
        """Let time pass, with everything that runs by the clock."""
        self.clock.move(**by)
        for _ in range(2):
            self.work()
            for name in SWEEPS:
                self.do(lambda name=name: self.job(name, timestamp=0))
            self.work()
            self.deliver()

    # What must hold.

    def check(self) -> None:
        """Hold everything against everything."""
        assert broken_rules(self.rows, [self.session], self.clock.now()) == []
        assert imbalance(self.database) == []

    def status(self, order: UUID) -> tuple[str, str, int]:
        """Return how an order and its payment stand, and how many seats are taken."""
        (row,) = self.rows(
            "SELECT o.status, p.status AS payment, s.seats_taken FROM orders o JOIN payments p ON p.reference = o.id"
            " JOIN sessions s ON s.id = o.session_id WHERE o.id = %(id)s",
            id=order,
        )
        return row["status"], row["payment"], row["seats_taken"]

    def count(self, query: Any, **values: object) -> int:
        """Return a number from the database."""
        return next(iter(self.rows(query, **values)[0].values()))


async def _awaited(deed: Deed) -> object:
    return await deed()


def open_database(settings: Settings) -> psycopg.Connection[DictRow]:
    """Return a connection that sees everything."""
    return psycopg.Connection[DictRow].connect(
        settings.database_url.get_secret_value(),
        autocommit=True,
        row_factory=dict_row,
        options="-c app.scope=system",
    )
