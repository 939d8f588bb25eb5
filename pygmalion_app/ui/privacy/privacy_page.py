"""My data: take them along, choose, have them erased."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.accounts.reauthentication import reauthenticate_dialog
from pygmalion_app.ui.components.basics import Look
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.layouts.sections import ACCOUNT, section_tabs
from pygmalion_app.ui.privacy.state import (
    ERASE_DIALOG,
    ConsentRow,
    ConsentState,
    ErasureState,
    ExportState,
    KeptRow,
)
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.waiting import waiting


@page("privacy", title="privacy-title", on_load=(ExportState.load, ConsentState.load, ErasureState.load))
def privacy_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return work_layout(
        lang,
        "privacy",
        ui.page_head(lang("privacy-title"), lang("privacy-lead")),
        section_tabs(lang, ACCOUNT, "privacy"),
        rx.cond(ErasureState.loaded & ExportState.loaded, _content(lang), waiting(lang, ui.skeleton_rows(3))),
        _erase_dialog(lang),
        reauthenticate_dialog(lang),
    )


def _content(lang: Lang) -> rx.Component:
    return rx.el.div(
        rx.el.div(_export(lang), _consents(lang), class_name="grid gap-6 content-start min-w-0"),
        rx.el.div(_held(lang), _erase(lang), class_name="grid gap-6 content-start min-w-0"),
        class_name="grid gap-6 mt-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]",
    )


def _export(lang: Lang) -> rx.Component:
    return ui.card(
        rx.el.h2(lang("privacy-export-heading"), class_name="text-lg"),
        rx.el.p(lang("privacy-export-text"), class_name="text-ink-2 mt-1 mb-5"),
        rx.el.div(
            rx.match(
                ExportState.status,
                ("waiting", _being_made(lang)),
                ("ready", _ready(lang)),
                (
                    "failed",
                    rx.el.div(
                        ui.notice(lang("privacy-export-failed"), tone="bad", class_name="mb-4"),
                        _start(lang, "privacy-export-start"),
                    ),
                ),
                _start(lang, "privacy-export-start"),
            ),
            aria_live="polite",
        ),
    )


def _start(lang: Lang, text: str, look: Look = "primary") -> rx.Component:
    return ui.button(lang(text), look=look, icon_name="package", on_click=ExportState.start)


def _being_made(lang: Lang) -> rx.Component:
    return rx.el.div(
        rx.el.p(
            ui.icon("loader-circle", "pg-icon-sm pg-spin"),
            ExportState.progress,
            class_name="flex gap-2 items-center font-semibold",
        ),
        rx.el.progress(
            value=ExportState.done.to_string(),
            max=ExportState.parts.to_string(),
            aria_label=lang("privacy-export-heading"),
            class_name="w-full mt-3",
        ),
        rx.el.p(lang("privacy-export-progress-hint"), class_name="text-sm text-ink-2 mt-3"),
        ui.polling(ExportState.load, 2),
    )


def _ready(lang: Lang) -> rx.Component:
    return rx.el.div(
        ui.notice(rx.el.p(ExportState.facts), tone="ok", title=lang("privacy-export-ready"), class_name="mb-4"),
        rx.el.div(
            ui.button_link(lang("privacy-export-download"), href=ExportState.path, server=True, icon_name="download"),
            _start(lang, "privacy-export-again", "ghost"),
            class_name="flex flex-wrap gap-3",
        ),
    )


def _consents(lang: Lang) -> rx.Component:
    return ui.card(
        rx.el.h2(lang("privacy-consents-heading"), class_name="text-lg"),
        rx.el.p(lang("privacy-consents-text"), class_name="text-ink-2 mt-1 mb-5"),
        rx.el.ul(rx.foreach(ConsentState.rows, lambda row: _consent(lang, row)), class_name="grid gap-5"),
    )


def _consent(lang: Lang, row: ConsentRow) -> rx.Component:
    return rx.el.li(
        ui.checkbox(
            rx.el.span(row.title, class_name="font-semibold block"),
            rx.el.span(row.text, class_name="text-ink-2 block"),
            name=row.purpose,
            checked=row.given,
            on_change=lambda given: ConsentState.decide(row.purpose, given),  # pyright: ignore[reportCallIssue]
        ),
        rx.el.p(row.since, class_name="text-sm text-ink-3 mt-1 ml-8"),
        rx.cond(
            row.history.length() > 0,  # pyright: ignore[reportAttributeAccessIssue]
            rx.el.details(
                rx.el.summary(lang("privacy-consent-history"), class_name="pg-quiet-link text-sm"),
                rx.el.ul(rx.foreach(row.history, rx.el.li), class_name="grid gap-1 text-sm text-ink-2 mt-2"),
                class_name="mt-1 ml-8",
            ),
        ),
    )


def _held(lang: Lang) -> rx.Component:
    return ui.card(
        rx.el.h2(lang("privacy-held-heading"), class_name="text-lg"),
        rx.el.p(lang("privacy-held-text"), class_name="text-ink-2 mt-1 mb-4"),
        rx.el.ul(
            rx.foreach(ErasureState.areas, lambda area: rx.el.li(area, class_name="py-2 border-b border-line")),
        ),
    )


def _erase(lang: Lang) -> rx.Component:
    return ui.card(
        rx.el.h2(lang("privacy-erase-heading"), class_name="text-lg"),
        rx.cond(
            ErasureState.waiting,
            rx.el.div(
                ui.notice(rx.el.p(ErasureState.text), tone="warn", title=ErasureState.title, class_name="mt-4"),
                rx.cond(
                    ErasureState.blocked,
                    rx.el.div(rx.el.p(lang("privacy-erase-waiting-blocked"), class_name="mt-4"), _blockers(lang)),
                ),
                ui.button(
                    lang("privacy-erase-withdraw"),
                    look="secondary",
                    icon_name="undo-2",
                    on_click=ErasureState.withdraw,
                    class_name="mt-4",
                ),
            ),
            rx.el.div(
                rx.el.p(lang("privacy-erase-text"), class_name="text-ink-2 mt-1 mb-5"),
                ui.button(
                    lang("privacy-erase-look"),
                    look="secondary",
                    icon_name="trash-2",
                    on_click=ErasureState.look,
                    **ui.opens(ERASE_DIALOG),
                ),
            ),
        ),
    )


def _blockers(lang: Lang) -> rx.Component:
    return ui.notice(
        rx.el.ul(rx.foreach(ErasureState.blockers, rx.el.li), class_name="grid gap-2 mt-1"),
        tone="warn",
        title=lang("privacy-erase-blocked"),
        class_name="mt-4",
    )


def _erase_dialog(lang: Lang) -> rx.Component:
    def kept(row: KeptRow) -> rx.Component:
        return rx.el.li(
            rx.el.p(rx.el.b(row.what), ", ", row.until),
            rx.el.p(row.why, class_name="text-sm text-ink-2"),
        )

    return ui.dialog(
        lang,
        ERASE_DIALOG,
        lang("privacy-erase-dialog"),
        rx.el.p(lang("privacy-erase-text")),
        rx.cond(ErasureState.blockers.length() > 0, _blockers(lang)),
        rx.el.h3(lang("privacy-erase-erased"), class_name="font-semibold mt-5"),
        rx.el.p(lang("privacy-erase-erased-text"), class_name="text-ink-2 mt-1"),
        rx.el.h3(lang("privacy-erase-kept"), class_name="font-semibold mt-5"),
        rx.el.p(lang("privacy-erase-kept-text"), class_name="text-ink-2 mt-1 mb-3"),
        rx.cond(
            ErasureState.kept.length() > 0,
            rx.el.ul(rx.foreach(ErasureState.kept, kept), class_name="grid gap-3"),
            rx.el.p(lang("privacy-erase-kept-nothing"), class_name="text-ink-2"),
        ),
        foot=[
            ui.button(lang("cancel"), look="ghost", **ui.closes(ERASE_DIALOG)),
            ui.button(
                lang("privacy-erase-confirm"),
                look="danger",
                on_click=ErasureState.confirm,
                disabled=ErasureState.blockers.length() > 0,
            ),
        ],
    )
