"""Where the reader waits for seats: their places and offers, joining and leaving."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import reflex as rx
from reflex_base.event import EventSpec

from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.i18n import format_moment
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.enrollments import waiting_list
from pygmalion_app.enrollments.models import Payer
from pygmalion_app.enrollments.schemas import MAX_PARTICIPANTS
from pygmalion_app.enrollments.waiting_models import WaitingStatus
from pygmalion_app.enrollments.waiting_schemas import JoinWaitingList, WaitingView
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.enrollments import waiting_live
from pygmalion_app.ui.enrollments.wording import days_of, place_of, title_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path

JOIN_DIALOG = "join-waiting-list"
_TONES: dict[str, Tone] = {"waiting": "info", "offered": "ok", "lapsed": "idle", "closed": "idle"}


@dataclass
class WaitingRow:
    """A place in a waiting list, ready to read."""

    id: str
    session_id: str
    course: str
    slug: str
    days: str
    place: str
    buyer: str
    """The company that waits; empty for the reader alone."""
    seats: str
    position: str
    status: str
    tone: Tone
    offer_until: str
    """ISO 8601; empty unless seats are offered."""
    deadline: str
    live: bool


class WaitingState(rx.State):
    """The reader's places in waiting lists."""

    rows: rx.Field[list[WaitingRow]] = rx.field(default_factory=list)
    places: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    """The place, in words, by session: for the pages that list sessions."""
    offers: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    """Until when seats are offered, ISO 8601, by session."""
    several: rx.Field[bool] = rx.field(False)
    """Whether the reader may wait for a group."""
    left_id: rx.Field[str] = rx.field("")
    """The place that was given up last, and can be taken back."""
    left_course: rx.Field[str] = rx.field("")
    error: rx.Field[str] = rx.field("")
    opened: rx.Field[int] = rx.field(0)
    """Counts the forms opened; each starts afresh."""

    _companies_only: bool = False

    @rx.event
    @access.public
    async def load(self) -> None:
        """Read where the reader waits; a stranger waits nowhere."""
        self.left_id, self.error, self._companies_only = "", "", False
        await self._read(await actor_of(self))

    @rx.event
    @access.signed_in
    async def load_company(self) -> None:
        """Read where the reader's companies wait."""
        self.left_id, self.error, self._companies_only = "", "", True
        await self._read(await actor_of(self))

    @rx.event
    @access.public
    async def refresh(self) -> None:
        """Read the places again: a queue has moved."""
        await self._read(await actor_of(self))

    @rx.event
    @access.public
    def begin(self) -> EventSpec:
        """Open the form."""
        self.opened, self.error = self.opened + 1, ""
        return ui.show_dialog(JOIN_DIALOG)

    @rx.event
    @access.signed_in
    async def join(self, form: dict[str, Any]) -> list[EventSpec] | None:
        """Take the last place in the queue of the form's session."""
        lang, actor = lang_of_path(self.router.url.path), await actor_of(self)
        session_id, command = parse_id(text_of(form, "session_id")), _command(form, actor)
        self.error = "" if command else lang("waiting-quantity-error", most=MAX_PARTICIPANTS)
        if session_id is None or command is None:
            return None
        try:
            async with unit_of_work(actor) as uow:
                joined = await waiting_list.join(uow, session_id, command)
        except PygmalionError as error:
            self.error = error_text(lang.code, error)
            return None
        await self._read(actor)
        position = lang("waiting-position", position=joined.position, waiting=joined.waiting)
        return [ui.close_dialog(JOIN_DIALOG), toasts.ok(lang("waiting-joined"), position)]

    @rx.event
    @access.signed_in
    async def leave(self, entry: str) -> EventSpec | None:
        """Give a place up, or the seats that are offered; a place can be taken back for some minutes."""
        lang, actor, found = lang_of_path(self.router.url.path), await actor_of(self), parse_id(entry)
        if found is None:
            return None
        offered = any(row.id == entry and row.offer_until for row in self.rows)
        try:
            async with unit_of_work(actor) as uow:
                view = await waiting_list.leave(uow, found)
        except PygmalionError as error:
            await self._read(actor)
            return toasts.bad(error_text(lang.code, error))
        self.left_id = "" if offered else str(view.id)
        self.left_course = title_of(lang, view.course_title, view.course_title_en)
        await self._read(actor)
        return toasts.info(lang("waiting-declined")) if offered else None

    @rx.event
    @access.signed_in
    async def take_back(self) -> EventSpec | None:
        """Undo the leaving."""
        lang, actor, found = lang_of_path(self.router.url.path), await actor_of(self), parse_id(self.left_id)
        self.left_id = ""
        if found is None:
            return None
        try:
            async with unit_of_work(actor) as uow:
                view = await waiting_list.take_back(uow, found)
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        await self._read(actor)
        return toasts.ok(lang("waiting-position", position=view.position, waiting=view.waiting))

    async def _read(self, actor: Actor) -> None:
        if not actor.signed_in:
            self.rows, self.places, self.offers, self.several = [], {}, {}, False
            waiting_live.follow(self, [])
            return
        lang = lang_of_path(self.router.url.path)
        async with unit_of_work(actor) as uow:
            found = await waiting_list.mine(uow)
        if self._companies_only:
            found = tuple(one for one in found if one.organization_id)
        self.several = bool(actor.organizations_with(Permission.ENROLLMENT_CREATE))
        self.rows = [waiting_row(lang, one) for one in found]
        live = [row for row in self.rows if row.live]
        self.places = {row.session_id: row.position or row.status for row in live}
        self.offers = {row.session_id: row.offer_until for row in live if row.offer_until}
        waiting_live.follow(self, [UUID(row.session_id) for row in live])


waiting_live.on_change(WaitingState.refresh)  # pyright: ignore[reportArgumentType]


def waiting_row(lang: Lang, one: WaitingView) -> WaitingRow:
    """Return a place in words."""
    until = one.offer_expires_at if one.status == WaitingStatus.OFFERED else None
    waits = one.status == WaitingStatus.WAITING
    return WaitingRow(
        id=str(one.id),
        session_id=str(one.session_id),
        course=title_of(lang, one.course_title, one.course_title_en),
        slug=one.course_slug,
        days=days_of(lang, one.starts_at, one.ends_at, one.time_zone),
        place=place_of(lang, one.location),
        buyer=one.buyer_name if one.organization_id else "",
        seats=lang("waiting-seats", count=one.quantity),
        position=lang("waiting-position", position=one.position, waiting=one.waiting) if waits else "",
        status=lang(f"waiting-{one.status}"),
        tone=_TONES.get(one.status, "idle"),
        offer_until=until.isoformat() if until else "",
        deadline=lang("waiting-deadline", deadline=format_moment(lang.code, until, one.time_zone)) if until else "",
        live=waits or until is not None,
    )


def _command(form: dict[str, Any], actor: Actor) -> JoinWaitingList | None:
    """Return what the form asks for; None where its number is none."""
    payer = Payer.COMPANY if actor.organizations_with(Permission.ENROLLMENT_CREATE) else Payer.INDIVIDUAL
    text = text_of(form, "quantity", 4) or "1"
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MAX_PARTICIPANTS:
        return None
    return JoinWaitingList(quantity=int(text), payer=payer)
