"""The orders that a person, or a company of theirs, has placed: in pages, filtered, and as a table to take away."""

import csv
import io
from collections.abc import AsyncIterator
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlmodel import col

from pygmalion_app.catalog.models import Course
from pygmalion_app.core.i18n import translate
from pygmalion_app.core.paging import MAX_LIMIT, Page, PageRequest
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.schemas import View
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments.models import Order, OrderStatus
from pygmalion_app.organizations.models import Organization
from pygmalion_app.payments.models import Payment
from pygmalion_app.sessions.models import TrainingSession

EXPORT_LIMIT = 10_000
_COLUMNS = (
    "order", "placed", "status", "course", "organization", "session", "place", "seats", "list", "discount", "net",
    "vat", "total", "refunded", "currency", "method",
)  # fmt: skip


class OrderFilter(StrEnum):
    """Which orders: `open` wait for payment, `confirmed` are bought, `over` have expired or were cancelled."""

    ALL = "all"
    OPEN = "open"
    CONFIRMED = "confirmed"
    OVER = "over"


class OrderLine(View):
    """An order in a list. Amounts in cents; `amount_cents` includes VAT."""

    order_id: UUID
    status: str
    payment_status: str | None
    payment_method: str
    payer: str
    quantity: int
    unit_price_cents: int
    discount_cents: int
    net_cents: int
    vat_cents: int
    amount_cents: int
    refunded_cents: int
    currency: str
    course_title: str
    course_title_en: str
    organization_name: str
    session_id: UUID
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    location: str
    created_at: datetime
    expires_at: datetime


_STATES = {
    OrderFilter.OPEN: (OrderStatus.PENDING,),
    OrderFilter.CONFIRMED: (OrderStatus.CONFIRMED,),
    OrderFilter.OVER: (OrderStatus.EXPIRED, OrderStatus.CANCELLED),
}


async def orders(
    uow: UnitOfWork, paging: PageRequest, wanted: OrderFilter = OrderFilter.ALL, text: str = ""
) -> Page[OrderLine]:
    """Return the orders of the caller and of the companies they buy for, the newest first.

    `text` is looked for in the course's and the organisation's names.
    """
    condition = _mine(uow) & _wanted(wanted, text)
    total = (await uow.session.execute(_base(func.count()).where(condition))).scalar_one()
    query = (
        _lines()
        .where(condition)
        .order_by(col(Order.created_at).desc(), col(Order.id))
        .limit(paging.limit)
        .offset(paging.offset)
    )
    return Page(tuple(_line(*row) for row in await uow.session.execute(query)), total, paging)


async def export(
    uow: UnitOfWork, locale: str, wanted: OrderFilter = OrderFilter.ALL, text: str = ""
) -> AsyncIterator[str]:
    """Yield the same orders as a table for spreadsheets, a page at a time, at most `EXPORT_LIMIT` of them.

    Amounts are decimal numbers and moments ISO 8601, whatever the language: a table is for machines too.
    """
    yield "\ufeff" + _row([translate(locale, f"orders-column-{name}") for name in _COLUMNS])
    for number in range(1, EXPORT_LIMIT // MAX_LIMIT + 1):
        page = await orders(uow, PageRequest(number, MAX_LIMIT), wanted, text)
        if page.items:
            yield "".join(_row(_cells(line, locale)) for line in page.items)
        if number * MAX_LIMIT >= page.total:
            return


def _cells(line: OrderLine, locale: str) -> list[str]:
    english = locale == "en"
    listed = line.unit_price_cents * line.quantity
    return [
        str(line.order_id),
        line.created_at.isoformat(timespec="seconds"),
        translate(locale, f"order-{line.status.lower()}"),
        line.course_title_en if english else line.course_title,
        line.organization_name,
        line.starts_at.isoformat(timespec="minutes"),
        line.location,
        str(line.quantity),
        *(
            _decimal(cents)
            for cents in (
                listed,
                line.discount_cents,
                line.net_cents,
                line.vat_cents,
                line.amount_cents,
                line.refunded_cents,
            )
        ),
        line.currency,
        translate(locale, f"orders-method-{line.payment_method}"),
    ]


def _row(cells: list[str]) -> str:
    """Write one line; a text that a spreadsheet would take for a formula gets an apostrophe before it."""
    written = io.StringIO()
    safe = [f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell for cell in cells]
    csv.writer(written, delimiter=";", lineterminator="\r\n").writerow(safe)
    return written.getvalue()


def _decimal(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def _mine(uow: UnitOfWork) -> ColumnElement[bool]:
    return or_(
        col(Order.buyer_user_id) == uow.actor.require_user(),
        col(Order.buyer_organization_id).in_(uow.actor.organizations_with(Permission.ENROLLMENT_CREATE)),
    )


def _wanted(wanted: OrderFilter, text: str) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = true()
    if wanted in _STATES:
        condition &= col(Order.status).in_(_STATES[wanted])
    if text.strip():
        escaped = text.strip()[:100].replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        pattern = f"%{escaped}%"
        names = (col(Course.title), col(Course.title_en), col(Organization.name))
        condition &= or_(*(func.unaccent(name).ilike(func.unaccent(pattern)) for name in names))
    return condition


def _base(*columns: Any) -> Any:
    return (
        select(*columns)
        .select_from(Order)
        .join(TrainingSession, col(TrainingSession.id) == col(Order.session_id))
        .join(Course, col(Course.id) == col(TrainingSession.course_id))
        .join(Organization, col(Organization.id) == col(Order.seller_organization_id))
        .outerjoin(Payment, col(Payment.reference) == col(Order.id))
    )


def _lines() -> Any:
    return _base(
        Order,
        TrainingSession,
        col(Course.title),
        col(Course.title_en),
        col(Organization.name),
        col(Payment.status),
        func.coalesce(col(Payment.refunded_cents), 0),
    )


def _line(
    order: Order,
    session: TrainingSession,
    title: str,
    title_en: str,
    organization: str,
    payment_status: str | None,
    refunded_cents: int,
) -> OrderLine:
    return OrderLine(
        order_id=order.id,
        status=order.status,
        payment_status=payment_status,
        payment_method=order.payment_method,
        payer=order.payer,
        quantity=order.quantity,
        unit_price_cents=order.unit_price_cents,
        discount_cents=order.discount_cents,
        net_cents=order.net_cents,
        vat_cents=order.vat_cents,
        amount_cents=order.total_cents,
        refunded_cents=refunded_cents,
        currency=order.currency,
        course_title=title,
        course_title_en=title_en or title,
        organization_name=organization,
        session_id=session.id,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        time_zone=session.time_zone,
        location=session.location,
        created_at=order.created_at,
        expires_at=order.hold_expires_at,
    )
