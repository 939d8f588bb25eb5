"""A training organisation: who it is, what certifies it, what it offers."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.catalog.components import card_grid, card_skeletons, not_found, rating
from pygmalion_app.ui.catalog.organization_state import OrganizationState
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import public_layout
from pygmalion_app.ui.routes import page


@page("organization", title=OrganizationState.head_title, on_load=OrganizationState.load)
def organization_page(lang: Lang) -> rx.Component:
    """Return the organisation page."""
    state = OrganizationState
    return public_layout(
        lang,
        "organization",
        rx.cond(
            state.missing,
            not_found(lang, "organization-missing-title", "organization-missing-text"),
            rx.fragment(
                _head(lang),
                rx.el.div(
                    _facts(lang),
                    rx.el.h2(lang("organization-courses"), class_name="pg-h2 mt-14 mb-6"),
                    rx.cond(state.loaded, card_grid(lang, state.rows), card_skeletons(3)),
                    class_name="pg-wrap pt-8",
                ),
            ),
        ),
        night=True,
        ready=state.loaded,
    )


def _head(lang: Lang) -> rx.Component:
    state = OrganizationState
    return rx.el.section(
        rx.el.div(
            ui.link(
                ui.icon("arrow-left", "pg-icon-sm"),
                lang("course-back"),
                href=lang.path("catalog"),
                class_name="pg-back",
            ),
            rx.el.p(ui.label(lang("organization-title")), class_name="mt-6"),
            rx.el.h1(state.name, class_name="pg-course-head__title"),
            rx.el.p(
                rating(lang, state.rating, state.reviews),
                rx.cond(state.city != "", rx.el.span(ui.icon("map-pin", "pg-icon-sm"), state.city)),
                class_name="pg-course-head__facts",
            ),
            rx.el.p(state.description, class_name="mt-5 max-w-[68ch] text-on-night-2"),
            class_name="pg-wrap",
        ),
        class_name="pg-night pg-chart pg-course-head",
    )


def _facts(lang: Lang) -> rx.Component:
    state = OrganizationState
    return rx.el.dl(
        ui.fact(
            lang("organization-quality"),
            rx.cond(state.qualiopi, ui.lamp(lang("quality-label"), "ok"), ui.lamp(lang("organization-quality-none"))),
            rx.el.span(state.quality, class_name="block mt-1 text-[15px] font-normal text-ink-2"),
            icon_name="badge-check",
        ),
        ui.fact(lang("organization-siret"), rx.el.span(state.siret, class_name="pg-figure"), icon_name="building-2"),
        ui.fact(lang("organization-nda"), rx.el.span(state.nda, class_name="pg-figure"), icon_name="file-text"),
        ui.fact(
            lang("organization-website"),
            rx.cond(
                state.website != "",
                rx.el.a(
                    state.website,
                    href=state.website,
                    rel="noopener nofollow",
                    target="_blank",
                    class_name="pg-link break-all",
                ),
                "\N{EN DASH}",
            ),
            icon_name="globe",
        ),
        class_name="pg-facts pg-card",
    )
