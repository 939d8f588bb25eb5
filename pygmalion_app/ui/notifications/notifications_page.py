"""What the reader was told, and what else tells of it: mails, devices."""

import reflex as rx

from pygmalion_app.notifications.kinds import ALWAYS_MAILED, KINDS, Delivery, Topic
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.notifications.push_card import push_card
from pygmalion_app.ui.notifications.push_state import PushState
from pygmalion_app.ui.notifications.state import NoticeRow, NotificationsState
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.viewer import Viewer
from pygmalion_app.ui.waiting import waiting


@page("notifications", title="notifications-title", on_load=[NotificationsState.load, PushState.load])
def notifications_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return work_layout(
        lang,
        "notifications",
        ui.page_head(
            lang("notifications-title"),
            lang("notifications-lead"),
            ui.button(
                lang("notifications-read-all"),
                look="secondary",
                icon_name="check",
                disabled=Viewer.unread == 0,
                on_click=NotificationsState.mark_all,
            ),
        ),
        rx.cond(
            NotificationsState.loaded,
            rx.el.div(
                _list(lang),
                rx.el.div(push_card(lang), _preferences(lang), class_name="min-w-0"),
                class_name="grid gap-10 items-start xl:grid-cols-[minmax(0,1fr)_380px]",
            ),
            waiting(lang, ui.skeleton_rows(5)),
        ),
    )


def _list(lang: Lang) -> rx.Component:
    return rx.el.section(
        ui.tabs(
            lang("notifications-show"),
            [("all", lang("notifications-all")), ("unread", lang("notifications-unread"))],
            NotificationsState.shown,
            NotificationsState.choose_shown,
        ),
        rx.cond(
            NotificationsState.rows.length() > 0,
            rx.el.ul(rx.foreach(NotificationsState.rows, lambda row: _entry(lang, row)), class_name="pg-tolds mt-4"),
            ui.card(_empty(lang), class_name="mt-6"),
        ),
        rx.cond(
            NotificationsState.older,
            ui.button(
                lang("notifications-older"), look="secondary", on_click=NotificationsState.more, class_name="mt-6"
            ),
        ),
        class_name="min-w-0",
    )


def _empty(lang: Lang) -> rx.Component:
    return rx.cond(
        NotificationsState.shown == "unread",
        ui.empty_state(lang("notifications-none-unread"), lang("notifications-none-unread-text")),
        ui.empty_state(lang("notifications-empty"), lang("notifications-empty-text")),
    )


def _entry(lang: Lang, row: NoticeRow) -> rx.Component:
    title = rx.cond(
        row.path != "",
        ui.link(
            row.title,
            href=row.path,
            class_name="pg-quiet-link font-semibold text-ink! pg-told__link",
            on_click=NotificationsState.mark(row.id),
        ),
        rx.el.span(row.title, class_name="font-semibold"),
    )
    return rx.el.li(
        rx.cond(row.day != "", rx.el.h2(row.day, class_name="pg-tolds__day")),
        rx.el.div(
            rx.el.svg(rx.el.svg.use(href=row.icon), class_name="pg-icon pg-told__icon", aria_hidden="true"),
            rx.el.div(
                title,
                rx.cond(row.detail != "", rx.el.p(row.detail, class_name="text-sm text-ink-2 mt-1")),
                rx.el.p(
                    rx.cond(row.unread, ui.lamp(lang("notifications-new"), "info", plain=True)),
                    rx.el.span(row.topic, " · ", rx.el.span(row.time, class_name="pg-figure")),
                    class_name="flex flex-wrap items-center gap-x-3 text-sm text-ink-3 mt-1",
                ),
                class_name="min-w-0 flex-1",
            ),
            rx.cond(
                row.unread,
                ui.icon_button(
                    "check",
                    lang("notifications-read-one"),
                    class_name="relative z-10 flex-none",
                    on_click=NotificationsState.mark(row.id),
                ),
            ),
            class_name=rx.cond(row.unread, "pg-told pg-told--new", "pg-told"),
        ),
    )


def _preferences(lang: Lang) -> rx.Component:
    used = [topic for topic in Topic if topic in set(KINDS.values())]
    return rx.el.section(
        rx.el.h2(lang("notifications-mails"), class_name="text-xl"),
        rx.el.p(lang("notifications-mails-lead"), class_name="text-ink-2 mt-2 mb-4"),
        ui.card(
            rx.el.div(*[_preference(lang, topic) for topic in used], class_name="grid gap-6"),
        ),
    )


def _preference(lang: Lang, topic: Topic) -> rx.Component:
    name, text = f"delivery-{topic.value}", lang(f"topic-{topic.value}")
    if topic in ALWAYS_MAILED:
        return rx.el.div(
            rx.el.p(text, class_name="pg-field__label"),
            rx.el.p(lang("notifications-fixed"), class_name="text-sm text-ink-2"),
            _rings(lang, topic),
            _saved(lang, topic),
        )
    shown = rx.el.div(
        ui.select(
            name,
            text,
            [(delivery.value, lang(f"delivery-{delivery.value}")) for delivery in Delivery],
            hint=lang(f"topic-{topic.value}-text"),
            value=NotificationsState.delivery[topic.value],
            on_change=lambda value: NotificationsState.choose_delivery(topic.value, value),
        ),
        _rings(lang, topic),
        _saved(lang, topic),
    )
    return rx.cond(Viewer.manages, shown) if topic is Topic.TEAM else shown


def _rings(lang: Lang, topic: Topic) -> rx.Component:
    return ui.checkbox(
        lang("push-topic"),
        name=f"push-{topic.value}",
        checked=NotificationsState.push[topic.value],
        on_change=lambda value: NotificationsState.choose_push(topic.value, value),
        class_name="mt-2 text-sm items-center!",
    )


def _saved(lang: Lang, topic: Topic) -> rx.Component:
    return rx.el.p(
        rx.cond(NotificationsState.saved == topic.value, lang("notifications-saved"), ""),
        class_name="text-sm text-ok mt-1 empty:hidden",
        role="status",
    )
