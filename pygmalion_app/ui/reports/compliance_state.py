"""The compliance report on screen, and what narrows it."""

from typing import Any

import reflex as rx

from pygmalion_app.compliance.workplace import workplace
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.i18n import format_number
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.reports import compliance
from pygmalion_app.reports.compliance import ComplianceFilters, ComplianceReport
from pygmalion_app.reports.compliance_file import percent
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.airport.state import SHADES, statuses_chart, tone_of
from pygmalion_app.ui.catalog.state import page_numbers
from pygmalion_app.ui.components.chart_data import Chart
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.i18n import Lang, lang_of_path
from pygmalion_app.ui.organizations.chosen import chosen_organization
from pygmalion_app.ui.reports.rows import Choice, GroupRow, Standing, by_requirement, group_row, rates, standing

PAGE_SIZE = 25
FILTERS = ("job_role_id", "site_id", "contractor_type", "cost_center", "status")


class ComplianceReportState(rx.State):
    """One page of rows and the charts of everybody that the filters let through."""

    loaded: rx.Field[bool] = rx.field(False)
    chosen: rx.Field[dict[str, str]] = rx.field(default_factory=lambda: dict.fromkeys(FILTERS, ""))
    job_roles: rx.Field[list[Choice]] = rx.field(default_factory=list)
    sites: rx.Field[list[Choice]] = rx.field(default_factory=list)
    contractor_types: rx.Field[list[str]] = rx.field(default_factory=list)
    cost_centers: rx.Field[list[str]] = rx.field(default_factory=list)
    asked: rx.Field[int] = rx.field(0)
    """How many pairs of a person and a requirement there are."""
    rate: rx.Field[float] = rx.field(0.0)
    rate_text: rx.Field[str] = rx.field("")
    rate_shade: rx.Field[str] = rx.field("ok")
    statuses: rx.Field[Chart] = rx.field(default_factory=Chart)
    worst: rx.Field[Chart] = rx.field(default_factory=Chart)
    by_role: rx.Field[Chart] = rx.field(default_factory=Chart)
    by_site: rx.Field[Chart] = rx.field(default_factory=Chart)
    groups: rx.Field[list[GroupRow]] = rx.field(default_factory=list)
    rows: rx.Field[list[Standing]] = rx.field(default_factory=list)
    count: rx.Field[str] = rx.field("")
    page: rx.Field[int] = rx.field(1)
    pages: rx.Field[int] = rx.field(1)
    numbers: rx.Field[list[int]] = rx.field(default_factory=list)

    @rx.event
    @access.signed_in
    async def load(self) -> Any:
        """Show everybody."""
        self.chosen, self.page = dict.fromkeys(FILTERS, ""), 1
        actor = await actor_of(self)
        organization = chosen_organization(self, actor, Permission.COMPLIANCE_READ)
        if organization is None:
            return None
        async with unit_of_work(actor) as uow:
            known = await workplace(uow, organization)
        self.job_roles = [Choice(str(one.id), one.name) for one in known.job_roles if one.archived_at is None]
        self.sites = [Choice(str(one.id), one.name) for one in known.sites]
        self.contractor_types = [one for one in known.contractor_types if one]
        self.cost_centers = [one for one in known.cost_centers if one]
        return await self._read()

    @rx.event
    @access.requires(Permission.COMPLIANCE_READ)
    async def narrow(self, name: str, value: str) -> Any:
        """Show fewer, or others."""
        if name in FILTERS:
            self.chosen = {**self.chosen, str(name): str(value)[:120]}
            self.page = 1
        return await self._read()

    @rx.event
    @access.requires(Permission.COMPLIANCE_READ)
    async def turn(self, page: int) -> Any:
        """Show another page of rows."""
        self.page = max(1, min(page, self.pages)) if isinstance(page, int) else 1
        return await self._read()

    def _filters(self) -> ComplianceFilters:
        chosen = self.chosen
        return ComplianceFilters(
            job_role_id=parse_id(chosen["job_role_id"]),
            site_id=parse_id(chosen["site_id"]),
            contractor_type=chosen["contractor_type"] or None,
            cost_center=chosen["cost_center"] or None,
            status=chosen["status"],
        )

    async def _read(self) -> Any:
        lang, actor = lang_of_path(self.router.url.path), await actor_of(self)
        organization = chosen_organization(self, actor, Permission.COMPLIANCE_READ)
        try:
            filters = self._filters()
        except ValueError:
            # A status that the page does not offer.
            return None
        try:
            async with unit_of_work(actor) as uow:
                found = await compliance.compliance(
                    uow, organization, filters, limit=PAGE_SIZE, offset=(self.page - 1) * PAGE_SIZE
                )
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        self._show(lang, found)
        return None

    def _show(self, lang: Lang, found: ComplianceReport) -> None:
        self.asked = sum(found.counts.values())
        self.rate, self.rate_text = round(found.rate * 100, 1), percent(lang.code, found.rate)
        self.rate_shade = tone_of(found.rate)
        self.statuses = statuses_chart(lang, found.counts)
        self.worst = by_requirement(lang, found, SHADES)
        self.by_role = rates(lang, found.by_job_role, lang("report-by-job-role"), lang("report-no-job-role"))
        self.by_site = rates(lang, found.by_site, lang("report-by-site"), lang("report-no-site"))
        self.groups = [group_row(lang, group) for group in found.by_requirement]
        self.rows = [standing(lang, row) for row in found.rows]
        self.count = lang("report-rows", count=found.total, shown=format_number(lang.code, found.total))
        self.pages = max(1, -(-found.total // PAGE_SIZE))
        self.numbers = page_numbers(self.page, self.pages)
        self.loaded = True
