"""Tables, pages of results, figures."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from pygmalion_app.ui.components.basics import Child, Number, Text, classes, icon
from pygmalion_app.ui.i18n import Lang


def table(
    headers: list[str | tuple[str, str]], *rows: Child, caption: Text = "", stack: bool = True, class_name: str = ""
) -> rx.Component:
    """Return a table; a header is a text, or (text, "pg-num") for figures. Rows are `rx.el.tr` or one `rx.foreach`.

    With `stack`, each row becomes a small list on a phone: give its cells the header as `data-label`, see `cell`.
    """
    # A caption of a state's is there, whatever it says.
    named = not isinstance(caption, str) or bool(caption)
    heads = [(h, "") if isinstance(h, str) else h for h in headers]
    return rx.el.div(
        rx.el.table(
            rx.el.caption(caption, class_name="sr-only") if named else rx.fragment(),
            rx.el.thead(rx.el.tr(*[rx.el.th(text, scope="col", class_name=kind) for text, kind in heads])),
            rx.el.tbody(*rows),
            class_name=classes("pg-table", stack and "pg-table--stack"),
        ),
        class_name=classes("pg-table-frame", class_name),
    )


def cell(*children: Child, label: str = "", number: bool = False, class_name: str = "") -> rx.Component:
    """Return a table cell that carries its header for phones."""
    props: dict[str, Any] = {"custom_attrs": {"data-label": label}} if label else {}
    return rx.el.td(*children, class_name=classes(number and "pg-num", class_name), **props)


def fact(term: Text, *value: Child, icon_name: str = "", class_name: str = "") -> rx.Component:
    """Return one term with its value, for a `rx.el.dl`."""
    return rx.el.div(
        rx.el.dt(
            icon(icon_name, "pg-icon-sm") if icon_name else rx.fragment(),
            term,
            class_name="pg-label flex items-center gap-2",
        ),
        rx.el.dd(*value, class_name="mt-1 font-medium"),
        class_name=class_name,
    )


def figure(value: Child, term: Text, class_name: str = "") -> rx.Component:
    """Return a large figure over its meaning."""
    return rx.el.div(
        rx.el.p(value, class_name="pg-figure text-[28px] leading-9 font-bold"),
        rx.el.p(term, class_name="text-[15px] text-ink-2"),
        class_name=class_name,
    )


def pagination(lang: Lang, page: Number, pages: Number, numbers: rx.Var[Sequence[int]], on_page: Any) -> rx.Component:
    """Return the pages of a list: `numbers` are those to offer (0 is a gap), `on_page(n)` is the handler."""

    def one(number: rx.Var[int]) -> rx.Component:
        return rx.cond(
            number == 0,
            rx.el.span("…", aria_hidden="true"),
            rx.el.button(
                number,
                type="button",
                on_click=on_page(number),
                aria_current=rx.cond(number == page, "page", "false"),
                aria_label=f"{lang('page')} {number}",
            ),
        )

    return rx.el.nav(
        rx.el.button(
            icon("chevron-left", label=lang("page-previous")),
            type="button",
            disabled=page <= 1,
            on_click=on_page(page - 1),
        ),
        rx.foreach(numbers, one),
        rx.el.button(
            icon("chevron-right", label=lang("page-next")),
            type="button",
            disabled=page >= pages,
            on_click=on_page(page + 1),
        ),
        class_name="pg-pages",
        aria_label=lang("pages"),
    )
