"""The platform's books, for its administrators: totals, differences, refunds that failed, exports."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import reflex as rx

from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.i18n import format_day, format_moment, format_money, format_number
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.unit_of_work import container, unit_of_work
from pygmalion_app.enrollments import hand_refunds
from pygmalion_app.enrollments.hand_refunds import RefundByHand
from pygmalion_app.ledger import exports, finance
from pygmalion_app.ledger.export_models import ExportStatus
from pygmalion_app.ledger.exports import ExportView, RequestExport
from pygmalion_app.ledger.finance import BOOKS_ZONE, FinanceTotals
from pygmalion_app.payments import reconciliation, refunds
from pygmalion_app.payments.schemas import DifferenceView, FailedRefund
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path

FIGURES = (
    *("sold", "credited", "collected", "outside", "refunded", "disputed"),
    *("commission", "commission_vat", "fees", "paid_out"),
)
STANDING = ("owed_to_organizations", "owed_by_buyers", "at_gateway")
RESOLVE_DIALOG = "resolve-difference"
BY_HAND_DIALOG = "refund-by-hand"
_KNOWN_FAILURES = frozenset({"declined", "expired_or_canceled_card", "insufficient_funds", "lost_or_stolen_card"})
"""The gateway's words that have words of ours; the others are shown as they are."""
_EXPORT = "/api/v1/finance/exports"
_SHORTEST_NOTE = 3


@dataclass
class Amount:
    """An amount, and what it is."""

    value: str
    term: str


@dataclass
class TotalsRow:
    """One currency, ready to read."""

    currency: str
    period: list[Amount]
    now: list[Amount]
    balance: str
    tone: Tone


@dataclass
class DifferenceRow:
    """One difference, ready to read."""

    id: str
    day: str
    what: str
    source: str
    here: str
    there: str
    order: str


@dataclass
class RefundRow:
    """One refund that failed."""

    id: str
    amount: str
    why: str
    when: str
    order: str


@dataclass
class ExportRow:
    """One export."""

    name: str
    period: str
    progress: str
    tone: Tone
    path: str
    """Where to download it; empty until then."""


class FinanceState(rx.State):
    """What the page shows, and the period it is about."""

    loaded: rx.Field[bool] = rx.field(False)
    since: rx.Field[str] = rx.field("")
    until: rx.Field[str] = rx.field("")
    period_error: rx.Field[str] = rx.field("")
    totals: rx.Field[list[TotalsRow]] = rx.field(default_factory=list)
    differences: rx.Field[list[DifferenceRow]] = rx.field(default_factory=list)
    refunds: rx.Field[list[RefundRow]] = rx.field(default_factory=list)
    exports: rx.Field[list[ExportRow]] = rx.field(default_factory=list)
    writing: rx.Field[bool] = rx.field(False)
    chosen: rx.Field[str] = rx.field("")
    note_error: rx.Field[str] = rx.field("")
    reference_error: rx.Field[str] = rx.field("")
    paid_on_error: rx.Field[str] = rx.field("")
    today: rx.Field[str] = rx.field("")
    resolved: rx.Field[int] = rx.field(0)
    """Counts what was closed; the forms start afresh with each."""

    @rx.event
    @access.platform_admin
    async def load(self) -> None:
        """Show this month."""
        today = container().clock.now().astimezone(BOOKS_ZONE).date()
        self.since, self.until, self.period_error = today.replace(day=1).isoformat(), today.isoformat(), ""
        self.today = today.isoformat()
        await self._read()
        await self._read_exports()
        self.loaded = True

    @rx.event
    @access.platform_admin
    async def choose(self, form: dict[str, Any]) -> None:
        """Show another period."""
        since, until = text_of(form, "since", 10), text_of(form, "until", 10)
        try:
            finance.span(date.fromisoformat(since), date.fromisoformat(until))
        except (ValueError, PygmalionError):
            self.period_error = self._lang()("finance-period-wrong")
            return
        self.since, self.until, self.period_error = since, until, ""
        await self._read()

    @rx.event
    @access.platform_admin
    async def last_month(self) -> None:
        """Show the month before this one."""
        end = container().clock.now().astimezone(BOOKS_ZONE).date().replace(day=1) - timedelta(days=1)
        self.since, self.until, self.period_error = end.replace(day=1).isoformat(), end.isoformat(), ""
        await self._read()

    @rx.event
    @access.platform_admin
    async def export_fec(self) -> Any:
        """Have the FEC of the period written."""
        return await self._export("fec")

    @rx.event
    @access.platform_admin
    async def export_csv(self) -> Any:
        """Have the period written for a spreadsheet."""
        return await self._export("csv")

    @rx.event
    @access.platform_admin
    async def refresh(self) -> None:
        """Look how far the exports are."""
        await self._read_exports()

    @rx.event
    @access.platform_admin
    async def retry(self, refund: str) -> Any:
        """Ask the gateway once more for a refund."""
        lang, found = self._lang(), parse_id(refund)
        if found is None:
            return None
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                await refunds.retry(uow, found)
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        await self._read()
        return toasts.ok(lang("finance-retried"))

    @rx.event
    @access.platform_admin
    def ask_by_hand(self, refund: str) -> Any:
        """Ask by which transfer a refund was paid."""
        self.chosen, self.reference_error, self.paid_on_error = str(refund)[:40], "", ""
        return ui.show_dialog(BY_HAND_DIALOG)

    @rx.event
    @access.platform_admin
    async def pay_by_hand(self, form: dict[str, Any]) -> Any:
        """Close a refund as paid by hand."""
        lang, found = self._lang(), parse_id(self.chosen)
        reference, paid_on = text_of(form, "reference", 100), text_of(form, "paid_on", 10)
        self.reference_error = lang("finance-reference-missing") if len(reference) < _SHORTEST_NOTE else ""
        self.paid_on_error = "" if _is_day(paid_on, self.today) else lang("finance-paid-on-wrong")
        if self.reference_error or self.paid_on_error or found is None:
            return None
        try:
            wanted = RefundByHand(reference=reference, paid_on=date.fromisoformat(paid_on))
            async with unit_of_work(await actor_of(self)) as uow:
                await hand_refunds.record(uow, found, wanted)
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        self.resolved += 1
        await self._read()
        return [ui.close_dialog(BY_HAND_DIALOG), toasts.ok(lang("finance-by-hand-done"))]

    @rx.event
    @access.platform_admin
    def ask_resolve(self, difference: str) -> Any:
        """Ask for the word on a difference."""
        self.chosen, self.note_error = str(difference)[:40], ""
        return ui.show_dialog(RESOLVE_DIALOG)

    @rx.event
    @access.platform_admin
    async def resolve(self, form: dict[str, Any]) -> Any:
        """Close a difference with a word on why."""
        lang, found = self._lang(), parse_id(self.chosen)
        note = text_of(form, "note", 1000)
        if len(note) < _SHORTEST_NOTE or found is None:
            self.note_error = lang("finance-note-missing")
            return None
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                await reconciliation.resolve(uow, found, note)
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        self.resolved += 1
        await self._read()
        return [ui.close_dialog(RESOLVE_DIALOG), toasts.ok(lang("finance-resolved"))]

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)

    async def _export(self, kind: str) -> Any:
        lang, actor = self._lang(), await actor_of(self)
        try:
            async with unit_of_work(actor) as uow:
                wanted = RequestExport.model_validate({"format": kind, "since": self.since, "until": self.until})
                await exports.request_export(uow, wanted)
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        await self._read_exports()
        return toasts.info(lang("finance-export-started"))

    async def _read(self) -> None:
        lang = self._lang()
        async with unit_of_work(await actor_of(self)) as uow:
            summary = await finance.summary(uow, date.fromisoformat(self.since), date.fromisoformat(self.until))
            failed = await refunds.failed_refunds(uow)
            differences = await reconciliation.differences(uow, PageRequest(1, 100))
        self.totals = [_totals(lang, totals) for totals in summary.totals]
        self.refunds = [_refund(lang, refund) for refund in failed]
        self.differences = [_difference(lang, difference) for difference in differences.items]

    async def _read_exports(self) -> None:
        lang = self._lang()
        async with unit_of_work(await actor_of(self)) as uow:
            found = await exports.exports(uow)
        self.exports = [_export_row(lang, one) for one in found]
        self.writing = any(one.status in {ExportStatus.WAITING, ExportStatus.WRITING} for one in found)


def _is_day(text: str, latest: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() <= latest
    except ValueError:
        return False


def _totals(lang: Lang, totals: FinanceTotals) -> TotalsRow:
    def money(name: str) -> Amount:
        amount = format_money(lang.code, getattr(totals, f"{name}_cents"), totals.currency)
        return Amount(amount, lang(f"finance-{name.replace('_', '-')}"))

    balanced = totals.imbalance_cents == 0
    amount = format_money(lang.code, totals.imbalance_cents, totals.currency)
    return TotalsRow(
        currency=totals.currency,
        period=[money(name) for name in FIGURES],
        now=[money(name) for name in STANDING],
        balance=lang("finance-balanced" if balanced else "finance-unbalanced", amount=amount),
        tone="ok" if balanced else "bad",
    )


def _difference(lang: Lang, found: DifferenceView) -> DifferenceRow:
    def money(cents: int | None) -> str:
        return "–" if cents is None else format_money(lang.code, cents, found.currency)

    return DifferenceRow(
        id=str(found.id),
        day=format_day(lang.code, found.day),
        what=f"{lang('finance-subject-' + found.subject.replace('_', '-'))} · "
        f"{lang('finance-difference-' + found.kind.replace('_', '-'))}",
        source=found.source,
        here=money(found.here_cents),
        there=money(found.there_cents),
        order=lang.path("order", order_id=str(found.order_id)) if found.order_id else "",
    )


def _refund(lang: Lang, found: FailedRefund) -> RefundRow:
    return RefundRow(
        id=str(found.id),
        amount=format_money(lang.code, found.amount_cents, found.currency),
        why=lang(f"finance-refund-{found.failure}") if found.failure in _KNOWN_FAILURES else found.failure,
        when=format_moment(lang.code, found.failed_at),
        order=lang.path("order", order_id=str(found.order_id)),
    )


def _export_row(lang: Lang, found: ExportView) -> ExportRow:
    tones: dict[str, Tone] = {ExportStatus.READY: "ok", ExportStatus.FAILED: "bad"}
    percent = 100 * found.done // found.total if found.total else 0
    size = format_number(lang.code, max(1, found.size // 1024))
    return ExportRow(
        name=found.file_name,
        period=f"{format_day(lang.code, found.since)} – {format_day(lang.code, found.until)}",
        progress=lang(f"finance-export-{found.status}", percent=percent, size=size),
        tone=tones.get(found.status, "info"),
        path=f"{_EXPORT}/{found.id}/download" if found.status == ExportStatus.READY else "",
    )
