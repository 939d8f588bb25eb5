"""Web push to browsers' own push services (RFC 8030), signed with this installation's key (VAPID, RFC 8292)."""

import asyncio
from datetime import datetime, timedelta
from http import HTTPStatus
from urllib.parse import urlsplit
from uuid import UUID

import httpx
from joserfc import jwt
from joserfc.jwk import ECKey
from joserfc.util import urlsafe_b64encode

from pygmalion_app.adapters.outgoing import PinnedTransport, RefusedAddressError, may_call
from pygmalion_app.adapters.push.encryption import encrypt, raw
from pygmalion_app.core.errors import UnavailableError
from pygmalion_app.core.ports import PushDelayedError, PushDevice

TIMEOUT_SECONDS = 10
KEPT_FOR = timedelta(days=1)
"""How long a push service keeps a message for a device that is off."""
_TOKEN_LIFE = timedelta(hours=12)
_LONGEST_ADDRESS = 1_000
_LONGEST_WAIT = timedelta(hours=6)
_OVER = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
# Services answer 401 and 403 to a subscription made for another key than ours, 400 to keys that are none: for good.
_REFUSED = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})


class WebPushSender:
    """Sends to any browser that speaks the standard; the service's operator can read nothing but who is rung when.

    Outside production, an endpoint may also be on this machine: the embedded installation is tried without internet.
    """

    name = "web push"

    def __init__(self, private_key: str, contact: str, *, allow_loopback: bool) -> None:
        """Take the installation's P-256 key (PEM) and the address at which a service's operator reaches us."""
        self._key = ECKey.import_key(private_key)
        self._contact = contact
        self._allow_loopback = allow_loopback
        self.public_key = _text(raw(self._key.public_key))

    def accepts(self, endpoint: str) -> bool:
        """Tell whether an address has the form of a push service's; where it leads is looked at when it is called."""
        return may_call(endpoint, allow_loopback=self._allow_loopback, longest=_LONGEST_ADDRESS)

    async def send(self, device: PushDevice, message: bytes, *, key: UUID, now: datetime) -> bool:
        """Hand a message to the device's service; False where the subscription is over.

        `key` names the message: the same again takes the place of one that still waits. Raises PushDelayedError when
        the service wants to be asked later, UnavailableError when it does not answer.
        """
        if not self.accepts(device.endpoint):
            return False
        headers = {
            "Authorization": f"vapid t={self._token(device.endpoint, now)}, k={self.public_key}",
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(int(KEPT_FOR.total_seconds())),
            "Topic": key.hex,
            "Urgency": "normal",
        }
        body = encrypt(message, device.public_key, device.secret)
        try:
            status, wait = await self._post(device.endpoint, headers, body)
        except RefusedAddressError:
            return False
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError) as error:
            raise UnavailableError(part="push") from error
        if status in _OVER or status in _REFUSED:
            return False
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            raise PushDelayedError(wait)
        if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            raise UnavailableError(part="push", status=status)
        return True

    async def _post(self, url: str, headers: dict[str, str], body: bytes) -> tuple[int, timedelta]:
        # One bound for everything, and the answer's body is never read: the status says all.
        async with (
            asyncio.timeout(TIMEOUT_SECONDS),
            httpx.AsyncClient(
                transport=PinnedTransport(allow_loopback=self._allow_loopback),
                trust_env=False,
                follow_redirects=False,
                timeout=TIMEOUT_SECONDS,
            ) as client,
            client.stream("POST", url, headers=headers, content=body) as response,
        ):
            return response.status_code, _wait(response.headers.get("retry-after", ""))

    def _token(self, endpoint: str, now: datetime) -> str:
        parts = urlsplit(endpoint)
        claims = {
            "aud": f"{parts.scheme}://{parts.netloc}",
            "exp": int((now + _TOKEN_LIFE).timestamp()),
            "sub": self._contact,
        }
        return jwt.encode({"typ": "JWT", "alg": "ES256"}, claims, self._key, algorithms=["ES256"])


def _wait(header: str) -> timedelta:
    """Return how long a service asks to wait; what is not a number of seconds counts as nothing."""
    seconds = int(header) if header.isascii() and header.isdigit() and len(header) < 8 else 0  # noqa: PLR2004
    return min(timedelta(seconds=seconds), _LONGEST_WAIT)


def _text(value: bytes) -> str:
    return urlsafe_b64encode(value).decode()
