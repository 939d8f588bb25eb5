"""What a checkout shows of the VAT, in lines whose total is exactly what is owed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stripe import StripeClient

from pygmalion_app.core.gateway import CheckoutRequest

if TYPE_CHECKING:
    from stripe.params import TaxRateCreateParams
    from stripe.params.checkout import SessionCreateParamsLineItem

COUNTRY = "FR"
_KNOWN_RATES = (2.1, 5.5, 10.0, 20.0)
"""French rates, in percent; tried first, because a rounded amount does not show them exactly."""


@dataclass(frozen=True, slots=True)
class Line:
    """A checkout's only line. Amounts in cents; `rate` in percent, None without VAT."""

    unit_cents: int
    quantity: int
    rate: float | None
    inclusive: bool


def line_of(amount_cents: int, vat_cents: int, quantity: int) -> Line:
    """Return the line whose total is `amount_cents` exactly.

    By the seat and excluding VAT where that comes out even, as Stripe would add the tax; otherwise one line for
    everything, VAT included, which is never rounded.
    """
    net = amount_cents - vat_cents
    rate = _rate(net, vat_cents)
    if net % quantity == 0 and _tax(net, rate) == vat_cents:
        return Line(net // quantity, quantity, rate, inclusive=False)
    return Line(amount_cents, 1, rate, inclusive=True)


def _rate(net: int, vat: int) -> float | None:
    if vat == 0:
        return None
    exact = next((rate for rate in _KNOWN_RATES if _tax(net, rate) == vat), None)
    near = next((rate for rate in _KNOWN_RATES if abs(_tax(net, rate) - vat) <= 1), None)
    return exact or near or round(100 * vat / net, 4)


def _tax(net: int, rate: float | None) -> int:
    """Return the VAT on an amount, half a cent rounded up."""
    return 0 if rate is None else (net * round(rate * 10_000) + 500_000) // 1_000_000


class TaxRates:
    """Stripe's tax rates, looked up once a process, and made where there is none."""

    def __init__(self, client: StripeClient) -> None:
        """Take the client."""
        self._client = client
        self._known: dict[tuple[float, bool], str] = {}

    async def lines(self, request: CheckoutRequest) -> "list[SessionCreateParamsLineItem]":
        """Return a checkout's lines."""
        line = line_of(request.amount_cents, request.vat_cents, request.quantity)
        item: SessionCreateParamsLineItem = {
            "quantity": line.quantity,
            "price_data": {
                "currency": request.currency.lower(),
                "unit_amount": line.unit_cents,
                "product_data": {"name": request.description},
            },
        }
        if line.rate is not None:
            item["tax_rates"] = [await self._rate(line.rate, inclusive=line.inclusive)]
        return [item]

    async def _rate(self, percentage: float, *, inclusive: bool) -> str:
        key = (percentage, inclusive)
        if key not in self._known:
            self._known[key] = await self._find(percentage, inclusive=inclusive) or await self._make(
                percentage, inclusive=inclusive
            )
        return self._known[key]

    async def _find(self, percentage: float, *, inclusive: bool) -> str | None:
        found = await self._client.v1.tax_rates.list_async({"active": True, "inclusive": inclusive, "limit": 100})
        ids = [
            rate.id
            async for rate in found.auto_paging_iter()
            if rate.percentage == percentage and rate.country == COUNTRY
            if getattr(rate.metadata, "made_by", None) == "pygmalion"
        ]
        # The oldest: whoever made one at the same moment as us takes the same from now on.
        return ids[-1] if ids else None

    async def _make(self, percentage: float, *, inclusive: bool) -> str:
        params: TaxRateCreateParams = {
            "display_name": "TVA",
            "percentage": percentage,
            "inclusive": inclusive,
            "country": COUNTRY,
            "tax_type": "vat",
            "metadata": {"made_by": "pygmalion"},
        }
        key = f"tax-rate:{percentage}:{'inclusive' if inclusive else 'exclusive'}"
        return (await self._client.v1.tax_rates.create_async(params, {"idempotency_key": key})).id
