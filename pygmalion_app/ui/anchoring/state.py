"""The queue of contract calls and the chain's health, for the platform's administrators."""

from typing import Any

import reflex as rx

from pygmalion_app.certificates import anchoring_admin
from pygmalion_app.certificates.alarms import format_coins
from pygmalion_app.certificates.anchoring_admin import IN_TROUBLE, AnchoringTotals
from pygmalion_app.certificates.chain_watch import WEI
from pygmalion_app.certificates.models import OperationStatus
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.i18n import format_moment
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.ports import ChainNetwork, ChainOverview, NodeState
from pygmalion_app.core.unit_of_work import container, unit_of_work
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.anchoring.rows import CallRow, Figure, NodeRow, call_row, coins, figures, node_row
from pygmalion_app.ui.catalog.state import page_numbers
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.i18n import Lang, lang_of_path

PAGE_SIZE = 25
FILTERS = (IN_TROUBLE, *OperationStatus)


class AnchoringState(rx.State):
    """The list and what narrows it, the figures, and the chain as it answered last."""

    loaded: rx.Field[bool] = rx.field(False)
    failure: rx.Field[str] = rx.field("")
    chosen: rx.Field[str] = rx.field("")
    count: rx.Field[str] = rx.field("")
    rows: rx.Field[list[CallRow]] = rx.field(default_factory=list)
    page: rx.Field[int] = rx.field(1)
    pages: rx.Field[int] = rx.field(1)
    numbers: rx.Field[list[int]] = rx.field(default_factory=list)
    figures: rx.Field[list[Figure]] = rx.field(default_factory=list)
    conflicts: rx.Field[str] = rx.field("")
    silence: rx.Field[str] = rx.field("")
    """What keeps sweeps from getting through, and since when."""
    silence_detail: rx.Field[str] = rx.field("")
    sweep: rx.Field[str] = rx.field("")
    sweep_tone: rx.Field[str] = rx.field("idle")

    asked: rx.Field[bool] = rx.field(False)
    """Whether the chain was asked since the page opened."""
    network: rx.Field[str] = rx.field("")
    contract: rx.Field[str] = rx.field("")
    contract_href: rx.Field[str] = rx.field("")
    signer: rx.Field[str] = rx.field("")
    signer_href: rx.Field[str] = rx.field("")
    balance: rx.Field[str] = rx.field("")
    low: rx.Field[str] = rx.field("")
    """The warning of a balance below the threshold, empty otherwise."""
    nodes: rx.Field[list[NodeRow]] = rx.field(default_factory=list)
    needed: rx.Field[str] = rx.field("")
    unreachable: rx.Field[bool] = rx.field(False)
    _network: ChainNetwork | None = None
    _balance_wei: int | None = None

    @rx.event
    @access.platform_admin
    async def load(self) -> Any:
        """Read the queue; the chain is asked after, as it may take seconds."""
        self.chosen, self.page, self.asked = "", 1, False
        await self._read_safely()
        return AnchoringState.look

    @rx.event
    @access.platform_admin
    async def look(self) -> None:
        """Ask the nodes how they are."""
        seen = await container().ports.chain.overview()
        self._network = seen.network or self._network
        self._balance_wei = seen.balance_wei
        self._show_chain(seen)
        await self._read_safely()
        self.asked = True

    @rx.event
    @access.platform_admin
    async def choose(self, state: str) -> None:
        """Narrow to a state."""
        self.chosen, self.page = state if state in FILTERS else "", 1
        await self._read_safely()

    @rx.event
    @access.platform_admin
    async def turn(self, page: int) -> None:
        """Show another page."""
        self.page = page if isinstance(page, int) and 1 <= page <= self.pages else 1
        await self._read_safely()

    @rx.event
    @access.platform_admin
    async def retry(self) -> Any:
        """Try everything that waits now."""
        lang = self._lang()
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                await anchoring_admin.retry(uow)
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        await self._read_safely()
        return toasts.ok(lang("anchoring-retried"), description=lang("anchoring-retried-text"))

    @rx.event
    @access.platform_admin
    async def acknowledge(self, operation: int) -> Any:
        """Put a conflict's alarm out."""
        lang = self._lang()
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                await anchoring_admin.acknowledge(uow, operation if isinstance(operation, int) else 0)
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        await self._read_safely()
        return toasts.ok(lang("anchoring-acknowledged"))

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)

    async def _read_safely(self) -> None:
        try:
            await self._read()
        except PygmalionError as error:
            self.failure = error_text(self._lang().code, error)
        else:
            self.failure = ""
        self.loaded = True

    async def _read(self) -> None:
        lang = self._lang()
        async with unit_of_work(await actor_of(self)) as uow:
            totals = await anchoring_admin.totals(uow)
            found = await anchoring_admin.operations(uow, self.chosen, PageRequest(self.page, PAGE_SIZE))
            now = uow.clock.now()
        self.rows = [call_row(lang, row, self._network, now) for row in found.items]
        self.count = lang("anchoring-count", count=found.total)
        self.pages = max(1, -(-found.total // PAGE_SIZE))
        self.numbers = page_numbers(self.page, self.pages)
        self.figures = figures(lang, totals, self._network)
        self.conflicts = lang("anchoring-conflicts", count=totals.conflicts) if totals.conflicts else ""
        self._show_sweep(lang, totals)
        self._show_balance(lang, totals)

    def _show_sweep(self, lang: Lang, totals: AnchoringTotals) -> None:
        failing = totals.failing_since
        self.silence = lang("anchoring-silent", at=format_moment(lang.code, failing)) if failing else ""
        self.silence_detail = totals.failure or ""
        swept = totals.swept_at
        self.sweep = lang("anchoring-swept", at=format_moment(lang.code, swept)) if swept else lang("anchoring-unswept")
        self.sweep_tone = "bad" if failing else "ok" if swept else "idle"

    def _show_chain(self, seen: ChainOverview) -> None:
        lang, embedded = self._lang(), not container().settings.chain_rpc_urls
        explorer = seen.network.explorer if seen.network else ""
        self.network = lang("anchoring-network-unknown")
        if seen.network:
            name = lang("anchoring-embedded") if embedded else seen.network.name
            self.network = lang("anchoring-network", name=name, number=str(seen.network.chain_id))
        self.contract, self.signer = seen.contract, seen.signer
        self.contract_href = f"{explorer}/address/{seen.contract}" if explorer and seen.contract else ""
        self.signer_href = f"{explorer}/address/{seen.signer}" if explorer and seen.signer else ""
        self.nodes = [node_row(lang, node) for node in seen.nodes]
        self.needed = lang("anchoring-needed", needed=seen.needed, nodes=len(seen.nodes))
        if embedded:
            self.needed = lang("anchoring-needed-embedded")
        self.unreachable = not any(node.state in {NodeState.WELL, NodeState.BEHIND} for node in seen.nodes)

    def _show_balance(self, lang: Lang, totals: AnchoringTotals) -> None:
        """Show the balance as it is, or as it was last seen while no node tells."""
        threshold = container().settings.chain_low_balance
        wei = totals.balance_wei if self._balance_wei is None else self._balance_wei
        self.balance, self.low = lang("anchoring-balance-unknown"), ""
        if wei is None:
            return
        self.balance = coins(lang, wei, self._network)
        if self._balance_wei is None and totals.balance_at:
            at = format_moment(lang.code, totals.balance_at)
            self.balance = lang("anchoring-balance-seen", balance=self.balance, at=at)
        if wei / WEI < threshold:
            currency = self._network.currency if self._network else ""
            self.low = lang("anchoring-low", threshold=f"{format_coins(lang.code, threshold)} {currency}".strip())
