"""An organisation's sales as a table for spreadsheets."""

import csv
import io
from collections.abc import AsyncIterator
from uuid import UUID

from pygmalion_app.core.i18n import translate
from pygmalion_app.core.paging import MAX_LIMIT, PageRequest
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.payments.payout_queries import sales_of
from pygmalion_app.payments.payout_schemas import SaleView

_MOST_PAGES = 500
_COLUMNS = (
    "order",
    "date",
    "description",
    "seats",
    "state",
    "amount",
    "commission",
    "refunded",
    "paid-out",
    "currency",
    "payable",
)


async def sales_csv(uow: UnitOfWork, organization_id: UUID, locale: str) -> AsyncIterator[str]:
    """Yield the lines of everything an organisation has sold, newest first, page by page."""
    yield "\ufeff" + _line([translate(locale, f"payouts-column-{name}") for name in _COLUMNS])
    for number in range(1, _MOST_PAGES + 1):
        page = await sales_of(uow, organization_id, PageRequest(number, MAX_LIMIT))
        if page.items:
            yield "".join(_line(_cells(sale, locale)) for sale in page.items)
        if number * MAX_LIMIT >= page.total:
            return


def _cells(sale: SaleView, locale: str) -> list[str]:
    return [
        str(sale.order_id),
        sale.created_at.isoformat(timespec="seconds"),
        sale.description,
        str(sale.quantity),
        translate(locale, f"payouts-sale-{sale.status}"),
        *(
            f"{cents / 100:.2f}"
            for cents in (sale.amount_cents, sale.commission_cents, sale.refunded_cents, sale.paid_out_cents)
        ),
        sale.currency,
        sale.payable_at.isoformat(timespec="minutes") if sale.payable_at else "",
    ]


def _line(cells: list[str]) -> str:
    """Write one line; a text that a spreadsheet would take for a formula gets an apostrophe before it."""
    written = io.StringIO()
    safe = [f"'{cell}" if cell[:1] in {"=", "+", "@", "\t", "\r"} else cell for cell in cells]
    csv.writer(written, delimiter=";", lineterminator="\r\n").writerow(safe)
    return written.getvalue()
