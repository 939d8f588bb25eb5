"""The verification of one's organisation."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.kyc.components import verification
from pygmalion_app.ui.kyc.state import VerificationState
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.layouts.sections import ORGANIZATION, section_tabs
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.waiting import waiting


@page("organization-kyb", title="kyc-organization-title", on_load=VerificationState.load_organization)
def organization_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return work_layout(
        lang,
        "organization-kyb",
        ui.page_head(lang("kyc-organization-title"), lang("kyc-organization-lead")),
        section_tabs(lang, ORGANIZATION, "organization-kyb"),
        rx.el.div(
            rx.cond(
                VerificationState.loaded,
                rx.cond(
                    VerificationState.organization != "",
                    rx.el.div(
                        rx.el.h2(VerificationState.name, class_name="text-xl mb-4"),
                        verification(lang, "kyc-safety-organization-2"),
                    ),
                    ui.card(ui.empty_state(lang("kyc-no-organization"), lang("kyc-no-organization-text"))),
                ),
                waiting(lang, ui.skeleton_rows(3)),
            ),
            class_name="mt-6",
        ),
    )
