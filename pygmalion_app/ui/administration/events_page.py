"""What the payment gateway told, what it did, and telling it again; for the platform's administrators."""

import reflex as rx

from pygmalion_app.payments.events import FAILED
from pygmalion_app.payments.schemas import Change
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.administration.events_state import KINDS, EventsState, GatewayEventRow, effect_text
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts.listing import listing, section_layout
from pygmalion_app.ui.layouts.sections import ADMINISTRATION
from pygmalion_app.ui.routes import page


@page("admin-events", title="events-title", on_load=EventsState.load)
def events_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return section_layout(
        lang,
        "admin-events",
        ADMINISTRATION,
        (lang("events-title"), lang("events-lead")),
        rx.cond(EventsState.chosen != "", _one(lang), _list(lang)),
        loaded=EventsState.loaded,
    )


def _list(lang: Lang) -> rx.Component:
    kinds = [("", lang("events-all")), *((kind, kind.removesuffix(".")) for kind in KINDS)]
    effects = [("", lang("events-all")), *((effect, effect_text(lang, effect)) for effect in (FAILED, *Change))]
    table = ui.table(
        [lang("events-received"), lang("events-type"), lang("events-effect"), lang("events-order"), ""],
        rx.foreach(EventsState.rows, lambda row: _row(lang, row)),
        caption=lang("events-title"),
    )
    return listing(
        lang,
        EventsState,
        table,
        (lang("events-empty"), lang("events-empty-text")),
        ui.select(
            "kind",
            lang("events-type"),
            kinds,
            value=EventsState.kind,
            on_change=EventsState.choose_kind,
            class_name="w-full sm:w-[240px]",
        ),
        ui.select(
            "effect",
            lang("events-effect"),
            effects,
            value=EventsState.effect,
            on_change=EventsState.choose_effect,
            class_name="w-full sm:w-[240px]",
        ),
        count=EventsState.count,
    )


def _row(lang: Lang, row: GatewayEventRow) -> rx.Component:
    return rx.el.tr(
        ui.cell(rx.el.span(row.when, class_name="pg-figure text-sm"), label=lang("events-received")),
        ui.cell(
            rx.el.div(
                rx.el.code(row.kind, class_name="text-sm break-words"),
                rx.el.p(row.id, class_name="text-sm text-ink-3 break-all"),
                class_name="min-w-0",
            ),
            label=lang("events-type"),
        ),
        ui.cell(ui.lamp(row.effect, row.tone), label=lang("events-effect")),
        ui.cell(
            rx.cond(row.order != "", ui.link(lang("events-see-order"), href=row.order), rx.el.span("–")),
            label=lang("events-order"),
        ),
        ui.cell(
            ui.button(
                lang("events-see"),
                look="secondary",
                size="sm",
                on_click=EventsState.see(row.id),
                aria_label=rx.Var.create(lang("events-see") + " : ") + row.kind + " " + row.id,
            )
        ),
    )


def _one(lang: Lang) -> rx.Component:
    return rx.el.div(
        ui.card(
            rx.el.div(
                rx.el.h2(EventsState.chosen, class_name="text-xl break-all min-w-0"),
                rx.el.div(
                    ui.button(
                        lang("events-replay"),
                        icon_name="refresh-cw",
                        on_click=EventsState.replay,
                        disabled=EventsState.forgotten,
                    ),
                    ui.button(lang("events-close"), look="ghost", on_click=EventsState.close),
                    class_name="flex flex-wrap gap-3",
                ),
                class_name="flex flex-wrap items-start justify-between gap-4",
            ),
            rx.el.dl(
                rx.foreach(EventsState.facts, lambda fact: ui.fact(fact[0], fact[1])),
                class_name="grid gap-4 sm:grid-cols-2 lg:grid-cols-3 mt-6",
            ),
            rx.cond(
                EventsState.order != "",
                rx.el.p(ui.link(lang("events-see-order"), href=EventsState.order), class_name="mt-4"),
            ),
            rx.el.p(lang("events-replay-hint"), class_name="text-sm text-ink-2 mt-4"),
        ),
        ui.card(
            rx.el.h2(lang("events-payload"), class_name="text-xl"),
            rx.el.p(lang("events-payload-hint"), class_name="text-ink-2 mt-1 mb-4"),
            rx.cond(
                EventsState.forgotten,
                ui.notice(lang("events-forgotten")),
                rx.el.pre(
                    EventsState.payload,
                    class_name="font-mono text-sm bg-sunken p-4 rounded overflow-x-auto max-h-[560px]",
                    tab_index=0,
                    aria_label=lang("events-payload"),
                ),
            ),
        ),
        class_name="grid gap-6 min-w-0",
    )
