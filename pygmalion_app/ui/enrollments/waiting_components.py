"""The waiting list on the pages: joining it, one's place in it, the offer."""

import reflex as rx

from pygmalion_app.enrollments.schemas import MAX_PARTICIPANTS
from pygmalion_app.ui import components as ui
from pygmalion_app.ui import live
from pygmalion_app.ui.enrollments.waiting_state import JOIN_DIALOG, WaitingRow, WaitingState
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.viewer import Viewer


def join_button(lang: Lang, session_id: rx.Var[str], path: rx.Var[str], block: bool) -> rx.Component:
    """Return what stands in the place of "enrol" for a full session: join, one's place, or the offer."""
    return rx.cond(
        WaitingState.offers.contains(session_id),
        ui.button_link(lang("waiting-accept"), href=lang.path("enrol", session_id=session_id), size="lg", block=block),
        rx.cond(
            WaitingState.places.contains(session_id),
            ui.button_link(
                WaitingState.places[session_id], href=lang.path("training"), look="secondary", size="lg", block=block
            ),
            rx.cond(
                Viewer.signed_in,
                ui.button(lang("waiting-join"), size="lg", block=block, on_click=WaitingState.begin),
                ui.button_link(
                    lang("waiting-join"), href=f"{lang.path('sign-in')}?next={path}", size="lg", block=block
                ),
            ),
        ),
    )


def join_dialog(lang: Lang, session_id: rx.Var[str], *facts: rx.Component) -> rx.Component:
    """Return the form that joins a session's waiting list."""
    return ui.dialog(
        lang,
        JOIN_DIALOG,
        lang("waiting-join"),
        rx.el.div(*facts, live.waiting_note(lang, session_id), class_name="grid gap-1 mb-4"),
        rx.el.form(
            rx.el.input(type="hidden", name="session_id", value=session_id),
            rx.cond(
                WaitingState.several,
                ui.field(
                    "quantity",
                    lang("waiting-quantity"),
                    hint=lang("waiting-quantity-hint"),
                    error=WaitingState.error,
                    type="number",
                    input_mode="numeric",
                    min="1",
                    max=str(MAX_PARTICIPANTS),
                    default_value="1",
                    class_name="max-w-[220px]",
                ),
                rx.cond(WaitingState.error != "", ui.notice(WaitingState.error, tone="bad")),
            ),
            rx.el.p(lang("waiting-rule"), class_name="text-ink-2"),
            rx.el.div(
                ui.button(lang("waiting-join"), type="submit"),
                ui.button(lang("cancel"), look="ghost", **ui.closes(JOIN_DIALOG)),
                class_name="flex flex-wrap gap-3",
            ),
            on_submit=WaitingState.join,
            key=rx.Var.create("join-") + WaitingState.opened.to_string(),
            class_name="grid gap-5",
        ),
    )


def waiting_section(lang: Lang) -> rx.Component:
    """Return the places that the reader has in waiting lists, the undoing of a leaving, or nothing."""
    return rx.cond(
        (WaitingState.rows.length() > 0) | (WaitingState.left_id != ""),
        rx.el.section(
            rx.el.h2(lang("waiting-title"), class_name="text-xl mb-4"),
            rx.cond(
                WaitingState.left_id != "",
                ui.notice(
                    rx.el.div(
                        rx.el.span(lang("waiting-left-done"), " ", rx.el.b(WaitingState.left_course)),
                        ui.button(lang("waiting-undo"), look="secondary", size="sm", on_click=WaitingState.take_back),
                        class_name="flex flex-wrap items-center justify-between gap-3",
                    ),
                    tone="info",
                ),
            ),
            rx.cond(
                WaitingState.rows.length() > 0,
                rx.el.ul(
                    rx.foreach(WaitingState.rows, lambda row: _entry(lang, row)), class_name="pg-card pg-list mt-4"
                ),
            ),
        ),
    )


def _entry(lang: Lang, row: WaitingRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            ui.link(
                row.course, href=lang.path("course", slug=row.slug), class_name="pg-quiet-link font-semibold text-ink!"
            ),
            rx.el.p(row.days, " · ", row.place, class_name="text-sm text-ink-2 mt-1"),
            rx.el.p(row.seats, rx.cond(row.buyer != "", " · " + row.buyer, ""), class_name="text-sm text-ink-3"),
            rx.cond(row.deadline != "", rx.el.p(row.deadline, class_name="text-sm text-ink-2")),
            class_name="min-w-0",
        ),
        rx.el.div(
            ui.lamp(row.status, row.tone),
            rx.cond(row.position != "", rx.el.b(row.position, class_name="pg-figure")),
            rx.cond(row.offer_until != "", _offer(lang, row)),
            rx.cond(
                row.live,
                ui.button(
                    rx.cond(row.offer_until != "", lang("waiting-decline"), lang("waiting-leave")),
                    look="ghost",
                    size="sm",
                    on_click=WaitingState.leave(row.id),
                ),
            ),
            class_name="flex flex-wrap items-center gap-3 sm:ml-auto sm:justify-end",
        ),
        class_name="flex flex-col sm:flex-row sm:items-center gap-3 px-6 py-4",
    )


def _offer(lang: Lang, row: WaitingRow) -> rx.Component:
    return rx.fragment(
        ui.countdown(lang("waiting-until"), row.offer_until, on_expire=WaitingState.refresh),
        ui.button_link(lang("waiting-accept"), href=lang.path("enrol", session_id=row.session_id), size="sm"),
    )
