"""Connected accounts at Stripe: Express dashboards, requirements collected by Stripe, payouts by our word alone."""

from collections.abc import Mapping
from datetime import UTC, datetime

import stripe
from stripe import StripeClient

from pygmalion_app.adapters.payments.stripe.calls import asking
from pygmalion_app.core.gateway import GatewayPayout, MerchantAccount, PayoutRefusedError, TransferRefusedError


class StripeAccounts:
    """The organisations' accounts."""

    def __init__(self, client: StripeClient) -> None:
        """Take the client."""
        self._stripe = client.v1

    async def open_account(self, organization_id: str, email: str, country: str, *, idempotency_key: str) -> str:
        """Open an account whose owner answers Stripe's questions on Stripe's pages."""
        with asking("merchants"):
            made = await self._stripe.accounts.create_async(
                {
                    "controller": {
                        "fees": {"payer": "application"},
                        "losses": {"payments": "application"},
                        "requirement_collection": "stripe",
                        "stripe_dashboard": {"type": "express"},
                    },
                    "country": country,
                    "email": email,
                    "capabilities": {
                        "card_payments": {"requested": True},
                        "sepa_debit_payments": {"requested": True},
                        "transfers": {"requested": True},
                    },
                    "metadata": {"organization_id": organization_id},
                    "settings": {"payouts": {"schedule": {"interval": "manual"}}},
                },
                {"idempotency_key": idempotency_key},
            )
        return made.id

    async def onboarding_link(self, account_id: str, *, return_url: str, refresh_url: str) -> str:
        """Return the address of Stripe's own onboarding."""
        with asking("merchants"):
            made = await self._stripe.account_links.create_async(
                {
                    "account": account_id,
                    "type": "account_onboarding",
                    "return_url": return_url,
                    "refresh_url": refresh_url,
                    "collection_options": {"fields": "eventually_due"},
                }
            )
        return made.url

    async def read_account(self, account_id: str) -> MerchantAccount:
        """Return an account as it stands."""
        with asking("merchants"):
            found = await self._stripe.accounts.retrieve_async(account_id)
        due = found.requirements
        missing = (*(due.past_due or ()), *(due.currently_due or ())) if due else ()
        return MerchantAccount(
            id=found.id,
            details_submitted=bool(found.details_submitted),
            charges_enabled=bool(found.charges_enabled),
            payouts_enabled=bool(found.payouts_enabled),
            requirements=tuple(dict.fromkeys(missing)),
        )

    async def pay_out(
        self, account_id: str, amount_cents: int, currency: str, *, idempotency_key: str, metadata: Mapping[str, str]
    ) -> GatewayPayout:
        """Send money from an account's balance to its bank."""
        with asking("payouts"):
            try:
                made = await self._stripe.payouts.create_async(
                    {"amount": amount_cents, "currency": currency.lower(), "metadata": dict(metadata)},
                    {"stripe_account": account_id, "idempotency_key": idempotency_key},
                )
            except stripe.InvalidRequestError as error:
                raise PayoutRefusedError(account=account_id, reason=error.code) from None
        return GatewayPayout(made.id, made.status, datetime.fromtimestamp(made.arrival_date, UTC))

    async def take_back(self, payment_intent: str, amount_cents: int, *, idempotency_key: str) -> str | None:
        """Reverse so much of the transfer that a destination charge made."""
        with asking("payouts"):
            found = await self._stripe.payment_intents.retrieve_async(payment_intent, {"expand": ["latest_charge"]})
            # Stripe leaves the field out where there was no transfer.
            transfer = getattr(found.latest_charge, "transfer", None)
            if transfer is None:
                return None
            transfer_id = transfer if isinstance(transfer, str) else transfer.id
            try:
                made = await self._stripe.transfers.reversals.create_async(
                    transfer_id,
                    {"amount": amount_cents, "metadata": {"payment_intent": payment_intent}},
                    {"idempotency_key": idempotency_key},
                )
            except stripe.InvalidRequestError as error:
                raise TransferRefusedError(payment_intent=payment_intent, reason=error.code) from None
        return made.id
