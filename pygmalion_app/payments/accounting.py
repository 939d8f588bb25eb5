"""What each event in a payment's life does to the books: the one place that posts to the ledger.

Debits are positive, credits negative, in cents. The platform sells in the organisations' name: their price, their VAT
included, is theirs (SELLER); the platform's revenue is its commission. The commission is a service to the organisation
and taxed at 20 %: `commission_cents` is what the platform keeps, VAT included, so that a sixth of it is COMMISSION_VAT
and the rest COMMISSION. What an order is sold for and what has been paid for it are told apart: a sale lets BUYER owe,
a charge lets BUYER owe less. So late money that goes back touches BUYER and GATEWAY only, and leaves both at zero.

GATEWAY with an organisation is that organisation's money at the gateway (on its connected account, where it has one),
without one the platform's own: a destination charge leaves the commission there and passes the rest on.

All functions are idempotent by key, run in the caller's transaction and expect the payment's row locked by it.
"""

from typing import LiteralString, Protocol
from uuid import UUID

from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.ledger.models import Account, Kind
from pygmalion_app.ledger.schemas import Entry, Line
from pygmalion_app.ledger.service import post, post_along

CHECKOUT = "checkout"
"""The key of the charge that a checkout in `payment` mode makes; there is one."""
_VAT_DIVISOR = 6  # 20 % contained in an amount is 20/120 of it
_CREDITED: LiteralString = """
SELECT coalesce(sum(l.amount_cents), 0)::bigint AS cents FROM ledger_lines l JOIN ledger_entries e ON e.id = l.entry_id
WHERE e.payment_id = %(payment)s AND e.kind IN ('credit', 'dispute_lost')
  AND l.account IN ('COMMISSION', 'COMMISSION_VAT')
"""


class Booked(Protocol):
    """What the books must know of a payment: its row, or what was read of it under its lock."""

    @property
    def id(self) -> UUID: ...  # noqa: D102 - see `payments.models.Payment`
    @property
    def reference(self) -> UUID: ...  # noqa: D102
    @property
    def payer_organization_id(self) -> UUID | None: ...  # noqa: D102
    @property
    def payee_organization_id(self) -> UUID: ...  # noqa: D102
    @property
    def amount_cents(self) -> int: ...  # noqa: D102
    @property
    def commission_cents(self) -> int: ...  # noqa: D102
    @property
    def third_party_cents(self) -> int: ...  # noqa: D102
    @property
    def third_party_commission_cents(self) -> int: ...  # noqa: D102
    @property
    def currency(self) -> str: ...  # noqa: D102


def share(whole_cents: int, amount_cents: int, total_cents: int, before_cents: int = 0) -> int:
    """Return the part of `whole_cents` that belongs to `amount_cents` of `total_cents`, in whole cents.

    `before_cents` is what of the total had its part already: parts taken one after the other add up to the whole.
    """
    if total_cents == 0:
        return 0
    return whole_cents * (before_cents + amount_cents) // total_cents - whole_cents * before_cents // total_cents


def contained_vat(commission_cents: int) -> int:
    """Return the VAT contained in a commission, rounded half up to the cent."""
    return (commission_cents + _VAT_DIVISOR // 2) // _VAT_DIVISOR


async def sold(uow: UnitOfWork, payment: Booked) -> None:
    """An order is confirmed: the buyer owes its price, whether it was paid already or not.

    Dr BUYER amount; Cr SELLER amount - commission; Cr COMMISSION and Cr COMMISSION_VAT commission. Sent along with the
    transaction's next statement.
    """
    # What third parties pay is sold too; it is theirs to owe from then on.
    amount = payment.amount_cents + payment.third_party_cents
    commission = payment.commission_cents + payment.third_party_commission_cents
    vat = contained_vat(commission)
    lines = (
        _buyer(payment, amount),
        _seller(payment, commission - amount),
        _platform(Account.COMMISSION, payment, vat - commission),
        _platform(Account.COMMISSION_VAT, payment, -vat),
    )
    await post_along(uow, _entry(payment, Kind.SALE, f"sale:{payment.id}", lines))
    if payment.third_party_cents:
        await third_party_owes(uow, payment, payment.third_party_cents, "order")


async def credited(uow: UnitOfWork, payment: Booked, amount_cents: int, commission_cents: int, key: str) -> bool:
    """Part or all of a sale is taken back (a seat given up): the buyer owes so much less, or is to get it back.

    Dr SELLER amount - commission; Dr COMMISSION and Dr COMMISSION_VAT commission; Cr BUYER amount.
    For a payment whose order was never confirmed there is no sale to take back: nothing is posted.
    """
    if not await was_sold(uow, payment):
        return False
    if await is_posted(uow, f"credit:{payment.id}:{key}"):
        return False
    return await _post(
        uow,
        payment,
        Kind.CREDIT,
        f"credit:{payment.id}:{key}",
        _buyer(payment, -amount_cents),
        *await _given_up(uow, payment, amount_cents, commission_cents),
    )


async def checkout_paid(uow: UnitOfWork, payment: Booked, source: str) -> None:
    """A checkout took a payment's whole amount: `charged`, sent along with the transaction's next statement."""
    await post_along(uow, _charge(payment, payment.amount_cents, payment.commission_cents, source, CHECKOUT))


async def charged(
    uow: UnitOfWork, payment: Booked, amount_cents: int, commission_cents: int, source: str, key: str
) -> bool:
    """Money has arrived at the gateway, from the buyer; `source` is its payment intent.

    Dr GATEWAY (organisation) amount - commission; Dr GATEWAY (platform) commission; Cr BUYER amount.
    For instalments, `commission_cents` is `share(payment.commission_cents, amount, payment.amount_cents, before)`.
    """
    return await post(uow, _charge(payment, amount_cents, commission_cents, source, key))


async def refunded(
    uow: UnitOfWork, payment: Booked, amount_cents: int, commission_cents: int, source: str, key: str
) -> bool:
    """The gateway has taken a refund on; `source` is the refund.

    Dr BUYER amount; Cr GATEWAY (organisation) amount - commission; Cr GATEWAY (platform) commission.
    """
    return await _post(
        uow,
        payment,
        Kind.REFUND,
        f"refund:{key}",
        _buyer(payment, amount_cents),
        *_at_gateway(payment, -amount_cents, -commission_cents),
        source=source,
    )


async def refund_failed(
    uow: UnitOfWork, payment: Booked, amount_cents: int, commission_cents: int, source: str, key: str
) -> bool:
    """A refund came back: the buyer is to get the money still, and it lies at the gateway again.

    Dr GATEWAY (organisation) amount - commission; Dr GATEWAY (platform) commission; Cr BUYER amount.
    """
    return await _post(
        uow,
        payment,
        Kind.REFUND_FAILED,
        f"refund-failed:{key}",
        _buyer(payment, -amount_cents),
        *_at_gateway(payment, amount_cents, commission_cents),
        source=source,
    )


async def refunded_by_hand(uow: UnitOfWork, payment: Booked, amount_cents: int, key: str) -> bool:
    """The platform has sent a refund past the gateway, which would not: from its own bank account.

    Dr BUYER amount; Cr BANK amount. The money itself lies at the gateway still; the organisation's part of it comes
    back by `transfer_taken_back`.
    """
    sent = _platform(Account.BANK, payment, -amount_cents)
    return await _post(uow, payment, Kind.REFUND_BY_HAND, f"refund-by-hand:{key}", _buyer(payment, amount_cents), sent)


async def disputed(uow: UnitOfWork, payment: Booked, amount_cents: int, source: str) -> bool:
    """A bank has taken disputed money back from the platform's balance; `source` is the dispute.

    Dr DISPUTE amount; Cr GATEWAY (platform) amount.
    """
    return await _post(
        uow,
        payment,
        Kind.DISPUTE,
        f"dispute:{source}",
        _platform(Account.DISPUTE, payment, amount_cents),
        Line(Account.GATEWAY, -amount_cents),
        source=source,
    )


async def dispute_closed(
    uow: UnitOfWork,
    payment: Booked,
    amount_cents: int,
    source: str,
    *,
    won: bool,
    commission_cents: int = 0,
    owed_back_cents: int = 0,
) -> bool:
    """A dispute is decided.

    Won: Dr GATEWAY (platform) amount; Cr DISPUTE amount. Lost: what the buyer was to get back already, they have got
    from their bank (`owed_back_cents`); for the rest the sale is given up for good, and the organisation bears it
    without the commission: Dr BUYER owed_back; Dr SELLER rest - commission; Dr COMMISSION and Dr COMMISSION_VAT
    commission; Cr DISPUTE amount. What comes back from the organisation's account then is `transfer_taken_back`.
    """
    closing = _platform(Account.DISPUTE, payment, -amount_cents)
    if won:
        returned = Line(Account.GATEWAY, amount_cents)
        return await _post(uow, payment, Kind.DISPUTE_WON, f"dispute-won:{source}", closing, returned, source=source)
    if await is_posted(uow, f"dispute-lost:{source}"):
        return False
    lines = (
        closing,
        _buyer(payment, owed_back_cents),
        *await _given_up(uow, payment, amount_cents - owed_back_cents, commission_cents),
    )
    return await _post(uow, payment, Kind.DISPUTE_LOST, f"dispute-lost:{source}", *lines, source=source)


async def transfer_taken_back(
    uow: UnitOfWork, payment: Booked, amount_cents: int, source: str | None, key: str
) -> bool:
    """Money went back from the organisation's account at the gateway to the platform's balance.

    Dr GATEWAY (platform) amount; Cr GATEWAY (organisation) amount.
    """
    return await _post(
        uow,
        payment,
        Kind.TRANSFER_BACK,
        f"transfer-back:{key}",
        Line(Account.GATEWAY, amount_cents),
        Line(Account.GATEWAY, -amount_cents, payment.payee_organization_id),
        source=source,
    )


async def paid_outside(
    uow: UnitOfWork, payment: Booked, amount_cents: int, key: str, *, by_third_party: bool = False
) -> bool:
    """A bank transfer went straight to the organisation, which owes the platform its commission from then on.

    Dr SELLER amount; Cr BUYER amount (or Cr THIRD_PARTY, when the third-party payer paid its share). A negative
    amount takes one back that was recorded by mistake.
    """
    payer = _platform(Account.THIRD_PARTY, payment, -amount_cents) if by_third_party else _buyer(payment, -amount_cents)
    return await _post(uow, payment, Kind.OUTSIDE, f"outside:{payment.id}:{key}", payer, _seller(payment, amount_cents))


async def third_party_owes(uow: UnitOfWork, payment: Booked, amount_cents: int, key: str) -> bool:
    """A third-party payer (OPCO, CPF) takes a share on; a negative amount gives it back to the buyer.

    Dr THIRD_PARTY amount; Cr BUYER amount.
    """
    return await _post(
        uow,
        payment,
        Kind.THIRD_PARTY,
        f"third-party:{payment.id}:{key}",
        _buyer(payment, -amount_cents),
        _platform(Account.THIRD_PARTY, payment, amount_cents),
    )


async def fee(
    uow: UnitOfWork, amount_cents: int, currency: str, source: str, key: str, payment: Booked | None = None
) -> bool:
    """The gateway kept something for its service; `key` is its balance movement. Negative: it gave some back.

    Dr GATEWAY_FEE amount; Cr GATEWAY (platform) amount.
    """
    lines = (Line(Account.GATEWAY_FEE, amount_cents), Line(Account.GATEWAY, -amount_cents))
    return await post(
        uow,
        Entry(
            Kind.FEE,
            f"fee:{key}",
            currency,
            lines,
            order_id=payment.reference if payment else None,
            payment_id=payment.id if payment else None,
            source=source,
        ),
    )


async def paid_out(
    uow: UnitOfWork,
    organization_id: UUID,
    amount_cents: int,
    currency: str,
    key: str,
    *,
    source: str | None = None,
    order_id: UUID | None = None,
) -> bool:
    """Money is on its way from an organisation's account at the gateway to its bank; `key` is the payout's row.

    Dr SELLER amount; Cr GATEWAY (organisation) amount. For one order where the payout is of one.
    """
    lines = _payout_lines(organization_id, amount_cents)
    return await post(uow, Entry(Kind.PAYOUT, f"payout:{key}", currency, lines, order_id, None, source))


async def payout_failed(
    uow: UnitOfWork,
    organization_id: UUID,
    amount_cents: int,
    currency: str,
    key: str,
    *,
    source: str | None = None,
    order_id: UUID | None = None,
) -> bool:
    """A payout came back to the organisation's account at the gateway.

    Dr GATEWAY (organisation) amount; Cr SELLER amount.
    """
    lines = _payout_lines(organization_id, -amount_cents)
    return await post(uow, Entry(Kind.PAYOUT_FAILED, f"payout-failed:{key}", currency, lines, order_id, None, source))


def _payout_lines(organization_id: UUID, amount_cents: int) -> tuple[Line, Line]:
    return (
        Line(Account.SELLER, amount_cents, organization_id),
        Line(Account.GATEWAY, -amount_cents, organization_id),
    )


async def was_sold(uow: UnitOfWork, payment: Booked) -> bool:
    """Whether a payment's order was ever confirmed; what came for one that was not is the buyer's all along."""
    return await is_posted(uow, f"sale:{payment.id}")


async def is_posted(uow: UnitOfWork, key: str) -> bool:
    """Whether the books tell of something already."""
    return bool(await uow.sql("SELECT 1 FROM ledger_entries WHERE key = %(key)s", key=key))


async def _post(
    uow: UnitOfWork, payment: Booked, kind: Kind, key: str, *lines: Line, source: str | None = None
) -> bool:
    return await post(uow, _entry(payment, kind, key, lines, source))


def _entry(payment: Booked, kind: Kind, key: str, lines: tuple[Line, ...], source: str | None = None) -> Entry:
    return Entry(kind, key, payment.currency, lines, payment.reference, payment.id, source)


def _charge(payment: Booked, amount_cents: int, commission_cents: int, source: str, key: str) -> Entry:
    lines = (_buyer(payment, -amount_cents), *_at_gateway(payment, amount_cents, commission_cents))
    return _entry(payment, Kind.CHARGE, f"charge:{payment.id}:{key}", lines, source)


async def _given_up(uow: UnitOfWork, payment: Booked, amount_cents: int, commission_cents: int) -> tuple[Line, ...]:
    """Return the lines of a sale that is taken back; its VAT in parts that add up to the whole commission's."""
    before = (await uow.sql(_CREDITED, payment=payment.id))[0]["cents"]
    vat = contained_vat(before + commission_cents) - contained_vat(before)
    return (
        _seller(payment, amount_cents - commission_cents),
        _platform(Account.COMMISSION, payment, commission_cents - vat),
        _platform(Account.COMMISSION_VAT, payment, vat),
    )


def _at_gateway(payment: Booked, amount_cents: int, commission_cents: int) -> tuple[Line, Line]:
    return (
        Line(Account.GATEWAY, amount_cents - commission_cents, payment.payee_organization_id),
        Line(Account.GATEWAY, commission_cents),
    )


def _buyer(payment: Booked, amount_cents: int) -> Line:
    return Line(Account.BUYER, amount_cents, payment.payer_organization_id)


def _seller(payment: Booked, amount_cents: int) -> Line:
    return Line(Account.SELLER, amount_cents, payment.payee_organization_id)


def _platform(account: Account, payment: Booked, amount_cents: int) -> Line:
    """Return a line of the platform's own that the selling organisation may read: it is about its sale."""
    return Line(account, amount_cents, payment.payee_organization_id)
