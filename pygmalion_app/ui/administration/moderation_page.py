"""Courses and reviews that people reported, for the platform's administrators."""

import reflex as rx

from pygmalion_app.catalog.moderation import Decision
from pygmalion_app.catalog.moderation_models import ReportState
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.administration.moderation_state import DECISION_DIALOG, ModerationState, ReportedRow
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts.listing import listing, section_layout
from pygmalion_app.ui.layouts.sections import ADMINISTRATION
from pygmalion_app.ui.routes import page

State = ModerationState


@page("admin-moderation", title="moderation-title", on_load=State.load)
def moderation_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return section_layout(
        lang,
        "admin-moderation",
        ADMINISTRATION,
        (lang("moderation-title"), lang("moderation-lead")),
        listing(
            lang,
            State,
            rx.el.ul(rx.foreach(State.rows, lambda row: _reported(lang, row)), class_name="pg-card pg-list"),
            (lang("moderation-empty"), lang("moderation-empty-text")),
            ui.tabs(
                lang("moderation-title"),
                [(one.value, lang(f"moderation-{one.value}")) for one in ReportState],
                State.state,
                State.choose,
            ),
        ),
        _dialog(lang),
        loaded=State.loaded,
    )


def _reported(lang: Lang, row: ReportedRow) -> rx.Component:
    title = rx.cond(
        row.href != "",
        ui.link(row.title, href=row.href, class_name="pg-quiet-link font-semibold text-ink!"),
        rx.el.span(row.title, class_name="font-semibold"),
    )
    return rx.el.li(
        rx.el.div(
            rx.el.p(ui.label(row.kind), class_name="mb-1"),
            rx.el.p(title, " · ", row.organization),
            rx.cond(row.comment != "", rx.el.blockquote(row.comment, class_name="text-ink-2 mt-1")),
            rx.el.p(row.count, " · ", row.reasons, class_name="mt-2"),
            rx.el.p(row.when, class_name="pg-figure text-sm text-ink-3"),
            rx.cond(row.answer != "", rx.el.p(lang("moderation-answered"), " ", row.answer, class_name="text-sm mt-1")),
            class_name="min-w-0 sm:flex-1",
        ),
        rx.el.div(
            ui.lamp(row.status, row.tone),
            ui.button(
                lang("moderation-decide"),
                look="secondary",
                size="sm",
                on_click=State.begin(row.key),
                aria_label=rx.Var.create(lang("moderation-decide") + " : ") + row.title,
            ),
            class_name="flex flex-wrap items-center gap-3",
        ),
        class_name="flex flex-col sm:flex-row sm:items-start gap-4 px-6 py-5",
        key=row.key,
    )


def _dialog(lang: Lang) -> rx.Component:
    chosen = State.chosen
    return ui.dialog(
        lang,
        DECISION_DIALOG,
        lang("moderation-decide-title"),
        rx.el.div(
            rx.el.p(rx.el.b(chosen.title), " · ", chosen.organization),
            rx.cond(chosen.comment != "", rx.el.blockquote(chosen.comment, class_name="text-ink-2")),
            rx.el.p(chosen.count, " · ", chosen.reasons, class_name="text-sm"),
            rx.cond(
                chosen.any_notes,
                rx.el.ul(
                    rx.foreach(chosen.notes, rx.el.li),
                    class_name="grid gap-1 text-sm text-ink-2 list-disc pl-5",
                    aria_label=lang("moderation-notes"),
                ),
            ),
            class_name="grid gap-2 mb-5",
        ),
        rx.el.form(
            rx.cond(State.error != "", ui.notice(State.error, tone="bad")),
            ui.field_set(
                lang("moderation-decision"),
                *[
                    ui.radio(
                        lang(f"moderation-do-{one.value}"),
                        name="decision",
                        value=one.value,
                        default_checked=one is Decision.KEEP,
                    )
                    for one in Decision
                ],
                name="decision",
            ),
            ui.text_area(
                "answer", lang("moderation-answer"), hint=lang("moderation-answer-hint"), rows="4", max_length="2000"
            ),
            ui.button(lang("moderation-confirm"), type="submit", block=True),
            on_submit=State.decide,
            no_validate=True,
            key=rx.Var.create("moderation-") + State.opened.to_string(),
            class_name="grid gap-5",
        ),
    )
