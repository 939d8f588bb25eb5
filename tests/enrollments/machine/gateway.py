"""A payment gateway in memory: as strict as the real one with money and keys, and honest about what it took.

What it did is what really happened to people's money; the product's tables are held against it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pygmalion_app.core.clock import Clock
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
    TransferRefusedError,
)
from tests.enrollments.machine.kill import Axe

Event = dict[str, Any]
CARDS = ("good", "good", "good", "declined", "absent", "debit", "late refunds")


@dataclass
class Page:
    """A checkout. `open`, then `processing`, `complete`, `expired` or `failed`."""

    id: str
    request: CheckoutRequest
    status: str = "open"
    intent: str | None = None


@dataclass
class Taken:
    """Money taken, or being taken, from somebody. Amounts in cents."""

    intent: str
    amount: int
    commission: int
    metadata: Mapping[str, str]
    card: str
    status: str
    on_page: bool
    given_back: int = 0
    waived: int = 0
    dispute: str = ""
    disputed: int = 0

    reversed: int = 0

    @property
    def with_school(self) -> int:
        """What of it is on the school's account."""
        whole = self.amount - self.commission - (self.given_back - self.waived) - self.reversed
        return whole if self.status == "succeeded" else 0

    @property
    def kept(self) -> int:
        """What the buyer is without."""
        lost = self.disputed if self.dispute in {"needs_response", "lost"} else 0
        return self.amount - self.given_back - lost if self.status == "succeeded" else 0


@dataclass
class Returned:
    """A refund: `pending`, `succeeded` or `failed`."""

    id: str
    request: RefundRequest
    status: str


@dataclass
class PlayedGateway:
    """Takes and gives back; every call may be the moment at which the caller dies, or find nobody at home."""

    clock: Clock
    axe: Axe
    name: str = "gateway of the order machine"
    down: int = 0
    """So many calls find nobody."""
    made: dict[str, Any] = field(default_factory=dict[str, Any])
    """By idempotency key."""
    pages: list[Page] = field(default_factory=list[Page])
    cards: dict[str, str] = field(default_factory=dict[str, str])
    taken: list[Taken] = field(default_factory=list[Taken])
    returned: list[Returned] = field(default_factory=list[Returned])
    reversals: dict[str, int] = field(default_factory=dict[str, int])
    """What was taken back from the school, by its id."""
    inbox: list[Event] = field(default_factory=list[Event])
    """Events that are on their way."""
    told: list[Event] = field(default_factory=list[Event])
    count: int = 0

    def forget(self) -> None:
        """Begin anew."""
        for kept in (
            self.made,
            self.pages,
            self.cards,
            self.taken,
            self.returned,
            self.reversals,
            self.inbox,
            self.told,
        ):
            kept.clear()
        self.down = 0

    # What the application asks for.

    async def open_checkout(self, request: CheckoutRequest, *, idempotency_key: str) -> Checkout:
        """Open a page."""
        self._arrive()
        page = self.made.get(idempotency_key)
        if page is None:
            page = self.made[idempotency_key] = Page(self._id("cs"), request)
            self.pages.append(page)
        assert page.request.amount_cents == request.amount_cents, "another amount under the same key"
        self.axe.pass_by()
        return Checkout(page.id, f"https://pay.example/{page.id}", page.request.expires_at)

    async def expire_checkout(self, checkout_id: str) -> bool:
        """Close a page."""
        self._arrive()
        page = next((page for page in self.pages if page.id == checkout_id), None)
        if page is None:
            raise UnavailableError(part="payments")
        closed = page.status == "open"
        if closed:
            self.close(page)
        self.axe.pass_by()
        return closed

    async def charge_saved_card(self, request: SavedCardCharge, *, idempotency_key: str) -> Charge:
        """Charge a card; which one it is decides how that ends."""
        self._arrive()
        made = self.made.get(idempotency_key)
        if made is None:
            made = self.made[idempotency_key] = self._charge(request)
        self.axe.pass_by()
        return made

    async def forget_card(self, setup_intent: str) -> None:
        """Let go of a card."""
        self._arrive()
        self.cards.pop(setup_intent, None)
        self.axe.pass_by()

    async def take_back(self, payment_intent: str, amount_cents: int, *, idempotency_key: str) -> str | None:
        """Take back what the school got of a payment, never more than that."""
        self._arrive()
        made = self.made.get(idempotency_key)
        if made is None:
            taken = self._charge_of(payment_intent)
            if amount_cents > taken.with_school:
                raise TransferRefusedError(payment_intent=payment_intent, reason="amount_too_large")
            taken.reversed += amount_cents
            made = self.made[idempotency_key] = self._id("trr")
            self.reversals[made] = amount_cents
        self.axe.pass_by()
        return made

    async def refund(self, request: RefundRequest, *, idempotency_key: str) -> str:
        """Give money back, never more than there is, and nothing that a bank has taken."""
        self._arrive()
        made = self.made.get(idempotency_key)
        if made is None:
            made = self.made[idempotency_key] = self._refund(request)
        self.axe.pass_by()
        return made.id

    async def dispute_ids(self, payment_intent: str) -> list[str]:
        """Return what a bank has begun."""
        self._arrive()
        return [f"dp_{payment_intent}"] if self._charge_of(payment_intent).dispute else []

    async def submit_evidence(self, evidence: DisputeEvidence, *, idempotency_key: str) -> None:
        """Take papers."""

    def read_event(self, payload: bytes, signature: str) -> Mapping[str, Any]:
        """Nobody sends events through the network here."""
        raise NotImplementedError

    # What people and banks do.

    def pay(self, page: Page, how: str, card: str) -> None:
        """Let somebody do something on an open page: pay, start a debit, be declined, come too late."""
        if page.request.expires_at <= self.clock.now() or how == "expire":
            self.close(page)
            return
        setup = page.request.mode is CheckoutMode.SETUP
        page.intent = page.intent or self._id("seti" if setup else "pi")
        if how == "decline":
            self._tell("payment_intent.payment_failed", {"id": page.intent, "metadata": dict(page.request.metadata)})
            return
        if setup:
            page.status, self.cards[page.intent] = "complete", card
            self._tell_of(page, "checkout.session.completed")
            return
        slow = how == "debit"
        page.status = "processing" if slow else "complete"
        request = page.request
        self.taken.append(
            Taken(
                page.intent,
                request.amount_cents,
                request.commission_cents,
                request.metadata,
                card,
                "processing" if slow else "succeeded",
                on_page=True,
            )
        )
        self._tell_of(page, "checkout.session.completed")
        if not slow:
            self._tell_intent("payment_intent.succeeded", self.taken[-1])

    def settle(self, taken: Taken, *, good: bool) -> None:
        """Let a debit arrive or be refused by the bank."""
        taken.status = "succeeded" if good else "failed"
        page = next((page for page in self.pages if page.intent == taken.intent), None)
        if page is not None:
            page.status = "complete" if good else "failed"
            self._tell_of(page, f"checkout.session.async_payment_{'succeeded' if good else 'failed'}")
        self._tell_intent(f"payment_intent.{'succeeded' if good else 'payment_failed'}", taken)

    def close(self, page: Page) -> None:
        """End a page that nobody has paid on."""
        page.status = "expired"
        self._tell_of(page, "checkout.session.expired")

    def end_refund(self, returned: Returned, *, good: bool) -> None:
        """Let a refund arrive, or come back."""
        returned.status = "succeeded" if good else "failed"
        if not good:
            taken = self.charge(returned.request.payment_intent)
            taken.given_back -= returned.request.amount_cents
            taken.waived -= returned.request.commission_cents
            # A bank that refused once takes it when it is tried again.
            taken.card = "good"
        self._tell_refund("refund.updated" if good else "refund.failed", returned)

    def dispute(self, taken: Taken) -> None:
        """Let a bank take back what is left."""
        taken.dispute, taken.disputed = "needs_response", taken.amount - taken.given_back
        self._tell_dispute("charge.dispute.created", taken)
        self._tell_dispute("charge.dispute.funds_withdrawn", taken)

    def decide(self, taken: Taken, *, won: bool) -> None:
        """Let a bank decide."""
        taken.dispute = "won" if won else "lost"
        self._tell_dispute("charge.dispute.closed", taken)

    def charge(self, intent: str) -> Taken:
        """Return the charge of a payment intent."""
        return next(taken for taken in self.taken if taken.intent == intent)

    # How it is done.

    def _arrive(self) -> None:
        self.axe.pass_by()
        if self.down:
            self.down -= 1
            raise UnavailableError(part="payments")

    def _charge(self, request: SavedCardCharge) -> Charge:
        card = self.cards.get(request.setup_intent)
        if card is None:
            raise UnavailableError(part="payments")
        state = {
            "declined": ChargeState.DECLINED,
            "absent": ChargeState.NEEDS_CUSTOMER,
            "debit": ChargeState.PROCESSING,
        }.get(card, ChargeState.SUCCEEDED)
        status = {ChargeState.SUCCEEDED: "succeeded", ChargeState.PROCESSING: "processing"}.get(state, "failed")
        taken = Taken(
            self._id("pi"),
            request.amount_cents,
            request.commission_cents,
            request.metadata,
            card,
            status,
            on_page=False,
        )
        self.taken.append(taken)
        if status != "processing":
            self._tell_intent(f"payment_intent.{'succeeded' if status == 'succeeded' else 'payment_failed'}", taken)
        return Charge(taken.intent, state)

    def _charge_of(self, intent: str) -> Taken:
        """Return a charge as the real gateway does, to which an unknown one is an error of the asker's."""
        taken = next((taken for taken in self.taken if taken.intent == intent), None)
        if taken is None:
            raise UnavailableError(part="payments")
        return taken

    def _refund(self, request: RefundRequest) -> Returned:
        taken = self._charge_of(request.payment_intent)
        fits = taken.kept >= request.amount_cents > 0 and taken.dispute not in {"needs_response", "lost"}
        if not fits or taken.waived + request.commission_cents > taken.commission:
            raise NotRefundableError(payment_intent=request.payment_intent)
        taken.given_back += request.amount_cents
        taken.waived += request.commission_cents
        made = Returned(self._id("re"), request, "pending" if taken.card == "late refunds" else "succeeded")
        self.returned.append(made)
        self._tell_refund("refund.created", made)
        return made

    def _id(self, kind: str) -> str:
        self.count += 1
        return f"{kind}_{self.count}"

    def _tell(self, kind: str, about: dict[str, Any]) -> None:
        body = {"id": self._id("evt"), "type": kind, "created": self.count, "data": {"object": about}}
        self.inbox.append(body)

    def _tell_of(self, page: Page, kind: str) -> None:
        request = page.request
        setup = request.mode is CheckoutMode.SETUP
        paid = "paid" if page.status == "complete" else "unpaid"
        self._tell(
            kind,
            {
                "id": page.id,
                "mode": request.mode.value,
                "client_reference_id": request.reference,
                "metadata": dict(request.metadata),
                "amount_total": None if setup else request.amount_cents,
                "currency": request.currency.lower(),
                "payment_intent": None if setup else page.intent,
                "setup_intent": page.intent if setup else None,
                "payment_status": "no_payment_required" if setup else paid,
                "status": page.status,
            },
        )

    def _tell_intent(self, kind: str, taken: Taken) -> None:
        received = taken.amount if taken.status == "succeeded" else 0
        about = {"id": taken.intent, "amount": taken.amount, "amount_received": received, "currency": "eur"}
        self._tell(kind, about | {"metadata": dict(taken.metadata)})

    def _tell_refund(self, kind: str, returned: Returned) -> None:
        request = returned.request
        self._tell(
            kind,
            {
                "id": returned.id,
                "amount": request.amount_cents,
                "currency": "eur",
                "payment_intent": request.payment_intent,
                "metadata": dict(request.metadata),
                "status": returned.status,
                "failure_reason": "expired_or_canceled_card" if returned.status == "failed" else None,
            },
        )

    def _tell_dispute(self, kind: str, taken: Taken) -> None:
        self._tell(
            kind,
            {
                "id": f"dp_{taken.intent}",
                "amount": taken.disputed,
                "currency": "eur",
                "payment_intent": taken.intent,
                "reason": "product_not_received",
                "status": taken.dispute,
                "evidence_details": {"due_by": int(self.clock.now().timestamp()) + 800_000},
            },
        )
