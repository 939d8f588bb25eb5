"""The part of a team's booking that says who goes."""

from dataclasses import replace
from typing import Final

import reflex as rx
from reflex_base.event import EventSpec

from pygmalion_app.enrollments.schemas import MAX_PARTICIPANTS
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.budgets.assign_checks import MANAGE, AssignChecks
from pygmalion_app.ui.budgets.assign_rows import PersonRow

MOST_SHOWN: Final = 60
DUE: Final = ("expired", "missing", "expiring")


class AssignPeople(AssignChecks, mixin=True):
    """The team, filtered and ticked."""

    query: rx.Field[str] = rx.field("")
    job: rx.Field[str] = rx.field("")
    site: rx.Field[str] = rx.field("")
    jobs: rx.Field[list[str]] = rx.field(default_factory=list)
    sites: rx.Field[list[str]] = rx.field(default_factory=list)
    due_only: rx.Field[bool] = rx.field(False)
    code: rx.Field[str] = rx.field("")
    """The course type that the address names; people's standing is for it."""
    people: rx.Field[list[PersonRow]] = rx.field(default_factory=list)
    found: rx.Field[int] = rx.field(0)
    """How many people the filters leave, shown or not."""
    picked: rx.Field[int] = rx.field(0)

    @rx.event
    @access.requires(MANAGE)
    def search_people(self, text: str) -> None:
        """Narrow the team."""
        self.query = str(text)[:80]
        self._show_people()

    @rx.event
    @access.requires(MANAGE)
    def narrow(self, name: str, value: str) -> None:
        """Narrow the team by job role or site."""
        if name in {"job", "site"}:
            setattr(self, name, str(value)[:120])
            self._show_people()

    @rx.event
    @access.requires(MANAGE)
    def choose_due(self, value: bool) -> None:
        """Show only those who have to be trained."""
        self.due_only = value is True
        self._show_people()

    @rx.event
    @access.requires(MANAGE)
    async def toggle_person(self, member: str) -> EventSpec | None:
        """Tick or untick a colleague."""
        if member in self._people:
            self._people = [one for one in self._people if one != member]
        elif len(self._people) >= MAX_PARTICIPANTS:
            return toasts.info(self._lang()("assign-most-people", most=MAX_PARTICIPANTS))
        elif any(row.id == member for row in self._team):
            self._people = [*self._people, member]
        self._mark_people()
        await self._check(await actor_of(self))
        return None

    @rx.event
    @access.requires(MANAGE)
    async def choose_shown(self) -> None:
        """Tick everybody whom the filters leave."""
        shown = [row.id for row in self._filtered()]
        self._people = list(dict.fromkeys([*self._people, *shown]))[:MAX_PARTICIPANTS]
        self._mark_people()
        await self._check(await actor_of(self))

    @rx.event
    @access.requires(MANAGE)
    async def choose_nobody(self) -> None:
        """Untick everybody."""
        self._people = []
        self._mark_people()
        await self._check(await actor_of(self))

    def _filtered(self) -> list[PersonRow]:
        words = self.query.lower().split()
        return [
            row
            for row in self._team
            if all(word in f"{row.name} {row.email} {row.about}".lower() for word in words)
            and self.job in {"", row.job}
            and self.site in {"", row.site}
            and (not self.due_only or row.raw in DUE)
        ]

    def _show_people(self) -> None:
        chosen, found = set(self._people), self._filtered()
        first = [row for row in self._team if row.id in chosen]
        rest = [row for row in found if row.id not in chosen]
        self.people, self.found = [*first, *rest][:MOST_SHOWN], len(found)
        self._mark_people()

    def _mark_people(self) -> None:
        # Nobody changes places under the pointer.
        self.people = [replace(row, chosen=row.id in self._people) for row in self.people]
        self.picked = len(self._people)
