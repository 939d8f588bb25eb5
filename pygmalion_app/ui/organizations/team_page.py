"""The manager's first page."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.enrollments.waiting_components import waiting_section
from pygmalion_app.ui.enrollments.waiting_state import WaitingState
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.layouts.sections import TEAM, section_tabs
from pygmalion_app.ui.organizations.state import MemberRow, OrderRow, TeamState
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.waiting import waiting


@page("team", title="nav-team", on_load=[TeamState.load, WaitingState.load_company])
def team_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return work_layout(
        lang,
        "team",
        ui.page_head(
            rx.cond(TeamState.name != "", TeamState.name, lang("nav-team")),
            rx.cond(TeamState.kind == "airport", lang("team-lead-airport"), lang("team-lead")),
            ui.button_link(
                lang("external-review-link"),
                href=lang.path("team-certificates"),
                look="secondary",
                icon_name="clipboard-check",
            ),
            ui.button_link(lang("team-book"), href=lang.path("catalog"), icon_name="search"),
            eyebrow=lang("nav-team"),
        ),
        rx.el.div(section_tabs(lang, TEAM, "team"), class_name="mb-8"),
        rx.cond(
            TeamState.loaded,
            rx.cond(
                TeamState.organization != "",
                _content(lang),
                ui.card(ui.empty_state(lang("team-none"), lang("team-none-text"))),
            ),
            waiting(lang, ui.skeleton_rows(3)),
        ),
    )


def _content(lang: Lang) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            *[
                ui.card(ui.figure(value, lang(f"team-{key}")), pad=False, class_name="p-4 sm:p-6")
                for value, key in (
                    (TeamState.people, "people"),
                    (TeamState.booked, "booked"),
                    (TeamState.unpaid, "unpaid"),
                )
            ],
            class_name="grid gap-2 sm:gap-4 grid-cols-3",
        ),
        waiting_section(lang),
        _members(lang),
        _orders(lang),
        class_name="grid gap-10",
    )


def _orders(lang: Lang) -> rx.Component:
    def one(row: OrderRow) -> rx.Component:
        return rx.el.tr(
            ui.cell(
                rx.el.div(
                    ui.link(
                        row.course,
                        href=lang.path("order", order_id=row.id),
                        class_name="pg-quiet-link font-semibold text-ink!",
                    ),
                    rx.el.p(row.days, class_name="text-sm text-ink-3"),
                ),
                label=lang("team-order-course"),
            ),
            ui.cell(f"{row.quantity}", label=lang("team-order-seats"), number=True),
            ui.cell(row.amount, label=lang("enrol-total"), number=True),
            ui.cell(ui.lamp(row.status, row.tone), label=lang("order-state")),
        )

    return rx.el.section(
        rx.el.h2(lang("team-orders"), class_name="text-xl mb-4"),
        rx.cond(
            TeamState.orders.length() > 0,
            ui.table(
                [
                    lang("team-order-course"),
                    (lang("team-order-seats"), "pg-num"),
                    (lang("enrol-total"), "pg-num"),
                    lang("order-state"),
                ],
                rx.foreach(TeamState.orders, one),
                caption=lang("team-orders"),
            ),
            ui.card(ui.empty_state(lang("team-orders-none"), lang("team-orders-none-text"))),
        ),
        rx.cond(
            TeamState.order_count > TeamState.orders.length(),
            ui.button(
                lang("team-all-orders"),
                " (",
                TeamState.order_count,
                ")",
                look="secondary",
                size="sm",
                class_name="mt-4",
                on_click=TeamState.show_all_orders,
            ),
        ),
    )


def _members(lang: Lang) -> rx.Component:
    def one(row: MemberRow) -> rx.Component:
        return rx.el.tr(
            ui.cell(
                rx.el.div(
                    rx.el.p(row.name, class_name="font-semibold"),
                    rx.el.p(row.email, class_name="text-sm text-ink-3 break-all"),
                ),
                label=lang("team-person"),
            ),
            ui.cell(rx.cond(row.job != "", row.job, "–"), label=lang("team-job")),
            ui.cell(
                rx.cond(
                    row.order_id != "",
                    rx.el.div(
                        ui.link(
                            row.next_course, href=lang.path("order", order_id=row.order_id), class_name="pg-quiet-link"
                        ),
                        rx.el.p(row.next_day, class_name="text-sm text-ink-3"),
                    ),
                    rx.el.span(lang("team-nothing"), class_name="text-ink-3"),
                ),
                label=lang("team-next"),
            ),
        )

    return rx.el.section(
        rx.el.div(
            rx.el.h2(lang("team-members"), class_name="text-xl"),
            ui.field(
                "member-search",
                lang("team-search"),
                type="search",
                value=TeamState.query,
                auto_complete="off",
                on_change=TeamState.search.debounce(150),
                class_name="w-full sm:w-[300px]",
            ),
            class_name="flex flex-wrap items-end justify-between gap-4 mb-4",
        ),
        rx.cond(
            TeamState.members.length() > 0,
            ui.table(
                [lang("team-person"), lang("team-job"), lang("team-next")],
                rx.foreach(TeamState.members, one),
                caption=lang("team-members"),
            ),
            ui.card(ui.empty_state(lang("team-nobody"), lang("team-nobody-text"))),
        ),
    )
