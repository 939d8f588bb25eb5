"""Certificates that one obtained elsewhere."""

import reflex as rx

from pygmalion_app.kyc.inspection.verdict import MAX_BYTES
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.certificates.external_state import ElsewhereState, ExternalRow
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.kyc.rows import Choice
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.layouts.sections import CERTIFICATES, section_tabs
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.waiting import waiting


@page("certificates-external", title="external-title", on_load=ElsewhereState.load)
def external_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return work_layout(
        lang,
        "certificates-external",
        ui.page_head(lang("external-title"), lang("external-lead")),
        section_tabs(lang, CERTIFICATES, "certificates-external"),
        rx.el.div(
            rx.cond(ElsewhereState.loaded, _list(lang), waiting(lang, ui.skeleton_rows(3))),
            _form(lang),
            class_name="grid gap-6 mt-6 items-start lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]",
        ),
    )


def _list(lang: Lang) -> rx.Component:
    return rx.cond(
        ElsewhereState.rows.length() > 0,
        ui.card(rx.el.ul(rx.foreach(ElsewhereState.rows, _one), class_name="pg-list")),
        ui.card(ui.empty_state(lang("external-empty"), lang("external-empty-text"))),
    )


def _one(row: ExternalRow) -> rx.Component:
    square = "pg-btn pg-btn--ghost pg-btn--icon"
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.h2(row.title, class_name="text-base font-semibold"),
                ui.lamp(row.status, row.tone),
                class_name="flex flex-wrap items-center justify-between gap-x-4 gap-y-1",
            ),
            rx.el.p(row.issuer, class_name="text-sm text-ink-2"),
            rx.el.p(row.dates, class_name="text-sm text-ink-2"),
            rx.el.p(row.about, class_name=rx.cond(row.state == "refused", "text-sm text-bad", "text-sm text-ink-3")),
            class_name="min-w-0 grow grid gap-1",
        ),
        rx.el.a(ui.icon("download"), href=row.address, download=True, class_name=square, aria_label=row.open),
        rx.el.button(
            ui.icon("trash-2"),
            type="button",
            class_name=square,
            aria_label=row.remove,
            on_click=ElsewhereState.remove(row.id),
        ),
        class_name="flex items-start gap-2 py-4",
    )


def _form(lang: Lang) -> rx.Component:
    """Return the form that `assets/upload.js` sends: a document never passes through the page's events."""

    def option(row: Choice) -> rx.Component:
        return rx.el.option(row.text, value=row.value)

    texts = {
        "data-upload": "/uploads/certificate",
        "data-limit": str(MAX_BYTES),
        "data-too-large": lang("kyc-too-large"),
        "data-failed": lang("kyc-send-failed"),
        "data-no-file": lang("kyc-no-file"),
    }
    return ui.card(
        rx.el.h2(lang("external-add"), class_name="text-lg mb-4"),
        rx.el.form(
            ui.field(
                "title", lang("external-field-title"), hint=lang("external-field-title-hint"), max_length=200,
                required=True,
            ),
            ui.field("issuer", lang("external-field-issuer"), max_length=200, required=True),
            ui.select(
                "typeCode",
                lang("external-field-type"),
                rx.fragment(
                    rx.el.option(lang("external-field-type-none"), value=""), rx.foreach(ElsewhereState.types, option)
                ),
                hint=lang("external-field-type-hint"),
            ),
            rx.el.div(
                ui.field("obtainedOn", lang("external-field-obtained"), type="date", required=True),
                ui.field(
                    "validUntil", lang("external-field-until"), hint=lang("external-field-until-hint"), type="date"
                ),
                class_name="grid gap-4 sm:grid-cols-2 items-end",
            ),
            ui.field(
                "file",
                lang("external-field-file"),
                hint=lang("external-field-file-hint"),
                type="file",
                accept="application/pdf,image/jpeg,image/png",
                input_class="pg-input--file",
            ),
            _mark(rx.el.p(class_name="pg-field__error", role="alert", hidden=True), "error"),
            _mark(
                rx.el.progress(max=100, value=0, hidden=True, class_name="w-full", aria_label=lang("kyc-sending")),
                "progress",
            ),
            _mark(rx.el.button(hidden=True, type="button", tab_index=-1, on_click=ElsewhereState.added), "done"),
            rx.el.div(
                ui.button(lang("external-send"), icon_name="upload", type="submit"), class_name="flex justify-end"
            ),
            method="post",
            action="/uploads/certificate",
            enc_type="multipart/form-data",
            custom_attrs=texts,
            class_name="grid gap-4",
        ),
    )  # fmt: skip


def _mark(component: rx.Component, name: str) -> rx.Component:
    component.custom_attrs = {**component.custom_attrs, f"data-upload-{name}": "true"}
    return component
