"""Asking for a session where no date fits: the button on the course's page, and its dialog."""

import reflex as rx

from pygmalion_app.sessions.wishes import MOST_SEATS
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.catalog.wish_state import WISH_DIALOG, WishState
from pygmalion_app.ui.components.basics import Look
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.viewer import Viewer


def wish_button(lang: Lang, path: rx.Var[str], *, look: Look = "secondary") -> rx.Component:
    """Return the button, or what the reader asked for; strangers are led to sign in first."""
    asked = rx.el.div(
        rx.el.div(ui.lamp(lang("wish-asked"), "info"), rx.el.span(WishState.wished, class_name="text-sm text-ink-2")),
        rx.el.div(
            ui.button(lang("wish-change"), look="ghost", size="sm", on_click=WishState.begin),
            ui.button(lang("wish-take-back"), look="ghost", size="sm", on_click=WishState.take_back),
            class_name="flex flex-wrap gap-2",
        ),
        class_name="flex flex-wrap items-center gap-x-4 gap-y-2",
        role="status",
    )
    return rx.cond(
        WishState.wished != "",
        asked,
        rx.cond(
            Viewer.signed_in,
            ui.button(lang("wish-ask"), look=look, icon_name="bell", on_click=WishState.begin),
            ui.button_link(lang("wish-ask"), look=look, icon_name="bell", href=f"{lang.path('sign-in')}?next={path}"),
        ),
    )


def wish_line(lang: Lang, path: rx.Var[str]) -> rx.Component:
    """Return the line under a list of sessions for those whom none of them suits."""
    return rx.el.div(
        rx.el.p(lang("wish-none-fits"), class_name="text-ink-2"),
        wish_button(lang, path, look="ghost"),
        # Under the words on a phone, the button's own padding does not count.
        class_name="flex flex-wrap items-center justify-between gap-x-4 mt-4 max-sm:[&>.pg-btn]:-ml-5",
    )


def wish_dialog(lang: Lang, title: rx.Var[str]) -> rx.Component:
    """Return the form."""
    return ui.dialog(
        lang,
        WISH_DIALOG,
        lang("wish-title"),
        rx.el.form(
            rx.el.p(rx.el.b(title)),
            rx.el.p(lang("wish-lead"), class_name="text-ink-2"),
            rx.cond(WishState.error != "", ui.notice(WishState.error, tone="bad")),
            ui.select(
                "month",
                lang("wish-when"),
                rx.fragment(
                    rx.el.option(lang("wish-soon"), value=""),
                    rx.foreach(WishState.months, lambda one: rx.el.option(one[1], value=one[0])),
                ),
                default_value=WishState.month,
            ),
            rx.cond(
                WishState.several,
                ui.field(
                    "seats",
                    lang("wish-how-many"),
                    hint=lang("wish-how-many-hint"),
                    type="number",
                    input_mode="numeric",
                    min="1",
                    max=str(MOST_SEATS),
                    default_value=WishState.seats,
                    class_name="max-w-[220px]",
                ),
            ),
            rx.el.p(lang("wish-nothing-binding"), class_name="text-sm text-ink-3"),
            ui.button(lang("wish-send"), type="submit", block=True),
            on_submit=WishState.ask,
            no_validate=True,
            key=rx.Var.create("wish-") + WishState.opened.to_string(),
            class_name="grid gap-5",
        ),
    )
