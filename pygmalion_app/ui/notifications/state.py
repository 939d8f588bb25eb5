"""A person's notifications, and what else tells of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import reflex as rx
from reflex_base.event import EventSpec

from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.i18n import format_day, format_time
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.notifications import inbox
from pygmalion_app.notifications.kinds import ICONS, Delivery, Topic
from pygmalion_app.notifications.schemas import ChoosePreferences, NotificationView, Preference, PreferenceView
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.i18n import Lang, lang_of_path
from pygmalion_app.ui.notifications import feed, followers

_ZONE = "Europe/Paris"
_MOST = 100


@dataclass
class NoticeRow:
    """One notification, ready to read."""

    id: str
    icon: str
    """Address of the topic's picture in the sprite."""
    topic: str
    title: str
    detail: str
    day: str
    """The heading before it; empty where the one above is of the same day."""
    time: str
    path: str
    unread: bool


class NotificationsState(rx.State):
    """What the page shows."""

    loaded: rx.Field[bool] = rx.field(False)
    rows: rx.Field[list[NoticeRow]] = rx.field(default_factory=list)
    shown: rx.Field[str] = rx.field("all")
    """`all` or `unread`."""
    older: rx.Field[bool] = rx.field(False)
    delivery: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    """How the mails of each topic come."""
    push: rx.Field[dict[str, bool]] = rx.field(default_factory=dict)
    """Whether each topic rings the person's devices."""
    saved: rx.Field[str] = rx.field("")
    """The topic whose choice was saved last."""

    _wanted: int = inbox.PAGE

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read the newest, and the choices."""
        self._wanted, self.shown, self.saved = inbox.PAGE, "all", ""
        actor = await actor_of(self)
        async with unit_of_work(actor) as uow:
            chosen = await inbox.preferences(uow)
        self._take(chosen)
        await self._read()
        followers.read(self, actor.require_user())
        self.loaded = True

    @rx.event
    @access.public
    async def refresh(self) -> None:
        """Read again: something came, or was read elsewhere."""
        if (await actor_of(self)).signed_in:
            await self._read()

    @rx.event
    @access.signed_in
    async def choose_shown(self, shown: str) -> None:
        """Show all, or the unread ones."""
        self.shown = "unread" if shown == "unread" else "all"
        self._wanted = inbox.PAGE
        await self._read()

    @rx.event
    @access.signed_in
    async def more(self) -> None:
        """Show older ones as well."""
        self._wanted = min(self._wanted + inbox.PAGE, _MOST)
        await self._read()

    @rx.event
    @access.signed_in
    async def mark(self, notification: str) -> None:
        """Mark one read: its link was followed, or its button pressed."""
        found = parse_id(notification)
        if found is None:
            return
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                await inbox.mark_read(uow, found)
        except PygmalionError:
            # Gone meanwhile: the list as it is now says so.
            pass
        await self._read()

    @rx.event
    @access.signed_in
    async def mark_all(self) -> EventSpec:
        """Mark all read."""
        async with unit_of_work(await actor_of(self)) as uow:
            await inbox.mark_all_read(uow)
        await self._read()
        return toasts.ok(lang_of_path(self.router.url.path)("notifications-all-done"))

    @rx.event
    @access.signed_in
    async def choose_delivery(self, topic: str, delivery: str) -> EventSpec | None:
        """Choose how the mails of a topic come; saved at once."""
        lang = lang_of_path(self.router.url.path)
        if topic not in set(Topic) or delivery not in set(Delivery):
            return None
        try:
            await self._choose(Preference(topic=Topic(topic), delivery=Delivery(delivery)))
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        return None

    @rx.event
    @access.signed_in
    async def choose_push(self, topic: str, rings: bool) -> None:
        """Choose whether a topic rings the person's devices; saved at once."""
        if topic in set(Topic):
            await self._choose(Preference(topic=Topic(topic), push=bool(rings)))

    async def _choose(self, choice: Preference) -> None:
        async with unit_of_work(await actor_of(self)) as uow:
            chosen = await inbox.choose(uow, ChoosePreferences(preferences=[choice]))
        self._take(chosen)
        self.saved = choice.topic.value

    def _take(self, chosen: tuple[PreferenceView, ...]) -> None:
        self.delivery = {one.topic.value: one.delivery.value for one in chosen}
        self.push = {one.topic.value: one.push for one in chosen}

    async def _read(self) -> None:
        lang = lang_of_path(self.router.url.path)
        async with unit_of_work(await actor_of(self)) as uow:
            found = await inbox.inbox(uow, lang.code, only_unread=self.shown == "unread", limit=self._wanted)
            now = uow.clock.now()
        self.rows = _rows(lang, found.items, now)
        self.older = found.older and self._wanted < _MOST


feed.on_change(NotificationsState.refresh)  # pyright: ignore[reportArgumentType]


def _rows(lang: Lang, items: tuple[NotificationView, ...], now: datetime) -> list[NoticeRow]:
    rows: list[NoticeRow] = []
    before = ""
    for one in items:
        day = _day(lang, one.created_at, now)
        rows.append(
            NoticeRow(
                id=str(one.id),
                icon=f"/icons.svg#{ICONS[one.topic]}",
                topic=lang(f"topic-{one.topic.value}"),
                title=one.title,
                detail=one.detail,
                day="" if day == before else day,
                time=format_time(lang.code, one.created_at, _ZONE),
                path=one.path,
                unread=not one.read,
            )
        )
        before = day
    return rows


def _day(lang: Lang, moment: datetime, now: datetime) -> str:
    zone = ZoneInfo(_ZONE)
    day, today = moment.astimezone(zone).date(), now.astimezone(zone).date()
    if day == today:
        return lang("notifications-today")
    return lang("notifications-yesterday") if day == today - timedelta(days=1) else format_day(lang.code, day)
