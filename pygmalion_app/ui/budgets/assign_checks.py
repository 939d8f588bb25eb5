"""What is chosen for a team's booking, and what it would mean: checked anew with each choice."""

from typing import Final
from uuid import UUID

import reflex as rx

from pygmalion_app.budgets import checks
from pygmalion_app.budgets.schemas import Assign, AssignPreview, Seats
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.i18n import format_money
from pygmalion_app.core.ids import new_id, parse_id
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.ui import access
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.budgets.assign_rows import CheckedSession, PersonRow, checked_session, effect_text
from pygmalion_app.ui.budgets.rows import CenterChoice
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.i18n import Lang, lang_of_path

MANAGE: Final = Permission.BUDGET_MANAGE


class AssignChecks(rx.State, mixin=True):
    """The choice. It is kept at the server; only ids come from the browser."""

    organization: rx.Field[str] = rx.field("")
    centers: rx.Field[list[CenterChoice]] = rx.field(default_factory=list)
    center: rx.Field[str] = rx.field("")
    method: rx.Field[str] = rx.field("invoice")
    checks: rx.Field[list[CheckedSession]] = rx.field(default_factory=list)
    total: rx.Field[str] = rx.field("")
    effect: rx.Field[str] = rx.field("")
    fits: rx.Field[bool] = rx.field(True)
    bookable: rx.Field[bool] = rx.field(False)
    problem: rx.Field[str] = rx.field("")

    # Backend vars of the state are copied for each client.
    _team: list[PersonRow] = []  # noqa: RUF012
    _people: list[str] = []  # noqa: RUF012
    _sessions: list[str] = []  # noqa: RUF012
    _left_out: set[tuple[str, str]] = set()  # noqa: RUF012
    """Sessions and people that do not go together, whoever else is chosen for both."""
    _key: str = ""
    """Names this booking, so that confirming it twice books it once."""

    @rx.event
    @access.requires(MANAGE)
    async def choose_center(self, center: str) -> None:
        """Choose the cost centre that pays."""
        self.center = center if any(one.id == center for one in self.centers) else ""
        await self._check(await actor_of(self))

    @rx.event
    @access.requires(MANAGE)
    async def choose_method(self, value: str) -> None:
        """Choose how it is paid."""
        self.method = "card" if value == "card" else "invoice"
        await self._check(await actor_of(self))

    @rx.event
    @access.requires(MANAGE)
    async def leave_out(self, session_id: str, member: str) -> None:
        """Leave somebody out of one session, or take them back in."""
        self._left_out = self._left_out ^ {(str(session_id)[:40], str(member)[:40])}
        await self._check(await actor_of(self))

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)

    def _command(self, going: dict[str, list[str]]) -> Assign | None:
        bookings = tuple(
            Seats(session_id=UUID(session), user_ids=tuple(map(UUID, people)))
            for session, people in going.items()
            if people
        )
        if not bookings:
            return None
        return Assign(
            organization_id=UUID(self.organization),
            bookings=bookings,
            cost_center_id=parse_id(self.center),
            payment_method="card" if self.method == "card" else "invoice",
        )

    def _wanted(self) -> dict[str, list[str]]:
        return {
            session: [one for one in self._people if (session, one) not in self._left_out] for session in self._sessions
        }

    def _out_of(self, session: str) -> list[PersonRow]:
        return [row for row in self._team if row.id in self._people and (session, row.id) in self._left_out]

    async def _preview(self, actor: Actor, going: dict[str, list[str]]) -> AssignPreview | None:
        command = self._command(going)
        if command is None:
            return None
        try:
            async with unit_of_work(actor) as uow:
                return await checks.preview(uow, command)
        except PygmalionError as error:
            self.problem = error_text(self._lang().code, error)
            return None

    async def _check(self, actor: Actor) -> None:
        """Show what booking would mean now."""
        self.problem, self._key = "", str(new_id())
        seen = await self._preview(actor, self._wanted())
        if seen is None:
            self.checks, self.total, self.effect, self.fits, self.bookable = [], "", "", True, False
            return
        lang = self._lang()
        self.checks = [
            checked_session(lang, one, self._out_of(str(one.session_id)), self.method) for one in seen.sessions
        ]
        self.total = format_money(lang.code, seen.amount_cents)
        self.effect, self.fits = effect_text(lang, seen.budget)
        self.bookable = seen.bookable
