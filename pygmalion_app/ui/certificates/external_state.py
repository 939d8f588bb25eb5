"""Certificates obtained elsewhere: one's own, and those to check."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import reflex as rx
from pydantic import ValidationError
from reflex_base.event import EventSpec

from pygmalion_app.certificates import external, external_queries, external_review
from pygmalion_app.certificates.external_schemas import DecideExternal, ExternalView
from pygmalion_app.certificates.life_models import ExternalReason, ExternalState
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.i18n import format_day
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.catalog.state import page_numbers
from pygmalion_app.ui.certificates.wording import EXTERNAL_TONES
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.enrollments.wording import title_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path
from pygmalion_app.ui.kyc.rows import Choice, size_of
from pygmalion_app.ui.kyc.state import UPLOADS

PAGE_SIZE = 20
ACCEPT_DIALOG, REFUSE_DIALOG = "accept-external", "refuse-external"
_FILE = "/api/v1/certificates/external/{id}/file"
_PAGE = "/api/v1/certificates/external/{id}/pages/{page}"


@dataclass
class ExternalRow:
    """One certificate obtained elsewhere."""

    id: str
    title: str
    issuer: str
    holder: str
    dates: str
    type: str
    file: str
    state: str
    status: str
    tone: Tone
    about: str
    """Who checks it, or why it was refused."""
    sent: str
    address: str
    open: str
    remove: str


@dataclass
class PageRow:
    """One page of a document, as a picture."""

    picture: str
    alt: str


class ElsewhereState(rx.State):
    """One's own."""

    loaded: rx.Field[bool] = rx.field(False)
    rows: rx.Field[list[ExternalRow]] = rx.field(default_factory=list)
    types: rx.Field[list[Choice]] = rx.field(default_factory=list)
    sent: rx.Field[int] = rx.field(0)

    @rx.event
    @access.signed_in
    async def load(self) -> EventSpec:
        """Read the list, and the courses to choose from."""
        lang = lang_of_path(self.router.url.path)
        async with unit_of_work(await actor_of(self)) as uow:
            types = await external_queries.types(uow)
        self.types = sorted(
            (Choice(one.code, title_of(lang, one.title, one.title_en)) for one in types), key=lambda one: one.text
        )
        await self._read()
        return UPLOADS

    @rx.event
    @access.signed_in
    async def added(self) -> EventSpec:
        """Show what was just sent."""
        await self._read()
        self.sent += 1
        return toasts.ok(lang_of_path(self.router.url.path)("external-sent"))

    @rx.event
    @access.signed_in
    async def remove(self, elsewhere: str) -> EventSpec | None:
        """Delete one of one's own."""
        lang, found = lang_of_path(self.router.url.path), parse_id(elsewhere)
        if found is None:
            return None
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                await external.take_back(uow, found)
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        await self._read()
        return toasts.ok(lang("external-removed"))

    async def _read(self) -> None:
        lang = lang_of_path(self.router.url.path)
        async with unit_of_work(await actor_of(self)) as uow:
            self.rows = [external_row(lang, one) for one in await external_queries.mine(uow)]
        self.loaded = True


class CheckState(rx.State):
    """Those that somebody is to check: the list, or one of them."""

    loaded: rx.Field[bool] = rx.field(False)
    state: rx.Field[str] = rx.field("waiting")
    rows: rx.Field[list[ExternalRow]] = rx.field(default_factory=list)
    count: rx.Field[str] = rx.field("")
    page: rx.Field[int] = rx.field(1)
    pages: rx.Field[int] = rx.field(1)
    numbers: rx.Field[list[int]] = rx.field(default_factory=list)
    chosen: rx.Field[list[ExternalRow]] = rx.field(default_factory=list)
    """The one that is looked at, or none."""
    sheets: rx.Field[list[PageRow]] = rx.field(default_factory=list)
    form_error: rx.Field[str] = rx.field("")
    made: rx.Field[int] = rx.field(0)
    """Counts the decisions; the forms start afresh with it."""

    @rx.event
    @access.requires(Permission.TEAM_READ)
    async def load(self) -> None:
        """Read the list."""
        self.chosen, self.page = [], 1
        await self._read(await actor_of(self))

    @rx.event
    @access.requires(Permission.TEAM_READ)
    async def choose(self, state: str) -> None:
        """Show those in one state."""
        self.state, self.page = state if state in set(ExternalState) else "waiting", 1
        await self._read(await actor_of(self))

    @rx.event
    @access.requires(Permission.TEAM_READ)
    async def turn(self, page: int) -> None:
        """Show another page."""
        self.page = page if isinstance(page, int) and 1 <= page <= self.pages else 1
        await self._read(await actor_of(self))

    @rx.event
    @access.requires(Permission.TEAM_READ)
    async def look(self, elsewhere: str) -> EventSpec | None:
        """Look at one."""
        lang, found = self._lang(), parse_id(elsewhere)
        if found is None:
            return None
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                self._show(await external_queries.one(uow, found))
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        return rx.call_script("scrollTo(0, 0)")

    @rx.event
    @access.requires(Permission.TEAM_READ)
    async def back(self) -> None:
        """Return to the list."""
        self.chosen, self.sheets = [], []
        await self._read(await actor_of(self))

    @rx.event
    @access.requires(Permission.TEAM_READ)
    async def accept(self, form: dict[str, Any]) -> list[EventSpec] | None:
        """Accept the one shown."""
        return await self._decide(DecideExternal(accepted=True, note=text_of(form, "note", 1000)), ACCEPT_DIALOG)

    @rx.event
    @access.requires(Permission.TEAM_READ)
    async def refuse(self, form: dict[str, Any]) -> list[EventSpec] | None:
        """Refuse the one shown, with a reason."""
        try:
            command = DecideExternal(
                accepted=False, reason=ExternalReason(text_of(form, "reason")), note=text_of(form, "note", 1000)
            )
        except (ValidationError, ValueError):
            self.form_error = self._lang()("error-invalid_input")
            return None
        return await self._decide(command, REFUSE_DIALOG)

    async def _decide(self, command: DecideExternal, dialog: str) -> list[EventSpec] | None:
        lang, actor = self._lang(), await actor_of(self)
        if not self.chosen:
            return None
        try:
            async with unit_of_work(actor) as uow:
                await external_review.decide(uow, UUID(self.chosen[0].id), command)
        except PygmalionError as error:
            self.form_error = error_text(lang.code, error)
            return None
        self.form_error, self.made, self.chosen, self.sheets = "", self.made + 1, [], []
        await self._read(actor)
        done = "external-review-accepted" if command.accepted else "external-review-refused"
        return [ui.close_dialog(dialog), toasts.ok(lang(done))]

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)

    async def _read(self, actor: Actor) -> None:
        lang = self._lang()
        async with unit_of_work(actor) as uow:
            found = await external_queries.to_check(
                uow, PageRequest(self.page, PAGE_SIZE), states=(ExternalState(self.state),)
            )
        self.rows = [external_row(lang, one) for one in found.items]
        self.count = lang("external-review-count", count=found.total)
        self.pages = max(1, -(-found.total // PAGE_SIZE))
        self.numbers = page_numbers(self.page, self.pages)
        self.loaded = True

    def _show(self, one: ExternalView) -> None:
        lang = self._lang()
        self.chosen, self.form_error = [external_row(lang, one)], ""
        self.sheets = [
            PageRow(_PAGE.format(id=one.id, page=page), lang("external-review-page", page=page, pages=one.pages))
            for page in range(1, one.pages + 1)
        ]


def external_row(lang: Lang, one: ExternalView) -> ExternalRow:
    """Return a certificate obtained elsewhere as it is shown."""
    until = lang("external-until", day=format_day(lang.code, one.valid_until)) if one.valid_until else ""
    ended = one.state == "accepted" and one.expired
    return ExternalRow(
        id=str(one.id),
        title=one.title,
        issuer=one.issuer,
        holder=one.holder,
        dates=" · ".join(
            [lang("external-obtained", day=format_day(lang.code, one.obtained_on)), until or lang("external-no-end")]
        ),
        type=one.type_code or lang("external-field-type-none"),
        file=f"{one.file_name} · {size_of(lang, one.size_bytes)}",
        state=one.state,
        status=lang("external-word-expired") if ended else lang(f"external-state-{one.state}"),
        tone="bad" if ended else EXTERNAL_TONES[one.state],
        about=_about(lang, one),
        sent=format_day(lang.code, one.sent_at),
        address=_FILE.format(id=one.id),
        open=lang("external-open", title=one.title),
        remove=lang("external-remove", title=one.title),
    )


def _about(lang: Lang, one: ExternalView) -> str:
    if one.state == "refused":
        return " ".join(part for part in (lang(f"external-reason-{one.reason}").capitalize() + ".", one.note) if part)
    if one.state == "accepted":
        return " · ".join(part for part in (lang("external-not-anchored"), one.note) if part)
    checks = "external-checked-by-company" if one.organization else "external-checked-by-platform"
    return lang(checks, name=one.organization or "")
