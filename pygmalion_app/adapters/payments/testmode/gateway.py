"""The embedded payment gateway: Stripe as far as the application sees it, in test mode.

It keeps tables of its own, as Stripe keeps its own database, and tells the application of what happened only by signed
HTTP events through the production webhook route.
"""

import base64
from collections.abc import Mapping
from typing import Any, LiteralString

from psycopg.types.json import Jsonb
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncEngine

from pygmalion_app.adapters.payments.testmode import money, objects
from pygmalion_app.adapters.payments.testmode.models import TestmodeCheckout, TestmodeObject
from pygmalion_app.adapters.payments.testmode.store import Shelves
from pygmalion_app.core.clock import Clock
from pygmalion_app.core.config import Settings
from pygmalion_app.core.db import at_once
from pygmalion_app.core.errors import UnavailableError
from pygmalion_app.core.gateway import (
    Charge,
    ChargeState,
    Checkout,
    CheckoutRequest,
    DisputeEvidence,
    RefundRequest,
    SavedCardCharge,
)
from pygmalion_app.core.ids import new_id, new_token
from pygmalion_app.core.row_security import EVERYTHING, REACH_ALL
from pygmalion_app.core.webhooks import read_gateway_event

_OPEN: LiteralString = """
INSERT INTO testmode_checkouts (id, checkout_id, idempotency_key, request, status, refunds, expires_at)
VALUES (%(id)s, %(checkout_id)s, %(key)s, %(request)s, 'open', '{}', %(expires_at)s)
ON CONFLICT (idempotency_key) DO UPDATE SET idempotency_key = excluded.idempotency_key
RETURNING checkout_id, expires_at
"""
_TABLE = TestmodeCheckout.__table__  # pyright: ignore[reportAttributeAccessIssue]


class TestmodeGateway:
    """Opens checkouts whose page is served by the application itself, plainly marked TEST."""

    name = "embedded test-mode gateway"

    def __init__(self, engine: AsyncEngine, settings: Settings, clock: Clock) -> None:
        """Take the database and the settings; refuses to stand beside a live key."""
        if settings.stripe_secret_key.get_secret_value().startswith(("sk_live", "rk_live")):
            message = "the test-mode gateway refuses to run beside a live Stripe key"
            raise ValueError(message)
        self._engine = engine
        self._settings = settings
        self._clock = clock

    def _shelves(self) -> Shelves:
        return Shelves(self._engine, self._clock.now())

    async def open_checkout(self, request: CheckoutRequest, *, idempotency_key: str) -> Checkout:
        """Open a checkout, or return the one that this idempotency key opened before."""
        opened = await at_once(
            self._engine,
            EVERYTHING,
            _OPEN,
            {
                "id": new_id(),
                "checkout_id": f"cs_test_{new_token(24)}",
                "key": idempotency_key,
                "request": Jsonb(_kept(request)),
                "expires_at": request.expires_at,
            },
        )
        checkout_id = opened[0]["checkout_id"]
        return Checkout(
            checkout_id, f"{self._settings.base_url}/testmode/checkout/{checkout_id}", opened[0]["expires_at"]
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

    async def charge_saved_card(self, request: SavedCardCharge, *, idempotency_key: str) -> Charge:
        """Charge a saved card: its number decides how, as Stripe's test cards do."""
        async with self._shelves() as shelves:
            made = await shelves.once(idempotency_key)
            if made is None:
                saved = await shelves.find(request.setup_intent)
                if saved is None or saved.own["card"] is None:
                    raise UnavailableError(part="payments")
                made = await self._charge(shelves, request, saved, idempotency_key)
            return Charge(made.object_id, ChargeState(made.own["answer"]))

    async def _charge(
        self, shelves: Shelves, request: SavedCardCharge, saved: TestmodeObject, key: str
    ) -> TestmodeObject:
        card = str(saved.own["card"])
        answer, status, error = _outcome(card)
        intent = objects.payment_intent(
            objects.new_object_id("pi"), objects.of_charge(request), status, shelves.now
        ) | {"customer": saved.body["customer"], "payment_method": saved.body["payment_method"]}
        intent["last_payment_error"] = error
        made = await money.keep_charge(
            shelves,
            intent,
            parent=saved.object_id,
            method="sepa_debit" if card == money.BANK_ACCOUNT else "card",
            card=card,
            commission=request.commission_cents,
            key=key,
        )
        await shelves.change(made, {"answer": answer})
        if status != "processing":
            kind = "payment_intent.succeeded" if status == "succeeded" else "payment_intent.payment_failed"
            await shelves.tell(kind, made.body)
        return made

    async def forget_card(self, setup_intent: str) -> None:
        """Let go of a saved card."""
        async with self._shelves() as shelves:
            saved = await shelves.find(setup_intent, lock=True)
            if saved is not None:
                await shelves.change(saved, {"card": None})

    async def refund(self, request: RefundRequest, *, idempotency_key: str) -> str:
        """Give money back and return the refund's id; the same key returns the same refund."""
        async with self._shelves() as shelves:
            made = await shelves.once(idempotency_key)
            if made is None:
                kept = await shelves.find(request.payment_intent, lock=True)
                if kept is None:
                    raise UnavailableError(part="payments")
                made = await money.give_back(shelves, kept, request, idempotency_key)
                await shelves.tell("refund.created", made.body)
                await self._settle(shelves, kept, made)
            return made.object_id

    async def _settle(self, shelves: Shelves, kept: TestmodeObject, made: TestmodeObject) -> None:
        """Let the refund's bank answer at once, where the test card says so."""
        if kept.own["card"] == money.REFUNDS_FAIL:
            await shelves.tell("refund.failed", await money.fail_refund(shelves, made))
        elif made.body["status"] == "pending":
            await shelves.tell("refund.updated", await shelves.change(made, status="succeeded"))

    async def dispute_ids(self, payment_intent: str) -> list[str]:
        """Return every dispute of a payment."""
        async with self._shelves() as shelves:
            return await shelves.ids("dispute", payment_intent)

    async def submit_evidence(self, evidence: DisputeEvidence, *, idempotency_key: str) -> None:
        """Keep what the platform answers, for the person who plays the bank."""
        async with self._shelves() as shelves:
            found = await shelves.find(evidence.dispute_id, lock=True)
            if found is None:
                raise UnavailableError(part="payments")
            if idempotency_key in found.own:
                return
            files = {name: f"file_test_{new_token(12)}" for name in evidence.documents}
            documents = {name: base64.b64encode(content).decode() for name, content in evidence.documents.items()}
            details = found.body["evidence_details"]
            await shelves.change(
                found,
                {idempotency_key: documents},
                evidence={**found.body["evidence"], **evidence.texts, **files},
                evidence_details=details | {"has_evidence": True, "submission_count": details["submission_count"] + 1},
                status="under_review",
            )

    def read_event(self, payload: bytes, signature: str) -> Mapping[str, Any]:
        """Return the event of a webhook call; InvalidSignatureError when it is not ours."""
        return read_gateway_event(payload, signature, self._settings, self._clock)


def _kept(request: CheckoutRequest) -> dict[str, Any]:
    return {
        "reference": request.reference,
        "mode": request.mode.value,
        "amount_cents": request.amount_cents,
        "vat_cents": request.vat_cents,
        "currency": request.currency.lower(),
        "commission_cents": request.commission_cents,
        "seller_account": request.seller_account,
        "description": request.description,
        "quantity": request.quantity,
        "customer_email": request.customer_email,
        "success_url": request.success_url,
        "cancel_url": request.cancel_url,
        "locale": request.locale,
        "metadata": dict(request.metadata),
    }


def _outcome(card: str) -> tuple[ChargeState, str, dict[str, Any] | None]:
    """Return how a charge on a saved card ends, its owner absent: our word, Stripe's status and error."""
    if card == money.CHARGES_ARE_DECLINED:
        error = objects.payment_error("card_declined", "insufficient_funds")
        return ChargeState.DECLINED, "requires_payment_method", error
    if card == money.CHARGES_NEED_THE_CUSTOMER:
        error = objects.payment_error("authentication_required")
        return ChargeState.NEEDS_CUSTOMER, "requires_payment_method", error
    if card == money.BANK_ACCOUNT:
        return ChargeState.PROCESSING, "processing", None
    return ChargeState.SUCCEEDED, "succeeded", None
