"""What the application needs from outside, each with an embedded and a real adapter that pass the same tests."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Email:
    """A message ready to send; both bodies say the same."""

    to: str
    subject: str
    text: str
    html: str


class Mailer(Protocol):
    """Sends mail."""

    name: str

    async def send(self, email: Email, *, key: str) -> None:
        """Send once; `key` lets an adapter recognise a repetition. Raises UnavailableError."""
        ...


class FileStore(Protocol):
    """Keeps files by key; keys are paths such as `certificates/<sha256>.pdf`."""

    name: str

    async def put(self, key: str, content: bytes) -> None:
        """Store; storing the same key again replaces it."""
        ...

    async def get(self, key: str) -> bytes:
        """Return the content; NotFoundError when there is none."""
        ...

    async def delete(self, key: str) -> None:
        """Delete; deleting what is not there is no error."""
        ...


class CheckoutMode(StrEnum):
    """Whether a checkout takes money now or saves a card for later."""

    PAYMENT = "payment"
    SETUP = "setup"


@dataclass(frozen=True, slots=True)
class CheckoutRequest:
    """What a gateway needs to open a checkout. Amounts in cents; `commission_cents` goes to the platform."""

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
    payee_account: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Checkout:
    """A checkout that the gateway has opened."""

    id: str
    url: str
    expires_at: datetime


class PaymentGateway(Protocol):
    """Takes payments. Every write carries an idempotency key, so that a repetition has no second effect."""

    name: str

    async def open_checkout(self, request: CheckoutRequest, *, idempotency_key: str) -> Checkout:
        """Open a checkout page. Raises UnavailableError."""
        ...

    async def expire_checkout(self, checkout_id: str) -> bool:
        """Close a checkout; False when it was paid or closed already."""
        ...

    async def refund(self, payment_intent: str, amount_cents: int, *, idempotency_key: str) -> str:
        """Give money back and return the refund's id. Raises UnavailableError."""
        ...

    def read_event(self, payload: bytes, signature: str) -> Mapping[str, Any]:
        """Return the event of a webhook call; InvalidSignatureError when it is forged, too old or of the future."""
        ...


@dataclass(frozen=True, slots=True)
class Ports:
    """The adapters chosen at start."""

    mailer: Mailer
    files: FileStore
    payments: PaymentGateway
    chain: Any
