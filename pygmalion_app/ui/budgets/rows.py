"""What the budget pages show, ready to read; and amounts as people type them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from pygmalion_app.budgets.schemas import (
    MAX_CENTS,
    BudgetSummary,
    BudgetYear,
    ChargedOrder,
    CostCenterFigures,
    Figures,
    RequestView,
)
from pygmalion_app.core.i18n import format_day, format_money, format_number
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.components.chart_data import Chart, Series, bars
from pygmalion_app.ui.enrollments.wording import days_of, order_status, place_of, title_of
from pygmalion_app.ui.i18n import Lang

_TONES: dict[str, Tone] = {
    "requested": "warn",
    "seconded": "info",
    "approved": "ok",
    "refused": "bad",
    "withdrawn": "idle",
    "expired": "idle",
}


@dataclass
class CenterRow:
    """A cost centre, what is not allotted (without an id), or a whole year."""

    id: str = ""
    code: str = ""
    name: str = ""
    allocated: str = ""
    committed: str = ""
    spent: str = ""
    reversed: str = ""
    left: str = ""
    used: str = ""
    limit: str = ""
    orders: int = 0
    over: bool = False
    """Whether more is used than was allocated."""
    given: str = ""
    """The allocation and the limit as a form shows them."""
    given_limit: str = ""


@dataclass
class CenterChoice:
    """A cost centre to choose, with what is left on it."""

    id: str
    text: str


@dataclass
class OrderRow:
    """An order behind the figures."""

    id: str
    course: str
    days: str
    status: str
    tone: Tone
    committed: str
    spent: str
    reversed: str
    center: str


@dataclass
class RequestRow:
    """Somebody's request."""

    id: str = ""
    people: str = ""
    asker: str = ""
    course: str = ""
    days: str = ""
    place: str = ""
    amount: str = ""
    seats: str = ""
    reason: str = ""
    state: str = ""
    tone: Tone = "idle"
    note: str = ""
    first: str = ""
    """Who has given the first approval."""
    since: str = ""
    order_id: str = ""
    center: str = ""
    method: str = ""


def year_row(lang: Lang, one: BudgetSummary) -> CenterRow:
    """Return a whole year."""
    row = _figures(lang, one, one.allocated_cents, one.left_cents)
    row.used = _share(lang, one.used_share)
    return row


def center_row(lang: Lang, one: CostCenterFigures) -> CenterRow:
    """Return a cost centre."""
    row = _figures(lang, one, one.allocated_cents, one.left_cents)
    row.id, row.code, row.name, row.orders = str(one.id), one.code, one.name, one.orders
    row.given = plain_amount(one.allocated_cents)
    if one.allocated_cents:
        row.used = _share(lang, one.used_cents / one.allocated_cents, "budget-used-short")
    if one.approval_limit_cents is not None:
        row.given_limit = plain_amount(one.approval_limit_cents)
        row.limit = lang("budget-limit-of", amount=format_money(lang.code, one.approval_limit_cents))
    return row


def rest_row(lang: Lang, year: BudgetYear) -> CenterRow:
    """Return what no cost centre is charged for."""
    row = _figures(lang, year.not_allotted, 0, -year.not_allotted.used_cents)
    row.name, row.orders, row.over = lang("budget-not-allotted"), year.not_allotted_orders, False
    row.allocated = row.left = "–"
    return row


def chart_of(lang: Lang, centers: Sequence[CostCenterFigures]) -> Chart:
    """Return the cost centres as bars: spent, committed and left are together what was allocated."""
    return bars(
        [f"{one.code} · {one.name}" for one in centers],
        [
            Series(lang("budget-spent-net"), [one.spent_cents - one.reversed_cents for one in centers], "main"),
            Series(lang("budget-committed"), [one.committed_cents for one in centers], "warn"),
            Series(lang("budget-left"), [max(0, one.left_cents) for one in centers], "third"),
        ],
        written=lambda cents: format_money(lang.code, round(cents)),
        of=lang("budget-center"),
    )


def choice_of(lang: Lang, one: CostCenterFigures) -> CenterChoice:
    """Return a cost centre to choose."""
    left = format_money(lang.code, max(0, one.left_cents))
    return CenterChoice(str(one.id), lang("budget-choice", code=one.code, name=one.name, left=left))


def order_row(lang: Lang, one: ChargedOrder) -> OrderRow:
    """Return an order."""
    status, tone = order_status(lang, one.status)
    return OrderRow(
        id=str(one.order_id),
        course=title_of(lang, one.course_title, one.course_title_en),
        days=days_of(lang, one.starts_at, one.ends_at, one.time_zone),
        status=status,
        tone=tone,
        committed=_amount(lang, one.committed_cents),
        spent=_amount(lang, one.spent_cents),
        reversed=_amount(lang, one.reversed_cents),
        center=str(one.cost_center_id or ""),
    )


def request_row(lang: Lang, one: RequestView) -> RequestRow:
    """Return a request."""
    return RequestRow(
        id=str(one.id),
        people=", ".join(one.people),
        asker=one.requested_by_name if one.user_ids != (one.requested_by,) else "",
        course=title_of(lang, one.course_title, one.course_title_en),
        days=days_of(lang, one.starts_at, one.ends_at, one.time_zone),
        place=place_of(lang, one.location),
        amount=format_money(lang.code, one.amount_cents, one.currency),
        seats=lang("request-seats-left", count=one.seats_left),
        reason=one.reason,
        state=lang(f"request-{one.state}"),
        tone=_TONES[one.state],
        note=one.note,
        first=one.first_approved_by_name,
        since=format_day(lang.code, one.created_at, pattern="d MMM y"),
        order_id=str(one.order_id or ""),
        center=str(one.cost_center_id or ""),
        method=one.payment_method,
    )


def cents_of(text: str) -> int | None:
    """Return what somebody typed as an amount (`12 500,50 €`), in cents; None for anything else."""
    bare = "".join(text.replace("€", "").replace("EUR", "").split()).replace(",", ".")
    try:
        cents = Decimal(bare) * 100
    except InvalidOperation:
        return None
    if not cents.is_finite() or cents != cents.to_integral_value() or not 0 <= cents <= MAX_CENTS:
        return None
    return int(cents)


def _figures(lang: Lang, one: Figures, allocated: int, left: int) -> CenterRow:
    return CenterRow(
        allocated=format_money(lang.code, allocated),
        committed=format_money(lang.code, one.committed_cents),
        spent=format_money(lang.code, one.spent_cents),
        reversed=format_money(lang.code, one.reversed_cents),
        left=format_money(lang.code, left),
        over=left < 0,
    )


def _amount(lang: Lang, cents: int) -> str:
    return format_money(lang.code, cents) if cents else "–"


def _share(lang: Lang, share: float, key: str = "budget-used") -> str:
    return lang(key, share=format_number(lang.code, round(100 * share)))


def plain_amount(cents: int) -> str:
    """Return an amount as a form shows it: `12500`, `12500,50`."""
    euros, rest = divmod(cents, 100)
    return f"{euros},{rest:02d}" if rest else f"{euros}"
