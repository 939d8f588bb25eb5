"""The test-mode pay page, and the same by API; neither exists in production."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, PackageLoader
from pydantic import BaseModel, ConfigDict, Field

from pygmalion_app.adapters.payments.testmode import cashier
from pygmalion_app.adapters.payments.testmode.models import TestmodeCheckout
from pygmalion_app.adapters.payments.testmode.outcomes import STEPS, Outcome
from pygmalion_app.core.i18n import format_money, supported, translate

router = APIRouter(tags=["development"])
_templates = Environment(loader=PackageLoader("pygmalion_app.adapters.payments.testmode"), autoescape=True)
_HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


class Play(BaseModel):
    """What to play on a checkout."""

    model_config = ConfigDict(extra="forbid")

    outcome: Outcome
    card: Annotated[str, Field(max_length=100)] = ""
    """A card of one's choice, by any name; empty = the customer's own."""


@router.post("/api/v1/dev/pay/{checkout_id}")
async def pay_by_api(checkout_id: str, play: Play) -> dict[str, object]:
    """Play an outcome; its signed event has reached the webhook when this answers."""
    status = await cashier.play(checkout_id, play.outcome, card=play.card)
    return {"success": True, "data": {"checkoutId": checkout_id, "status": status}}


@router.get("/testmode/checkout/{checkout_id}", include_in_schema=False)
async def pay_page(checkout_id: str, declined: bool = False) -> HTMLResponse:
    """Show the pay page."""
    found = await cashier.checkout(checkout_id)
    return HTMLResponse(_page(found, declined=declined), headers=_HEADERS)


@router.post("/testmode/checkout/{checkout_id}", include_in_schema=False)
async def pay(checkout_id: str, outcome: Annotated[Outcome, Form()]) -> RedirectResponse:
    """Play the chosen outcome and lead the buyer on, as the real gateway does."""
    found = await cashier.checkout(checkout_id)
    try:
        status = await cashier.play(checkout_id, outcome)
    except cashier.CheckoutClosedError:
        return RedirectResponse(found.request["cancel_url"], 303)
    if outcome is Outcome.DECLINE:
        return RedirectResponse(f"/testmode/checkout/{checkout_id}?declined=true", 303)
    paid = status in {"complete", "processing"}
    return RedirectResponse(found.request["success_url" if paid else "cancel_url"], 303)


def _page(found: TestmodeCheckout, *, declined: bool) -> str:
    request = found.request
    locale = supported(request["locale"])
    offered = [outcome for outcome, step in STEPS.items() if found.status in step.before]
    setup = request["mode"] == "setup"
    words = ("title", "test", "order", "total", "seats", "email", "card", "declined", "closed", "back", "other")
    return _templates.get_template("pay.html").render(
        locale=locale,
        t={word: translate(locale, f"testpay-{word}", count=request["quantity"]) for word in words},
        description=request["description"],
        email=request["customer_email"],
        amount=translate(locale, "testpay-nothing") if setup else _amount(locale, request["amount_cents"], request),
        primary=translate(
            locale, "testpay-save" if setup else "testpay-pay", amount=_amount(locale, request["amount_cents"], request)
        ),
        outcomes=[(outcome.value, translate(locale, f"testpay-outcome-{outcome.value}")) for outcome in offered[1:]]
        if Outcome.SUCCESS in offered
        else [(outcome.value, translate(locale, f"testpay-outcome-{outcome.value}")) for outcome in offered],
        payable=Outcome.SUCCESS in offered,
        declined=declined,
        back=request["cancel_url"],
    )


def _amount(locale: str, cents: int, request: dict[str, str]) -> str:
    return format_money(locale, cents, str(request["currency"]).upper())
