"""Invoices and payments as the pages list them."""

import re
from dataclasses import dataclass

from pygmalion_app.core.i18n import format_day, format_money
from pygmalion_app.enrollments.schemas import FundingView
from pygmalion_app.invoicing.schemas import InvoiceState, InvoiceView, OwnPayment, StatementEntry
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.i18n import Lang

_TONES: dict[str, Tone] = {
    InvoiceState.PAID: "ok",
    InvoiceState.DUE: "info",
    InvoiceState.OVERDUE: "bad",
    InvoiceState.CREDITED: "idle",
}
_PAYMENT_TONES: dict[str, Tone] = {
    "succeeded": "ok",
    "saved": "info",
    "pending": "warn",
    "processing": "info",
    "failed": "bad",
    "refunding": "info",
}
_AMOUNT = re.compile(r"(-?)(\d{1,9})(?:[.,](\d{1,2}))?")


@dataclass
class InvoiceRow:
    """One document of an organisation."""

    id: str
    number: str
    kind: str
    other: str
    issued: str
    due: str
    total: str
    left: str
    """What is still owed; empty where nothing is."""
    state: str
    tone: Tone
    pdf: str
    order: str
    """Of the order's page; empty where there is none."""
    settles: bool
    """Whether the reader may record a transfer for it."""


@dataclass
class EntryRow:
    """One line of a statement."""

    day: str
    what: str
    number: str
    other: str
    debit: str
    credit: str
    balance: str


@dataclass
class ShareRow:
    """A third party's share that is waited for."""

    id: str
    name: str
    dossier: str
    buyer: str
    amount: str
    state: str
    tone: Tone
    open: bool
    """Whether it is still to be decided."""
    order: str


@dataclass
class PaperRow:
    """A document of a payment."""

    text: str
    pdf: str


@dataclass
class PaymentRow:
    """One of a person's own payments."""

    id: str
    what: str
    day: str
    amount: str
    paid: str
    state: str
    tone: Tone
    order: str
    papers: list[PaperRow]


def invoice_row(lang: Lang, view: InvoiceView, *, issued: bool, settles: bool) -> InvoiceRow:
    """Return a document ready to read; `issued` tells from which side."""
    credit = view.kind == "credit_note"
    return InvoiceRow(
        id=str(view.id),
        number=view.number,
        kind=lang(f"invoice-kind-{view.kind.replace('_', '-')}"),
        other=view.buyer_name if issued else view.issuer_name,
        issued=format_day(lang.code, view.issued_on, pattern="medium"),
        due=format_day(lang.code, view.due_on, pattern="medium") if view.due_on and view.open_cents else "",
        total=money(lang, -view.total_cents if credit else view.total_cents, view.currency),
        left=money(lang, view.open_cents, view.currency) if view.open_cents else "",
        state=lang("invoices-state-credit") if credit else lang(f"invoices-state-{view.state}"),
        tone="idle" if credit else _TONES[view.state],
        pdf=f"/api/v1/invoices/{view.id}/pdf" if view.ready else "",
        order=lang.path("order", order_id=str(view.order_id)) if view.order_id and not issued else "",
        settles=settles and not credit and view.open_cents != 0,
    )


def entry_row(lang: Lang, entry: StatementEntry, currency: str) -> EntryRow:
    """Return a line of a statement ready to read."""
    return EntryRow(
        day=format_day(lang.code, entry.day, pattern="medium"),
        what=lang(f"statement-{entry.kind.replace('_', '-')}"),
        number=entry.number,
        other=entry.other_party,
        debit=money(lang, entry.debit_cents, currency) if entry.debit_cents else "",
        credit=money(lang, entry.credit_cents, currency) if entry.credit_cents else "",
        balance=money(lang, entry.balance_cents, currency),
    )


def share_row(lang: Lang, share: FundingView, buyer: str) -> ShareRow:
    """Return a third party's share ready to read."""
    waits = share.status == "requested"
    return ShareRow(
        id=str(share.id),
        name=share.name,
        dossier=share.dossier,
        buyer=buyer,
        amount=money(lang, share.amount_cents - share.credited_cents, "EUR"),
        state=lang(f"funding-{share.status}"),
        tone="warn" if waits else "info",
        open=waits,
        order=str(share.order_id),
    )


def payment_row(lang: Lang, payment: OwnPayment) -> PaymentRow:
    """Return a person's payment ready to read."""
    return PaymentRow(
        id=str(payment.id),
        what=payment.description,
        day=format_day(lang.code, payment.created_at, pattern="medium"),
        amount=money(lang, payment.amount_cents, payment.currency),
        paid=money(lang, payment.paid_cents, payment.currency),
        state=lang(f"payments-state-{payment.status}"),
        tone=_PAYMENT_TONES.get(payment.status, "idle"),
        order=lang.path("order", order_id=str(payment.reference)),
        papers=[
            PaperRow(
                text=f"{lang(f'invoice-kind-{paper.kind}'.replace('_', '-'))} {paper.number}",
                pdf=f"/api/v1/invoices/{paper.id}/pdf" if paper.ready else "",
            )
            for paper in payment.papers
        ],
    )


def money(lang: Lang, cents: int, currency: str) -> str:
    """Return an amount in the reader's way."""
    return format_money(lang.code, cents, currency)


def cents_of(text: str) -> int | None:
    """Return the cents of an amount as people type it (`1 140,50`); None for anything else."""
    found = _AMOUNT.fullmatch(re.sub(r"[\s\u00a0\u202f€]", "", text))
    if found is None:
        return None
    cents = int(found[2]) * 100 + int((found[3] or "").ljust(2, "0"))
    return -cents if found[1] else cents
