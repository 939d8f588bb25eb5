"""API access tokens: what is refused, and why each would have been worth trying."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from pygmalion_app.accounts import sessions, tokens
from pygmalion_app.accounts.errors import InvalidTokenError
from pygmalion_app.core.actor import ANONYMOUS
from pygmalion_app.core.config import Settings
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from tests.cast import Cast
from tests.clock import MovableClock

Claims = dict[str, Any]
Forge = Callable[[ECKey, Claims, Claims], str]
"""Takes our key, the header and the claims of a good token."""


def _part(data: object) -> str:
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _hs256(secret: bytes, header: Claims, claims: Claims) -> str:
    signed = f"{_part(header | {'alg': 'HS256'})}.{_part(claims)}"
    return f"{signed}.{_part(hmac.new(secret, signed.encode(), hashlib.sha256).digest())}"


def _without(claims: Claims, name: str) -> Claims:
    return {key: value for key, value in claims.items() if key != name}


def _signed(key: ECKey, header: Claims, claims: Claims) -> str:
    return jwt.encode(header, claims, key, algorithms=["ES256"])


FORGED: dict[str, Forge] = {
    "another_key": lambda _, header, claims: _signed(ECKey.generate_key("P-256"), header, claims),
    "another_key_named_by_its_own_kid": lambda _, header, claims: _signed(
        (own := ECKey.generate_key("P-256")), header | {"kid": own.thumbprint()}, claims
    ),
    "its_key_in_the_header": lambda _, header, claims: _signed(
        (own := ECKey.generate_key("P-256")), _without(header, "kid") | {"jwk": own.as_dict(private=False)}, claims
    ),
    "alg_none": lambda _, header, claims: f"{_part(header | {'alg': 'none'})}.{_part(claims)}.",
    "alg_none_with_the_signature": lambda key, header, claims: ".".join(
        [_part(header | {"alg": "none"}), *_signed(key, header, claims).split(".")[1:]]
    ),
    "hs256_with_the_public_key": lambda key, header, claims: _hs256(key.as_pem(private=False), header, claims),
    "hs256_with_an_empty_key": lambda _, header, claims: _hs256(b"", header, claims),
    "rs256": lambda _, header, claims: jwt.encode(
        header | {"alg": "RS256"}, claims, RSAKey.generate_key(2048), algorithms=["RS256"]
    ),
    "wrong_type": lambda key, header, claims: _signed(key, header | {"typ": "JWT"}, claims),
    "no_type": lambda key, header, claims: _signed(key, _without(header, "typ"), claims),
    "wrong_audience": lambda key, header, claims: _signed(key, header, claims | {"aud": "lms"}),
    "no_audience": lambda key, header, claims: _signed(key, header, _without(claims, "aud")),
    "wrong_issuer": lambda key, header, claims: _signed(key, header, claims | {"iss": "https://evil.example"}),
    "expired": lambda key, header, claims: _signed(key, header, claims | {"exp": claims["iat"]}),
    "without_an_end": lambda key, header, claims: _signed(key, header, _without(claims, "exp")),
    "issued_in_the_future": lambda key, header, claims: _signed(key, header, claims | {"iat": claims["iat"] + 120}),
    "without_a_beginning": lambda key, header, claims: _signed(key, header, _without(claims, "iat")),
    "no_subject": lambda key, header, claims: _signed(key, header, _without(claims, "sub")),
    "a_subject_that_is_no_id": lambda key, header, claims: _signed(key, header, claims | {"sub": "admin"}),
    "a_session_that_is_no_id": lambda key, header, claims: _signed(key, header, claims | {"sid": "all"}),
    "oversized": lambda key, header, claims: _signed(key, header, claims | {"note": "x" * 2000}),
    "changed_after_signing": lambda key, header, claims: (
        (parts := _signed(key, header, claims).split("."))[0] + f".{_part(claims | {'sub': str(new_id())})}.{parts[2]}"
    ),
    "cut_short": lambda key, header, claims: _signed(key, header, claims)[:-4],
    "not_a_token": lambda *_: "....",
}


@pytest.mark.parametrize("name", FORGED)
def test_refused(name: str, settings: Settings, clock: MovableClock) -> None:
    key = ECKey.import_key(settings.jwt_private_key.get_secret_value())
    user_id, session_id, now = new_id(), new_id(), clock.now()
    good = tokens.create_access_token(settings, user_id, now, session_id, now)
    header, claims = (json.loads(base64.urlsafe_b64decode(part + "==")) for part in good.split(".")[:2])
    # What is forged below is refused for the one thing that is wrong with it.
    assert tokens.read_access_token(settings, _signed(key, header, claims), now).user_id == user_id
    with pytest.raises(InvalidTokenError):
        tokens.read_access_token(settings, FORGED[name](key, header, claims), now)


def test_says_who_in_which_session_and_since_when(settings: Settings, clock: MovableClock) -> None:
    user_id, session_id, now = new_id(), new_id(), clock.now()
    token = tokens.create_access_token(settings, user_id, now, session_id, now - timedelta(minutes=5))
    claims = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    assert claims["auth_time"] == int((now - timedelta(minutes=5)).timestamp())
    assert tokens.read_access_token(settings, token, now) == tokens.AccessClaims(user_id, session_id)
    last = now + tokens.ACCESS_LIFE - timedelta(seconds=1)
    assert tokens.read_access_token(settings, token, last).user_id == user_id
    with pytest.raises(InvalidTokenError):
        tokens.read_access_token(settings, token, now + tokens.ACCESS_LIFE)


def test_a_replaced_key_still_verifies_and_signs_no_more(settings: Settings, clock: MovableClock) -> None:
    old = ECKey.import_key(settings.jwt_private_key.get_secret_value())
    issued = tokens.create_access_token(settings, new_id(), clock.now())
    new = ECKey.generate_key("P-256").as_pem(private=True).decode()
    rotated = settings.model_copy(
        update={
            "jwt_private_key": type(settings.jwt_private_key)(new),
            "jwt_previous_public_keys": (old.as_pem(private=False).decode(),),
        }
    )
    assert tokens.read_access_token(rotated, issued, clock.now())
    fresh = tokens.create_access_token(rotated, new_id(), clock.now())
    assert tokens.read_access_token(rotated, fresh, clock.now())
    forgotten = rotated.model_copy(update={"jwt_previous_public_keys": ()})
    with pytest.raises(InvalidTokenError):
        tokens.read_access_token(forgotten, issued, clock.now())
    # The public half of a former key is no secret: as a shared key it must open nothing.
    header = {"typ": tokens.TYPE, "kid": old.thumbprint()}
    claims = {"iss": tokens.ISSUER, "aud": tokens.AUDIENCE, "sub": str(new_id()), "iat": 1, "exp": 2**33}
    with pytest.raises(InvalidTokenError):
        tokens.read_access_token(rotated, _hs256(old.as_pem(private=False), header, claims), clock.now())


async def test_a_token_ends_with_its_session_and_is_nobody_elses(
    api: httpx.AsyncClient, cast: Cast, container: Container
) -> None:
    assert cast.lea.user_id
    async with unit_of_work(ANONYMOUS) as uow:
        pair = await sessions.issue_tokens(uow, cast.lea.user_id)
    claims = tokens.read_access_token(container.settings, pair.access_token, container.clock.now())
    assert cast.marc.user_id
    stolen = tokens.create_access_token(container.settings, cast.marc.user_id, container.clock.now(), claims.session_id)

    async def me(token: str) -> int:
        return (await api.get("/auth/me", headers={"Authorization": f"Bearer {token}"})).status_code

    assert await me(pair.access_token) == 200
    assert await me(stolen) == 401
    assert (await api.post("/auth/logout", json={"refreshToken": pair.refresh_token})).status_code == 204
    assert await me(pair.access_token) == 401
