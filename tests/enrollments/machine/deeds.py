"""What may happen, each with a few small numbers that choose whom and what it happens to."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from pygmalion_app.core.actor import Actor
from pygmalion_app.enrollments import contracts, funding, instalments, refunding, transfers, waiting_list, withdrawal
from pygmalion_app.enrollments.cancellation import cancel, cancel_session
from pygmalion_app.enrollments.models import Payer
from pygmalion_app.enrollments.schemas import FundingDecision, MoveSeat, RefundSeats, ReplaceParticipant
from pygmalion_app.enrollments.waiting_schemas import AcceptOffer, JoinWaitingList
from pygmalion_app.enrollments.withdrawal import Withdraw
from pygmalion_app.invoicing.schemas import RecordTransfer
from tests.enrollments.machine.gateway import CARDS, Page
from tests.enrollments.machine.world import PEOPLE, SWEPT, Job, Placement, World, command

T = TypeVar("T")
SEAT_CENTS = 114_000
WAITS = ({"minutes": 5}, {"minutes": 31}, {"days": 16}, {"hours": 3}, {"hours": 25}, {"days": 3}, {"days": 6})
Deed = Callable[[World, int, int, int], Awaitable[None]]


def _pick(among: Sequence[T], number: int) -> T | None:
    return among[number % len(among)] if among else None


def _person(number: int) -> dict[str, str]:
    return {"email": f"p{number % PEOPLE}@test.example", "firstName": f"P{number}", "lastName": "Test"}


def _share(kind: str, cents: int) -> dict[str, Any]:
    return {"kind": kind, "name": "OPCO Mobilités", "dossier": "D1", "amountCents": cents}


async def buy(world: World, a: int, b: int, c: int) -> None:
    """A company orders: by card, with a code, by invoice, with a third party's share, or paid by one entirely."""
    people = [(c + number) % PEOPLE for number in range(1 + b // 2 % 3)]
    terms: dict[str, Any] = [
        {},
        {"discountCode": world.code},
        {"paymentMethod": "invoice", "purchaseOrder": "PO"},
        {"funding": [_share("opco", 50_001)]},
        {},
        {"funding": [_share("opco", SEAT_CENTS * len(people))]},
    ][c % 6]
    await world.order(world.companies[a % 2], command(world.sessions[b % 2], *people, **terms))


async def sign(world: World, a: int, b: int, c: int) -> None:
    """An individual accepts a contract and orders for themself."""
    person, session = a % len(world.individuals), world.sessions[b % 2]
    code = {"discountCode": world.code} if c % 4 == 0 else {}
    actor = world.individuals[person]
    shown = await world.acting(actor, lambda uow: contracts.contract(uow, session, "fr", code.get("discountCode")))
    if shown is None:
        return
    terms = {"contractAccepted": True, "contractHash": shown.hash} | code
    await world.order(actor, command(session, person, payer=Payer.INDIVIDUAL, **terms))


async def again(world: World, a: int, _b: int, _c: int) -> None:
    """A buyer whose answer got lost, or who cannot wait, sends an order once more."""
    if placed := _pick(world.placements, a):
        await world.place(placed)


async def pay(world: World, a: int, b: int, c: int) -> None:
    """Somebody does something on a page of the gateway; half of the events arrive at once."""
    page = _pick([page for page in world.gateway.pages if page.status == "open"], a)
    if page is not None:
        how = ("card", "card", "card", "card", "card", "card", "card", "debit", "debit", "decline", "expire", "card")[b]
        before = len(world.gateway.inbox)
        world.gateway.pay(page, how, CARDS[c % len(CARDS)])
        if c % 2:
            for event in world.gateway.inbox[before:]:
                await world.deliver(event)


async def pay_late(world: World, a: int, _b: int, _c: int) -> None:
    """Somebody pays in the last minute, and the news of it come when the hold has lapsed."""
    page = _pick([page for page in world.gateway.pages if page.status == "open"], a)
    if page is not None:
        world.gateway.pay(page, "card", "good")
        world.clock.move(minutes=31)


async def bank(world: World, a: int, b: int, _c: int) -> None:
    """A bank lets a debit or a refund arrive, or come back."""
    debits = [taken for taken in world.gateway.taken if taken.status == "processing"]
    back = [returned for returned in world.gateway.returned if returned.status == "pending"]
    if (taken := _pick(debits, a)) is not None and (b % 2 or not back):
        world.gateway.settle(taken, good=b % 3 > 0)
    elif (returned := _pick(back, a)) is not None:
        world.gateway.end_refund(returned, good=b % 3 > 0)


async def dispute(world: World, a: int, b: int, _c: int) -> None:
    """A buyer's bank takes money back, or decides."""
    opened = [taken for taken in world.gateway.taken if taken.dispute == "needs_response"]
    paid = [taken for taken in world.gateway.taken if taken.kept > 0 and not taken.dispute]
    if (taken := _pick(opened, a)) is not None and b % 2:
        world.gateway.decide(taken, won=b % 4 == 1)
    elif (taken := _pick(paid, a)) is not None:
        world.gateway.dispute(taken)


async def deliver(world: World, a: int, _b: int, _c: int) -> None:
    """One of the events that are on their way arrives, in no order."""
    if event := _pick(world.gateway.inbox, a):
        await world.deliver(event)


async def repeat(world: World, a: int, _b: int, _c: int) -> None:
    """An event arrives once more, perhaps after days."""
    if event := _pick(world.gateway.told, a):
        await world.deliver(dict(event))


async def give_up(world: World, a: int, b: int, c: int) -> None:
    """A buyer, or the school, gives one seat up."""
    if found := _seat(world, a, b):
        placed, seat = found
        await world.acting(placed.actor if c % 3 else world.cast.olga, lambda uow: cancel(uow, seat))


async def refund(world: World, a: int, b: int, c: int) -> None:
    """A whole order is given up, or the school gives some money back by its own choice."""
    placed = _pick(world.orders, a)
    if placed is None or placed.view is None or placed.view.payment_id is None:
        return
    payment = placed.view.payment_id
    wanted = RefundSeats()
    if c % 3 == 0:
        wanted = RefundSeats(amount_cents=1 + placed.view.amount_cents * b // 23, reason="gesture")
    actor = world.cast.olga if c % 3 < 2 else placed.actor
    await world.acting(actor, lambda uow: refunding.refund(uow, payment, wanted))


async def move(world: World, a: int, b: int, c: int) -> None:
    """A seat moves to the other session."""
    if found := _seat(world, a, b):
        placed, seat = found
        target = MoveSeat(session_id=world.sessions[c % 2])
        actor = placed.actor if c % 3 else world.cast.olga
        await world.acting(actor, lambda uow: transfers.move(uow, seat, target))


async def substitute(world: World, a: int, b: int, c: int) -> None:
    """A seat goes to somebody else."""
    if found := _seat(world, a, b):
        placed, seat = found
        wanted = ReplaceParticipant.model_validate({"participant": _person(c)})
        await world.acting(placed.actor, lambda uow: transfers.replace_participant(uow, seat, wanted))


async def withdraw(world: World, a: int, _b: int, _c: int) -> None:
    """An individual withdraws."""
    placed = _pick([one for one in world.orders if one.actor in world.individuals], a)
    if placed is None or placed.view is None:
        return
    order = placed.view.order_id
    shown = await world.acting(placed.actor, lambda uow: withdrawal.look(uow, order, "fr"))
    if shown is not None:
        wanted = Withdraw(confirmation=shown.confirmation)
        await world.acting(placed.actor, lambda uow: withdrawal.withdraw(uow, order, wanted))


async def join(world: World, a: int, b: int, c: int) -> None:
    """Somebody waits for seats: a company for one to three, an individual for theirs."""
    actor = [*world.companies, *world.individuals][a % 5]
    company = actor in world.companies
    wanted = JoinWaitingList(quantity=1 + c % 3 if company else 1, payer=Payer.COMPANY if company else Payer.INDIVIDUAL)
    view = await world.acting(actor, lambda uow: waiting_list.join(uow, world.sessions[b % 2], wanted))
    if view is not None:
        world.entries.append((actor, view.id))


async def leave(world: World, a: int, b: int, _c: int) -> None:
    """Somebody waits no more, or wants their place back."""
    if found := _pick(world.entries, a):
        actor, entry = found
        deed = waiting_list.take_back if b % 4 == 0 else waiting_list.leave
        await world.acting(actor, lambda uow: deed(uow, entry))


async def accept(world: World, a: int, b: int, c: int) -> None:
    """Somebody accepts what they are offered, perhaps fewer seats."""
    offers = world.rows(
        "SELECT id, session_id, quantity, user_id FROM waiting_list_entries"
        " WHERE session_id = ANY (%(ids)s) AND status = 'offered' ORDER BY ticket",
        ids=world.sessions,
    )
    offer = _pick(offers, a)
    if offer is None:
        return
    actor = next(actor for actor, entry in world.entries if entry == offer["id"])
    if actor not in world.companies:
        await _accept_alone(world, actor, offer["id"], offer["session_id"])
        return
    people = [_person(c + number) for number in range(max(1, offer["quantity"] - b % 2))]
    wanted = AcceptOffer.model_validate({"payer": "company", "participants": people})
    await _accept(world, actor, offer["id"], wanted)


async def _accept_alone(world: World, actor: Actor, entry: UUID, session: UUID) -> None:
    person = world.individuals.index(actor)
    shown = await world.acting(actor, lambda uow: contracts.contract(uow, session, "fr"))
    if shown is not None:
        terms = {"contractAccepted": True, "contractHash": shown.hash}
        wanted = AcceptOffer.model_validate({"payer": "individual", "participants": [_person(person)]} | terms)
        await _accept(world, actor, entry, wanted)


async def _accept(world: World, actor: Actor, entry: UUID, wanted: AcceptOffer) -> None:
    key = world.key
    await world.place(Placement(actor, lambda: waiting_list.accept(actor, entry, wanted, key)))


async def pay_page(world: World, a: int, b: int, _c: int) -> None:
    """An individual opens a page on which to pay a part that was refused, and mostly pays."""
    refused = world.rows(
        "SELECT i.id, p.reference, p.payer_user_id FROM instalments i JOIN payments p ON p.id = i.payment_id"
        " JOIN orders o ON o.id = p.reference WHERE i.status IN ('failed', 'charging')"
        " AND o.session_id = ANY (%(ids)s) ORDER BY i.id",
        ids=world.sessions,
    )
    part = _pick(refused, a)
    if part is None:
        return
    actor = next(one for one in world.individuals if one.user_id == part["payer_user_id"])
    await world.attempt(lambda: instalments.pay_now(actor, part["reference"], part["id"]))
    page: Page | None = next((page for page in world.gateway.pages[::-1] if page.status == "open"), None)
    if page is not None and b % 3 and str(part["id"]) in page.request.metadata.values():
        world.gateway.pay(page, "debit" if b % 4 == 0 else "card", "good")


async def call_off(world: World, a: int, b: int, c: int) -> None:
    """The school calls a session off; seldom, as everything ends with it."""
    if b == c:
        await world.acting(world.cast.olga, lambda uow: cancel_session(uow, world.sessions[a % 2]))


async def decide(world: World, a: int, b: int, _c: int) -> None:
    """A third party agrees to pay its share, or refuses."""
    shares = world.rows(
        "SELECT f.id FROM order_funding f JOIN orders o ON o.id = f.order_id"
        " WHERE o.session_id = ANY (%(ids)s) ORDER BY f.id",
        ids=world.sessions,
    )
    if share := _pick(shares, a):
        word = FundingDecision(agreed=b % 2 > 0)
        await world.acting(world.cast.olga, lambda uow: funding.decide(uow, share["id"], word))


async def transfer(world: World, a: int, b: int, _c: int) -> None:
    """The school's bank receives what an invoice asks for, or a part, or the school sends some back."""
    invoices = world.rows(
        "SELECT i.id, i.total_cents FROM invoices i JOIN orders o ON o.id = i.order_id"
        " WHERE o.session_id = ANY (%(ids)s) AND i.kind = 'invoice' AND i.prepaid_cents = 0 ORDER BY i.id",
        ids=world.sessions,
    )
    if invoice := _pick(invoices, a):
        cents = invoice["total_cents"] // (1, 1, 2, -3)[b % 4]
        word = RecordTransfer(amount_cents=cents, received_on=world.clock.now().date())
        await world.acting(world.cast.olga, lambda uow: funding.record_transfer(uow, invoice["id"], word))


async def retry(world: World, _a: int, _b: int, _c: int) -> None:
    """The administrator asks again for refunds that failed."""
    await world.retry_refunds()


async def by_hand(world: World, _a: int, _b: int, _c: int) -> None:
    """The administrator pays by bank transfer what the gateway cannot give back any more."""
    await world.pay_by_hand()


async def wait(world: World, a: int, _b: int, _c: int) -> None:
    """Time passes; over days, the sweeps that run every few minutes have run at least once."""
    time = WAITS[a % len(WAITS)]
    world.clock.move(**time)
    if "days" in time:
        await world.sweep()


async def work(world: World, a: int, b: int, _c: int) -> None:
    """Jobs run: all that are due, one of them, or one that is run twice."""
    if b % 2:
        await world.run_all()
        return
    if row := _pick(world.due(), a):
        await world.take(row)
        if b % 4 == 0:
            await world.run(Job(row["task_name"], row["args"]))


async def strike(world: World, a: int, b: int, c: int) -> None:
    """A job of money is killed on its way; another worker has it at once, or later."""
    await world.run(Job("enrollments.queue_instalments", {"timestamp": 0}))
    names = ("enrollments.charge_instalment", "payments.refund", "enrollments.cancel_order", "enrollments.offer_seats")
    row = _pick([row for row in world.due() if row["task_name"] in names], a)
    if row is not None:
        world.axe.set(2 * b + c % 2)
        await world.take(row)
        world.axe.rest()
        if c % 3:
            world.clock.move(minutes=16)
            await world.run_all()


async def lose(world: World, a: int, _b: int, _c: int) -> None:
    """A job is lost whose work a sweep finds."""
    rows = world.rows(
        "SELECT id FROM procrastinate_jobs WHERE status = 'todo' AND task_name = ANY (%(swept)s) ORDER BY id",
        swept=list(SWEPT),
    )
    if row := _pick(rows, a):
        world.rows("DELETE FROM procrastinate_jobs WHERE id = %(id)s", id=row["id"])


async def sweep(world: World, _a: int, _b: int, _c: int) -> None:
    """The sweeps run."""
    await world.sweep()


async def crash(world: World, a: int, b: int, _c: int) -> None:
    """The process will be killed at some moment of what comes next."""
    world.axe.set(a + 3 * b)


async def shut(world: World, a: int, _b: int, _c: int) -> None:
    """The gateway answers nobody for a while."""
    world.gateway.down = 1 + a % 3


def _seat(world: World, a: int, b: int) -> tuple[Placement, UUID] | None:
    placed = _pick(world.orders, a)
    seat = _pick(placed.view.enrollments, b) if placed and placed.view else None
    return (placed, seat.id) if placed and seat else None


DEEDS: dict[str, tuple[Deed, int]] = {
    "buy": (buy, 9),
    "sign": (sign, 5),
    "again": (again, 3),
    "pay": (pay, 12),
    "pay_late": (pay_late, 4),
    "bank": (bank, 4),
    "dispute": (dispute, 3),
    "deliver": (deliver, 6),
    "repeat": (repeat, 5),
    "give_up": (give_up, 6),
    "refund": (refund, 4),
    "move": (move, 4),
    "substitute": (substitute, 3),
    "withdraw": (withdraw, 2),
    "join": (join, 5),
    "leave": (leave, 2),
    "accept": (accept, 5),
    "pay_page": (pay_page, 2),
    "call_off": (call_off, 3),
    "decide": (decide, 2),
    "transfer": (transfer, 3),
    "retry": (retry, 1),
    "by_hand": (by_hand, 1),
    "wait": (wait, 9),
    "work": (work, 10),
    "strike": (strike, 6),
    "lose": (lose, 2),
    "sweep": (sweep, 2),
    "crash": (crash, 5),
    "shut": (shut, 1),
}
"""By name, with how often it comes."""
ELSEWHERE = {"pay_late", "crash", "shut", "bank", "dispute", "lose"}
"""What touches no row of the product's own."""
