"""Two sessions of one course, a few buyers, a gateway and a queue of jobs: where the machine's steps take place."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

import psycopg
from psycopg.rows import DictRow, dict_row

from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.errors import BusyError, PygmalionError, UnavailableError
from pygmalion_app.core.unit_of_work import Container, UnitOfWork, unit_of_work
from pygmalion_app.enrollments import gateway_events, hand_refunds, service
from pygmalion_app.enrollments.hand_refunds import RefundByHand
from pygmalion_app.enrollments.models import Payer
from pygmalion_app.enrollments.schemas import OrderView, PlaceOrder
from pygmalion_app.payments import refunds
from tests import servers
from tests.cast import Cast, add_person, add_session, seed
from tests.clock import MovableClock
from tests.enrollments.machine.gateway import Event, PlayedGateway
from tests.enrollments.machine.kill import Axe, Killed

T = TypeVar("T")
BEGIN = datetime(2026, 11, 22, 9, tzinfo=UTC)
CAPACITIES = (3, 2)
PEOPLE = 7
INDIVIDUALS = 3
IBAN = "FR7630006000011234567890189"
# What follows an order's life; the other jobs write documents and mails, which other tests look at.
MONEY_JOBS = ("enrollments.", "payments.")
LEFT_OUT = ("enrollments.write_contract", "enrollments.write_withdrawal", "payments.reconcile")
# What a sweep does again when its job is lost.
SWEPT = {
    "enrollments.expire_order",
    "enrollments.offer_seats",
    "enrollments.charge_instalment",
    "payments.refund",
    "payments.take_back",
    "enrollments.follow_confirmation",
    "enrollments.bill_order",
    "enrollments.bill_instalment",
    "enrollments.credit_refunds",
}
_SOON = 2  # hours; what is lost is looked for after days
SWEEPS = (
    "enrollments.sweep_lapsed",
    "enrollments.sweep_waiting",
    "enrollments.queue_instalments",
    "payments.sweep_refunds",
    "payments.sweep_transfers_back",
    "enrollments.sweep_bills",
)


@dataclass(frozen=True, slots=True)
class Job:
    """A queued job."""

    name: str
    arguments: dict[str, Any]


@dataclass
class Placement:
    """An order as its buyer sees it: how it is sent, always under the same key, and the answer if there was one."""

    actor: Actor
    send: Callable[[], Awaitable[OrderView]]
    view: OrderView | None = None


@dataclass
class World:
    """What there is. One for all examples; `begin` gives each example sessions of its own."""

    container: Container
    clock: MovableClock
    gateway: PlayedGateway
    axe: Axe
    database: psycopg.Connection[DictRow]
    """Looks at everything, and is never killed."""
    cast: Cast
    individuals: list[Actor]
    sessions: list[UUID] = field(default_factory=list[UUID])
    placements: list[Placement] = field(default_factory=list[Placement])
    entries: list[tuple[Actor, UUID]] = field(default_factory=list[tuple[Actor, UUID]])
    stalled: list[Job] = field(default_factory=list[Job])
    """Jobs whose worker died, or that failed for now: they are run again."""
    failed: bool = False
    """Whether the last example left things behind that its successors would stumble on."""
    steps: int = 0
    examples: int = 0

    async def begin(self) -> None:
        """Begin an example with two sessions where nothing is sold, on the same day as every other."""
        self.axe.rest()
        self.gateway.forget()
        for kept in (self.placements, self.entries, self.stalled):
            kept.clear()
        self.rows("DELETE FROM procrastinate_jobs WHERE status = 'todo'")
        if self.failed:
            self._wipe()
        # Until this example is over.
        self.failed = True
        self.clock.set(BEGIN)
        self.examples += 1
        async with unit_of_work(SYSTEM, self.container) as uow:
            self.sessions = [
                await add_session(uow, self.cast.course, self.cast.school, None, capacity=seats, in_days=30 + 10 * n)
                for n, seats in enumerate(CAPACITIES)
            ]
            await uow.sql("UPDATE discount_codes SET active = false WHERE active")
            await uow.sql(
                "INSERT INTO discount_codes (id, organization_id, code, percent, max_uses, active, created_by)"
                " VALUES (gen_random_uuid(), %(school)s, %(code)s, 33, 2, true, %(by)s)",
                school=self.cast.school,
                code=self.code,
                by=self.cast.olga.user_id,
            )

    def _wipe(self) -> None:
        name = self.database.info.dbname
        with psycopg.connect(servers.test_server().url("postgres", name), autocommit=True) as owner:
            owner.execute("SET session_replication_role = replica")
            owner.execute("TRUNCATE sessions, orders, payments, invoices, invoice_counters, ledger_entries CASCADE")

    @property
    def code(self) -> str:
        """The discount code of this example: good twice."""
        return f"MACHINE{self.examples}"

    @property
    def companies(self) -> tuple[Actor, Actor]:
        """Two managers who buy."""
        return self.cast.marc, self.cast.stranger

    @property
    def orders(self) -> list[Placement]:
        """The orders whose buyers know of them."""
        return [placed for placed in self.placements if placed.view is not None]

    def rows(self, query: Any, **values: object) -> list[DictRow]:
        """Look at the database, past everybody."""
        cursor = self.database.execute(query, values, prepare=True)
        return cursor.fetchall() if cursor.description else []

    async def attempt(self, work: Callable[[], Awaitable[T]]) -> T | None:
        """Do something that may be refused, find nobody, or be killed on the way."""
        try:
            return await work()
        except (Killed, UnavailableError, BusyError):
            return None
        except PygmalionError as error:
            if error.status >= 500:
                raise
            return None

    async def acting(self, actor: Actor, work: Callable[[UnitOfWork], Awaitable[T]]) -> T | None:
        """Do something as somebody in a transaction of its own."""

        async def within() -> T:
            async with unit_of_work(actor, self.container) as uow:
                return await work(uow)

        return await self.attempt(within)

    @property
    def key(self) -> str:
        """An idempotency key that was not used yet."""
        return f"machine-{self.examples}-{len(self.placements)}"

    async def order(self, actor: Actor, command: PlaceOrder) -> None:
        """Place an order."""
        key = self.key
        await self.place(Placement(actor, lambda: service.enroll(actor, command, key)))

    async def place(self, placed: Placement) -> None:
        """Send an order; with the same key it stays the same order."""
        if placed not in self.placements:
            self.placements.append(placed)
        view = await self.attempt(placed.send)
        if view is not None:
            assert placed.view is None or placed.view.order_id == view.order_id, "one key, two orders"
            placed.view = view

    # Events.

    async def deliver(self, event: Event) -> None:
        """Deliver an event; what is not answered with success comes again."""

        async def receive() -> bool:
            await gateway_events.receive(event)
            return True

        if event in self.gateway.inbox:
            self.gateway.inbox.remove(event)
        if await self.attempt(receive):
            self.gateway.told.append(event)
        else:
            self.gateway.inbox.append(event)

    # Jobs.

    def due(self) -> list[DictRow]:
        """Return the jobs that can run now, the oldest first."""
        return self.rows(
            "SELECT id, task_name, args FROM procrastinate_jobs WHERE status = 'todo'"
            " AND (scheduled_at IS NULL OR scheduled_at <= %(now)s) ORDER BY id",
            now=self.clock.now(),
        )

    async def take(self, row: DictRow) -> None:
        """Take a job off the queue and run it."""
        self.rows("DELETE FROM procrastinate_jobs WHERE id = %(id)s", id=row["id"])
        await self.run(Job(row["task_name"], row["args"]))

    async def run(self, job: Job) -> None:
        """Run a job; one that is killed, or cannot reach something, is run again later."""
        if not job.name.startswith(MONEY_JOBS) or job.name in LEFT_OUT:
            return
        try:
            await self.container.jobs.app.tasks[job.name].func(**job.arguments)
        except (Killed, UnavailableError, BusyError):
            self.stalled.append(job)

    async def run_all(self) -> None:
        """Run everything that is due, and what follows from it."""
        for _ in range(20):
            stalled, self.stalled = self.stalled, []
            jobs = self.due()
            for job in stalled:
                await self.run(job)
            for row in jobs:
                await self.take(row)
            if not stalled and not jobs:
                return
        message = "jobs beget jobs without end"
        raise AssertionError(message)

    async def sweep(self) -> None:
        """Run what looks for lost jobs."""
        for name in SWEEPS:
            await self.run(Job(name, {"timestamp": 0}))

    # The end.

    async def end(self) -> None:
        """Let everything arrive and time pass: whatever still waits is resolved by a job, an event or a deadline."""
        self.axe.rest()
        self.gateway.down = 0
        for hours in (0, 2, 20 * 24, 8 * 24, 40 * 24):
            self.clock.move(hours=hours)
            await self._settle_gateway()
            await self.run_all()
            await self.retry_refunds()
            if hours > _SOON:
                await self.sweep()
            await self.run_all()
            await self._settle_gateway()
            await self.run_all()
        await self.pay_by_hand()
        await self.run_all()

    async def pay_by_hand(self) -> None:
        """Let the administrator pay by hand what the gateway will never give back: of a charge that a bank took."""
        lost = {taken.intent for taken in self.gateway.taken if taken.dispute == "lost"}
        word = RefundByHand(reference="VIR 1", paid_on=self.clock.now().date())
        for row in self._failed_refunds():
            if row["payment_intent"] in lost:
                await self.acting(self.cast.ada, partial(hand_refunds.record, refund_id=row["id"], command=word))

    async def _settle_gateway(self) -> None:
        for number, taken in enumerate(self.gateway.taken):
            if taken.status == "processing":
                self.gateway.settle(taken, good=number % 2 == 0)
            if taken.dispute == "needs_response":
                self.gateway.decide(taken, won=number % 2 == 0)
        for returned in self.gateway.returned:
            if returned.status == "pending":
                self.gateway.end_refund(returned, good=True)
        for page in self.gateway.pages:
            if page.status == "open" and page.request.expires_at <= self.clock.now():
                self.gateway.close(page)
        while self.gateway.inbox:
            await self.deliver(self.gateway.inbox[0])

    async def retry_refunds(self) -> None:
        """Let the administrator ask again for this example's refunds that failed."""
        for row in self._failed_refunds():
            await self.acting(self.cast.ada, partial(refunds.retry, refund_id=row["id"]))

    def _failed_refunds(self) -> list[DictRow]:
        return self.rows(
            "SELECT r.id, r.payment_intent FROM refunds r JOIN payments p ON p.id = r.payment_id"
            " JOIN orders o ON o.id = p.reference WHERE r.status = 'failed' AND o.session_id = ANY (%(ids)s)"
            " ORDER BY r.id",
            ids=self.sessions,
        )


async def make_world(container: Container, clock: MovableClock, gateway: PlayedGateway, axe: Axe) -> World:
    """Return a world with its people: two companies that can be found, a school that takes transfers, individuals."""
    cast = await seed(container)
    async with unit_of_work(SYSTEM, container) as uow:
        individuals = [await add_person(uow, f"p{number}") for number in range(INDIVIDUALS)]
        await uow.sql("UPDATE organizations SET siret = '35600000000048' WHERE id = %(id)s", id=cast.company)
        await uow.sql(
            "UPDATE organizations SET siret = '73282932000074' WHERE id = %(id)s",
            id=cast.stranger.memberships[0].organization_id,
        )
        await uow.sql(
            "UPDATE organizations SET siret = '55210055400013', iban = %(iban)s, accepts_invoice_payment = true"
            " WHERE id = %(id)s",
            id=cast.school,
            iban=IBAN,
        )
    url = container.settings.database_url.get_secret_value()
    database = psycopg.Connection[DictRow].connect(
        url, autocommit=True, row_factory=dict_row, options="-c app.scope=system -c jit=off"
    )
    return World(container, clock, gateway, axe, database, cast, individuals)


def command(session: UUID, *people: int, payer: Payer = Payer.COMPANY, **terms: Any) -> PlaceOrder:
    """Return an order for some of the people, by their numbers."""
    participants = tuple(
        {"email": f"p{one}@test.example", "firstName": f"P{one}", "lastName": "Test"} for one in people
    )
    return PlaceOrder.model_validate(
        {"sessionId": session, "payer": payer, "participants": participants} | terms,
    )
