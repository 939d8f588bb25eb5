"""The API counts each call: by person where one signs in, else by address; and says how one stands."""

from collections.abc import AsyncIterator

import httpx
import pytest

from pygmalion_app import bootstrap
from pygmalion_app.accounts import tokens
from pygmalion_app.accounts.authentication import SESSION_COOKIE
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.config import Settings
from pygmalion_app.core.unit_of_work import Container
from tests import servers
from tests.cast import Cast
from tests.clock import MovableClock

PUBLIC = "/api/v1/formations"
LISTS = ("/api/v1/auth/me", "/api/v1/enrollments", PUBLIC)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Return settings with small limits, so that a test reaches them."""
    rates = {"api": "5/1m", "read": "6/1m", "verification": "3/1m"}
    return settings.model_copy(update={"rate_limits": rates})


def bearer(container: Container, actor: Actor) -> dict[str, str]:
    """Return the header that makes a call an actor's."""
    token = tokens.create_access_token(container.settings, actor.require_user(), container.clock.now())
    return {"Authorization": f"Bearer {token}"}


def calling_from(container: Container, address: str) -> httpx.AsyncClient:
    """Return a client at an address."""
    api = servers.api_of(container.settings)
    transport = httpx.ASGITransport(app=api, raise_app_exceptions=False, client=(address, 40_000))
    return httpx.AsyncClient(transport=transport, base_url="http://test.pygmalion.example")


@pytest.fixture
async def elsewhere(container: Container) -> AsyncIterator[httpx.AsyncClient]:
    """Return a client at another address."""
    async with calling_from(container, "203.0.113.9") as client:
        yield client


async def test_each_answer_tells_a_person_how_they_stand(
    client: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock
) -> None:
    lea = bearer(container, cast.lea)
    paths = [*LISTS, f"{PUBLIC}/{cast.course}", "/api/v1/nothing-here"]
    for left, path in zip(range(4, -1, -1), paths, strict=True):
        answer = await client.get(path, headers=lea)
        told = {name: answer.headers[f"ratelimit-{name}"] for name in ("limit", "remaining", "reset", "policy")}
        assert told == {"limit": "5", "remaining": str(left), "reset": "60", "policy": "5;w=60"}, path
    refused = await client.get(LISTS[0], headers={**lea, "Accept-Language": "en"})
    assert refused.status_code == 429
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.headers["retry-after"] == "60"
    assert refused.headers["ratelimit-remaining"] == "0"
    problem = refused.json()
    assert (problem["code"], problem["retry_after"]) == ("too_many_requests", 60)
    assert "60 seconds" in problem["detail"]
    clock.move(seconds=61)
    assert (await client.get(LISTS[0], headers=lea)).status_code == 200


async def test_a_person_is_counted_wherever_they_call_from_and_nobody_for_another(
    client: httpx.AsyncClient, elsewhere: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    lea = bearer(container, cast.lea)
    for _ in range(5):
        assert (await client.get(LISTS[0], headers=lea)).status_code == 200
    assert (await elsewhere.get(LISTS[0], headers=lea)).status_code == 429
    assert (await client.get(LISTS[0], headers=bearer(container, cast.marc))).status_code == 200
    assert (await client.get(PUBLIC)).status_code == 200


@pytest.mark.parametrize(
    "credentials",
    [{}, {"Authorization": "Bearer forged"}, {"Authorization": "Basic x"}, {"Cookie": f"{SESSION_COOKIE}=forged"}],
)
async def test_a_stranger_is_counted_by_address_whatever_they_claim(
    client: httpx.AsyncClient, elsewhere: httpx.AsyncClient, credentials: dict[str, str], cast: Cast
) -> None:
    """Also on the quick way of the busiest reads, which passes the framework by."""
    answers = [await client.get(f"{PUBLIC}/{cast.course}", headers=credentials) for _ in range(7)]
    assert 429 not in {answer.status_code for answer in answers[:6]}
    assert answers[6].status_code == 429
    assert "ratelimit-limit" not in answers[0].headers
    assert answers[6].headers["retry-after"] == "60"
    assert (await elsewhere.get(PUBLIC)).status_code == 200


async def test_what_a_stranger_writes_into_forwarded_headers_changes_nothing(client: httpx.AsyncClient) -> None:
    for n in range(6):
        await client.get(PUBLIC, headers={"X-Forwarded-For": f"198.51.100.{n}"})
    assert (await client.get(PUBLIC, headers={"X-Forwarded-For": "198.51.100.77"})).status_code == 429


async def test_behind_our_proxy_each_visitor_has_an_address(settings: Settings, clock: MovableClock) -> None:
    behind = settings.model_copy(update={"trusted_proxy_hops": 1})
    async with bootstrap.running(bootstrap.build(behind, clock=clock)) as parts, calling_from(parts, "10.0.0.1") as api:
        for _ in range(6):
            assert (await api.get(PUBLIC, headers={"X-Forwarded-For": "6.6.6.6, 203.0.113.1"})).status_code == 200
        assert (await api.get(PUBLIC, headers={"X-Forwarded-For": "7.7.7.7, 203.0.113.1"})).status_code == 429
        assert (await api.get(PUBLIC, headers={"X-Forwarded-For": "203.0.113.2"})).status_code == 200


@pytest.mark.parametrize("path", ["/api/v1/certificates/verify/x", "/verify/x", "/fr/verify/x", "/en/verify"])
async def test_verification_is_counted_for_everybody(
    client: httpx.AsyncClient, container: Container, cast: Cast, path: str
) -> None:
    for _ in range(3):
        assert (await client.get(path, headers=bearer(container, cast.lea))).status_code in {200, 404}
    refused = await client.get(path)
    assert refused.status_code == 429
    assert refused.headers["retry-after"] == "60"
    if not path.startswith("/api/"):
        assert "60 seconds" in refused.text or "60 secondes" in refused.text
        assert refused.headers["content-type"].startswith("text/html")


async def test_probes_and_signed_events_are_never_refused(client: httpx.AsyncClient) -> None:
    for _ in range(9):
        assert (await client.get("/api/v1/health")).status_code == 200
        assert (await client.post("/api/v1/payments/webhook", content=b"{}")).status_code != 429
