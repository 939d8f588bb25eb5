"""A person's own notifications: reading them, marking them read, choosing what else tells of them."""

from typing import Final, LiteralString
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.core.addresses import ADDRESSES, address
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.i18n import translate
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.notifications.errors import MailAlwaysSentError
from pygmalion_app.notifications.facts import words_of
from pygmalion_app.notifications.kinds import ALWAYS_MAILED, KINDS, Delivery, Topic
from pygmalion_app.notifications.models import Notification, NotificationPreference
from pygmalion_app.notifications.schemas import ChoosePreferences, Inbox, NotificationView, PreferenceView

PAGE: Final = 20
_DETAILS: Final = ("dates", "organization", "place", "preview")
"""Facts that say more under the title, where a kind has them."""
_UNREAD: LiteralString = "SELECT count(*) AS unread FROM notifications WHERE user_id = %(user)s AND read_at IS NULL"
_CHOOSE: LiteralString = """
INSERT INTO notification_preferences AS mine (id, created_at, user_id, topic, delivery, push)
VALUES (%(id)s, %(now)s, %(user)s, %(topic)s, coalesce(%(delivery)s::text, 'at_once'), coalesce(%(push)s::bool, true))
ON CONFLICT (user_id, topic) DO UPDATE
SET delivery = coalesce(%(delivery)s::text, mine.delivery), push = coalesce(%(push)s::bool, mine.push)
"""


async def unread(uow: UnitOfWork) -> int:
    """Return how many of the caller's notifications are unread."""
    return (await uow.sql(_UNREAD, user=uow.actor.require_user()))[0]["unread"]


async def inbox(
    uow: UnitOfWork, locale: str, *, only_unread: bool = False, before: UUID | None = None, limit: int = PAGE
) -> Inbox:
    """Return the caller's notifications in a language, newest first, those older than `before` where it is given."""
    query = select(Notification).where(col(Notification.user_id) == uow.actor.require_user())
    if only_unread:
        query = query.where(col(Notification.read_at).is_(None))
    if before is not None:
        query = query.where(col(Notification.id) < before)
    rows = (await uow.session.execute(query.order_by(col(Notification.id).desc()).limit(limit + 1))).scalars().all()
    return Inbox(
        items=tuple(view(row, locale) for row in rows[:limit]), unread=await unread(uow), older=len(rows) > limit
    )


def view(row: Notification, locale: str) -> NotificationView:
    """Return one as a language says it."""
    words = {"first_name": "", **words_of(locale, row.facts)}
    # A page may have gone since.
    path = address(row.page, locale, **row.parameters) if row.page in ADDRESSES else ""
    return NotificationView(
        id=row.id,
        created_at=row.created_at,
        topic=Topic(row.topic),
        kind=row.kind,
        title=" ".join(translate(locale, f"mail-{row.kind}-subject", **words).split()),
        detail=" · ".join(str(words[name]) for name in _DETAILS if words.get(name)),
        path=path,
        read=row.read_at is not None,
    )


async def mark_read(uow: UnitOfWork, notification_id: UUID) -> None:
    """Mark one of the caller's notifications read; again changes nothing. NotFoundError for anybody else's."""
    rows = await uow.sql(
        "UPDATE notifications SET read_at = coalesce(read_at, %(now)s) WHERE id = %(id)s AND user_id = %(user)s"
        " RETURNING 1 AS found",
        now=uow.clock.now(),
        id=notification_id,
        user=uow.actor.require_user(),
    )
    if not rows:
        raise NotFoundError(notification=str(notification_id))


async def mark_all_read(uow: UnitOfWork) -> int:
    """Mark all of the caller's notifications read; returns how many were not."""
    rows = await uow.sql(
        "UPDATE notifications SET read_at = %(now)s WHERE user_id = %(user)s AND read_at IS NULL RETURNING 1 AS found",
        now=uow.clock.now(),
        user=uow.actor.require_user(),
    )
    return len(rows)


async def preferences(uow: UnitOfWork) -> tuple[PreferenceView, ...]:
    """Return how the caller is told beside the application, one line a topic in use."""
    query = select(NotificationPreference).where(col(NotificationPreference.user_id) == uow.actor.require_user())
    # Read anew: `choose` writes by SQL.
    rows = (await uow.session.execute(query.execution_options(populate_existing=True))).scalars().all()
    chosen = {row.topic: Delivery(row.delivery) for row in rows}
    silent = {row.topic for row in rows if not row.push}
    used = set(KINDS.values())
    return tuple(
        PreferenceView(
            topic=topic,
            delivery=Delivery.AT_ONCE if topic in ALWAYS_MAILED else chosen.get(topic, Delivery.AT_ONCE),
            fixed=topic in ALWAYS_MAILED,
            push=topic not in silent,
        )
        for topic in Topic
        if topic in used
    )


async def choose(uow: UnitOfWork, command: ChoosePreferences) -> tuple[PreferenceView, ...]:
    """Set how the caller is told. MailAlwaysSentError for a topic whose mails always come at once."""
    user_id = uow.actor.require_user()
    for one in command.preferences:
        if one.topic in ALWAYS_MAILED and one.delivery not in (None, Delivery.AT_ONCE):
            raise MailAlwaysSentError(field="preferences", topic=one.topic.value)
        await uow.sql(
            _CHOOSE,
            id=new_id(),
            now=uow.clock.now(),
            user=user_id,
            topic=one.topic.value,
            delivery=one.delivery,
            push=one.push,
        )
    return await preferences(uow)
