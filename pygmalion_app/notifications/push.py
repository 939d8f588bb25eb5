"""A person's devices: which browsers ring, and ringing one."""

from base64 import urlsafe_b64decode
from datetime import UTC, datetime, timedelta
from typing import Final, LiteralString
from uuid import UUID

import orjson
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.core.i18n import translate
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.ports import PushDevice
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.notifications import inbox
from pygmalion_app.notifications.errors import NotADeviceError, PushUnavailableError
from pygmalion_app.notifications.models import Notification
from pygmalion_app.notifications.schemas import Subscribe

RING_TASK: Final = "notifications.ring"
NEWS: Final = timedelta(days=1)
"""What could not be said for so long is said in the application alone."""
_MOST: Final = 10
"""Devices of one person; the oldest makes room."""
_POINT_BYTES, _SECRET_BYTES = 65, 16
# A browser rings for whoever asked last: it is theirs alone who sits at it. What this session had before is replaced.
_SUBSCRIBE: LiteralString = """
WITH replaced AS (
  DELETE FROM push_subscriptions WHERE session_id = %(session)s AND endpoint <> %(endpoint)s
), too_many AS (
  DELETE FROM push_subscriptions WHERE id IN (
    SELECT id FROM push_subscriptions WHERE user_id = %(user)s AND endpoint <> %(endpoint)s
    ORDER BY created_at DESC, id DESC OFFSET %(others)s
  )
)
INSERT INTO push_subscriptions (id, created_at, user_id, session_id, endpoint, public_key, secret, expires_at)
SELECT %(id)s, %(now)s, %(user)s, id, %(endpoint)s, %(public_key)s, %(secret)s, %(expires)s
FROM browser_sessions WHERE id = %(session)s AND user_id = %(user)s
ON CONFLICT (endpoint) DO UPDATE SET user_id = excluded.user_id, session_id = excluded.session_id,
  public_key = excluded.public_key, secret = excluded.secret, expires_at = excluded.expires_at
RETURNING id
"""
_KNOWN: LiteralString = """
UPDATE push_subscriptions SET session_id = b.id FROM browser_sessions b
WHERE endpoint = %(endpoint)s AND push_subscriptions.user_id = %(user)s AND b.id = %(session)s RETURNING 1 AS known
"""
_FORGET: LiteralString = """
DELETE FROM push_subscriptions WHERE user_id = %(user)s AND (endpoint = %(endpoint)s OR session_id = %(session)s)
"""
_DEVICE: LiteralString = """
SELECT d.user_id, d.endpoint, d.public_key, d.secret, u.locale FROM push_subscriptions d
JOIN users u ON u.id = d.user_id JOIN browser_sessions s ON s.id = d.session_id
WHERE d.id = %(id)s AND s.revoked_at IS NULL AND (d.expires_at IS NULL OR d.expires_at > %(now)s)
"""


def public_key(uow: UnitOfWork) -> str:
    """Return the key that browsers subscribe for, empty where this installation rings no devices."""
    return uow.ports.push.public_key if uow.ports.push else ""


async def subscribe(uow: UnitOfWork, command: Subscribe) -> None:
    """Ring the caller's browser from now on, instead of whoever it rang for before.

    PushUnavailableError where this installation rings none, NotADeviceError for what no browser says: an address that
    is not public, keys that are none, a caller who is not in a browser.
    """
    user_id, sender = uow.actor.require_user(), uow.ports.push
    if sender is None:
        raise PushUnavailableError
    if not sender.accepts(command.endpoint):
        raise NotADeviceError(field="endpoint")
    expires = command.expiration_time
    async with uow.elevated():
        rows = await uow.sql(
            _SUBSCRIBE,
            id=new_id(),
            now=uow.clock.now(),
            user=user_id,
            session=uow.actor.session_id,
            endpoint=command.endpoint,
            public_key=_bytes("p256dh", command.keys.p256dh, _POINT_BYTES),
            secret=_bytes("auth", command.keys.auth, _SECRET_BYTES),
            expires=datetime.fromtimestamp(expires / 1000, UTC) if expires is not None else None,
            others=_MOST - 1,
        )
    if not rows:
        raise NotADeviceError(field="session")


async def rings(uow: UnitOfWork, endpoint: str) -> bool:
    """Tell whether a browser rings for the caller; if so, it goes on as long as their present session."""
    user_id = uow.actor.require_user()
    async with uow.elevated():
        rows = await uow.sql(_KNOWN, user=user_id, endpoint=endpoint, session=uow.actor.session_id)
    return bool(rows)


async def unsubscribe(uow: UnitOfWork, endpoint: str) -> None:
    """Ring this browser of the caller no more; again changes nothing, and another's is not touched."""
    await uow.sql(_FORGET, user=uow.actor.require_user(), endpoint=endpoint, session=uow.actor.session_id)


async def due(uow: UnitOfWork, notification_id: UUID, subscription_id: UUID) -> tuple[PushDevice, bytes] | None:
    """Return whom to ring and what to say; None when nothing is to be said any more.

    Over: the device was signed out or has expired, the notification was read in the meantime, or is no news.
    """
    rows = await uow.sql(_DEVICE, id=subscription_id, now=uow.clock.now())
    query = select(Notification).where(
        col(Notification.id) == notification_id,
        col(Notification.read_at).is_(None),
        col(Notification.created_at) > uow.clock.now() - NEWS,
    )
    told = (await uow.session.execute(query)).scalar_one_or_none()
    if not rows or told is None or told.user_id != rows[0]["user_id"]:
        return None
    device = PushDevice(rows[0]["endpoint"], rows[0]["public_key"], rows[0]["secret"])
    return device, _message(told, rows[0]["locale"])


async def forget(uow: UnitOfWork, endpoint: str) -> None:
    """Forget a device whose service says that it is no more."""
    await uow.sql("DELETE FROM push_subscriptions WHERE endpoint = %(endpoint)s", endpoint=endpoint)


def _message(told: Notification, locale: str) -> bytes:
    """Return what the device shows: the title and its topic. Dates, places and names stay in the application."""
    seen = inbox.view(told, locale)
    said = {
        "id": str(told.id),
        "title": seen.title[:300],
        "body": translate(locale, f"topic-{told.topic}"),
        "path": seen.path,
        "locale": locale,
    }
    return orjson.dumps(said)


def _bytes(name: str, value: str, length: int) -> bytes:
    try:
        found = urlsafe_b64decode(value.rstrip("=") + "=" * (-len(value.rstrip("=")) % 4))
    except ValueError:
        found = b""
    if len(found) != length or (length == _POINT_BYTES and not _on_curve(found)):
        raise NotADeviceError(field=name)
    return found


def _on_curve(point: bytes) -> bool:
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError:
        return False
    return True
