"""Mails about invoices: it is there, it is due, it is late."""

from pygmalion_app.accounts.models import User
from pygmalion_app.core.addresses import address
from pygmalion_app.core.i18n import format_day, format_money
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.invoicing.models import Invoice, InvoiceKind, PayerKind
from pygmalion_app.notifications.service import queue_email
from pygmalion_app.organizations.queries import school_admins


async def issued(uow: UnitOfWork, invoice: Invoice) -> None:
    """Tell who ordered that the document is there; of a commission, those who run the organisation."""
    if invoice.payer == PayerKind.THIRD_PARTY:
        return
    if invoice.kind == InvoiceKind.COMMISSION:
        await _commission(uow, invoice)
        return
    paid = invoice.prepaid_cents == invoice.total_cents
    template = "credit-note" if invoice.kind == InvoiceKind.CREDIT_NOTE else "invoice-paid" if paid else "invoice-due"
    await _mail(uow, invoice, template, invoice.total_cents - (0 if paid else invoice.prepaid_cents))


async def _commission(uow: UnitOfWork, invoice: Invoice) -> None:
    """Say what the commission of a month was, and what of it is still to be paid: most was kept back from payments."""
    left = invoice.total_cents - invoice.prepaid_cents
    for person in await school_admins(uow, invoice.buyer_organization_id):
        await queue_email(
            uow,
            person.email,
            "commission-due" if left else "commission-paid",
            person.locale,
            path=address("organization-invoices", person.locale),
            first_name=person.first_name,
            number=invoice.number,
            amount=format_money(person.locale, invoice.total_cents, invoice.currency),
            left=format_money(person.locale, left, invoice.currency),
            due=format_day(person.locale, invoice.due_on) if invoice.due_on else "",
        )


async def reminder(uow: UnitOfWork, invoice: Invoice, open_cents: int, days_late: int) -> None:
    """Remind who ordered of what is still owed."""
    await _mail(uow, invoice, "invoice-late" if days_late else "invoice-today", open_cents, days=days_late)


async def _mail(uow: UnitOfWork, invoice: Invoice, template: str, cents: int, days: int = 0) -> None:
    person = await uow.session.get(User, invoice.buyer_user_id) if invoice.buyer_user_id else None
    if person is None:
        return
    page = "payments" if invoice.payer == PayerKind.USER else "organization-invoices"
    await queue_email(
        uow,
        person.email,
        template,
        person.locale,
        path=address(page, person.locale),
        first_name=person.first_name,
        number=invoice.number,
        seller=str(invoice.seller["name"]),
        amount=format_money(person.locale, cents, invoice.currency),
        due=format_day(person.locale, invoice.due_on) if invoice.due_on else "",
        days=days,
    )
