"""What a learner sees first."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.components.charts import dial
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.learning.parts import advice_list, booked_list, calendar_panel, due_list, holding_list
from pygmalion_app.ui.learning.state import LearnerState
from pygmalion_app.ui.waiting import waiting


def learner_section(lang: Lang) -> rx.Component:
    """Return the section."""
    return rx.cond(LearnerState.loaded, _board(lang), waiting(lang, ui.skeleton_rows(4)))


def _board(lang: Lang) -> rx.Component:
    return rx.el.div(
        ui.page_head(
            LearnerState.title,
            LearnerState.lead,
            ui.button_link(lang("training-find"), href=lang.path("catalog"), icon_name="search"),
        ),
        rx.el.div(
            rx.el.div(_figures(lang), due_list(lang), class_name="grid gap-8 lg:grid-cols-[300px_minmax(0,1fr)]"),
            advice_list(lang),
            rx.el.div(booked_list(lang), holding_list(lang), class_name="grid gap-8 lg:grid-cols-2"),
            calendar_panel(lang),
            class_name="grid gap-12",
        ),
    )


def _figures(lang: Lang) -> rx.Component:
    return ui.card(
        rx.cond(
            LearnerState.required > 0,
            dial(
                LearnerState.percent,
                rx.fragment(LearnerState.percent.to_string(), "\xa0%" if lang.code == "fr" else "%"),
                lang("learner-rate"),
                LearnerState.rate_tone,
            ),
            rx.el.p(lang("learner-rate-none"), class_name="text-ink-2"),
        ),
        rx.el.dl(
            rx.cond(LearnerState.required > 0, ui.fact(lang("learner-satisfied"), LearnerState.satisfied)),
            ui.fact(lang("learner-completed"), LearnerState.completed.to_string()),
            ui.fact(lang("learner-hours"), LearnerState.hours),
            class_name="grid gap-4 mt-6",
        ),
    )


def due_summary(lang: Lang) -> rx.Component:
    """Return what stands above one's sessions on "my training": what is due, where there is any."""
    return rx.cond(LearnerState.loaded & (LearnerState.due.length() > 0), due_list(lang))


def advice_summary(lang: Lang) -> rx.Component:
    """Return what stands below them: what would help next, where there is any."""
    return rx.cond(LearnerState.loaded & (LearnerState.advice.length() > 0), advice_list(lang))
