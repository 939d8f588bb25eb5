"""What a limit does for whoever calls `hit`."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr
from redis.asyncio import Redis

from pygmalion_app import bootstrap
from pygmalion_app.adapters.limits.redis import RedisLimiter
from pygmalion_app.core.caller import behind_proxies, set_caller
from pygmalion_app.core.config import Settings
from pygmalion_app.core.errors import TooManyRequestsError, UnavailableError
from pygmalion_app.core.i18n import LOCALES, translate
from pygmalion_app.core.limits import RATES, Limit, Rate, hit, hit_from_here, look, network_of, parse_rate
from pygmalion_app.core.unit_of_work import Container, install
from tests import redis
from tests.clock import MovableClock

EMAIL = "Lea.Martin@test.example"


async def test_an_account_is_counted_whatever_the_case_and_waits_as_long_as_told(
    container: Container, clock: MovableClock
) -> None:
    for _ in range(RATES[Limit.SIGN_IN].amount):
        await hit(Limit.SIGN_IN, EMAIL)
    with pytest.raises(TooManyRequestsError) as refused:
        await hit(Limit.SIGN_IN, EMAIL.lower())
    facts = refused.value.facts
    assert facts == {"retry_after": 900, "unit": "minute", "count": 15}
    assert "15 minutes" in translate("fr", "error-too_many_requests", **facts)
    clock.move(seconds=float(str(facts["retry_after"])) + 1)
    await hit(Limit.SIGN_IN, EMAIL)


async def test_an_attacker_elsewhere_does_not_lock_a_person_out(container: Container) -> None:
    for _ in range(RATES[Limit.SIGN_IN].amount):
        await hit(Limit.SIGN_IN, EMAIL, "203.0.113.9")
    await hit(Limit.SIGN_IN, EMAIL, "198.51.100.7")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(("unit", "count"), [("second", 1), ("second", 40), ("minute", 2), ("hour", 1), ("hour", 5)])
def test_every_wait_is_said_in_words(locale: str, unit: str, count: int) -> None:
    text = translate(locale, "error-too_many_requests", retry_after=1, unit=unit, count=count)
    assert (str(count) in text) == (count > 1)


async def test_a_job_comes_from_nowhere_and_a_person_from_an_address(container: Container) -> None:
    for address in ("", "203.0.113.9"):
        set_caller(address, "")
        for _ in range(RATES[Limit.REGISTRATION].amount):
            await hit_from_here(Limit.REGISTRATION)
    with pytest.raises(TooManyRequestsError):
        await hit_from_here(Limit.REGISTRATION)
    set_caller("", "")


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("not an address", "not an address"),
    ],
)
def test_an_ipv6_customer_is_one_network(address: str, counted: str) -> None:
    assert network_of(address) == counted


@pytest.mark.parametrize(
    ("forwarded", "hops", "expected"),
    [
        ("6.6.6.6", 0, "10.0.0.1"),
        ("6.6.6.6, 203.0.113.9", 1, "203.0.113.9"),
        ("6.6.6.6, 203.0.113.9, 10.0.0.2", 2, "203.0.113.9"),
        ("203.0.113.9", 2, "10.0.0.1"),
        ("", 1, "10.0.0.1"),
    ],
)
def test_only_our_own_proxies_are_believed(forwarded: str, hops: int, expected: str) -> None:
    assert behind_proxies("10.0.0.1", forwarded, hops) == expected


@pytest.mark.parametrize(
    ("text", "rate"), [("100/1m", Rate(100, 60)), ("10/15m", Rate(10, 900)), ("3/d", Rate(3, 86_400))]
)
def test_rates_are_data(text: str, rate: Rate) -> None:
    assert parse_rate(text) == rate


@pytest.mark.parametrize("wrong", [{"api": "lots"}, {"api": "0/1m"}, {"apis": "1/1m"}])
def test_a_wrong_rate_keeps_the_product_from_starting(settings: Settings, wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"is no(ne| rate)"):
        bootstrap.build(settings.model_copy(update={"rate_limits": wrong}))


@pytest.fixture
async def without_counters(settings: Settings, clock: MovableClock) -> AsyncIterator[Container]:
    """Return parts whose Redis is not there."""
    changed = settings.model_copy(update={"redis_url": SecretStr("redis://127.0.0.1:1/0")})
    async with bootstrap.running(bootstrap.build(changed, clock=clock)) as parts:
        yield parts


@pytest.mark.parametrize("limit", [Limit.SIGN_IN, Limit.SIGN_IN_FROM, Limit.CODE, Limit.CODE_SENT])
async def test_without_counters_sign_in_is_closed(without_counters: Container, limit: Limit) -> None:
    with pytest.raises(UnavailableError):
        await hit(limit, EMAIL)


@pytest.mark.parametrize("limit", [Limit.API, Limit.READ, Limit.VERIFICATION, Limit.ORDER])
async def test_without_counters_the_rest_is_open(without_counters: Container, limit: Limit) -> None:
    assert (await hit(limit, EMAIL)).allowed


async def test_redis_learns_no_address(container: Container, tmp_path: Path) -> None:
    with redis.running(tmp_path) as server:
        limiter = RedisLimiter(server.url)
        install(replace(container, ports=replace(container.ports, limiter=limiter)))
        await look(Limit.SIGN_IN, EMAIL, "203.0.113.9")
        async with Redis.from_url(server.url) as client:
            everything = b" ".join([key async for key in client.scan_iter("*")]).lower()
        await limiter.close()
    assert everything
    assert b"lea" not in everything
    assert b"203" not in everything
