"""The test-mode pay and onboarding pages, and the same by API; none of them exists in production."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, PackageLoader
from pydantic import BaseModel, ConfigDict, Field

from pygmalion_app.adapters.payments.testmode import cashier, desk, money
from pygmalion_app.adapters.payments.testmode.delivery import Delivery, deliver_held
from pygmalion_app.adapters.payments.testmode.models import TestmodeCheckout
from pygmalion_app.adapters.payments.testmode.outcomes import STEPS, Outcome
from pygmalion_app.core.i18n import format_money, supported, translate

router = APIRouter(tags=["development"])
_templates = Environment(loader=PackageLoader("pygmalion_app.adapters.payments.testmode"), autoescape=True)
_HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
_CARDS = {
    "4242 4242 4242 4242": "works",
    money.REFUNDS_FAIL: "refunds-fail",
    money.REFUNDS_WAIT: "refunds-wait",
}
_SAVED_CARDS = {
    "4242 4242 4242 4242": "works",
    money.CHARGES_ARE_DECLINED: "later-declined",
    money.CHARGES_NEED_THE_CUSTOMER: "later-customer",
    money.BANK_ACCOUNT: "later-slow",
}


class Play(BaseModel):
    """What to play on a checkout."""

    model_config = ConfigDict(extra="forbid")

    outcome: Outcome
    card: Annotated[str, Field(max_length=100)] = ""
    """A card of one's choice, by any name or by one of Stripe's test numbers; empty = the customer's own."""
    delivery: Delivery = Delivery.AT_ONCE


class PlayOnboarding(BaseModel):
    """What to play on a connected account."""

    model_config = ConfigDict(extra="forbid")

    outcome: desk.Onboarding
    delivery: Delivery = Delivery.AT_ONCE


class PlayPayout(BaseModel):
    """What to play on a payout."""

    model_config = ConfigDict(extra="forbid")

    outcome: desk.PayoutOutcome
    delivery: Delivery = Delivery.AT_ONCE


@router.post("/api/v1/dev/pay/{checkout_id}")
async def pay_by_api(checkout_id: str, play: Play) -> dict[str, object]:
    """Play an outcome; its signed events have reached the webhook when this answers, unless they are to come late."""
    status = await cashier.play(checkout_id, play.outcome, card=play.card, delivery=play.delivery)
    return {"success": True, "data": {"checkoutId": checkout_id, "status": status}}


@router.post("/api/v1/dev/accounts/{account_id}")
async def onboard_by_api(account_id: str, play: PlayOnboarding) -> dict[str, object]:
    """Complete a connected account, or only half."""
    enabled = await desk.onboard(account_id, play.outcome, delivery=play.delivery)
    return {"success": True, "data": {"accountId": account_id, "payoutsEnabled": enabled}}


@router.post("/api/v1/dev/payouts/{payout_id}")
async def settle_payout_by_api(payout_id: str, play: PlayPayout) -> dict[str, object]:
    """Let a payout arrive or fail."""
    status = await desk.settle_payout(payout_id, play.outcome, delivery=play.delivery)
    return {"success": True, "data": {"payoutId": payout_id, "status": status}}


@router.post("/api/v1/dev/events/deliver")
async def deliver_by_api() -> dict[str, object]:
    """Deliver every event that was held or has not arrived yet, newest first."""
    return {"success": True, "data": {"delivered": await deliver_held()}}


@router.get("/testmode/checkout/{checkout_id}", include_in_schema=False)
async def pay_page(checkout_id: str, declined: bool = False) -> HTMLResponse:
    """Show the pay page."""
    found = await cashier.checkout(checkout_id)
    return HTMLResponse(_page(found, await cashier.possible(checkout_id), declined=declined), headers=_HEADERS)


@router.post("/testmode/checkout/{checkout_id}", include_in_schema=False)
async def pay(
    checkout_id: str,
    outcome: Annotated[Outcome, Form()],
    card: Annotated[str, Form(max_length=100)] = "",
    delivery: Annotated[Delivery, Form()] = Delivery.AT_ONCE,
) -> RedirectResponse:
    """Play the chosen outcome and lead the buyer on, as the real gateway does."""
    found = await cashier.checkout(checkout_id)
    own = "" if _CARDS.get(card) == "works" else card
    try:
        status = await cashier.play(checkout_id, outcome, card=own, delivery=delivery)
    except cashier.CheckoutClosedError:
        return RedirectResponse(found.request["cancel_url"], 303)
    if outcome is Outcome.DECLINE:
        return RedirectResponse(f"/testmode/checkout/{checkout_id}?declined=true", 303)
    paid = status in {"complete", "processing"}
    return RedirectResponse(found.request["success_url" if paid else "cancel_url"], 303)


@router.get("/testmode/onboarding/{link_id}", include_in_schema=False, response_model=None)
async def onboarding_page(link_id: str) -> HTMLResponse | RedirectResponse:
    """Show the page that stands for the gateway's own questions; a link that has lapsed leads back for a new one."""
    found = await desk.link(link_id)
    if found["lapsed"]:
        return RedirectResponse(found["refresh_url"], 303)
    locale = supported(urlsplit(found["return_url"]).path[1:3])
    words = ("title", "test", "lead", "complete", "incomplete", "back")
    html = _templates.get_template("onboarding.html").render(
        locale=locale,
        t={word: translate(locale, f"testonboarding-{word}") for word in words},
        email=found["email"],
        back=found["return_url"],
    )
    return HTMLResponse(html, headers=_HEADERS)


@router.post("/testmode/onboarding/{link_id}", include_in_schema=False)
async def onboard(link_id: str, outcome: Annotated[desk.Onboarding, Form()]) -> RedirectResponse:
    """Play the chosen end of onboarding and lead back."""
    found = await desk.link(link_id)
    if found["lapsed"]:
        return RedirectResponse(found["refresh_url"], 303)
    await desk.onboard(found["account"], outcome)
    return RedirectResponse(found["return_url"], 303)


def _page(found: TestmodeCheckout, possible: list[Outcome], *, declined: bool) -> str:
    request = found.request
    locale = supported(request["locale"])
    setup = request["mode"] == "setup"
    words = ("title", "test", "order", "total", "seats", "email", "card", "declined", "closed", "back", "other")
    words += ("delivery",)
    payable = Outcome.SUCCESS in possible
    others = [outcome for outcome in possible if outcome is not Outcome.SUCCESS and _fits(outcome, setup=setup)]
    cards = _SAVED_CARDS if setup else _CARDS
    amount = format_money(locale, request["amount_cents"], str(request["currency"]).upper())
    return _templates.get_template("pay.html").render(
        locale=locale,
        t={word: translate(locale, f"testpay-{word}", count=request["quantity"]) for word in words},
        description=request["description"],
        email=request["customer_email"],
        amount=translate(locale, "testpay-nothing") if setup else amount,
        primary=translate(locale, "testpay-save" if setup else "testpay-pay", amount=amount),
        outcomes=[(outcome.value, translate(locale, f"testpay-outcome-{outcome.value}")) for outcome in others],
        cards=[(number, translate(locale, f"testpay-card-{kind}", number=number)) for number, kind in cards.items()],
        deliveries=[(how.value, translate(locale, f"testpay-delivery-{how.value}")) for how in Delivery],
        payable=payable,
        over=found.status not in {"open", "processing"},
        declined=declined,
        back=request["cancel_url"],
    )


def _fits(outcome: Outcome, *, setup: bool) -> bool:
    """Whether an outcome makes sense: a card that is only saved is not debited."""
    return not setup or outcome not in {Outcome.SEPA_PENDING} | (set(Outcome) - set(STEPS))
