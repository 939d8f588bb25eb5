"""A training organisation's discount codes and rules for changed seats."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.enrollments.discounts_state import OFF_DIALOG, CodeRow, CourseChoice, DiscountsState
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.layouts.sections import ORGANIZATION, section_tabs
from pygmalion_app.ui.organizations.components import FIELD_ROW, role_withheld
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.waiting import waiting

State = DiscountsState


@page("organization-discounts", title="tab-organization-discounts", on_load=State.load)
def discounts_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return work_layout(
        lang,
        "organization-discounts",
        ui.page_head(
            lang("tab-organization-discounts"), lang("discounts-lead"), eyebrow=lang("nav-organization-settings")
        ),
        rx.el.div(
            section_tabs(lang, ORGANIZATION, "organization-discounts"),
            rx.cond(
                State.loaded,
                rx.cond(
                    State.organization != "",
                    _content(lang),
                    rx.cond(
                        State.withheld,
                        role_withheld(lang),
                        ui.card(ui.empty_state(lang("discounts-school-title"), lang("discounts-school-text"))),
                    ),
                ),
                waiting(lang, ui.skeleton_rows(3)),
            ),
            class_name="grid gap-8 min-w-0",
        ),
        _off_dialog(lang),
    )


def _content(lang: Lang) -> rx.Component:
    return rx.el.div(
        _codes(lang),
        rx.el.div(_new(lang), _changes(lang), class_name="grid gap-6 items-start lg:grid-cols-2 min-w-0"),
        class_name="grid gap-6 min-w-0",
    )


def _codes(lang: Lang) -> rx.Component:
    return rx.cond(
        State.rows.length() > 0,
        ui.table(
            [
                lang("discount-code"),
                (lang("discount-value"), "pg-num"),
                lang("discount-valid"),
                (lang("discount-uses"), "pg-num"),
                (lang("discount-given"), "pg-num"),
                lang("order-state"),
                "",
            ],
            rx.foreach(State.rows, lambda row: _code(lang, row)),
            caption=lang("tab-organization-discounts"),
        ),
        ui.card(ui.empty_state(lang("discounts-empty-title"), lang("discounts-empty-text"))),
    )


def _code(lang: Lang, row: CodeRow) -> rx.Component:
    return rx.el.tr(
        ui.cell(
            rx.el.div(
                rx.el.p(row.code, class_name="pg-figure font-semibold break-all"),
                rx.el.p(row.course, class_name="text-sm text-ink-3"),
            ),
            label=lang("discount-code"),
        ),
        ui.cell(ui.money(row.value), label=lang("discount-value"), number=True),
        ui.cell(row.period, label=lang("discount-valid")),
        ui.cell(row.uses, label=lang("discount-uses"), number=True),
        ui.cell(ui.money(row.given), label=lang("discount-given"), number=True),
        ui.cell(ui.lamp(row.state, row.tone), label=lang("order-state")),
        ui.cell(
            rx.cond(
                row.active,
                ui.button(
                    lang("discount-off"),
                    rx.el.span(" ", row.code, class_name="sr-only"),
                    look="ghost",
                    size="sm",
                    on_click=State.ask_off(row.id),  # pyright: ignore[reportCallIssue]
                ),
            ),
            class_name="text-right",
        ),
    )


def _new(lang: Lang) -> rx.Component:
    def kind(value: str) -> rx.Component:
        return ui.radio(
            lang(f"discount-kind-{value}"),
            name="kind",
            value=value,
            checked=State.kind == value,
            on_change=State.choose_kind(value),  # pyright: ignore[reportCallIssue]
        )

    def error(name: str) -> rx.Var[str]:
        return State.errors.get(name, "")

    return ui.card(
        rx.el.h2(lang("discount-new"), class_name="text-lg mb-5"),
        rx.el.form(
            ui.field(
                "code",
                lang("discount-code"),
                hint=lang("discount-code-hint"),
                error=error("code"),
                max_length=40,
                auto_complete="off",
                spell_check=False,
                input_class="pg-figure uppercase",
            ),
            ui.field_set(
                lang("discount-kind"),
                rx.el.div(kind("percent"), kind("amount"), class_name="flex flex-wrap gap-4"),
                name="kind",
            ),
            ui.field(
                "value",
                rx.cond(State.kind == "percent", lang("discount-percent"), lang("discount-amount")),
                error=error("value"),
                input_mode="decimal",
                max_length=12,
                auto_complete="off",
                input_class="pg-figure",
            ),
            ui.select(
                "course_id",
                lang("discount-course"),
                rx.foreach(State.courses, _course),
                error=error("course_id"),
            ),
            rx.el.div(
                ui.field("valid_from", lang("discount-valid-from"), error=error("valid_from"), type="date"),
                ui.field("valid_until", lang("discount-valid-until"), error=error("valid_until"), type="date"),
                class_name=FIELD_ROW,
            ),
            ui.field(
                "max_uses",
                lang("discount-max-uses"),
                hint=lang("discount-max-uses-hint"),
                error=error("max_uses"),
                input_mode="numeric",
                max_length=7,
                auto_complete="off",
                input_class="pg-figure",
            ),
            ui.button(lang("discount-create"), type="submit", block=True),
            on_submit=State.create,
            no_validate=True,
            key=f"discount-{State.version}",
            class_name="grid gap-5",
        ),
    )


def _course(row: CourseChoice) -> rx.Component:
    return rx.el.option(row.title, value=row.id)


def _changes(lang: Lang) -> rx.Component:
    return ui.card(
        rx.el.h2(lang("changes-title"), class_name="text-lg"),
        rx.el.p(lang("changes-text"), class_name="text-ink-2 mt-1 mb-5"),
        rx.el.form(
            ui.field(
                "days",
                lang("changes-days"),
                hint=lang("changes-days-hint"),
                error=State.days_error,
                default_value=State.days,
                input_mode="numeric",
                max_length=3,
                auto_complete="off",
                input_class="pg-figure",
            ),
            ui.button(lang("save"), type="submit", look="secondary"),
            on_submit=State.save_days,
            no_validate=True,
            key=f"changes-{State.version}",
            class_name="grid gap-4",
        ),
    )


def _off_dialog(lang: Lang) -> rx.Component:
    return ui.dialog(
        lang,
        OFF_DIALOG,
        lang("discount-off-title"),
        rx.el.p(rx.el.strong(State.asked, class_name="pg-figure"), " : ", lang("discount-off-text")),
        foot=[
            ui.button(lang("cancel"), look="secondary", **ui.closes(OFF_DIALOG)),
            ui.button(lang("discount-off"), look="danger", on_click=State.deactivate),
        ],
    )
