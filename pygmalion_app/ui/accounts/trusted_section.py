"""The browsers where a password is enough: seen, and trusted no more."""

from dataclasses import dataclass
from uuid import UUID

import reflex as rx
from reflex_base.event import EventSpec

from pygmalion_app.accounts import trusted_devices
from pygmalion_app.accounts.devices import software_of
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.i18n import format_moment
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.i18n import Lang, lang_of_path

_NO_DEVICE = UUID(int=0)


@dataclass
class TrustedRow:
    """A trusted browser, ready to read."""

    key: str
    name: str
    until: str


class TrustedState(rx.State):
    """One's trusted browsers."""

    rows: rx.Field[list[TrustedRow]] = rx.field(default_factory=list)

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read the list."""
        await self._read()

    @rx.event
    @access.signed_in
    async def forget(self, key: str) -> EventSpec:
        """Ask for a code there again, from the next sign-in on."""
        device_id, lang = parse_id(key) or _NO_DEVICE, lang_of_path(self.router.url.path)
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                await trusted_devices.forget_device(uow, device_id)
        except NotFoundError:
            await self._read()
            return toasts.info(lang("trusted-gone"))
        await self._read()
        return toasts.ok(lang("trusted-forgotten"))

    async def _read(self) -> None:
        lang = lang_of_path(self.router.url.path)
        async with unit_of_work(await actor_of(self)) as uow:
            trusted = await trusted_devices.devices_of(uow)
        self.rows = [
            TrustedRow(
                key=str(device.id),
                name=_name(lang, device.label),
                until=lang(
                    "trusted-until",
                    moment=format_moment(lang.code, device.expires_at),
                    used=format_moment(lang.code, device.last_used_at),
                ),
            )
            for device in trusted
        ]


def _name(lang: Lang, user_agent: str) -> str:
    software = software_of(user_agent)
    if software.browser and software.system:
        return lang("devices-browser", browser=software.browser, system=software.system)
    return software.browser or software.system or lang("devices-unknown")


def trusted_section(lang: Lang) -> rx.Component:
    """Return the card; nothing while no browser is trusted."""

    def one(row: TrustedRow) -> rx.Component:
        return rx.el.li(
            ui.icon("monitor", "mt-[3px] text-ink-3"),
            rx.el.div(
                rx.el.p(row.name, class_name="font-semibold break-words"),
                rx.el.p(row.until, class_name="text-sm text-ink-2"),
                class_name="min-w-0 flex-1",
            ),
            ui.button(
                lang("trusted-forget"),
                look="ghost",
                size="sm",
                on_click=TrustedState.forget(row.key),  # pyright: ignore[reportCallIssue]
                aria_label=rx.Var.create(lang("trusted-forget") + " ") + row.name,
            ),
            class_name="flex flex-wrap items-start gap-x-4 gap-y-2 py-4",
        )

    card = ui.card(
        rx.el.h2(lang("trusted-title"), id="trusted-title", class_name="text-lg"),
        rx.el.p(lang("trusted-lead"), class_name="text-ink-2 mt-1"),
        rx.el.ul(rx.foreach(TrustedState.rows, one), class_name="mt-3 divide-y divide-line"),
    )
    return rx.cond(TrustedState.rows.length() > 0, rx.el.section(card, aria_labelledby="trusted-title"))
