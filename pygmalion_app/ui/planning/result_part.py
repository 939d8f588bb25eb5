"""What a plan proposes: figures, the calendar by weeks, what could not be planned, and booking it all."""

from typing import Any

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.planning.rows import GapRow, OrderRow, PersonRow, SessionRow, WeekRow
from pygmalion_app.ui.planning.state import BOOK_DIALOG, TeamPlanState

State = TeamPlanState


def result_part(lang: Lang) -> rx.Component:
    """Return everything below the search."""
    return rx.el.div(
        rx.cond(
            State.plan.state == "failed",
            ui.notice(lang("plan-failed-text"), tone="bad", title=lang("plan-state-failed")),
        ),
        rx.cond(
            State.plan.state == "cancelled",
            ui.notice(lang("plan-cancelled-text"), tone="info", title=lang("plan-state-cancelled")),
        ),
        rx.cond(State.plan.state == "booked", _booked(lang)),
        rx.cond(
            (State.plan.state == "ready") & (State.plan.needs == 0),
            ui.notice(lang("plan-nothing-text"), tone="ok", title=State.plan.nothing),
        ),
        rx.cond((State.plan.needs.to(int) > 0) & (State.plan.quality != ""), _figures(lang)),
        rx.cond(State.gaps.length() > 0, _gaps(lang)),
        rx.cond(State.weeks.length() > 0, _calendar(lang)),
        _bar(lang),
        class_name="grid gap-8 min-w-0",
    )


def _figures(lang: Lang) -> rx.Component:
    plan = State.plan
    return rx.el.section(
        rx.el.div(
            rx.el.h2(lang("plan-proposal"), class_name="text-xl"),
            ui.lamp(plan.quality, plan.quality_tone.to(str)),
            class_name="flex flex-wrap items-center justify-between gap-3 mb-4",
        ),
        rx.el.div(
            *[
                ui.card(ui.figure(value, lang(f"plan-figure-{name}")), pad=False, class_name="p-4 sm:p-6")
                for name, value in (
                    ("seats", plan.seats),
                    ("price", plan.price),
                    ("trips", plan.trips),
                    ("absence", plan.absence),
                    ("unmet", plan.unmet),
                )
            ],
            class_name="grid gap-2 sm:gap-4 grid-cols-2 md:grid-cols-3 xl:grid-cols-5"
            " max-md:[&>:last-child:nth-child(odd)]:col-span-2",
        ),
        rx.cond(
            plan.gap_days.to(int) > 0,
            rx.el.p(plan.gap_days, " ", lang("plan-gap-days"), class_name="mt-3 text-[15px] text-ink-2"),
        ),
    )


def _gaps(lang: Lang) -> rx.Component:
    def one(row: GapRow) -> rx.Component:
        return rx.el.li(
            rx.el.div(
                rx.el.p(
                    row.what,
                    rx.el.span(" · ", row.names, class_name="font-normal text-ink-2"),
                    class_name="font-semibold",
                ),
                rx.el.p(row.why),
                rx.el.p(row.advice, class_name="text-[15px] text-ink-2"),
                rx.cond(row.href != "", rx.el.p(ui.link(lang("plan-gap-ask"), href=row.href), class_name="mt-1")),
                class_name="grid gap-1 min-w-0",
            ),
            class_name="py-4",
        )

    return rx.el.section(
        rx.el.h2(lang("plan-gaps"), class_name="text-xl mb-1"),
        rx.el.p(lang("plan-gaps-text"), class_name="text-ink-2 mb-4 max-w-[80ch]"),
        ui.card(rx.el.ul(rx.foreach(State.gaps, one), class_name="pg-list")),
    )


def _calendar(lang: Lang) -> rx.Component:
    return rx.el.section(
        rx.el.h2(lang("plan-calendar"), class_name="text-xl mb-4"),
        rx.el.ol(rx.foreach(State.weeks, lambda row: _week(lang, row)), class_name="grid gap-8"),
    )


def _week(lang: Lang, row: WeekRow) -> rx.Component:
    return rx.el.li(
        rx.el.h3(row.name, class_name="pg-label lg:sticky lg:top-6 lg:self-start"),
        rx.el.ul(rx.foreach(row.sessions, lambda one: _session(lang, one)), class_name="grid gap-4 min-w-0"),
        class_name="grid gap-3 lg:grid-cols-[180px_1fr] lg:gap-6",
    )


def _session(lang: Lang, row: SessionRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.h4(row.course, class_name="text-base font-semibold"),
                rx.el.p(row.days, " · ", row.hours, class_name="text-sm text-ink-2"),
                rx.el.p(row.place, " · ", row.school, class_name="text-sm text-ink-2"),
                class_name="grid gap-0.5 min-w-0",
            ),
            rx.el.div(
                rx.cond(row.price != "", ui.money(row.price)),
                rx.cond(
                    row.bookable,
                    rx.el.p(row.seats, class_name="text-sm text-ink-3"),
                    ui.lamp(lang("plan-not-bookable"), "bad"),
                ),
                class_name="grid gap-1 sm:justify-items-end",
            ),
            class_name="flex flex-wrap items-start justify-between gap-x-6 gap-y-2",
        ),
        rx.el.ul(rx.foreach(row.people, lambda one: _person(lang, one)), class_name="pg-list mt-3"),
        class_name="pg-card p-5",
    )


def _person(lang: Lang, row: PersonRow) -> rx.Component:
    """Return somebody with what may be changed about them."""
    return rx.el.li(
        rx.el.div(
            rx.el.p(
                rx.el.span(row.name, class_name=rx.cond(row.proposed, "font-semibold", "text-ink-3 line-through")),
                rx.cond(row.needs != "", rx.el.span(" · ", row.needs, class_name="pg-figure text-sm text-ink-2")),
            ),
            rx.cond(row.late != "", ui.lamp(row.late, "warn")),
            rx.match(
                row.wish,
                ("pinned", ui.lamp(lang("plan-wish-pinned"), "info")),
                ("forbidden", ui.lamp(lang("plan-wish-forbidden"), "warn")),
                ("free", ui.lamp(lang("plan-wish-free"), "info")),
                rx.match(
                    row.mark,
                    ("pinned", ui.lamp(lang("plan-mark-pinned"), "ok")),
                    ("forbidden", ui.lamp(lang("plan-mark-forbidden"), "idle")),
                    rx.fragment(),
                ),
            ),
            class_name="flex flex-wrap items-center gap-x-4 gap-y-1 min-w-0",
        ),
        rx.cond(
            State.plan.state == "ready",
            rx.el.div(
                rx.cond(
                    row.mark == "",
                    rx.fragment(
                        _wish(lang, row, "pinned", "lock"),
                        _wish(lang, row, "forbidden", "ban"),
                    ),
                    _wish(lang, row, "free", "undo-2"),
                ),
                class_name="flex gap-1 shrink-0",
            ),
        ),
        class_name="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2",
    )


def _wish(lang: Lang, row: PersonRow, wish: str, icon: str) -> rx.Component:
    return rx.el.button(
        ui.icon(icon),
        type="button",
        title=lang(f"plan-wish-{wish}-do"),
        aria_label=rx.Var.create(f"{lang(f'plan-wish-{wish}-do')} : ") + row.name,
        aria_pressed=row.wish == wish,
        class_name="pg-btn pg-btn--ghost pg-btn--icon",
        on_click=State.wish(row.session_id, row.user_id, wish),
    )


def _bar(lang: Lang) -> rx.Component:
    """Return what is to be done next: plan again with the changes, or book it all."""
    sticky = "pg-card p-4 flex flex-wrap items-center justify-between gap-4 sticky bottom-20 lg:bottom-4"
    return rx.cond(
        State.plan.state == "ready",
        rx.cond(
            (State.changes > 0) | State.plan.outdated,
            rx.el.div(
                rx.cond(
                    State.plan.outdated,
                    ui.lamp(lang("plan-outdated"), "bad"),
                    rx.el.p(State.changes_text, class_name="pg-figure", aria_live="polite"),
                ),
                ui.button(lang("plan-replan"), icon_name="refresh-cw", on_click=State.replan),
                class_name=sticky,
            ),
            rx.cond(
                State.plan.seats.to(int) > 0,
                rx.el.div(
                    rx.el.p(
                        State.plan.seats,
                        " ",
                        lang("plan-figure-seats"),
                        " · ",
                        State.plan.price,
                        class_name="pg-figure",
                    ),
                    ui.button(lang("plan-book"), icon_name="ticket", on_click=State.begin_book),
                    class_name=sticky,
                ),
            ),
        ),
    )


def _booked(lang: Lang) -> rx.Component:
    def one(row: OrderRow) -> rx.Component:
        return rx.el.li(
            rx.el.div(
                rx.el.p(row.course, class_name="font-semibold"),
                rx.el.p(row.days, class_name="text-sm text-ink-2"),
                class_name="min-w-0",
            ),
            rx.el.div(
                ui.lamp(row.status, row.tone),
                ui.link(rx.cond(row.unpaid, lang("plan-order-pay"), lang("plan-order")), href=_order(lang, row.id)),
                class_name="flex flex-wrap items-center gap-4",
            ),
            class_name="flex flex-wrap items-center justify-between gap-3 py-3",
        )

    return rx.el.section(
        ui.notice(lang("plan-booked-text"), tone="ok", title=lang("plan-booked")),
        ui.card(rx.el.ul(rx.foreach(State.orders, one), class_name="pg-list"), class_name="mt-4"),
    )


def _order(lang: Lang, order_id: Any) -> Any:
    return lang.path("order", order_id=order_id)


def book_dialog(lang: Lang) -> rx.Component:
    """Return the dialog that books all or nothing."""
    plan = State.plan
    return ui.dialog(
        lang,
        BOOK_DIALOG,
        lang("plan-book"),
        rx.el.form(
            rx.el.p(lang("plan-book-text"), class_name="text-ink-2"),
            rx.el.dl(
                ui.fact(lang("plan-figure-seats"), plan.seats),
                ui.fact(lang("plan-figure-price"), plan.price),
                class_name="grid gap-3 sm:grid-cols-2",
            ),
            ui.field_set(
                lang("plan-payment"),
                ui.radio(lang("plan-payment-invoice"), name="payment_method", value="invoice", default_checked=True),
                ui.radio(lang("plan-payment-card"), name="payment_method", value="card"),
            ),
            ui.select(
                "book-center",
                lang("plan-cost-center"),
                rx.fragment(
                    rx.el.option(lang("plan-cost-center-none"), value=""),
                    rx.foreach(State.centers, lambda row: rx.el.option(row.name, value=row.id)),
                ),
                default_value=State.center,
                key="book" + State.center,
            ),
            ui.field("purchase_order", lang("plan-purchase-order"), max_length=60, hint=lang("optional")),
            rx.cond(State.book_error != "", ui.notice(State.book_error, tone="bad", title=lang("error-title"))),
            rx.el.div(
                ui.button(lang("cancel"), look="ghost", type="button", **ui.closes(BOOK_DIALOG)),
                ui.button(lang("plan-book-confirm"), type="submit", icon_name="check"),
                class_name="flex flex-wrap justify-end gap-3",
            ),
            on_submit=State.book,
            reset_on_submit=False,
            class_name="grid gap-5",
        ),
    )
