"""ID tokens, checked claim by claim (OpenID Connect Core 1.0, section 3.1.3.7)."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey

from pygmalion_app.core.identity import IdentityProviderError, ProviderFault

ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures with a key pair only: `none` proves nothing, and with HS256 our own secret could have signed."""
LEEWAY_SECONDS: Final = 60
"""How far the provider's clock may be from ours."""
OLDEST_SECONDS: Final = 600
"""The token comes straight from the provider: one issued longer ago was not issued for this sign-in."""
_MAX_LENGTH = 20_000
_MAX_SUBJECT = 255
_LEAST_RSA_BITS = 2048
_HASHES = {"256": hashlib.sha256, "384": hashlib.sha384, "512": hashlib.sha512}
_KEY_TYPES = {"R": RSAKey, "P": RSAKey, "E": ECKey}

Key = RSAKey | ECKey | OKPKey


class UnknownKeyError(Exception):
    """No key of the set verifies the token; the provider may have changed its keys."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a token must say to be ours."""

    issuer: str
    client_id: str
    nonce: str
    access_token: str
    now: datetime


def usable_keys(key_set: dict[str, Any]) -> tuple[Key, ...]:
    """Return the public signing keys of a JWKS; what we cannot use, or would be too weak, is left out."""
    listed = key_set.get("keys")
    found = (_usable(one) for one in listed[:50]) if isinstance(listed, list) else ()
    return tuple(key for key in found if key is not None)


def _usable(data: Any) -> Key | None:
    if not isinstance(data, dict) or data.get("use", "sig") != "sig":
        return None
    kind = {"RSA": RSAKey, "EC": ECKey, "OKP": OKPKey}.get(str(data.get("kty")))
    if kind is None:
        return None
    try:
        key = kind.import_key({name: value for name, value in data.items() if name not in {"d", "p", "q"}})
    except (JoseError, ValueError, TypeError, KeyError):
        return None
    if isinstance(key, RSAKey) and key.public_key.key_size < _LEAST_RSA_BITS:
        return None
    return key


def read(token: str, keys: tuple[Key, ...], expected: Expected) -> dict[str, Any]:
    """Return the claims of a valid ID token.

    Raises UnknownKeyError where no key verifies it, IdentityProviderError (TOKEN) for anything else that is wrong.
    """
    header = _header(token)
    algorithm = header.get("alg")
    if algorithm not in ALGORITHMS:
        raise _wrong("algorithm")
    claims = _claims(_verified(token, keys, str(algorithm), header.get("kid")))
    _check_parties(claims, expected)
    _check_times(claims, expected.now)
    _check_hash(claims, str(algorithm), expected.access_token)
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= _MAX_SUBJECT or not subject.isprintable():
        raise _wrong("subject")
    return claims


def _wrong(what: str) -> IdentityProviderError:
    return IdentityProviderError(ProviderFault.TOKEN, what)


def _header(token: str) -> dict[str, Any]:
    if len(token) > _MAX_LENGTH or token.count(".") != 2:  # noqa: PLR2004 - header, claims, signature
        raise _wrong("form")
    try:
        part = token.split(".", 1)[0]
        header: Any = orjson.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, RecursionError) as error:
        raise _wrong("header") from error
    # An extension that must be understood, and is not, makes the signature worth nothing (RFC 7515, 4.1.11).
    if not isinstance(header, dict) or "crit" in header:
        raise _wrong("header")
    return header  # pyright: ignore[reportUnknownVariableType]


def _verified(token: str, keys: tuple[Key, ...], algorithm: str, key_id: object) -> bytes:
    kind = _KEY_TYPES.get(algorithm[0]) if algorithm != "EdDSA" else OKPKey
    for key in keys:
        named = key.as_dict(private=False)
        matches = key_id is None or named.get("kid") in {None, key_id}
        if not isinstance(key, kind or ()) or not matches or named.get("alg", algorithm) != algorithm:
            continue
        try:
            return jws.deserialize_compact(token, key, algorithms=[algorithm]).payload
        except (JoseError, ValueError):
            continue
    raise UnknownKeyError


def _claims(payload: bytes) -> dict[str, Any]:
    try:
        claims: Any = orjson.loads(payload)
    except (ValueError, RecursionError) as error:
        raise _wrong("claims") from error
    if not isinstance(claims, dict):
        raise _wrong("claims")
    return claims  # pyright: ignore[reportUnknownVariableType]


def _check_parties(claims: dict[str, Any], expected: Expected) -> None:
    if claims.get("iss") != expected.issuer:
        raise _wrong("issuer")
    # Further audiences would be parties that we do not know to be trusted.
    if claims.get("aud") not in (expected.client_id, [expected.client_id]):
        raise _wrong("audience")
    if claims.get("azp", expected.client_id) != expected.client_id:
        raise _wrong("authorized party")
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not hmac.compare_digest(nonce.encode(), expected.nonce.encode()):
        raise _wrong("nonce")


def _check_times(claims: dict[str, Any], now: datetime) -> None:
    seconds = now.timestamp()
    expires, issued, not_before = (_moment(claims, name) for name in ("exp", "iat", "nbf"))
    if expires is None or expires <= seconds - LEEWAY_SECONDS:
        raise _wrong("expired")
    if issued is None or not seconds - OLDEST_SECONDS <= issued <= seconds + LEEWAY_SECONDS:
        raise _wrong("issued at")
    if not_before is not None and not_before > seconds + LEEWAY_SECONDS:
        raise _wrong("not before")


def _moment(claims: dict[str, Any], name: str) -> float | None:
    value = claims.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _wrong(name)
    return value


def _check_hash(claims: dict[str, Any], algorithm: str, access_token: str) -> None:
    """Check `at_hash` where it is given: the access token is the one that was issued with this ID token."""
    given = claims.get("at_hash")
    if given is None:
        return
    digest = _HASHES.get(algorithm[-3:], hashlib.sha512)(access_token.encode()).digest()
    left = base64.urlsafe_b64encode(digest[: len(digest) // 2]).rstrip(b"=").decode()
    if not isinstance(given, str) or not hmac.compare_digest(given.encode(), left.encode()):
        raise _wrong("access token hash")
