"""What a manager sees first: how the team stands, what needs them now, what ends when, what is booked."""

from typing import Any

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.compliance.instruments import dial, sign, split, style, timeline
from pygmalion_app.ui.compliance.manager_state import AlertRow, ManagerState, UpcomingRow
from pygmalion_app.ui.components.basics import Child, Text
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.waiting import waiting


def manager_section(lang: Lang) -> rx.Component:
    """Return the section."""
    return rx.cond(
        ManagerState.loaded,
        rx.cond(
            ManagerState.organization != "",
            _board(lang),
            ui.card(ui.empty_state(lang("team-none"), lang("team-none-text"))),
        ),
        waiting(lang, ui.skeleton_rows(4)),
    )


def _board(lang: Lang) -> rx.Component:
    return rx.el.div(
        ui.page_head(
            ManagerState.name,
            ManagerState.lead,
            ui.button_link(lang("manager-matrix"), href=lang.path("team-matrix"), look="secondary"),
            ui.button_link(lang("manager-book"), href=lang.path("catalog"), icon_name="search"),
            eyebrow=lang("nav-dashboard"),
        ),
        rx.el.div(
            rx.el.div(_compliance(lang), _upcoming(lang), class_name="pg-column pg-w5"),
            rx.el.div(
                rx.el.div(_team(lang), _budget(lang), class_name="grid gap-4 sm:grid-cols-2 lg:gap-6 order-3 min-w-0"),
                _alerts(lang),
                _timeline(lang),
                class_name="pg-column pg-w7",
            ),
            class_name="pg-cockpit",
        ),
    )


def _panel(title: Text, *children: Child, note: Child = "", class_name: str = "") -> rx.Component:
    return rx.el.section(
        rx.el.div(rx.el.h2(title), note, class_name="pg-panel__head"), *children, class_name=f"pg-panel {class_name}"
    )


def _foot(text: Text, href: Text) -> rx.Component:
    return rx.el.p(ui.link(text, href=href), class_name="pg-panel__foot")


def _compliance(lang: Lang) -> rx.Component:
    return _panel(
        lang("manager-compliance"),
        rx.cond(
            ManagerState.demanded > 0,
            rx.el.div(
                dial(
                    ManagerState.rate,
                    ManagerState.rate_code,
                    ManagerState.rate_text,
                    lang("manager-rate"),
                    ManagerState.rate_said,
                ),
                split(ManagerState.parts, ui.link),
                class_name="grid gap-8",
            ),
            ui.empty_state(
                lang("manager-rate-none"),
                lang("manager-rate-none-text"),
                ui.button_link(lang("manager-rate-none-action"), href=lang.path("team-rules"), look="secondary"),
            ),
        ),
        class_name="order-1",
    )


def _team(lang: Lang) -> rx.Component:
    return _panel(
        lang("manager-team"),
        rx.el.p(
            rx.el.span(ManagerState.people, class_name="pg-big"),
            " ",
            rx.el.span(ManagerState.people_word, class_name="text-ink-2"),
        ),
        rx.el.ul(
            rx.el.li(sign(ManagerState.clear_code), ManagerState.clear_text, class_name="flex items-center gap-2"),
            rx.cond(
                ManagerState.unassigned > 0,
                rx.el.li(sign("g"), ManagerState.unassigned_text, class_name="flex items-center gap-2"),
            ),
            class_name="grid gap-1 text-[15px] text-ink-2",
        ),
        _foot(lang("manager-team-link"), lang.path("team")),
    )


def _budget(lang: Lang) -> rx.Component:
    return _panel(
        lang("manager-budget"),
        rx.cond(
            ManagerState.has_budget,
            rx.fragment(
                rx.el.p(
                    rx.el.span(ManagerState.budget_percent, class_name="pg-big"),
                    " ",
                    rx.el.span(lang("manager-budget-used"), class_name="text-ink-2"),
                ),
                rx.el.div(
                    rx.el.i(class_name="pg-tank__spent", custom_attrs=style(width=ManagerState.budget_spent_width)),
                    rx.el.i(class_name="pg-tank__held", custom_attrs=style(width=ManagerState.budget_held_width)),
                    class_name="pg-tank",
                    role="img",
                    aria_label=ManagerState.budget_said,
                ),
                rx.el.dl(
                    *[
                        rx.el.div(
                            rx.el.dt(lang(f"manager-budget-{name}"), class_name="text-ink-2"),
                            rx.el.dd(value, class_name="pg-figure"),
                            class_name="flex justify-between gap-3",
                        )
                        for name, value in (
                            ("spent", ManagerState.budget_spent),
                            ("committed", ManagerState.budget_committed),
                            ("left", ManagerState.budget_left),
                        )
                    ],
                    class_name="grid gap-1 text-[15px]",
                ),
                _foot(lang("manager-budget-link"), lang.path("team-budget")),
            ),
            rx.fragment(
                rx.el.p(lang("manager-budget-none"), class_name="font-semibold"),
                rx.el.p(lang("manager-budget-none-text"), class_name="text-[15px] text-ink-2"),
                _foot(lang("manager-budget-set"), lang.path("team-budget")),
            ),
        ),
    )


def _alerts(lang: Lang) -> rx.Component:
    def one(row: AlertRow) -> rx.Component:
        toned: Any = rx.Var.create("pg-alert pg-s-") + row.code
        return rx.el.li(
            ui.link(
                rx.el.b(row.count),
                rx.el.span(row.text, rx.el.small(row.todo)),
                ui.icon("arrow-right"),
                href=row.href,
                class_name=toned,
            )
        )

    return _panel(
        lang("manager-alerts"),
        rx.cond(
            ManagerState.alerts.length() > 0,
            rx.el.ul(rx.foreach(ManagerState.alerts, one), class_name="pg-alerts"),
            ui.notice(lang("manager-alerts-none-text"), tone="ok", title=lang("manager-alerts-none")),
        ),
        rx.cond(
            ManagerState.alerts.length() > 0,
            _foot(lang("manager-alerts-all"), lang.path("team-matrix") + "?status=todo"),
        ),
        class_name="order-2",
    )


def _timeline(lang: Lang) -> rx.Component:
    return _panel(
        lang("manager-timeline"),
        rx.el.p(lang("manager-timeline-text"), class_name="text-[15px] text-ink-2"),
        timeline(lang, ManagerState.months, ui.link),
        class_name="order-4",
    )


def _upcoming(lang: Lang) -> rx.Component:
    def one(row: UpcomingRow) -> rx.Component:
        return rx.el.li(
            rx.el.div(rx.el.span(row.month), rx.el.b(row.day), class_name="pg-day", aria_hidden="true"),
            rx.el.div(
                rx.el.p(row.course, class_name="font-semibold"),
                rx.el.p(row.where, class_name="text-sm text-ink-3"),
                class_name="flex-1 min-w-0",
            ),
            ui.tag(row.enrolled, icon_name="users"),
            class_name="flex items-center gap-4",
        )

    return _panel(
        lang("manager-upcoming"),
        rx.cond(
            ManagerState.upcoming.length() > 0,
            rx.el.ul(rx.foreach(ManagerState.upcoming, one), class_name="list-none m-0 p-0 grid gap-4"),
            ui.empty_state(lang("manager-upcoming-none"), lang("manager-upcoming-none-text"), class_name="py-6!"),
        ),
        _foot(lang("manager-upcoming-all"), lang.path("team")),
        class_name="order-5",
    )
