"""My certificates."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.certificates.components import certificate_card, share_dialog
from pygmalion_app.ui.certificates.formats import formats_dialog
from pygmalion_app.ui.certificates.state import FILTERS, CertificatesState
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.layouts.sections import CERTIFICATES, section_tabs
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.waiting import waiting


@page("certificates", title="nav-certificates", on_load=CertificatesState.load)
def certificates_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return work_layout(
        lang,
        "certificates",
        ui.page_head(lang("nav-certificates"), lang("certificates-lead")),
        section_tabs(lang, CERTIFICATES, "certificates"),
        rx.cond(
            CertificatesState.loaded,
            rx.cond(
                CertificatesState.any,
                rx.el.div(
                    ui.select(
                        "state",
                        lang("my-certificate-filter"),
                        [(value, lang(f"my-certificate-filter-{value}")) for value in FILTERS],
                        value=CertificatesState.state_filter,
                        on_change=CertificatesState.choose,
                        class_name="w-full sm:w-[260px]",
                    ),
                    rx.cond(
                        CertificatesState.rows.length() > 0,
                        rx.el.ul(
                            rx.foreach(CertificatesState.rows, lambda row: certificate_card(lang, row)),
                            class_name="grid gap-6 lg:grid-cols-2",
                        ),
                        ui.card(ui.empty_state(lang("my-certificate-none-so"), lang("my-certificate-none-so-text"))),
                    ),
                    class_name="grid gap-6 mt-6",
                ),
                ui.card(
                    ui.empty_state(
                        lang("certificates-empty"),
                        lang("certificates-empty-text"),
                        ui.button_link(lang("nav-training"), href=lang.path("training"), look="secondary"),
                    )
                ),
            ),
            waiting(lang, ui.skeleton_rows(2)),
        ),
        rx.cond(CertificatesState.waiting, ui.polling(CertificatesState.load, 3)),
        share_dialog(lang),
        formats_dialog(lang),
    )
