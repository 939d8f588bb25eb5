"""Ringing devices: what arrives is for the browser alone, says no more than the title, and ends when it must."""

from base64 import urlsafe_b64decode
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jwt
from joserfc.jwk import ECKey

from pygmalion_app.accounts.sessions import open_browser_session
from pygmalion_app.adapters import outgoing
from pygmalion_app.adapters.push.encryption import encrypt
from pygmalion_app.adapters.push.web import WebPushSender
from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.errors import UnavailableError
from pygmalion_app.core.ids import token_hash
from pygmalion_app.core.ports import PushDelayedError, PushDevice, PushSender
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.notifications import facts, inbox, push
from pygmalion_app.notifications.errors import NotADeviceError
from pygmalion_app.notifications.kinds import Delivery, Topic
from pygmalion_app.notifications.schemas import ChoosePreferences, Preference
from pygmalion_app.notifications.telling import Link, notify
from pygmalion_app.ui.notifications.push_state import PushState
from tests.cast import Cast
from tests.clock import MovableClock
from tests.notifications.browser import Browser, browsing
from tests.ui_private.conftest import Open

Run = Callable[[], Awaitable[None]]
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def _bytes(value: str) -> bytes:
    return urlsafe_b64decode(value + "=" * (-len(value) % 4))


def _port(container: Container) -> PushSender:
    assert container.ports.push is not None
    return container.ports.push


async def _at(container: Container, actor: Actor) -> Actor:
    """Return the person as they sit at a browser, signed in anew."""
    async with unit_of_work(SYSTEM, container) as uow:
        token = await open_browser_session(uow, actor.require_user())
        await uow.session.flush()
        (row,) = await uow.sql("SELECT id FROM browser_sessions WHERE token_hash = %(hash)s", hash=token_hash(token))
    return Actor(user_id=actor.user_id, memberships=actor.memberships, session_id=row["id"])


async def _subscribe(container: Container, actor: Actor, browser: Browser, **changes: Any) -> Actor:
    sitting = await _at(container, actor)
    async with unit_of_work(sitting, container) as uow:
        await push.subscribe(uow, browser.subscription(**changes))
    return sitting


async def _tell(container: Container, actor: Actor) -> None:
    words = {
        "organization": "École", "course": facts.both("Sûreté", "Security"), "dates": "12 mai", "place": "Nice",
        "start": "9 h", "bring": "",
    }  # fmt: skip
    async with unit_of_work(SYSTEM, container) as uow:
        await notify(uow, actor.require_user(), "seat-moved", words, Link("training"), private={"participant": "Zoé"})


async def _endpoints(container: Container, actor: Actor) -> list[str]:
    async with unit_of_work(actor, container) as uow:
        return [row["endpoint"] for row in await uow.sql("SELECT endpoint FROM push_subscriptions ORDER BY endpoint")]


def test_the_standards_own_example_comes_out() -> None:
    """RFC 8291, section 5."""
    own = ec.derive_private_key(
        int.from_bytes(_bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big"), ec.SECP256R1()
    )
    body = encrypt(
        b"When I grow up, I want to be a watermelon",
        _bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
        _bytes("BTBZMqHH6r4Tts7J_aSIgg"),
        own=own,
        salt=_bytes("DGv6ra1nlYgDCS1FRnbzlw"),
    )
    assert body == _bytes(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl"
        "7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


async def test_a_message_is_signed_named_and_read_by_its_browser_alone(container: Container) -> None:
    port, key = _port(container), uuid4()
    async with browsing() as browser:
        assert await port.send(browser.device, b'{"title": "Bonjour"}', key=key, now=NOW)
        ((headers, body),) = browser.calls
    assert browser.read(body) == {"title": "Bonjour"}
    assert b"Bonjour" not in body
    with pytest.raises(Exception, match=r"."):
        Browser().read(body)
    assert (headers["content-encoding"], headers["topic"], headers["ttl"]) == ("aes128gcm", key.hex, "86400")
    token, named = (part.split("=", 1)[1] for part in headers["authorization"].removeprefix("vapid ").split(", "))
    assert named == port.public_key
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(named))
    claims = jwt.decode(token, ECKey.import_key(_pem(point)), algorithms=["ES256"]).claims
    assert claims["aud"] == browser.endpoint.rsplit("/push", 1)[0]
    assert claims["sub"].startswith("mailto:")
    assert NOW < datetime.fromtimestamp(claims["exp"], UTC) <= NOW + timedelta(hours=24)


def _pem(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


@pytest.mark.parametrize("status", [404, 410, 403, 400])
async def test_a_service_that_knows_no_such_device_ends_it(container: Container, status: int) -> None:
    async with browsing() as browser:
        browser.status = status
        assert not await _port(container).send(browser.device, b"{}", key=uuid4(), now=NOW)


async def test_services_that_are_busy_or_down_are_asked_again(container: Container) -> None:
    async with browsing() as browser:
        browser.status, browser.headers = 429, "Retry-After: 120\r\n"
        with pytest.raises(PushDelayedError) as caught:
            await _port(container).send(browser.device, b"{}", key=uuid4(), now=NOW)
        assert caught.value.wait == timedelta(minutes=2)
        # Led elsewhere is not followed.
        browser.status, browser.headers = 307, f"Location: {browser.endpoint}/else\r\n"
        for browser.status in (307, 500):
            with pytest.raises(UnavailableError):
                await _port(container).send(browser.device, b"{}", key=uuid4(), now=NOW)
        assert len(browser.calls) == 3
    with pytest.raises(UnavailableError):
        await _port(container).send(browser.device, b"{}", key=uuid4(), now=NOW)


async def test_in_production_no_inner_address_is_called(container: Container, monkeypatch: pytest.MonkeyPatch) -> None:
    port = WebPushSender(
        container.settings.push_private_key.get_secret_value(), "mailto:a@b.example", allow_loopback=False
    )
    async with browsing() as browser:
        device = browser.device
        assert not await port.send(device, b"{}", key=uuid4(), now=NOW)
        inner = f"https://localhost:{httpx.URL(browser.endpoint).port}/push"
        assert not await port.send(PushDevice(inner, device.public_key, device.secret), b"{}", key=uuid4(), now=NOW)
        assert browser.calls == []
    called: list[str] = []

    async def answer(self: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
        called.append(request.url.host)
        return httpx.Response(201)

    # An address in numbers is its own name, so nothing is looked up outside.
    monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", answer)
    public = PushDevice("https://1.1.1.1/push", device.public_key, device.secret)
    assert await port.send(public, b"{}", key=uuid4(), now=NOW)
    assert called == ["1.1.1.1"]
    assert not outgoing.may_connect("169.254.169.254", allow_loopback=False)


async def test_a_device_rings_with_the_title_and_no_more(container: Container, cast: Cast, run_jobs: Run) -> None:
    async with browsing() as browser, browsing() as other:
        await _subscribe(container, cast.lea, browser)
        await _subscribe(container, cast.marc, other)
        await _tell(container, cast.lea)
        await run_jobs()
        ((_, body),) = browser.calls
        assert other.calls == []
    said = browser.read(body)
    async with unit_of_work(cast.lea, container) as uow:
        (told,) = (await inbox.inbox(uow, "fr")).items
    assert said.pop("id") == str(told.id)
    assert said == {"title": told.title, "body": "Mes places", "path": "/fr/training", "locale": "fr"}
    assert not {"Nice", "12 mai", "Zoé"} & set(str(said).split("'"))


async def test_what_a_person_silences_what_they_read_and_old_news_ring_nothing(
    container: Container, cast: Cast, clock: MovableClock, run_jobs: Run
) -> None:
    async with browsing() as browser:
        await _subscribe(container, cast.lea, browser)
        for rings in (False, True):
            choice = Preference(topic=Topic.BOOKINGS, push=rings)
            async with unit_of_work(cast.lea, container) as uow:
                chosen = await inbox.choose(uow, ChoosePreferences(preferences=[choice]))
            assert {one.topic: (one.push, one.delivery) for one in chosen}[Topic.BOOKINGS] == (rings, Delivery.AT_ONCE)
            await _tell(container, cast.lea)
            async with unit_of_work(cast.lea, container) as uow:
                await inbox.mark_all_read(uow)
            await run_jobs()
        await _tell(container, cast.lea)
        clock.move(days=2)
        await run_jobs()
        assert browser.calls == []


async def test_a_device_that_is_gone_is_forgotten_and_a_busy_service_asked_when_it_says(
    container: Container, cast: Cast, run_jobs: Run
) -> None:
    async with browsing() as browser:
        await _subscribe(container, cast.lea, browser)
        browser.status, browser.headers = 429, "Retry-After: 3600\r\n"
        await _tell(container, cast.lea)
        await run_jobs()
        async with unit_of_work(SYSTEM, container) as uow:
            (job,) = await uow.sql(
                "SELECT scheduled_at - now() AS wait FROM procrastinate_jobs"
                " WHERE task_name = 'notifications.ring' AND status = 'todo'"
            )
            assert timedelta(minutes=55) < job["wait"] <= timedelta(minutes=60)
            await uow.sql("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")
        browser.status, browser.headers = 410, ""
        await run_jobs()
        assert len(browser.calls) == 2
    assert await _endpoints(container, SYSTEM) == []


async def test_an_expired_or_signed_out_device_is_not_called(container: Container, cast: Cast, run_jobs: Run) -> None:
    async with browsing() as browser, browsing() as phone:
        await _subscribe(container, cast.lea, browser, expiration_time=1_000.0)
        sitting = await _subscribe(container, cast.lea, phone)
        async with unit_of_work(SYSTEM, container) as uow:
            await uow.sql("UPDATE browser_sessions SET revoked_at = now() WHERE id = %(id)s", id=sitting.session_id)
        await _tell(container, cast.lea)
        await run_jobs()
        assert browser.calls == phone.calls == []


@pytest.mark.parametrize(
    "changes",
    [
        {"endpoint": "http://push.example/x"},
        {"endpoint": "http://10.0.0.1/x"},
        {"endpoint": "https://user:pass@push.example/x"},
        {"endpoint": "ftp://push.example"},
        {"keys": {"p256dh": "BAAA", "auth": "BTBZMqHH6r4Tts7J_aSIgg"}},
        {"keys": {"p256dh": "BC" + "A" * 85, "auth": "BTBZMqHH6r4Tts7J_aSIgg"}},
    ],
)
async def test_what_no_browser_says_is_refused(container: Container, cast: Cast, changes: dict[str, Any]) -> None:
    async with browsing() as browser:
        with pytest.raises(NotADeviceError):
            await _subscribe(container, cast.lea, browser, **changes)


async def test_nobody_reads_or_ends_anothers_subscription(container: Container, cast: Cast) -> None:
    async with browsing() as browser:
        sitting = await _subscribe(container, cast.lea, browser)
        for other in (await _at(container, cast.marc), cast.stranger):
            async with unit_of_work(other, container) as uow:
                assert not await push.rings(uow, browser.endpoint)
                await push.unsubscribe(uow, browser.endpoint)
            assert await _endpoints(container, other) == []
        assert await _endpoints(container, cast.lea) == [browser.endpoint]
        # Somebody else's session is nobody's to speak for.
        with pytest.raises(NotADeviceError):
            async with unit_of_work(Actor(user_id=cast.marc.user_id, session_id=sitting.session_id), container) as uow:
                await push.subscribe(uow, browser.subscription())
        # Who sits at the browser now takes it over, and the one before is rung no more.
        await _subscribe(container, cast.marc, browser)
        assert (await _endpoints(container, cast.lea), await _endpoints(container, cast.marc)) == (
            [],
            [browser.endpoint],
        )


async def test_the_page_turns_it_on_and_off_and_the_worker_renews_it(
    container: Container, cast: Cast, open_as: Open[Any], client: httpx.AsyncClient
) -> None:
    state = await open_as(PushState, "/fr/notifications", cast.lea)
    assert await state.load() is not None
    async with browsing() as browser, browsing("new") as renewed:
        written = browser.subscription().model_dump_json(by_alias=True)
        answer = f'{{"state": "on", "subscription": {written}}}'
        await state.looked(answer)
        assert state.phase == "off", "the browser rings for nobody that we know"
        await state.turned_on(answer)
        await state.looked(answer)
        assert state.phase == "on"
        for wrong in ("", "{", '{"state": "on", "subscription": {"endpoint": 1}}', "[]"):
            await state.looked(wrong)
            assert state.phase == "failed"
        cookie = {"Cookie": state.router_data["headers"]["cookie"]}
        body = renewed.subscription().model_dump(by_alias=True, mode="json")
        own = cookie | {"Origin": "http://test.pygmalion.example", "X-Pygmalion-Page": "1"}
        for headers, status in ((cookie, 403), (own | {"Origin": "https://evil.example"}, 403), (own, 204)):
            assert (await client.post("/auth/push", json=body, headers=headers)).status_code == status
        assert await _endpoints(container, cast.lea) == [renewed.endpoint]
        key = (await client.get("/api/v1/notifications/push", headers=cookie)).json()["data"]["publicKey"]
        assert key == _port(container).public_key
        await state.turned_off('{"state": "off", "subscription": null}')
    assert (state.phase, await _endpoints(container, cast.lea)) == ("off", [])


async def test_a_person_has_ten_devices_at_most(container: Container, cast: Cast) -> None:
    async with browsing() as browser:
        for number in range(12):
            await _subscribe(container, cast.lea, browser, endpoint=f"{browser.endpoint}/{number}")
    kept = await _endpoints(container, cast.lea)
    assert len(kept) == 10
    assert f"{browser.endpoint}/11" in kept
