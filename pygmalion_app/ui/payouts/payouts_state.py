"""What a training organisation sold and is paid, and the account that it is paid to."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import reflex as rx
from reflex_base.event import EventSpec

from pygmalion_app.accounts.errors import ReauthenticationRequiredError
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import PygmalionError, UnavailableError
from pygmalion_app.core.i18n import format_day, format_money
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.payments import merchants, payout_queries
from pygmalion_app.payments.payout_schemas import MerchantView, PayoutSchedule, PayoutView, SaleView
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui.accounts import reauthentication
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.catalog.state import page_numbers
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.enrollments.wording import title_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.i18n import Lang, lang_of_path
from pygmalion_app.ui.organizations.chosen import chosen_organization

MANAGE = Permission.PAYOUT_MANAGE
PAGE_SIZE = 20
_SALE_TONES: dict[str, Tone] = {"succeeded": "ok", "saved": "info", "processing": "info", "failed": "bad"}
_SALE_TONES |= {"refunding": "info", "refunded": "idle", "cancelled": "idle"}
_PAYOUT_TONES: dict[str, Tone] = {"requested": "info", "sent": "info", "paid": "ok", "failed": "bad"}
_NEEDS = {
    "external_account": "bank",
    "company": "company",
    "business": "company",
    "individual": "person",
    "representative": "person",
    "person": "person",
    "owners": "person",
    "directors": "person",
    "tos_acceptance": "terms",
}
"""What the gateway's names begin with -> what it means for people."""


@dataclass
class SaleRow:
    """One sale. `refundable`: some of it can be given back."""

    id: str
    order: str
    what: str
    day: str
    amount: str
    commission: str
    refunded: str
    state: str
    tone: Tone
    paid_out: str
    payable: str
    refundable: bool


@dataclass
class PayoutRow:
    """One payout."""

    day: str
    amount: str
    state: str
    tone: Tone
    detail: str


@dataclass
class MoneyRow:
    """An organisation's money in one currency."""

    to_come: str
    due: str
    on_the_way: str
    paid: str
    next: str


class PayoutsState(rx.State):
    """What the page shows."""

    loaded: rx.Field[bool] = rx.field(False)
    failed: rx.Field[bool] = rx.field(False)
    organization: rx.Field[str] = rx.field("")
    withheld: rx.Field[bool] = rx.field(False)
    account: rx.Field[str] = rx.field("")
    verified: rx.Field[bool] = rx.field(False)
    needs: rx.Field[list[str]] = rx.field(default_factory=list)
    lapsed: rx.Field[bool] = rx.field(False)
    """Whether the reader comes back from a link that was too old."""
    busy: rx.Field[bool] = rx.field(False)
    money: rx.Field[list[MoneyRow]] = rx.field(default_factory=list)
    delay: rx.Field[str] = rx.field("")
    sales: rx.Field[list[SaleRow]] = rx.field(default_factory=list)
    count: rx.Field[str] = rx.field("")
    page: rx.Field[int] = rx.field(1)
    pages: rx.Field[int] = rx.field(1)
    numbers: rx.Field[list[int]] = rx.field(default_factory=list)
    payouts: rx.Field[list[PayoutRow]] = rx.field(default_factory=list)
    export_path: rx.Field[str] = rx.field("")

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read the reader's organisation; for those who come back from the gateway, ask it how the account stands."""
        actor = await actor_of(self)
        found = chosen_organization(self, actor, MANAGE)
        self.withheld = found is None and bool(actor.withheld)
        self.organization, self.failed, self.busy, self.page = str(found or ""), False, False, 1
        back = self.router.url.query_parameters.get("account", "")
        self.lapsed = back == "again"
        try:
            if found is not None:
                if back == "back":
                    await _look_again(actor, found)
                await self._read(actor, found)
        except PygmalionError:
            self.failed = True
        self.loaded = True

    @rx.event
    @access.requires(MANAGE)
    async def turn(self, page: int) -> None:
        """Show another page of sales."""
        found = parse_id(self.organization)
        if found is not None:
            self.page = page if isinstance(page, int) and 1 <= page <= self.pages else 1
            await self._read(await actor_of(self), found)

    @rx.event
    @access.requires(MANAGE)
    async def start(self) -> EventSpec | list[EventSpec] | None:
        """Go to the gateway's own pages to open or complete the account."""
        found, lang = parse_id(self.organization), self._lang()
        if found is None:
            return None
        try:
            url = await merchants.start_onboarding(await actor_of(self), found, lang.code)
        except ReauthenticationRequiredError:
            return await reauthentication.ask(self, again=PayoutsState.start)
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        self.busy = True
        # Not by the pages' own router, which would look for the address among them.
        return rx.call_script(f"location.assign({json.dumps(url)})")

    async def _reread(self) -> None:
        """Show what something else on the page has changed."""
        found = parse_id(self.organization)
        if found is not None:
            await self._read(await actor_of(self), found)

    async def _read(self, actor: Actor, organization: UUID) -> None:
        lang = self._lang()
        async with unit_of_work(actor) as uow:
            account = await merchants.account_of(uow, organization)
            schedule = await payout_queries.schedule_of(uow, organization)
            sales = await payout_queries.sales_of(uow, organization, PageRequest(self.page, PAGE_SIZE))
            payouts = await payout_queries.payouts_of(uow, organization, PageRequest(1, PAGE_SIZE))
        self._show_account(lang, account)
        self.money = [_money_row(lang, item) for item in schedule]
        self.delay = lang("payouts-delay", count=schedule[0].delay_days)
        self.sales = [_sale_row(lang, item) for item in sales.items]
        self.count = lang("payouts-count", count=sales.total)
        self.pages = max(1, -(-sales.total // PAGE_SIZE))
        self.numbers = page_numbers(self.page, self.pages)
        self.payouts = [_payout_row(lang, item) for item in payouts.items]
        self.export_path = f"/api/v1/organizations/{organization}/sales.csv?locale={lang.code}"

    def _show_account(self, lang: Lang, found: MerchantView) -> None:
        self.account, self.verified = found.state.value, found.verified
        kinds = dict.fromkeys(_need(name) for name in found.requirements)
        self.needs = [lang(f"payouts-needs-{kind}") for kind in kinds]

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)


def _need(name: str) -> str:
    """Return what one of the gateway's names means for people."""
    return next((kind for start, kind in _NEEDS.items() if name.startswith(start)), "other")


def _day(lang: Lang, moment: datetime) -> str:
    return format_day(lang.code, moment, pattern="d MMM y")


async def _look_again(actor: Actor, organization: UUID) -> None:
    try:
        await merchants.refresh_of(actor, organization)
    except UnavailableError:
        return  # its event will tell


def _money_row(lang: Lang, item: PayoutSchedule) -> MoneyRow:
    def text(cents: int) -> str:
        return format_money(lang.code, cents, item.currency)

    following = _day(lang, item.next_payout_at) if item.next_payout_at else lang("payouts-next-none")
    return MoneyRow(
        text(item.to_come_cents), text(item.due_cents), text(item.on_the_way_cents), text(item.paid_cents), following
    )


def _sale_row(lang: Lang, item: SaleView) -> SaleRow:
    def text(cents: int) -> str:
        return format_money(lang.code, cents, item.currency)

    owed = item.mode == "invoice" and item.status != "cancelled"
    return SaleRow(
        id=str(item.order_id),
        order=str(item.order_id)[-8:],
        what=f"{title_of(lang, item.description, item.description_en)} · {lang('payouts-seats', count=item.quantity)}",
        day=_day(lang, item.created_at),
        amount=text(item.amount_cents),
        commission=text(item.commission_cents),
        refunded=text(item.refunded_cents) if item.refunded_cents else "",
        state=lang(f"payouts-sale-{item.status}"),
        tone=_SALE_TONES.get(item.status, "idle"),
        paid_out=text(item.paid_out_cents) if item.paid_out_cents else "",
        payable=_day(lang, item.payable_at) if item.payable_at else "",
        refundable=item.refunded_cents < item.amount_cents and (item.paid_at is not None or owed),
    )


def _payout_row(lang: Lang, item: PayoutView) -> PayoutRow:
    detail = ""
    if item.status == "failed":
        known = {"account_closed", "balance_insufficient", "account_not_ready"}
        detail = lang(f"payouts-failure-{(item.failure if item.failure in known else 'other').replace('_', '-')}")
    elif item.status == "sent" and item.arrives_at:
        detail = lang("payouts-arrives", day=_day(lang, item.arrives_at))
    return PayoutRow(
        day=_day(lang, item.created_at),
        amount=format_money(lang.code, item.amount_cents, item.currency),
        state=lang(f"payouts-payout-{item.status}"),
        tone=_PAYOUT_TONES.get(item.status, "idle"),
        detail=detail,
    )
