"""Counters in Redis 7, shared by every process and machine (`REDIS_URL`)."""

import time
from typing import Any

from limits import RateLimitItemPerSecond
from limits.aio.storage import RedisStorage
from redis.asyncio import ConnectionPool
from redis.exceptions import RedisError

from pygmalion_app.adapters.limits.window import Window, outcome
from pygmalion_app.core.errors import UnavailableError
from pygmalion_app.core.ports import Hit

_TIMEOUT_SECONDS = 0.5
_REST_SECONDS = 2.0
"""After a failure Redis is left alone for this long: each call would wait for it otherwise."""


class RedisLimiter:
    """Counts by the sliding window of the `limits` package: one script, so looking and counting are one step."""

    name = "Redis"

    def __init__(self, url: str) -> None:
        """Take the server's address; nothing is connected yet."""
        self._connections = ConnectionPool.from_url(
            url, socket_timeout=_TIMEOUT_SECONDS, socket_connect_timeout=_TIMEOUT_SECONDS
        )
        options: dict[str, Any] = {"connection_pool": self._connections}
        self._storage = RedisStorage(url, implementation="redispy", key_prefix="pygmalion:limit", **options)
        self._resting_until = 0.0

    async def hit(self, key: str, amount: int, seconds: int) -> Hit:
        """Count one attempt unless there were too many. Raises UnavailableError."""
        if time.monotonic() < self._resting_until:
            raise UnavailableError
        name = RateLimitItemPerSecond(amount, seconds, namespace="").key_for(key)
        try:
            allowed = await self._storage.acquire_sliding_window_entry(name, amount, seconds)
            previous, previous_left, current, current_left = await self._storage.get_sliding_window(name, seconds)
        except (RedisError, OSError, TimeoutError) as error:
            self._resting_until = time.monotonic() + _REST_SECONDS
            raise UnavailableError from error
        # Redis keeps the current count for two windows: the second is its time as the previous one.
        left = current_left - seconds
        return outcome(Window(seconds, previous, previous_left, current, left), amount, allowed=allowed)

    async def close(self) -> None:
        """Close the connections."""
        await self._connections.disconnect()
