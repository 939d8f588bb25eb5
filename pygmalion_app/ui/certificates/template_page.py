"""A training organisation's certificate template, with a picture of it as it is being written."""

from typing import Any

import reflex as rx

from pygmalion_app.certificates.document.templates import LONGEST_WORDING
from pygmalion_app.kyc.inspection.verdict import MAX_LOGO_BYTES
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.certificates.template_state import TemplateState
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.layouts.sections import ORGANIZATION, section_tabs
from pygmalion_app.ui.organizations.components import FIELD_ROW, role_withheld
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.waiting import waiting

State = TemplateState


@page("organization-certificates", title="template-title", on_load=State.load)
def template_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return work_layout(
        lang,
        "organization-certificates",
        ui.page_head(lang("template-title"), lang("template-lead"), eyebrow=lang("nav-organization-settings")),
        rx.el.div(
            section_tabs(lang, ORGANIZATION, "organization-certificates"),
            rx.cond(
                State.loaded,
                rx.cond(
                    State.organization != "",
                    _content(lang),
                    rx.cond(
                        State.withheld,
                        role_withheld(lang),
                        ui.card(ui.empty_state(lang("template-school-title"), lang("template-school-text"))),
                    ),
                ),
                waiting(lang, ui.skeleton_rows(3)),
            ),
            class_name="grid gap-8 min-w-0",
        ),
    )


def _content(lang: Lang) -> rx.Component:
    return rx.el.div(
        rx.el.div(_words(lang), _logo(lang), class_name="grid gap-6 content-start min-w-0"),
        rx.el.div(_preview(lang), class_name="min-w-0 lg:sticky lg:top-6"),
        class_name="grid gap-6 items-start lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]",
    )


def _preview(lang: Lang) -> rx.Component:
    specimen = "/api/v1/organizations/" + State.organization + "/certificate-template/specimen?lang=" + lang.code
    return ui.card(
        rx.el.h2(lang("template-preview"), class_name="text-lg mb-1"),
        rx.el.p(lang("template-preview-text"), class_name="text-sm text-ink-2 mb-4"),
        # Paper is white whatever the screen's theme.
        rx.el.img(
            src=State.preview,
            alt=lang("template-preview-alt"),
            width="1123",
            height="794",
            class_name="block w-full h-auto rounded-[4px] border border-line bg-white",
        ),
        rx.el.div(
            ui.button_link(
                lang("template-specimen"),
                href=specimen,
                server=True,
                look="secondary",
                size="sm",
                icon_name="download",
            ),
            class_name="flex justify-end mt-4",
        ),
    )


def _words(lang: Lang) -> rx.Component:
    return ui.card(
        rx.el.h2(lang("template-words"), class_name="text-lg mb-5"),
        rx.el.form(
            rx.el.div(
                _field(lang, "signatory", max_length=100, auto_complete="off"),
                _field(lang, "signatory_title", max_length=100, auto_complete="off"),
                class_name=FIELD_ROW,
            ),
            _area(lang, "wording", hint=lang("template-wording-hint")),
            _area(lang, "wording_en", lang_code="en"),
            ui.field(
                "accent",
                lang("template-accent"),
                hint=lang("template-accent-hint"),
                error=State.errors.get("accent", ""),
                default_value=State.facts.get("accent", ""),
                type="color",
                on_change=State.look("accent").debounce(400),  # pyright: ignore[reportCallIssue]
            ),
            rx.el.div(
                ui.button(lang("template-save"), type="submit", disabled=~rx.State.is_hydrated),
                class_name="flex justify-end",
            ),
            on_submit=State.save,
            method="post",
            action=lang.path("organization-certificates"),
            no_validate=True,
            # What is kept is shown anew after each change.
            key=f"template-{State.version}",
            class_name="grid gap-5 min-w-0",
        ),
    )


def _field(lang: Lang, name: str, **props: Any) -> rx.Component:
    return ui.field(
        name,
        lang(f"template-{name}".replace("_", "-")),
        error=State.errors.get(name, ""),
        default_value=State.facts.get(name, ""),
        on_blur=State.look(name),  # pyright: ignore[reportCallIssue]
        **props,
    )


def _area(lang: Lang, name: str, lang_code: str = "fr", hint: str = "") -> rx.Component:
    return ui.text_area(
        name,
        lang(f"template-{name}".replace("_", "-")),
        hint=hint,
        error=State.errors.get(name, ""),
        default_value=State.facts.get(name, ""),
        on_blur=State.look(name),  # pyright: ignore[reportCallIssue]
        lang=lang_code,
        rows="4",
        max_length=LONGEST_WORDING,
    )


def _logo(lang: Lang) -> rx.Component:
    """Return the form that `assets/upload.js` sends, and the way back to no logo."""
    texts = {
        "data-upload": State.upload_to,
        "data-limit": str(MAX_LOGO_BYTES),
        "data-too-large": lang("error-logo_refused", fault="too_large"),
        "data-failed": lang("template-send-failed"),
        "data-no-file": lang("template-no-file"),
    }
    return ui.card(
        rx.el.h2(lang("template-logo"), class_name="text-lg mb-2"),
        rx.el.p(
            rx.cond(State.has_logo, lang("template-logo-kept"), lang("template-logo-none")),
            class_name="text-sm text-ink-2 mb-4",
        ),
        rx.el.form(
            ui.field(
                "file",
                lang("template-logo-file"),
                hint=lang("template-logo-hint"),
                type="file",
                accept="image/png,image/jpeg,image/svg+xml",
                input_class="pg-input--file",
            ),
            _mark(rx.el.p(class_name="pg-field__error", role="alert", hidden=True), "error"),
            _mark(
                rx.el.progress(max=100, value=0, hidden=True, class_name="w-full", aria_label=lang("template-logo")),
                "progress",
            ),
            _mark(rx.el.button(hidden=True, type="button", tab_index=-1, on_click=State.sent), "done"),
            rx.el.div(
                rx.cond(
                    State.has_logo,
                    ui.button(
                        lang("template-logo-remove"),
                        look="ghost",
                        type="button",
                        icon_name="trash-2",
                        on_click=State.remove_logo,
                    ),
                ),
                ui.button(lang("template-logo-send"), look="secondary", icon_name="upload", type="submit"),
                class_name="flex flex-wrap justify-end gap-2",
            ),
            method="post",
            action=State.upload_to,
            enc_type="multipart/form-data",
            custom_attrs=texts,
            class_name="grid gap-4",
        ),
    )


def _mark(component: rx.Component, name: str) -> rx.Component:
    component.custom_attrs = {**component.custom_attrs, f"data-upload-{name}": "true"}
    return component
