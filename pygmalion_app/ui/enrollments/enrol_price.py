"""The part of the enrolment form that tells what it costs, and what a discount code takes off."""

from typing import Any

import reflex as rx

from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.i18n import format_money, format_number
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.enrollments import discounts
from pygmalion_app.enrollments.overview import Offer
from pygmalion_app.enrollments.pricing import Discount, price_of
from pygmalion_app.enrollments.schemas import Quote
from pygmalion_app.ui import access
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path


class EnrolPrice(rx.State, mixin=True):
    """What so many seats of the session cost."""

    quantity: rx.Field[int] = rx.field(0)
    unit_text: rx.Field[str] = rx.field("")
    net_text: rx.Field[str] = rx.field("")
    vat_rate: rx.Field[str] = rx.field("")
    vat_text: rx.Field[str] = rx.field("")
    total_text: rx.Field[str] = rx.field("")
    code: rx.Field[str] = rx.field("")
    """The discount code that is applied."""
    code_error: rx.Field[str] = rx.field("")
    code_rule: rx.Field[str] = rx.field("")
    list_text: rx.Field[str] = rx.field("")
    discount_text: rx.Field[str] = rx.field("")
    free: rx.Field[bool] = rx.field(False)

    _offer: Offer | None = None
    _discount: Discount | None = None

    @rx.event
    @access.signed_in
    async def apply_code(self, form: dict[str, Any]) -> None:
        """Take what a code takes off, or say why it takes off nothing."""
        lang, text, offer = self._lang(), text_of(form, "discount_code", 40), self._offer
        self.code_error = ""
        if offer is None or not text:
            return
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                told = await discounts.quote(
                    uow, Quote(session_id=offer.session_id, quantity=max(1, self.quantity), discount_code=text)
                )
        except PygmalionError as error:
            self.code_error = error_text(lang.code, error)
            return
        self._discount = Discount(told.discount_percent, told.discount_amount_cents)
        self.code = told.discount_code or ""
        self.code_rule = (
            lang("code-percent", percent=told.discount_percent)
            if told.discount_percent
            else lang("code-amount", amount=format_money(lang.code, told.discount_amount_cents or 0, told.currency))
        )
        self._show_price()

    @rx.event
    @access.signed_in
    def drop_code(self) -> None:
        """Go back to the price without a code."""
        self._forget_code()
        self._show_price()

    def _forget_code(self) -> None:
        self.code = self.code_error = self.code_rule = ""
        self._discount = None

    def _show_price(self) -> None:
        offer, code = self._offer, self._lang().code
        if offer is None:
            return
        price = price_of(offer.price_cents, self.quantity, offer.vat_basis_points, self._discount)
        self.unit_text = format_money(code, offer.price_cents, offer.currency)
        self.list_text = format_money(code, price.list_cents, offer.currency)
        self.discount_text = f"−{format_money(code, price.discount_cents, offer.currency)}" if self._discount else ""
        self.net_text = format_money(code, price.net_cents, offer.currency)
        self.vat_text = format_money(code, price.vat_cents, offer.currency)
        self.free = self.quantity > 0 and price.total_cents == 0
        self.vat_rate = format_number(code, offer.vat_basis_points / 100) if offer.vat_basis_points else ""
        self.total_text = format_money(code, price.total_cents, offer.currency)

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)
