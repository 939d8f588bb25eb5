"""The test-mode gateway's own shelves: its objects, its balances and the events that it has still to send."""

import json
from datetime import datetime
from typing import Any, Self

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlmodel import col

from pygmalion_app.adapters.payments.testmode.models import TestmodeEvent, TestmodeMovement, TestmodeObject
from pygmalion_app.core.gateway import MovementKind
from pygmalion_app.core.ids import new_token
from pygmalion_app.core.row_security import REACH_ALL
from pygmalion_app.core.unit_of_work import container

API_VERSION = "2026-10-28.endive"
DELIVER_TASK = "testmode.deliver_event"
PLATFORM = ""
"""The account of the platform itself."""


class Shelves:
    """One transaction on the gateway's side; use it with `async with`."""

    def __init__(self, engine: AsyncEngine, now: datetime) -> None:
        """Take where the tables are, and the time that everything in this transaction happens at."""
        self.session = AsyncSession(engine, expire_on_commit=False)
        self.now = now

    async def __aenter__(self) -> Self:
        """Begin; the gateway reaches its own tables, whoever acts in the application."""
        await self.session.execute(REACH_ALL)
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Commit, or roll back after an error."""
        try:
            if kind is None:
                await self.session.commit()
        finally:
            await self.session.close()

    async def once(self, idempotency_key: str) -> TestmodeObject | None:
        """Return what this key has made, after whoever is making it now; None for whoever comes first."""
        await self.session.execute(
            text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))"), {"key": f"testmode:{idempotency_key}"}
        )
        query = select(TestmodeObject).where(col(TestmodeObject.idempotency_key) == idempotency_key)
        return (await self.session.execute(query)).scalar_one_or_none()

    async def find(self, object_id: str, *, lock: bool = False) -> TestmodeObject | None:
        """Return an object by its id."""
        query = select(TestmodeObject).where(col(TestmodeObject.object_id) == object_id)
        return (await self.session.execute(query.with_for_update() if lock else query)).scalar_one_or_none()

    async def latest(self, kind: str, parent: str) -> TestmodeObject | None:
        """Return the newest object of a kind that belongs to another one, locked."""
        query = (
            select(TestmodeObject)
            .where(col(TestmodeObject.parent) == parent, col(TestmodeObject.kind) == kind)
            .order_by(col(TestmodeObject.id).desc())
            .limit(1)
            .with_for_update()
        )
        return (await self.session.execute(query)).scalar_one_or_none()

    async def ids(self, kind: str, parent: str) -> list[str]:
        """Return the ids of all objects of a kind that belong to another one, oldest first."""
        query = select(col(TestmodeObject.object_id)).where(
            col(TestmodeObject.parent) == parent, col(TestmodeObject.kind) == kind
        )
        return list((await self.session.execute(query.order_by(col(TestmodeObject.id)))).scalars())

    async def add(
        self, body: dict[str, Any], *, key: str | None = None, parent: str | None = None, **own: object
    ) -> TestmodeObject:
        """Keep a new object."""
        made = TestmodeObject(
            object_id=body["id"], kind=body["object"], idempotency_key=key, parent=parent, body=body, own=own
        )
        self.session.add(made)
        await self.session.flush()
        return made

    async def change(
        self, found: TestmodeObject, own: dict[str, Any] | None = None, **values: object
    ) -> dict[str, Any]:
        """Change an object's body (and what only the gateway knows of it) and return the new body."""
        found.body = {**found.body, **values}
        if own:
            found.own = {**found.own, **own}
        await self.session.flush()
        return found.body

    async def move(
        self, account: str, kind: MovementKind, amount: int, currency: str, source: str, fee: int = 0
    ) -> None:
        """Write a line of a balance; nothing for nothing."""
        if amount == 0 and fee == 0:
            return
        self.session.add(
            TestmodeMovement(
                movement_id=f"txn_test_{new_token(18)}",
                account=account,
                kind=kind,
                amount_cents=amount,
                fee_cents=fee,
                currency=currency.upper(),
                source=source,
                moved_at=self.now,
            )
        )
        await self.session.flush()

    async def balance(self, account: str, currency: str) -> int:
        """Return what an account holds, after the gateway's fees."""
        query = select(func.coalesce(func.sum(col(TestmodeMovement.amount_cents) - col(TestmodeMovement.fee_cents)), 0))
        query = query.where(
            col(TestmodeMovement.account) == account, col(TestmodeMovement.currency) == currency.upper()
        )
        return (await self.session.execute(query)).scalar_one()

    async def tell(
        self, kind: str, about: dict[str, Any], *, account: str | None = None, at: datetime | None = None
    ) -> str:
        """Keep an event and a job that will deliver it, at once or at a given time; return the event's id."""
        event_id = self.keep(kind, about, account=account)
        await self.session.flush()
        await container().jobs.defer(
            self.session, DELIVER_TASK, at=at, queueing_lock=None, lock=None, arguments={"event_id": event_id}
        )
        return event_id

    def keep(self, kind: str, about: dict[str, Any], *, account: str | None = None) -> str:
        """Keep an event that nobody delivers yet and return its id."""
        event_id = f"evt_test_{new_token(18)}"
        body = {
            "id": event_id,
            "object": "event",
            "api_version": API_VERSION,
            "created": int(self.now.timestamp()),
            "livemode": False,
            "type": kind,
            "data": {"object": about},
            **({"account": account} if account else {}),
        }
        self.session.add(TestmodeEvent(event_id=event_id, payload=json.dumps(body)))
        return event_id
