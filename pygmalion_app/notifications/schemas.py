"""What the notifications' shells give and take."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from pygmalion_app.core.schemas import Command, View
from pygmalion_app.notifications.kinds import Delivery, Topic


class NotificationView(View):
    """One notification in the reader's language; `path` is where it leads, empty for nowhere."""

    id: UUID
    created_at: datetime
    topic: Topic
    kind: str
    title: str
    detail: str
    path: str
    read: bool


class Inbox(View):
    """Notifications, newest first; `older` says whether more follow."""

    items: tuple[NotificationView, ...]
    unread: int
    older: bool


class PreferenceView(View):
    """How the mails of a topic come; `fixed` where that is not the reader's to choose."""

    topic: Topic
    delivery: Delivery
    fixed: bool


class Preference(Command):
    """A choice for one topic."""

    topic: Topic
    delivery: Delivery


class ChoosePreferences(Command):
    """Choices; topics that are not named stay as they are."""

    preferences: list[Preference] = Field(min_length=1, max_length=len(Topic))
