"""The review of verifications, for the platform's administrators."""

from typing import Any

import reflex as rx

from pygmalion_app.kyc.models import CaseState, Reason
from pygmalion_app.kyc.rules import REVIEWERS_REASONS, SubjectKind
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.kyc.components import history, keyed, requirements
from pygmalion_app.ui.kyc.review_state import DIALOGS, OPEN, CaseRow, FactRow, ReviewState, SheetRow
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.layouts.sections import ADMINISTRATION, section_tabs
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.waiting import waiting

_STATES = tuple(one for one in CaseState if one not in {CaseState.DRAFT, CaseState.SUBMITTED, CaseState.IN_REVIEW})


@page("admin-kyc", title="kyc-review-title", on_load=ReviewState.load)
def review_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return work_layout(
        lang,
        "admin-kyc",
        ui.page_head(lang("kyc-review-title"), lang("kyc-review-lead")),
        section_tabs(lang, ADMINISTRATION, "admin-kyc"),
        rx.el.div(
            rx.cond(
                ReviewState.loaded,
                rx.cond(ReviewState.case_id != "", _case(lang), _queue(lang)),
                waiting(lang, ui.skeleton_rows(4)),
            ),
            class_name="mt-6",
        ),
        *[_dialog(lang, name) for name in DIALOGS],
    )


def _queue(lang: Lang) -> rx.Component:
    states = [(OPEN, lang("kyc-review-filter-open")), *[(one.value, lang(f"kyc-state-{one.value}")) for one in _STATES]]
    subjects = [("", lang("kyc-review-filter-everybody"))]
    subjects += [(one.value, lang(f"kyc-subject-{one.value}")) for one in SubjectKind]
    return rx.el.div(
        rx.el.div(
            ui.select(
                "state", lang("kyc-review-filter-state"), states, value=ReviewState.state_filter,
                on_change=ReviewState.filter_state,
            ),
            ui.select(
                "subject", lang("kyc-review-filter-subject"), subjects, value=ReviewState.subject_filter,
                on_change=ReviewState.filter_subject,
            ),
            rx.el.p(ReviewState.count, class_name="text-ink-2 sm:ml-auto", role="status"),
            class_name="flex flex-wrap items-end gap-4 mb-4",
        ),
        rx.cond(
            ReviewState.rows.length() > 0,
            ui.table(
                [
                    lang("kyc-review-name"), lang("kyc-review-submitted"), (lang("kyc-review-documents"), "pg-num"),
                    lang("kyc-review-state"), "",
                ],
                rx.foreach(ReviewState.rows, lambda row: _row(lang, row)),
                caption=lang("kyc-review-title"),
            ),
            ui.card(ui.empty_state(lang("kyc-review-empty"), lang("kyc-review-empty-text"))),
        ),
    )  # fmt: skip


def _row(lang: Lang, row: CaseRow) -> rx.Component:
    return rx.el.tr(
        ui.cell(
            rx.el.div(
                rx.el.p(row.name, class_name="font-semibold"),
                rx.el.p(row.subject, class_name="text-sm text-ink-3"),
            ),
            label=lang("kyc-review-name"),
        ),
        ui.cell(rx.el.span(row.submitted, class_name="pg-figure"), label=lang("kyc-review-submitted")),
        ui.cell(row.documents, label=lang("kyc-review-documents"), number=True),
        ui.cell(
            rx.el.div(
                ui.lamp(row.status, row.tone),
                rx.cond(row.reviewer != "", rx.el.p(row.reviewer, class_name="text-sm text-ink-3 mt-1")),
            ),
            label=lang("kyc-review-state"),
        ),
        ui.cell(
            rx.cond(
                row.own,
                rx.el.p(lang("kyc-review-own"), class_name="text-sm text-ink-2"),
                ui.button(
                    lang("kyc-review-open"),
                    look="secondary",
                    size="sm",
                    on_click=ReviewState.open_case(row.id),
                    aria_label=f"{lang('kyc-review-open')} {row.name}",
                ),
            )
        ),
    )


def _case(lang: Lang) -> rx.Component:
    return rx.el.div(
        ui.button(
            lang("kyc-review-back"), look="ghost", size="sm", icon_name="arrow-left", on_click=ReviewState.back,
            **keyed("escape"),
        ),
        rx.el.div(
            rx.el.div(
                _head(lang),
                ui.card(
                    rx.el.h3(lang("kyc-review-facts"), class_name="text-lg mb-4"),
                    rx.el.dl(rx.foreach(ReviewState.facts, _fact), class_name="grid gap-4 sm:grid-cols-2"),
                ),
                ui.card(
                    rx.el.h3(lang("kyc-review-requirements"), class_name="text-lg mb-4"),
                    requirements(lang, ReviewState.requirements),
                ),
                history(lang, ReviewState.history),
                class_name="grid gap-6 content-start min-w-0",
            ),
            rx.el.section(
                rx.cond(
                    ReviewState.sheets.length() > 0,
                    rx.foreach(ReviewState.sheets, _sheet),
                    ui.card(rx.el.p(lang("kyc-review-no-documents"), class_name="text-ink-2")),
                ),
                aria_label=lang("kyc-documents"),
                class_name="grid gap-4 content-start min-w-0",
            ),
            class_name="grid gap-6 mt-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]",
        ),
    )  # fmt: skip


def _head(lang: Lang) -> rx.Component:
    return ui.card(
        rx.el.p(ReviewState.subject, class_name="pg-label"),
        rx.el.h2(ReviewState.name, class_name="text-xl mt-1"),
        rx.el.div(ui.lamp(ReviewState.status, ReviewState.tone), class_name="mt-3"),
        rx.cond(ReviewState.standing != "", rx.el.p(ReviewState.standing, class_name="text-ink-2 mt-2")),
        rx.cond(
            ReviewState.takeable,
            ui.button(lang("kyc-review-take"), on_click=ReviewState.take, class_name="mt-4", **keyed("t")),
        ),
        rx.cond(
            ReviewState.mine,
            rx.el.div(
                rx.el.div(
                    _opener(lang, "approve", "primary", "a", disabled=~ReviewState.complete),
                    _opener(lang, "ask", "secondary", "c"),
                    _opener(lang, "reject", "danger", "r"),
                    class_name="flex flex-wrap gap-3",
                ),
                rx.el.p(lang("kyc-review-keys"), class_name="text-sm text-ink-3 mt-3 max-sm:hidden"),
                class_name="mt-4",
            ),
        ),
        rx.cond(
            ReviewState.approved,
            rx.el.div(_opener(lang, "withdraw", "danger", ""), class_name="mt-4"),
        ),
    )


def _opener(lang: Lang, name: str, look: Any, key: str, **props: Any) -> rx.Component:
    """Return the button that opens a decision's dialog, also by its letter."""
    opening = ui.opens(DIALOGS[name])["custom_attrs"]
    letter = keyed(key) if key else {"custom_attrs": {}}
    props |= letter | {"custom_attrs": {**opening, **letter["custom_attrs"]}}
    return ui.button(lang(f"kyc-review-{name}"), look=look, **props)


def _fact(row: FactRow) -> rx.Component:
    return rx.el.div(
        rx.el.dt(row.term, class_name="pg-label"), rx.el.dd(row.value, class_name="mt-1 font-medium break-words")
    )


def _sheet(row: SheetRow) -> rx.Component:
    return rx.el.figure(
        rx.cond(
            row.title != "",
            rx.el.figcaption(
                rx.el.div(
                    rx.el.p(row.title, class_name="font-semibold"),
                    rx.el.p(row.facts, class_name="text-sm text-ink-2 break-words"),
                    class_name="min-w-0 grow",
                ),
                rx.el.a(
                    ui.icon("download"), href=row.address, download=True, aria_label=row.download,
                    class_name="pg-btn pg-btn--ghost pg-btn--icon",
                ),
                class_name="flex items-start gap-3 px-5 py-4",
            ),
        ),
        rx.el.img(src=row.picture, alt=row.alt, loading="lazy", class_name="w-full h-auto bg-sunken min-h-[160px]"),
        class_name="pg-card overflow-hidden",
    )  # fmt: skip


def _dialog(lang: Lang, name: str) -> rx.Component:
    reasons = [(one.value, lang(f"kyc-reason-{one.value.replace('_', '-')}")) for one in REVIEWERS_REASONS]
    submit: dict[str, Any] = {
        "approve": ReviewState.approve,
        "reject": ReviewState.reject,
        "ask": ReviewState.ask,
        "withdraw": ReviewState.withdraw,
    }
    asks_reason = name != "approve"
    return ui.dialog(
        lang,
        DIALOGS[name],
        lang(f"kyc-review-{name}"),
        rx.el.form(
            rx.el.p(lang(f"kyc-review-{name}-text"), class_name="text-ink-2"),
            rx.cond(ReviewState.form_error != "", ui.notice(ReviewState.form_error, tone="bad")),
            _own_select(lang, name, reasons) if asks_reason else rx.fragment(),
            _own_note(lang, name) if asks_reason else rx.fragment(),
            rx.el.div(
                ui.button(
                    lang(f"kyc-review-{name}"),
                    type="submit",
                    look="primary" if name in {"approve", "ask"} else "danger",
                ),
                class_name="flex justify-end",
            ),
            on_submit=submit[name],
            no_validate=True,
            class_name="grid gap-4",
            # A new key gives empty inputs after each decision.
            key=f"{name}-{ReviewState.made}",
        ),
    )


def _own_select(lang: Lang, name: str, reasons: list[tuple[str, str]]) -> rx.Component:
    """Return the reasons; ids differ from dialog to dialog, since all of them are on the page."""
    return rx.el.div(
        rx.el.label(lang("kyc-review-reason"), html_for=f"{name}-reason", class_name="pg-field__label"),
        rx.el.select(
            *[rx.el.option(text, value=value) for value, text in reasons],
            id=f"{name}-reason",
            name="reason",
            default_value=Reason.UNREADABLE.value,
            class_name="pg-input",
        ),
        class_name="pg-field",
    )


def _own_note(lang: Lang, name: str) -> rx.Component:
    return rx.el.div(
        rx.el.label(lang("kyc-review-note"), html_for=f"{name}-note", class_name="pg-field__label"),
        rx.el.p(lang("kyc-review-note-hint"), id=f"{name}-note-hint", class_name="pg-field__hint"),
        rx.el.textarea(
            id=f"{name}-note", name="note", rows="4", max_length=1000, aria_describedby=f"{name}-note-hint",
            class_name="pg-input",
        ),
        class_name="pg-field",
    )  # fmt: skip
