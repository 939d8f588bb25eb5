"""The part of the enrolment form that names who takes part: colleagues ticked, people typed, a list pasted."""

from dataclasses import replace
from typing import Any

import reflex as rx
from reflex_base.event import EventSpec

from pygmalion_app.enrollments.schemas import MAX_PARTICIPANTS
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui.enrollments.enrol_price import EnrolPrice
from pygmalion_app.ui.enrollments.people import parse_people
from pygmalion_app.ui.enrollments.rows import PersonRow, TeamRow, faults_of, row_of
from pygmalion_app.ui.forms import text_of

MOST_SHOWN = 60


class EnrolPeople(EnrolPrice, mixin=True):
    """The participants; the price follows their number."""

    payer: rx.Field[str] = rx.field("company")
    source: rx.Field[str] = rx.field("team")
    team_query: rx.Field[str] = rx.field("")
    team: rx.Field[list[TeamRow]] = rx.field(default_factory=list)
    people: rx.Field[list[PersonRow]] = rx.field(default_factory=list)
    bad_lines: rx.Field[list[str]] = rx.field(default_factory=list)
    pasted: rx.Field[str] = rx.field("")
    email_error: rx.Field[str] = rx.field("")
    first_name_error: rx.Field[str] = rx.field("")
    last_name_error: rx.Field[str] = rx.field("")
    added: rx.Field[int] = rx.field(0)
    """Counts the people added by the form, whose inputs start afresh with it."""
    blocked: rx.Field[bool] = rx.field(False)
    error: rx.Field[str] = rx.field("")

    _colleagues: list[TeamRow] = []  # noqa: RUF012 - a backend var of the state, copied for each client
    _enrolled: frozenset[str] = frozenset()

    @rx.event
    @access.signed_in
    def choose_source(self, source: str) -> None:
        """Choose how participants are named."""
        self.source = source if source in {"team", "email", "paste"} else "team"

    @rx.event
    @access.signed_in
    def search_team(self, text: str) -> None:
        """Narrow the team list."""
        self.team_query = str(text)[:80]
        self._show_team()

    @rx.event
    @access.signed_in
    def toggle(self, email: str) -> None:
        """Tick or untick a colleague of the list."""
        row = next((row for row in self._colleagues if row.email == email and not row.enrolled), None)
        if row is None:
            return
        if any(person.email == email for person in self.people):
            self._drop(email)
        else:
            self._add([PersonRow(email, row.first_name, row.last_name)])

    @rx.event
    @access.signed_in
    def add_person(self, form: dict[str, Any]) -> None:
        """Add one person by e-mail."""
        lang = self._lang()
        self.email_error = self.first_name_error = self.last_name_error = ""
        row = PersonRow(text_of(form, "email").lower(), text_of(form, "first_name"), text_of(form, "last_name"))
        for name in faults_of(row):
            setattr(self, f"{name}_error", lang(f"sign-in-{name.replace('_', '-')}-error"))
        if any(person.email == row.email for person in self.people):
            self.email_error = lang("enrol-twice")
        if not (self.email_error or self.first_name_error or self.last_name_error):
            self._add([row])
            self.added += 1

    @rx.event
    @access.signed_in
    def add_pasted(self, form: dict[str, Any]) -> EventSpec | None:
        """Add the people of a pasted list; what could not be read is listed by line."""
        lang = self._lang()
        self.pasted = text_of(form, "pasted")
        people, bad = parse_people(self.pasted)
        self.bad_lines = [lang(f"enrol-bad-{line.reason}", line=str(line.number), text=line.text) for line in bad]
        self.bad_lines += [
            lang("enrol-bad-email", line="–", text=person.email) for person in people if faults_of(row_of(person))
        ]
        rows = list({row.email: row for row in map(row_of, people) if not faults_of(row)}.values())
        known = {person.email for person in self.people}
        new = [row for row in rows if row.email not in known]
        self._add(new)
        if not people and not bad:
            return None
        if not bad:
            self.pasted, self.added = "", self.added + 1
        return toasts.info(lang("enrol-pasted", added=len(new), repeated=len(people) - len(new)))

    @rx.event
    @access.signed_in
    def remove(self, email: str) -> None:
        """Take a person off the list."""
        self._drop(email)

    def _add(self, rows: list[PersonRow]) -> None:
        known = {person.email for person in self.people}
        self.people = [*self.people, *(row for row in rows if row.email not in known)][:MAX_PARTICIPANTS]
        self.error = ""
        self._refresh()

    def _drop(self, email: str) -> None:
        if self.payer == "company":
            self.people = [person for person in self.people if person.email != email]
            self.error = ""
            self._refresh()

    def _refresh(self) -> None:
        """Recount what depends on the list: flags, ticks, price."""
        taken = self._lang()("enrol-already")
        self.people = [replace(row, problem=taken if row.email in self._enrolled else "") for row in self.people]
        self.blocked = any(row.problem for row in self.people)
        self.quantity = len(self.people)
        self._show_team()
        self._show_price()

    def _show_team(self) -> None:
        chosen = {person.email for person in self.people}
        wanted = self.team_query.strip().lower()
        self.team = [replace(row, chosen=row.email in chosen) for row in self._colleagues if row.holds(wanted)][
            :MOST_SHOWN
        ]
