"""The invoices of an order, on its page."""

import reflex as rx

from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.i18n import format_day
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.invoicing import queries
from pygmalion_app.invoicing.schemas import InvoiceQuery, InvoiceView
from pygmalion_app.ui import access
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.forms import id_in_path
from pygmalion_app.ui.i18n import Lang, lang_of_path
from pygmalion_app.ui.invoicing.rows import InvoiceRow, invoice_row

MOST = 50
MOST_LOOKS = 20


class OrderPapers(rx.State):
    """The documents of the order in the page's address."""

    rows: rx.Field[list[InvoiceRow]] = rx.field(default_factory=list)
    due: rx.Field[str] = rx.field("")
    """What is to be paid by transfer, and until when; empty where nothing is."""
    looking: rx.Field[bool] = rx.field(False)
    """Whether a document is on its way: issued without its PDF, or expected."""

    _looks: int = 0

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read them, and look again for a minute: they are made within seconds of the order."""
        self._looks = 0
        await self._read()

    @rx.event
    @access.signed_in
    async def look(self) -> None:
        """Look once more."""
        self._looks += 1
        await self._read()

    async def _read(self) -> None:
        lang, order_id = lang_of_path(self.router.url.path), id_in_path(self.router.url.path)
        self.rows, self.due = [], ""
        if order_id is None:
            return
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                found = await queries.invoices(uow, InvoiceQuery(order_id=order_id), PageRequest(1, MOST))
        except PygmalionError:
            self.looking = False
            return
        views = sorted(found.items, key=lambda view: view.number)
        self.rows = [invoice_row(lang, view, issued=False, settles=False) for view in views]
        self.due = next((_due(lang, view) for view in views if view.open_cents > 0 and view.due_on), "")
        self.looking = (not views or not all(view.ready for view in views)) and self._looks < MOST_LOOKS


def _due(lang: Lang, view: InvoiceView) -> str:
    left = invoice_row(lang, view, issued=False, settles=False).left
    return f"{left} · {lang('invoice-due-on')} {format_day(lang.code, view.due_on) if view.due_on else ''}"


def papers(lang: Lang) -> rx.Component:
    """Return the section; nothing while there is no document."""
    return rx.el.div(
        rx.cond(
            OrderPapers.rows.length() > 0,
            ui.card(
                rx.el.h2(lang("order-invoices"), class_name="text-lg mb-4"),
                rx.cond(
                    OrderPapers.due != "",
                    ui.notice(
                        rx.el.p(OrderPapers.due, class_name="font-semibold"),
                        rx.el.p(lang("order-by-invoice-text")),
                        tone="info",
                        title=lang("order-by-invoice"),
                        class_name="mb-4",
                    ),
                ),
                rx.el.ul(
                    rx.foreach(OrderPapers.rows, lambda row: _paper(lang, row)), class_name="grid gap-3 list-none p-0"
                ),
            ),
        ),
        rx.cond(OrderPapers.looking, ui.polling(OrderPapers.look, 3)),
        on_mount=OrderPapers.load,
    )


def _paper(lang: Lang, row: InvoiceRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(row.kind, " ", rx.el.span(row.number, class_name="pg-figure"), class_name="font-semibold"),
            rx.el.p(row.issued, " · ", ui.money(row.total), class_name="text-sm text-ink-2"),
            class_name="min-w-0",
        ),
        rx.el.div(
            ui.lamp(row.state, row.tone),
            rx.cond(
                row.pdf != "",
                ui.link("PDF", href=row.pdf, server=True, aria_label=lang("invoices-pdf") + " " + row.number),
                rx.el.span(lang("invoices-making"), class_name="text-sm text-ink-3"),
            ),
            class_name="flex items-center gap-4",
        ),
        class_name="flex flex-wrap items-center justify-between gap-3",
        key=row.id,
    )
