"""The gateway's events, for the platform's administrators."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.i18n import format_moment
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.enrollments import gateway_events
from pygmalion_app.payments import webhook_admin
from pygmalion_app.payments.events import FAILED
from pygmalion_app.payments.schemas import Change, EventFilter, EventRow
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.catalog.state import page_numbers
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.i18n import Lang, lang_of_path

PAGE_SIZE = 25
KINDS = ("checkout.session.", "payment_intent.", "refund.", "charge.dispute.", "account.", "payout.")
"""How the types begin that have an effect here."""
_LONGEST_ID = 255
_TONES: dict[str, Tone] = {
    FAILED: "bad",
    Change.NONE: "idle",
    **dict.fromkeys((Change.FAILED, Change.INSTALMENT_FAILED, Change.REFUND_FAILED, Change.DISPUTED), "warn"),
}


@dataclass
class GatewayEventRow:
    """One event, ready to read."""

    id: str
    kind: str
    when: str
    effect: str
    tone: Tone
    order: str
    """The order's address, empty where none is known."""
    attempts: str


class EventsState(rx.State):
    """The list, what narrows it, and the event that is looked at."""

    loaded: rx.Field[bool] = rx.field(False)
    kind: rx.Field[str] = rx.field("")
    effect: rx.Field[str] = rx.field("")
    count: rx.Field[str] = rx.field("")
    rows: rx.Field[list[GatewayEventRow]] = rx.field(default_factory=list)
    page: rx.Field[int] = rx.field(1)
    pages: rx.Field[int] = rx.field(1)
    numbers: rx.Field[list[int]] = rx.field(default_factory=list)
    chosen: rx.Field[str] = rx.field("")
    facts: rx.Field[list[tuple[str, str]]] = rx.field(default_factory=list)
    payload: rx.Field[str] = rx.field("")
    order: rx.Field[str] = rx.field("")
    forgotten: rx.Field[bool] = rx.field(False)
    busy: rx.Field[bool] = rx.field(False)

    @rx.event
    @access.platform_admin
    async def load(self) -> None:
        """Read the newest events."""
        self.kind = self.effect = self.chosen = ""
        self.page = 1
        await self._read()
        self.loaded = True

    @rx.event
    @access.platform_admin
    async def choose_kind(self, kind: str) -> None:
        """Narrow to a family of events."""
        self.kind, self.page, self.chosen = kind if kind in KINDS else "", 1, ""
        await self._read()

    @rx.event
    @access.platform_admin
    async def choose_effect(self, effect: str) -> None:
        """Narrow by what they did."""
        self.effect, self.page, self.chosen = effect if effect in {FAILED, *Change} else "", 1, ""
        await self._read()

    @rx.event
    @access.platform_admin
    async def turn(self, page: int) -> None:
        """Show another page."""
        self.page, self.chosen = page if isinstance(page, int) and 1 <= page <= self.pages else 1, ""
        await self._read()

    @rx.event
    @access.platform_admin
    async def see(self, event: str) -> Any:
        """Look at one closely."""
        try:
            await self._show(str(event)[:_LONGEST_ID])
        except PygmalionError as error:
            return toasts.bad(error_text(self._lang().code, error))
        return None

    @rx.event
    @access.platform_admin
    def close(self) -> None:
        """Return to the list."""
        self.chosen = ""

    @rx.event
    @access.platform_admin
    async def replay(self) -> Any:
        """Apply the event that is looked at again."""
        lang = self._lang()
        try:
            change = await gateway_events.replay(await actor_of(self), self.chosen)
            await self._show(self.chosen)
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        await self._read()
        if change is Change.NONE:
            return toasts.info(lang("events-replayed-nothing"))
        return toasts.ok(lang("events-replayed", effect=effect_text(lang, change)))

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)

    async def _read(self) -> None:
        lang = self._lang()
        async with unit_of_work(await actor_of(self)) as uow:
            wanted = EventFilter(self.kind, self.effect)
            found = await webhook_admin.events(uow, wanted, PageRequest(self.page, PAGE_SIZE))
        self.rows = [_row(lang, row) for row in found.items]
        self.count = lang("events-count", count=found.total)
        self.pages = max(1, -(-found.total // PAGE_SIZE))
        self.numbers = page_numbers(self.page, self.pages)

    async def _show(self, event_id: str) -> None:
        lang = self._lang()
        async with unit_of_work(await actor_of(self)) as uow:
            view = await webhook_admin.event(uow, event_id)
        self.chosen, self.payload, self.forgotten = view.id, view.payload, view.forgotten
        self.order = lang.path("order", order_id=str(view.reference)) if view.reference else ""
        facts = [
            (lang("events-type"), view.type),
            (lang("events-received"), format_moment(lang.code, view.received_at)),
            (lang("events-effect"), effect_text(lang, view.effect)),
            (lang("events-attempts"), str(view.attempts)),
            (lang("events-error"), view.last_error or ""),
            (lang("events-account"), view.account or ""),
            (lang("events-replayed-at"), format_moment(lang.code, view.replayed_at) if view.replayed_at else ""),
        ]
        self.facts = [(term, value) for term, value in facts if value]


def effect_text(lang: Lang, effect: str) -> str:
    """Return what an event did, in words."""
    return lang(f"events-effect-{effect.replace('_', '-')}" if effect in {FAILED, *Change} else "events-effect-other")


def _row(lang: Lang, row: EventRow) -> GatewayEventRow:
    return GatewayEventRow(
        id=row.id,
        kind=row.type,
        when=format_moment(lang.code, row.received_at),
        effect=effect_text(lang, row.effect),
        tone=_TONES.get(row.effect, "ok"),
        order=lang.path("order", order_id=str(row.reference)) if row.reference else "",
        attempts=str(row.attempts),
    )
