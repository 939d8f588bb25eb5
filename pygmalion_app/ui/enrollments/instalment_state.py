"""An individual's payments on the page of their order."""

from datetime import datetime

import reflex as rx
from reflex_base.event import EventSpec

from pygmalion_app.core.errors import NotFoundError, PygmalionError
from pygmalion_app.core.i18n import format_day
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.unit_of_work import container, unit_of_work
from pygmalion_app.enrollments import instalments, overview, withdrawal
from pygmalion_app.enrollments.instalments import InstalmentView
from pygmalion_app.enrollments.withdrawal import WithdrawalView
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.enrollments.schedule import Due, Moment, last_day, moments
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import id_in_path
from pygmalion_app.ui.i18n import Lang, lang_of_path

_TONES: dict[str, Tone] = {
    "scheduled": "idle",
    "charging": "info",
    "paid": "ok",
    "failed": "bad",
    "cancelled": "idle",
}


class InstalmentState(rx.State):
    """When the reader pays what for an order of their own, and whether they can withdraw from its contract."""

    schedule: rx.Field[list[Moment]] = rx.field(default_factory=list)
    refused: rx.Field[bool] = rx.field(False)
    open_until: rx.Field[str] = rx.field("")
    """The last day on which one can withdraw; empty when one cannot."""
    withdrawn: rx.Field[bool] = rx.field(False)
    contract_url: rx.Field[str] = rx.field("")
    receipt_url: rx.Field[str] = rx.field("")

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read the order in the page's address."""
        lang, order_id = self._lang(), id_in_path(self.router.url.path)
        self.schedule, self.refused, self.withdrawn = [], False, False
        self.open_until = self.contract_url = self.receipt_url = ""
        if order_id is None:
            return
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                parts = await instalments.of_order(uow, order_id)
                people = await overview.order_people(uow, order_id)
                contract = await withdrawal.look(uow, order_id, lang.code)
        except NotFoundError:
            return
        seat = people[0]
        self._show(lang, parts, contract, (seat.start_date, seat.end_date, seat.time_zone))

    @rx.event
    @access.signed_in
    async def pay(self, instalment: str) -> EventSpec:
        """Go to the page on which a refused payment is made with any card."""
        lang, order_id, instalment_id = self._lang(), id_in_path(self.router.url.path), parse_id(instalment)
        try:
            if order_id is None or instalment_id is None:
                raise NotFoundError(instalment="")
            url = await instalments.pay_now(await actor_of(self), order_id, instalment_id)
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        return rx.redirect(url, is_external=False)

    def _show(
        self,
        lang: Lang,
        parts: tuple[InstalmentView, ...],
        contract: WithdrawalView,
        training: tuple[datetime, datetime, str],
    ) -> None:
        self.withdrawn = contract.state == "done"
        self.open_until = last_day(lang, contract.ends_at) if contract.state == "open" else ""
        self.contract_url = f"/api/v1/orders/{contract.order_id}/contract" if contract.has_contract else ""
        self.receipt_url = f"/api/v1/orders/{contract.order_id}/withdrawal/receipt"
        self.refused = any(part.payable for part in parts)
        if parts and contract.ends_at:
            due = [_due(lang, part) for part in parts]
            self.schedule = moments(lang, contract.ends_at, training, due, contract.currency)

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)


def _due(lang: Lang, part: InstalmentView) -> Due:
    again = part.next_attempt_at if part.status == "failed" else None
    zone = container().settings.withdrawal_time_zone
    return Due(
        number=part.number,
        due_at=part.due_at,
        cents=part.amount_cents,
        status=lang(f"instalment-{part.status}"),
        tone=_TONES.get(part.status, "idle"),
        note=lang("instalment-retry", day=format_day(lang.code, again, zone)) if again else "",
        pay=str(part.id) if part.payable else "",
    )
