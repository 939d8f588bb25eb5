"""The addresses of the screens, by name and language: pages, mails and the sitemap all read them."""

import re
from typing import Final

ADDRESSES: Final[dict[str, dict[str, str]]] = {
    "home": {"fr": "/fr", "en": "/en"},
    "catalog": {"fr": "/fr/formations", "en": "/en/courses"},
    "course": {"fr": "/fr/formations/[slug]", "en": "/en/courses/[slug]"},
    "organization": {"fr": "/fr/organismes/[slug]", "en": "/en/organisations/[slug]"},
    "verify": {"fr": "/fr/verify", "en": "/en/verify"},
    "verify-certificate": {"fr": "/fr/verify/[token]", "en": "/en/verify/[token]"},
    "sign-in": {"fr": "/fr/sign-in", "en": "/en/sign-in"},
    "sign-up": {"fr": "/fr/sign-up", "en": "/en/sign-up"},
    "reset-password": {"fr": "/fr/reset-password", "en": "/en/reset-password"},
    "undo-email-change": {"fr": "/fr/undo-email-change", "en": "/en/undo-email-change"},
    "enrol": {"fr": "/fr/enrol/[session_id]", "en": "/en/enrol/[session_id]"},
    "order": {"fr": "/fr/orders/[order_id]", "en": "/en/orders/[order_id]"},
    "orders": {"fr": "/fr/orders", "en": "/en/orders"},
    "withdrawal": {"fr": "/fr/withdrawal/[order_id]", "en": "/en/withdrawal/[order_id]"},
    "training": {"fr": "/fr/training", "en": "/en/training"},
    "certificates": {"fr": "/fr/certificates", "en": "/en/certificates"},
    "certificates-passport": {"fr": "/fr/certificates/passport", "en": "/en/certificates/passport"},
    "certificates-external": {"fr": "/fr/certificates/external", "en": "/en/certificates/external"},
    "teach-certificates": {"fr": "/fr/teach/certificates", "en": "/en/teach/certificates"},
    "teach-issuing": {"fr": "/fr/teach/issuing", "en": "/en/teach/issuing"},
    "team-certificates": {"fr": "/fr/team/certificates", "en": "/en/team/certificates"},
    "teach": {"fr": "/fr/teach", "en": "/en/teach"},
    "teach-session": {"fr": "/fr/teach/[session_id]", "en": "/en/teach/[session_id]"},
    "teach-attendance": {"fr": "/fr/teach/[session_id]/attendance", "en": "/en/teach/[session_id]/attendance"},
    "attend": {"fr": "/fr/attend/[token]", "en": "/en/attend/[token]"},
    "teach-calendar": {"fr": "/fr/teach/calendar", "en": "/en/teach/calendar"},
    "teach-quality": {"fr": "/fr/teach/quality", "en": "/en/teach/quality"},
    "survey": {"fr": "/fr/survey/[token]", "en": "/en/survey/[token]"},
    "teach-courses": {"fr": "/fr/teach/courses", "en": "/en/teach/courses"},
    "dashboard": {"fr": "/fr/dashboard", "en": "/en/dashboard"},
    "team": {"fr": "/fr/team", "en": "/en/team"},
    "team-matrix": {"fr": "/fr/team/matrix", "en": "/en/team/matrix"},
    "team-rules": {"fr": "/fr/team/rules", "en": "/en/team/rules"},
    "team-plan": {"fr": "/fr/team/plan", "en": "/en/team/plan"},
    "team-budget": {"fr": "/fr/team/budget", "en": "/en/team/budget"},
    "team-assign": {"fr": "/fr/team/assign", "en": "/en/team/assign"},
    "organization-sso": {"fr": "/fr/organisation/sso", "en": "/en/organisation/sso"},
    "sign-in-organization": {"fr": "/fr/sign-in/organisation", "en": "/en/sign-in/organisation"},
    "profile": {"fr": "/fr/profile", "en": "/en/profile"},
    "identity": {"fr": "/fr/identity", "en": "/en/identity"},
    "organization-kyb": {"fr": "/fr/organisation/verification", "en": "/en/organisation/verification"},
    "admin-kyc": {"fr": "/fr/admin/kyc", "en": "/en/admin/kyc"},
    "privacy": {"fr": "/fr/privacy", "en": "/en/privacy"},
    "admin-risk": {"fr": "/fr/admin/risk", "en": "/en/admin/risk"},
    "admin-disputes": {"fr": "/fr/admin/disputes", "en": "/en/admin/disputes"},
    "admin-audit": {"fr": "/fr/admin/audit", "en": "/en/admin/audit"},
    "admin-finance": {"fr": "/fr/admin/finance", "en": "/en/admin/finance"},
    "admin-anchoring": {"fr": "/fr/admin/anchoring", "en": "/en/admin/anchoring"},
    "admin-events": {"fr": "/fr/admin/events", "en": "/en/admin/events"},
    "mailbox": {"fr": "/fr/mailbox", "en": "/en/mailbox"},
    "security": {"fr": "/fr/security", "en": "/en/security"},
    "organization-discounts": {"fr": "/fr/organisation/discounts", "en": "/en/organisation/discounts"},
    "organization-certificates": {"fr": "/fr/organisation/certificates", "en": "/en/organisation/certificates"},
    "organization-settings": {"fr": "/fr/organisation", "en": "/en/organisation"},
    "organization-new": {"fr": "/fr/organisation/new", "en": "/en/organisation/new"},
    "organization-import": {"fr": "/fr/organisation/members/import", "en": "/en/organisation/members/import"},
    "organization-members": {"fr": "/fr/organisation/members", "en": "/en/organisation/members"},
    "invitation": {"fr": "/fr/invitations/[token]", "en": "/en/invitations/[token]"},
    "organization-payments": {"fr": "/fr/organisation/payments", "en": "/en/organisation/payments"},
    "organization-invoices": {"fr": "/fr/organisation/invoices", "en": "/en/organisation/invoices"},
    "payments": {"fr": "/fr/payments", "en": "/en/payments"},
    "notifications": {"fr": "/fr/notifications", "en": "/en/notifications"},
    "messages": {"fr": "/fr/messages", "en": "/en/messages"},
    "messages-thread": {"fr": "/fr/messages/[thread_id]", "en": "/en/messages/[thread_id]"},
    "team-sharing": {"fr": "/fr/team/sharing", "en": "/en/team/sharing"},
    "reports": {"fr": "/fr/reports", "en": "/en/reports"},
    "admin-figures": {"fr": "/fr/admin/figures", "en": "/en/admin/figures"},
    "admin-moderation": {"fr": "/fr/admin/moderation", "en": "/en/admin/moderation"},
    "admin-jobs": {"fr": "/fr/admin/jobs", "en": "/en/admin/jobs"},
    "admin-organizations": {"fr": "/fr/admin/organizations", "en": "/en/admin/organizations"},
}
INDEXED: Final = ("home", "catalog", "course", "organization", "verify")
"""What search engines may list; everything else is private or personal."""


def pattern(name: str, locale: str) -> str:
    """Return an address with its `[parameter]` places left open; KeyError for an unknown name."""
    return ADDRESSES[name][locale]


def address(name: str, locale: str, **parameters: object) -> str:
    """Return the address of a screen: `address("course", "fr", slug="dgr-7-3")`."""
    path = pattern(name, locale)
    for key, value in parameters.items():
        path = path.replace(f"[{key}]", str(value))
    return path


_OWN_PATH = re.compile(r"/(?:fr|en)(?:/[A-Za-z0-9._~%-]+)*/?(?:\?[A-Za-z0-9._~%=&+-]*)?")


def own_path(path: str) -> str:
    """Return an address of our own pages as it is, and empty for anything else: nobody is sent elsewhere from here."""
    return path if _OWN_PATH.fullmatch(path) else ""
