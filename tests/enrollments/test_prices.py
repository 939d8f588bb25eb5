"""Prices, discounts and what seats are worth: whatever the numbers, every cent has its place."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from pygmalion_app.enrollments.cancellation import refund_cents
from pygmalion_app.enrollments.models import Order
from pygmalion_app.enrollments.pricing import Discount, price_of, seat_cents

UNITS = st.integers(0, 1_000_000)
SEATS = st.integers(1, 50)
VAT = st.sampled_from((0, 2000))
DISCOUNTS = st.one_of(
    st.none(),
    st.builds(Discount, percent=st.integers(1, 100)),
    st.builds(Discount, amount_cents=st.integers(1, 100_000_000)),
)
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@examples(max_examples=200)
@given(UNITS, SEATS, VAT, DISCOUNTS)
def test_a_price_adds_up_and_is_never_below_zero(unit: int, seats: int, vat: int, discount: Discount | None) -> None:
    price = price_of(unit, seats, vat, discount)
    assert price.list_cents == unit * seats
    assert 0 <= price.discount_cents <= price.list_cents
    assert price.net_cents == price.list_cents - price.discount_cents >= 0
    assert price.total_cents == price.net_cents + price.vat_cents
    assert abs(price.vat_cents * 10_000 - price.net_cents * vat) <= 5_000
    if discount is None:
        assert price.discount_cents == 0
    elif discount.amount_cents is not None:
        assert price.discount_cents == min(discount.amount_cents, price.list_cents)


@examples(max_examples=200)
@given(UNITS, SEATS, VAT, DISCOUNTS, st.randoms(use_true_random=False))
def test_seats_given_up_one_by_one_give_back_exactly_what_was_paid(
    unit: int, seats: int, vat: int, discount: Discount | None, chance: object
) -> None:
    order = Order(
        id=uuid4(),
        quantity=seats,
        total_cents=price_of(unit, seats, vat, discount).total_cents,
        refund_tiers=[{"days_before": 14, "percent": 100}, {"days_before": 7, "percent": 50}],
    )  # pyright: ignore[reportCallIssue]
    places = list(range(seats))
    chance.shuffle(places)  # pyright: ignore[reportAttributeAccessIssue]
    worth = [seat_cents(order.total_cents, seats, place) for place in places]
    assert max(worth) - min(worth) <= 1
    for starts_at, by_seller in ((NOW + timedelta(days=20), False), (NOW + timedelta(hours=1), True)):
        back = [refund_cents(order, one, starts_at, NOW, by_seller=by_seller) for one in worth]
        assert sum(back) == order.total_cents
    half = [refund_cents(order, one, NOW + timedelta(days=10), NOW, by_seller=False) for one in worth]
    assert order.total_cents / 2 - seats <= sum(half) <= order.total_cents / 2
    assert not any(refund_cents(order, one, NOW + timedelta(days=6), NOW, by_seller=False) for one in worth)
