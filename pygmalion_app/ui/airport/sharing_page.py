"""A company's consent to show airports how its people stand: figures, names if it likes, never files."""

from typing import Any

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.airport.sharing_state import SharingRow, SharingState
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts.listing import section_layout
from pygmalion_app.ui.layouts.sections import TEAM
from pygmalion_app.ui.routes import page


@page("team-sharing", title="sharing-title", on_load=SharingState.load)
def sharing_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return section_layout(
        lang,
        "team-sharing",
        TEAM,
        (lang("sharing-title"), lang("sharing-lead")),
        rx.el.div(
            ui.notice(lang("sharing-what"), tone="info", title=lang("sharing-what-title")),
            rx.cond(
                SharingState.rows.length() > 0,
                rx.el.ul(
                    rx.foreach(SharingState.rows, lambda row: _airport(lang, row)),
                    class_name="grid gap-4 list-none p-0 m-0",
                ),
                ui.card(ui.empty_state(lang("sharing-empty"), lang("sharing-empty-text"))),
            ),
            _add(lang),
            class_name="grid gap-6",
        ),
        loaded=SharingState.loaded,
    )


def _add(lang: Lang) -> rx.Component:
    return ui.card(
        rx.el.h2(lang("sharing-add"), class_name="text-lg mb-4"),
        rx.el.form(
            ui.field(
                "siret",
                lang("sharing-siret"),
                hint=lang("sharing-siret-hint"),
                error=SharingState.siret_error,
                input_mode="numeric",
                max_length=20,
                auto_complete="off",
            ),
            ui.button(lang("sharing-share"), type="submit", look="secondary"),
            on_submit=SharingState.add,
            key=rx.Var.create("add-") + SharingState.added.to_string(),
            no_validate=True,
            class_name="grid gap-4 sm:grid-cols-[minmax(0,420px)_auto] sm:items-end justify-start",
        ),
    )


def _airport(lang: Lang, row: SharingRow) -> rx.Component:
    def button(key: str, handler: Any, look: str = "secondary") -> rx.Component:
        return ui.button(
            lang(key),
            look=look,  # pyright: ignore[reportArgumentType]
            size="sm",
            on_click=handler(row.id),
            aria_label=rx.Var.create(lang(key) + " : ") + row.name,
        )

    return rx.el.li(
        ui.card(
            rx.el.div(
                rx.el.div(
                    rx.el.h2(row.name, class_name="text-lg"),
                    rx.el.p(row.note, class_name="text-sm text-ink-3"),
                    class_name="min-w-0",
                ),
                ui.lamp(row.state, row.tone),
                class_name="flex flex-wrap items-start justify-between gap-3",
            ),
            rx.el.div(
                rx.cond(
                    row.shared,
                    rx.fragment(
                        rx.cond(
                            row.with_names,
                            button("sharing-hide-names", SharingState.share),
                            button("sharing-show-names", SharingState.share_names),
                        ),
                        button("sharing-withdraw", SharingState.withdraw, "danger"),
                    ),
                    rx.fragment(
                        button("sharing-share", SharingState.share),
                        button("sharing-share-names", SharingState.share_names, "ghost"),
                    ),
                ),
                class_name="flex flex-wrap gap-3 mt-4",
            ),
        )
    )
