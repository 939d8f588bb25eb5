"""The disputes of a training organisation's own sales: `own_disputes(lang)`, with `OwnDisputes.load` in `on_load`."""

import reflex as rx

from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.disputes import service
from pygmalion_app.ui import access
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.disputes.rows import DisputeRow, dispute_row
from pygmalion_app.ui.i18n import Lang, lang_of_path

_MOST = 50


class OwnDisputes(rx.State):
    """The disputes that the reader may see as a seller."""

    rows: rx.Field[list[DisputeRow]] = rx.field(default_factory=list)

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read them, the most urgent first."""
        lang = lang_of_path(self.router.url.path)
        async with unit_of_work(await actor_of(self)) as uow:
            found = await service.disputes(uow, PageRequest(1, _MOST))
        self.rows = [dispute_row(lang, one) for one in found.items]


def own_disputes(lang: Lang) -> rx.Component:
    """Return the list, or that there is none."""
    return rx.el.section(
        rx.el.h2(lang("disputes-own"), class_name="text-xl"),
        rx.cond(
            OwnDisputes.rows.length() > 0,
            rx.fragment(
                rx.el.p(lang("disputes-own-text"), class_name="text-ink-2 mt-1 mb-4"),
                ui.table(
                    [
                        lang("disputes-what"),
                        (lang("disputes-amount"), "pg-num"),
                        lang("disputes-opened"),
                        lang("disputes-state"),
                    ],
                    rx.foreach(OwnDisputes.rows, lambda row: _row(lang, row)),
                    caption=lang("disputes-own"),
                ),
            ),
            rx.el.p(lang("disputes-none-own"), class_name="text-ink-2 mt-1"),
        ),
    )


def _row(lang: Lang, row: DisputeRow) -> rx.Component:
    return rx.el.tr(
        ui.cell(
            rx.el.div(
                rx.el.p(row.description, class_name="font-semibold"),
                rx.el.p(row.buyer, " · ", row.reason, class_name="text-sm text-ink-2"),
            ),
            label=lang("disputes-what"),
        ),
        ui.cell(row.amount, label=lang("disputes-amount"), number=True),
        ui.cell(rx.el.span(row.opened, class_name="pg-figure"), label=lang("disputes-opened")),
        ui.cell(
            rx.el.div(
                ui.lamp(row.status, row.tone),
                rx.cond(row.evidence != "", rx.el.p(row.evidence, class_name="text-sm text-ink-2 mt-1")),
            ),
            label=lang("disputes-state"),
        ),
    )
