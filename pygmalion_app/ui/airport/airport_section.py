"""What an airport's manager sees first: tenants' compliance, who loses airside access, seats against need."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.airport.state import AirportState, CourseRow, LossRow, TenantRow
from pygmalion_app.ui.components.basics import Child, Text
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.waiting import waiting


def airport_section(lang: Lang) -> rx.Component:
    """Return the section."""
    return rx.cond(
        AirportState.loaded,
        rx.el.div(
            ui.page_head(
                AirportState.name,
                AirportState.lead,
                ui.button_link(lang("nav-reports"), href=lang.path("reports"), look="secondary", icon_name="file-text"),
                eyebrow=lang("nav-dashboard"),
            ),
            rx.cond(AirportState.tenants.length() > 0, _board(lang), _nobody(lang)),
            class_name="min-w-0",
        ),
        waiting(lang, ui.skeleton_rows(4)),
    )


def _panel(title: Text, *children: Child, note: Child = "", class_name: str = "") -> rx.Component:
    return rx.el.section(
        rx.el.div(rx.el.h2(title), note, class_name="pg-panel__head"), *children, class_name=f"pg-panel {class_name}"
    )


def _board(lang: Lang) -> rx.Component:
    return rx.el.div(
        _panel(
            lang("airport-compliance"),
            rx.el.div(
                ui.dial(AirportState.rate, AirportState.rate_text, lang("airport-rate"), AirportState.rate_shade),
                class_name="grid justify-items-center",
            ),
            ui.donut(lang, lang("airport-statuses"), AirportState.statuses),
            class_name="pg-w5",
        ),
        _losing(lang),
        _capacity(lang),
        _courses(lang),
        _tenants(lang),
        _panel(
            lang("airport-contractors"),
            ui.bar_chart(lang, lang("airport-contractors-chart"), AirportState.contractors),
            class_name="pg-w4",
        ),
        _ask(lang, "pg-w12"),
        class_name="pg-cockpit",
    )


def _losing(lang: Lang) -> rx.Component:
    def one(row: LossRow) -> rx.Component:
        return rx.el.tr(
            ui.cell(
                rx.el.div(
                    rx.el.p(row.who, class_name="font-medium"),
                    rx.el.p(row.organization, class_name="text-sm text-ink-3"),
                ),
                label=lang("report-person"),
            ),
            ui.cell(
                rx.el.div(ui.lamp(row.days, row.tone), rx.el.p(row.until, class_name="text-sm text-ink-3 pg-figure")),
                label=lang("airport-ends"),
            ),
            ui.cell(
                rx.cond(row.planned, row.plan, rx.el.span(row.plan, class_name="text-ink-2")),
                label=lang("airport-renewal"),
            ),
        )

    return _panel(
        lang("airport-losing"),
        rx.cond(
            AirportState.losing.length() > 0,
            rx.el.div(
                ui.table(
                    [lang("report-person"), lang("airport-ends"), lang("airport-renewal")],
                    rx.foreach(AirportState.losing, one),
                    caption=lang("airport-losing"),
                ),
                class_name="max-h-[520px] overflow-y-auto",
                tab_index=0,
                role="region",
                aria_label=lang("airport-losing"),
            ),
            ui.empty_state(lang("airport-losing-none"), lang("airport-losing-none-text")),
        ),
        note=rx.el.span(AirportState.losing_text, class_name="text-sm text-ink-3"),
        class_name="pg-w7",
    )


def _capacity(lang: Lang) -> rx.Component:
    return _panel(
        lang("airport-capacity"),
        rx.el.p(lang("airport-capacity-lead"), class_name="text-ink-2 text-[15px]"),
        ui.select(
            "place",
            lang("airport-place"),
            rx.fragment(
                rx.el.option(lang("airport-everywhere"), value=""),
                rx.foreach(AirportState.places, lambda place: rx.el.option(place, value=place)),
            ),
            value=AirportState.place,
            on_change=AirportState.choose_place,
        ),
        ui.column_chart(lang, lang("airport-capacity-chart"), AirportState.capacity),
        class_name="pg-w5",
    )


def _courses(lang: Lang) -> rx.Component:
    def one(row: CourseRow) -> rx.Component:
        return rx.el.tr(
            ui.cell(ui.link(row.title, href=row.href), label=lang("report-requirement")),
            ui.cell(row.need, label=lang("airport-need"), number=True),
            ui.cell(row.seats, label=lang("airport-seats"), number=True),
            ui.cell(ui.lamp(row.verdict, row.tone), label=lang("airport-verdict")),
        )

    return _panel(
        lang("airport-courses"),
        ui.table(
            [
                lang("report-requirement"),
                (lang("airport-need"), "pg-num"),
                (lang("airport-seats"), "pg-num"),
                lang("airport-verdict"),
            ],
            rx.foreach(AirportState.courses, one),
            caption=lang("airport-courses"),
        ),
        class_name="pg-w7",
    )


def _tenants(lang: Lang) -> rx.Component:
    def one(row: TenantRow) -> rx.Component:
        return rx.el.tr(
            ui.cell(
                rx.el.div(
                    rx.el.p(row.name, class_name="font-medium"), rx.el.p(row.names, class_name="text-sm text-ink-3")
                ),
                label=lang("airport-tenant"),
            ),
            ui.cell(row.people, label=lang("airport-people"), number=True),
            ui.cell(ui.lamp(row.rate, row.tone), label=lang("report-rate")),
            ui.cell(row.losing, label=lang("airport-losing-short"), number=True),
            ui.cell(row.without, label=lang("airport-without"), number=True),
        )

    return _panel(
        lang("airport-tenants"),
        rx.el.p(lang("airport-tenants-lead"), class_name="text-ink-2 text-[15px]"),
        ui.table(
            [
                lang("airport-tenant"),
                (lang("airport-people"), "pg-num"),
                lang("report-rate"),
                (lang("airport-losing-short"), "pg-num"),
                (lang("airport-without"), "pg-num"),
            ],
            rx.foreach(AirportState.tenants, one),
            caption=lang("airport-tenants"),
        ),
        class_name="pg-w8",
    )


def _nobody(lang: Lang) -> rx.Component:
    return rx.el.div(
        ui.card(ui.empty_state(lang("airport-nobody"), lang("airport-nobody-text"))),
        _ask(lang, ""),
        class_name="grid gap-6",
    )


def _ask(lang: Lang, class_name: str) -> rx.Component:
    return _panel(
        lang("airport-ask"),
        rx.el.form(
            ui.field(
                "siret",
                lang("airport-siret"),
                hint=lang("airport-siret-hint"),
                error=AirportState.siret_error,
                input_mode="numeric",
                max_length=20,
                auto_complete="off",
            ),
            ui.button(lang("airport-ask-send"), type="submit", look="secondary"),
            on_submit=AirportState.ask,
            key=rx.Var.create("ask-") + AirportState.asked.to_string(),
            no_validate=True,
            class_name="grid gap-4 sm:grid-cols-[minmax(0,420px)_auto] sm:items-end justify-start",
        ),
        class_name=class_name,
    )
