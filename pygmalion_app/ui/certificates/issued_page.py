"""The certificates that a training organisation has issued."""

from typing import Any

import reflex as rx

from pygmalion_app.certificates.issued import IssuedFilter
from pygmalion_app.certificates.models import RevocationReason
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.accounts.reauthentication import reauthenticate_dialog
from pygmalion_app.ui.certificates.issued_state import CORRECT_DIALOG, REVOKE_DIALOG, IssuedLine, IssuedState
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.layouts.sections import ISSUER, section_tabs
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.waiting import waiting

_REASONS = [one for one in RevocationReason if one != RevocationReason.REPLACED]
"""A replacement is made by correcting."""


@page("teach-certificates", title="issued-title", on_load=IssuedState.load)
def issued_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return work_layout(
        lang,
        "teach-certificates",
        ui.page_head(lang("issued-title"), lang("issued-lead"), eyebrow=lang("nav-teach")),
        section_tabs(lang, ISSUER, "teach-certificates"),
        rx.el.div(
            rx.cond(
                IssuedState.loaded,
                rx.cond(
                    IssuedState.organization != "",
                    _list(lang),
                    ui.card(ui.empty_state(lang("issued-no-organization"), lang("issued-no-organization-text"))),
                ),
                waiting(lang, ui.skeleton_rows(5)),
            ),
            class_name="mt-6",
        ),
        _revoke(lang),
        _correct(lang),
        reauthenticate_dialog(lang),
    )


def _list(lang: Lang) -> rx.Component:
    states = [("", lang("issued-state-all")), *((one.value, lang(f"issued-state-{one}")) for one in IssuedFilter)]
    headers = [lang(f"issued-{name}") for name in ("holder", "course", "issued", "validity", "status")]
    searched = (IssuedState.search_text != "") | (IssuedState.state != "")
    return rx.el.section(
        rx.el.div(
            rx.el.form(
                ui.field(
                    "search",
                    lang("issued-search"),
                    type="search",
                    default_value=IssuedState.search_text,
                    max_length=100,
                    class_name="grow min-w-0",
                ),
                ui.button(lang("issued-search-button"), type="submit", look="secondary", icon_name="search"),
                on_submit=IssuedState.search,
                role="search",
                class_name="flex flex-wrap items-end gap-3 grow max-w-[640px]",
            ),
            ui.select(
                "state",
                lang("issued-state"),
                states,
                value=IssuedState.state,
                on_change=IssuedState.choose_state,
                class_name="w-full sm:w-[220px]",
            ),
            class_name="flex flex-wrap items-end justify-between gap-4 mb-4",
        ),
        rx.el.p(IssuedState.count, class_name="pg-figure text-sm text-ink-2 mb-3", aria_live="polite"),
        rx.cond(
            IssuedState.rows.length() > 0,
            ui.table(
                [*headers, lang("issued-actions")],
                rx.foreach(IssuedState.rows, lambda row: _row(lang, row)),
                caption=lang("issued-title"),
            ),
            ui.card(
                rx.cond(
                    searched,
                    ui.empty_state(lang("issued-none-so"), lang("issued-none-so-text")),
                    ui.empty_state(lang("issued-none-yet"), lang("issued-none-yet-text")),
                )
            ),
        ),
        rx.cond(
            IssuedState.pages > 1,
            rx.el.div(
                ui.pagination(lang, IssuedState.page, IssuedState.pages, IssuedState.numbers, IssuedState.turn),
                class_name="mt-6",
            ),
        ),
    )


def _row(lang: Lang, row: IssuedLine) -> rx.Component:
    return rx.el.tr(
        ui.cell(
            rx.el.div(
                rx.el.p(row.holder, class_name="font-semibold"),
                rx.el.p(row.number, class_name="pg-figure text-sm text-ink-3 whitespace-nowrap"),
            ),
            label=lang("issued-holder"),
        ),
        ui.cell(row.course, label=lang("issued-course")),
        ui.cell(rx.el.span(row.issued, class_name="pg-figure whitespace-nowrap"), label=lang("issued-issued")),
        ui.cell(rx.el.span(row.validity, class_name="pg-figure"), label=lang("issued-validity")),
        ui.cell(
            rx.el.div(
                ui.lamp(row.status, row.tone),
                rx.cond(row.about != "", rx.el.p(row.about, class_name="text-sm text-ink-2 mt-1")),
                rx.cond(row.note != "", rx.el.p(row.note, class_name="text-sm text-ink-3 break-words")),
            ),
            label=lang("issued-status"),
        ),
        ui.cell(
            rx.cond(
                row.live,
                rx.el.div(
                    _act(lang("issued-correct"), row, IssuedState.begin_correct),
                    _act(lang("issued-revoke"), row, IssuedState.begin_revoke),
                    class_name="flex flex-wrap gap-2",
                ),
                rx.el.span("–", class_name="text-ink-3"),
            ),
            label=lang("issued-actions"),
        ),
    )


def _act(text: str, row: IssuedLine, handler: Any) -> rx.Component:
    return ui.button(
        text,
        look="ghost",
        size="sm",
        on_click=handler(row.id),
        aria_label=rx.Var.create(f"{text} : ") + row.holder + ", " + row.number,
    )


def _about(*more: rx.Component) -> rx.Component:
    return rx.el.div(
        rx.el.p(IssuedState.holder, class_name="font-semibold"),
        rx.el.p(IssuedState.course, class_name="text-sm text-ink-2"),
        *more,
    )


def _revoke(lang: Lang) -> rx.Component:
    return ui.dialog(
        lang,
        REVOKE_DIALOG,
        lang("issued-revoke-title"),
        rx.el.form(
            _about(),
            ui.notice(lang("issued-revoke-text"), tone="warn"),
            rx.cond(IssuedState.form_error != "", ui.notice(IssuedState.form_error, tone="bad")),
            ui.select(
                "reason", lang("issued-field-reason"), [(one.value, lang(f"verify-reason-{one}")) for one in _REASONS]
            ),
            _note(lang, "revoke-note"),
            rx.el.div(ui.button(lang("issued-revoke"), type="submit", look="danger"), class_name="flex justify-end"),
            on_submit=IssuedState.revoke,
            key=rx.Var.create("revoke-") + IssuedState.begun.to_string(),
            class_name="grid gap-4",
        ),
    )


def _correct(lang: Lang) -> rx.Component:
    return ui.dialog(
        lang,
        CORRECT_DIALOG,
        lang("issued-correct-title"),
        rx.el.form(
            _about(),
            rx.el.p(lang("issued-correct-text"), class_name="text-ink-2"),
            rx.cond(IssuedState.form_error != "", ui.notice(IssuedState.form_error, tone="bad")),
            ui.field(
                "holder",
                lang("issued-field-holder"),
                default_value=IssuedState.holder,
                required=True,
                max_length=200,
                auto_complete="off",
            ),
            rx.el.div(
                ui.field(
                    "completed",
                    lang("issued-field-completed"),
                    type="date",
                    default_value=IssuedState.completed,
                    required=True,
                ),
                ui.field("location", lang("issued-field-location"), default_value=IssuedState.location, max_length=200),
                class_name="grid gap-4 sm:grid-cols-2",
            ),
            _note(lang, "correct-note"),
            rx.el.div(ui.button(lang("issued-correct"), type="submit"), class_name="flex justify-end"),
            on_submit=IssuedState.correct,
            key=rx.Var.create("correct-") + IssuedState.begun.to_string(),
            class_name="grid gap-4",
        ),
    )


def _note(lang: Lang, field_id: str) -> rx.Component:
    """Return the field of the private note; its id differs from dialog to dialog, since both are on the page."""
    return rx.el.div(
        rx.el.label(lang("issued-field-note"), html_for=field_id, class_name="pg-field__label"),
        rx.el.p(lang("issued-field-note-hint"), id=f"{field_id}-hint", class_name="pg-field__hint"),
        rx.el.textarea(
            id=field_id, name="note", rows="3", max_length=2000, aria_describedby=f"{field_id}-hint",
            class_name="pg-input",
        ),
        class_name="pg-field",
    )  # fmt: skip
