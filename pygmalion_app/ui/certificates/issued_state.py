"""The certificates that a training organisation has issued: search, revoke, correct."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import reflex as rx
from pydantic import ValidationError
from reflex_base.event import EventSpec

from pygmalion_app.accounts.errors import ReauthenticationRequiredError
from pygmalion_app.certificates import corrections, issued, revocation
from pygmalion_app.certificates.issued import IssuedFilter, IssuedRow
from pygmalion_app.certificates.models import RevocationReason
from pygmalion_app.certificates.schemas import CorrectCommand, RevokeCommand
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.i18n import format_day
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.accounts import reauthentication
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.catalog.state import page_numbers
from pygmalion_app.ui.certificates.wording import last_day_of, life_of
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.enrollments.wording import title_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path
from pygmalion_app.ui.organizations.chosen import chosen_organization

PAGE_SIZE = 20
REVOKE_DIALOG, CORRECT_DIALOG = "revoke-certificate", "correct-certificate"
_ISSUER = Permission.CERTIFICATE_REVOKE
_LONGEST_NOTE, _LONGEST_WORD = 2000, 200


@dataclass
class IssuedLine:
    """One certificate of the list."""

    id: str
    number: str
    holder: str
    course: str
    issued: str
    validity: str
    status: str
    tone: Tone
    about: str
    note: str
    live: bool
    completed: str
    """ISO, for the form."""
    location: str


class IssuedState(rx.State):
    """The list, and the certificate that is being changed."""

    loaded: rx.Field[bool] = rx.field(False)
    organization: rx.Field[str] = rx.field("")
    search_text: rx.Field[str] = rx.field("")
    state: rx.Field[str] = rx.field("")
    rows: rx.Field[list[IssuedLine]] = rx.field(default_factory=list)
    count: rx.Field[str] = rx.field("")
    page: rx.Field[int] = rx.field(1)
    pages: rx.Field[int] = rx.field(1)
    numbers: rx.Field[list[int]] = rx.field(default_factory=list)
    chosen: rx.Field[str] = rx.field("")
    holder: rx.Field[str] = rx.field("")
    course: rx.Field[str] = rx.field("")
    completed: rx.Field[str] = rx.field("")
    location: rx.Field[str] = rx.field("")
    form_error: rx.Field[str] = rx.field("")
    begun: rx.Field[int] = rx.field(0)
    """Counts the changes begun; the forms start afresh with it."""

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read the newest certificates of the organisation that the reader administers; some administer none."""
        actor = await actor_of(self)
        found = chosen_organization(self, actor, _ISSUER)
        self.organization, self.page, self.chosen = str(found or ""), 1, ""
        await self._read()

    @rx.event
    @access.requires(_ISSUER)
    async def search(self, form: dict[str, Any]) -> None:
        """Look for a name, a course or a number."""
        self.search_text, self.page = text_of(form, "search", 100), 1
        await self._read()

    @rx.event
    @access.requires(_ISSUER)
    async def choose_state(self, state: str) -> None:
        """Show the certificates in one state."""
        self.state, self.page = state if state in set(IssuedFilter) else "", 1
        await self._read()

    @rx.event
    @access.requires(_ISSUER)
    async def turn(self, page: int) -> None:
        """Show another page."""
        self.page = page if isinstance(page, int) and 1 <= page <= self.pages else 1
        await self._read()

    @rx.event
    @access.requires(_ISSUER)
    def begin_revoke(self, certificate: str) -> EventSpec | None:
        """Ask why."""
        return self._begin(certificate, REVOKE_DIALOG)

    @rx.event
    @access.requires(_ISSUER)
    def begin_correct(self, certificate: str) -> EventSpec | None:
        """Ask what is wrong."""
        return self._begin(certificate, CORRECT_DIALOG)

    @rx.event
    @access.requires(_ISSUER)
    async def revoke(self, form: dict[str, Any]) -> list[EventSpec] | EventSpec | None:
        """Take the chosen certificate back."""
        try:
            command = RevokeCommand(
                certificate_id=UUID(self.chosen),
                reason=RevocationReason(text_of(form, "reason")),
                note=text_of(form, "note", _LONGEST_NOTE),
            )
        except (ValidationError, ValueError):
            self.form_error = self._lang()("error-invalid_input")
            return None
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                await revocation.revoke(uow, command)
        except ReauthenticationRequiredError:
            return await reauthentication.ask(self, again=IssuedState.revoke(form))  # pyright: ignore[reportCallIssue]
        except PygmalionError as error:
            self.form_error = error_text(self._lang().code, error)
            return None
        return await self._done(REVOKE_DIALOG, "issued-revoked")

    @rx.event
    @access.requires(_ISSUER)
    async def correct(self, form: dict[str, Any]) -> list[EventSpec] | EventSpec | None:
        """Issue the chosen certificate anew with other words."""
        try:
            command = CorrectCommand.model_validate(
                {
                    "certificate_id": UUID(self.chosen),
                    "holder": text_of(form, "holder", _LONGEST_WORD),
                    "completed_on": text_of(form, "completed", 10) or None,
                    "location": text_of(form, "location", _LONGEST_WORD),
                    "note": text_of(form, "note", _LONGEST_NOTE),
                }
            )
        except (ValidationError, ValueError):
            self.form_error = self._lang()("error-invalid_input")
            return None
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                await corrections.correct(uow, command)
        except ReauthenticationRequiredError:
            return await reauthentication.ask(self, again=IssuedState.correct(form))  # pyright: ignore[reportCallIssue]
        except PygmalionError as error:
            self.form_error = error_text(self._lang().code, error)
            return None
        return await self._done(CORRECT_DIALOG, "issued-corrected")

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)

    def _begin(self, certificate: str, dialog: str) -> EventSpec | None:
        row = next((row for row in self.rows if row.id == certificate and row.live), None)
        if row is None:
            return None
        self.chosen, self.holder, self.course = row.id, row.holder, row.course
        self.completed, self.location = row.completed, row.location
        self.form_error, self.begun = "", self.begun + 1
        return ui.show_dialog(dialog)

    async def _done(self, dialog: str, said: str) -> list[EventSpec]:
        self.chosen = self.form_error = ""
        await self._read()
        return [ui.close_dialog(dialog), toasts.ok(self._lang()(said))]

    async def _read(self) -> None:
        lang, found = self._lang(), parse_id(self.organization)
        if found is not None:
            async with unit_of_work(await actor_of(self)) as uow:
                result = await issued.issued(
                    uow,
                    found,
                    PageRequest(self.page, PAGE_SIZE),
                    search=self.search_text,
                    state=IssuedFilter(self.state) if self.state else None,
                )
            self.rows = [_line(lang, row) for row in result.items]
            self.count = lang("issued-count", count=result.total)
            self.pages = max(1, -(-result.total // PAGE_SIZE))
            self.numbers = page_numbers(self.page, self.pages)
        self.loaded = True


def _line(lang: Lang, row: IssuedRow) -> IssuedLine:
    status, tone = life_of(lang, row.life)
    about = lang(f"verify-reason-{row.revocation_reason}") if row.revocation_reason else ""
    if row.successor:
        about = lang("issued-successor", number=row.successor)
    return IssuedLine(
        id=str(row.id),
        number=row.number,
        holder=lang("issued-erased") if row.erased else row.holder,
        course=title_of(lang, row.course, row.course_en),
        issued=format_day(lang.code, row.issued_at, pattern="medium"),
        validity=last_day_of(lang, row.valid_until) or lang("issued-no-end"),
        status=status,
        tone=tone,
        about=about,
        note=lang("issued-note", note=row.note) if row.note else "",
        live=row.revoked_at is None and not row.erased,
        completed=row.completed_on.isoformat(),
        location=row.location,
    )
