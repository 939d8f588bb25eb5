"""A person's threads, and the one in view."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import reflex as rx
from pydantic import ValidationError
from reflex_base.event import EventSpec

from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.i18n import format_day, format_moment, format_time
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.messages import posting, threads
from pygmalion_app.messages.schemas import Conversation, MessageView, PostMessage, Side, ThreadView
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.enrollments.wording import days_of, title_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path, last_part
from pygmalion_app.ui.messages import feed

_ZONE = "Europe/Paris"
_PREVIEW = 140
_EMPTY = "document.getElementById('body').value = ''; "
_TO_THE_END = "requestAnimationFrame(() => document.getElementById('thread-end')?.scrollIntoView({block: 'nearest'}))"


@dataclass
class ThreadRow:
    """A thread in the list."""

    id: str
    course: str
    about: str
    days: str
    preview: str
    when: str
    unread: int
    unread_text: str


@dataclass
class MessageRow:
    """One message, ready to read."""

    id: str
    author: str
    side: str
    mine: bool
    body: str
    day: str
    """The heading before it; empty where the one above is of the same day."""
    time: str


class MessagesState(rx.State):
    """The list, and the thread whose address this is."""

    loaded: rx.Field[bool] = rx.field(False)
    threads: rx.Field[list[ThreadRow]] = rx.field(default_factory=list)
    phase: rx.Field[str] = rx.field("none")
    """`none` where no thread is asked for, `missing`, or `ready`."""
    thread: rx.Field[str] = rx.field("")
    course: rx.Field[str] = rx.field("")
    about: rx.Field[str] = rx.field("")
    days: rx.Field[str] = rx.field("")
    of_session: rx.Field[bool] = rx.field(False)
    session: rx.Field[str] = rx.field("")
    """The session whose own thread the reader may turn to; empty where that is not theirs, or in view."""
    rows: rx.Field[list[MessageRow]] = rx.field(default_factory=list)
    older: rx.Field[bool] = rx.field(False)
    error: rx.Field[str] = rx.field("")

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read the list."""
        self.phase, self.thread, self.rows, self.error = "none", "", [], ""
        await self._read(await actor_of(self))
        self.loaded = True

    @rx.event
    @access.signed_in
    async def load_thread(self) -> EventSpec:
        """Read the thread that the address names (or its enrolment, or its session), and the list."""
        self.error = ""
        self.thread = last_part(self.router.url.path)
        await self._read(await actor_of(self))
        self.loaded = True
        return rx.call_script(_TO_THE_END)

    @rx.event
    @access.public
    async def refresh(self) -> EventSpec | None:
        """Read again: somebody said something."""
        actor = await actor_of(self)
        if not actor.signed_in:
            return None
        await self._read(actor)
        return rx.call_script(_TO_THE_END)

    @rx.event
    @access.signed_in
    async def send(self, form: dict[str, Any]) -> EventSpec | None:
        """Say something in the thread in view."""
        lang, wanted = lang_of_path(self.router.url.path), parse_id(self.thread)
        try:
            command = PostMessage(body=text_of(form, "body"))
        except ValidationError:
            self.error = lang("messages-error")
            return None
        if wanted is None:
            return None
        actor = await actor_of(self)
        try:
            async with unit_of_work(actor) as uow:
                await posting.post(uow, wanted, command)
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        self.error = ""
        await self._read(actor)
        # What was refused stays in its field.
        return rx.call_script(_EMPTY + _TO_THE_END)

    async def _read(self, actor: Actor) -> None:
        lang, wanted = lang_of_path(self.router.url.path), parse_id(self.thread)
        found: Conversation | None = None
        async with unit_of_work(actor) as uow:
            if wanted is not None:
                try:
                    found = await threads.conversation(uow, wanted)
                    await threads.mark_read(uow, found.thread.id)
                except PygmalionError:
                    # Not theirs, or gone: said in the thread's place.
                    found = None
            listed = await threads.my_threads(uow)
        self.threads = [_thread(lang, one) for one in listed]
        if self.thread:
            self._show(lang, found)
        feed.follow(self, {one.id for one in listed} | ({found.thread.id} if found else set[UUID]()))

    def _show(self, lang: Lang, found: Conversation | None) -> None:
        self.phase = "ready" if found else "missing"
        self.rows = []
        if found is None:
            return
        thread = found.thread
        self.thread = str(thread.id)
        self.course = title_of(lang, thread.course_title, thread.course_title_en)
        self.days = days_of(lang, thread.starts_at, thread.ends_at, thread.time_zone)
        self.about, self.of_session = _about(lang, thread), thread.enrollment_id is None
        self.session = str(thread.session_id) if thread.enrollment_id and thread.in_session else ""
        self.rows, self.older = _messages(lang, found.messages), found.older


feed.on_change(MessagesState.refresh)  # pyright: ignore[reportArgumentType]


def _about(lang: Lang, one: ThreadView) -> str:
    return lang("messages-about", name=one.learner_name) if one.enrollment_id else lang("messages-session")


def _thread(lang: Lang, one: ThreadView) -> ThreadRow:
    preview = " ".join(one.last_body.split())[:_PREVIEW]
    return ThreadRow(
        id=str(one.id),
        course=title_of(lang, one.course_title, one.course_title_en),
        about=_about(lang, one),
        days=days_of(lang, one.starts_at, one.ends_at, one.time_zone),
        preview=lang("messages-you-said", text=preview) if one.last_mine else preview,
        when=format_moment(lang.code, one.last_at) if one.last_at else "",
        unread=one.unread,
        unread_text=lang("messages-unread", count=one.unread),
    )


def _messages(lang: Lang, found: tuple[MessageView, ...]) -> list[MessageRow]:
    rows: list[MessageRow] = []
    before = ""
    for one in found:
        day = format_day(lang.code, _local(one.created_at))
        rows.append(
            MessageRow(
                id=str(one.id),
                author=lang("messages-you") if one.mine else one.author_name,
                side="" if one.mine or one.side is Side.LEARNER else lang(f"messages-side-{one.side.value}"),
                mine=one.mine,
                body=one.body,
                day="" if day == before else day,
                time=format_time(lang.code, one.created_at, _ZONE),
            )
        )
        before = day
    return rows


def _local(moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(_ZONE))
