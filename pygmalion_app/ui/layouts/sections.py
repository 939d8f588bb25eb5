"""The pages of one area side by side: my account, my organisation, the platform's administration."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.i18n import Lang

ACCOUNT = ("profile", "security", "identity", "orders", "payments", "privacy")
CERTIFICATES = ("certificates", "certificates-passport", "certificates-external")
ISSUER = ("teach-certificates", "teach-issuing")
TEAM = (
    "team",
    "team-matrix",
    "team-rules",
    "team-plan",
    "team-assign",
    "team-budget",
    "team-certificates",
    "team-sharing",
)
ORGANIZATION = (
    "organization-settings",
    "organization-members",
    "organization-sso",
    "organization-kyb",
    "organization-discounts",
    "organization-certificates",
    "organization-payments",
    "organization-invoices",
)
ADMINISTRATION = (
    "admin-figures",
    "admin-kyc",
    # Shared with managers: an administrator checks what no manager may.
    "team-certificates",
    "admin-organizations",
    "admin-moderation",
    "admin-risk",
    "admin-audit",
    "admin-finance",
    "admin-disputes",
    "admin-events",
    "admin-jobs",
    "admin-anchoring",
)


def section_tabs(lang: Lang, pages: tuple[str, ...], current: str) -> rx.Component:
    """Return links to an area's pages, named by `tab-<page>`."""
    return ui.link_tabs([(lang.path(name), lang(f"tab-{name}")) for name in pages], lang.path(current))
