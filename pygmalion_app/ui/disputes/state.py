"""The administrators' list of disputes, and the one that is being answered."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import reflex as rx
from pydantic import ValidationError
from reflex_base.event import EventSpec

from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.disputes import service
from pygmalion_app.disputes.errors import DisputeUnlinkedError
from pygmalion_app.disputes.schemas import SubmitEvidence
from pygmalion_app.payments.dispute_models import DisputeStatus
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.catalog.state import page_numbers
from pygmalion_app.ui.disputes.rows import DisputeRow, dispute_row
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path

SUBMIT_DIALOG = "submit-evidence"
PAGE_SIZE = 20
_NOTE = 4000


@dataclass
class SectionRow:
    """A part of the answer."""

    heading: str
    lines: list[str]


class DisputesState(rx.State):
    """What the page shows."""

    loaded: rx.Field[bool] = rx.field(False)
    state: rx.Field[str] = rx.field("")
    rows: rx.Field[list[DisputeRow]] = rx.field(default_factory=list)
    page: rx.Field[int] = rx.field(1)
    pages: rx.Field[int] = rx.field(1)
    numbers: rx.Field[list[int]] = rx.field(default_factory=list)
    chosen: rx.Field[list[DisputeRow]] = rx.field(default_factory=list)
    """The one that is looked at, or none."""
    locale: rx.Field[str] = rx.field("fr")
    note: rx.Field[str] = rx.field("")
    sections: rx.Field[list[SectionRow]] = rx.field(default_factory=list)
    enclosures: rx.Field[list[str]] = rx.field(default_factory=list)
    unlinked: rx.Field[bool] = rx.field(False)
    pdf: rx.Field[str] = rx.field("")
    opened: rx.Field[int] = rx.field(0)
    """Counts the disputes opened; the form starts afresh with each."""

    @rx.event
    @access.platform_admin
    async def load(self) -> None:
        """Read the list."""
        self.chosen, self.page = [], 1
        self.locale = self._lang().code
        await self._read()
        self.loaded = True

    @rx.event
    @access.platform_admin
    async def choose_state(self, state: str) -> None:
        """Narrow by what became of them."""
        self.state, self.page, self.chosen = state if state in set(DisputeStatus) else "", 1, []
        await self._read()

    @rx.event
    @access.platform_admin
    async def turn(self, page: int) -> None:
        """Show another page."""
        self.page = page if isinstance(page, int) and 1 <= page <= self.pages else 1
        await self._read()

    @rx.event
    @access.platform_admin
    async def see(self, dispute: str) -> EventSpec | None:
        """Look at one, with the answer as it would be sent."""
        found = parse_id(dispute)
        if found is None:
            return None
        self.note, self.opened = "", self.opened + 1
        return await self._show(found)

    @rx.event
    @access.platform_admin
    def close(self) -> None:
        """Return to the list."""
        self.chosen = []

    @rx.event
    @access.platform_admin
    async def preview(self, form: dict[str, Any]) -> EventSpec | None:
        """Put the answer together anew, with the administrator's words, in the language asked for."""
        self.note = text_of(form, "note", _NOTE)
        self.locale = "en" if form.get("locale") == "en" else "fr"
        found = parse_id(self.chosen[0].id) if self.chosen else None
        return await self._show(found) if found else None

    @rx.event
    @access.platform_admin
    async def submit(self) -> list[EventSpec] | None:
        """Send the answer as it is shown."""
        lang, found = self._lang(), parse_id(self.chosen[0].id) if self.chosen else None
        if found is None:
            return None
        closing = ui.close_dialog(SUBMIT_DIALOG)
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                await service.submit(uow, found, self._command())
        except (PygmalionError, ValidationError) as error:
            known = error if isinstance(error, PygmalionError) else None
            return [closing, toasts.bad(error_text(lang.code, known) if known else lang("error-invalid_input"))]
        await self._show(found)
        await self._read()
        return [closing, toasts.ok(lang("disputes-submitted"))]

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)

    def _command(self) -> SubmitEvidence:
        return SubmitEvidence.model_validate({"note": self.note, "locale": self.locale})

    async def _read(self) -> None:
        lang, state = self._lang(), DisputeStatus(self.state) if self.state else None
        async with unit_of_work(await actor_of(self)) as uow:
            found = await service.disputes(uow, PageRequest(self.page, PAGE_SIZE), state=state)
        self.rows = [dispute_row(lang, one) for one in found.items]
        self.pages = max(1, -(-found.total // PAGE_SIZE))
        self.numbers = page_numbers(self.page, self.pages)

    async def _show(self, dispute_id: UUID) -> EventSpec | None:
        lang = self._lang()
        self.sections, self.enclosures, self.unlinked = [], [], False
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                self.chosen = [dispute_row(lang, await service.dispute(uow, dispute_id))]
                answer = await service.preview(uow, dispute_id, self._command())
        except DisputeUnlinkedError:
            self.unlinked = True
            return None
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        self.sections = [SectionRow(one.heading, list(one.lines)) for one in answer.sections]
        self.enclosures = list(answer.enclosures)
        self.pdf = f"/api/v1/payments/disputes/{dispute_id}/evidence.pdf?locale={self.locale}"
        return None
