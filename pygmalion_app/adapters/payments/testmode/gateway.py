"""The embedded payment gateway: Stripe's Checkout as far as the application sees it, in test mode.

It keeps its own table, as Stripe keeps its own database, and tells the application of what happened only by signed
HTTP events through the production webhook route.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from pygmalion_app.adapters.payments.testmode.models import TestmodeCheckout
from pygmalion_app.core.clock import Clock
from pygmalion_app.core.config import Settings
from pygmalion_app.core.errors import UnavailableError
from pygmalion_app.core.gateway import Checkout, CheckoutRequest, RefundRequest
from pygmalion_app.core.ids import new_id, new_token
from pygmalion_app.core.row_security import REACH_ALL
from pygmalion_app.core.webhooks import read_stripe_event

_TABLE = TestmodeCheckout.__table__  # pyright: ignore[reportAttributeAccessIssue]


class TestmodeGateway:
    """Opens checkouts whose page is served by the application itself, plainly marked TEST."""

    name = "embedded test-mode gateway"

    def __init__(self, engine: AsyncEngine, settings: Settings, clock: Clock) -> None:
        """Take the database and the settings; refuses to stand beside a live key."""
        if settings.stripe_secret_key.get_secret_value().startswith("sk_live"):
            message = "the test-mode gateway refuses to run beside a live Stripe key"
            raise ValueError(message)
        self._engine = engine
        self._settings = settings
        self._clock = clock

    async def open_checkout(self, request: CheckoutRequest, *, idempotency_key: str) -> Checkout:
        """Open a checkout, or return the one that this idempotency key opened before."""
        checkout_id = f"cs_test_{new_token(24)}"
        kept = {
            "reference": request.reference,
            "mode": request.mode.value,
            "amount_cents": request.amount_cents,
            "currency": request.currency.lower(),
            "commission_cents": request.commission_cents,
            "description": request.description,
            "quantity": request.quantity,
            "customer_email": request.customer_email,
            "success_url": request.success_url,
            "cancel_url": request.cancel_url,
            "locale": request.locale,
            "metadata": dict(request.metadata),
        }
        row = {
            "id": new_id(),
            "checkout_id": checkout_id,
            "idempotency_key": idempotency_key,
            "request": kept,
            "status": "open",
            "refunds": {},
            "expires_at": request.expires_at,
        }
        statement = (
            insert(_TABLE)
            .values(row)
            .on_conflict_do_update(index_elements=["idempotency_key"], set_={"idempotency_key": idempotency_key})
            .returning(_TABLE.c.checkout_id, _TABLE.c.expires_at)
        )
        async with self._engine.begin() as connection:
            await connection.execute(REACH_ALL)
            opened = (await connection.execute(statement)).one()
        return Checkout(
            opened.checkout_id,
            f"{self._settings.base_url}/testmode/checkout/{opened.checkout_id}",
            opened.expires_at,
        )

    async def expire_checkout(self, checkout_id: str) -> bool:
        """Close an open checkout; False when it was paid or closed already."""
        statement = (
            update(_TABLE)
            .where(_TABLE.c.checkout_id == checkout_id, _TABLE.c.status == "open")
            .values(status="expired")
        )
        async with self._engine.begin() as connection:
            await connection.execute(REACH_ALL)
            return (await connection.execute(statement)).rowcount == 1

    async def refund(self, request: RefundRequest, *, idempotency_key: str) -> str:
        """Record the refund and return its id; the same key returns the same refund."""
        async with self._engine.begin() as connection:
            await connection.execute(REACH_ALL)
            found = (
                await connection.execute(
                    select(_TABLE).where(_TABLE.c.payment_intent == request.payment_intent).with_for_update()
                )
            ).first()
            if found is None:
                raise UnavailableError(part="payments")
            refunds: dict[str, Any] = dict(found.refunds)
            if idempotency_key not in refunds:
                refunds[idempotency_key] = {"id": f"re_test_{new_token(18)}", "amount": request.amount_cents}
                await connection.execute(
                    update(_TABLE).where(_TABLE.c.payment_intent == request.payment_intent).values(refunds=refunds)
                )
        return refunds[idempotency_key]["id"]

    def read_event(self, payload: bytes, signature: str) -> Mapping[str, Any]:
        """Return the event of a webhook call; InvalidSignatureError when it is not ours."""
        return read_stripe_event(payload, signature, self._settings.stripe_webhook_secret, self._clock)
