"""Sign-ins and orders to look at, for the platform's administrators."""

import reflex as rx

from pygmalion_app.risk.models import Decision, ReviewState, Subject
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts.listing import listing, section_layout
from pygmalion_app.ui.layouts.sections import ADMINISTRATION
from pygmalion_app.ui.risk.state import DecisionRow, ReasonRow, RiskRow, RiskState
from pygmalion_app.ui.routes import page

_STATES = (ReviewState.OPEN, ReviewState.CONTACTED, ReviewState.APPROVED, ReviewState.CLEAR)


@page("admin-risk", title="risk-title", on_load=RiskState.load)
def risk_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return section_layout(
        lang,
        "admin-risk",
        ADMINISTRATION,
        (lang("risk-title"), RiskState.lead),
        rx.cond(RiskState.chosen != "", _one(lang), _queue(lang)),
        loaded=RiskState.loaded,
    )


def _queue(lang: Lang) -> rx.Component:
    kinds = [("", lang("risk-kind-all")), *((one.value, lang(f"risk-kind-{one.value}")) for one in Subject)]
    table = ui.table(
        [lang("risk-who"), lang("risk-what"), lang("risk-why"), (lang("risk-points-head"), "pg-num"), ""],
        rx.foreach(RiskState.rows, lambda row: _row(lang, row)),
        caption=lang("risk-title"),
    )
    return listing(
        lang,
        RiskState,
        table,
        (lang("risk-empty-title"), lang("risk-empty-text")),
        ui.select(
            "state",
            lang("risk-state"),
            [(one.value, lang(f"risk-state-{one.value}")) for one in _STATES],
            value=RiskState.state,
            on_change=RiskState.choose_state,
            class_name="w-full sm:w-[220px]",
        ),
        ui.select(
            "kind",
            lang("risk-kind"),
            kinds,
            value=RiskState.kind,
            on_change=RiskState.choose_kind,
            class_name="w-full sm:w-[220px]",
        ),
    )


def _row(lang: Lang, row: RiskRow) -> rx.Component:
    return rx.el.tr(
        ui.cell(
            rx.el.div(
                rx.el.p(row.name, class_name="font-semibold"),
                rx.el.p(row.email, class_name="text-sm text-ink-3 break-all"),
            ),
            label=lang("risk-who"),
        ),
        ui.cell(
            rx.el.div(rx.el.p(row.kind), rx.el.p(row.when, class_name="text-sm text-ink-3 pg-figure")),
            label=lang("risk-what"),
        ),
        ui.cell(
            rx.cond(
                row.any_reasons,
                rx.el.ul(rx.foreach(row.reasons, rx.el.li), class_name="grid gap-1 text-sm"),
                rx.el.span(lang("risk-none"), class_name="text-ink-3"),
            ),
            label=lang("risk-why"),
        ),
        ui.cell(ui.lamp(row.score, row.tone), label=lang("risk-points-head"), number=True),
        ui.cell(
            ui.button(
                lang("risk-see"),
                look="secondary",
                size="sm",
                on_click=RiskState.see(row.id),
                aria_label=rx.Var.create(lang("risk-see") + " : ") + row.name,
            )
        ),
    )


def _one(lang: Lang) -> rx.Component:
    return rx.el.div(
        ui.card(
            rx.el.div(
                rx.el.h2(RiskState.title, class_name="text-xl"),
                ui.lamp(RiskState.score, RiskState.tone),
                class_name="flex flex-wrap items-center justify-between gap-4",
            ),
            rx.el.h3(lang("risk-why"), class_name="pg-label mt-6 mb-2"),
            rx.cond(
                RiskState.reasons.length() > 0,
                rx.el.ul(rx.foreach(RiskState.reasons, _reason), class_name="grid gap-2"),
                rx.el.p(lang("risk-none"), class_name="text-ink-2"),
            ),
            rx.el.h3(lang("risk-history"), class_name="pg-label mt-6 mb-2"),
            rx.cond(
                RiskState.history.length() > 0,
                rx.el.ol(rx.foreach(RiskState.history, _decision), class_name="grid gap-3"),
                rx.el.p(lang("risk-no-history"), class_name="text-ink-2"),
            ),
        ),
        ui.card(_form(lang)),
        class_name="grid gap-6",
    )


def _reason(row: ReasonRow) -> rx.Component:
    return rx.el.li(
        rx.el.span(row.text),
        rx.el.span(row.points, class_name="pg-figure text-ink-2"),
        class_name="flex justify-between gap-4 border-b border-line pb-2",
    )


def _decision(row: DecisionRow) -> rx.Component:
    return rx.el.li(
        rx.el.p(rx.el.b(row.what), " · ", rx.el.span(row.who, class_name="text-ink-2")),
        rx.cond(row.note != "", rx.el.p(row.note, class_name="whitespace-pre-wrap break-words")),
    )


def _form(lang: Lang) -> rx.Component:
    return rx.el.form(
        ui.field_set(
            lang("risk-decision"),
            *(
                ui.radio(lang(f"risk-do-{one.value}"), name="decision", value=one.value, required=True)
                for one in Decision
            ),
            name="decision",
        ),
        ui.text_area(
            "note", lang("risk-note-label"), hint=lang("risk-note-hint"), error=RiskState.note_error, max_length=2000
        ),
        rx.el.div(
            ui.button(lang("risk-save"), type="submit"),
            ui.button(lang("risk-close"), look="ghost", on_click=RiskState.close),
            class_name="flex flex-wrap gap-3",
        ),
        on_submit=RiskState.decide,
        key=rx.Var.create("decision-") + RiskState.made.to_string(),
        class_name="grid gap-6",
    )
