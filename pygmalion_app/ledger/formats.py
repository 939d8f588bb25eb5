"""The books as files: the French tax administration's FEC (18 columns), and CSV for spreadsheets.

FEC: article A47 A-1 of the Livre des procédures fiscales. Tab-separated, decimal comma, dates AAAAMMJJ.
"""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from pygmalion_app.core.i18n import translate
from pygmalion_app.ledger.finance import BOOKS_ZONE
from pygmalion_app.ledger.models import Account, Kind

FEC_COLUMNS: Final = (
    *("JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum", "CompAuxLib"),
    *("PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet", "ValidDate"),
    *("Montantdevise", "Idevise"),
)
ACCOUNT_NUMBERS: Final = {
    # The plan comptable général's, as an agent who sells in others' names keeps them.
    Account.BUYER: "411000",
    Account.SELLER: "467100",
    Account.COMMISSION: "706000",
    Account.COMMISSION_VAT: "445710",
    Account.GATEWAY: "517000",
    Account.GATEWAY_FEE: "627000",
    Account.DISPUTE: "467200",
    Account.THIRD_PARTY: "411100",
    Account.BANK: "512000",
}
_JOURNALS: Final = {Kind.SALE: "VE", Kind.CREDIT: "VE", Kind.THIRD_PARTY: "OD", Kind.OUTSIDE: "OD"}
_BANK: Final = "BQ"
_WITH_PARTY: Final = {Account.BUYER, Account.SELLER, Account.THIRD_PARTY}
_CSV_COLUMNS: Final = (
    *("date", "number", "kind", "account", "organization", "debit", "credit", "currency"),
    *("order", "payment", "source", "key"),
)
_FORMULA: Final = re.compile(r"^\s*[=+\-@\t\r]")


@dataclass(frozen=True, slots=True)
class BookLine:
    """A line of the books with its entry, ready to be written. `number` counts entries without gaps in a year."""

    number: int
    kind: Kind
    key: str
    order_id: UUID | None
    payment_id: UUID | None
    source: str | None
    currency: str
    occurred_at: datetime
    account: Account
    amount_cents: int
    organization_id: UUID | None
    organization: str | None

    @property
    def day(self) -> date:
        """The day of the books."""
        return self.occurred_at.astimezone(BOOKS_ZONE).date()


def fec_name(siren: str, closing: date) -> str:
    """Return the file's lawful name: SIREN, `FEC`, the day on which the period closes."""
    return f"{siren}FEC{closing:%Y%m%d}.txt"


def fec_header() -> str:
    """Return the first line."""
    return "\t".join(FEC_COLUMNS) + "\r\n"


def fec_lines(lines: Iterable[BookLine]) -> str:
    """Return lines of the FEC. Their words are French, whoever asks."""
    return "".join("\t".join(map(_one_line, _fec(line))) + "\r\n" for line in lines)


def _fec(line: BookLine) -> tuple[str, ...]:
    day = f"{line.day:%Y%m%d}"
    journal = _JOURNALS.get(line.kind, _BANK)
    party = line.account in _WITH_PARTY
    # A person's account is the order's: the books name no private buyer.
    number = str(line.organization_id or line.order_id or "") if party else ""
    name = (line.organization or translate("fr", "ledger-private-buyer")) if party else ""
    amount = abs(line.amount_cents)
    return (
        journal,
        translate("fr", f"ledger-journal-{journal.lower()}"),
        str(line.number),
        day,
        ACCOUNT_NUMBERS[line.account],
        translate("fr", f"ledger-account-{line.account.lower().replace('_', '-')}"),
        number,
        name,
        line.source or str(line.order_id or line.key),
        day,
        " ".join((translate("fr", f"ledger-kind-{line.kind.replace('_', '-')}"), str(line.order_id or ""))).strip(),
        decimal(amount if line.amount_cents > 0 else 0, ","),
        decimal(amount if line.amount_cents < 0 else 0, ","),
        "",
        "",
        day,
        "" if line.currency == "EUR" else decimal(line.amount_cents, ","),
        "" if line.currency == "EUR" else line.currency,
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def decimal(cents: int, point: str) -> str:
    """Return an amount with two decimals: `1234,05`."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}{point}{abs(cents) % 100:02d}"


def csv_header(locale: str) -> str:
    """Return the first line, after the mark by which spreadsheets know UTF-8."""
    return "\ufeff" + _row(locale, [translate(locale, f"ledger-column-{name}") for name in _CSV_COLUMNS])


def csv_lines(locale: str, lines: Iterable[BookLine]) -> str:
    """Return lines for a spreadsheet of the reader's language: separators, decimals and words."""
    return "".join(_row(locale, _cells(locale, line)) for line in lines)


def _cells(locale: str, line: BookLine) -> list[str]:
    point = "," if locale == "fr" else "."
    amount = abs(line.amount_cents)
    local = line.occurred_at.astimezone(BOOKS_ZONE)
    return [
        f"{local:%Y-%m-%d %H:%M:%S}",
        str(line.number),
        translate(locale, f"ledger-kind-{line.kind.replace('_', '-')}"),
        translate(locale, f"ledger-account-{line.account.lower().replace('_', '-')}"),
        neutral(line.organization or ""),
        decimal(amount, point) if line.amount_cents > 0 else "",
        decimal(amount, point) if line.amount_cents < 0 else "",
        line.currency,
        str(line.order_id or ""),
        str(line.payment_id or ""),
        neutral(line.source or ""),
        neutral(line.key),
    ]


def neutral(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def _row(locale: str, cells: list[str]) -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=";" if locale == "fr" else ",").writerow(cells)
    return written.getvalue()
