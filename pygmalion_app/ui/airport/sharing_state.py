"""What a company shows the airports on whose ground its people work."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from pygmalion_app.compliance import tenants
from pygmalion_app.compliance.tenant_schemas import SharingView
from pygmalion_app.core.errors import NotFoundError, PygmalionError
from pygmalion_app.core.i18n import format_day
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.organizations.errors import InvalidSiretError
from pygmalion_app.organizations.numbers import read_siret
from pygmalion_app.reports import airport
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path
from pygmalion_app.ui.organizations.chosen import chosen_organization


@dataclass
class SharingRow:
    """One airport."""

    id: str
    name: str
    state: str
    tone: Tone
    shared: bool
    with_names: bool
    note: str


class SharingState(rx.State):
    """The airports, and what each is shown."""

    loaded: rx.Field[bool] = rx.field(False)
    rows: rx.Field[list[SharingRow]] = rx.field(default_factory=list)
    siret_error: rx.Field[str] = rx.field("")
    added: rx.Field[int] = rx.field(0)
    """Counts the airports added; the form starts afresh with each."""

    @rx.event
    @access.requires(Permission.COMPLIANCE_READ)
    async def load(self) -> Any:
        """Read what is shared with whom."""
        lang, actor = lang_of_path(self.router.url.path), await actor_of(self)
        organization = chosen_organization(self, actor, Permission.COMPLIANCE_READ)
        self.rows = []
        if organization is not None:
            async with unit_of_work(actor) as uow:
                self._show(lang, await tenants.sharings(uow, organization))
        self.loaded = True

    @rx.event
    @access.requires(Permission.COMPLIANCE_MANAGE)
    async def add(self, form: dict[str, Any]) -> Any:
        """Show figures to an airport that has not asked, known by its number."""
        lang, actor = lang_of_path(self.router.url.path), await actor_of(self)
        organization = chosen_organization(self, actor, Permission.COMPLIANCE_MANAGE)
        if organization is None:
            return None
        self.siret_error = ""
        try:
            siret = read_siret(text_of(form, "siret", 20))
            async with unit_of_work(actor) as uow:
                rows = await tenants.consent(uow, organization, await airport.by_siret(uow, siret))
        except InvalidSiretError:
            self.siret_error = lang("airport-siret-wrong")
            return None
        except PygmalionError as error:
            self.siret_error = error_text(lang.code, error)
            return None
        self.added += 1
        self._show(lang, rows)
        return toasts.ok(lang("sharing-shared"))

    @rx.event
    @access.requires(Permission.COMPLIANCE_MANAGE)
    async def share(self, tower: str) -> Any:
        """Show an airport figures without names."""
        return await self._change(tower, share=True, with_names=False)

    @rx.event
    @access.requires(Permission.COMPLIANCE_MANAGE)
    async def share_names(self, tower: str) -> Any:
        """Show an airport figures and names."""
        return await self._change(tower, share=True, with_names=True)

    @rx.event
    @access.requires(Permission.COMPLIANCE_MANAGE)
    async def withdraw(self, tower: str) -> Any:
        """Show an airport nothing any more."""
        return await self._change(tower, share=False, with_names=False)

    async def _change(self, tower: str, *, share: bool, with_names: bool) -> Any:
        lang, actor = lang_of_path(self.router.url.path), await actor_of(self)
        organization = chosen_organization(self, actor, Permission.COMPLIANCE_MANAGE)
        wanted = parse_id(tower)
        try:
            if organization is None or wanted is None:
                raise NotFoundError
            async with unit_of_work(actor) as uow:
                if share:
                    rows = await tenants.consent(uow, organization, wanted, with_names=with_names)
                else:
                    rows = await tenants.withdraw(uow, organization, wanted)
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        self._show(lang, rows)
        return toasts.ok(lang("sharing-shared" if share else "sharing-withdrawn"))

    def _show(self, lang: Lang, rows: list[SharingView]) -> None:
        # Those that asked or were shown something; there may be hundreds of others.
        self.rows = [_row(lang, one) for one in rows if one.requested_at or one.consented_at]


def _row(lang: Lang, one: SharingView) -> SharingRow:
    def day(moment: Any) -> str:
        return format_day(lang.code, moment, pattern="d MMM y")

    state, tone, note = "sharing-state-none", "idle", ""
    if one.shared:
        state, tone = ("sharing-state-names" if one.with_names else "sharing-state-figures"), "ok"
        note = lang("sharing-since", day=day(one.consented_at))
    elif one.requested_at is not None:
        state, tone, note = "sharing-state-asked", "warn", lang("sharing-asked-on", day=day(one.requested_at))
    elif one.withdrawn_at is not None:
        note = lang("sharing-withdrawn-on", day=day(one.withdrawn_at))
    return SharingRow(
        id=str(one.airport_organization_id),
        name=one.airport,
        state=lang(state),
        tone=tone,
        shared=one.shared,
        with_names=one.shared and one.with_names,
        note=note,
    )
