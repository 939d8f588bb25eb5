"""The frame that an area's list pages share: head, the area's tabs, and, once it is read, what there is to see."""

from typing import Any

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.components.basics import Child, Text
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts.sections import section_tabs
from pygmalion_app.ui.layouts.work import work_layout
from pygmalion_app.ui.waiting import waiting


def section_layout(
    lang: Lang,
    page: str,
    section: tuple[str, ...],
    head: tuple[Text, Text],
    content: Child,
    *dialogs: Child,
    loaded: Any,
) -> rx.Component:
    """Return a page of an area: `head` is its title and lead; `content` shows when `loaded` is true."""
    return work_layout(
        lang,
        page,
        ui.page_head(*head),
        rx.el.div(
            section_tabs(lang, section, page),
            rx.cond(loaded, content, waiting(lang, ui.skeleton_rows(5))),
            class_name="grid gap-8 min-w-0",
        ),
        *dialogs,
    )


def listing(
    lang: Lang, state: Any, table: rx.Component, empty: tuple[Text, Text], *filters: Child, count: Any = None
) -> rx.Component:
    """Return a list with its filters, what it says when it is empty, and its pages.

    `state` has `rows`, `page`, `pages`, `numbers` and the handler `turn`.
    """
    return rx.el.section(
        rx.el.div(*filters, class_name="flex flex-wrap items-end gap-4 mb-4"),
        rx.fragment() if count is None else rx.el.p(count, class_name="text-ink-2 mb-3", aria_live="polite"),
        rx.cond(state.rows.length() > 0, table, ui.card(ui.empty_state(*empty))),
        rx.cond(
            state.pages > 1,
            rx.el.div(ui.pagination(lang, state.page, state.pages, state.numbers, state.turn), class_name="mt-6"),
        ),
        class_name="min-w-0",
    )
