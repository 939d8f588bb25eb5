"""The manager's first page: the team, what is booked for it, the orders."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import reflex as rx

from pygmalion_app.core.actor import Actor
from pygmalion_app.core.i18n import format_day, format_money
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.enrollments import overview
from pygmalion_app.enrollments.overview import OrderSummary, TeamBooking
from pygmalion_app.organizations import service as organizations
from pygmalion_app.organizations.schemas import TeamMember
from pygmalion_app.ui import access
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.enrollments.wording import days_of, order_status, title_of
from pygmalion_app.ui.i18n import Lang, lang_of_path

SHOWN = 60
FEW_ORDERS = 6


@dataclass
class MemberRow:
    """A colleague and what is booked for them."""

    name: str
    email: str
    job: str
    next_course: str
    next_day: str
    order_id: str


@dataclass
class OrderRow:
    """An order of the company."""

    id: str
    course: str
    days: str
    quantity: int
    amount: str
    status: str
    tone: Tone


class TeamState(rx.State):
    """What the team page shows."""

    loaded: rx.Field[bool] = rx.field(False)
    organization: rx.Field[str] = rx.field("")
    name: rx.Field[str] = rx.field("")
    kind: rx.Field[str] = rx.field("")
    query: rx.Field[str] = rx.field("")
    members: rx.Field[list[MemberRow]] = rx.field(default_factory=list)
    orders: rx.Field[list[OrderRow]] = rx.field(default_factory=list)
    order_count: rx.Field[int] = rx.field(0)
    all_orders: rx.Field[bool] = rx.field(False)
    people: rx.Field[int] = rx.field(0)
    booked: rx.Field[int] = rx.field(0)
    unpaid: rx.Field[int] = rx.field(0)

    # Backend vars of the state are copied for each client.
    _members: list[MemberRow] = []  # noqa: RUF012
    _orders: list[OrderRow] = []  # noqa: RUF012

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read the team of the reader's organisation: of several, the active one."""
        actor = await actor_of(self)
        managed = actor.organizations_with(Permission.TEAM_READ)
        self.organization = str(managed[0]) if managed else ""
        if managed:
            async with unit_of_work(actor) as uow:
                found = await organizations.organization(uow, managed[0])
            self.name, self.kind = found.name, found.kind
            await self._read(actor)
        self.loaded = True

    @rx.event
    @access.requires(Permission.TEAM_READ)
    def search(self, text: str) -> None:
        """Narrow the list."""
        self.query = str(text)[:80]
        self._show()

    @rx.event
    @access.requires(Permission.TEAM_READ)
    def show_all_orders(self) -> None:
        """Show the orders of long ago too."""
        self.all_orders = True
        self._show()

    async def _read(self, actor: Actor) -> None:
        lang = lang_of_path(self.router.url.path)
        async with unit_of_work(actor) as uow:
            team = await organizations.team(uow, UUID(self.organization))
            bookings = await overview.team_bookings(uow, UUID(self.organization))
            orders = sorted(await overview.my_orders(uow), key=_urgency(uow.clock.now()))
        soonest: dict[UUID, TeamBooking] = {}
        for booking in bookings:
            soonest.setdefault(booking.user_id, booking)
        self._members = [_member(lang, member, soonest.get(member.user_id)) for member in team]
        self._orders, self.order_count = [_order(lang, order) for order in orders], len(orders)
        self.people, self.booked = len(team), len(soonest)
        self.unpaid = sum(order.status == "PENDING" for order in orders)
        self._show()

    def _show(self) -> None:
        wanted = self.query.strip().lower()
        self.orders = self._orders if self.all_orders else self._orders[:FEW_ORDERS]
        self.members = [row for row in self._members if wanted in f"{row.name} {row.email} {row.job}".lower()][:SHOWN]


def _urgency(now: datetime) -> Callable[[OrderSummary], tuple[int, float]]:
    """Return the order of a manager's eyes: what is to be paid, what comes soonest, then the past, latest first."""

    def key(order: OrderSummary) -> tuple[int, float]:
        if order.status == "PENDING":
            return 0, order.expires_at.timestamp()
        starts = order.starts_at.timestamp()
        return (1, starts) if order.starts_at > now and order.status == "CONFIRMED" else (2, -starts)

    return key


def _member(lang: Lang, member: TeamMember, booking: TeamBooking | None) -> MemberRow:
    return MemberRow(
        name=f"{member.first_name} {member.last_name}",
        email=member.email,
        job=member.job_role or "",
        next_course=title_of(lang, booking.course_title, booking.course_title_en) if booking else "",
        next_day=format_day(lang.code, booking.starts_at, booking.time_zone) if booking else "",
        order_id=str(booking.order_id) if booking else "",
    )


def _order(lang: Lang, order: OrderSummary) -> OrderRow:
    status, tone = order_status(lang, order.status)
    return OrderRow(
        id=str(order.order_id),
        course=title_of(lang, order.course_title, order.course_title_en),
        days=days_of(lang, order.starts_at, order.ends_at, order.time_zone),
        quantity=order.quantity,
        amount=format_money(lang.code, order.amount_cents, order.currency),
        status=status,
        tone=tone,
    )
