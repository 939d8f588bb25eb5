"""Booking a team: who, on what, paid how; what speaks against it; and what became of it."""

from dataclasses import replace
from typing import Final
from uuid import UUID

import reflex as rx
from reflex_base.event import EventSpec

from pygmalion_app.budgets import choices, requests, service
from pygmalion_app.budgets.assignment import assign_each
from pygmalion_app.budgets.schemas import AskForTraining
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.enrollments.schemas import MAX_PARTICIPANTS
from pygmalion_app.ui import access, live, toasts
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.budgets.assign_checks import MANAGE
from pygmalion_app.ui.budgets.assign_people import AssignPeople
from pygmalion_app.ui.budgets.assign_rows import OutcomeRow, SessionRow, outcome_row, person_row, session_row
from pygmalion_app.ui.budgets.rows import choice_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.organizations.chosen import chosen_organization

MOST_SESSIONS: Final = 10


class AssignState(AssignPeople, rx.State):
    """A booking in the making."""

    loaded: rx.Field[bool] = rx.field(False)
    session_query: rx.Field[str] = rx.field("")
    sessions: rx.Field[list[SessionRow]] = rx.field(default_factory=list)
    picked_sessions: rx.Field[int] = rx.field(0)
    outcomes: rx.Field[list[OutcomeRow]] = rx.field(default_factory=list)

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read the team; choose those whom the address names."""
        actor = await actor_of(self)
        company = chosen_organization(self, actor, MANAGE)
        self.reset()
        self.organization = str(company or "")
        if company is not None:
            asked = self.router.url.query_parameters
            self.code = (asked.get("code", "") or asked.get("q", "")).split("/")[0][:40]
            self.session_query = self.code
            async with unit_of_work(actor) as uow:
                team = await choices.people(uow, company, self.code)
                budget = await service.budget(uow, company)
            self._team = [person_row(self._lang(), one) for one in team]
            self.centers = [choice_of(self._lang(), one) for one in budget.centers]
            known = {row.id for row in self._team}
            named = [part.strip() for part in asked.get("people", "").split(",")]
            self._people = [one for one in dict.fromkeys(named) if one in known][:MAX_PARTICIPANTS]
            self._sessions = [one for one in [asked.get("session", "")] if parse_id(one)]
            self.jobs = sorted({row.job for row in self._team if row.job})
            self.sites = sorted({row.site for row in self._team if row.site})
            self._show_people()
            await self._find_sessions(actor)
            await self._check(actor)
        self.loaded = True

    @rx.event
    @access.requires(MANAGE)
    async def search_sessions(self, text: str) -> None:
        """Look for sessions."""
        self.session_query = str(text)[:100]
        await self._find_sessions(await actor_of(self))

    @rx.event
    @access.requires(MANAGE)
    async def toggle_session(self, session_id: str) -> EventSpec | None:
        """Tick or untick a session."""
        if session_id in self._sessions:
            self._sessions = [one for one in self._sessions if one != session_id]
        elif len(self._sessions) >= MOST_SESSIONS:
            return toasts.info(self._lang()("assign-most-sessions", most=MOST_SESSIONS))
        elif any(row.id == session_id for row in self.sessions):
            self._sessions = [*self._sessions, session_id]
        self._mark_sessions()
        await self._check(await actor_of(self))
        return None

    @rx.event
    @access.requires(MANAGE)
    async def book(self) -> EventSpec | None:
        """Book what was checked, session by session."""
        command, lang = self._command(await self._going(await actor_of(self))), self._lang()
        if command is None:
            return toasts.info(lang("assign-nobody"))
        outcomes = await assign_each(await actor_of(self), command, self._key)
        courses = {row.id: row.course for row in self.checks}
        self.outcomes = [outcome_row(lang, one, courses) for one in outcomes]
        done = {str(one.session_id) for one in outcomes if one.order is not None}
        self._sessions = [one for one in self._sessions if one not in done]
        actor = await actor_of(self)
        await self._find_sessions(actor)
        await self._check(actor)
        await self._read_centers(actor)
        return rx.call_script("document.getElementById('assign-result')?.focus()")

    @rx.event
    @access.requires(MANAGE)
    async def ask_second(self, session_id: str) -> EventSpec:
        """Ask another manager to approve what is above the limit."""
        lang, actor = self._lang(), await actor_of(self)
        command = self._command(await self._going(actor))
        seats = next((one for one in command.bookings if str(one.session_id) == session_id), None) if command else None
        if command is None or seats is None:
            return toasts.info(lang("assign-nobody"))
        asked = AskForTraining(
            session_id=seats.session_id,
            organization_id=command.organization_id,
            user_ids=seats.user_ids,
            cost_center_id=command.cost_center_id,
            payment_method=command.payment_method,
        )
        try:
            async with unit_of_work(actor) as uow:
                await requests.ask(uow, asked)
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        self.outcomes = [
            replace(row, text=lang("request-second-asked"), tone="info", can_ask=False)
            if row.session_id == session_id
            else row
            for row in self.outcomes
        ]
        return toasts.ok(lang("request-second-asked"))

    def _mark_sessions(self) -> None:
        self.sessions = [replace(row, chosen=row.id in self._sessions) for row in self.sessions]
        self.picked_sessions = len(self._sessions)

    async def _find_sessions(self, actor: Actor) -> None:
        chosen = tuple(found for found in map(parse_id, self._sessions) if found)
        async with unit_of_work(actor) as uow:
            found = await choices.sessions(uow, self.session_query, chosen)
        self.sessions = [session_row(self._lang(), one) for one in found]
        self._sessions = [one for one in self._sessions if any(row.id == one for row in self.sessions)]
        self._mark_sessions()
        await live.watch(self, [row.id for row in self.sessions])

    async def _read_centers(self, actor: Actor) -> None:
        async with unit_of_work(actor) as uow:
            budget = await service.budget(uow, UUID(self.organization))
        self.centers = [choice_of(self._lang(), one) for one in budget.centers]

    async def _going(self, actor: Actor) -> dict[str, list[str]]:
        """Return who is to be booked on each session: the chosen, less those left out and those booked already."""
        seen = await self._preview(actor, self._wanted())
        if seen is None:
            return {}
        return {
            str(one.session_id): [str(person.user_id) for person in one.people if not person.booked]
            for one in seen.sessions
        }
