"""Who is told of a dispute: those who run the training organisation, and the platform's administrators."""

from pygmalion_app.core.addresses import address
from pygmalion_app.core.i18n import format_moment, format_money, translate
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.notifications.service import queue_email
from pygmalion_app.organizations.queries import school_admins
from pygmalion_app.payments.dispute_models import Dispute, DisputeStatus
from pygmalion_app.payments.models import Payment
from pygmalion_app.payments.notices import administrators

REASONS = frozenset(
    {
        "bank_cannot_process",
        "check_returned",
        "credit_not_processed",
        "customer_initiated",
        "debit_not_authorized",
        "duplicate",
        "fraudulent",
        "general",
        "incorrect_account_details",
        "insufficient_funds",
        "noncompliant",
        "product_not_received",
        "product_unacceptable",
        "subscription_canceled",
        "unrecognized",
    }
)
"""The gateway's words for why a payment is disputed; there is a text for each."""


def reason_text(locale: str, reason: str) -> str:
    """Return a dispute's reason in words; a new word of the gateway's counts as general."""
    known = reason if reason in REASONS else "general"
    return translate(locale, f"dispute-reason-{known.replace('_', '-')}")


async def opened(uow: UnitOfWork, dispute: Dispute) -> None:
    """A payment is disputed: by when it must be answered, and what is needed for it."""
    await _tell(uow, dispute, "dispute-opened")


async def closed(uow: UnitOfWork, dispute: Dispute) -> None:
    """A dispute is decided."""
    await _tell(uow, dispute, "dispute-won" if dispute.status == DisputeStatus.WON else "dispute-lost")


async def _tell(uow: UnitOfWork, dispute: Dispute, template: str) -> None:
    payment = await uow.session.get_one(Payment, dispute.payment_id)
    sellers = await school_admins(uow, payment.payee_organization_id)
    admins = [person for person in await administrators(uow) if person not in sellers]
    for person in (*admins, *sellers):
        locale = person.locale
        page = "organization-payments" if person in sellers else "admin-disputes"
        await queue_email(
            uow,
            person.email,
            template,
            locale,
            path=address(page, locale),
            first_name=person.first_name,
            amount=format_money(locale, dispute.amount_cents, dispute.currency),
            description=payment.description,
            order=str(payment.reference),
            reason=reason_text(locale, dispute.reason),
            deadline=format_moment(locale, dispute.due_by) if dispute.due_by else "",
            urgent="no" if dispute.due_by else "yes",
        )
