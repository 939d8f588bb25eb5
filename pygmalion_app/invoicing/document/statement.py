"""An organisation's account for a month as a document, in the reader's language."""

from decimal import Decimal
from typing import Any

from babel.numbers import format_currency

from pygmalion_app.core.i18n import REGIONS, format_day, supported, translate
from pygmalion_app.core.typesetting import wordmark
from pygmalion_app.invoicing.document.typesetting import compiled
from pygmalion_app.invoicing.schemas import Statement, StatementEntry


def render_statement(found: Statement, locale: str) -> bytes:
    """Return the PDF. Blocking and CPU-bound (some tens of milliseconds): call it in a thread."""
    return compiled("statement.typ", _data(found, supported(locale)))


def _data(found: Statement, locale: str) -> dict[str, Any]:
    def say(key: str) -> str:
        return translate(locale, f"statement-{key}")

    def money(cents: int) -> str:
        return format_currency(Decimal(cents).scaleb(-2), found.currency, locale=REGIONS[locale])

    month = format_day(locale, found.month, pattern="MMMM y")
    return {
        "lang": locale,
        "title": f"{say('heading')} · {found.organization_name} · {month}",
        "author": "Pygmalion",
        "date": [found.month.year, found.month.month, found.month.day],
        "wordmark": wordmark(),
        "heading": say("heading"),
        "month": month,
        "footer": f"{found.organization_name} · {month}",
        "organization": found.organization_name,
        "headers": [say(name) for name in ("day", "what", "debit", "credit", "balance")],
        "opening": {"label": say("opening"), "amount": money(found.opening_cents)},
        "closing": {"label": say("closing"), "amount": money(found.closing_cents)},
        "rows": [_row(locale, entry, found.currency) for entry in found.entries],
        "empty": say("empty"),
    }


def _row(locale: str, entry: StatementEntry, currency: str) -> dict[str, str]:
    def money(cents: int) -> str:
        return format_currency(Decimal(cents).scaleb(-2), currency, locale=REGIONS[locale])

    what = translate(locale, f"statement-{entry.kind.replace('_', '-')}")
    return {
        "day": format_day(locale, entry.day, pattern="short"),
        "what": f"{what} {entry.number}".strip(),
        "other": entry.other_party,
        "debit": money(entry.debit_cents) if entry.debit_cents else "",
        "credit": money(entry.credit_cents) if entry.credit_cents else "",
        "balance": money(entry.balance_cents),
    }
