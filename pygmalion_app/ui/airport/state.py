"""The airport's dashboard, ready to read."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import reflex as rx
from pydantic import ValidationError

from pygmalion_app.compliance import tenants
from pygmalion_app.compliance.models import Status
from pygmalion_app.compliance.tenant_schemas import AskTenant
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.i18n import format_day, format_number, format_percent
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.organizations.errors import InvalidSiretError
from pygmalion_app.organizations.numbers import read_siret
from pygmalion_app.reports import airport
from pygmalion_app.reports.airport_schemas import AirportDashboard, AirportTenant, AirsideLoss, CapacityCourse
from pygmalion_app.reports.compliance_file import SHOWN, percent
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.components import chart_data
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.components.chart_data import Chart, Series, Shade
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path
from pygmalion_app.ui.organizations.chosen import chosen_organization

GOOD, POOR = 0.9, 0.7
"""Rates from which, and below which, a company's lamp is green and red."""
SHADES: Final[dict[Status, Shade]] = {
    Status.COMPLIANT: "ok",
    Status.EXPIRING: "warn",
    Status.EXPIRED: "bad",
    Status.MISSING: "absent",
    Status.PLANNED: "info",
    Status.EXEMPT: "third",
}
MOST_COURSES: Final = 8


@dataclass
class TenantRow:
    """One company."""

    name: str
    people: str
    rate: str
    tone: Tone
    losing: str
    without: str
    names: str


@dataclass
class LossRow:
    """Somebody whose airside access ends soon."""

    who: str
    organization: str
    until: str
    days: str
    tone: Tone
    plan: str
    planned: bool


@dataclass
class CourseRow:
    """One requirement, its need and its seats."""

    title: str
    need: str
    seats: str
    verdict: str
    tone: Tone
    href: str


class AirportState(rx.State):
    """What the section shows."""

    loaded: rx.Field[bool] = rx.field(False)
    name: rx.Field[str] = rx.field("")
    lead: rx.Field[str] = rx.field("")
    rate: rx.Field[float] = rx.field(0.0)
    rate_text: rx.Field[str] = rx.field("")
    rate_shade: rx.Field[str] = rx.field("ok")
    statuses: rx.Field[Chart] = rx.field(default_factory=Chart)
    tenants: rx.Field[list[TenantRow]] = rx.field(default_factory=list)
    losing: rx.Field[list[LossRow]] = rx.field(default_factory=list)
    losing_text: rx.Field[str] = rx.field("")
    capacity: rx.Field[Chart] = rx.field(default_factory=Chart)
    courses: rx.Field[list[CourseRow]] = rx.field(default_factory=list)
    contractors: rx.Field[Chart] = rx.field(default_factory=Chart)
    place: rx.Field[str] = rx.field("")
    places: rx.Field[list[str]] = rx.field(default_factory=list)
    siret_error: rx.Field[str] = rx.field("")
    asked: rx.Field[int] = rx.field(0)
    """Counts requests; the form starts afresh with each."""

    @rx.event
    @access.requires(Permission.COMPLIANCE_READ)
    async def load(self) -> Any:
        """Show the airport, with the seats around it."""
        self.siret_error = ""
        return await self._read(None)

    @rx.event
    @access.requires(Permission.COMPLIANCE_READ)
    async def choose_place(self, place: str) -> Any:
        """Count the seats of another place; empty: of all."""
        return await self._read(str(place)[:100])

    @rx.event
    @access.requires(Permission.COMPLIANCE_MANAGE)
    async def ask(self, form: dict[str, Any]) -> Any:
        """Ask a company to share."""
        lang, actor = lang_of_path(self.router.url.path), await actor_of(self)
        self.siret_error = ""
        try:
            siret = AskTenant(siret=read_siret(text_of(form, "siret", 20)))
            async with unit_of_work(actor) as uow:
                await tenants.ask(uow, airport.chosen(actor, self._asked_for(actor)), siret)
        except (InvalidSiretError, ValidationError):
            self.siret_error = lang("airport-siret-wrong")
            return None
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        self.asked += 1
        return toasts.ok(lang("airport-asked"), lang("airport-asked-text"))

    def _asked_for(self, actor: Actor) -> UUID | None:
        # The platform's administrator names the airport in the address.
        return chosen_organization(self, actor, Permission.COMPLIANCE_READ) if actor.is_platform_admin else None

    async def _read(self, place: str | None) -> Any:
        lang, actor = lang_of_path(self.router.url.path), await actor_of(self)
        try:
            async with unit_of_work(actor) as uow:
                found = await airport.dashboard(uow, self._asked_for(actor), place=place)
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        self._show(lang, found)
        return None

    def _show(self, lang: Lang, found: AirportDashboard) -> None:
        self.name = found.organization_name
        self.lead = lang("airport-lead", tenants=len(found.tenants), people=found.people)
        self.rate, self.rate_text = round(found.rate * 100, 1), percent(lang.code, found.rate)
        self.rate_shade = tone_of(found.rate)
        self.statuses = statuses_chart(lang, found.counts)
        self.tenants = [_tenant(lang, one) for one in found.tenants]
        self.losing = [_loss(lang, one) for one in found.losing]
        self.losing_text = lang("airport-losing-count", count=found.losing_total, shown=len(found.losing))
        self.capacity = _capacity(lang, found)
        self.courses = [_course(lang, one) for one in found.courses[:MOST_COURSES]]
        self.contractors = _contractors(lang, found)
        self.place, self.places = found.place, list(found.places)
        self.loaded = True


def tone_of(rate: float) -> Tone:
    """Return the lamp of a rate."""
    return "ok" if rate >= GOOD else "warn" if rate >= POOR else "bad"


def statuses_chart(lang: Lang, counts: dict[str, int]) -> Chart:
    """Return how many pairs of a person and a requirement stand how, as a ring."""
    parts: list[tuple[str, float, Shade]] = [
        (lang(f"report-status-{status}"), counts.get(status, 0), SHADES[status]) for status in SHOWN
    ]
    return chart_data.donut(
        parts,
        written=lambda number: format_number(lang.code, number),
        of=lang("report-status"),
        value=lang("report-count"),
    )


def _tenant(lang: Lang, one: AirportTenant) -> TenantRow:
    return TenantRow(
        name=one.name,
        people=format_number(lang.code, one.people),
        rate=percent(lang.code, one.rate),
        tone=tone_of(one.rate),
        losing=format_number(lang.code, one.losing),
        without=format_number(lang.code, one.without),
        names=lang("airport-with-names" if one.with_names else "airport-without-names"),
    )


def _loss(lang: Lang, one: AirsideLoss) -> LossRow:
    plan, planned = _renewal(lang, one)
    who = " · ".join(filter(None, (one.name, one.job_role))) or lang("airport-somebody")
    return LossRow(
        who=who,
        organization=one.organization_name,
        until=format_day(lang.code, one.until, pattern="d MMM y"),
        days=lang("airport-days", days=one.days),
        tone="info" if planned else "bad" if one.days <= 7 else "warn",  # noqa: PLR2004 - a week
        plan=plan,
        planned=planned,
    )


def _renewal(lang: Lang, one: AirsideLoss) -> tuple[str, bool]:
    """Return what is booked, in words, and whether it comes in time: a session after the last day keeps no access."""
    if one.planned_on is None:
        return lang("airport-not-planned"), False
    day = format_day(lang.code, one.planned_on, pattern="d MMM")
    if one.planned_on > one.until:
        return lang("airport-planned-late", day=day), False
    held = one.planned_on < one.until - timedelta(days=one.days)
    return lang("airport-planned-held" if held else "airport-planned", day=day), True


def _course(lang: Lang, one: CapacityCourse) -> CourseRow:
    title = one.title_en if lang.code == "en" else one.title
    return CourseRow(
        title=title,
        need=format_number(lang.code, one.need),
        seats=format_number(lang.code, one.seats),
        verdict=lang("airport-gap", count=one.gap) if one.gap else lang("airport-enough"),
        tone="bad" if one.gap else "ok",
        href=f"{lang.path('catalog')}?q={one.codes[0]}" if one.codes else lang.path("catalog"),
    )


def _capacity(lang: Lang, found: AirportDashboard) -> Chart:
    return chart_data.columns(
        [format_day(lang.code, one.month, pattern="MMM") for one in found.months],
        [
            Series(lang("airport-need"), [one.need for one in found.months], "second"),
            Series(lang("airport-seats"), [one.seats for one in found.months], "main"),
        ],
        written=lambda number: format_number(lang.code, number),
        of=lang("report-by-month"),
    )


def _contractors(lang: Lang, found: AirportDashboard) -> Chart:
    groups = [one for one in found.contractors if one.people]
    return chart_data.bars(
        [one.contractor_type or lang("airport-employees") for one in groups],
        [Series(lang("report-rate"), [round(one.rate * 100, 1) for one in groups], "main")],
        written=lambda number: format_percent(lang.code, number),
        of=lang("report-by-contractor-type"),
        top=100,
    )
