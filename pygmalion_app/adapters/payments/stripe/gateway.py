"""Stripe as the payment gateway: destination charges in the name of the training organisation.

No `payment_method_types`: which methods a buyer may choose from (cards, SEPA debits) is set in Stripe's dashboard.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any, cast

import stripe
from stripe import StripeClient

from pygmalion_app.adapters.payments.stripe.calls import asking
from pygmalion_app.adapters.payments.stripe.tax import TaxRates
from pygmalion_app.core.clock import Clock
from pygmalion_app.core.config import Settings
from pygmalion_app.core.errors import UnavailableError
from pygmalion_app.core.gateway import (
    Charge,
    ChargeState,
    Checkout,
    CheckoutMode,
    CheckoutRequest,
    DisputeEvidence,
    NotRefundableError,
    RefundRequest,
    SavedCardCharge,
)
from pygmalion_app.core.webhooks import read_gateway_event

if TYPE_CHECKING:
    from stripe.params import DisputeUpdateParamsEvidence, PaymentIntentCreateParams, RefundCreateParams
    from stripe.params.checkout import (
        SessionCreateParams,
        SessionCreateParamsPaymentIntentData,
        SessionCreateParamsSetupIntentData,
    )

OPEN_LONGER = timedelta(minutes=31)
"""Stripe wants 30 minutes at least, counted from its own clock. The page outlives the hold; a job closes it then."""
LONGEST = timedelta(hours=23, minutes=55)
_STATES = {
    "succeeded": ChargeState.SUCCEEDED,
    "processing": ChargeState.PROCESSING,
    "requires_action": ChargeState.NEEDS_CUSTOMER,
    "requires_confirmation": ChargeState.NEEDS_CUSTOMER,
}


class StripeGateway:
    """Takes and gives back money by Stripe."""

    name = "Stripe"

    def __init__(self, client: StripeClient, settings: Settings, clock: Clock) -> None:
        """Take the client and the settings."""
        self._stripe = client.v1
        self._taxes = TaxRates(client)
        self._settings = settings
        self._clock = clock

    async def open_checkout(self, request: CheckoutRequest, *, idempotency_key: str) -> Checkout:
        """Open a checkout, or return the one that this key opened before."""
        with asking():
            params = await self._checkout_params(request)
            made = await self._stripe.checkout.sessions.create_async(params, {"idempotency_key": idempotency_key})
        if made.url is None:
            raise UnavailableError(part="payments")
        return Checkout(made.id, made.url, datetime.fromtimestamp(made.expires_at, UTC))

    async def _checkout_params(self, request: CheckoutRequest) -> "SessionCreateParams":
        # Of the request alone, so that a repetition says the same under the same key.
        expires_at = min(request.expires_at + OPEN_LONGER, self._clock.now() + LONGEST)
        params: SessionCreateParams = {
            "mode": request.mode.value,
            "ui_mode": "hosted_page",
            "client_reference_id": request.reference,
            "customer_email": request.customer_email,
            "success_url": request.success_url,
            "cancel_url": request.cancel_url,
            "expires_at": int(expires_at.timestamp()),
            "locale": "en" if request.locale == "en" else "fr",
            "metadata": dict(request.metadata),
        }
        if request.mode is CheckoutMode.SETUP:
            # The currency decides which methods can be saved; the customer is whom the card is saved for.
            params |= {
                "currency": request.currency.lower(),
                "customer_creation": "always",
                "setup_intent_data": _saved(request),
            }
            return params
        params |= {
            "submit_type": "pay",
            "line_items": await self._taxes.lines(request),
            "payment_intent_data": _charged(request),
        }
        return params

    async def expire_checkout(self, checkout_id: str) -> bool:
        """Close a checkout; False when it was paid or closed already."""
        with asking():
            try:
                await self._stripe.checkout.sessions.expire_async(checkout_id)
            except stripe.InvalidRequestError as error:
                if error.code == "resource_missing":
                    raise
                return False
        return True

    async def charge_saved_card(self, request: SavedCardCharge, *, idempotency_key: str) -> Charge:
        """Charge a saved card. A refusal is Stripe's error and our answer."""
        with asking():
            saved = await self._stripe.setup_intents.retrieve_async(request.setup_intent)
            params = _off_session(request, _id_of(saved.customer), _id_of(saved.payment_method))
            try:
                made = await self._stripe.payment_intents.create_async(params, {"idempotency_key": idempotency_key})
            except stripe.CardError as error:
                return _refused(error)
        return Charge(made.id, _STATES.get(made.status, ChargeState.DECLINED))

    async def forget_card(self, setup_intent: str) -> None:
        """Detach a saved card from its customer: Stripe never lets it be used again."""
        with asking():
            saved = await self._stripe.setup_intents.retrieve_async(setup_intent)
            method = _id_of(saved.payment_method)
            if method is None:
                return
            try:
                await self._stripe.payment_methods.detach_async(method)
            except stripe.InvalidRequestError as error:
                # Stripe has no code for "it is not attached": whether it is tells whether there is anything left to do.
                kept = await self._stripe.payment_methods.retrieve_async(method)
                if kept.customer is not None:
                    raise UnavailableError(part="payments") from error

    async def refund(self, request: RefundRequest, *, idempotency_key: str) -> str:
        """Give money back: the transfer in proportion, the commission as asked.

        Stripe would give the commission back in proportion to the amount; ours follows tiers that were frozen when it
        was sold, so that it is always asked for by its own amount. Killed in between, the same keys complete it.
        """
        with asking():
            charge = await self._charge(request.payment_intent)
            params: RefundCreateParams = {
                "payment_intent": request.payment_intent,
                "amount": request.amount_cents,
                "metadata": dict(request.metadata),
                "reason": "requested_by_customer",
            }
            # Stripe leaves these fields out where there is nothing to tell.
            if getattr(charge, "transfer", None) is not None:
                params["reverse_transfer"] = True
                params["refund_application_fee"] = False
            try:
                made = await self._stripe.refunds.create_async(params, {"idempotency_key": idempotency_key})
            except stripe.InvalidRequestError as error:
                raise NotRefundableError(payment_intent=request.payment_intent, reason=error.code) from None
            fee = _id_of(getattr(charge, "application_fee", None))
            if fee and request.commission_cents > 0:
                await self._stripe.application_fees.refunds.create_async(
                    fee,
                    {"amount": request.commission_cents, "metadata": {"refund": made.id}},
                    {"idempotency_key": f"{idempotency_key}:commission"},
                )
        return made.id

    async def _charge(self, payment_intent: str) -> stripe.Charge:
        found = await self._stripe.payment_intents.retrieve_async(payment_intent, {"expand": ["latest_charge"]})
        if not isinstance(found.latest_charge, stripe.Charge):
            raise NotRefundableError(payment_intent=payment_intent)
        return found.latest_charge

    async def dispute_ids(self, payment_intent: str) -> list[str]:
        """Return every dispute of a payment."""
        with asking():
            listed = await self._stripe.disputes.list_async({"payment_intent": payment_intent, "limit": 100})
        return [dispute.id for dispute in listed.data]

    async def submit_evidence(self, evidence: DisputeEvidence, *, idempotency_key: str) -> None:
        """Upload the documents, then answer with them."""
        with asking():
            answer = dict(evidence.texts)
            for name, content in evidence.documents.items():
                file = BytesIO(content)
                file.name = f"{name}.pdf"
                kept = await self._stripe.files.create_async(
                    {"purpose": "dispute_evidence", "file": file}, {"idempotency_key": f"{idempotency_key}:{name}"}
                )
                answer[name] = kept.id
            await self._stripe.disputes.update_async(
                evidence.dispute_id,
                {"evidence": cast("DisputeUpdateParamsEvidence", answer), "submit": True},
                {"idempotency_key": idempotency_key},
            )

    def read_event(self, payload: bytes, signature: str) -> Mapping[str, Any]:
        """Return the event of a webhook call; InvalidSignatureError when it is not Stripe's."""
        return read_gateway_event(payload, signature, self._settings, self._clock)


def _charged(request: CheckoutRequest) -> "SessionCreateParamsPaymentIntentData":
    """Return what the checkout's payment is to be: the organisation's sale, with our commission."""
    data: SessionCreateParamsPaymentIntentData = {
        "metadata": dict(request.metadata),
        "description": request.description,
    }
    if request.seller_account is not None:
        if request.commission_cents:  # Stripe takes no fee of nothing
            data["application_fee_amount"] = request.commission_cents
        data["on_behalf_of"] = request.seller_account
        data["transfer_data"] = {"destination": request.seller_account}
    return data


def _saved(request: CheckoutRequest) -> "SessionCreateParamsSetupIntentData":
    """Return what the saved card is for."""
    data: SessionCreateParamsSetupIntentData = {
        "metadata": dict(request.metadata),
        "description": request.description,
    }
    if request.seller_account is not None:
        data["on_behalf_of"] = request.seller_account
    return data


def _off_session(
    request: SavedCardCharge, customer: str | None, payment_method: str | None
) -> "PaymentIntentCreateParams":
    if customer is None or payment_method is None:
        raise UnavailableError(part="payments")
    params: PaymentIntentCreateParams = {
        "amount": request.amount_cents,
        "currency": request.currency.lower(),
        "customer": customer,
        "payment_method": payment_method,
        "automatic_payment_methods": {"enabled": True, "allow_redirects": "never"},
        "confirm": True,
        "off_session": True,
        "description": request.description,
        "metadata": dict(request.metadata),
    }
    if request.seller_account is not None:
        if request.commission_cents:
            params["application_fee_amount"] = request.commission_cents
        params["on_behalf_of"] = request.seller_account
        params["transfer_data"] = {"destination": request.seller_account}
    return params


def _refused(error: stripe.CardError) -> Charge:
    """Return what a refusal means; Stripe tells the payment intent that it made all the same."""
    intent: Any = getattr(error.error, "payment_intent", None)
    if intent is None:
        raise error
    wants_customer = error.code == "authentication_required"
    return Charge(intent.id, ChargeState.NEEDS_CUSTOMER if wants_customer else ChargeState.DECLINED)


def _id_of(found: object) -> str | None:
    """Return the id of what Stripe tells by its id or, expanded, whole."""
    return found if isinstance(found, str) or found is None else cast("Any", found).id
