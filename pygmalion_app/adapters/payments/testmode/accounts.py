"""Connected accounts of the test-mode gateway: opening, onboarding, paying out; and the platform's balance."""

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from procrastinate import RetryStrategy
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from pygmalion_app.adapters.payments.testmode import objects
from pygmalion_app.adapters.payments.testmode.models import TestmodeMovement, TestmodeObject
from pygmalion_app.adapters.payments.testmode.store import PLATFORM, Shelves
from pygmalion_app.core.clock import Clock
from pygmalion_app.core.config import Settings
from pygmalion_app.core.errors import UnavailableError
from pygmalion_app.core.gateway import (
    BalanceMovement,
    GatewayPayout,
    MerchantAccount,
    MovementKind,
    PayoutRefusedError,
    TransferRefusedError,
)
from pygmalion_app.core.ids import new_token
from pygmalion_app.core.jobs import tasks
from pygmalion_app.core.unit_of_work import container

LINK_MINUTES = 5
TRAVEL = timedelta(days=2)
"""How long a payout takes to a bank."""
ARRIVES_AFTER = timedelta(minutes=1)
"""How soon a payout arrives in test mode, unless somebody has decided otherwise by then."""
ARRIVE_TASK = "testmode.payout_arrives"


class TestmodeAccounts:
    """The organisations' accounts."""

    def __init__(self, engine: AsyncEngine, settings: Settings, clock: Clock) -> None:
        """Take the database and the settings."""
        self._engine = engine
        self._settings = settings
        self._clock = clock

    def _shelves(self) -> Shelves:
        return Shelves(self._engine, self._clock.now())

    async def open_account(self, organization_id: str, email: str, country: str, *, idempotency_key: str) -> str:
        """Open an account, or return the one that this key opened before."""
        async with self._shelves() as shelves:
            made = await shelves.once(idempotency_key)
            if made is None:
                body = objects.account(organization_id, email, country, shelves.now)
                made = await shelves.add(body, key=idempotency_key)
            return made.object_id

    async def onboarding_link(self, account_id: str, *, return_url: str, refresh_url: str) -> str:
        """Return the address of the test page that stands for the gateway's own."""
        async with self._shelves() as shelves:
            await _account(shelves, account_id)
            link = {
                "id": f"link_test_{new_token(24)}",
                "object": "account_link",
                "expires_at": objects.stamp(shelves.now + timedelta(minutes=LINK_MINUTES)),
                "return_url": return_url,
                "refresh_url": refresh_url,
            }
            await shelves.add(link, parent=account_id)
        return f"{self._settings.base_url}/testmode/onboarding/{link['id']}"

    async def read_account(self, account_id: str) -> MerchantAccount:
        """Return an account as it stands."""
        async with self._shelves() as shelves:
            body = (await _account(shelves, account_id)).body
        requirements = (*body["requirements"]["past_due"], *body["requirements"]["currently_due"])
        return MerchantAccount(
            id=account_id,
            details_submitted=body["details_submitted"],
            charges_enabled=body["charges_enabled"],
            payouts_enabled=body["payouts_enabled"],
            requirements=tuple(dict.fromkeys(requirements)),
        )

    async def pay_out(
        self, account_id: str, amount_cents: int, currency: str, *, idempotency_key: str, metadata: Mapping[str, str]
    ) -> GatewayPayout:
        """Send money to the account's bank; PayoutRefusedError where the account may not be paid or holds too little.

        What was sold before the account was complete is on the platform's balance: it is handed over first.
        """
        async with self._shelves() as shelves:
            made = await shelves.once(idempotency_key)
            if made is None:
                account = await _account(shelves, account_id, lock=True)
                if not account.body["payouts_enabled"] or amount_cents <= 0:
                    raise PayoutRefusedError(account=account_id, reason="account_not_ready")
                body = objects.payout(amount_cents, currency, shelves.now + TRAVEL, dict(metadata), shelves.now)
                made = await _send(shelves, account, body, idempotency_key)
            body = made.body
        return GatewayPayout(body["id"], body["status"], datetime.fromtimestamp(body["arrival_date"], UTC))

    async def take_back(self, payment_intent: str, amount_cents: int, *, idempotency_key: str) -> str | None:
        """Take back what an account got of a payment; TransferRefusedError where it holds or got too little."""
        async with self._shelves() as shelves:
            made = await shelves.once(idempotency_key)
            if made is None:
                kept = await shelves.find(payment_intent, lock=True)
                if kept is None:
                    raise UnavailableError(part="payouts")
                seller = kept.body["on_behalf_of"]
                if seller is None:
                    return None
                made = await _reverse(shelves, kept, seller, amount_cents, idempotency_key)
            return made.object_id


async def _reverse(shelves: Shelves, kept: TestmodeObject, seller: str, amount_cents: int, key: str) -> TestmodeObject:
    currency, before = kept.body["currency"], int(kept.own.get("reversed", 0))
    given_back = int(kept.own.get("refunded", 0))
    if amount_cents + before + given_back > kept.body["amount"]:
        raise TransferRefusedError(payment_intent=kept.object_id, reason="amount_too_large")
    if await shelves.balance(seller, currency) < amount_cents:
        raise TransferRefusedError(payment_intent=kept.object_id, reason="balance_insufficient")
    body = objects.transfer_reversal(kept.object_id, amount_cents, currency, shelves.now)
    made = await shelves.add(body, key=key, parent=kept.object_id)
    await shelves.change(kept, {"reversed": before + amount_cents})
    await shelves.move(PLATFORM, MovementKind.TRANSFER_REVERSAL, amount_cents, currency, body["id"])
    await shelves.move(seller, MovementKind.TRANSFER_REVERSAL, -amount_cents, currency, body["id"])
    return made


async def _account(shelves: Shelves, account_id: str, *, lock: bool = False) -> TestmodeObject:
    found = await shelves.find(account_id, lock=lock)
    if found is None or found.kind != "account":
        raise UnavailableError(part="payouts")
    return found


async def _send(shelves: Shelves, account: TestmodeObject, body: dict[str, Any], key: str) -> TestmodeObject:
    amount, currency = body["amount"], body["currency"]
    missing = amount - await shelves.balance(account.object_id, currency)
    if missing > 0:
        if missing > await shelves.balance(PLATFORM, currency):
            raise PayoutRefusedError(account=account.object_id, reason="balance_insufficient")
        await shelves.move(PLATFORM, MovementKind.TRANSFER, -missing, currency, body["id"])
        await shelves.move(account.object_id, MovementKind.TRANSFER, missing, currency, body["id"])
    made = await shelves.add(body, key=key, parent=account.object_id)
    await shelves.move(account.object_id, MovementKind.PAYOUT, -amount, currency, body["id"])
    await shelves.tell("payout.created", body, account=account.object_id)
    await container().jobs.defer(
        shelves.session,
        ARRIVE_TASK,
        at=shelves.now + ARRIVES_AFTER,
        queueing_lock=None,
        lock=None,
        arguments={"payout_id": body["id"]},
    )
    return made


async def end_payout(shelves: Shelves, found: TestmodeObject, *, paid: bool) -> tuple[str, dict[str, Any]]:
    """Let a payout arrive or come back; return the event that tells so."""
    if paid:
        return "payout.paid", await shelves.change(found, status="paid")
    body = await shelves.change(
        found, status="failed", failure_code="account_closed", failure_message="The bank account has been closed."
    )
    await shelves.move(str(found.parent), MovementKind.PAYOUT, body["amount"], body["currency"], body["id"])
    return "payout.failed", body


@tasks.task(name=ARRIVE_TASK, queue="payments", retry=RetryStrategy(max_attempts=5, exponential_wait=2))
async def payout_arrives(payout_id: str) -> None:
    """Let a payout arrive that nobody has let fail meanwhile."""
    async with Shelves(container().engine, container().clock.now()) as shelves:
        found = await shelves.find(payout_id, lock=True)
        if found is not None and found.body["status"] == "in_transit":
            kind, body = await end_payout(shelves, found, paid=True)
            await shelves.tell(kind, body, account=found.parent)


class TestmodeBalance:
    """The platform's balance, line by line."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        """Take the database."""
        self._engine = engine
        self._clock = clock

    async def movements(self, since: datetime, until: datetime) -> AsyncIterator[BalanceMovement]:
        """Yield what moved from `since` on and before `until`, oldest first."""
        query = (
            select(TestmodeMovement)
            .where(
                col(TestmodeMovement.account) == PLATFORM,
                col(TestmodeMovement.moved_at) >= since,
                col(TestmodeMovement.moved_at) < until,
            )
            .order_by(col(TestmodeMovement.moved_at), col(TestmodeMovement.id))
        )
        async with Shelves(self._engine, self._clock.now()) as shelves:
            rows = (await shelves.session.execute(query)).scalars().all()
        for row in rows:
            yield BalanceMovement(
                id=row.movement_id,
                kind=MovementKind(row.kind),
                amount_cents=row.amount_cents,
                fee_cents=row.fee_cents,
                currency=row.currency,
                source=row.source,
                created_at=row.moved_at,
            )
