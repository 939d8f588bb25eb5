"""The books: what the database itself holds them to, who reads them, and the parts that add up to wholes."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.errors import PermissionDeniedError
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.unit_of_work import Container, UnitOfWork
from pygmalion_app.ledger import service as ledger
from pygmalion_app.ledger.errors import EntryConflictError, UnbalancedEntryError
from pygmalion_app.ledger.models import Account, Kind
from pygmalion_app.ledger.schemas import Entry, Line
from pygmalion_app.payments import accounting
from pygmalion_app.payments.models import Payment
from tests.cast import Cast
from tests.ledger import imbalance_now

Open = Callable[[Actor], AbstractAsyncContextManager[UnitOfWork]]
Sums = dict[Account, int]

_ADD_LINE = "INSERT INTO ledger_lines (entry_id, position, account, amount_cents) SELECT id"
_ADD_ENTRY = "INSERT INTO ledger_entries (id, key, kind, currency, occurred_at) VALUES (gen_random_uuid(),"


def entry(cast: Cast, cents: int = 500, key: str = "one") -> Entry:
    """Return a charge of so much."""
    lines = (
        Line(Account.GATEWAY, cents, cast.school),
        Line(Account.BUYER, -cents, cast.company),
        Line(Account.COMMISSION, 0),
    )
    return Entry(Kind.CHARGE, key, "EUR", lines, order_id=new_id() if key != "one" else None)


def payment_of(cast: Cast, cents: int = 114_000, commission: int = 9_500) -> Payment:
    """Return a payment of the company to the school, not stored."""
    assert cast.marc.user_id
    return Payment(
        reference=new_id(),
        payer_user_id=cast.marc.user_id,
        payer_organization_id=cast.company,
        payee_organization_id=cast.school,
        amount_cents=cents,
        commission_cents=commission,
        expires_at=None,  # pyright: ignore[reportArgumentType] - not looked at
    )


async def standing(uow: UnitOfWork, payment: Payment) -> Sums:
    """Return what stands on the accounts of a payment's order, without those at zero."""
    return {account: cents for account, cents in (await ledger.order_balances(uow, payment.reference)).items() if cents}


async def test_an_entry_is_written_once(uow_factory: Open, cast: Cast) -> None:
    async with uow_factory(SYSTEM) as uow:
        assert await ledger.post(uow, entry(cast))
    async with uow_factory(SYSTEM) as uow:
        assert not await ledger.post(uow, entry(cast))
        with pytest.raises(EntryConflictError):
            await ledger.post(uow, entry(cast, cents=501))
        found = {balance.account: balance.amount_cents for balance in await ledger.balances(uow)}
    assert found == {Account.GATEWAY: 500, Account.BUYER: -500}


async def test_what_is_sent_along_is_held_against_what_its_key_told(uow_factory: Open, cast: Cast) -> None:
    for _ in range(2):
        async with uow_factory(SYSTEM) as uow:
            await ledger.post_along(uow, entry(cast))
    with pytest.raises(EntryConflictError):
        async with uow_factory(SYSTEM) as uow:
            await ledger.post_along(uow, entry(cast, cents=501))
    async with uow_factory(SYSTEM) as uow:
        found = {balance.account: balance.amount_cents for balance in await ledger.balances(uow)}
    assert found == {Account.GATEWAY: 500, Account.BUYER: -500}


async def test_an_entry_that_does_not_balance_is_refused(uow_factory: Open, cast: Cast) -> None:
    lines = (Line(Account.GATEWAY, 500), Line(Account.BUYER, -499))
    with pytest.raises(UnbalancedEntryError):
        async with uow_factory(SYSTEM) as uow:
            await ledger.post(uow, Entry(Kind.CHARGE, "crooked", "EUR", lines))


@pytest.mark.parametrize(
    "statement",
    [
        f"{_ADD_LINE}, 9, 'FOO', 1 FROM ledger_entries",
        f"{_ADD_LINE}, 9, 'BUYER', 1 FROM ledger_entries",
        f"{_ADD_ENTRY} 'empty', 'fee', 'EUR', now())",
        "UPDATE ledger_lines SET amount_cents = 1",
        "UPDATE ledger_entries SET currency = 'USD'",
        "DELETE FROM ledger_lines",
        "DELETE FROM ledger_entries",
        "TRUNCATE ledger_lines",
        "TRUNCATE ledger_entries CASCADE",
    ],
)
async def test_the_database_refuses_what_would_spoil_the_books(
    uow_factory: Open, container: Container, cast: Cast, statement: str
) -> None:
    async with uow_factory(SYSTEM) as uow:
        await ledger.post(uow, entry(cast))
    with pytest.raises(DBAPIError):
        async with uow_factory(SYSTEM) as uow:
            await uow.session.execute(text(statement))
    assert await imbalance_now(container) == []


async def test_nobody_but_the_system_posts(uow_factory: Open, cast: Cast) -> None:
    for actor in (cast.marc, cast.olga, cast.ada):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            async with uow_factory(actor) as uow:
                await uow.sql(
                    "INSERT INTO ledger_entries (id, key, kind, currency, occurred_at)"
                    " VALUES (gen_random_uuid(), 'mine', 'fee', 'EUR', now())"
                )


async def test_each_reads_the_lines_of_their_own_organisation(uow_factory: Open, cast: Cast) -> None:
    async with uow_factory(SYSTEM) as uow:
        await ledger.post(uow, entry(cast))
    seen: dict[str, list[str]] = {}
    for name in ("lea", "marc", "olga", "tom", "ada", "stranger"):
        async with uow_factory(getattr(cast, name)) as uow:
            rows = await uow.sql("SELECT l.account FROM ledger_lines l JOIN ledger_entries e ON e.id = l.entry_id")
            seen[name] = sorted(row["account"] for row in rows)
            with nullcontext() if name == "ada" else pytest.raises(PermissionDeniedError):
                await ledger.balances(uow)
            if name == "olga":
                assert [b.amount_cents for b in await ledger.organization_balances(uow, cast.school)] == [500]
    nothing: list[str] = []
    assert seen == {
        "lea": nothing,
        "marc": ["BUYER"],
        "olga": ["GATEWAY"],
        "tom": nothing,
        "ada": ["BUYER", "GATEWAY"],
        "stranger": nothing,
    }


async def test_a_sale_paid_and_given_back_in_two_parts_leaves_nothing(uow_factory: Open, cast: Cast) -> None:
    payment = payment_of(cast, 114_001, 9_501)
    async with uow_factory(SYSTEM) as uow:
        await accounting.sold(uow, payment)
        assert await standing(uow, payment) == {
            Account.BUYER: 114_001,
            Account.SELLER: -104_500,
            Account.COMMISSION: -7_917,
            Account.COMMISSION_VAT: -1_584,
        }
        await accounting.charged(uow, payment, 114_001, 9_501, "pi_1", accounting.CHECKOUT)
        assert Account.BUYER not in await standing(uow, payment)
        given = 0
        for number, part in enumerate((37_333, 76_668)):
            commission = accounting.share(9_501, part, 114_001, given)
            await accounting.credited(uow, payment, part, commission, f"seat-{number}")
            await accounting.credited(uow, payment, part, commission, f"seat-{number}")
            await accounting.refunded(uow, payment, part, commission, f"re_{number}", f"refund-{number}")
            given += part
        assert await standing(uow, payment) == {}


async def test_late_money_that_goes_back_touches_no_sale(uow_factory: Open, cast: Cast) -> None:
    payment = payment_of(cast)
    async with uow_factory(SYSTEM) as uow:
        await accounting.charged(uow, payment, 114_000, 9_500, "pi_1", accounting.CHECKOUT)
        assert not await accounting.credited(uow, payment, 114_000, 9_500, "late")
        await accounting.refunded(uow, payment, 114_000, 9_500, "re_1", "refund-1")
        assert await standing(uow, payment) == {}


async def test_disputes_fees_and_money_past_the_gateway(uow_factory: Open, cast: Cast) -> None:
    won, lost, invoiced = payment_of(cast), payment_of(cast), payment_of(cast)
    async with uow_factory(SYSTEM) as uow:
        for payment in (won, lost):
            await accounting.sold(uow, payment)
            await accounting.charged(uow, payment, 114_000, 9_500, "pi", accounting.CHECKOUT)
            await accounting.disputed(uow, payment, 114_000, f"dp_{payment.id}")
        await accounting.dispute_closed(uow, won, 114_000, f"dp_{won.id}", won=True)
        for _ in range(2):
            await accounting.dispute_closed(
                uow, lost, 114_000, f"dp_{lost.id}", won=False, commission_cents=lost.commission_cents
            )
        await accounting.transfer_taken_back(uow, lost, 104_500, f"dp_{lost.id}", "tr_1")
        assert (await standing(uow, won))[Account.SELLER] == -104_500
        # The platform's balance lost its commission, and nothing else.
        assert await standing(uow, lost) == {}
        await accounting.sold(uow, invoiced)
        await accounting.third_party_owes(uow, invoiced, 40_000, "opco")
        await accounting.paid_outside(uow, invoiced, 40_000, "opco", by_third_party=True)
        await accounting.paid_outside(uow, invoiced, 74_000, "transfer")
        left = await standing(uow, invoiced)
        assert left == {Account.SELLER: 9_500, Account.COMMISSION: -7_917, Account.COMMISSION_VAT: -1_583}
        await accounting.fee(uow, 1_735, "EUR", "pi", "txn_1", won)
        assert (await standing(uow, won))[Account.GATEWAY_FEE] == 1_735
        await accounting.paid_out(uow, cast.school, 104_500, "EUR", "row-1", order_id=won.reference)
        assert Account.SELLER not in await standing(uow, won)
        await accounting.payout_failed(uow, cast.school, 104_500, "EUR", "row-1", order_id=won.reference)
        assert (await standing(uow, won))[Account.SELLER] == -104_500


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_parts_add_up_to_the_whole_and_never_exceed_what_they_are_part_of(data: st.DataObject) -> None:
    total = data.draw(st.integers(1, 10_000_000))
    whole = data.draw(st.integers(0, total))
    parts: list[int] = []
    left = total
    while left:
        part = data.draw(st.integers(1, left)) if len(parts) < 8 else left
        parts.append(part)
        left -= part
    shares: list[int] = []
    vats: list[int] = []
    for index, part in enumerate(parts):
        share = accounting.share(whole, part, total, sum(parts[:index]))
        assert 0 <= share <= part
        vat = accounting.contained_vat(sum(shares) + share) - accounting.contained_vat(sum(shares))
        assert 0 <= vat <= share
        shares.append(share)
        vats.append(vat)
    assert sum(shares) == whole
    assert sum(vats) == accounting.contained_vat(whole)
