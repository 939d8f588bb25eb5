"""E-mail domains that organisations claim and nothing proves: the platform's administrator may take their word."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from pygmalion_app.accounts.errors import ReauthenticationRequiredError
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.i18n import format_moment
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.sso import domains
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.accounts import reauthentication
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.i18n import Lang, lang_of_path


@dataclass
class WaitingRow:
    """One claim, ready to read."""

    organization_id: str
    organization: str
    domain: str
    claimed: str


class WaitingDomainsState(rx.State):
    """The claims, oldest first."""

    rows: rx.Field[list[WaitingRow]] = rx.field(default_factory=list)

    @rx.event
    @access.platform_admin
    async def load(self) -> None:
        """Read the claims."""
        lang = lang_of_path(self.router.url.path)
        async with unit_of_work(await actor_of(self)) as uow:
            found = await domains.waiting(uow)
        self.rows = [
            WaitingRow(
                str(one.organization_id), one.organization_name, one.domain, format_moment(lang.code, one.claimed_at)
            )
            for one in found
        ]

    @rx.event
    @access.platform_admin
    async def approve(self, organization_id: str, domain: str) -> Any:
        """Approve one, after a proof of who approves."""
        lang = lang_of_path(self.router.url.path)
        organization = parse_id(organization_id)
        if organization is None:
            return None
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                await domains.approve(uow, organization, str(domain)[:253])
        except ReauthenticationRequiredError:
            again = WaitingDomainsState.approve(organization_id, domain)  # pyright: ignore[reportCallIssue]
            return await reauthentication.ask(self, again=again)
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        return [WaitingDomainsState.load, toasts.ok(lang("sso-domain-approved"), str(domain))]


def waiting_domains(lang: Lang) -> rx.Component:
    """Return the claims with their buttons; nothing while there are none. The page loads the state."""
    return rx.cond(
        WaitingDomainsState.rows.length() > 0,
        rx.el.section(
            rx.el.h2(lang("sso-domains-waiting"), class_name="text-xl font-semibold"),
            rx.el.p(lang("sso-domains-waiting-text"), class_name="mt-1 mb-4 text-ink-2"),
            ui.table(
                [lang("sso-domain"), lang("team-organization"), lang("sso-domain-claimed"), ""],
                rx.foreach(WaitingDomainsState.rows, lambda row: _row(lang, row)),
                caption=lang("sso-domains-waiting"),
            ),
            reauthentication.reauthenticate_dialog(lang),
        ),
    )


def _row(lang: Lang, row: WaitingRow) -> rx.Component:
    return rx.el.tr(
        ui.cell(row.domain, label=lang("sso-domain"), class_name="font-semibold"),
        ui.cell(row.organization, label=lang("team-organization")),
        ui.cell(row.claimed, label=lang("sso-domain-claimed")),
        ui.cell(
            ui.button(
                lang("sso-domain-approve"),
                look="secondary",
                size="sm",
                on_click=WaitingDomainsState.approve(row.organization_id, row.domain),  # pyright: ignore[reportCallIssue]
                aria_label=rx.Var.create(lang("sso-domain-approve") + " : ") + row.domain,
            )
        ),
    )
