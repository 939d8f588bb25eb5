"""The dialog with a form in which requirements, job roles, sites and exceptions are written."""

from typing import Any

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.i18n import Lang


def form_dialog(
    lang: Lang,
    state: Any,
    dialog: str,
    words: tuple[Any, str],
    handler: Any,
    *fields: rx.Component,
    look: Any = "primary",
    **form_props: Any,
) -> rx.Component:
    """Return the dialog of that id; `words` are its title and what its button says.

    `state.form_error` is shown above the fields, which begin anew when `state.opened` counts on.
    """
    title, done = words
    form = f"{dialog}-form"
    return ui.dialog(
        lang,
        dialog,
        title,
        rx.el.form(
            rx.cond(state.form_error != "", ui.notice(state.form_error, tone="bad")),
            *fields,
            id=form,
            on_submit=handler,
            reset_on_submit=False,
            class_name="grid gap-4",
            key=state.opened.to_string(),
            **form_props,
        ),
        foot=[
            ui.button(lang("cancel"), look="secondary", **ui.closes(dialog)),
            ui.button(done, look=look, type="submit", form=form),
        ],
    )


def options(entries: Any) -> rx.Component:
    """Return the options of a select from pairs of value and text."""

    def option(entry: Any) -> rx.Component:
        return rx.el.option(entry[1], value=entry[0])

    return rx.foreach(entries, option)
