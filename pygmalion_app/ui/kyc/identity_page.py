"""One's own identity check."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.kyc.components import verification
from pygmalion_app.ui.kyc.state import VerificationState
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.layouts.sections import ACCOUNT, section_tabs
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.waiting import waiting


@page("identity", title="kyc-identity-title", on_load=VerificationState.load_identity)
def identity_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return work_layout(
        lang,
        "identity",
        ui.page_head(lang("kyc-identity-title"), lang("kyc-identity-lead")),
        section_tabs(lang, ACCOUNT, "identity"),
        rx.el.div(
            rx.cond(VerificationState.loaded, verification(lang, "kyc-safety-2"), waiting(lang, ui.skeleton_rows(3))),
            class_name="mt-6",
        ),
    )
