"""Messages: on a desk the list beside the thread, on a phone one after the other."""

import reflex as rx

from pygmalion_app.messages.schemas import MAX_LENGTH
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.messages.state import MessageRow, MessagesState, ThreadRow
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.waiting import waiting


@page("messages", title="messages-title", on_load=MessagesState.load)
def messages_page(lang: Lang) -> rx.Component:
    """Return the list."""
    content = rx.cond(
        MessagesState.threads.length() > 0,
        rx.el.div(
            _threads(lang),
            ui.card(
                ui.empty_state(lang("messages-choose"), lang("messages-choose-text")), class_name="hidden lg:block"
            ),
            class_name="pg-talk",
        ),
        ui.card(
            ui.empty_state(
                lang("messages-empty"),
                lang("messages-empty-text"),
                ui.button_link(lang("messages-empty-action"), href=lang.path("training"), look="secondary"),
            )
        ),
    )
    return work_layout(
        lang,
        "messages",
        ui.page_head(lang("messages-title"), lang("messages-lead")),
        rx.cond(MessagesState.loaded, content, waiting(lang, ui.skeleton_rows(4))),
    )


@page("messages-thread", title="messages-title", on_load=MessagesState.load_thread)
def thread_page(lang: Lang) -> rx.Component:
    """Return one thread beside the list."""
    missing = ui.card(
        ui.empty_state(
            lang("messages-missing"),
            lang("messages-missing-text"),
            ui.button_link(lang("messages-back"), href=lang.path("messages"), look="secondary"),
        )
    )
    return work_layout(
        lang,
        "messages-thread",
        rx.el.h1(lang("messages-title"), class_name="sr-only"),
        ui.link(
            ui.icon("arrow-left", "pg-icon-sm"),
            lang("messages-back"),
            href=lang.path("messages"),
            class_name="pg-quiet-link inline-flex items-center gap-2 mb-4 min-h-11",
        ),
        rx.cond(
            MessagesState.loaded,
            rx.el.div(
                rx.el.div(_threads(lang), class_name="hidden lg:block min-w-0"),
                rx.cond(MessagesState.phase == "ready", _thread(lang), missing),
                class_name="pg-talk",
            ),
            waiting(lang, ui.skeleton_rows(4)),
        ),
    )


def _threads(lang: Lang) -> rx.Component:
    return rx.el.nav(
        rx.el.ul(
            rx.foreach(MessagesState.threads, lambda row: _thread_link(lang, row)),
            class_name="pg-card pg-list overflow-hidden",
        ),
        aria_label=lang("messages-threads"),
        class_name="min-w-0",
    )


def _thread_link(lang: Lang, row: ThreadRow) -> rx.Component:
    return rx.el.li(
        ui.link(
            rx.el.span(
                rx.el.span(row.course, class_name="font-semibold truncate min-w-0"),
                rx.cond(row.unread > 0, ui.lamp(row.unread_text, "info", class_name="flex-none")),
                class_name="flex items-center justify-between gap-3",
            ),
            rx.el.span(row.about, " · ", row.days, class_name="text-sm text-ink-2 truncate"),
            rx.el.span(row.preview, class_name="text-sm text-ink-2 truncate"),
            rx.el.span(row.when, class_name="text-sm text-ink-3 pg-figure"),
            href=lang.path("messages-thread", thread_id=row.id),
            class_name="pg-talk__link",
            aria_current=rx.cond(MessagesState.thread == row.id, "page", "false"),
        )
    )


def _thread(lang: Lang) -> rx.Component:
    return rx.el.section(
        rx.el.header(
            rx.el.div(
                rx.el.h2(MessagesState.course, class_name="text-xl"),
                rx.el.p(MessagesState.about, " · ", MessagesState.days, class_name="text-ink-2 mt-1"),
                rx.el.p(
                    rx.cond(MessagesState.of_session, lang("messages-who-session"), lang("messages-who-enrollment")),
                    class_name="text-sm text-ink-3 mt-1",
                ),
                class_name="min-w-0",
            ),
            rx.cond(
                MessagesState.session != "",
                ui.button_link(
                    lang("messages-session-open"),
                    href=lang.path("messages-thread", thread_id=MessagesState.session),
                    look="ghost",
                    size="sm",
                    icon_name="users",
                ),
            ),
            class_name="flex flex-wrap items-start justify-between gap-3 p-5 border-b border-line",
        ),
        rx.cond(MessagesState.older, rx.el.p(lang("messages-older"), class_name="text-sm text-ink-3 px-5 pt-4")),
        rx.el.div(
            rx.el.ol(rx.foreach(MessagesState.rows, _message), class_name="pg-talk__said"),
            role="log",
            aria_live="polite",
            aria_label=lang("messages-title"),
        ),
        rx.cond(MessagesState.rows.length() == 0, rx.el.p(lang("messages-none"), class_name="text-ink-2 px-5 pb-5")),
        rx.el.div(id="thread-end"),
        _form(lang),
        class_name="pg-card min-w-0",
    )


def _message(row: MessageRow) -> rx.Component:
    return rx.el.li(
        rx.cond(row.day != "", rx.el.p(row.day, class_name="pg-talk__day")),
        rx.el.div(
            rx.el.p(
                rx.el.span(row.author, class_name="font-semibold"),
                rx.cond(row.side != "", rx.el.span(row.side, class_name="pg-tag"), rx.fragment()),
                rx.el.span(row.time, class_name="pg-figure text-ink-3"),
                class_name="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm",
            ),
            rx.el.p(row.body, class_name="mt-1 whitespace-pre-wrap break-words"),
            class_name=rx.cond(row.mine, "pg-talk__bubble pg-talk__bubble--mine", "pg-talk__bubble"),
        ),
    )


def _form(lang: Lang) -> rx.Component:
    return rx.el.form(
        ui.text_area(
            "body",
            lang("messages-write"),
            error=MessagesState.error,
            rows=3,
            max_length=MAX_LENGTH,
            required=True,
        ),
        rx.el.div(
            ui.button(lang("messages-send"), type="submit", icon_name="send"), class_name="flex justify-end mt-3"
        ),
        on_submit=MessagesState.send,
        class_name="p-5 border-t border-line",
    )
