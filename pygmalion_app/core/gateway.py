"""What the application asks of a payment gateway. Amounts are integer cents; every write carries an idempotency key.

A platform with connected accounts: each payment is a destination charge, made in the name of the training
organisation (`seller_account`), from which the platform keeps `commission_cents` (design/integrations.md, Stripe).
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Protocol

from pygmalion_app.core.errors import ConflictError


class NotRefundableError(ConflictError):
    """More would go back than what is left of the payment, or it was never taken. Trying again does not help."""

    code: ClassVar[str] = "not_refundable"


class CheckoutMode(StrEnum):
    """Whether a checkout takes money now or saves a card for later."""

    PAYMENT = "payment"
    SETUP = "setup"


@dataclass(frozen=True, slots=True)
class CheckoutRequest:
    """What a gateway needs to open a checkout; `amount_cents` includes `vat_cents`."""

    reference: str
    mode: CheckoutMode
    amount_cents: int
    currency: str
    commission_cents: int
    description: str
    quantity: int
    customer_email: str
    success_url: str
    cancel_url: str
    expires_at: datetime
    locale: str
    vat_cents: int = 0
    seller_account: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Checkout:
    """A checkout that the gateway has opened."""

    id: str
    url: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class SavedCardCharge:
    """A charge on the card that a checkout in `setup` mode saved, its owner absent."""

    setup_intent: str
    amount_cents: int
    currency: str
    commission_cents: int
    description: str
    seller_account: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict[str, str])


class ChargeState(StrEnum):
    """How a charge stands. `needs_customer`: their bank wants them present; nothing was taken."""

    SUCCEEDED = "succeeded"
    PROCESSING = "processing"
    NEEDS_CUSTOMER = "needs_customer"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Charge:
    """The answer to a charge; its event says the same, before or after."""

    payment_intent: str
    state: ChargeState


@dataclass(frozen=True, slots=True)
class RefundRequest:
    """Give back `amount_cents` of a payment; `commission_cents` of it are the platform's own, given up.

    The rest is taken back from the organisation.
    """

    payment_intent: str
    amount_cents: int
    commission_cents: int
    metadata: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class DisputeEvidence:
    """What the platform answers to a dispute: a text and documents (PDF), by the gateway's own names for them."""

    dispute_id: str
    texts: Mapping[str, str]
    documents: Mapping[str, bytes]


class PaymentGateway(Protocol):
    """Takes payments and gives them back. A repetition under the same key has no second effect."""

    name: str

    async def open_checkout(self, request: CheckoutRequest, *, idempotency_key: str) -> Checkout:
        """Open a checkout page. Raises UnavailableError."""
        ...

    async def expire_checkout(self, checkout_id: str) -> bool:
        """Close a checkout; False when it was paid or closed already."""
        ...

    async def charge_saved_card(self, request: SavedCardCharge, *, idempotency_key: str) -> Charge:
        """Take money from a saved card. A refusal is an answer, no error. Raises UnavailableError."""
        ...

    async def forget_card(self, setup_intent: str) -> None:
        """Let go of a saved card, so that nobody can charge it any more; one that is gone is no error.

        Raises UnavailableError.
        """
        ...

    async def refund(self, request: RefundRequest, *, idempotency_key: str) -> str:
        """Give money back and return the refund's id. Raises UnavailableError, NotRefundableError."""
        ...

    async def dispute_ids(self, payment_intent: str) -> list[str]:
        """Return the disputes of a payment, also those whose events are on their way. Raises UnavailableError."""
        ...

    async def submit_evidence(self, evidence: DisputeEvidence, *, idempotency_key: str) -> None:
        """Answer a dispute. Raises UnavailableError."""
        ...

    def read_event(self, payload: bytes, signature: str) -> Mapping[str, Any]:
        """Return the event of a webhook call; InvalidSignatureError when it is forged, too old or of the future.

        Events of connected accounts come under a secret of their own and carry `account`.
        """
        ...


@dataclass(frozen=True, slots=True)
class MerchantAccount:
    """A training organisation's account at the gateway, as the gateway sees it."""

    id: str
    details_submitted: bool
    charges_enabled: bool
    payouts_enabled: bool
    requirements: tuple[str, ...] = ()
    """What the gateway still asks for, in its own names."""


class PayoutRefusedError(ConflictError):
    """The gateway does not send this payout: the account may not be paid, or holds too little. No money moved."""

    code: ClassVar[str] = "payout_refused"


class TransferRefusedError(ConflictError):
    """The gateway does not take money back from an account, which holds too little. No money moved."""

    code: ClassVar[str] = "transfer_refused"


@dataclass(frozen=True, slots=True)
class GatewayPayout:
    """Money on its way from an organisation's account at the gateway to its bank."""

    id: str
    status: str
    arrives_at: datetime | None


class MerchantAccounts(Protocol):
    """The organisations' accounts at the gateway. Every method raises UnavailableError."""

    async def open_account(self, organization_id: str, email: str, country: str, *, idempotency_key: str) -> str:
        """Open an account whose payouts wait for our word, and return its id."""
        ...

    async def onboarding_link(self, account_id: str, *, return_url: str, refresh_url: str) -> str:
        """Return the address where the organisation completes its account, good for some minutes."""
        ...

    async def read_account(self, account_id: str) -> MerchantAccount:
        """Return an account as it stands now."""
        ...

    async def pay_out(
        self, account_id: str, amount_cents: int, currency: str, *, idempotency_key: str, metadata: Mapping[str, str]
    ) -> GatewayPayout:
        """Send money from an account to its owner's bank; its events carry `metadata`. Raises PayoutRefusedError."""
        ...

    async def take_back(self, payment_intent: str, amount_cents: int, *, idempotency_key: str) -> str | None:
        """Take back what an account got of a payment and return the reversal's id; None where none got anything.

        The commission stays as it is. Raises TransferRefusedError.
        """
        ...


class MovementKind(StrEnum):
    """What moved the platform's balance at the gateway."""

    CHARGE = "charge"
    TRANSFER = "transfer"
    COMMISSION = "commission"
    REFUND = "refund"
    TRANSFER_REVERSAL = "transfer_reversal"
    COMMISSION_REFUND = "commission_refund"
    DISPUTE = "dispute"
    DISPUTE_REVERSAL = "dispute_reversal"
    PAYOUT = "payout"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class BalanceMovement:
    """A line of the platform's balance; `amount_cents` is signed, `fee_cents` was kept by the gateway."""

    id: str
    kind: MovementKind
    amount_cents: int
    fee_cents: int
    currency: str
    source: str
    """The payment intent, refund or dispute that it belongs to, by the gateway's id."""
    created_at: datetime


class GatewayBalance(Protocol):
    """The gateway's own account of what moved, for the daily reconciliation."""

    def movements(self, since: datetime, until: datetime) -> AsyncIterator[BalanceMovement]:
        """Yield what moved in a span of time, oldest first. Raises UnavailableError."""
        ...
