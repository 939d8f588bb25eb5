"""What an order costs and what each of its seats is worth: integer cents whose parts always add up."""

from dataclasses import dataclass

from pygmalion_app.core.money import Money

VAT_BASIS_POINTS = {"standard_20": 2000, "exempt_261_4_4": 0, "franchise_293_b": 0}


@dataclass(frozen=True, slots=True)
class Discount:
    """What a code takes off the price excluding VAT: a percentage of it, or an amount off the whole order."""

    percent: int | None = None
    amount_cents: int | None = None


@dataclass(frozen=True, slots=True)
class Price:
    """An order's price in cents: list price, what a code takes off, what is left, VAT on that, and both together."""

    list_cents: int
    discount_cents: int
    net_cents: int
    vat_cents: int
    total_cents: int


def price_of(unit_cents: int, quantity: int, vat_basis_points: int, discount: Discount | None = None) -> Price:
    """Return what so many seats cost; a discount never takes off more than there is."""
    listed = Money(unit_cents).times(quantity)
    off = 0
    if discount and discount.percent is not None:
        off = listed.share(discount.percent * 100).cents
    elif discount and discount.amount_cents is not None:
        off = discount.amount_cents
    off = min(off, listed.cents)
    net = Money(listed.cents - off)
    vat = net.share(vat_basis_points)
    return Price(listed.cents, off, net.cents, vat.cents, net.cents + vat.cents)


def seat_cents(total_cents: int, quantity: int, position: int) -> int:
    """Return what one seat of an order is worth, `position` counting from 0; all seats together are the total."""
    return total_cents * (position + 1) // quantity - total_cents * position // quantity
