"""The way to report a course or a review, and its form."""

import reflex as rx

from pygmalion_app.catalog.moderation_models import ReportReason
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.catalog.report_state import LONGEST, REPORT_DIALOG, ReportState
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.viewer import Viewer

_QUIET = "pg-quiet-link text-sm"


def report_link(lang: Lang, key: str, path: rx.Var[str], review: rx.Var[str] | str = "") -> rx.Component:
    """Return the quiet button; strangers are led to sign in first. `key` names what is reported."""
    return rx.cond(
        Viewer.signed_in,
        rx.el.button(lang(key), type="button", class_name=_QUIET, on_click=ReportState.begin(review)),
        ui.link(lang(key), href=f"{lang.path('sign-in')}?next={path}", class_name=_QUIET),
    )


def report_dialog(lang: Lang) -> rx.Component:
    """Return the form."""
    reasons = [("", lang("report-choose")), *((one.value, lang(f"report-reason-{one.value}")) for one in ReportReason)]
    return ui.dialog(
        lang,
        REPORT_DIALOG,
        rx.cond(ReportState.review == "", lang("report-course"), lang("report-review")),
        rx.el.form(
            rx.el.p(lang("report-content-lead"), class_name="text-ink-2"),
            rx.cond(ReportState.error != "", ui.notice(ReportState.error, tone="bad")),
            ui.select("report_reason", lang("report-reason"), reasons),
            ui.text_area(
                "report_note", lang("report-note"), hint=lang("report-note-hint"), rows="4", max_length=str(LONGEST)
            ),
            ui.button(lang("report-send"), type="submit", block=True),
            on_submit=ReportState.send,
            no_validate=True,
            key=rx.Var.create("report-") + ReportState.opened.to_string(),
            class_name="grid gap-5",
        ),
    )
