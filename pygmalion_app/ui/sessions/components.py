"""Parts of the trainer's screens."""

from collections.abc import Sequence

import reflex as rx
from reflex.vars import ArrayVar

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.components.basics import Text
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.sessions.state import SessionRow


def fill_bar(text: Text, percent: int | rx.Var[int]) -> rx.Component:
    """Return how full a session is, as a bar and in words."""
    return rx.el.div(
        rx.el.div(
            rx.el.div(class_name="pg-fill__bar", style={"width": f"{percent}%"}),
            class_name="pg-fill",
            aria_hidden="true",
        ),
        rx.el.span(text, class_name="pg-figure text-sm text-ink-2 whitespace-nowrap sm:min-w-[6.5em] sm:text-right"),
        class_name="flex items-center gap-3",
    )


def session_entry(lang: Lang, row: SessionRow) -> rx.Component:
    """Return one session of the list; the whole line leads to it."""
    return rx.el.li(
        ui.link(
            rx.el.div(
                rx.el.p(row.course, class_name="font-semibold"),
                rx.el.p(row.days, " · ", row.hours, class_name="text-sm text-ink-2 mt-1"),
                rx.el.p(
                    row.place, rx.cond(row.trainer != "", " · " + row.trainer, ""), class_name="text-sm text-ink-3"
                ),
                class_name="min-w-0 flex-1",
            ),
            rx.el.div(
                ui.lamp(row.status, row.tone),
                fill_bar(row.fill, row.percent),
                class_name="grid gap-2 justify-items-start sm:justify-items-end",
            ),
            ui.icon("chevron-right", "text-ink-3 hidden sm:block"),
            href=lang.path("teach-session", session_id=row.id),
            class_name="pg-row-link",
        )
    )


def session_list(lang: Lang, title: str, rows: ArrayVar[Sequence[SessionRow]]) -> rx.Component:
    """Return one group of sessions, or nothing when it is empty."""
    return rx.cond(
        rows.length() > 0,
        rx.el.section(
            rx.el.h2(lang(title), class_name="text-xl mb-4"),
            rx.el.ul(rx.foreach(rows, lambda row: session_entry(lang, row)), class_name="pg-card pg-list"),
        ),
    )
