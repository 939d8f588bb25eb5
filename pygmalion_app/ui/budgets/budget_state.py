"""The budget page: cost centres with their figures, and the orders behind each figure."""

from typing import Any, Final, cast
from uuid import UUID

import reflex as rx
from pydantic import ValidationError
from reflex_base.event import EventSpec

from pygmalion_app.budgets import service
from pygmalion_app.budgets.schemas import ChangeCostCenter, NewCostCenter
from pygmalion_app.budgets.service import Figure
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.budgets.rows import (
    CenterChoice,
    CenterRow,
    OrderRow,
    center_row,
    cents_of,
    chart_of,
    choice_of,
    order_row,
    rest_row,
    year_row,
)
from pygmalion_app.ui.catalog.state import page_numbers
from pygmalion_app.ui.components.chart_data import Chart
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import fields_at_fault, text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path
from pygmalion_app.ui.organizations.chosen import chosen_organization

CENTER_DIALOG: Final = "cost-center"
MANAGE: Final = Permission.BUDGET_MANAGE
FIGURES: Final = ("all", "committed", "spent", "reversed")
_PAGE_SIZE = 20
_NONE = "none"


class BudgetState(rx.State):
    """A company's budget of one year."""

    loaded: rx.Field[bool] = rx.field(False)
    organization: rx.Field[str] = rx.field("")
    year: rx.Field[str] = rx.field("")
    years: rx.Field[list[str]] = rx.field(default_factory=list)
    total: rx.Field[CenterRow] = rx.field(default_factory=CenterRow)
    rest: rx.Field[CenterRow] = rx.field(default_factory=CenterRow)
    centers: rx.Field[list[CenterRow]] = rx.field(default_factory=list)
    choices: rx.Field[list[CenterChoice]] = rx.field(default_factory=list)
    chart: rx.Field[Chart] = rx.field(default_factory=Chart)
    shown: rx.Field[str] = rx.field("")
    """Whose orders are listed: a cost centre's id, `none` for those without one, empty for all."""
    shown_name: rx.Field[str] = rx.field("")
    figure: rx.Field[str] = rx.field("all")
    rows: rx.Field[list[OrderRow]] = rx.field(default_factory=list)
    page: rx.Field[int] = rx.field(1)
    pages: rx.Field[int] = rx.field(1)
    numbers: rx.Field[list[int]] = rx.field(default_factory=list)
    edited: rx.Field[CenterRow] = rx.field(default_factory=CenterRow)
    """The cost centre in the dialog; without an id, a new one."""
    opened: rx.Field[int] = rx.field(0)
    """Counts the dialogs opened; their forms start afresh with it."""
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    form_error: rx.Field[str] = rx.field("")

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read the budget of the reader's company."""
        actor = await actor_of(self)
        found = chosen_organization(self, actor, MANAGE)
        self.organization = str(found or "")
        self.shown, self.figure, self.page = "", "all", 1
        asked = self.router.url.query_parameters.get("year", "")
        self.year = asked if asked.isdecimal() and len(asked) == len("2026") else ""
        if found is not None:
            await self._read(actor)
        self.loaded = True

    @rx.event
    @access.requires(MANAGE)
    async def choose_year(self, year: str) -> None:
        """Show another year."""
        if year in self.years:
            self.year, self.shown, self.figure, self.page = year, "", "all", 1
            await self._read(await actor_of(self))

    @rx.event
    @access.requires(MANAGE)
    async def show(self, center: str, figure: str) -> EventSpec:
        """List the orders behind a figure."""
        self.shown = center if center == _NONE or parse_id(center) else ""
        self.figure, self.page = figure if figure in FIGURES else "all", 1
        await self._read_orders(await actor_of(self))
        return rx.call_script("document.getElementById('budget-orders')?.scrollIntoView({block: 'start'})")

    @rx.event
    @access.requires(MANAGE)
    async def turn(self, page: int) -> None:
        """Show another page of orders."""
        self.page = page if isinstance(page, int) and 1 <= page <= self.pages else 1
        await self._read_orders(await actor_of(self))

    @rx.event
    @access.requires(MANAGE)
    def edit(self, center: str) -> EventSpec:
        """Open the form of a cost centre, or of a new one."""
        self.edited = next((row for row in self.centers if row.id == center), CenterRow())
        self.errors, self.form_error = {}, ""
        self.opened += 1
        return ui.show_dialog(CENTER_DIALOG)

    @rx.event
    @access.requires(MANAGE)
    async def save(self, form: dict[str, Any]) -> list[EventSpec] | None:
        """Add or change a cost centre."""
        lang, actor, organization = self._lang(), await actor_of(self), parse_id(self.organization)
        if organization is None:
            return None
        self.errors, self.form_error = {}, ""
        given = _given(form)
        try:
            async with unit_of_work(actor) as uow:
                if center := parse_id(self.edited.id):
                    await service.change(uow, organization, center, ChangeCostCenter.model_validate(given))
                else:
                    await service.create(uow, organization, NewCostCenter.model_validate(given | {"year": self.year}))
        except ValidationError as error:
            self.errors = {name: lang(f"budget-{name.replace('_', '-')}-error") for name in fields_at_fault(error)}
            return None
        except PygmalionError as error:
            text = error_text(lang.code, error)
            self.errors, self.form_error = ({error.field: text}, "") if error.field else ({}, text)
            return None
        await self._read(actor)
        return [ui.close_dialog(CENTER_DIALOG), toasts.ok(lang("budget-saved"))]

    @rx.event
    @access.requires(MANAGE)
    async def remove(self) -> list[EventSpec] | None:
        """Remove the cost centre in the dialog."""
        lang, actor = self._lang(), await actor_of(self)
        organization, center = parse_id(self.organization), parse_id(self.edited.id)
        if organization is None or center is None:
            return None
        try:
            async with unit_of_work(actor) as uow:
                await service.remove(uow, organization, center)
        except PygmalionError as error:
            self.form_error = error_text(lang.code, error)
            return None
        await self._read(actor)
        return [ui.close_dialog(CENTER_DIALOG), toasts.ok(lang("budget-removed"))]

    @rx.event
    @access.requires(MANAGE)
    async def allot(self, order: str, center: str) -> EventSpec | None:
        """Charge an order to a cost centre, or to none."""
        lang, actor = self._lang(), await actor_of(self)
        organization, order_id = parse_id(self.organization), parse_id(order)
        if organization is None or order_id is None:
            return None
        try:
            async with unit_of_work(actor) as uow:
                await service.allot(uow, organization, order_id, parse_id(center))
        except PygmalionError as error:
            # What is shown goes back to what is stored.
            await self._read(actor)
            return toasts.bad(error_text(lang.code, error))
        await self._read(actor)
        return toasts.ok(lang("budget-allotted"))

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)

    async def _read(self, actor: Actor) -> None:
        lang = self._lang()
        async with unit_of_work(actor) as uow:
            found = await service.budget(uow, UUID(self.organization), int(self.year) if self.year else None)
        self.year, self.years = str(found.summary.year), [str(one) for one in found.years]
        self.total, self.rest = year_row(lang, found.summary), rest_row(lang, found)
        self.centers = [center_row(lang, one) for one in found.centers]
        self.choices = [choice_of(lang, one) for one in found.centers]
        self.chart = chart_of(lang, found.centers)
        await self._read_orders(actor)

    async def _read_orders(self, actor: Actor) -> None:
        lang, center = self._lang(), parse_id(self.shown)
        async with unit_of_work(actor) as uow:
            found = await service.orders(
                uow,
                UUID(self.organization),
                PageRequest(self.page, _PAGE_SIZE),
                int(self.year),
                center_id=center,
                allotted=self.shown != _NONE,
                figure=cast("Figure", self.figure),
            )
        self.rows = [order_row(lang, one) for one in found.items]
        self.pages = max(1, -(-found.total // _PAGE_SIZE))
        self.numbers = page_numbers(self.page, self.pages)
        names = {row.id: row.name for row in self.centers} | {_NONE: self.rest.name, "": ""}
        self.shown_name = names.get(self.shown, "")


def _given(form: dict[str, Any]) -> dict[str, Any]:
    limit = text_of(form, "approval_limit_cents", 20)
    return {
        "code": text_of(form, "code", 40),
        "name": text_of(form, "name", 200),
        "allocated_cents": cents_of(text_of(form, "allocated_cents", 20)),
        "approval_limit_cents": (cents_of(limit) or 0) if limit else None,
    }
