"""Every page module, so that its pages and states register. One line a module."""

from importlib import import_module

MODULES = (
    "catalog.home_page",
    "catalog.catalog_page",
    "catalog.course_page",
    "catalog.organization_page",
    "accounts.sign_in_page",
    "accounts.sign_up_page",
    "sso.door_page",
    "sso.settings_page",
    "accounts.reset_password_page",
    "accounts.profile_page",
    "accounts.security_page",
    "accounts.mailbox_page",
    "enrollments.enrol_page",
    "enrollments.order_page",
    "enrollments.withdrawal_page",
    "enrollments.orders_page",
    "enrollments.discounts_page",
    "enrollments.training_page",
    "certificates.certificates_page",
    "certificates.passport_page",
    "certificates.external_page",
    "certificates.review_page",
    "certificates.issued_page",
    "certificates.issuing_page",
    "certificates.template_page",
    "sessions.teach_page",
    "sessions.session_page",
    "sessions.courses_page",
    "teaching.attendance_page",
    "teaching.attend_page",
    "dashboard.dashboard_page",
    "organizations.team_page",
    "kyc.identity_page",
    "kyc.organization_page",
    "kyc.review_page",
    "organizations.settings_page",
    "organizations.new_page",
    "organizations.members_page",
    "organizations.import_page",
    "organizations.invitation_page",
    "organizations.admin_page",
    "disputes.disputes_page",
    "risk.risk_page",
    "invoicing.invoices_page",
    "invoicing.payments_page",
    "payouts.payouts_page",
    "privacy.privacy_page",
    "notifications.notifications_page",
    "administration.audit_page",
    "administration.finance_page",
    "administration.events_page",
    "anchoring.anchoring_page",
)


def load() -> None:
    """Import every page module."""
    for module in MODULES:
        import_module(f"pygmalion_app.ui.{module}")
