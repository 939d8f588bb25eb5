"""Both kinds of counters keep the same promises."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from redis.asyncio import Redis

from pygmalion_app.adapters.limits.memory import MemoryLimiter
from pygmalion_app.adapters.limits.redis import RedisLimiter
from pygmalion_app.adapters.limits.window import Window
from pygmalion_app.core.clock import SystemClock
from pygmalion_app.core.errors import UnavailableError
from pygmalion_app.core.ports import RateLimiter
from tests import redis


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[redis.Server]:
    """Return a running Redis."""
    with redis.running(tmp_path_factory.mktemp("redis")) as running:
        yield running


@pytest.fixture(params=["memory", "redis"])
async def limiter(request: pytest.FixtureRequest) -> AsyncIterator[RateLimiter]:
    """Return counters of each kind."""
    url = request.getfixturevalue("server").url if request.param == "redis" else ""
    limiter = RedisLimiter(url) if url else MemoryLimiter(SystemClock())
    yield limiter
    await limiter.close()


async def test_the_last_is_allowed_and_the_next_refused(limiter: RateLimiter) -> None:
    hits = [await limiter.hit("k1", 3, 60) for _ in range(5)]
    assert [hit.allowed for hit in hits] == [True, True, True, False, False]
    assert [hit.remaining for hit in hits] == [2, 1, 0, 0, 0]
    assert {(hit.limit, hit.window_seconds) for hit in hits} == {(3, 60)}
    assert all(50 < hit.reset_seconds <= 60 for hit in hits)


async def test_keys_do_not_share_a_count(limiter: RateLimiter) -> None:
    assert (await limiter.hit("k2", 1, 60)).allowed
    assert not (await limiter.hit("k2", 1, 60)).allowed
    assert (await limiter.hit("k3", 1, 60)).allowed


async def test_of_many_at_once_exactly_as_many_pass_as_may(limiter: RateLimiter) -> None:
    hits = await asyncio.gather(*(limiter.hit("k4", 7, 60) for _ in range(40)))
    assert sum(hit.allowed for hit in hits) == 7


async def test_after_the_wait_it_told_one_more_is_allowed(limiter: RateLimiter) -> None:
    for _ in range(2):
        assert (await limiter.hit("k5", 2, 1)).allowed
    refused = await limiter.hit("k5", 2, 1)
    assert not refused.allowed
    assert 0 < refused.reset_seconds <= 1
    await asyncio.sleep(refused.reset_seconds + 0.05)
    again = [await limiter.hit("k5", 2, 1) for _ in range(3)]
    assert again[0].allowed
    assert not again[-1].allowed, "the window slides: a new one does not begin with everything allowed"


async def test_a_count_is_forgotten_when_it_is_over(limiter: RateLimiter) -> None:
    assert (await limiter.hit("k6", 1, 1)).allowed
    await asyncio.sleep(2.1)
    assert (await limiter.hit("k6", 1, 1)).remaining == 0


@pytest.mark.parametrize(
    ("window", "wait"),
    [
        (Window(60, 0, 0, 4, 30), 0),
        (Window(60, 0, 0, 5, 30), 30),
        (Window(60, 5, 60, 0, 60), 0),
        (Window(60, 10, 60, 0, 60), 30),
        (Window(60, 10, 45, 4, 45), 39),
        (Window(60, 0, 0, 10, 20), 50),
    ],
)
def test_the_wait_is_until_one_more_counts_below_the_limit(window: Window, wait: float) -> None:
    assert window.next_free(5) == pytest.approx(wait)


async def test_redis_down_is_told_fast_and_up_again_is_noticed(tmp_path: Path) -> None:
    with redis.running(tmp_path) as server:
        limiter = RedisLimiter(server.url)
        assert (await limiter.hit("k", 1, 60)).allowed
        server.stop()
        begun = time.monotonic()
        for _ in range(20):
            with pytest.raises(UnavailableError):
                await limiter.hit("k", 1, 60)
        assert time.monotonic() - begun < 2, "twenty callers do not wait in turn for what is down"
        server.start()
        await asyncio.sleep(2.1)
        assert (await limiter.hit("k", 1, 60)).allowed
        await limiter.close()


async def test_counters_are_no_store_of_their_own(server: redis.Server) -> None:
    """Each key goes by itself: nothing is left of a caller in Redis after two windows."""
    limiter = RedisLimiter(server.url)
    await limiter.hit("brief", 5, 1)
    async with Redis.from_url(server.url) as client:
        lives = [await client.ttl(key) async for key in client.scan_iter("*brief*")]
    assert lives
    assert all(0 < life <= 2 for life in lives)
    await limiter.close()
