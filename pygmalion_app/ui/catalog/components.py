"""Parts that several public pages share."""

from collections.abc import Sequence

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui import live
from pygmalion_app.ui.catalog.rows import CardRow
from pygmalion_app.ui.i18n import Lang


def rating(lang: Lang, value: str | rx.Var[str], reviews: str | rx.Var[str]) -> rx.Component:
    """Return a mean rating with its number of reviews, or only the latter when nobody rated."""
    return rx.el.span(
        rx.cond(
            value != "",
            rx.fragment(
                ui.icon("star", "pg-icon-sm pg-star"),
                rx.el.b(value, class_name="pg-figure"),
                rx.el.span(lang("rating-scale"), class_name="sr-only"),
            ),
        ),
        rx.el.span(reviews, class_name="pg-rating__count"),
        class_name="pg-rating",
    )


def quality(lang: Lang) -> rx.Component:
    """Return the quality label of an organisation."""
    return rx.el.span(
        ui.icon("badge-check", "pg-icon-sm"),
        lang("quality-label"),
        class_name="pg-quality",
        title=lang("quality-explained"),
    )


def course_card(lang: Lang, row: CardRow) -> rx.Component:
    """Return a course as a card; the whole card is its link."""
    return rx.el.article(
        rx.el.div(
            rx.el.img(src=row.motif, alt="", loading="lazy", width="480", height="240"),
            rx.el.span(row.category_name, class_name="pg-course__family"),
            class_name="pg-course__art",
        ),
        rx.el.div(
            rx.el.h3(ui.link(row.title, href=row.href, class_name="pg-course__link")),
            rx.el.p(
                rx.el.span(row.organization, class_name="truncate"),
                rx.cond(row.qualiopi, quality(lang)),
                class_name="pg-course__by",
            ),
            rating(lang, row.rating, row.reviews),
            rx.el.p(
                rx.el.span(ui.icon("clock", "pg-icon-sm"), row.duration),
                rx.el.span(row.modalities, class_name="truncate"),
                class_name="pg-course__facts",
            ),
            class_name="pg-course__body",
        ),
        rx.el.div(
            rx.el.div(
                rx.el.p(ui.icon("calendar-days", "pg-icon-sm"), row.dates, class_name="pg-course__when"),
                rx.cond(
                    row.place != "",
                    rx.el.p(
                        ui.icon("map-pin", "pg-icon-sm"),
                        rx.el.span(row.place, class_name="truncate"),
                        class_name="pg-course__where",
                    ),
                ),
                class_name="min-w-0",
            ),
            rx.el.div(
                rx.el.p(
                    lang("from-price"), " ", rx.el.b(row.price, class_name="pg-figure"), class_name="pg-course__price"
                ),
                rx.cond(row.session_id != "", live.seats_lamp(lang, row.session_id, row.seats)),
                class_name="pg-course__end",
            ),
            class_name="pg-course__foot",
        ),
        class_name="pg-card pg-course",
    )


def card_grid(lang: Lang, rows: rx.Var[Sequence[CardRow]]) -> rx.Component:
    """Return cards in columns."""
    return rx.el.div(rx.foreach(rows, lambda row: course_card(lang, row)), class_name="pg-courses")


def card_skeletons(count: int = 6) -> rx.Component:
    """Return the grid while the first results are on their way."""
    one = rx.el.div(
        ui.skeleton("h-[120px] w-full rounded-none"),
        rx.el.div(
            ui.skeleton("h-6 w-4/5"),
            ui.skeleton("h-4 w-3/5"),
            ui.skeleton("h-4 w-2/5"),
            ui.skeleton("h-4 w-3/5"),
            class_name="grid gap-3 p-5",
        ),
        class_name="pg-card overflow-hidden min-h-[372px]",
    )
    return rx.el.div(*[one for _ in range(count)], class_name="pg-courses", aria_busy="true")


def not_found(lang: Lang, title: str, text: str) -> rx.Component:
    """Return what stands where a course or organisation is not known."""
    return rx.el.div(
        ui.empty_state(
            lang(title), lang(text), ui.button_link(lang("nav-catalog"), href=lang.path("catalog"), icon_name="search")
        ),
        class_name="pg-wrap py-16",
    )
