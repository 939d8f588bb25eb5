"""A small server that answers as Stripe's API does: shapes from the official OpenAPI fixtures, idempotency, errors.

It keeps what it was asked for, so that one contract holds for the real adapter and for the embedded gateway.
"""

import re
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

Body = dict[str, Any]
_ONCE = {"stripe-should-retry": "false"}
"""Keeps the SDK from trying again by itself, which takes seconds."""


class RefusedError(Exception):
    """An error of the API."""

    def __init__(self, status: int, kind: str, code: str | None = None, **more: Any) -> None:
        """Take what Stripe would tell."""
        super().__init__(code)
        self.status = status
        self.body = {"error": {"type": kind, "code": code, "message": "no", **more}}


def nested(pairs: list[tuple[str, str]]) -> Body:
    """Return what `a[b][0][c]=1` means."""
    found: Body = {}
    for name, value in pairs:
        keys = [name.split("[")[0], *re.findall(r"\[([^\]]*)\]", name)]
        where = found
        for key in keys[:-1]:
            where = where.setdefault(key, {})
        where[keys[-1]] = value
    return found


@dataclass
class FakeStripe:
    """Stripe's side of things."""

    calls: list[tuple[str, Body, dict[str, str]]] = field(default_factory=list)
    objects: dict[str, Body] = field(default_factory=dict)
    lines: list[Body] = field(default_factory=list)
    answers: dict[str, tuple[str, Body]] = field(default_factory=dict)
    failing: list[tuple[int, Body]] = field(default_factory=list)
    """Answers to give instead of the next ones."""
    cards: dict[str, str] = field(default_factory=dict)
    """Setup intent -> what its card does when charged."""
    made: int = 0

    def app(self) -> Starlette:
        """Return the server."""
        return Starlette(routes=[Route("/{path:path}", self.serve, methods=["GET", "POST"])])

    async def serve(self, request: Request) -> JSONResponse:
        """Answer one call."""
        content = await request.body()
        multipart = request.headers.get("content-type", "").startswith("multipart")
        encoded = request.url.query if request.method == "GET" else "" if multipart else content.decode()
        params = nested(parse_qsl(encoded))
        call = f"{request.method} {request.url.path}"
        self.calls.append((call, params, dict(request.headers)))
        if multipart:
            params = {"content": content}
        if self.failing:
            status, body = self.failing.pop(0)
            return JSONResponse(body, status, _ONCE)
        key = request.headers.get("idempotency-key")
        if request.method == "POST" and key in self.answers:
            first, answer = self.answers[key]
            if first != repr(params) and not multipart:
                return JSONResponse({"error": {"type": "idempotency_error", "message": "other parameters"}}, 400)
            return JSONResponse(answer["body"], answer["status"])
        try:
            status, body = 200, self.answer(call, params, request.headers.get("stripe-account"))
        except RefusedError as error:
            status, body = error.status, error.body
            if status >= 500:  # nothing happened, and nothing is remembered
                return JSONResponse(body, status, _ONCE)
        if key:
            self.answers[key] = (repr(params), {"status": status, "body": body})
        return JSONResponse(body, status)

    def answer(self, call: str, params: Body, account: str | None) -> Body:
        """Return what Stripe answers."""
        for pattern, answer in (
            (r"POST /v1/checkout/sessions", self.open_checkout),
            (r"POST /v1/checkout/sessions/(\w+)/expire", self.expire_checkout),
            (r"POST /v1/payment_intents", self.charge),
            (r"POST /v1/payment_methods/(\w+)/detach", self.detach),
            (r"POST /v1/transfers/(\w+)/reversals", self.reverse),
            (r"POST /v1/refunds", self.refund),
            (r"POST /v1/application_fees/(\w+)/refunds", self.refund_fee),
            (r"POST /v1/files", self.upload),
            (r"POST /v1/disputes/(\w+)", self.dispute),
            (r"POST /v1/tax_rates", self.make_rate),
            (r"POST /v1/accounts", self.make_account),
            (r"POST /v1/account_links", self.link),
        ):
            if found := re.fullmatch(pattern, call):
                return answer(params, *found.groups())
        if call == "POST /v1/payouts":
            return self.pay_out(params, str(account))
        if call == "GET /v1/balance_transactions":
            return self.page(call, self.lines[::-1], params)
        if call == "GET /v1/disputes":
            disputes = [item for item in self.objects.values() if item["object"] == "dispute"]
            ours = [item for item in disputes if item["payment_intent"] == params["payment_intent"]]
            return self.page(call, ours, params)
        if call == "GET /v1/tax_rates":
            rates = [item for item in self.objects.values() if item["object"] == "tax_rate"]
            fitting = [rate for rate in rates if str(rate["inclusive"]).lower() == params["inclusive"]]
            return self.page(call, fitting, params)
        return self.find(call.rsplit("/", 1)[1], expand="expand" in params)

    def page(self, call: str, items: list[Body], params: Body) -> Body:
        """Return a page of a list: two items at most, so that whoever reads it has to turn pages."""
        ids = [item["id"] for item in items]
        start = ids.index(params["starting_after"]) + 1 if "starting_after" in params else 0
        return {
            "object": "list",
            "url": call.split(" ")[1],
            "data": items[start : start + 2],
            "has_more": start + 2 < len(items),
        }

    def find(self, object_id: str, *, expand: bool = False) -> Body:
        """Return an object as it stands."""
        if object_id not in self.objects:
            raise RefusedError(404, "invalid_request_error", "resource_missing")
        found = self.objects[object_id]
        if expand and isinstance(found.get("latest_charge"), str):
            return found | {"latest_charge": self.objects[found["latest_charge"]]}
        return found

    def keep(self, kind: str, prefix: str, **values: Any) -> Body:
        """Keep a new object."""
        self.made += 1
        kept = {"id": f"{prefix}_{self.made}", "object": kind, "created": int(time.time()), "livemode": False, **values}
        self.objects[kept["id"]] = kept
        return kept

    def move(self, kind: str, amount: int, source: Body, category: str = "", fee: int = 0) -> None:
        """Write a balance transaction."""
        line = {"amount": amount, "fee": fee, "net": amount - fee, "currency": "eur", "type": kind, "source": source}
        self.lines.append(self.keep("balance_transaction", "txn", reporting_category=category or kind, **line))

    def open_checkout(self, params: Body) -> Body:
        """Make a checkout session."""
        ends = {"expires_at": int(params["expires_at"])}
        made = self.keep("checkout.session", "cs", status="open", url="", asked=params, **ends)
        made["url"] = f"https://checkout.stripe.test/c/{made['id']}"
        return made

    def expire_checkout(self, _params: Body, checkout: str) -> Body:
        """Expire an open session."""
        found = self.find(checkout)
        if found["status"] != "open":
            raise RefusedError(400, "invalid_request_error")
        found["status"] = "expired"
        return found

    def charge(self, params: Body) -> Body:
        """Make and confirm a payment intent."""
        card = self.cards.get(params["payment_method"], "")
        if self.find(params["payment_method"])["customer"] is None:
            raise RefusedError(400, "invalid_request_error", "payment_method_unexpected_state")
        status = {"": "succeeded", "slow": "processing"}.get(card, "requires_payment_method")
        made = self.paid(params, status)
        if card in {"card_declined", "authentication_required"}:
            raise RefusedError(402, "card_error", card, payment_intent=made)
        return made

    def paid(self, params: Body, status: str = "succeeded") -> Body:
        """Keep a payment intent with its charge and, for a connected account, its transfer and fee."""
        amount = int(params["amount"])
        seller = params.get("transfer_data", {}).get("destination")
        intent = self.keep("payment_intent", "pi", amount=amount, currency="eur", status=status, asked=params)
        charge = self.keep("charge", "ch", amount=amount, amount_refunded=0, payment_intent=intent["id"])
        intent["latest_charge"] = charge["id"] if status == "succeeded" else None
        if status != "succeeded":
            return intent
        self.move("charge", amount, charge, fee=25 + round(amount * 0.015))
        if seller:
            fee_cents = int(params["application_fee_amount"])
            transfer = self.keep("transfer", "tr", amount=amount, source_transaction=charge["id"])
            fee = self.keep("application_fee", "fee", amount=fee_cents, charge="py_other", amount_refunded=0)
            fee["originating_transaction"] = charge["id"]
            charge |= {"transfer": transfer["id"], "application_fee": fee["id"], "application_fee_amount": fee_cents}
            self.move("transfer", -amount, transfer)
            self.move("application_fee", fee_cents, fee)
        return intent

    def detach(self, _params: Body, method: str) -> Body:
        """Take a card from its customer, for good."""
        found = self.find(method)
        if found["customer"] is None:
            raise RefusedError(400, "invalid_request_error")
        found["customer"] = None
        return found

    def reverse(self, params: Body, transfer: str) -> Body:
        """Take a part of a transfer back."""
        found, amount = self.find(transfer), int(params["amount"])
        if found.get("amount_reversed", 0) + amount > found["amount"]:
            raise RefusedError(400, "invalid_request_error", "amount_too_large")
        found["amount_reversed"] = found.get("amount_reversed", 0) + amount
        made = self.keep("transfer_reversal", "trr", amount=amount, transfer=transfer, source_refund=None)
        self.move("transfer_refund", amount, made)
        return made

    def refund(self, params: Body) -> Body:
        """Refund a part of a charge."""
        charge = self.find(self.find(params["payment_intent"])["latest_charge"])
        amount = int(params["amount"])
        if charge["amount_refunded"] + amount > charge["amount"]:
            raise RefusedError(400, "invalid_request_error", "charge_already_refunded")
        charge["amount_refunded"] += amount
        made = self.keep("refund", "re", amount=amount, charge=charge["id"], status="succeeded")
        self.move("refund", -amount, made)
        if params.get("reverse_transfer") == "true":
            reversal = self.keep("transfer_reversal", "trr", amount=amount, source_refund=made["id"])
            self.move("transfer_refund", amount, reversal)
        return made

    def refund_fee(self, params: Body, fee: str) -> Body:
        """Give a part of the commission back to the connected account."""
        amount = int(params["amount"])
        self.find(fee)["amount_refunded"] += amount
        made = self.keep("fee_refund", "fr", amount=amount, fee=fee, metadata=params["metadata"])
        self.move("application_fee_refund", -amount, made)
        return made

    def upload(self, params: Body) -> Body:
        """Keep a file."""
        kept = self.keep("file", "file", purpose="dispute_evidence")
        kept["size"] = len(params["content"])
        return kept

    def dispute(self, params: Body, dispute: str) -> Body:
        """Take evidence."""
        found = self.find(dispute)
        found |= {"evidence": params["evidence"], "status": "under_review"}
        return found

    def make_rate(self, params: Body) -> Body:
        """Make a tax rate."""
        values = {"percentage": float(params["percentage"]), "inclusive": params["inclusive"] == "true"}
        return self.keep("tax_rate", "txr", country=params["country"], metadata=params["metadata"], **values)

    def make_account(self, params: Body) -> Body:
        """Open a connected account."""
        flags = dict.fromkeys(("details_submitted", "charges_enabled", "payouts_enabled"), False)
        due = {"currently_due": ["external_account"], "past_due": [], "disabled_reason": None}
        return self.keep("account", "acct", requirements=due, metadata=params["metadata"], balance=0, **flags)

    def complete(self, account: str) -> None:
        """Let an account be completed."""
        flags = dict.fromkeys(("details_submitted", "charges_enabled", "payouts_enabled"), True)
        self.objects[account] |= {"requirements": {"currently_due": [], "past_due": []}, **flags}

    def link(self, params: Body) -> Body:
        """Make an onboarding link."""
        self.find(params["account"])
        return {"object": "account_link", "created": 1, "expires_at": 2, "url": "https://connect.stripe.test/setup/s/x"}

    def pay_out(self, params: Body, account: str) -> Body:
        """Pay out from a connected account's balance."""
        found, amount = self.find(account), int(params["amount"])
        if not found["payouts_enabled"] or found["balance"] < amount:
            raise RefusedError(400, "invalid_request_error", "balance_insufficient")
        found["balance"] -= amount
        return self.keep("payout", "po", amount=amount, status="pending", arrival_date=1_800_000_000)
