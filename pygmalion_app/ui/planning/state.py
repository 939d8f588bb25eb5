"""The planning page: one button, the search, the proposal, its changes, and the booking."""

from datetime import timedelta
from typing import Any, Final, Literal, cast
from uuid import UUID

import reflex as rx
from pydantic import ValidationError
from reflex_base.event import EventSpec

from pygmalion_app.budgets import service as budgets
from pygmalion_app.compliance.facts import local_day
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.i18n import format_money
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import container, unit_of_work
from pygmalion_app.planning import queries, service
from pygmalion_app.planning.errors import PlanOutdatedError
from pygmalion_app.planning.schemas import BookPlan, Choice, EditPlan, PlanDetail, StartPlan
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.components.chart_data import Chart
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import fields_at_fault, text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path
from pygmalion_app.ui.organizations.chosen import chosen_organization
from pygmalion_app.ui.planning.rows import (
    ChoiceRow,
    GapRow,
    OrderRow,
    PlanRow,
    WeekRow,
    chart_of,
    gap_rows,
    order_rows,
    plan_row,
    week_rows,
)

MANAGE: Final = Permission.PLAN_MANAGE
BOOK_DIALOG: Final = "book-plan"
WISHES: Final = ("pinned", "forbidden", "free")
_DAYS_AHEAD = timedelta(days=90)
_CENT = 100


class TeamPlanState(rx.State):
    """A team's plan."""

    loaded: rx.Field[bool] = rx.field(False)
    organization: rx.Field[str] = rx.field("")
    plan: rx.Field[PlanRow] = rx.field(default_factory=PlanRow)
    chart: rx.Field[Chart] = rx.field(default_factory=Chart)
    weeks: rx.Field[list[WeekRow]] = rx.field(default_factory=list)
    gaps: rx.Field[list[GapRow]] = rx.field(default_factory=list)
    orders: rx.Field[list[OrderRow]] = rx.field(default_factory=list)
    under_way: rx.Field[bool] = rx.field(False)
    changes: rx.Field[int] = rx.field(0)
    """Pins, bans and their opposites that the plan does not know yet."""
    changes_text: rx.Field[str] = rx.field("")
    centers: rx.Field[list[ChoiceRow]] = rx.field(default_factory=list)
    until: rx.Field[str] = rx.field("")
    earliest: rx.Field[str] = rx.field("")
    budget: rx.Field[str] = rx.field("")
    trip: rx.Field[str] = rx.field("150")
    half_day: rx.Field[str] = rx.field("100")
    center: rx.Field[str] = rx.field("")
    site: rx.Field[str] = rx.field("")
    told: rx.Field[int] = rx.field(0)
    """Counts how often the form was filled in from a plan; it starts afresh with it."""
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    form_error: rx.Field[str] = rx.field("")
    book_error: rx.Field[str] = rx.field("")

    _wishes: dict[tuple[str, str], str] = {}  # noqa: RUF012 - Reflex copies it for each client

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read the newest plan of the reader's company, or the one of the address."""
        actor = await actor_of(self)
        found = chosen_organization(self, actor, MANAGE)
        self.organization, self._wishes = str(found or ""), {}
        self.plan, self.errors, self.form_error = PlanRow(), {}, ""
        self.under_way, self.told = False, self.told + 1
        today = local_day(container().clock.now())
        self.earliest, self.until = (today + timedelta(days=1)).isoformat(), (today + _DAYS_AHEAD).isoformat()
        if found is not None:
            await self._read_first(actor, found)
        self.loaded = True

    @rx.event
    @access.requires(MANAGE)
    async def refresh(self) -> None:
        """See how far the search is."""
        await self._read(await actor_of(self))

    @rx.event
    @access.requires(MANAGE)
    async def start(self, form: dict[str, Any]) -> None:
        """Begin a plan with what the form says, or solve the one that is there again with it."""
        lang, organization, plan_id = self._lang(), parse_id(self.organization), parse_id(self.plan.id)
        if organization is None:
            return
        self._keep(form)
        given = self._given()
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                if plan_id is None or self.plan.state == "booked":
                    command = StartPlan.model_validate(given | {"organization_id": organization})
                    self._show(await service.start(uow, command))
                else:
                    self._show(await service.edit(uow, plan_id, EditPlan.model_validate(given)))
        except ValidationError as error:
            self.errors = {name: lang(f"plan-{name.replace('_', '-')}-error") for name in fields_at_fault(error)}
        except PygmalionError as error:
            text = error_text(lang.code, error)
            self.errors, self.form_error = ({error.field: text}, "") if error.field else ({}, text)
        else:
            self.errors, self.form_error = {}, ""

    @rx.event
    @access.requires(MANAGE)
    async def stop(self) -> EventSpec | None:
        """End the search and keep the best plan so far."""
        return await self._do(service.stop)

    @rx.event
    @access.requires(MANAGE)
    def wish(self, session_id: str, member: str, mark: str) -> None:
        """Note a pin, a ban, or its opposite for the next round; the same again takes it back."""
        known = {(row.user_id, row.session_id) for week in self.weeks for one in week.sessions for row in one.people}
        key = (member, session_id)
        if key not in known or mark not in WISHES:
            return
        wishes = dict(self._wishes)
        if wishes.pop(key, "") != mark:
            wishes[key] = mark
        self._wishes = wishes
        self._mark()

    @rx.event
    @access.requires(MANAGE)
    async def replan(self) -> EventSpec | None:
        """Solve again, with the changes that were noted."""
        chosen = {
            name: tuple(
                Choice(user_id=UUID(user), session_id=UUID(session))
                for (user, session), wish in self._wishes.items()
                if wish == mark
            )
            for name, mark in (("pin", "pinned"), ("forbid", "forbidden"), ("free", "free"))
        }
        self._wishes = {}
        return await self._do(service.edit, EditPlan.model_validate(chosen))

    @rx.event
    @access.requires(MANAGE)
    def begin_book(self) -> EventSpec:
        """Show what would be booked."""
        self.book_error = ""
        return ui.show_dialog(BOOK_DIALOG)

    @rx.event
    @access.requires(MANAGE)
    async def book(self, form: dict[str, Any]) -> list[EventSpec] | None:
        """Book all or nothing."""
        lang, plan_id, actor = self._lang(), parse_id(self.plan.id), await actor_of(self)
        if plan_id is None:
            return None
        method = cast("Literal['card', 'invoice']", "card" if form.get("payment_method") == "card" else "invoice")
        try:
            command = BookPlan(
                payment_method=method,
                cost_center_id=parse_id(text_of(form, "book-center", 40)),
                purchase_order=text_of(form, "purchase_order", 60),
            )
            async with unit_of_work(actor) as uow:
                self._show(await service.book(uow, plan_id, command))
        except PlanOutdatedError as error:
            # The page says which session it is, and offers to plan again.
            await self._read(actor)
            return [ui.close_dialog(BOOK_DIALOG), toasts.bad(error_text(lang.code, error))]
        except PygmalionError as error:
            self.book_error = error_text(lang.code, error)
            return None
        return [ui.close_dialog(BOOK_DIALOG), toasts.ok(lang("plan-booked"))]

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)

    def _keep(self, form: dict[str, Any]) -> None:
        """Remember what was typed: a refused form is not to be filled in again."""
        for name, key in (
            ("until", "until"),
            ("budget", "budget_cents"),
            ("center", "cost_center_id"),
            ("site", "site_id"),
        ):
            setattr(self, name, text_of(form, key, 40))
        self.trip = text_of(form, "trip_cents", 20) or "0"
        self.half_day = text_of(form, "half_day_cents", 20) or "0"

    def _given(self) -> dict[str, Any]:
        return {
            "until": self.until,
            "site_id": parse_id(self.site),
            "budget_cents": _cents(self.budget) if self.budget else None,
            "cost_center_id": parse_id(self.center),
            "trip_cents": _cents(self.trip),
            "half_day_cents": _cents(self.half_day),
        }

    async def _do(self, what: Any, *arguments: Any) -> EventSpec | None:
        lang, plan_id = self._lang(), parse_id(self.plan.id)
        if plan_id is None:
            return None
        actor = await actor_of(self)
        try:
            async with unit_of_work(actor) as uow:
                self._show(await what(uow, plan_id, *arguments))
        except PygmalionError as error:
            await self._read(actor)
            return toasts.bad(error_text(lang.code, error))
        return None

    async def _read_first(self, actor: Actor, organization_id: UUID) -> None:
        asked = parse_id(self.router.url.query_parameters.get("plan", ""))
        lang = self._lang()
        async with unit_of_work(actor) as uow:
            newest = await queries.latest(uow, organization_id, 1)
            year = await budgets.budget(uow, organization_id)
        self.centers = [
            ChoiceRow(str(one.id), lang("plan-center", name=one.name, left=format_money(lang.code, one.left_cents)))
            for one in year.centers
        ]
        shown = asked or (newest[0].id if newest else None)
        if shown is not None:
            self.plan = PlanRow(id=str(shown))
            await self._read(actor, fresh=True)

    async def _read(self, actor: Actor, *, fresh: bool = False) -> None:
        plan_id = parse_id(self.plan.id)
        if plan_id is None:
            return
        try:
            async with unit_of_work(actor) as uow:
                self._show(await queries.detail(uow, plan_id), fresh=fresh)
        except PygmalionError:
            # Gone, or never the reader's: the page offers to make one.
            self.plan, self.under_way = PlanRow(), False

    def _show(self, plan: PlanDetail, *, fresh: bool = True) -> None:
        lang = self._lang()
        if fresh:
            self._wishes = {}
        self.plan, self.chart = plan_row(lang, plan), chart_of(lang, plan.progress)
        self.under_way = plan.state in ("queued", "solving")
        self.weeks = week_rows(lang, plan, self._wishes)
        self.gaps, self.orders = gap_rows(lang, plan), order_rows(lang, plan)
        self._count()
        if fresh:
            self.until, self.budget = plan.until.isoformat(), ""
            if plan.budget_cents is not None:
                self.budget = _euros(plan.budget_cents)
            self.center, self.site = str(plan.cost_center_id or ""), str(plan.site_id or "")
            self.trip, self.half_day = _euros(plan.trip_cents), _euros(plan.half_day_cents)
            self.told += 1

    def _mark(self) -> None:
        for week in self.weeks:
            for session in week.sessions:
                for row in session.people:
                    row.wish = self._wishes.get((row.user_id, row.session_id), "")
        self._count()

    def _count(self) -> None:
        self.changes = len(self._wishes)
        self.changes_text = self._lang()("plan-changes", count=self.changes)


def _cents(text: str) -> int | None:
    """Return what somebody typed as an amount in euros, in cents; -1, which no command takes, for anything else."""
    bare = "".join(text.replace("€", "").split()).replace(",", ".")
    try:
        return round(float(bare) * _CENT)
    except ValueError:
        return -1


def _euros(cents: int) -> str:
    return f"{cents // _CENT}" if cents % _CENT == 0 else f"{cents / _CENT:.2f}"
