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
    """How the mails of a topic come; `fixed` where that is not the reader's to choose. `push`: whether devices ring."""

    topic: Topic
    delivery: Delivery
    fixed: bool
    push: bool


class Preference(Command):
    """A choice for one topic; what is not named stays as it is."""

    topic: Topic
    delivery: Delivery | None = None
    push: bool | None = None


class ChoosePreferences(Command):
    """Choices; topics that are not named stay as they are."""

    preferences: list[Preference] = Field(min_length=1, max_length=len(Topic))


class PushKeys(Command):
    """What a browser encrypts for, base64url without padding."""

    p256dh: str = Field(max_length=100)
    auth: str = Field(max_length=30)


class Subscribe(Command):
    """A browser's subscription, as `PushSubscription.toJSON()` writes it; the time is in milliseconds since 1970."""

    endpoint: str = Field(max_length=1000)
    keys: PushKeys
    expiration_time: float | None = Field(default=None, ge=0, le=1e14)
