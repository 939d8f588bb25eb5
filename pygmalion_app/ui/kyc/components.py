"""What the pages of verifications share."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from pygmalion_app.kyc.inspection.verdict import MAX_BYTES
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.kyc.rows import Choice, DocumentRow, RequirementRow, StepRow
from pygmalion_app.ui.kyc.state import VerificationState


def verification(lang: Lang, safety: str) -> rx.Component:
    """Return a verification as whoever is verified sees it; `safety` is the text on who reads the documents."""
    return rx.el.div(
        rx.el.div(
            _standing(lang),
            _needed(lang),
            rx.cond(VerificationState.editable, _upload(lang)),
            class_name="grid gap-6 content-start min-w-0",
        ),
        rx.el.div(
            history(lang, VerificationState.history),
            ui.card(
                rx.el.h2(lang("kyc-safety"), class_name="text-lg mb-3"),
                rx.el.ul(
                    *[
                        rx.el.li(ui.icon("lock", "pg-icon-sm mt-[3px]"), lang(key), class_name="flex gap-3 text-ink-2")
                        for key in ("kyc-safety-1", safety, "kyc-safety-3")
                    ],
                    class_name="grid gap-3",
                ),
            ),
            class_name="grid gap-6 content-start",
        ),
        class_name="grid gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]",
    )


def _standing(lang: Lang) -> rx.Component:
    return ui.card(
        rx.el.div(
            ui.lamp(VerificationState.status, VerificationState.tone),
            rx.cond(
                VerificationState.verified != "",
                rx.el.span(VerificationState.verified, class_name="pg-figure text-sm text-ink-2"),
            ),
            class_name="flex flex-wrap items-center gap-x-4 gap-y-2",
        ),
        rx.el.p(VerificationState.about, class_name="mt-3"),
        rx.cond(
            VerificationState.reason != "",
            ui.notice(rx.el.p(VerificationState.reason), tone="warn", title=lang("kyc-reason"), class_name="mt-4"),
        ),
    )


def _needed(lang: Lang) -> rx.Component:
    return ui.card(
        rx.el.h2(lang("kyc-documents"), class_name="text-lg mb-4"),
        requirements(lang, VerificationState.requirements),
        rx.cond(
            VerificationState.documents.length() > 0,
            rx.el.ul(
                rx.foreach(VerificationState.documents, _document),
                class_name="pg-list border-t border-line mt-4",
            ),
        ),
        rx.cond(
            VerificationState.editable,
            rx.el.div(
                rx.cond(
                    VerificationState.missing != "",
                    rx.el.p(
                        lang("kyc-submit-hint", missing="§").split("§")[0],
                        VerificationState.missing,
                        lang("kyc-submit-hint", missing="§").split("§")[1],
                        class_name="text-sm text-ink-2",
                    ),
                ),
                ui.button(
                    lang("kyc-submit"),
                    icon_name="send",
                    disabled=VerificationState.missing != "",
                    on_click=VerificationState.submit,
                    class_name="sm:ml-auto",
                ),
                class_name="flex flex-col sm:flex-row sm:items-center gap-3 pt-4 mt-2 border-t border-line",
            ),
        ),
    )


def requirements(lang: Lang, rows: rx.vars.ArrayVar[Sequence[RequirementRow]]) -> rx.Component:
    """Return what is asked, each with its lamp."""

    def one(row: RequirementRow) -> rx.Component:
        return rx.el.li(
            rx.el.div(
                rx.el.p(row.name, class_name="font-semibold"),
                rx.el.p(row.hint, class_name="text-sm text-ink-2"),
                class_name="min-w-0",
            ),
            rx.cond(
                row.met,
                ui.lamp(lang("kyc-met"), "ok", class_name="sm:ml-auto shrink-0"),
                ui.lamp(lang("kyc-missing"), "idle", class_name="sm:ml-auto shrink-0"),
            ),
            class_name="flex flex-col items-start sm:flex-row gap-2 sm:gap-4",
        )

    return rx.el.ul(rx.foreach(rows, one), class_name="grid gap-4")


def _document(row: DocumentRow) -> rx.Component:
    square = "pg-btn pg-btn--ghost pg-btn--icon"
    return rx.el.li(
        ui.icon("file-text", "mt-[2px] text-ink-3 shrink-0"),
        rx.el.div(
            rx.el.p(row.kind, class_name="font-semibold"),
            rx.el.p(row.facts, class_name="text-sm text-ink-2 break-words"),
            class_name="min-w-0 grow",
        ),
        rx.el.a(ui.icon("download"), href=row.address, download=True, class_name=square, aria_label=row.download),
        rx.cond(
            VerificationState.removable,
            rx.el.button(
                ui.icon("trash-2"),
                type="button",
                class_name=square,
                aria_label=row.remove,
                on_click=VerificationState.remove(row.id),
            ),
        ),
        class_name="flex items-start gap-3 py-3",
    )


def _upload(lang: Lang) -> rx.Component:
    """Return the form that `assets/upload.js` sends: a document never passes through the page's events."""

    def option(row: Choice) -> rx.Component:
        return rx.el.option(row.text, value=row.value)

    texts = {
        "data-upload": VerificationState.upload_to,
        "data-limit": str(MAX_BYTES),
        "data-too-large": lang("kyc-too-large"),
        "data-failed": lang("kyc-send-failed"),
        "data-no-file": lang("kyc-no-file"),
    }
    return ui.card(
        rx.el.h2(lang("kyc-add"), class_name="text-lg mb-4"),
        rx.el.form(
            rx.el.div(
                ui.select(
                    "kind",
                    lang("kyc-field-kind"),
                    rx.foreach(VerificationState.kinds, option),
                    value=VerificationState.kind,
                    on_change=VerificationState.choose_kind,
                ),
                rx.cond(
                    VerificationState.dated,
                    ui.field("validUntil", lang("kyc-field-valid-until"), type="date", required=True),
                ),
                class_name="grid gap-4 sm:grid-cols-2",
            ),
            ui.field(
                "file",
                lang("kyc-field-file"),
                hint=lang("kyc-field-file-hint"),
                type="file",
                accept="application/pdf,image/jpeg,image/png",
                input_class="pg-input--file",
            ),
            _mark(rx.el.p(class_name="pg-field__error", role="alert", hidden=True), "error"),
            _mark(
                rx.el.progress(max=100, value=0, hidden=True, class_name="w-full", aria_label=lang("kyc-sending")),
                "progress",
            ),
            _mark(rx.el.button(hidden=True, type="button", tab_index=-1, on_click=VerificationState.added), "done"),
            rx.el.div(
                ui.button(lang("kyc-send-file"), look="secondary", icon_name="upload", type="submit"),
                class_name="flex justify-end",
            ),
            method="post",
            action=VerificationState.upload_to,
            enc_type="multipart/form-data",
            custom_attrs=texts,
            class_name="grid gap-4",
        ),
    )  # fmt: skip


def _mark(component: rx.Component, name: str) -> rx.Component:
    component.custom_attrs = {**component.custom_attrs, f"data-upload-{name}": "true"}
    return component


def history(lang: Lang, rows: rx.vars.ArrayVar[Sequence[StepRow]]) -> rx.Component:
    """Return the steps of a case, newest first."""

    def one(row: StepRow) -> rx.Component:
        return rx.el.li(
            ui.lamp(row.text, row.tone, plain=True),
            rx.el.p(row.moment, class_name="pg-figure text-sm text-ink-3"),
            rx.cond(row.reason != "", rx.el.p(row.reason, class_name="text-sm text-ink-2 mt-1")),
        )

    return ui.card(
        rx.el.h2(lang("kyc-history"), class_name="text-lg mb-4"),
        rx.cond(
            rows.length() > 0,
            rx.el.ol(rx.foreach(rows, one), class_name="grid gap-4"),
            rx.el.p(lang("kyc-history-empty"), class_name="text-ink-2"),
        ),
    )


def keyed(key: str) -> dict[str, Any]:
    """Return the props of a button that a letter presses (`assets/upload.js`)."""
    return {"custom_attrs": {"data-key": key}, "aria_keyshortcuts": key.upper()}
