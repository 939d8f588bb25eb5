"""What a provider may say, and what is refused: the port itself, against the certified provider and a forger."""

import dataclasses
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from joserfc.jwk import ECKey
from starlette.responses import JSONResponse, PlainTextResponse, Response

from pygmalion_app.adapters.identity import fetch
from pygmalion_app.adapters.identity.fetch import check_address
from pygmalion_app.adapters.identity.oidc import OidcProvider
from pygmalion_app.adapters.outgoing import may_connect
from pygmalion_app.core.identity import (
    IdentityProviderError,
    ProviderClient,
    ProviderFault,
    ProviderIdentity,
    SignInAnswer,
    SignInRequest,
)
from pygmalion_app.core.ports import IdentityProvider
from pygmalion_app.sso.secrets import challenge_of
from tests.sso import peer
from tests.sso.conftest import CALLBACK, OURS
from tests.sso.forger import Forger, hash_of, redirecting

VERIFIER = "v" * 43
REQUEST = SignInRequest(
    state="s" * 43, nonce="n" * 43, challenge=challenge_of(VERIFIER), locale="fr", max_age_seconds=60
)
REDIRECT = f"{OURS}{CALLBACK}"


@pytest.fixture
def port() -> IdentityProvider:
    """Return the adapter as it is outside production."""
    return OidcProvider(allow_loopback=True)


def client_of(issuer: str, **changes: str) -> ProviderClient:
    """Return us, as a provider knows us."""
    return dataclasses.replace(ProviderClient(issuer, peer.CLIENT_ID, peer.CLIENT_SECRET, REDIRECT), **changes)


async def redeemed(port: IdentityProvider, forger: Forger, **changes: Any) -> ProviderIdentity:
    """Trade a code with the forger."""
    forger.nonce = REQUEST.nonce
    answer = SignInAnswer(code="c", issuer=forger.issuer, nonce=REQUEST.nonce, verifier=VERIFIER)
    return await port.redeem(client_of(forger.issuer), dataclasses.replace(answer, **changes), datetime.now(UTC))


@asynccontextmanager
async def refused(fault: ProviderFault) -> AsyncIterator[None]:
    """Expect a fault."""
    with pytest.raises(IdentityProviderError) as caught:
        yield
    assert caught.value.fault is fault, (caught.value.fault, caught.value.detail)


@pytest.mark.parametrize("claims_in_token", [True, False])
async def test_the_certified_provider_keeps_the_ports_promises(port: IdentityProvider, claims_in_token: bool) -> None:
    with peer.running(REDIRECT, claims_in_token=claims_in_token) as provider:
        us = client_of(provider.issuer)
        assert await port.faults(us) == ()
        assert await port.faults(client_of(provider.issuer, client_secret="no")) == (ProviderFault.CLIENT,)
        assert await port.faults(client_of(f"{provider.issuer}/")) == (ProviderFault.OTHER_ISSUER,)
        assert await port.faults(client_of(f"{provider.issuer}/jwks")) == (ProviderFault.NOT_A_PROVIDER,)
        back = httpx.URL(await peer.sign_in_there(await port.authorization_url(us, REQUEST), "ines")).params
        assert back["state"] == REQUEST.state
        answer = SignInAnswer(back["code"], back["iss"], REQUEST.nonce, VERIFIER)
        async with refused(ProviderFault.CODE):
            wrong = dataclasses.replace(answer, verifier="w" * 43)
            await port.redeem(us, wrong, datetime.now(UTC))
        back = httpx.URL(await peer.sign_in_there(await port.authorization_url(us, REQUEST), "ines")).params
        answer = dataclasses.replace(answer, code=back["code"])
        who = await port.redeem(us, answer, datetime.now(UTC))
        assert (who.subject, who.email, who.email_verified) == ("ines", "ines@escale.example", True)
        assert (who.first_name, who.last_name) == ("Inès", "Roux")
        assert who.authenticated_at is not None, "asked for with max_age"
        async with refused(ProviderFault.CODE):
            await port.redeem(us, answer, datetime.now(UTC))
        assert (await port.sign_out_url(us, who.id_token, f"{OURS}/") or "").startswith(provider.issuer)


async def test_an_honest_forger_is_believed(port: IdentityProvider, forger: Forger) -> None:
    """So that the refusals below are for what they say, and not for something else."""
    assert (await redeemed(port, forger)).subject == "mallory"
    forger.key, forger.algorithm = ECKey.generate_key("P-256", {"kid": "ec"}), "ES256"
    forger.claims = {"at_hash": hash_of("an-access-token"), "azp": peer.CLIENT_ID, "aud": [peer.CLIENT_ID]}
    assert (await redeemed(port, forger)).subject == "mallory", "another key, found at once"


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://other.example"},
        {"iss": None},
        {"aud": "another"},
        {"aud": [peer.CLIENT_ID, "another"]},
        {"aud": []},
        {"aud": None},
        {"azp": "another"},
        {"nonce": "another"},
        {"nonce": None},
        {"nonce": 7},
        {"exp": timedelta(seconds=-61)},
        {"exp": None},
        {"exp": "tomorrow"},
        {"iat": timedelta(hours=1)},
        {"iat": timedelta(hours=-1)},
        {"iat": None},
        {"nbf": timedelta(hours=1)},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": "x" * 256},
        {"at_hash": "another"},
    ],
    ids=str,
)
async def test_a_token_that_is_not_ours_is_refused(
    port: IdentityProvider, forger: Forger, claims: dict[str, object]
) -> None:
    now = int(time.time())
    forger.claims = {
        name: now + int(claim.total_seconds()) if isinstance(claim, timedelta) else claim
        for name, claim in claims.items()
    }
    async with refused(ProviderFault.TOKEN):
        await redeemed(port, forger)


async def test_clocks_may_differ_by_a_minute(port: IdentityProvider, forger: Forger) -> None:
    now = int(time.time())
    forger.claims = {"iat": now + 40, "exp": now - 40}
    assert (await redeemed(port, forger)).subject == "mallory"


async def test_a_signature_by_another_key_is_refused(port: IdentityProvider, forger: Forger) -> None:
    forger.published = [peer.signing_key("one").as_dict(private=False)]
    async with refused(ProviderFault.TOKEN):
        await redeemed(port, forger)
    assert forger.calls.count("/keys") == 2, "looked for once more, and not again and again"


async def test_no_signature_and_one_with_a_shared_secret_are_refused(port: IdentityProvider, forger: Forger) -> None:
    forger.algorithm = "none"
    async with refused(ProviderFault.TOKEN):
        await redeemed(port, forger)
    forger.algorithm = "HS256"
    # Our own secret, and the public key taken for a shared one.
    for shared in (peer.CLIENT_SECRET.encode(), forger.key.as_pem(private=False)):
        forger.shared = shared
        async with refused(ProviderFault.TOKEN):
            await redeemed(port, forger)


async def test_what_is_no_token_is_refused(port: IdentityProvider, forger: Forger) -> None:
    for token in ("", "a.b", "a.b.c", "....", "x" * 30_000, forger.token().replace(".", "", 1)):
        forger.id_token = token
        async with refused(ProviderFault.TOKEN):
            await redeemed(port, forger)


async def test_weak_and_strange_keys_are_not_used(port: IdentityProvider, forger: Forger) -> None:
    forger.published = [{"kty": "oct", "k": "AAAA"}, {"kty": "RSA", "n": "AQAB", "e": "AQAB"}, {}, "text", None]  # pyright: ignore[reportAttributeAccessIssue]
    async with refused(ProviderFault.UNSUPPORTED):
        await redeemed(port, forger)
    encryption = forger.key.as_dict(private=False) | {"use": "enc"}
    forger.published = [encryption]
    async with refused(ProviderFault.UNSUPPORTED):
        await redeemed(port, forger)


async def test_particulars_of_somebody_else_are_refused(port: IdentityProvider, forger: Forger) -> None:
    forger.claims = {"email": None}
    forger.userinfo = {"sub": "somebody-else", "email": "boss@escale.example", "email_verified": True}
    async with refused(ProviderFault.TOKEN):
        await redeemed(port, forger)
    forger.userinfo["sub"] = "mallory"
    assert (await redeemed(port, forger)).email == "boss@escale.example"


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        ({"issuer": "https://other.example"}, ProviderFault.OTHER_ISSUER),
        ({"issuer": None}, ProviderFault.NOT_A_PROVIDER),
        ({"token_endpoint": None}, ProviderFault.NOT_A_PROVIDER),
        ({"jwks_uri": 7}, ProviderFault.NOT_A_PROVIDER),
        ({"response_types_supported": ["id_token"]}, ProviderFault.UNSUPPORTED),
        ({"code_challenge_methods_supported": ["plain"]}, ProviderFault.UNSUPPORTED),
        ({"id_token_signing_alg_values_supported": ["none", "HS256"]}, ProviderFault.UNSUPPORTED),
        ({"token_endpoint": "http://10.0.0.1/token"}, ProviderFault.ADDRESS),
        ({"jwks_uri": "file:///etc/passwd"}, ProviderFault.ADDRESS),
        ({"authorization_endpoint": "javascript:alert(1)"}, ProviderFault.ADDRESS),
    ],
    ids=str,
)
async def test_descriptions_that_do_not_serve(
    port: IdentityProvider, forger: Forger, document: dict[str, object], fault: ProviderFault
) -> None:
    forger.document = document
    assert await port.faults(client_of(forger.issuer)) == (fault,)
    async with refused(fault):
        await port.authorization_url(client_of(forger.issuer), REQUEST)


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (PlainTextResponse("<html>"), ProviderFault.NOT_A_PROVIDER),
        (JSONResponse([1]), ProviderFault.NOT_A_PROVIDER),
        (PlainTextResponse("[" * 100_000), ProviderFault.NOT_A_PROVIDER),
        (PlainTextResponse("x" * 300_000), ProviderFault.NOT_A_PROVIDER),
        (PlainTextResponse("{}", headers={"content-encoding": "gzip"}), ProviderFault.NOT_A_PROVIDER),
        (redirecting("/elsewhere"), ProviderFault.NOT_A_PROVIDER),
        (PlainTextResponse("no", 503), ProviderFault.UNREACHABLE),
    ],
)
async def test_answers_that_are_none(
    port: IdentityProvider, forger: Forger, answer: Response, fault: ProviderFault
) -> None:
    forger.whole = answer
    assert await port.faults(client_of(forger.issuer)) == (fault,)
    assert forger.calls == ["/.well-known/openid-configuration"], "no redirect was followed"


async def test_a_provider_that_never_ends_its_answer_is_given_up(
    port: IdentityProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    import asyncio

    given_up = asyncio.Event()
    ended = asyncio.Event()

    async def drip(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n")
        with suppress(OSError):
            while not given_up.is_set():
                writer.write(b" ")
                await writer.drain()
                await asyncio.sleep(0.05)
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()
        ended.set()

    monkeypatch.setattr(fetch, "TIMEOUT_SECONDS", 0.5)
    server = await asyncio.start_server(drip, "127.0.0.1", 0)
    started = time.monotonic()
    address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    assert await port.faults(client_of(address)) == (ProviderFault.UNREACHABLE,)
    assert time.monotonic() - started < 3
    given_up.set()
    await ended.wait()
    server.close()


@pytest.mark.parametrize(
    "address",
    [
        "http://idp.example", "ftp://idp.example", "https://", "https://user:pass@idp.example", "https://idp.example/#x",
        "https://idp.example/ x", "https://idp.example\\@evil", "https://[::1", "//idp.example", "idp.example", "",
        "https://idp.example:0", "https://idp.example/é", "https://" + "x" * 600, "http://127.0.0.1:80",
    ],
)  # fmt: skip
def test_addresses_that_are_never_called_in_production(address: str) -> None:
    with pytest.raises(IdentityProviderError) as caught:
        check_address(address, allow_loopback=False)
    assert caught.value.fault is ProviderFault.ADDRESS


def test_this_machine_is_called_outside_production_only_and_by_its_name() -> None:
    for address in ("http://127.0.0.1:4000", "http://localhost:4000", "http://[::1]:4000"):
        assert check_address(address, allow_loopback=True) == address
    with pytest.raises(IdentityProviderError):
        check_address("http://10.0.0.1", allow_loopback=True)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "198.18.0.1", "192.0.2.1", "::1", "::", "fe80::1", "fd00::1", "::ffff:10.0.0.1", "ff02::1",
        "::ffff:169.254.169.254", "2002:a00:1::", "64:ff9b::a00:1", "2001:db8::1",
    ],
)  # fmt: skip
def test_addresses_inside_are_never_connected_to(address: str) -> None:
    assert not may_connect(address, allow_loopback=False)


@pytest.mark.parametrize("address", ["1.1.1.1", "185.15.59.224", "2606:4700:4700::1111"])
def test_public_addresses_are(address: str) -> None:
    assert may_connect(address, allow_loopback=False)


async def test_a_name_that_leads_inside_is_refused_when_it_is_called(forger: Forger) -> None:
    """The name is looked up for the call itself, so that it cannot change between the check and the call."""
    async with refused(ProviderFault.ADDRESS):
        await OidcProvider(allow_loopback=False).authorization_url(
            client_of(f"https://localhost:{forger.port}"), REQUEST
        )
    assert forger.calls == []


def test_secrets_stay_out_of_what_is_printed() -> None:
    said = repr(client_of("https://idp.example")) + repr(SignInAnswer("code-1", "", "nonce-1", "verifier-1"))
    assert not [one for one in (peer.CLIENT_SECRET, "code-1", "nonce-1", "verifier-1") if one in said]
