"""Anchoring on chain: what is under way, what it cost, what keeps it, and how the nodes are; for administrators."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.anchoring.rows import CallRow, NodeRow
from pygmalion_app.ui.anchoring.state import FILTERS, AnchoringState
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.layouts.sections import ADMINISTRATION, section_tabs
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.waiting import waiting

REFRESH_SECONDS = 10


@page("admin-anchoring", title="anchoring-title", on_load=AnchoringState.load)
def anchoring_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return work_layout(
        lang,
        "admin-anchoring",
        ui.page_head(
            lang("anchoring-title"),
            lang("anchoring-lead"),
            ui.button(lang("anchoring-retry"), icon_name="refresh-cw", on_click=AnchoringState.retry),
        ),
        rx.el.div(
            section_tabs(lang, ADMINISTRATION, "admin-anchoring"),
            rx.cond(
                AnchoringState.loaded,
                rx.cond(
                    AnchoringState.failure != "",
                    ui.card(ui.error_state(lang, text=AnchoringState.failure, retry=AnchoringState.load)),
                    rx.fragment(_alarms(lang), _figures(), _chain(lang), _calls(lang)),
                ),
                waiting(lang, ui.skeleton_rows(5)),
            ),
            ui.polling(AnchoringState.look, REFRESH_SECONDS),
            class_name="grid gap-8 min-w-0",
        ),
    )


def _alarms(lang: Lang) -> rx.Component:
    return rx.el.div(
        rx.cond(
            AnchoringState.conflicts != "",
            ui.notice(
                rx.el.p(lang("anchoring-conflicts-text")),
                ui.button(
                    lang("anchoring-show-conflicts"),
                    look="secondary",
                    size="sm",
                    on_click=AnchoringState.choose("CONFLICT"),
                    class_name="mt-3",
                ),
                tone="bad",
                title=AnchoringState.conflicts,
            ),
        ),
        rx.cond(
            AnchoringState.silence != "",
            ui.notice(
                rx.el.p(lang("anchoring-silent-text")),
                rx.cond(
                    AnchoringState.silence_detail != "",
                    rx.el.p(
                        lang("anchoring-silent-detail"),
                        " ",
                        rx.el.code(AnchoringState.silence_detail, class_name="break-words"),
                        class_name="text-sm mt-2",
                    ),
                ),
                tone="bad",
                title=AnchoringState.silence,
            ),
        ),
        rx.cond(
            AnchoringState.low != "",
            ui.notice(rx.el.p(lang("anchoring-low-text")), tone="warn", title=AnchoringState.low),
        ),
        class_name="grid gap-4 empty:hidden",
    )


def _figures() -> rx.Component:
    return ui.card(
        rx.el.div(
            rx.foreach(AnchoringState.figures, lambda one: ui.figure(one.value, one.term)),
            class_name="grid gap-6 sm:grid-cols-2 md:grid-cols-3 xl:grid-cols-5",
        )
    )


def _chain(lang: Lang) -> rx.Component:
    return ui.card(
        rx.el.div(
            rx.el.h2(lang("anchoring-chain"), class_name="text-xl"),
            ui.lamp(AnchoringState.sweep, AnchoringState.sweep_tone),
            class_name="flex flex-wrap items-center justify-between gap-4",
        ),
        rx.cond(
            AnchoringState.asked,
            rx.fragment(
                rx.el.dl(
                    ui.fact(lang("anchoring-network-term"), AnchoringState.network),
                    ui.fact(lang("anchoring-balance"), rx.el.span(AnchoringState.balance, class_name="pg-figure")),
                    ui.fact(
                        lang("anchoring-signer"),
                        _address(lang, AnchoringState.signer, AnchoringState.signer_href),
                        class_name="min-w-0",
                    ),
                    ui.fact(
                        lang("anchoring-contract"),
                        _address(lang, AnchoringState.contract, AnchoringState.contract_href),
                        class_name="min-w-0",
                    ),
                    class_name="grid gap-6 md:grid-cols-2 mt-6",
                ),
                _nodes(lang),
            ),
            rx.el.div(ui.skeleton("h-5 w-2/5"), ui.skeleton("h-4 w-4/5"), class_name="grid gap-3 mt-6"),
        ),
    )


def _address(lang: Lang, address: rx.Var[str], href: rx.Var[str]) -> rx.Component:
    code = rx.el.code(address, class_name="text-sm break-all")
    return rx.cond(
        address == "",
        rx.el.span(lang("anchoring-none"), class_name="text-ink-2"),
        rx.cond(href != "", _explorer_link(lang, code, href), code),
    )


def _explorer_link(lang: Lang, shown: rx.Component, href: rx.Var[str] | str) -> rx.Component:
    return ui.link(
        shown,
        rx.el.span(lang("anchoring-explorer"), class_name="sr-only"),
        href=href,
        server=True,
        target="_blank",
        rel="noopener noreferrer",
    )


def _nodes(lang: Lang) -> rx.Component:
    def one(row: NodeRow) -> rx.Component:
        return rx.el.tr(
            ui.cell(rx.el.code(row.host, class_name="text-sm break-all"), label=lang("anchoring-node")),
            ui.cell(ui.lamp(row.state, row.tone), label=lang("anchoring-state")),
            ui.cell(rx.el.span(row.block, class_name="pg-figure"), label=lang("anchoring-block"), number=True),
            ui.cell(rx.el.span(row.time, class_name="pg-figure"), label=lang("anchoring-answer"), number=True),
        )

    return rx.el.div(
        rx.el.h3(lang("anchoring-nodes"), class_name="pg-label mt-8"),
        rx.el.p(AnchoringState.needed, class_name="text-ink-2 mt-1 mb-4"),
        rx.cond(
            AnchoringState.unreachable,
            ui.notice(lang("anchoring-unreachable"), tone="bad", class_name="mb-4"),
        ),
        rx.cond(
            AnchoringState.nodes.length() > 0,
            ui.table(
                [
                    lang("anchoring-node"),
                    lang("anchoring-state"),
                    (lang("anchoring-block"), "pg-num"),
                    (lang("anchoring-answer"), "pg-num"),
                ],
                rx.foreach(AnchoringState.nodes, one),
                caption=lang("anchoring-nodes"),
            ),
        ),
    )


def _calls(lang: Lang) -> rx.Component:
    states = [("", lang("anchoring-all")), *((name, lang(f"anchoring-state-{name.lower()}")) for name in FILTERS)]
    return rx.el.section(
        rx.el.h2(lang("anchoring-calls"), class_name="text-xl"),
        rx.el.p(lang("anchoring-calls-lead"), class_name="text-ink-2 mt-1 mb-4"),
        ui.select(
            "state",
            lang("anchoring-state"),
            states,
            value=AnchoringState.chosen,
            on_change=AnchoringState.choose,
            class_name="w-full sm:w-[280px]",
        ),
        rx.el.p(AnchoringState.count, class_name="text-ink-2 my-3", aria_live="polite"),
        rx.cond(
            AnchoringState.rows.length() > 0,
            ui.table(
                [
                    lang("anchoring-call"),
                    lang("anchoring-state"),
                    lang("anchoring-transaction"),
                    (lang("anchoring-cost"), "pg-num"),
                    lang("anchoring-age"),
                ],
                rx.foreach(AnchoringState.rows, lambda row: _call(lang, row)),
                caption=lang("anchoring-calls"),
            ),
            rx.cond(
                AnchoringState.chosen != "",
                ui.card(
                    ui.empty_state(
                        lang("anchoring-none-such"),
                        "",
                        ui.button(lang("anchoring-show-all"), look="secondary", on_click=AnchoringState.choose("")),
                    )
                ),
                ui.card(ui.empty_state(lang("anchoring-empty"), lang("anchoring-empty-text"))),
            ),
        ),
        rx.cond(
            AnchoringState.pages > 1,
            rx.el.div(
                ui.pagination(
                    lang, AnchoringState.page, AnchoringState.pages, AnchoringState.numbers, AnchoringState.turn
                ),
                class_name="mt-6",
            ),
        ),
        class_name="min-w-0",
    )


def _call(lang: Lang, row: CallRow) -> rx.Component:
    code = rx.el.code(row.transaction, class_name="text-sm whitespace-nowrap", title=row.transaction_full)
    return rx.el.tr(
        ui.cell(
            rx.el.div(
                rx.el.p(row.what, class_name="font-medium"),
                rx.cond(row.note != "", rx.el.p(row.note, class_name="text-sm text-ink-2")),
                class_name="min-w-0",
            ),
            label=lang("anchoring-call"),
        ),
        ui.cell(
            rx.el.div(
                ui.lamp(row.state, row.tone),
                rx.cond(row.trouble != "", rx.el.p(row.trouble, class_name="text-sm text-ink-2 mt-1 max-w-[48ch]")),
                rx.cond(
                    row.alarm,
                    ui.button(
                        lang("anchoring-acknowledge"),
                        look="secondary",
                        size="sm",
                        on_click=AnchoringState.acknowledge(row.id),
                        aria_label=rx.Var.create(lang("anchoring-acknowledge") + " : ") + row.what,
                        class_name="mt-2",
                    ),
                ),
                class_name="min-w-0",
            ),
            label=lang("anchoring-state"),
        ),
        ui.cell(
            rx.cond(
                row.transaction != "",
                rx.el.div(
                    rx.cond(row.transaction_href != "", _explorer_link(lang, code, row.transaction_href), code),
                    rx.el.p(lang("anchoring-block"), " ", row.block, class_name="text-sm text-ink-2 pg-figure"),
                ),
                rx.el.span("–"),
            ),
            label=lang("anchoring-transaction"),
        ),
        ui.cell(rx.cond(row.cost != "", row.cost, "–"), label=lang("anchoring-cost"), number=True),
        ui.cell(
            rx.el.div(
                rx.cond(row.age != "", rx.el.p(row.age)),
                rx.el.p(row.since, class_name="pg-figure text-sm text-ink-2"),
            ),
            label=lang("anchoring-age"),
        ),
    )
